"""The payments and prepayments of one invoice: posted, due, already there, or in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.money import Cents, format_cents
from core.records import Refund
from store.books import Document, InvoiceFile, Link
from sync.checks.days import check_day
from sync.checks.deposited import deposit_words, may_change
from sync.checks.ground import EXCLUDE, OPEN, WAIT, Ground, finding, shown_date
from sync.checks.kept import again_way, is_kept, keep_way, live_link
from sync.checks.money import (
    MEMO,
    Money,
    Standing,
    State,
    allocated,
    day_of,
    kind_of,
    money_label,
    received,
    stands,
    status_of,
)
from sync.checks.receipts import pair_payments, posts_anyway
from sync.fingerprint import changed
from sync.index import alive
from sync.shapes import ConflictKind, Finding, WayOut

_MONEY_HOLDERS = frozenset({"Bank", "Other Current Asset"})
"""Types of account that a payment may go to (faults 6430, 6000)."""


def payment_standings(
    ground: Ground, file: InvoiceFile, document: Document | None
) -> list[Standing]:
    """Weigh the payments and prepayments of an invoice against its QuickBooks invoice, if any."""
    ahead = [one for one in ground.index.credits.get(file.invoice.id, ()) if one.kind != MEMO]
    if not file.payments and not ahead:
        return []
    pairs = pair_payments(ground, file, document)
    records: list[Money] = [*file.payments, *ahead]
    own = [_payment(ground, file, one, document, pairs) for one in records]
    return _not_too_much(ground, file, document, own)


def _payment(
    ground: Ground,
    file: InvoiceFile,
    record: Money,
    document: Document | None,
    pairs: Mapping[tuple[str, str], Document],
) -> Standing:
    amount = allocated(record, file.invoice.id)
    link = live_link(ground, kind_of(record), record.id)
    if link is not None:
        amount = amount if alive(file.invoice) else 0
        return posted_standing(ground, record, link, amount, document)
    unlinked = unlinked_standing(ground, record, amount, pairs)
    if unlinked.state == State.DUE and document is not None and not posts_anyway(ground, record):
        found = tuple(_perhaps_there(ground, record, document))
        if found:
            return replace(unlinked, state=State.STUCK, findings=found)
    return unlinked


def unlinked_standing(
    ground: Ground, record: Money, amount: Cents, pairs: Mapping[tuple[str, str], Document]
) -> Standing:
    """Weigh money that is not linked; `amount` is the part of it that is asked about."""
    if not stands(record) or status_of(record) == "returned":
        return Standing(record, State.GONE, None, amount)
    if status_of(record) == "pending":
        return Standing(record, State.NOT_YET, None, amount)
    pair = pairs.get((kind_of(record), record.id))
    if pair is not None:
        return Standing(record, State.ADOPT, pair, amount)
    found = tuple(_due_payment(ground, record))
    return Standing(record, State.STUCK if found else State.DUE, None, amount, found)


# --- what was posted


def posted_standing(
    ground: Ground, record: Money, link: Link, amount: Cents, invoice: Document | None
) -> Standing:
    """Weigh linked money; `invoice` is the QuickBooks invoice that should get `amount` of it."""
    there = ground.index.document(link.entity, link.qbo_id)
    removed = there is not None and bool(there.removed)
    left = there is not None and is_kept(ground, record, there)
    if not stands(record) or status_of(record) == "returned":
        if removed or left:
            return Standing(record, State.POSTED, there, amount)
        return reversal(ground, record, link, there, amount)
    if there is None or left:
        return Standing(record, State.POSTED, there, amount)
    wrong, ways = _disagrees(ground, record, link, there)
    if wrong:
        held = payment_finding(record, wrong, ways)
        return Standing(record, State.STUCK, there, amount, (held,))
    return _applied_standing(ground, record, there, amount, invoice)


def reversal(
    ground: Ground, record: Money, link: Link, there: Document | None, amount: Cents
) -> Standing:
    """Weigh posted money that Docket no longer counts: a person decides what QuickBooks does.

    It can be voided there, which opens its invoices again, unless a bank deposit or the
    closing date holds it; then the person is told what is right instead.
    """
    what = "returned by the bank" if status_of(record) == "returned" else "voided in Docket"
    if record.deleted_at is not None:
        what = "deleted in Docket"
    locked = "" if there is None else may_change(ground, there)
    if there is None or locked:
        where = f", and {locked}" if locked else ""
        words = f"was {what} after it was posted{where}. {_by_hand(record)}"
        return _stuck(record, there, amount, words, _LEAVE)
    choice = ground.books.choices.get((kind_of(record), record.id))
    if choice is not None and choice.action == "void" and choice.qbo_id == link.qbo_id:
        return Standing(record, State.REVERSE, there, amount)
    void = WayOut("void", _VOID_WORDS, entity=link.entity, qbo_id=link.qbo_id)
    ways = (void, OPEN, keep_way(record, there), EXCLUDE)
    words = (
        f"was {what} after it was posted. Void it in QuickBooks, so that what it paid is open"
        " again, or leave it. A fee of the bank is an expense of its own"
    )
    return _stuck(record, there, amount, words, ways)


_VOID_WORDS = "Void the payment in QuickBooks; what it paid is open again"
_LEAVE = (OPEN, EXCLUDE)


def _by_hand(record: Money) -> str:
    """Return what is right in QuickBooks for money that cannot be voided any more."""
    if status_of(record) == "returned":
        return (
            "Leave the payment and its deposit as they are. Enter the return in QuickBooks on"
            " its own day as an expense of the customer to Accounts Receivable, from the bank"
            " account, apply the payment to that instead of the invoice, and enter the bank's"
            " fee as an expense of its own"
        )
    return "Take it out there first, or leave it"


def _stuck(
    record: Money,
    there: Document | None,
    amount: Cents,
    words: str,
    ways: tuple[WayOut, ...],
) -> Standing:
    held = payment_finding(record, words, ways)
    return Standing(record, State.STUCK, there, amount, (held,))


def _disagrees(
    ground: Ground, record: Money, link: Link, there: Document
) -> tuple[str, tuple[WayOut, ...]]:
    """Return how a posted payment no longer agrees, with the ways out; empty while it does."""
    leave = (OPEN, keep_way(record, there), EXCLUDE)
    if there.removed:
        words = f"was {there.removed.lower()} in QuickBooks; in Docket it still counts"
        return words, (again_way(there), *leave)
    own, held = format_cents(record.amount), format_cents(there.total)
    if changed(link.fingerprint, record) and not _only_applied_more(link.fingerprint, record):
        sums = f" ({held} there, {own} now)" if there.total != record.amount else ""
        words = f"was changed in Docket after it was posted{sums}"
        deposit = deposit_words(ground, there)
        if not deposit:
            return f"{words}. Correct it in QuickBooks", leave
        return (
            f"{words}, and {deposit}. QuickBooks lets nobody change it there: enter the"
            " difference in Docket as a refund or a credit instead",
            leave,
        )
    if there.total != record.amount:
        return f"was changed in QuickBooks: {own} in Docket, {held} there", leave
    return "", ()


def _only_applied_more(then: str, record: Money) -> bool:
    """Whether nothing changed since `then` but that more of it was applied; Docket appends."""
    parts = record.allocations
    return any(
        not changed(then, replace(record, allocations=parts[:count])) for count in range(len(parts))
    )


def _applied_standing(
    ground: Ground, record: Money, there: Document, amount: Cents, invoice: Document | None
) -> Standing:
    """Weigh what of a posted payment has reached the invoice in QuickBooks."""
    posted = Standing(record, State.POSTED, there, amount)
    if invoice is not None and (invoice.removed or not amount):
        return posted
    reached = 0
    if invoice is not None:
        reached = sum(
            part.amount
            for part in there.applied
            if part.entity == "Invoice" and part.qbo_id == invoice.qbo_id
        )
    missing = amount - reached
    nowhere = invoice is not None and not reached
    if reached and _less_tax_there(ground, invoice):
        return posted
    if missing <= 0 or (there.balance < missing and not nowhere):
        return posted
    if there.balance < missing:
        words = "is in QuickBooks, but not applied to this invoice. Apply it there"
        return _stuck(record, there, amount, words, _LEAVE)
    locked = may_change(ground, there)
    if locked:
        words = (
            f"is in QuickBooks, but not applied to this invoice, and {locked}. Apply"
            f" {format_cents(missing)} of it to the invoice in QuickBooks; the next refresh"
            " sees it"
        )
        return _stuck(record, there, amount, words, _LEAVE)
    return Standing(record, State.APPLY, there, missing)


def payment_finding(
    record: Money, words: str, ways: tuple[WayOut, ...] = (OPEN, EXCLUDE)
) -> Finding:
    """Return a conflict about money received, in a sentence that begins with it."""
    label = money_label(record)
    about = (kind_of(record), record.id, label)
    return finding(ConflictKind.PAYMENT, about, f"{label[:1].upper()}{label[1:]} {words}.", ways)


# --- what is due


def _due_payment(ground: Ground, record: Money) -> Iterator[Finding]:
    """Yield what is in the way of a payment that is not in QuickBooks."""
    if sum(part.amount for part in record.allocations) > record.amount:
        yield payment_finding(
            record,
            f"is {format_cents(record.amount)}, but more than that is allocated in Docket."
            " Correct it there, then refresh",
            (WAIT, EXCLUDE),
        )
    clients = {
        file.invoice.client_id
        for part in record.allocations
        if (file := ground.books.invoices.get(part.invoice_id)) is not None
    }
    if len(clients) > 1:
        yield payment_finding(
            record,
            "pays invoices of several clients; QuickBooks takes a payment for one customer."
            " Split it in Docket, then refresh",
            (WAIT, EXCLUDE),
        )
    yield from check_day(ground, "payment", day_of(record))
    yield from _check_account(ground)


def _check_account(ground: Ground) -> Iterator[Finding]:
    """Yield why payments cannot go to the account that the settings name."""
    chosen = ground.policy.deposit_account
    known = [one for one in ground.books.entries if one.entity == "Account"]
    if not chosen or not known:
        return
    account = next((one for one in known if one.qbo_id == chosen), None)
    if account is not None and account.active:
        if account.body.get("AccountType", "Bank") in _MONEY_HOLDERS:
            return
        why = f"{account.name} takes no payments"
    else:
        why = "the account that the settings name is not in use in QuickBooks"
    yield finding(
        ConflictKind.PAYMENT,
        ("payment", f"account:{chosen}", "the account for payments"),
        f"Payments cannot be posted: {why}. Choose a bank account or Undeposited Funds:"
        " docket-qbo settings deposit_account.",
        (WAIT,),
    )


def _perhaps_there(ground: Ground, record: Money, document: Document) -> Iterator[Finding]:
    """Yield a payment in QuickBooks on the same invoice, of the same amount, on another day."""
    for there in ground.index.paying.get(document.qbo_id, ()):
        taken = (there.entity, there.qbo_id) in ground.index.linked
        if taken or there.total != record.amount:
            continue
        words = f"Link it with the payment of {shown_date(there.txn_date)} already there"
        yield payment_finding(
            record,
            f"of {format_cents(record.amount)} on {shown_date(day_of(record))}: QuickBooks"
            f" has one of the same amount on {shown_date(there.txn_date)}. Is it the same",
            (
                WayOut("link", words, entity="Payment", qbo_id=there.qbo_id),
                WayOut("create", "It is another one: post this too"),
                EXCLUDE,
            ),
        )
        return


def _less_tax_there(ground: Ground, invoice: Document | None) -> bool:
    """Whether an invoice takes no more, as its tax is QuickBooks' own and may be less."""
    return ground.policy.tax == "quickbooks" and invoice is not None and not invoice.balance


