"""The proof: every month on both sides, with a chart; enter opens a month's differences."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.widget import Widget

from core.money import Cents
from sync.tie_out.receivables import PaidButOpen
from sync.tie_out.shapes import Cell, Measure, TieOut
from tui.keys import bindings
from tui.manner import formats
from tui.proof_words import HALF, bars, class_words, proof_words, verdict
from tui.screens.list_screen import ListScreen
from tui.widgets.cells import Cell as Shown
from tui.widgets.cells import money_cell, text_cell
from tui.widgets.columns import Column
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import counted, worth


@dataclass(frozen=True, slots=True)
class Month:
    """One line: the month, and how large the largest is."""

    cell: Cell
    most: Cents
    checked: str
    """Who checked it; empty while nobody did."""

    @property
    def ours(self) -> Cents:
        """Docket's invoices."""
        return self.cell.docket[Measure.INVOICES].amount

    @property
    def theirs(self) -> Cents:
        """QuickBooks' invoices."""
        return self.cell.quickbooks[Measure.INVOICES].amount


def _month(month: Month) -> Shown:
    return (
        *text_cell(formats().month(month.cell.label), "strong"),
        (" ✓" if month.checked else "", "good"),
    )


def _difference(month: Month) -> Shown:
    return money_cell(month.ours - month.theirs, "good" if month.cell.ties else "warn")


def _state(month: Month) -> Shown:
    if month.cell.differences:
        return ((f"≠ {month.cell.differences:,}", "warn"),)
    return (("= agrees", "good"),)


COLUMNS: tuple[Column[Month], ...] = (
    Column("month", "Month", 9, _month),
    Column("docket", "Docket", 11, lambda month: money_cell(month.ours), right=True),
    Column(
        "chart",
        f"{'Docket':>{HALF}}│QuickBooks",
        2 * HALF + 1,
        lambda month: bars(month.ours, month.theirs, month.most),
    ),
    Column("qbo", "QuickBooks", 11, lambda month: money_cell(month.theirs), right=True),
    Column("gap", "Difference", 10, _difference, right=True),
    Column("state", "Differ", 8, _state),
    Column("checked", "Checked by", 12, lambda month: text_cell(month.checked), 1, 24, drop=1),
)


class ProofScreen(ListScreen):
    """Months as lines; below them where every record is and what is paid but open."""

    NAME = "proof"
    BINDINGS = bindings("proof", "side")
    CSS_PATH = "proof.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._found: TieOut | None = None
        self._paid: tuple[PaidButOpen, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Verdict, months, the rest."""
        yield Lines([heading("Proof") + ink("   comparing both sides …", "dim")], id="title")
        yield RecordList(COLUMNS, empty="Nothing to compare yet: refresh first.", id="months")
        yield Lines(id="about")

    async def read(self) -> None:
        """Fetch what the screen shows, and show it."""
        desk = self.backstage.desk.tie_out
        self._found = await asyncio.to_thread(lambda: desk.tie_out(desk.whole()))
        self._paid = await asyncio.to_thread(desk.paid_but_open)
        checked = await asyncio.to_thread(desk.checked_months)
        cells = self._found.cells
        sides = [one.docket[Measure.INVOICES].amount for one in cells]
        sides += [one.quickbooks[Measure.INVOICES].amount for one in cells]
        most = max(sides, default=0)
        months = [Month(one, most, checked.get(one.key, ("", ""))[1]) for one in cells]
        self.query_one("#months", RecordList).show(list(reversed(months)))
        title = heading("Proof   ") + verdict(self._found)
        self.query_one("#title", Lines).show([title])
        self._tell()

    def _tell(self) -> None:
        if self._found is None:
            return
        lines = [ink(proof_words(one)) for one in self._found.proofs if one.docket.count]
        classes = class_words(self._found)
        if classes:
            lines.append(ink(classes, "warn"))
        if self._paid:
            owed = worth(sum(one.amount for one in self._paid))
            what = counted(len(self._paid), "invoice")
            lines.append(
                ink(
                    f"▲ {what}, {owed}, paid in Docket, open in QuickBooks for up to"
                    f" {counted(self._paid[0].days, 'day')}: p posts the payments",
                    "warn",
                )
            )
        else:
            lines.append(ink("✓ nothing is paid in Docket and open in QuickBooks", "good"))
        self.query_one("#about", Lines).show(lines)
        self.query_one(KeyBar).refresh()

    def refusal(self, action: str) -> str:
        """Why the payments cannot be posted now."""
        if action == "post_paid" and not self._paid:
            return "nothing is paid in Docket and open in QuickBooks"
        return ""

    @on(LineList.Opened)
    def _opened(self) -> None:
        month = self.query_one("#months", RecordList).current
        if month is not None and month.cell.key:
            self.program.routes.month(month.cell.key)

    def action_chart(self) -> None:
        """The same money as a picture, with what is open by age."""
        self.program.routes.chart()

    def action_post_paid(self) -> None:
        """Preview posting the payments that QuickBooks lacks."""
        if not self._paid:
            self.say("Nothing is paid in Docket and open in QuickBooks.")
            return
        ids = [one.docket_id for one in self._paid]
        about = "what is paid in Docket, open in QuickBooks"
        self.work(lambda: self.program.routes.bulk(ids, about), group="post")
