"""A list of what waits for a decision, with the panel that decides; names and conflicts share it.

After a decision the list is read again and the next one comes by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from textual import on
from textual.containers import Container, Vertical
from textual.widget import Widget

from store.books import Choice
from tui.options import MOVE, Option, Subject, use
from tui.screens.base import RoomScreen
from tui.screens.confirm import leave_out
from tui.screens.search import SearchScreen
from tui.screens.sign_off import SignOffScreen
from tui.widgets.choice_panel import ChoicePanel
from tui.widgets.columns import Column
from tui.widgets.counts_line import CountsLine
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import invoices

T = TypeVar("T")


class WorkbenchScreen(RoomScreen, Generic[T]):
    """Subclasses say what stands in the list and what each line is about."""

    CSS_PATH = "workbench.tcss"
    AUTO_FOCUS = "#waiting"  # Textual's own choice takes a field that does not show, too
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual's name
    COLUMNS: Sequence[Column[T]] = ()
    EMPTY = "Nothing waits for you."

    def __init__(self) -> None:
        super().__init__()
        self._records: Sequence[T] = ()
        self._list: RecordList[T] = RecordList(self.COLUMNS, empty=self.EMPTY, id="waiting")

    # what a subclass knows

    def read(self) -> Sequence[T]:
        """All records, from the Desk; called in a thread."""
        raise NotImplementedError

    def subject(self, record: T) -> Subject:
        """What a line is about."""
        raise NotImplementedError

    def headline(self, records: Sequence[T]) -> tuple[str, str]:
        """Title, and how much there is to do."""
        raise NotImplementedError

    def counts(self, records: Sequence[T]) -> Mapping[str, int]:
        """How many there are of each kind, where that says something."""
        return {}

    def shown(self, records: Sequence[T]) -> Sequence[T]:
        """The records that the list shows."""
        return records

    def nothing(self) -> str:
        """What the panel says where there is no line."""
        return "Nothing waits for you."

    # the screen

    def body(self) -> Iterable[Widget]:
        """List and panel, side by side where there is room."""
        with Vertical(id="head"):
            yield from self.above()
            yield CountsLine()
        with Container(id="bench"):
            with Vertical(id="left"):
                yield self._list
            yield ChoicePanel()

    def above(self) -> Iterable[Widget]:
        """What stands above the list."""
        yield Lines(id="title")

    def on_mount(self) -> None:
        """Read the first time."""
        self._list.focus()
        self.work(self.reload, group="read")

    async def reload(self) -> None:
        """Read all again, after something was decided."""
        self._records = await asyncio.to_thread(self.read)
        self.fill()

    def fill(self) -> None:
        """Show what was read; the cursor stays, so the next one comes by itself."""
        title, rest = self.headline(self._records)
        self.query_one("#title", Lines).show([heading(title) + ink(f"   {rest}", "dim")])
        self.query_one(CountsLine).show(self.counts(self._records))
        self._list.show(self.shown(self._records))
        self._show_subject()

    def _show_subject(self) -> None:
        record = self._list.current
        subject = None if record is None else self.subject(record)
        self.query_one(ChoicePanel).show(subject, self.nothing())

    @on(LineList.Moved, "#waiting")
    def _moved(self) -> None:
        self._show_subject()

    @on(LineList.Opened, "#waiting")
    def _opened(self) -> None:
        self.query_one(ChoicePanel).focus_options()

    def action_back(self) -> None:
        """From the options to the list, from the list to the screen before."""
        if self._list.has_focus or not self._list.line_count:
            self.dismiss()
        else:
            self._list.focus()

    # deciding

    @on(ChoicePanel.Decided)
    def _decided(self, event: ChoicePanel.Decided) -> None:
        subject, option = event.subject, event.option
        if option.action == "search":
            self.app.push_screen(
                SearchScreen(subject),
                lambda found: self.decide(subject, use(subject, found)) if found else None,
            )
        else:
            self.decide(subject, option)

    def decide(self, subject: Subject, option: Option) -> None:
        """Take an option."""
        desk = self.backstage.desk
        if option.refusal:
            self.say(option.refusal, "warning")
        elif option.action == MOVE and option.choice is not None:
            self._ask_sign_off(subject, option.choice)
        elif option.choice is not None:
            choice = option.choice
            self._do(lambda: desk.choose(choice), f"{option.words}: {subject.waiting}.")
        elif option.action == "exclude":
            self._ask_exclude(subject)
        elif option.action == "include":
            self._do(lambda: desk.include(subject.invoices), "Taken in again.")
        elif option.action == "retry":
            self._do(lambda: desk.retry(option.posting_id), "It goes again with the next sync.")
        elif option.action == "retry_alike":
            again = "They go again with the next sync."
            self._do(lambda: desk.retry_alike(subject.key), again)
        elif option.action == "open":
            self._look(subject)
        else:
            self.say("Nothing to press here: mend it where it is, then r fetches what changed.")

    def _look(self, subject: Subject) -> None:
        """Open the one invoice in QuickBooks; of several, one is chosen in the table first."""
        if len(subject.invoices) == 1:
            self.work(lambda: self.program.routes.browse(subject.invoices[0]), group="browse")
        else:
            self.say("Several invoices: i shows them in the table, and o there opens one.")

    def _ask_sign_off(self, subject: Subject, choice: Choice) -> None:
        desk = self.backstage.desk

        def answered(signed: str | None) -> None:
            if signed:
                moved = replace(choice, name=signed)
                self._do(lambda: desk.choose(moved), f"Dated {signed}: {subject.waiting}.")

        self.app.push_screen(SignOffScreen(subject.name, choice.name), answered)

    def _ask_exclude(self, subject: Subject) -> None:
        desk = self.backstage.desk

        def answered(yes: bool | None) -> None:
            if yes:
                done = f"Left out: {invoices(subject.count)}."
                self._do(lambda: desk.exclude(subject.invoices, "left out by hand"), done)

        self.app.push_screen(leave_out(subject.count, subject.invoices), answered)

    def _do(self, job: Callable[[], object], done: str) -> None:
        async def run() -> None:
            await asyncio.to_thread(job)
            self.say(done)
            await self.reload()

        self.work(run, group="decide")

    def action_browse(self) -> None:
        """Open the highlighted record in QuickBooks."""
        option = self.query_one(ChoicePanel).option
        if option is None or option.candidate is None:
            self.say("Highlight a record of QuickBooks first: enter goes to the options.")
            return
        url = self.backstage.web_url(option.candidate.entity, option.candidate.qbo_id)
        self.program.open_in_browser(url)

    def show_invoices(self, docket_ids: Sequence[str]) -> None:
        """Show the invoices of the highlighted line in the table, instead of this screen."""
        self.dismiss()
        self.program.main_screen.show_only(docket_ids)

    def action_take_back(self) -> None:
        """Undo the last choice; what is in QuickBooks stays."""

        async def run() -> None:
            words = await asyncio.to_thread(self.backstage.desk.take_back)
            self.say(words or "There is no choice to take back.")
            await self.reload()

        self.work(run, group="decide")
