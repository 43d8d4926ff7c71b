"""Names side by side, and conflicts by the one choice that solves them; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from core.money import Cents, format_cents, to_cents
from core.records import Client, Product
from core.text import display
from store.books import Books, InvoiceFile
from store.states import TO_DO, InvoiceStatus
from sync.index import Index
from sync.policy import Policy
from sync.shapes import ConflictGroup, Finding, NameMatch, NameRow, Preflight
from sync.sites import splits


def name_check(books: Books, checked: Preflight) -> list[NameRow]:
    """Return every client and product of the invoices that are not synced yet.

    Those that wait for a person come first, then by the money that depends on them.
    """
    index = Index(books, Policy.from_settings(books.settings))
    users: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for file in _to_do(books, checked):
        for key in names_of(index, file):
            users[key][file.invoice.id] = None
    waiting = waiting_names(checked)
    found = (
        name_row(books, checked, key, ids, waiting=key in waiting) for key, ids in users.items()
    )
    return sorted(
        (row for row in found if row is not None),
        key=lambda row: (
            not row.waiting,
            -row.amount,
            row.match.kind,
            row.match.name,
            row.match.key,
        ),
    )


def waiting_names(checked: Preflight) -> frozenset[tuple[str, str]]:
    """Return the (kind, key) of what blocks an invoice until a person chooses."""
    return frozenset(
        (found.subject_kind, found.subject_key)
        for check in checked.invoices.values()
        if check.status in TO_DO
        for found in check.findings
    )


def name_row(
    books: Books,
    checked: Preflight,
    key: tuple[str, str],
    ids: Collection[str],
    *,
    waiting: bool,
) -> NameRow | None:
    """Return the line of one client or product; None if no invoice has it.

    Args:
        books: what the cache knows.
        checked: its preflight.
        key: its kind, and its key among the matches of this kind.
        ids: the invoices that are not synced and use it.
        waiting: whether it blocks them.
    """
    match = _match(checked, key)
    if match is None:
        return None
    return NameRow(
        match=match,
        invoices=len(ids),
        amount=sum(books.invoices[one].invoice.total for one in ids),
        waiting=waiting,
        evidence=_evidence(books, key),
        places=_places(books, key),
        split=key[0] == "client" and splits(books, key[1]),
        ids=tuple(ids),
    )


def _to_do(books: Books, checked: Preflight) -> Iterator[InvoiceFile]:
    for key, check in checked.invoices.items():
        if check.status in TO_DO and key in books.invoices:
            yield books.invoices[key]


def names_of(index: Index, file: InvoiceFile) -> Iterator[tuple[str, str]]:
    """Yield the (kind, key) of the client and the products of an invoice."""
    yield ("client", file.invoice.client_id)
    for line in file.invoice.lines:
        yield ("product", index.product_key(line))
    for refund in file.refunds:
        for part in refund.lines:
            yield ("product", index.product_key(part))


def _match(checked: Preflight, key: tuple[str, str]) -> NameMatch | None:
    kind, docket_id = key
    return (checked.clients if kind == "client" else checked.products).get(docket_id)


def _places(books: Books, key: tuple[str, str]) -> int:
    client = books.clients.get(key[1]) if key[0] == "client" else None
    return 0 if client is None else len(client.service_addresses)


def _evidence(books: Books, key: tuple[str, str]) -> tuple[str, ...]:
    kind, docket_id = key
    if kind == "client":
        client = books.clients.get(docket_id)
        return () if client is None else tuple(_client_evidence(client))
    product = books.products.get(docket_id)
    return () if product is None else tuple(_product_evidence(product))


def _client_evidence(client: Client) -> Iterator[str]:
    street = ", ".join(part for part in (client.billing.line1, client.billing.city) if part)
    for part in (client.display_id, client.email, client.phone, street):
        if part.strip():
            yield display(part, 60)


def _product_evidence(product: Product) -> Iterator[str]:
    for part in (product.sku, product.category):
        if part.strip():
            yield display(part, 60)
    yield format_cents(to_cents(product.unit_price))


def conflict_groups(books: Books, checked: Preflight) -> list[ConflictGroup]:
    """Return the open conflicts, those of one choice together, most money first."""
    grouped: dict[tuple[str, str], tuple[Finding, dict[str, Cents]]] = {}
    for key, check in checked.invoices.items():
        if check.status != InvoiceStatus.CONFLICTED or key not in books.invoices:
            continue
        for found in check.findings:
            _, waiting = grouped.setdefault(found.group, (found, {}))
            waiting[key] = books.invoices[key].invoice.total
    groups = [_group(found, waiting) for found, waiting in grouped.values()]
    return sorted(groups, key=lambda one: (-one.amount, one.kind, one.subject, one.subject_key))


def _group(found: Finding, waiting: Mapping[str, Cents]) -> ConflictGroup:
    return ConflictGroup(
        kind=found.kind,
        subject_kind=found.subject_kind,
        subject_key=found.subject_key,
        subject=found.subject,
        words=found.words,
        invoices=tuple(sorted(waiting)),
        amount=sum(waiting.values()),
        candidates=found.candidates,
        ways_out=found.ways_out,
    )