def _not_too_much(
    ground: Ground, file: InvoiceFile, document: Document | None, payments: list[Standing]
) -> list[Standing]:
    """Hold the due payments back where more would be paid than is owed."""
    due = [one for one in payments if one.state in (State.DUE, State.APPLY)]
    if not due or not alive(file.invoice):
        return payments
    refunded = sum(refund.amount for refund in file.refunds if stands(refund))
    credit = ground.index.credit_on.get(file.invoice.id, 0)
    words = ""
    if received(file) + credit - refunded > file.invoice.total:
        words = (
            f"makes {format_cents(received(file) + credit)} paid on a total of"
            f" {format_cents(file.invoice.total)}. Correct it in Docket, then refresh"
        )
    elif document is not None and not document.removed:
        grows = file.invoice.total - document.total
        left = document.balance + grows
        if sum(one.amount for one in due) > left and refunded:
            return [_as_far_as_open(one, left) for one in payments]
        if sum(one.amount for one in due) > left:
            words = (
                f"is more than the {format_cents(left)} that QuickBooks shows open on the"
                " invoice: something else has paid it there"
            )
    if not words:
        return payments
    return [_held(ground, one, words) if one in due else one for one in payments]


def _as_far_as_open(one: Standing, left: Cents) -> Standing:
    """Leave what a refund has made too much unapplied: it is the customer's credit."""
    if one.state != State.APPLY or one.amount <= left:
        return one
    return replace(one, state=State.POSTED) if left <= 0 else replace(one, amount=left)


def _held(ground: Ground, one: Standing, words: str) -> Standing:
    record = one.record
    ways: tuple[WayOut, ...] = _LEAVE
    if isinstance(record, Refund):
        return one
    if posts_anyway(ground, record):
        return one if one.state == State.DUE else replace(one, state=State.POSTED)
    if one.state == State.DUE:
        ways = (WayOut("create", "Post it all the same; the rest stays as credit"), *_LEAVE)
    return _stuck(record, one.document, one.amount, words, ways)
