"""The chart: money by month on both sides, and how long what is open has been due.

The bars help the eye; beside each stand both sums and the difference in words. They
come from sums of the cache, so that a million invoices take no longer to draw.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from core.money import Cents, format_cents
from sync.shapes import CountAndMoney
from sync.tie_out.chart import AGE_WORDS, Chart, Pairing
from tui.keys import bindings
from tui.manner import formats
from tui.proof_words import bars
from tui.screens.list_screen import ListScreen
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.columns import GAP, Column
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, Sheet, fold, heading, ink, row
from tui.words import counted, invoices_worth, spoken, worth

LABEL, MONEY, WORDS = 12, 11, 23
LEAST, MOST = 6, 30
"""How wide one side of the bars is at least and at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: both sides, and how large the largest of all lines is."""

    label: str
    pairing: Pairing
    most: Cents

    def cells(self, half: int) -> list[tuple[Cell, int, bool]]:
        """Label, Docket, bars, QuickBooks, difference: with width and side."""
        ours, theirs = self.pairing.docket.amount, self.pairing.quickbooks.amount
        return [
            (text_cell(self.label, "strong"), LABEL, False),
            (money_cell(ours), MONEY, True),
            (bars(ours, theirs, self.most, half), 2 * half + 1, False),
            (money_cell(theirs), MONEY, True),
            (difference_cell(self.pairing), WORDS, False),
        ]


def difference_cell(pairing: Pairing) -> Cell:
    """Which side has more, in words."""
    gap = pairing.difference
    side = _side(gap.amount or gap.count)
    if gap.amount:
        return ((f"≠ {side} +{format_cents(abs(gap.amount))}", "warn"),)
    if gap.count:
        return ((f"≠ {side} +{counted(abs(gap.count), 'invoice')}", "warn"),)
    return (("= the same", "good"),)


def _side(more: int) -> str:
    """Which side has more, by the sign of Docket less QuickBooks."""
    return "Docket" if more > 0 else "QuickBooks"


def drawn(pairings: Sequence[Pairing], labels: Sequence[str]) -> list[Bar]:
    """Lines on one scale."""
    most = max((max(one.docket.amount, one.quickbooks.amount) for one in pairings), default=0)
    return [Bar(label, one, most) for label, one in zip(labels, pairings, strict=True)]


def half_of(width: int) -> int:
    """How wide one side of the bars can be in so many columns."""
    return max(min((width - LABEL - 2 * MONEY - WORDS - 1 - 4 * GAP) // 2, MOST), LEAST)


def columns(half: int) -> tuple[Column[Bar], ...]:
    """The list of months, as wide as the ages below it."""
    titles = ("Month", "Docket", f"{'│':>{half + 1}}", "QuickBooks", "Difference")
    widths = (LABEL, MONEY, 2 * half + 1, MONEY, WORDS)

    def cell_of(place: int) -> Callable[[Bar], Cell]:
        return lambda bar: bar.cells(half)[place][0]

    return tuple(
        Column(title, title, width, cell_of(place), right=place in (1, 3))
        for place, (title, width) in enumerate(zip(titles, widths, strict=True))
    )


class Ages(Sheet):
    """What is open on both sides by how long it has been due, with its sums in words."""

    chart: Chart | None = None

    def show(self, chart: Chart) -> None:
        """Show other sums."""
        self.chart = chart
        self.redraw()

    def lines(self, width: int) -> list[Content]:
        """A line an age, their sum, what explains the difference."""
        found = self.chart
        if found is None:
            return []
        half = half_of(width - 1)
        labels = [*AGE_WORDS.values(), "all open"]
        bars_ = [*drawn(found.ages, labels[:-1]), Bar(labels[-1], found.open, 0)]
        by = "due date" if found.by_due_date else "invoice date, as QuickBooks' reports count"
        return [
            heading("Open ") + ink(f"by {by}", "dim"),
            *(row(bar.cells(half), GAP) for bar in bars_),
            *fold([ink(words, style) for words, style in _explained(found)], width),
        ]


def _explained(found: Chart) -> Iterator[tuple[str, str]]:
    """Why Docket and QuickBooks have not the same open."""
    if found.not_there.count:
        yield f"○ not in QuickBooks yet: {invoices_worth(*_both(found))} of it", "dim"
    if found.unexplained:
        amount, side = worth(abs(found.unexplained)), _side(found.unexplained)
        yield f"▲ {amount} more open in {side} on invoices that both have: see the proof", "warn"
    if found.others.count:
        others = invoices_worth(found.others.count, found.others.amount)
        yield f"○ open in QuickBooks besides, not from Docket: {others}", "dim"


def _both(found: Chart) -> tuple[int, Cents]:
    return found.not_there.count, found.not_there.amount


class ChartScreen(ListScreen):
    """Months as lines, the newest first; below them what is open, by age."""

    NAME = "chart"
    BINDINGS = bindings("chart", "side")
    CSS_PATH = "proof.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._months: RecordList[Bar] = RecordList(
            columns(LEAST), empty="Nothing to draw yet: refresh first.", id="months"
        )

    def body(self) -> Iterable[Widget]:
        """The sum, the months, the ages."""
        yield Lines([heading("Money by month") + ink("   adding up …", "dim")], id="title")
        yield self._months
        yield Ages(id="about")

    def on_resize(self, event: events.Resize) -> None:
        """Bars as wide as there is room."""
        super().on_resize(event)
        self._months.columns = columns(half_of(event.size.width - 5))
        self._months.hide(self._months.hidden)

    async def read(self) -> None:
        """Fetch the sums, and draw them."""
        found = await asyncio.to_thread(self.backstage.desk.tie_out.chart)
        labels = [formats().month(one.key) for one in found.months]
        self._months.show(list(reversed(drawn(found.months, labels))))
        self.query_one(Ages).show(found)
        self.query_one("#title", Lines).show(list(_title(found)))

    @on(LineList.Opened)
    def _opened(self) -> None:
        bar = self._months.current
        if bar is not None:
            self.program.routes.month(bar.pairing.key)


def _title(found: Chart) -> Iterator[Content]:
    """From when on, the difference, and both sums."""
    whole = found.total
    gap = whole.difference
    since = f" from {spoken(found.start)} on" if found.start else ""
    words, style = "= both sides are the same", "good"
    if gap != CountAndMoney():
        side = _side(gap.amount or gap.count)
        more = worth(abs(gap.amount)) if gap.amount else counted(abs(gap.count), "invoice")
        words, style = f"≠ {side} has {more} more", "warn"
    yield heading(f"Money by month{since}   ") + ink(words, style)
    ours, theirs = whole.docket, whole.quickbooks
    yield ink(
        f"As in the proof: Docket {invoices_worth(ours.count, ours.amount)};"
        f" QuickBooks {theirs.count:,}, {worth(theirs.amount)}",
        "dim",
    )
