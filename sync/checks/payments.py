"""The payments and prepayments of one invoice: posted, due, already there, or in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.money import Cents, format_cents
from core.records import Refund
from store.books import Document, InvoiceFile
from sync.checks.days import check_day
from sync.checks.ground import EXCLUDE, OPEN, WAIT, Ground, finding, shown_date
from sync.checks.kept import keep_way, live_link
from sync.checks.money import (
    MEMO,
    Money,
    Standing,
    State,
    allocated,
    day_of,
    kind_of,
    received,
    stands,
    status_of,
)
from sync.checks.money_findings import LEAVE, payment_finding, stuck
from sync.checks.posted_money import posted_standing
from sync.checks.receipts import pair_payments, posts_anyway
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
        if alive(file.invoice):
            return posted_standing(ground, record, link, amount, document)
        freed = posted_standing(ground, record, link, 0, document)
        return replace(freed, state=State.POSTED) if freed.state == State.CHANGE else freed
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


def _not_too_much(
    ground: Ground, file: InvoiceFile, document: Document | None, payments: list[Standing]
) -> list[Standing]:
    """Hold the due payments back where more would be paid than is owed."""
    due = [one for one in payments if one.state in (State.DUE, State.APPLY, State.CHANGE)]
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
        takes = sum(one.takes(document.qbo_id) for one in due)
        if takes > left and refunded:
            return [_as_far_as_open(one, left) for one in payments]
        if takes > left:
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
    ways: tuple[WayOut, ...] = LEAVE
    if isinstance(record, Refund):
        return one
    if one.state == State.CHANGE and one.document is not None:
        ways = (OPEN, keep_way(record, one.document), EXCLUDE)
        return stuck(record, one.document, one.amount, words, ways, one.change)
    if posts_anyway(ground, record):
        return one if one.state == State.DUE else replace(one, state=State.POSTED)
    if one.state == State.DUE:
        ways = (WayOut("create", "Post it all the same; the rest stays as credit"), *LEAVE)
    return stuck(record, one.document, one.amount, words, ways)
