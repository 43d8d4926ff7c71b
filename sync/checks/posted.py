"""Postings that QuickBooks refused, or that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator

from core.records import Invoice
from core.text import display
from store.books import InvoiceFile, Posted
from store.states import WITHDRAWN, PostingState
from sync.checks.ground import EXCLUDE, OPEN, Ground, finding
from sync.shapes import ConflictKind, Finding, WayOut

DIFFERS = "differs"
"""Fault code of a posting whose answer was not what was sent."""

_STOPPED = frozenset({PostingState.HOLD, PostingState.REJECTED})


def posting_findings(ground: Ground, file: InvoiceFile) -> Iterator[Finding]:
    """Yield what stopped the newest postings of the invoice and all that belongs to it."""
    for kind, docket_id in _records(ground, file):
        row = ground.index.newest_posting(kind, docket_id)
        if row is not None and row.state in _STOPPED and row.fault_code != WITHDRAWN:
            yield _refused(row)


def _records(ground: Ground, file: InvoiceFile) -> Iterator[tuple[str, str]]:
    invoice = file.invoice
    yield ("invoice", invoice.id)
    yield from (("payment", payment.id) for payment in file.payments)
    yield from (("refund", refund.id) for refund in file.refunds)
    if ground.index.link("invoice", invoice.id) is None:
        yield from _names(ground, invoice)


def _names(ground: Ground, invoice: Invoice) -> Iterator[tuple[str, str]]:
    """Yield the client and products, while they have neither link nor choice."""
    keys = [("client", invoice.client_id)]
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


def _refused(row: Posted) -> Finding:
    kind = ConflictKind.REFUSED
    if row.fault_code in set(ConflictKind):
        kind = ConflictKind(row.fault_code)
    about = (row.kind, f"{row.kind}:{row.docket_id}", _LABELS.get(row.kind, row.kind))
    words = row.reason or "QuickBooks refused it."
    retry = WayOut("retry", "Try it again", posting_id=row.id)
    return finding(kind, about, display(words, 400), (retry, OPEN, EXCLUDE))


_LABELS = {
    "client": "a new customer",
    "product": "a new product/service",
    "invoice": "the invoice",
    "payment": "a payment",
    "refund": "a refund",
}
