"""The payments of one invoice: posted, due, already there, or in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.money import format_cents
from core.records import Payment
from store.books import Document, InvoiceFile
from sync.checks.document import check_day
from sync.checks.ground import EXCLUDE, OPEN, WAIT, Ground, finding, shown_date
from sync.checks.money import Standing, State, allocated, payment_label, received, stands
from sync.checks.receipts import pair_payments, posts_anyway
from sync.fingerprint import changed
from sync.index import alive
from sync.shapes import ConflictKind, Finding, WayOut


def payment_standings(
    ground: Ground, file: InvoiceFile, document: Document | None
) -> list[Standing]:
    """Weigh the payments of an invoice against its QuickBooks invoice, if it has one."""
    if not file.payments:
        return []
    pairs = pair_payments(ground, file, document)
    payments = [_payment(ground, file, one, document, pairs) for one in file.payments]
    return _not_too_much(ground, file, document, payments)


def _payment(
    ground: Ground,
    file: InvoiceFile,
    payment: Payment,
    document: Document | None,
    pairs: Mapping[str, Document],
) -> Standing:
    amount = allocated(payment, file.invoice.id)
    link = ground.index.link("payment", payment.id)
    if link is not None:
        there = ground.index.document(link.entity, link.qbo_id)
        wrong = _posted_payment_words(payment, link.fingerprint, there, document)
        if not wrong:
            return Standing(payment, State.POSTED, there, amount)
        return Standing(payment, State.STUCK, there, amount, (_payment_finding(payment, wrong),))
    if not stands(payment) or payment.status == "returned":
        return Standing(payment, State.GONE, None, amount)
    if payment.status == "pending":
        return Standing(payment, State.NOT_YET, None, amount)
    if payment.id in pairs:
        return Standing(payment, State.ADOPT, pairs[payment.id], amount)
    found = tuple(_due_payment(ground, payment, document))
    return Standing(payment, State.STUCK if found else State.DUE, None, amount, found)


def _posted_payment_words(
    payment: Payment, then: str, there: Document | None, invoice: Document | None
) -> str:
    """Return how a posted payment no longer agrees; empty while it does."""
    removed = there is not None and bool(there.removed)
    if not stands(payment) or payment.status == "returned":
        if removed:
            return ""
        what = "returned by the bank" if payment.status == "returned" else "voided in Docket"
        if payment.deleted_at is not None:
            what = "deleted in Docket"
        return f"was {what} after it was posted. Take it out in QuickBooks, or leave it"
    if there is None:
        return ""
    if removed:
        return f"was {there.removed.lower()} in QuickBooks; in Docket it still counts"
    if changed(then, payment):
        return "was changed in Docket after it was posted. Correct it in QuickBooks"
    if there.total != payment.amount:
        return (
            f"was changed in QuickBooks: {format_cents(payment.amount)} in Docket,"
            f" {format_cents(there.total)} there"
        )
    pays = {part.qbo_id for part in there.applied if part.entity == "Invoice"}
    if invoice is not None and not invoice.removed and invoice.qbo_id not in pays:
        return "is in QuickBooks, but not applied to this invoice. Apply it there"
    return ""


def _payment_finding(
    payment: Payment, words: str, ways: tuple[WayOut, ...] = (OPEN, EXCLUDE)
) -> Finding:
    label = payment_label(payment)
    about = ("payment", payment.id, label)
    return finding(ConflictKind.PAYMENT, about, f"{label[:1].upper()}{label[1:]} {words}.", ways)


def _due_payment(ground: Ground, payment: Payment, document: Document | None) -> Iterator[Finding]:
    """Yield what is in the way of a payment that is not in QuickBooks."""
    if sum(part.amount for part in payment.allocations) > payment.amount:
        yield _payment_finding(
            payment,
            f"is {format_cents(payment.amount)}, but more than that is allocated in Docket."
            " Correct it there, then refresh",
            (WAIT, EXCLUDE),
        )
    clients = {
        file.invoice.client_id
        for part in payment.allocations
        if (file := ground.books.invoices.get(part.invoice_id)) is not None
    }
    if len(clients) > 1:
        yield _payment_finding(
            payment,
            "pays invoices of several clients; QuickBooks takes a payment for one customer."
            " Split it in Docket, then refresh",
            (WAIT, EXCLUDE),
        )
    yield from check_day(ground, "payment", payment.received_on)
    if document is not None and not posts_anyway(ground, payment):
        yield from _perhaps_there(ground, payment, document)


def _perhaps_there(ground: Ground, payment: Payment, document: Document) -> Iterator[Finding]:
    """Yield a payment in QuickBooks on the same invoice, of the same amount, on another day."""
    for there in ground.index.paying.get(document.qbo_id, ()):
        taken = (there.entity, there.qbo_id) in ground.index.linked
        if taken or there.total != payment.amount:
            continue
        words = f"Link it with the payment of {shown_date(there.txn_date)} already there"
        yield _payment_finding(
            payment,
            f"of {format_cents(payment.amount)} on {shown_date(payment.received_on)}: QuickBooks"
            f" has one of the same amount on {shown_date(there.txn_date)}. Is it the same",
            (
                WayOut("link", words, entity="Payment", qbo_id=there.qbo_id),
                WayOut("create", "It is another one: post this too"),
                EXCLUDE,
            ),
        )
        return


def _not_too_much(
    ground: Ground, file: InvoiceFile, document: Document | None, payments: list[Standing]
) -> list[Standing]:
    """Hold the due payments back where more would be paid than is owed."""
    due = [one for one in payments if one.state == State.DUE]
    if not due or not alive(file.invoice):
        return payments
    refunded = sum(refund.amount for refund in file.refunds if stands(refund))
    words = ""
    if received(file) - refunded > file.invoice.total:
        words = (
            f"makes {format_cents(received(file))} paid on a total of"
            f" {format_cents(file.invoice.total)}. Correct it in Docket, then refresh"
        )
    elif document is not None and not document.removed:
        grows = file.invoice.total - document.total
        left = document.balance + grows
        if sum(one.amount for one in due) > left and not refunded:
            words = (
                f"is more than the {format_cents(left)} that QuickBooks shows open on the"
                " invoice: something else has paid it there"
            )
    if not words:
        return payments
    return [_held(ground, one, words) if one in due else one for one in payments]


def _held(ground: Ground, one: Standing, words: str) -> Standing:
    if not isinstance(one.record, Payment) or posts_anyway(ground, one.record):
        return one
    ways = (WayOut("create", "Post it all the same; the rest stays as credit"), OPEN, EXCLUDE)
    held = _payment_finding(one.record, words, ways)
    return Standing(one.record, State.STUCK, None, one.amount, (held,))
