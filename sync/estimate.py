"""What Docket's own "Sync to QuickBooks" would have done with the invoices that wait.

Worked out from what Docket documents of it in its help pages:
names must be exactly the same; a name that differs makes another customer; a line
whose product QuickBooks does not have goes to a generic "Service"; nothing is looked
up before an invoice is made; a payment taken later needs another press. Nothing here
is canned, and nothing is counted that QuickBooks itself would have refused: two names
that differ in case alone are one name there (fault 6240).
"""

from __future__ import annotations

from collections.abc import Iterator

from core.money import Cents
from core.text import name_key
from store.books import Books, InvoiceFile
from store.states import TO_DO
from sync.checks.ground import Ground
from sync.index import alive
from sync.policy import Policy
from sync.shapes import ConflictKind, Estimate, NameMatch, NameState, Preflight
from sync.standing import Standing, assess


def docket_button(books: Books, checked: Preflight) -> Estimate:
    """Return what one press on all waiting invoices would have done."""
    ground = Ground.of(books, Policy.from_settings(books.settings), checked)
    clients: set[str] = set()
    lines, generic, twice, open_though_paid = 0, 0, 0, 0
    for file in _waiting(books, checked):
        standing = assess(ground, file)
        open_though_paid += _paid_but_open(checked, standing)
        if standing.link is not None:
            continue
        match = checked.clients.get(file.invoice.client_id)
        if match is not None and _would_double(ground, match):
            clients.add(match.key)
        amounts = list(_generic_amounts(ground, file))
        lines, generic = lines + len(amounts), generic + sum(amounts)
        twice += _would_be_twice(standing)
    return Estimate(
        duplicate_customers=len(clients),
        generic_lines=lines,
        generic_amount=generic,
        invoices_twice=twice,
        paid_but_open=open_though_paid,
    )


def _waiting(books: Books, checked: Preflight) -> Iterator[InvoiceFile]:
    for key, check in checked.invoices.items():
        file = books.invoices.get(key)
        if file is not None and check.status in TO_DO and alive(file.invoice):
            yield file


def _would_double(ground: Ground, match: NameMatch) -> bool:
    """Whether the client has a customer in QuickBooks under a name that is not the same."""
    if any(
        found.entity == "Customer" and found.active
        for found in ground.index.names.get(name_key(match.name), ())
    ):
        return False
    if match.state == NameState.NEARLY:
        return True
    return match.target is not None and match.state in (NameState.CHOSEN, NameState.LINKED)


def _generic_amounts(ground: Ground, file: InvoiceFile) -> Iterator[Cents]:
    """Yield the lines whose name is not, letter for letter, that of an active item."""
    for line in file.invoice.lines:
        same = ground.index.items_by_name.get(name_key(line.name), ())
        if not any(item.active and item.name == line.name for item in same):
            yield line.amount


def _would_be_twice(standing: Standing) -> bool:
    """Whether QuickBooks has the invoice already and Docket does not remember sending it."""
    if standing.invoice.qbo_synced_at is not None:
        return False
    if standing.twin.adopt is not None:
        return True
    conflict = standing.twin.conflict
    return conflict is not None and conflict.kind == ConflictKind.ALREADY_THERE


def _paid_but_open(checked: Preflight, standing: Standing) -> Cents:
    """Return what Docket has as paid on an invoice that QuickBooks shows as open."""
    document = standing.document
    if document is None or document.removed or standing.changed:
        return 0
    return max(0, document.balance - checked.invoices[standing.invoice.id].open_docket)
