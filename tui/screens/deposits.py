"""Money received: synced payments by day, which of them make a bank's amount, what looks wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from core.money import Cents, format_cents
from sync.deposits.shapes import DayRow, Deposits, Makes
from tui.keys import bindings
from tui.manner import formats
from tui.screens.list_screen import ListScreen
from tui.widgets.cells import money_cell, text_cell
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import counted, day, spoken, worth

SETS_SHOWN = 2
RECEIPTS_SHOWN = 4

COLUMNS: tuple[Column[DayRow], ...] = (
    Column("day", "Day", 10, lambda row: text_cell(day(row.day), "strong")),
    Column("method", "Method", 12, lambda row: text_cell(row.method or "no method"), 1, 24),
    Column("count", "Payments", 8, lambda row: ((str(row.count), "dim"),), right=True, drop=1),
    Column("amount", "Amount", 11, lambda row: money_cell(row.amount), right=True),
    Column("running", "Running sum", 12, lambda row: money_cell(row.running, "dim"), right=True),
    Column(
        "waiting",
        "Undeposited",
        11,
        lambda row: money_cell(row.waiting if row.waiting else None, "accent"),
        right=True,
    ),
)


class DepositsScreen(ListScreen):
    """Days as lines; below them the bank's amount and what makes it."""

    NAME = "deposits"
    BINDINGS = bindings("deposits", "side")
    CSS_PATH = "deposits.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._found: Deposits | None = None
        self._fee = False

    def body(self) -> Iterable[Widget]:
        """What waits, the days, the bank's amount, what looks wrong."""
        yield Lines([heading("Deposits")], id="title")
        yield RecordList(COLUMNS, empty="No payment is in QuickBooks yet.", id="days")
        yield Field(placeholder="/ the amount that the bank shows: 1234.50", id="amount")
        yield Lines(id="makes")
        yield Lines(id="about")

    async def read(self) -> None:
        """Fetch what the screen shows, and show it."""
        self._found = await asyncio.to_thread(self.backstage.desk.money.deposits)
        rows = list(reversed(self._found.rows))
        self.query_one("#days", RecordList).show(rows)
        waits = [f"{one.words}: {worth(one.amount)}" for one in self._found.ages if one.count]
        title = heading("Deposits   ") + ink(
            f"in Undeposited Funds {', '.join(waits)}" if waits else "nothing waits for a deposit",
            "plain" if waits else "good",
        )
        self.query_one("#title", Lines).show([title])
        self.query_one("#about", Lines).show(list(_about(self._found)))
        self.query_one(KeyBar).refresh()

    # the bank's amount

    def action_amount(self) -> None:
        """Type the bank's amount."""
        self.query_one(Input).focus()

    def action_fee(self) -> None:
        """Look for gross less a fee, or no longer."""
        self._fee = not self._fee
        self._look(self.query_one(Input).value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._look(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.query_one(RecordList).focus()

    def _look(self, text: str) -> None:
        amount = _cents(text)
        if amount is None:
            words = [ink("Write it as 1234.50", "dim")] if text.strip() else []
            self.query_one("#makes", Lines).show(words)
            return
        fee = self._fee

        async def find() -> None:
            desk = self.backstage.desk.money
            sets = await asyncio.to_thread(lambda: desk.makes(amount, fee=fee))
            self.query_one("#makes", Lines).show(list(_sets(amount, sets, fee)))

        self.work(find, group="find")

    # money on no invoice

    def refusal(self, action: str) -> str:
        """Why nothing can be posted here now."""
        if action == "post_loose" and not self._due():
            return "no prepayment or credit of Docket waits to be posted"
        return ""

    def _due(self) -> list[str]:
        return [] if self._found is None else [one.key for one in self._found.loose if one.due]

    def action_post_loose(self) -> None:
        """Preview posting Docket's money that is on no invoice."""
        ids = self._due()
        if not ids:
            self.say("No prepayment or credit of Docket waits to be posted.")
            return
        about = "prepayments and credits on no invoice"
        self.work(lambda: self.program.routes.bulk(ids, about), group="post")


def _about(found: Deposits) -> Iterable[Content]:
    if found.warning:
        yield ink(f"▲ {spoken(found.warning)}", "warn")
    for one in found.doubtful:
        yield ink(
            f"▲ Counted twice? The deposit of {day(one.day)} books {worth(one.amount)} to"
            f" {one.account}, the amount of {counted(len(one.receipts), 'payment')} that"
            " QuickBooks has too",
            "warn",
        )
    due = [one for one in found.loose if one.due]
    if due:
        total = worth(sum(one.amount for one in due))
        what = counted(len(due), "prepayment or credit", "prepayments and credits")
        yield ink(f"○ {what} in Docket, {total}, not in QuickBooks yet: p posts them", "accent")
    for loose in found.loose:
        if not loose.due:
            yield ink(f"○ {loose.label}, {loose.client}: {spoken(loose.words)}", "dim")
    if found.credits:
        total = worth(sum(one.open for one in found.credits))
        oldest = max(one.age for one in found.credits)
        yield ink(
            f"○ {counted(len(found.credits), 'open credit')} in QuickBooks, {total} on no invoice,"
            f" the oldest for {counted(oldest, 'day')}",
            "dim",
        )


def _sets(amount: Cents, sets: Sequence[Makes], fee: bool) -> Iterable[Content]:
    if not sets:
        how = "" if fee else "; f allows for a fee"
        yield ink(f"No payments in Undeposited Funds make {worth(amount)}{how}.", "warn")
    for one in sets[:SETS_SHOWN]:
        less = f" less a fee of {worth(one.fee)}" if one.fee else ""
        yield ink(f"✓ {worth(one.gross)}{less}: {one.words}", "good")
        for receipt in one.receipts[:RECEIPTS_SHOWN]:
            yield ink(
                f"  {day(receipt.day)}  {format_cents(receipt.amount):>11}  {receipt.method}"
                f"  {receipt.customer}  {receipt.reference}"
            )
        more = len(one.receipts) - RECEIPTS_SHOWN
        if more > 0:
            yield ink(f"  and {more} more", "dim")


def _cents(text: str) -> Cents | None:
    try:
        return formats().read_money(text)
    except ValueError:
        return None
