"""The sync log: every write to QuickBooks, recorded before it was sent, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from store.posting_views import JournalFilter, PostingView
from store.states import PostingState
from sync.call_words import last_fault
from tui.keys import bindings
from tui.manner import formats
from tui.ports import Records
from tui.screens.on_posting import OnLine
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.chips import Chips
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList
from tui.widgets.next_line import NextLine
from tui.widgets.paged_list import PagedList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import POSTING, counted

COALESCE_SECONDS = 0.03
"""Letters typed within this time make one search."""

FILTERS: tuple[tuple[str, Collection[PostingState] | None], ...] = (
    ("all", None),
    ("checking", (PostingState.UNKNOWN, PostingState.SENDING)),
    ("needs you", (PostingState.HOLD,)),
    ("refused", (PostingState.REJECTED,)),
    ("not sent", (PostingState.DRAFT, PostingState.APPROVED)),
    ("done", (PostingState.CONFIRMED, PostingState.EXCLUDED)),
)


def _since(posting: PostingView) -> str:
    return formats().brief_moment(posting.changed_at)


def _state(posting: PostingView) -> Cell:
    look = POSTING[posting.state]
    return text_cell(f"{look.glyph} {posting.words}", look.style)


COLUMNS: tuple[Column[PostingView], ...] = (
    Column("at", "Since", 11, lambda posting: ((_since(posting), "dim"),), drop=1),
    Column("label", "What", 20, lambda posting: text_cell(posting.label), 3, 48),
    Column("amount", "Amount", 11, lambda posting: money_cell(posting.amount), right=True),
    Column("state", "State", 26, _state, 1, 28),
    Column("tries", "Sent", 4, lambda posting: ((str(posting.attempts), "dim"),), right=True),
    Column("fault", "Why", 16, lambda posting: text_cell(last_fault(posting), "dim"), 6, drop=2),
    Column("tid", "intuit_tid", 12, lambda posting: text_cell(posting.intuit_tid, "dim"), drop=3),
)


class LogTable(PagedList[PostingView]):
    """All postings that the filter shows."""

    def __init__(self, records: Records, which: JournalFilter) -> None:
        super().__init__(COLUMNS, empty="Nothing here.", id="postings")
        self._records = records
        self.filter = which
        self.forget_pages()

    def fetch(self, offset: int, limit: int) -> Sequence[PostingView]:
        """Read a page of the log."""
        return self._records.journal(self.filter, offset, limit)

    def counts(self) -> list[int]:
        """How many lines each of the filters would show."""
        kinds = (replace(self.filter, states=states) for _, states in FILTERS)
        return [self._records.journal_count(which) for which in kinds]

    def reload(self) -> None:
        """Read again; the cursor stays."""
        self.forget_pages()
        self.count = self._records.journal_count(self.filter)
        self.records_changed()


class SyncLogScreen(OnLine):
    """The log, what comes next for the line at the cursor, and what can be done about it."""

    NAME = "log"
    BINDINGS = bindings("log", "line", "write", "side")
    CSS_PATH = "sync_log.tcss"
    AUTO_FOCUS = "#postings"  # Textual's own choice takes a field that does not show, too

    def __init__(self, records: Records, invoice_id: str | None = None) -> None:
        super().__init__()
        self._title, self._about = Lines(id="title"), Lines(id="about")
        self._chips = Chips([words for words, _ in FILTERS])
        self._invoice_id = invoice_id
        self._table = LogTable(records, JournalFilter(invoice_id=invoice_id))

    def places(self) -> tuple[str, ...]:
        """Keys of the log, of a line, of what can be done with it."""
        return ("log", "line", "write", "side", "app")

    @property
    def posting(self) -> PostingView | None:
        """The line at the cursor."""
        return self._table.current

    def body(self) -> Iterable[Widget]:
        """Title and search, filters, log, the line at the cursor."""
        search = Field(placeholder="number, name, intuit_tid", id="search", compact=True)
        search.display = False
        yield Horizontal(search, self._title, id="finding")
        yield self._chips
        yield self._table
        with Vertical(id="below"):
            yield NextLine()
            yield self._about

    def on_mount(self) -> None:
        """Read it; a run under way shows as it goes."""
        self._table.focus()
        self.posting_moved()
        self.program.runs.moved.subscribe(self, lambda _: self.posting_moved())

    def on_screen_resume(self) -> None:
        """What another screen changed shows at once."""
        self.posting_moved()

    def posting_moved(self) -> None:
        """Read it all again."""
        with self.program.trouble_shown():
            self._table.reload()
            counts = self._table.counts()
            self._chips.show(counts, self._chips.active)
            whose = "" if self._invoice_id is None else " of one invoice"
            text = self._table.filter.text
            rest = f"   {counted(self._table.count, 'line')}" + (f" with “{text}”" if text else "")
            self._title.show([heading(f"Sync log{whose}") + ink(rest, "dim")])
            self._moved()

    @on(LineList.Moved)
    def _moved(self) -> None:
        posting = self._table.current
        self.query_one(NextLine).show_stand(posting)
        self._about.show([] if posting is None else [ink(line, "dim") for line in about(posting)])
        self.query_one(KeyBar).refresh()

    @on(LineList.Opened)
    def _opened(self) -> None:
        posting = self._table.current
        if posting is not None:
            self.program.routes.posting(posting.id)

    # finding

    @on(Chips.Picked)
    def _picked(self, event: Chips.Picked) -> None:
        self.action_filter(event.index)

    def action_filter(self, index: int) -> None:
        """Show the lines of one kind."""
        self._chips.active = index
        self._show(replace(self._table.filter, states=FILTERS[index][1]))

    def action_next_filter(self, step: int) -> None:
        """The next of the filters."""
        self.action_filter((self._chips.active + step) % len(FILTERS))

    def _show(self, which: JournalFilter) -> None:
        self._table.filter = which
        self.posting_moved()
        self._table.to_top()

    def action_void_posting(self) -> None:
        """Show what voiding what this line posted would do."""
        posting = self.posting
        if posting is None:
            self.say("There is no line here.")
        else:
            self.work(lambda: self.program.routes.void(posting_ids=[posting.id]))

    def action_search(self) -> None:
        """Type to search."""
        field = self.query_one("#search", Input)
        field.display = True
        self.set_focus(field)

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        def search() -> None:
            text = self.query_one("#search", Input).value
            if text != self._table.filter.text:
                self._show(replace(self._table.filter, text=text))

        self.set_timer(COALESCE_SECONDS, search)

    @on(Input.Submitted, "#search")
    def _searched(self) -> None:
        self._table.focus()

    def action_back(self) -> None:
        """Out of the search, then back to the screen before."""
        field = self.query_one("#search", Input)
        if not field.display:
            self.dismiss()
            return
        field.value = ""
        field.display = False
        self._table.focus()
        self._show(replace(self._table.filter, text=""))


def about(posting: PostingView) -> list[str]:
    """Why it is as it is, and what support asks for; a line each."""
    lines = [words] if (words := last_fault(posting)) else []
    if posting.intuit_tid:
        lines.append(f"intuit_tid {posting.intuit_tid}: y copies it, Y all that support asks for.")
    if posting.qbo_id:
        lines.append(f"Id {posting.qbo_id} in QuickBooks; o opens it there.")
    return lines
