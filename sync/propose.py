"""Which invoice to test with: one whose posting shows everything and risks nothing; pure."""

from __future__ import annotations

from core.money import Cents
from store.books import Books, InvoiceFile
from store.states import InvoiceStatus
from sync.checks.ground import Ground
from sync.policy import Policy
from sync.routes import Routes, Wait
from sync.shapes import InvoiceCheck, NameState, Preflight
from sync.standing import Standing, assess

_CERTAIN = frozenset({NameState.LINKED, NameState.SAME})
"""A customer that nobody had to choose and nothing had to create."""

_USUAL: Cents = 1_000_00
"""A test above this amount alarms a person more than it teaches."""


def propose_test(books: Books, checked: Preflight) -> str | None:
    """Return the Docket id of the best invoice to test with; None if none can be posted.

    Where all invoices are only linked, a payment that is due is the next best. Else best
    is: a customer and products that QuickBooks has already, paid (so that the
    payment is tested too), of a usual amount, without oddities, and recent.
    """
    ground = Ground.of(books, Policy.from_settings(books.settings), checked)
    ready = _pending(books, checked, "new") or [
        file
        for file in _pending(books, checked, "payment_due")
        if _whole(ground, assess(ground, file))
    ]
    if not ready:
        return None
    return max(ready, key=lambda file: _rank(ground, checked, file)).invoice.id


def _pending(books: Books, checked: Preflight, reason: str) -> list[InvoiceFile]:
    return [
        books.invoices[key]
        for key, check in checked.invoices.items()
        if check.status == InvoiceStatus.PENDING and check.reason_code == reason
    ]


def _rank(
    ground: Ground, checked: Preflight, file: InvoiceFile
) -> tuple[bool, bool, bool, bool, bool, str, str]:
    invoice = file.invoice
    check = checked.invoices[invoice.id]
    client = checked.clients.get(invoice.client_id)
    standing = assess(ground, file)
    return (
        client is not None and client.state in _CERTAIN,
        _products_there(ground, checked, file),
        _whole(ground, standing),
        _paid(check, file),
        invoice.total <= _USUAL and not file.refunds and invoice.total > 0,
        invoice.issued_on.isoformat(),
        invoice.id,
    )


def _products_there(ground: Ground, checked: Preflight, file: InvoiceFile) -> bool:
    keys = (ground.index.product_key(line) for line in file.invoice.lines)
    return all(key in checked.products and checked.products[key].target for key in keys)


def _whole(ground: Ground, standing: Standing) -> bool:
    """Whether it can be posted alone, without another invoice that shares a payment."""
    routes = Routes(ground, [standing.invoice.id])
    due = [one for one in standing.money if one.to_send]
    return not any(isinstance(routes.of(standing, one), Wait) for one in due)


def _paid(check: InvoiceCheck, file: InvoiceFile) -> bool:
    return check.open_docket == 0 and bool(file.payments)
