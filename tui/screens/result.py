"""What became of a bulk run: it adds up, and QuickBooks' own answers close it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget

from core.clock import duration
from sync.shapes import OUTCOME_WORDS, InvoiceResult, Outcome, Proof, RunResult
from tui.keys import bindings
from tui.proof_words import proof_words
from tui.screens.base import RoomScreen
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.next_line import NextLine
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.widgets.totals import LOOKS, totals_lines
from tui.words import counted, spoken, worth

FIRST = (Outcome.NEEDS_YOU, Outcome.CHECKING, Outcome.NOT_SENT, Outcome.SKIPPED)
"""What a person looks for comes first in the list."""


def _outcome(result: InvoiceResult) -> Cell:
    return ((OUTCOME_WORDS[result.outcome], LOOKS[result.outcome]),)


COLUMNS: tuple[Column[InvoiceResult], ...] = (
    Column("number", "Number", 8, lambda result: text_cell(result.number, "strong"), 1, 12),
    Column("client", "Client", 16, lambda result: text_cell(result.client), 4, 36),
    Column("total", "Total", 11, lambda result: money_cell(result.total), right=True),
    Column("outcome", "What became of it", 26, _outcome),
    Column("reason", "Why", 9, lambda result: text_cell(spoken(result.reason), "dim"), 6),
)


class ResultScreen(RoomScreen):
    """Totals, the proof, and every invoice, those that need somebody first."""

    NAME = "result"
    BINDINGS = bindings("result", "side")
    CSS_PATH = "result.tcss"

    def __init__(self, result: RunResult) -> None:
        super().__init__()
        self._result = result
        self._invoices = sorted(result.invoices, key=_place)

    def body(self) -> Iterable[Widget]:
        """Figures above, invoices below."""
        yield Lines(list(result_lines(self._result)), id="figures")
        yield RecordList(COLUMNS, self._invoices, empty="No invoice was selected.")
        yield NextLine()

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one(RecordList).focus()
        self._moved()
        self.work(self._prove, group="prove")

    async def _prove(self) -> None:
        """Say where every Docket record is now: the zero-proof, over all that is in the cache."""
        desk = self.backstage.desk.tie_out
        found = await asyncio.to_thread(lambda: desk.tie_out(desk.whole()))
        words = "; ".join(proof_words(one) for one in found.proofs if one.docket.count)
        all_of_it = ink("With all before it: ", "dim") + ink(words)
        self.query_one("#figures", Lines).show([*result_lines(self._result), all_of_it])

    def on_screen_resume(self) -> None:
        """What became of an unclear one meanwhile."""
        self._moved()

    @on(LineList.Moved)
    def _moved(self) -> None:
        """Tell of the unclear invoice at the cursor, else of the first one, if there is any."""
        checking = [one for one in self._invoices if one.outcome is Outcome.CHECKING]
        current = self.query_one(RecordList).current
        meant = current if current in checking else next(iter(checking), None)
        waiting = self.program.listing.waiting(meant.docket_id) if meant else None
        self.query_one(NextLine).show_stand(waiting, f"{meant.number}: " if meant else "")

    @on(LineList.Opened)
    def _opened(self, event: LineList.Opened) -> None:
        self.program.routes.detail(self._invoices[event.source.cursor].docket_id)

    def action_log(self) -> None:
        """What was sent."""
        self.program.routes.log()

    def action_void_run(self) -> None:
        """Show what voiding this run would do."""
        self.work(lambda: self.program.routes.void(self._result.run_id))

    def action_conflicts(self) -> None:
        """What needs a decision."""
        self.program.routes.conflicts()


def result_lines(result: RunResult) -> Iterable[Content]:
    """The result in lines: how it ended, the outcomes, what a stop left, the proof."""
    seconds = int((result.ended_at - result.started_at).total_seconds())
    if result.stopped_because:
        yield ink(f"▲ Stopped: {result.stopped_because}", "warn").stylize("bold")
        yield ink(
            "Nothing is lost. What was not sent is pending again: b previews the rest.", "dim"
        )
    else:
        yield heading(f"Sync finished in {duration(max(seconds, 1))}")
    yield Content("")
    yield from totals_lines(result.totals, result.selected)
    yield Content("")
    unclear = result.unclear_found + result.unclear_resent
    if unclear:
        yield ink(
            f"Stopped in the middle: {unclear} unclear, {result.unclear_found} found, "
            f"{result.unclear_resent} sent again, 0 twice, 0 lost.",
            "strong",
        )
    yield proof_line(result.proof)
    yield ink(f"{counted(result.metered_reads, 'look-up')} that QuickBooks counts", "dim")
    if result.audit_head:
        yield ink(f"Audit head {result.audit_head}", "dim")


def proof_line(proof: Proof) -> Content:
    """`Docket 98,412.37 = QuickBooks 98,412.37, difference 0.00`."""
    sign, style = ("=", "good") if not proof.difference else ("≠", "bad")
    return ink(
        f"Docket {worth(proof.docket)} {sign} QuickBooks {worth(proof.quickbooks)}, "
        f"difference {worth(proof.difference)}",
        style,
    ).stylize("bold")


def _place(result: InvoiceResult) -> int:
    return FIRST.index(result.outcome) if result.outcome in FIRST else len(FIRST)
