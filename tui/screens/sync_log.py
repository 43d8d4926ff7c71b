"""The sync log: every write to QuickBooks, recorded before it was sent, newest first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence

from textual import on
from textual.widget import Widget

from core.clock import iso
from store.details import JournalFilter, PostingView
from store.states import PostingState
from tui.keys import bindings
from tui.ports import Records
from tui.screens.base import RoomScreen
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.paged_list import PagedList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import POSTING, counted, moment

FILTERS: tuple[tuple[str, Collection[PostingState] | None], ...] = (
    ("all", None),
    ("checking with QuickBooks", (PostingState.UNKNOWN, PostingState.SENDING)),
    ("needs you", (PostingState.HOLD,)),
    ("QuickBooks refused", (PostingState.REJECTED,)),
    ("not sent yet", (PostingState.DRAFT, PostingState.APPROVED)),
    ("done", (PostingState.CONFIRMED,)),
)

AGAIN = frozenset({PostingState.HOLD, PostingState.REJECTED})


def _state(posting: PostingView) -> Cell:
    look = POSTING[posting.state]
    return text_cell(f"{look.glyph} {posting.words}", look.style)


COLUMNS: tuple[Column[PostingView], ...] = (
    Column("at", "Since", 16, lambda posting: ((moment(posting.changed_at), "dim"),), drop=2),
    Column("label", "What", 24, lambda posting: text_cell(posting.label), 4, 60),
    Column("amount", "Amount", 11, lambda posting: money_cell(posting.amount), right=True),
    Column("state", "State", 26, _state),
    Column(
        "tries", "Tries", 5, lambda posting: ((str(posting.attempts), "dim"),), drop=3, right=True
    ),
    Column("reason", "Reason", 16, lambda posting: text_cell(posting.reason, "dim"), 4, drop=1),
)


class LogTable(PagedList[PostingView]):
    """All postings that the filter shows."""

    def __init__(self, records: Records) -> None:
        super().__init__(COLUMNS, empty="Nothing here.", id="postings")
        self._records = records
        self.filter = JournalFilter()
        self.forget_pages()

    def fetch(self, offset: int, limit: int) -> Sequence[PostingView]:
        """Read a page of the log."""
        return self._records.journal(self.filter, offset, limit)

    def reload(self) -> None:
        """Read again; the cursor stays."""
        self.forget_pages()
        self.count = self._records.journal_count(self.filter)
        self.records_changed()


class SyncLogScreen(RoomScreen):
    """The log, what the line at the cursor is about, and what can be done about it."""

    NAME = "log"
    BINDINGS = bindings("log", "side")
    CSS_PATH = "sync_log.tcss"

    def __init__(self, records: Records) -> None:
        super().__init__()
        self._filter = 0
        self._title, self._about = Lines(id="title"), Lines(id="about")
        self._table = LogTable(records)

    def body(self) -> Iterable[Widget]:
        """Title, log, the line at the cursor."""
        yield self._title
        yield self._table
        yield self._about

    def on_mount(self) -> None:
        """Read it; a run under way shows as it goes."""
        self._table.focus()
        self._reload()
        self.program.runs.moved.subscribe(self, lambda _: self._reload())

    def _reload(self) -> None:
        with self.program.trouble_shown():
            self._table.reload()
            words = FILTERS[self._filter][0]
            rest = ink(f"   {words}: {counted(self._table.count, 'line')}", "dim")
            self._title.show([heading("Sync log") + rest])
            self._moved()

    @on(LineList.Moved)
    def _moved(self) -> None:
        posting = self._table.current
        lines = [] if posting is None else [ink(text, "dim") for text in about(posting)]
        self._about.show(lines)

    @on(LineList.Opened)
    def _opened(self) -> None:
        posting = self._table.current
        if posting is not None and posting.invoice_id:
            self.program.routes.detail(posting.invoice_id)

    def action_next_filter(self) -> None:
        """The next of the filters."""
        self._filter = (self._filter + 1) % len(FILTERS)
        self._table.filter = JournalFilter(states=FILTERS[self._filter][1])
        self._reload()
        self._table.to_top()

    def action_retry(self) -> None:
        """Let a held or refused one go again."""
        posting = self._table.current
        if posting is None or posting.state not in AGAIN:
            self.say("Only what needs you, or was refused, can be tried again.")
            return
        self._do(self.backstage.desk.retry, posting, "It goes with the next sync.")

    def action_hold(self) -> None:
        """Keep one back that was not sent yet."""
        posting = self._table.current
        if posting is None or posting.state is not PostingState.APPROVED:
            self.say("Only what was not sent yet can be held.")
            return
        self._do(self.backstage.desk.hold, posting, "Held; e lets it go again.")

    def _do(self, call: Callable[[int], object], posting: PostingView, done: str) -> None:
        async def run() -> None:
            await asyncio.to_thread(call, posting.id)
            self.say(done)
            self._reload()

        self.work(run)

    def action_copy(self) -> None:
        """Copy what support asks for."""
        posting = self._table.current
        if posting is not None:
            self.program.copy_words("; ".join([posting.label, posting.words, *about(posting)]))


def about(posting: PostingView) -> list[str]:
    """Reason, fault, trace id and times of a posting, a sentence each."""
    lines = [posting.reason] if posting.reason else []
    call = posting.calls[-1] if posting.calls else None
    if call is not None and call.fault_text:
        lines.append(f"QuickBooks said ({call.fault_code}): {call.fault_text}")
    if posting.intuit_tid:
        lines.append(f"Intuit's trace id for support: {posting.intuit_tid}")
    if posting.next_try_at is not None and posting.state is PostingState.UNKNOWN:
        lines.append(f"Is looked up from {moment(posting.next_try_at)} on.")
    if posting.qbo_id:
        since = iso(posting.changed_at)[:19]
        lines.append(f"No. {posting.qbo_id} in QuickBooks; in this state since {since}Z.")
    return lines
