"""What a test sync sent, beside what QuickBooks now holds, equal to the cent or not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from sync.shapes import Compared, Outcome, PostingResult, RunResult
from tui.keys import bindings
from tui.screens.base import RoomScreen
from tui.screens.confirm import void_test
from tui.widgets.cells import text_cell
from tui.widgets.next_line import NextLine
from tui.widgets.sheet import Sheet, heading, ink, row
from tui.words import counted, spoken, worth

FIELD = 24


class Comparison(Sheet):
    """Every document of the run, its fields side by side."""

    def __init__(self, result: RunResult) -> None:
        super().__init__()
        self._result = result

    def lines(self, width: int) -> list[Content]:
        """Verdict, then one small table a document."""
        side = max((width - FIELD - 10) // 2, 12)
        lines = [_verdict(self._result), Content("")]
        if self._result.stopped_because:
            lines += [ink(self._result.stopped_because, "warn"), Content("")]
        linked = [one for one in self._result.postings if not one.compared and not one.reason]
        lines += [line for posting in linked for line in _document(posting, side)]
        if linked:
            lines.append(Content(""))
        for posting in self._result.postings:
            if posting not in linked:
                lines += [*_document(posting, side), Content("")]
        return lines


class ComparisonScreen(RoomScreen):
    """Read it, open it in QuickBooks, void it, or go on."""

    NAME = "test_result"
    BINDINGS = bindings("test_result", "side")
    CSS_PATH = "comparison.tcss"

    def __init__(self, result: RunResult) -> None:
        super().__init__()
        self._result = result

    def body(self) -> Iterable[Widget]:
        """The comparison and three ways on."""
        yield VerticalScroll(Comparison(self._result))
        yield NextLine()
        with Horizontal(id="buttons"):
            yield Button(Content("b  Sync the rest"), id="on")
            yield Button(Content("o  Open in QuickBooks"), id="browse")
            yield Button(Content("V  Void this test"), id="void")

    def on_mount(self) -> None:
        """Offer only what there is."""
        voided = self._result.kind == "void" or not self._result.postings
        self.query_one("#void").display = not voided
        self.query_one("#on").focus()
        self._tell_what_is_next()

    def on_screen_resume(self) -> None:
        """What became of it meanwhile."""
        self._tell_what_is_next()

    def _tell_what_is_next(self) -> None:
        """Since when it is unclear, and what happens then."""
        unclear = [one for one in self._result.invoices if one.outcome is Outcome.CHECKING]
        waiting = self.program.listing.waiting(unclear[0].docket_id) if unclear else None
        self.query_one(NextLine).show_stand(waiting)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        ways = {"on": self.action_go_on, "browse": self.action_browse, "void": self.action_void}
        ways[event.button.id or "on"]()

    def action_go_on(self) -> None:
        """The preview of what is pending, over the table that shows it."""
        self.dismiss()
        self.program.main_screen.show_pending()
        self.program.main_screen.action_bulk()

    def action_browse(self) -> None:
        """Open the newest document with an address."""
        urls = [posting.web_url for posting in self._result.postings if posting.web_url]
        if urls:
            self.program.open_in_browser(urls[-1])
        else:
            self.say("There is nothing of it in QuickBooks.")

    def action_void(self) -> None:
        """Ask, then void what the test made."""
        program, run_id = self.program, self._result.run_id

        async def ask() -> None:
            made = await asyncio.to_thread(self.backstage.desk.void_preview, run_id)
            if await self.app.push_screen_wait(void_test(made)):
                self.dismiss()
                program.runs.void(run_id)
                program.routes.progress()

        if self._result.kind != "void":
            self.work(ask)


def _verdict(result: RunResult) -> Content:
    ends = {one.outcome for one in result.invoices}
    unsettled = ends & {Outcome.NEEDS_YOU, Outcome.CHECKING, Outcome.NOT_SENT}
    if result.kind == "void" and unsettled:
        return ink("▲ Not all of it is voided: see the reasons.", "warn").stylize("bold")
    if result.kind == "void":
        return ink("Voided: QuickBooks shows these at 0.00.", "strong")
    unequal = sum(not row.equal for posting in result.postings for row in posting.compared)
    if Outcome.CHECKING in ends:
        return ink("? Nobody knows yet what became of it.", "accent").stylize("bold")
    if result.agreed and not ends & {Outcome.NEEDS_YOU, Outcome.NOT_SENT}:
        return ink("● Equal to the cent: QuickBooks holds exactly what was sent.", "good").stylize(
            "bold"
        )
    if unequal:
        return ink(f"▲ {counted(unequal, 'difference')}: see the marked lines.", "warn").stylize(
            "bold"
        )
    return ink("▲ The test did not come to its end.", "warn").stylize("bold")


def _document(posting: PostingResult, side: int) -> Iterable[Content]:
    made = " (linked: was already there)" if posting.adopted else ""
    amount = f", {worth(posting.amount)}" if posting.amount else ""
    yield heading(f"{posting.label}{amount}{made}")
    if posting.reason:
        yield ink(f"  {spoken(posting.reason)}", "warn")
    if posting.compared:
        yield row(
            [
                (((" ", "dim"),), 2, False),
                ((("field", "dim"),), FIELD, False),
                ((("sent", "dim"),), side, False),
                ((("QuickBooks holds", "dim"),), side, False),
            ]
        )
    for compared in posting.compared:
        yield _compared(compared, side)


def _compared(compared: Compared, side: int) -> Content:
    style = "plain" if compared.equal else "bad"
    return row(
        [
            ((("=", "good") if compared.equal else ("≠", "bad"),), 2, False),
            (text_cell(compared.field, "dim"), FIELD, False),
            (text_cell(spoken(compared.sent), style), side, False),
            (text_cell(spoken(compared.held), style), side, False),
        ]
    )
