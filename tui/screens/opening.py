"""What each customer owed on the start date, on both sides: what is never posted, and stays."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from sync.opening import Opening, OpeningRow
from tui.keys import bindings
from tui.screens.base import RoomScreen
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import counted, day, worth


def _difference(row: OpeningRow) -> Cell:
    return money_cell(row.difference, "warn" if row.difference else "good")


COLUMNS: tuple[Column[OpeningRow], ...] = (
    Column("client", "Client in Docket", 16, lambda row: text_cell(row.client), 3, 40),
    Column("customer", "In QuickBooks", 16, lambda row: text_cell(row.customer), 3, 40, drop=1),
    Column("docket", "Docket", 12, lambda row: money_cell(row.docket), right=True),
    Column("quickbooks", "QuickBooks", 12, lambda row: money_cell(row.quickbooks), right=True),
    Column("apart", "Difference", 12, _difference, right=True),
)


class OpeningScreen(RoomScreen):
    """Asks QuickBooks once, then shows the customers, those that differ first."""

    NAME = "opening"
    BINDINGS = bindings("side")
    CSS_PATH = "result.tcss"

    def body(self) -> Iterable[Widget]:
        """The sums above, the customers below."""
        yield Lines([heading("Asking QuickBooks what its customers owed …")], id="figures")
        yield RecordList[OpeningRow](COLUMNS, empty="Nobody owed anything on that day.")

    def on_mount(self) -> None:
        """Ask at once."""
        self.query_one(RecordList).focus()
        self.work(self._ask, group="read")

    async def _ask(self) -> None:
        found = await self.backstage.elsewhere(self.backstage.desk.opening)
        self.query_one("#figures", Lines).show(list(_sums(found)))
        self.query_one(RecordList).show(found.rows)


def _sums(found: Opening) -> Iterable[Content]:
    apart = len(found.apart)
    yield heading(f"Owed before the start date {day(found.day)}")
    yield ink(
        f"Docket {worth(found.docket)}, QuickBooks {worth(found.quickbooks)};"
        f" {apart} of {counted(len(found.rows), 'customer')} differ.",
        "warn" if apart else "good",
    )
    yield ink("What is older is linked, never posted: settle a difference in QuickBooks.", "dim")
