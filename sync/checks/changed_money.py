"""Money received that was changed after it was posted: sent when ticked, or why not; pure.

What Docket changed and can be sent waits in the red block, whatever it is: a payment that
was posted is in somebody's books. A payment in a bank deposit, in closed books or in a
reconciled month, and one that somebody changed in QuickBooks, is never changed; the person
is told what comes first.
"""

from __future__ import annotations

from core.money import Cents, format_cents
from store.books import Document, Link
from sync.checks.days import reconciled_words
from sync.checks.deposited import closed_words, deposit_words
from sync.checks.ground import EXCLUDE, OPEN, Ground
from sync.checks.kept import keep_way
from sync.checks.money import Money, Standing, State, day_of
from sync.checks.money_findings import stuck
from sync.payment_changes import PaymentChanges, payment_changes


def changed_standing(
    ground: Ground, record: Money, link: Link, there: Document, amount: Cents
) -> Standing | None:
    """Weigh posted money that Docket changed; None where QuickBooks says the same already."""
    found = payment_changes(ground, record, link, there)
    if found is not None and found.settled:
        return None
    first = _first(ground, record, there, found)
    change = None if found is None else found.change
    if not first:
        return Standing(record, State.CHANGE, there, amount, change=change)
    sums = ""
    if there.total != record.amount:
        sums = f" ({format_cents(there.total)} there, {format_cents(record.amount)} now)"
    words = f"was changed in Docket after it was posted{sums}{first}"
    ways = (OPEN, keep_way(record, there), EXCLUDE)
    return stuck(record, there, amount, words, ways, change)


def edited_standing(
    ground: Ground, record: Money, link: Link, there: Document, amount: Cents
) -> Standing | None:
    """Weigh posted money that Docket did not change; None where nobody else did either."""
    moved = there.sync_token != link.sync_token
    found = payment_changes(ground, record, link, there) if moved else None
    told = [] if found is None else [*found.in_quickbooks]
    if there.total != record.amount:
        told = [one for one in told if not one.startswith("amount ")]
        sums = f"{format_cents(record.amount)} in Docket, {format_cents(there.total)} there"
        told.insert(0, sums)
    if not told:
        return None
    ways = (OPEN, keep_way(record, there), EXCLUDE)
    change = None if found is None else found.change
    words = f"was changed in QuickBooks: {'; '.join(told)}"
    return stuck(record, there, amount, words, ways, change)


def _first(ground: Ground, record: Money, there: Document, found: PaymentChanges | None) -> str:
    """Return what has to be done before, or instead, as the rest of a sentence."""
    deposit = deposit_words(ground, there)
    if deposit and there.total != record.amount:
        return (
            f", and {deposit}. QuickBooks lets nobody change it there: enter the difference in"
            " Docket as a refund or a credit instead"
        )
    if deposit:
        return (
            f", and {deposit}. QuickBooks lets nobody change it there: take it out of the deposit"
            " first, then refresh, or leave it"
        )
    for day in (there.txn_date, day_of(record)):
        closed = closed_words(ground, day)
        if closed:
            return f", and {closed}. Ask the accountant to open them, then refresh, or leave it"
        reconciled = reconciled_words(ground, day)
        if reconciled:
            return (
                f", and it is {reconciled}. Correct it in QuickBooks, and look at the"
                " reconciliation again, or leave it"
            )
    if found is None:
        return ". Correct it in QuickBooks"
    if found.in_quickbooks:
        differ = "; ".join(found.in_quickbooks)
        return f", and in QuickBooks too: {differ}. Make both sides agree by hand, then refresh"
    return found.unfit
