"""One write to QuickBooks: where it stands, what comes next, every call with its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.widget import Widget

from core.errors import Trouble
from store.posting_views import JournalFilter, PostingView
from tui.keys import bindings
from tui.screens.on_posting import OnLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.next_line import NextLine
from tui.widgets.posting_sheet import PostingSheet
from tui.widgets.sheet import Lines, heading, ink
from tui.words import worth


class PostingScreen(OnLine):
    """Reads one posting and follows it while a sync is under way."""

    NAME = "line"
    BINDINGS = bindings("line", "write", "side")
    CSS_PATH = "posting.tcss"

    def __init__(self, posting_id: int) -> None:
        super().__init__()
        self._posting_id = posting_id
        self._posting: PostingView | None = None

    def places(self) -> tuple[str, ...]:
        """Keys of the line and of what can be done with it."""
        return ("line", "write", "side", "app")

    @property
    def posting(self) -> PostingView | None:
        """The one shown; None until it was read."""
        return self._posting

    def body(self) -> Iterable[Widget]:
        """Title, what comes next, the sheet."""
        yield Lines(id="title")
        yield NextLine()
        yield VerticalScroll(PostingSheet(self.refusal))

    def on_mount(self) -> None:
        """Read it, and again whenever a sync moved."""
        self.query_one(VerticalScroll).focus()
        self.posting_moved()
        self.program.runs.moved.subscribe(self, lambda _: self.posting_moved())

    def posting_moved(self) -> None:
        """Read it again."""
        self.work(self._read, group="read")

    async def _read(self) -> None:
        which = JournalFilter(posting_id=self._posting_id)
        found = await asyncio.to_thread(self.backstage.records.journal, which)
        if not found:
            raise Trouble(
                "This line is no longer in the sync log.",
                books="Nothing was changed.",
                fix="Go back, and open the log again.",
            )
        posting = self._posting = found[0]
        total = ink(f"   {worth(posting.amount)}")
        self.query_one("#title", Lines).show([heading(posting.label) + total])
        self.query_one(NextLine).show_stand(posting)
        self.query_one(PostingSheet).show(posting)
        self.query_one(KeyBar).refresh()
