"""One invoice on paper: both sides, its lines, payments, what was sent, what happened."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from core.money import format_cents
from core.records import Invoice, Payment, Refund
from store.books import Document
from store.details import AuditView, InvoiceDetail
from store.posting_views import PostingView
from sync.shapes import FieldChange
from tui.history_words import told
from tui.widgets.apart import MOVED, three_ways
from tui.widgets.cells import Cell, safe, text_cell
from tui.widgets.sheet import Sheet, fold, heading, ink, money, row
from tui.words import POSTING, STATUS, day, moment, spoken

LABEL = 16


class InvoiceSheet(Sheet):
    """Everything known of an invoice."""

    def __init__(self) -> None:
        super().__init__()
        self._detail: InvoiceDetail | None = None
        self._changes: tuple[FieldChange, ...] = ()

    def show(self, detail: InvoiceDetail, changes: tuple[FieldChange, ...] = ()) -> None:
        """Show this one, and what changed in it since it was posted."""
        self._detail, self._changes = detail, changes
        self.redraw()

    def lines(self, width: int) -> list[Content]:
        """Status, what changed, both sides, lines, money, conflicts, sync log, history."""
        detail = self._detail
        if detail is None:
            return [ink("Reading …", "dim")]
        parts = [
            list(_state(detail)),
            list(_changed(self._changes, width)),
            list(_sides(detail, width)),
            list(_lines(detail.invoice, width)),
            list(_money(detail, width)),
            list(_postings(detail.postings, width)),
            list(_history(detail.history)),
        ]
        lines: list[Content] = []
        for part in parts:
            if part:
                lines += [*part, Content("")]
        return fold(lines, width)


def _state(detail: InvoiceDetail) -> Iterator[Content]:
    look = STATUS[detail.status]
    yield ink(look.text, look.style) + ink(f"  {spoken(detail.reason)}" if detail.reason else "")
    if detail.excluded_reason:
        yield ink(f"  {detail.excluded_reason}", "dim")
    for conflict in detail.conflicts:
        yield ink(f"▲ {spoken(conflict.words)}", "warn")


def _changed(changes: tuple[FieldChange, ...], width: int) -> Iterator[Content]:
    if changes:
        yield heading("Changed since it was posted")
        yield from three_ways(changes, width)


def _sides(detail: InvoiceDetail, width: int) -> Iterator[Content]:
    side = max((width - LABEL - 4) // 2, 10)
    invoice, held = detail.invoice, _held(detail)
    yield _pair("", "Docket", "QuickBooks", side, "title")
    client = detail.client.customer_name if detail.client else invoice.client_id
    pairs = (
        ("invoice no.", invoice.number, held.number if held else "not there yet"),
        ("customer", client, _customer(held)),
        ("date", day(invoice.issued_on), day(held.txn_date) if held else ""),
        ("due", day(invoice.due_on), spoken(_text(held, "DueDate"))),
        ("tax", money(invoice.tax), money(held.tax) if held else ""),
        ("total", money(invoice.total), money(held.total) if held else ""),
        ("open", money(detail.open_docket), money(detail.open_qbo)),
    )
    for label, left, right in pairs:
        differs = _differs(label, left, right, held)
        shown = f"{label} {MOVED}" if differs else label
        yield _pair(shown, left, right, side, "bad" if differs else "plain")
    if invoice.memo:
        yield row([(text_cell("memo", "dim"), LABEL, False)]) + Content("  ") + ink(invoice.memo)
    if held and held.removed:
        yield ink(f"▲ {held.removed} in QuickBooks.", "warn")


def _pair(label: str, left: str, right: str, side: int, style: str) -> Content:
    return row(
        [
            (text_cell(label, "dim"), LABEL, False),
            (text_cell(left, style if style == "title" else "plain"), side, False),
            (text_cell(right, style), side, False),
        ]
    )


def _differs(label: str, left: str, right: str, held: Document | None) -> bool:
    """Money and number have to be the same; names and dates may be told apart by a link."""
    return held is not None and label in ("invoice no.", "tax", "total", "open") and left != right


def _held(detail: InvoiceDetail) -> Document | None:
    keys = {(link.entity, link.qbo_id) for link in detail.links if link.kind == "invoice"}
    found = [one for one in detail.documents if (one.entity, one.qbo_id) in keys]
    return found[0] if found else None


def _customer(held: Document | None) -> str:
    reference = held.body.get("CustomerRef") if held else None
    return str(reference.get("name", "")) if isinstance(reference, dict) else ""


def _text(held: Document | None, field: str) -> str:
    return str(held.body.get(field, "")) if held else ""


def _lines(invoice: Invoice, width: int) -> Iterator[Content]:
    yield heading("Lines")
    words = max(width - 36, 16)
    for line in invoice.lines:
        about = f"  {line.description}" if line.description else ""
        cell: Cell = (*text_cell(line.name), *text_cell(about, "dim"))
        price = f"{line.quantity:f} x {line.unit_price:f}"
        yield row(
            [
                (cell, words, False),
                (text_cell(price, "dim"), 20, True),
                (text_cell(format_cents(line.amount)), 12, True),
            ]
        )
    if invoice.discount:
        yield row(
            [
                (text_cell("discount", "dim"), words + 22, False),
                (text_cell(format_cents(-invoice.discount)), 12, True),
            ]
        )
    for tax in invoice.tax_lines:
        yield row(
            [
                (text_cell(f"{tax.name} {tax.rate:f} %", "dim"), words + 22, False),
                (text_cell(format_cents(tax.amount)), 12, True),
            ]
        )


def _money(detail: InvoiceDetail, width: int) -> Iterator[Content]:
    if detail.payments or detail.refunds:
        yield heading("Payments and refunds")
    linked = {(link.kind, link.docket_id) for link in detail.links}
    for payment in detail.payments:
        yield _payment(payment, detail.invoice.id, ("payment", payment.id) in linked, width)
    for refund in detail.refunds:
        yield _refund(refund, ("refund", refund.id) in linked, width)


def _payment(payment: Payment, invoice_id: str, linked: bool, width: int) -> Content:
    here = sum(part.amount for part in payment.allocations if part.invoice_id == invoice_id)
    gone = "voided" if payment.voided_at else "deleted" if payment.deleted_at else payment.status
    words = f"{day(payment.received_on)}  {payment.method} {payment.reference}".rstrip()
    return _paid(words, gone, here, linked, width)


def _refund(refund: Refund, linked: bool, width: int) -> Content:
    words = f"{day(refund.refunded_on)}  refund {refund.number} {refund.reason}".rstrip()
    return _paid(words, "voided" if refund.voided_at else "", -refund.amount, linked, width)


def _paid(words: str, state: str, amount: int, linked: bool, width: int) -> Content:
    side = ("● in QuickBooks", "good") if linked else ("○ not in QuickBooks", "dim")
    return row(
        [
            (text_cell(words), max(width - 45, 12), False),
            (text_cell(state, "dim"), 8, False),
            ((side,), 19, False),
            (text_cell(format_cents(amount)), 12, True),
        ]
    )


def _postings(postings: tuple[PostingView, ...], width: int) -> Iterator[Content]:
    if postings:
        yield heading("Sync log")
    for posting in postings:
        look = POSTING[posting.state]
        yield row(
            [
                (text_cell(moment(posting.changed_at), "dim"), 16, False),
                (((f"{look.glyph} {posting.words}", look.style),), 27, False),
                (text_cell(posting.label), max(width - 49, 10), False),
            ]
        )
        if posting.reason:
            yield ink(f"    {spoken(posting.reason)}", "warn")
        if posting.intuit_tid and posting.fault_code:
            yield ink(
                f"    fault {posting.fault_code}, Intuit's trace id {posting.intuit_tid}", "dim"
            )


def _history(history: tuple[AuditView, ...]) -> Iterator[Content]:
    if history:
        yield heading("History")
    for entry in reversed(history):
        yield (
            ink(f"{moment(entry.at)}  ", "dim")
            + ink(told(entry))
            + ink(f"  {safe(entry.actor, 40)}", "dim")
        )
