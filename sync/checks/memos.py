"""The credit memos of one invoice: posted, applied, due, already there, or in the way.

A credit memo lowers what a client owes without any money. QuickBooks keeps it as a
document of its own; a payment of 0.00 that names both links it to an invoice. It has no
void for it, and this program deletes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from core.money import Cents, format_cents, prorate
from core.records import Credit, Invoice, RefundLine
from store.books import Document, InvoiceFile, Link
from sync.checks.days import check_day
from sync.checks.ground import EXCLUDE, OPEN, WAIT, Ground, finding
from sync.checks.kept import is_kept, link_way
from sync.checks.money import MEMO, Standing, State, allocated, money_label, stands
from sync.checks.names import check_lines
from sync.checks.receipts import pair_memo
from sync.fingerprint import changed
from sync.shapes import ConflictKind, Finding, WayOut

_LEAVE = (OPEN, EXCLUDE)


def memo_standings(ground: Ground, file: InvoiceFile, document: Document | None) -> list[Standing]:
    """Weigh the credit memos that Docket has applied to an invoice."""
    memos = [one for one in ground.index.credits.get(file.invoice.id, ()) if one.kind == MEMO]
    return [memo_standing(ground, one, file.invoice.id, document) for one in memos]


def memo_standing(
    ground: Ground, credit: Credit, invoice_id: str, document: Document | None
) -> Standing:
    """Weigh a credit memo and what of it goes to an invoice; no invoice: the memo alone."""
    amount = allocated(credit, invoice_id)
    link = ground.index.link("credit", credit.id)
    if link is not None:
        return _posted(ground, credit, link, amount, invoice_id, document)
    if not stands(credit):
        return Standing(credit, State.GONE, None, amount)
    twin = pair_memo(ground, credit)
    if twin is not None and (not twin.tax or is_kept(ground, credit, twin)):
        return Standing(credit, State.ADOPT, twin, amount)
    if twin is not None:
        words = f"is in QuickBooks already, with {_taxed(twin)}"
        held = _finding(credit, words, (link_way(credit, twin), *_LEAVE))
        return Standing(credit, State.STUCK, twin, amount, (held,))
    found = tuple(_due(ground, credit))
    return Standing(credit, State.STUCK if found else State.DUE, None, amount, found)


def memo_lines(ground: Ground, credit: Credit) -> Sequence[RefundLine]:
    """Return what a credit memo is for: the lines of the first invoice it goes to, in proportion.

    Docket gives a credit memo no products; none is invented. Nothing is returned where it
    is on no invoice yet, or where the settings name one item for all.
    """
    if ground.policy.credit_item:
        return ()
    for part in credit.allocations:
        file = ground.books.invoices.get(part.invoice_id)
        if file is None:
            continue
        sold = [line for line in file.invoice.lines if line.amount > 0]
        parts = prorate(credit.amount, [line.amount for line in sold]) if sold else []
        return [
            RefundLine(line.product_id, line.name, share, False)
            for line, share in zip(sold, parts, strict=True)
            if share
        ]
    return ()


def applied_on(credit: Credit, invoice: Invoice) -> date:
    """Return the day of the application: Docket keeps none, so the later of the two."""
    return max(credit.issued_on, invoice.issued_on)


def application_id(credit: Credit, invoice_id: str) -> str:
    """Return the id of the event that links a credit memo to an invoice."""
    return f"{credit.id}:{invoice_id}"


def credit_records(ground: Ground, invoice_id: str) -> Iterator[tuple[str, str]]:
    """Yield the (kind, id) of what is posted for the credits applied to an invoice."""
    for credit in ground.index.credits.get(invoice_id, ()):
        yield ("credit", credit.id)
        yield ("credit_application", application_id(credit, invoice_id))


def _posted(
    ground: Ground,
    credit: Credit,
    link: Link,
    amount: Cents,
    invoice_id: str,
    document: Document | None,
) -> Standing:
    there = ground.index.document(link.entity, link.qbo_id)
    removed = there is not None and bool(there.removed)
    words = ""
    if not stands(credit) and not removed:
        what = "voided" if credit.deleted_at is None else "deleted"
        words = (
            f"was {what} in Docket after it was posted. QuickBooks has no void for a credit memo:"
            " take it off its invoice and delete it there by hand, or leave it"
        )
    elif there is not None and stands(credit) and not is_kept(ground, credit, there):
        words = _disagrees(credit, link, there)
    if words:
        return _stuck(credit, there, amount, words)
    posted = Standing(credit, State.POSTED, there, amount)
    if there is None or removed or not amount or (document is not None and document.removed):
        return posted
    reached = 0
    if document is not None:
        reached = ground.index.settled_by_credit.get((there.qbo_id, document.qbo_id), 0)
    missing = amount - reached
    if missing <= 0:
        return posted
    if ground.index.link("credit_application", application_id(credit, invoice_id)) is not None:
        words = "was taken off the invoice in QuickBooks. Apply it there again, or leave it"
        return _stuck(credit, there, amount, words)
    if there.balance < missing:
        words = (
            f"has {format_cents(there.balance)} left in QuickBooks, but Docket applies"
            f" {format_cents(missing)} to this invoice: it was used for another one there"
        )
        return _stuck(credit, there, amount, words)
    file = ground.books.invoices.get(invoice_id)
    day = credit.issued_on if file is None else applied_on(credit, file.invoice)
    closed = tuple(check_day(ground, "use of a credit memo", day))
    return Standing(credit, State.STUCK if closed else State.APPLY, there, missing, closed)


def _disagrees(credit: Credit, link: Link, there: Document) -> str:
    if there.removed:
        return f"was {there.removed.lower()} in QuickBooks; in Docket it still counts"
    count = len(credit.allocations)
    prefixes = (replace(credit, allocations=credit.allocations[:n]) for n in range(count + 1))
    if all(changed(link.fingerprint, one) for one in prefixes):
        return "was changed in Docket after it was posted. Correct it in QuickBooks"
    if there.total != credit.amount:
        return (
            f"was changed in QuickBooks: {format_cents(credit.amount)} in Docket,"
            f" {format_cents(there.total)} there"
        )
    return f"was changed in QuickBooks: it has {_taxed(there)}" if there.tax else ""


def _taxed(there: Document) -> str:
    return f"a sales tax of {format_cents(there.tax)} that Docket's has not"


def _stuck(credit: Credit, there: Document | None, amount: Cents, words: str) -> Standing:
    return Standing(credit, State.STUCK, there, amount, (_finding(credit, words, _LEAVE),))


def _finding(credit: Credit, words: str, ways: tuple[WayOut, ...]) -> Finding:
    label = money_label(credit)
    about = ("credit", credit.id, label)
    return finding(ConflictKind.CREDIT, about, f"{label[:1].upper()}{label[1:]} {words}.", ways)


def _due(ground: Ground, credit: Credit) -> Iterator[Finding]:
    """Yield what is in the way of a credit memo that is not in QuickBooks."""
    if sum(part.amount for part in credit.allocations) > credit.amount:
        yield _finding(
            credit,
            f"is {format_cents(credit.amount)}, but more than that is applied in Docket."
            " Correct it there, then refresh",
            (WAIT, EXCLUDE),
        )
    lines = memo_lines(ground, credit)
    if not lines and not ground.policy.credit_item:
        yield _finding(
            credit,
            "is on no invoice yet, so nothing says which product/service it is for. Apply it in"
            " Docket, or choose one for all credit memos: docket-qbo settings credit_item",
            (WAIT,),
        )
    yield from check_lines(ground, lines)
    yield from check_day(ground, "credit memo", credit.issued_on)
