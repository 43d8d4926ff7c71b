"""Postings that QuickBooks refused, or that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.money import format_cents
from core.records import Invoice
from core.text import display
from store.books import InvoiceFile, Posted
from store.states import STOPPED_STATES, WITHDRAWN, PostingState
from sync.checks.ground import EXCLUDE, OPEN, Ground, finding
from sync.checks.memos import credit_records
from sync.shapes import ConflictKind, Finding, WayOut
from sync.sites import party_id
from sync.tax import parts_held, why_different
from sync.words import alike_key

REFUSED_ALIKE = "refusal"
"""Subject of a conflict that one mending solves for all postings refused for one reason."""

DIFFERS = "differs"
"""Fault code of a posting whose answer was not what was sent."""


def posting_findings(ground: Ground, file: InvoiceFile) -> Iterator[Finding]:
    """Yield what stopped the newest postings of the invoice and all that belongs to it."""
    if not ground.index.any_stopped:
        return
    for kind, docket_id in _records(ground, file):
        row = _stopped_row(ground, kind, docket_id)
        if row is not None:
            yield _refused(row) if row.fault_code != DIFFERS else _differs(ground, file, row)


def stopped(ground: Ground, kind: str, docket_id: str) -> Iterator[Finding]:
    """Yield what stopped the newest posting of one record that belongs to no invoice."""
    row = _stopped_row(ground, kind, docket_id)
    if row is not None:
        yield _refused(row)


def _stopped_row(ground: Ground, kind: str, docket_id: str) -> Posted | None:
    row = ground.index.newest_posting(kind, docket_id)
    if row is None or row.state not in STOPPED_STATES or row.fault_code == WITHDRAWN:
        return None
    return row


def _records(ground: Ground, file: InvoiceFile) -> Iterator[tuple[str, str]]:
    invoice = file.invoice
    yield ("invoice", invoice.id)
    yield from (("payment", payment.id) for payment in file.payments)
    yield from (("refund", refund.id) for refund in file.refunds)
    yield from credit_records(ground, invoice.id)
    if ground.index.link("invoice", invoice.id) is None:
        yield from _names(ground, invoice)


def _names(ground: Ground, invoice: Invoice) -> Iterator[tuple[str, str]]:
    """Yield the client and products, while they have neither link nor choice."""
    own = dict.fromkeys((invoice.client_id, party_id(ground.books, invoice)))
    keys = [("client", key) for key in own]
    keys += [
        ("product", key)
        for key in dict.fromkeys(ground.index.product_key(line) for line in invoice.lines)
    ]
    for key in keys:
        choice = ground.books.choices.get(key)
        row = ground.index.newest_posting(*key)
        refused = row is not None and row.state == PostingState.REJECTED
        solved = choice is not None and (refused or choice.action == "use")
        if key not in ground.books.links and not solved:
            yield key


def _differs(ground: Ground, file: InvoiceFile, row: Posted) -> Finding:
    """Return a posting that came back different, with the cause of a tax that differs."""
    plain = _refused(row)
    held = ground.index.document(row.entity, row.qbo_id)
    if row.kind != "invoice" or held is None or held.entity != "Invoice":
        return plain
    why = why_different(file.invoice, held.tax, parts_held(held.body))
    computed = ground.policy.tax == "quickbooks"
    if not why or held.total - held.tax != file.invoice.total - file.invoice.tax:
        return plain
    accept = WayOut(
        "retry", f"Accept QuickBooks' tax of {format_cents(held.tax)}", posting_id=row.id
    )
    ways = (accept, OPEN, EXCLUDE) if computed else plain.ways_out
    return replace(plain, words=why, ways_out=ways)


def _refused(row: Posted) -> Finding:
    kind = ConflictKind.REFUSED
    if row.fault_code in set(ConflictKind):
        kind = ConflictKind(row.fault_code)
    about = (row.kind, f"{row.kind}:{row.docket_id}", _LABELS.get(row.kind, row.kind))
    words = row.reason or "QuickBooks refused it."
    alike = alike_key(row.fault_code, row.reason)
    if alike and row.state == PostingState.REJECTED:
        about = (REFUSED_ALIKE, alike, words.split(". ", 1)[0].rstrip("."))
        again = WayOut("retry_alike", "Mended: try all of these again", name=alike)
        return finding(kind, about, display(words, 400), (again, OPEN, EXCLUDE))
    retry = WayOut("retry", "Try it again", posting_id=row.id)
    return finding(kind, about, display(words, 400), (retry, OPEN, EXCLUDE))


_LABELS = {
    "client": "a new customer",
    "product": "a new product/service",
    "invoice": "the invoice",
    "payment": "a payment",
    "refund": "a refund",
    "credit": "a prepayment or credit memo",
    "credit_application": "the use of a credit memo",
}
