"""One month: figures, checklist, what differs in five classes, and the person's check."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget

from sync.tie_out.month import month_words
from sync.tie_out.shapes import Difference
from tui.keys import bindings
from tui.proof_words import GLYPHS, SHORT, figures, item_line, verdict
from tui.screens.list_screen import ListScreen
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, Sheet, heading, ink
from tui.words import counted, day, spoken

if TYPE_CHECKING:
    from sync.tie_out.desk import MonthEnd

CHANGES_SHOWN = 6


def _class(one: Difference) -> Cell:
    return ((f"{GLYPHS[one.kind]} {SHORT[one.kind]}", "warn"),)


def _amount(one: Difference) -> Cell:
    return money_cell((one.docket if one.docket.records else one.quickbooks).amount)


COLUMNS: tuple[Column[Difference], ...] = (
    Column("class", "Differs in", 17, _class),
    Column("record", "", 7, lambda one: text_cell(one.record, "dim"), drop=2),
    Column("number", "Number", 9, lambda one: text_cell(one.number, "strong"), 1, 14),
    Column("name", "Client", 12, lambda one: text_cell(one.name), 2, 30, drop=1),
    Column("amount", "Amount", 10, _amount, right=True),
    Column("words", "What", 16, lambda one: text_cell(spoken(one.words)), 6),
)


class Checklist(Sheet):
    """What is left of the month, who checked it, what changed since."""

    ending: MonthEnd | None = None

    def show(self, ending: MonthEnd) -> None:
        """Show another state of the month."""
        self.ending = ending
        self.redraw()

    def lines(self, width: int) -> Sequence[Content]:
        """A line each check, then the person's."""
        if self.ending is None:
            return []
        return [*(item_line(one, width) for one in self.ending.items), *_signed(self.ending)]


class MonthScreen(ListScreen):
    """Everything about one month; C says that it was checked."""

    NAME = "month"
    BINDINGS = bindings("month", "side")
    CSS_PATH = "proof.tcss"

    def __init__(self, month: str) -> None:
        super().__init__()
        self._month = month
        self._ending: MonthEnd | None = None

    def body(self) -> Iterable[Widget]:
        """What was found, the differences, the checklist."""
        yield Lines([heading(month_words(self._month))], id="title")
        yield RecordList(COLUMNS, empty="Nothing differs in this month.", id="differences")
        yield Lines(id="what")
        yield Checklist(id="about")

    async def read(self) -> None:
        """Fetch what the screen shows, and show it."""
        desk = self.backstage.desk.tie_out
        self._show(await asyncio.to_thread(desk.month, self._month))

    def _show(self, ending: MonthEnd) -> None:
        self._ending = ending
        head = heading(f"{month_words(ending.month)}   ") + verdict(ending.found)
        self.query_one("#title", Lines).show([head, *figures(ending.found.total)])
        self.query_one("#differences", RecordList).show(ending.found.differences)
        self.query_one(Checklist).show(ending)
        self._moved()

    @on(LineList.Moved)
    def _moved(self) -> None:
        one = self.query_one("#differences", RecordList).current
        words = [] if one is None else [ink(f"{one.name}: {spoken(one.words)}", "dim")]
        self.query_one("#what", Lines).show(words)

    @on(LineList.Opened)
    def _opened(self) -> None:
        one = self.query_one("#differences", RecordList).current
        if one is not None and one.invoice_id:
            self.program.routes.detail(one.invoice_id)
        elif one is not None and one.qbo_id:
            self.program.open_in_browser(self.backstage.web_url(one.entity, one.qbo_id))
        elif one is not None:
            self.say(f"This {one.record} is on no invoice: it stands in Deposits.")

    def action_check(self) -> None:
        """Ask who checked, then keep it with its figures."""
        from tui.screens.month_check import MonthCheckScreen

        if self._ending is not None:
            self.app.push_screen(MonthCheckScreen(self._ending), self._named)

    def _named(self, name: str | None) -> None:
        if name:
            self.work(lambda: self._check(name), group="check")

    async def _check(self, name: str) -> None:
        desk = self.backstage.desk.tie_out
        self._show(await asyncio.to_thread(desk.check_month, self._month, name))
        self.say(f"{month_words(self._month)} is marked as checked by {name}.")


def _signed(ending: MonthEnd) -> list[Content]:
    """Who checked the month, and what changed in it since."""
    if ending.check is None:
        return [ink("○ Not checked yet: C marks the month as checked", "dim")]
    on = day(ending.check.checked_at.astimezone().date())
    lines = [ink(f"✓ Checked on {on} by {ending.check.name}", "good")]
    if ending.changes:
        lines.append(
            ink(f"▲ {counted(len(ending.changes), 'record')} changed after the check", "warn")
        )
        lines += [
            ink(f"  {one.label}  {one.name}: {spoken(one.words)}")
            for one in ending.changes[:CHANGES_SHOWN]
        ]
    return lines
