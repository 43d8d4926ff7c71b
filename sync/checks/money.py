"""The payments and refunds of one invoice: posted, due, already there, or in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.money import Cents, format_cents
from core.records import Payment, Refund
from core.text import display
from store.books import Document, InvoiceFile
from sync.checks.document import check_day
from sync.checks.ground import EXCLUDE, OPEN, WAIT, Ground, finding, shown_date
from sync.checks.names import check_lines
from sync.checks.receipts import pair_payments, pair_refund, posts_anyway
from sync.fingerprint import changed
from sync.index import alive
from sync.shapes import ConflictKind, Finding, WayOut


class State(StrEnum):
    """How a payment or refund stands to QuickBooks."""

    POSTED = "posted"
    DUE = "due"
    ADOPT = "adopt"  # it is there; link it
    NOT_YET = "not_yet"  # an ACH payment under way
    GONE = "gone"  # voided, deleted or returned, and never posted
    STUCK = "stuck"  # a person decides


@dataclass(frozen=True, slots=True)
class Standing:
    """One payment or refund of an invoice."""

    record: Payment | Refund
    state: State
    document: Document | None
    amount: Cents
    """The part of it that concerns this invoice."""
    findings: tuple[Finding, ...] = ()

    @property
    def kind(self) -> str:
        """Payment or refund."""
        return "payment" if isinstance(self.record, Payment) else "refund"

    @property
    def to_send(self) -> bool:
        """Whether it still has to reach QuickBooks, or be linked there."""
        return self.state in (State.DUE, State.ADOPT)


def counts(payment: Payment) -> bool:
    """Whether the money of a payment is there: not voided, deleted, returned or under way."""
    return stands(payment) and payment.status not in ("pending", "returned")


def stands(record: Payment | Refund) -> bool:
    """Whether Docket has neither voided nor deleted it."""
    return record.voided_at is None and record.deleted_at is None


def allocated(payment: Payment, invoice_id: str) -> Cents:
    """Return what of a payment goes to one invoice."""
    return sum(part.amount for part in payment.allocations if part.invoice_id == invoice_id)


def received(file: InvoiceFile) -> Cents:
    """Return what Docket counts as paid on an invoice."""
    return sum(allocated(one, file.invoice.id) for one in file.payments if counts(one))


def open_in_docket(ground: Ground, file: InvoiceFile) -> Cents:
    """Return what is still owed by Docket's books.

    A refund opens nothing: it takes back money and the sale together.
    """
    credit = ground.index.credit_on.get(file.invoice.id, 0)
    return file.invoice.total - received(file) - credit


def standings(ground: Ground, file: InvoiceFile, document: Document | None) -> tuple[Standing, ...]:
    """Weigh the payments and refunds of an invoice against its QuickBooks invoice, if any."""
    if not (file.payments or file.refunds):
        return ()
    pairs = pair_payments(ground, file, document)
    payments = [_payment(ground, file, one, document, pairs) for one in file.payments]
    refunds = [_refund(ground, file, one, document) for one in file.refunds]
    return (*_not_too_much(ground, file, document, payments), *refunds)


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


def payment_label(payment: Payment) -> str:
    """Return a payment for a person: "payment by check 5571 of 412.50"."""
    reference = display(payment.reference or payment.number, 30)
    return f"payment by {display(payment.method, 30)} {reference}".rstrip()


def refund_label(refund: Refund) -> str:
    """Return a refund for a person: "refund R-12"."""
    return f"refund {display(refund.number, 30)}".rstrip()


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


def _refund(
    ground: Ground, file: InvoiceFile, refund: Refund, document: Document | None
) -> Standing:
    link = ground.index.link("refund", refund.id)
    if link is not None:
        there = ground.index.document(link.entity, link.qbo_id)
        wrong = _posted_refund_words(refund, link.fingerprint, there)
        if not wrong:
            return Standing(refund, State.POSTED, there, refund.amount)
        return Standing(
            refund, State.STUCK, there, refund.amount, (_refund_finding(refund, wrong),)
        )
    if not stands(refund):
        return Standing(refund, State.GONE, None, refund.amount)
    twin = pair_refund(ground, file, refund, document)
    if twin is not None:
        return Standing(refund, State.ADOPT, twin, refund.amount)
    found = tuple(_due_refund(ground, refund))
    return Standing(refund, State.STUCK if found else State.DUE, None, refund.amount, found)


def _posted_refund_words(refund: Refund, then: str, there: Document | None) -> str:
    removed = there is not None and bool(there.removed)
    if not stands(refund):
        if removed:
            return ""
        what = "voided" if refund.deleted_at is None else "deleted"
        return f"was {what} in Docket after it was posted. Take it out in QuickBooks, or leave it"
    if there is None:
        return ""
    if removed:
        return f"was {there.removed.lower()} in QuickBooks; in Docket it still counts"
    if changed(then, refund):
        return "was changed in Docket after it was posted. Correct it in QuickBooks"
    if there.total != refund.amount:
        return (
            f"was changed in QuickBooks: {format_cents(refund.amount)} in Docket,"
            f" {format_cents(there.total)} there"
        )
    return ""


def _refund_finding(
    refund: Refund, words: str, ways: tuple[WayOut, ...] = (OPEN, EXCLUDE)
) -> Finding:
    label = refund_label(refund)
    about = ("refund", refund.id, label)
    return finding(ConflictKind.REFUND, about, f"{label[:1].upper()}{label[1:]} {words}.", ways)


def _due_refund(ground: Ground, refund: Refund) -> Iterator[Finding]:
    lines = sum(line.amount for line in refund.lines)
    if refund.lines and lines + refund.tax != refund.amount:
        yield _refund_finding(
            refund,
            f"of {format_cents(refund.amount)} does not add up: lines"
            f" {format_cents(lines)}, tax {format_cents(refund.tax)}. Correct it in Docket",
            (WAIT, EXCLUDE),
        )
    if refund.tax and not ground.books.company.uses_sales_tax:
        yield _refund_finding(
            refund,
            f"has a tax of {format_cents(refund.tax)}, but sales tax is not set up in"
            " QuickBooks, which would drop it. Set it up there, then refresh",
            (WAIT, EXCLUDE),
        )
    if ground.policy.refunds == "refund_receipt" and not ground.index.refund_account:
        yield _refund_finding(
            refund,
            "needs the account that the money leaves from. Choose it in the settings",
            (WAIT, EXCLUDE),
        )
    yield from check_lines(ground, refund.lines)
    yield from check_day(ground, "refund", refund.refunded_on)
