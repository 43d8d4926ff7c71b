"""What both front ends ask of money received; everything comes from the cache."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from core.clock import Clock, today
from core.money import Cents, format_cents
from sync.checks.ground import Ground
from sync.checks.loose import Loose, loose_groups, loose_money
from sync.checks.money import State, day_of, label_of
from sync.deposits.income import booked_as_income
from sync.deposits.received import ages, by_day, open_credits, receipts, straight_to_bank
from sync.deposits.shapes import Deposits, LooseRow, Makes, OpenCredit
from sync.deposits.subset import sets_that_make
from sync.shapes import ConflictGroup
from sync.view import View


class MoneyDesk:
    """Money of one company: read-only.

    Args:
        view: the books, kept until somebody commits.
        clock: for "today" at the company.
    """

    def __init__(self, view: View, clock: Clock) -> None:
        self._view = view
        self._clock = clock

    def loose(self) -> tuple[LooseRow, ...]:
        """Return Docket's payments and credits on no invoice that are not settled, oldest first."""
        ground = self._view.ground()
        weighed = loose_money(ground).values()
        return tuple(
            _row(ground, one)
            for one in weighed
            if not (one.earlier or one.standing.state == State.POSTED)
        )

    def conflicts(self, shown: Collection[tuple[str, str]] = frozenset()) -> list[ConflictGroup]:
        """Return the conflicts about money on no invoice, but for those `shown` already."""
        return list(loose_groups(self._view.ground(), shown))

    def unapplied(self) -> tuple[OpenCredit, ...]:
        """Return what is open as credit in QuickBooks, oldest first, with its age."""
        return open_credits(self._view.ground(), self._today())

    def deposits(self) -> Deposits:
        """Return synced payments by day and method, what waits, and what looks wrong."""
        ground = self._view.ground()
        found = receipts(ground)
        return Deposits(
            rows=by_day(found),
            receipts=found,
            ages=ages(found, self._today()),
            doubtful=booked_as_income(ground, found),
            warning=straight_to_bank(ground, found),
            loose=self.loose(),
            credits=self.unapplied(),
        )

    def makes(self, amount: Cents, *, fee: bool = False) -> tuple[Makes, ...]:
        """Return which payments in Undeposited Funds make a bank's amount."""
        waiting = [one for one in receipts(self._view.ground()) if one.undeposited]
        return sets_that_make(waiting, amount, fee=fee)

    def _today(self) -> date:
        return today(self._clock, self._view.books().company.time_zone)


def _row(ground: Ground, one: Loose) -> LooseRow:
    record = one.record
    words = one.trouble or _WORDS.get(one.standing.state, "")
    return LooseRow(
        key=one.key,
        label=f"{label_of(record)} of {format_cents(record.amount)}",
        client=ground.client_name(record.client_id),
        day=day_of(record),
        amount=record.amount,
        due=one.due,
        words=words,
    )


_WORDS = {
    State.DUE: "not in QuickBooks yet; posts as money that pays no invoice",
    State.ADOPT: "already in QuickBooks; will be linked",
    State.NOT_YET: "ACH under way; posts when it has settled",
    State.CHANGE: "changed in Docket; to be changed in QuickBooks, ticked on its own",
    State.REVERSE: "to be voided in QuickBooks, ticked on its own",
}
