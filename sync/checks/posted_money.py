"""Money received that stands in QuickBooks already: does it still agree, and with what?

A payment or prepayment that Docket changed, took back or applied later, and one that
somebody changed in QuickBooks. What may be changed there is known before any call.
"""

from __future__ import annotations

from dataclasses import replace

from core.money import Cents, format_cents
from store.books import Document, Link
from sync.checks.changed_money import changed_standing, edited_standing
from sync.checks.days import reconciled_words
from sync.checks.deposited import may_change
from sync.checks.ground import EXCLUDE, OPEN, Ground
from sync.checks.kept import again_way, is_kept, keep_way
from sync.checks.money import Money, Standing, State, kind_of, stands, status_of
from sync.checks.money_findings import LEAVE, stuck
from sync.fingerprint import changed
from sync.shapes import WayOut


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
    if there.removed:
        words = f"was {there.removed.lower()} in QuickBooks; in Docket it still counts"
        leave = (OPEN, keep_way(record, there), EXCLUDE)
        return stuck(record, there, amount, words, (again_way(there), *leave))
    own = changed(link.fingerprint, record) and not _only_applied_more(link.fingerprint, record)
    weigh = changed_standing if own else edited_standing
    weighed = weigh(ground, record, link, there, amount)
    return weighed or _applied_standing(ground, record, there, amount, invoice)


def reversal(
    ground: Ground, record: Money, link: Link, there: Document | None, amount: Cents
) -> Standing:
    """Weigh posted money that Docket no longer counts: a person decides what QuickBooks does.

    It can be voided there, which opens its invoices again, unless a bank deposit, the
    closing date or a reconciled month holds it; then the person is told what is right instead.
    """
    what = "returned by the bank" if status_of(record) == "returned" else "voided in Docket"
    if record.deleted_at is not None:
        what = "deleted in Docket"
    if there is None:
        words = f"was {what} after it was posted. {_by_hand(record)}"
        return stuck(record, there, amount, words, LEAVE)
    reconciled = reconciled_words(ground, there.txn_date)
    locked = may_change(ground, there) or (f"it is {reconciled}" if reconciled else "")
    if locked:
        words = f"was {what} after it was posted, and {locked}. {_by_hand(record)}"
        return stuck(record, there, amount, words, (OPEN, keep_way(record, there), EXCLUDE))
    choice = ground.books.choices.get((kind_of(record), record.id))
    if choice is not None and choice.action == "void" and choice.qbo_id == link.qbo_id:
        return Standing(record, State.REVERSE, there, amount)
    void = WayOut("void", _VOID_WORDS, entity=link.entity, qbo_id=link.qbo_id)
    ways = (void, OPEN, keep_way(record, there), EXCLUDE)
    words = (
        f"was {what} after it was posted. Void it in QuickBooks, so that what it paid is open"
        " again, or leave it. A fee of the bank is an expense of its own"
    )
    return stuck(record, there, amount, words, ways)


_VOID_WORDS = "Void the payment in QuickBooks; what it paid is open again"


def _by_hand(record: Money) -> str:
    """Return what is right in QuickBooks for money that cannot be voided any more."""
    if status_of(record) == "returned":
        return (
            "Leave the payment and its deposit as they are. Enter the return in QuickBooks on"
            " its own day as an expense of the customer to Accounts Receivable, from the bank"
            " account, apply the payment to that instead of the invoice, and enter the bank's"
            " fee as an expense of its own"
        )
    return "Take it out there by hand, with your accountant if a month is closed, or leave it"


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
        return stuck(record, there, amount, words, LEAVE)
    locked = may_change(ground, there)
    if locked:
        words = (
            f"is in QuickBooks, but not applied to this invoice, and {locked}. Apply"
            f" {format_cents(missing)} of it to the invoice in QuickBooks; the next refresh"
            " sees it"
        )
        return stuck(record, there, amount, words, LEAVE)
    return Standing(record, State.APPLY, there, missing)


def _less_tax_there(ground: Ground, invoice: Document | None) -> bool:
    """Whether an invoice takes no more, as its tax is QuickBooks' own and may be less."""
    return ground.policy.tax == "quickbooks" and invoice is not None and not invoice.balance
