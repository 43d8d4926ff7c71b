"""The main screen: tabs, the table of invoices, marks, search; where every way begins."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from store.listing import Column, Filter, Sort, Waiting
from store.states import InvoiceStatus
from tui.keys import bindings
from tui.screens.base import RoomScreen
from tui.widgets.filter_line import FilterLine
from tui.widgets.guide_card import GuideCard, guide
from tui.widgets.invoice_table import InvoiceTable
from tui.widgets.line_list import LineList
from tui.widgets.run_strip import RunStrip
from tui.widgets.status_line import StatusLine
from tui.widgets.status_tabs import TABS, StatusTabs
from tui.words import counted

POLL_SECONDS = 0.5
"""How soon a change by another process, or by the run under way, shows."""

UNCLEAR = frozenset({"checking", "sending"})
"""Reason codes of an invoice whose outcome is not known."""

COALESCE_SECONDS = 0.03
"""Letters typed within this time make one search."""


class MainScreen(RoomScreen):
    """All invoices, and the keys for everything."""

    NAME = "main"
    BINDINGS = bindings("main")

    def __init__(self) -> None:
        super().__init__()
        self._seen_version: int | None = None
        self._stale_guide = True
        self._polling = True
        self._waiting: Waiting | None = None
        self._strip = RunStrip()

    def places(self) -> tuple[str, ...]:
        """There is no screen before this one."""
        return ("main", "app")

    def body(self) -> Iterable[Widget]:
        """Tabs, first steps, filters, table, what is marked."""
        search = Input(placeholder="number, client, amount", id="search", compact=True)
        search.display = False
        yield StatusTabs()
        yield GuideCard()
        yield Horizontal(search, FilterLine(), id="finding")
        yield InvoiceTable(self.program.listing, self.program.selection)
        yield self._strip
        yield StatusLine()

    def on_mount(self) -> None:
        """Read the first page; everything else comes after the first picture."""
        self._strip.display = False
        self.table.focus()
        with self.program.trouble_shown():
            self._read_all()
        self.program.runs.moved.subscribe(self, lambda _: self._show_run())
        self.set_interval(POLL_SECONDS, self._poll)

    @property
    def table(self) -> InvoiceTable:
        """The table of invoices."""
        return self.query_one(InvoiceTable)

    @property
    def tabs(self) -> StatusTabs:
        """The status tabs."""
        return self.query_one(StatusTabs)

    # what changes by itself

    def _poll(self) -> None:
        if not self._polling or not self.is_current:
            return
        self._polling = False  # what fails once is told once
        with self.program.trouble_shown():
            if self.program.listing.data_version() != self._seen_version:
                self._read_all()
                self._show_row()
            elif self._waiting is not None:
                self._show_waiting()
            self._polling = True

    def on_screen_resume(self) -> None:
        """What another screen changed shows at once."""
        if self._seen_version is not None:
            self._poll()
            self.refresh_guide()

    def _read_all(self) -> None:
        listing = self.program.listing
        self._seen_version = listing.data_version()
        self.tabs.show(listing.tabs(), listing.choices_waiting())
        self.table.reload()
        self._show_marks()
        self._show_filter()
        self._stale_guide = True

    def backstage_ready(self) -> None:
        """Fill in what only the Desk knows; without books yet, go and fetch them."""
        banner = self.program.banner
        if self.program.has_books or banner is None:
            self.refresh_guide()
            return
        may_fetch = banner.connected and not banner.read_only
        self.query_one(GuideCard).show_empty(may_fetch=may_fetch)
        if may_fetch:
            self.program.routes.pull()

    def show_pending(self) -> None:
        """The pending invoices, where a test goes on to the rest."""
        self.action_tab(TABS.index(InvoiceStatus.PENDING))
        self.table.focus()

    def show_only(self, docket_ids: Sequence[str]) -> None:
        """Just these invoices, until the filter is cleared."""
        self.tabs.pick(0)
        self._show(Filter(ids=docket_ids))
        self.table.focus()

    def refresh_guide(self) -> None:
        """Work the three steps out again, if anything changed and they are shown."""
        card = self.query_one(GuideCard)
        if not (self._stale_guide and card.display and self.program.has_books):
            return
        self._stale_guide = False
        desk = self.backstage.desk
        pending = self.tabs.counts(InvoiceStatus.PENDING)

        async def read() -> None:
            shown = await asyncio.to_thread(
                lambda: guide(desk.estimate(), desk.names(), desk.lock(), pending)
            )
            card.show(shown)

        self.work(read, group="guide")

    def _show_run(self) -> None:
        runs = self.program.runs
        strip = self._strip
        if runs.going:
            strip.show(runs.progress, left=False)
        else:
            strip.show(runs.unfinished, left=True)

    def _show_marks(self) -> None:
        selection, listing = self.program.selection, self.program.listing
        line = self.query_one(StatusLine)
        if not len(selection):
            line.show_marks(0, 0, 0)
            return
        ids = selection.ids
        sums = listing.sums(ids)
        seen = listing.count(replace(self.table.filter, ids=ids)).count
        line.show_marks(len(ids), len(ids) - seen, sums.amount)

    def _show_filter(self) -> None:
        self.query_one(FilterLine).show(self.table.filter, self.table.count, self.table.amount)

    # what shows

    def _show(self, new: Filter, sort: Sort | None = None) -> None:
        self.table.show(new, sort or self.table.sort)
        self._show_filter()
        self._show_marks()
        self._show_row()

    def _show_row(self) -> None:
        row = self.table.current
        unclear = row is not None and row.reason_code in UNCLEAR
        self._waiting = self.program.listing.waiting(row.docket_id) if row and unclear else None
        self._show_waiting()

    def _show_waiting(self) -> None:
        """The row at the cursor; told again at each look while its words count down."""
        words = self.program.next_words(self._waiting) if self._waiting else ""
        self.query_one(StatusLine).show_row(self.table.current, words)

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._show_row()

    @on(InvoiceTable.MarksChanged)
    def _marks_changed(self) -> None:
        if self.table.filter.ids is not None:
            self._show(replace(self.table.filter, ids=self.program.selection.ids))
        self._show_marks()

    @on(LineList.Opened)
    def _opened(self) -> None:
        row = self.table.current
        if row is not None and self._ready():
            self.program.routes.detail(row.docket_id)

    @on(LineList.HeadingClicked)
    def _heading_clicked(self, event: LineList.HeadingClicked) -> None:
        if any(column.key == event.key and column.sortable for column in self.table.columns):
            self.action_sort(event.key)

    @on(StatusTabs.Picked)
    def _tab_picked(self, event: StatusTabs.Picked) -> None:
        self.action_tab(event.index)

    # finding

    def action_tab(self, index: int) -> None:
        """Show one status."""
        self.tabs.pick(index)
        self._show(replace(self.table.filter, status=TABS[index]))

    def action_next_tab(self, step: int) -> None:
        """Show the next status."""
        self.action_tab((self.tabs.active + step) % len(TABS))

    def action_paid(self, paid: bool) -> None:
        """Only paid, or only unpaid; the same again shows all."""
        wanted = None if self.table.filter.paid is paid else paid
        self._show(replace(self.table.filter, paid=wanted))

    def action_marked(self) -> None:
        """Only the marked; again shows all."""
        ids = None if self.table.filter.ids is not None else self.program.selection.ids
        self._show(replace(self.table.filter, ids=ids))

    def action_sort(self, column: str) -> None:
        """Sort by a column; the same again turns the order."""
        sort = self.table.sort
        descending = not sort.descending if sort.column == column else False
        self._show(self.table.filter, Sort(cast(Column, column), descending))

    def action_search(self) -> None:
        """Type to search."""
        field = self.query_one("#search", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        def search() -> None:
            text = self.query_one("#search", Input).value
            if text != self.table.filter.text:
                with self.program.trouble_shown():
                    self._show(replace(self.table.filter, text=text))

        self.set_timer(COALESCE_SECONDS, search)

    @on(Input.Submitted, "#search")
    def _searched(self) -> None:
        self.table.focus()

    def action_back(self) -> None:
        """One step back: a started range, the search, the filters, the marks."""
        field = self.query_one("#search", Input)
        plain = Filter(status=self.table.filter.status)
        if self.table.forget_range():
            self.say("Range given up.")
        elif field.display:
            field.value = ""
            field.display = False
            self._show(replace(self.table.filter, text=""))
            self.table.focus()
        elif self.table.filter != plain:
            self._show(plain)
        elif len(self.program.selection):
            self.program.selection.clear()
            self.table.refresh()
            self._show_marks()

    # doing

    def _ready(self) -> bool:
        if not self.program.is_ready:
            self.say("One moment: the books are being opened.")
        return self.program.is_ready

    def _booked(self) -> bool:
        if self._ready() and not self.program.has_books:
            self.say("Nothing was fetched yet: r fetches it from Docket and QuickBooks.")
        return self.program.has_books

    def _idle(self) -> bool:
        if self.program.runs.going:
            self.say("A sync is under way: R shows it.", "warning")
        return not self.program.runs.going

    def _meant(self) -> list[str]:
        """What is marked, else the invoice at the cursor."""
        row = self.table.current
        return self.program.selection.ids or ([row.docket_id] if row else [])

    def action_guide(self) -> None:
        """Hide or show the first steps."""
        self.query_one(GuideCard).toggle()
        self.refresh_guide()

    def action_names(self) -> None:
        """Step 1."""
        if self._booked():
            self.program.routes.names()

    def action_conflicts(self) -> None:
        """What needs a decision."""
        if self._booked():
            self.program.routes.conflicts()

    def action_log(self) -> None:
        """What was sent."""
        if self._ready():
            self.program.routes.log()

    def action_proof(self) -> None:
        """Both sides by month."""
        if self._booked():
            self.program.routes.proof()

    def action_test(self) -> None:
        """Step 2: the one marked invoice, else the one that the program proposes."""
        if self._booked() and self._idle():
            ids = self.program.selection.ids
            chosen = ids[0] if len(ids) == 1 else None
            self.work(lambda: self.program.routes.test(chosen))

    def action_link(self) -> None:
        """Link what is in QuickBooks already."""
        if self._booked() and self._idle():
            self.work(self.program.routes.link)

    def action_bulk(self) -> None:
        """Step 3: what is marked, else all that is pending among what the filter shows."""
        if not (self._booked() and self._idle()):
            return
        ids = self.program.selection.ids
        about = f"the {counted(len(ids), 'marked invoice')}"
        if not ids:
            ids, about = self._pending_shown()
        if ids:
            self.work(lambda: self.program.routes.bulk(ids, about))
        else:
            self.say("Nothing pending here: 2 shows what is pending, space marks an invoice.")

    def _pending_shown(self) -> tuple[list[str], str]:
        """The pending invoices that the filter shows, and what to call them."""
        shown = self.table.filter
        if shown.status not in (None, InvoiceStatus.PENDING):
            return [], ""
        ids = self.program.listing.ids(replace(shown, status=InvoiceStatus.PENDING))
        narrowed = shown.paid is not None or shown.text or shown.ids is not None
        which = " that the filter shows" if narrowed else ""
        return ids, f"all {counted(len(ids), 'pending invoice')}{which}; nothing was marked"

    def action_resume(self) -> None:
        """The run under way, the one that was left, or the last result."""
        runs = self.program.runs
        if not self._ready():
            return
        if runs.unfinished is not None and not runs.going:
            runs.resume()
        if runs.going:
            self.program.routes.progress()
        elif runs.result is not None:
            self.program.routes.result()
        else:
            self.work(self.program.routes.last_result)

    def action_refresh(self) -> None:
        """Fetch what is new from both sides."""
        if self._ready() and self._idle():
            self.program.routes.pull()

    def action_start_date(self) -> None:
        """From which date on invoices are posted."""
        if self._ready():
            self.program.routes.start_date()

    def action_deposits(self) -> None:
        """Payments by day and method."""
        if self._booked():
            self.program.routes.deposits()

    def action_imports(self) -> None:
        """Docket's export files."""
        if self._ready() and self._idle():
            self.program.routes.imports()

    def action_opening(self) -> None:
        """Both sides on the start date."""
        if self._booked():
            self.program.routes.opening()

    def action_settings(self) -> None:
        """How invoices are sent."""
        if self._booked():
            self.program.routes.settings()

    def action_companies(self) -> None:
        """Another company instead of this one."""
        if self._ready():
            self.program.routes.companies()

    def action_connect(self) -> None:
        """The connection to QuickBooks, made anew."""
        if self._ready():
            self.program.routes.connect()

    def action_exclude(self) -> None:
        """Leave out, or take in again, what is marked or at the cursor."""
        ids, row = self._meant(), self.table.current
        if ids and row is not None and self._ready():
            include = row.status is InvoiceStatus.EXCLUDED
            self.work(lambda: self.program.routes.exclude(ids, include=include))

    def action_unsync(self) -> None:
        """Forget the links of what is marked or at the cursor."""
        ids = self._meant()
        if ids and self._ready():
            self.work(lambda: self.program.routes.unsync(ids))

    def action_copy(self) -> None:
        """Copy the invoice no., also over ssh (OSC 52)."""
        row = self.table.current
        if row is not None:
            self.program.copy_words(row.number)

    def action_browse(self) -> None:
        """Open the invoice in QuickBooks."""
        row = self.table.current
        if row is not None and self._ready():
            self.work(lambda: self.program.routes.browse(row.docket_id))
