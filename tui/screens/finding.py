"""Finding invoices: tabs, search, filters, order and marks over the table, kept up to date.

What the kept counts answer shows at once. A letter typed, and whatever has to be counted,
is asked beside the screen on a connection of its own; the newest question breaks off the
one before it, and rows come before their count.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from core.money import Cents
from store.listing import Column, CountAndSum, Filter, InvoiceRow, Sort, Waiting
from store.states import InvoiceStatus
from tui.manner import formats
from tui.screens.base import RoomScreen
from tui.widgets.filter_line import FilterLine
from tui.widgets.guide_card import GuideCard
from tui.widgets.invoice_table import InvoiceTable
from tui.widgets.line_list import LineList
from tui.widgets.paged_list import PAGE
from tui.widgets.run_strip import RunStrip
from tui.widgets.status_line import StatusLine
from tui.widgets.status_tabs import TABS, StatusTabs

if TYPE_CHECKING:  # not before the first picture
    from textual.widgets import Input

    from tui.ports import InvoiceList

POLL_SECONDS = 0.5
"""How soon a change by another process, or by the run under way, shows."""

UNCLEAR = frozenset({"checking", "sending"})
"""Reason codes of an invoice whose outcome is not known."""

EMPTY: Mapping[InvoiceStatus | None, str] = {
    None: "No invoices yet: r fetches them from Docket and QuickBooks.",
    InvoiceStatus.PENDING: "Nothing to post: what is new comes with r, what needs you is under 3.",
    InvoiceStatus.CONFLICTED: "Nothing needs you.",
    InvoiceStatus.SYNCING: "Nothing is under way: t tests one invoice, b syncs what is pending.",
    InvoiceStatus.SYNCED: "Nothing is synced yet: t tests one invoice, b syncs what is pending.",
    InvoiceStatus.EXCLUDED: "Nothing is left out: x leaves an invoice out of syncing.",
}
"""What an empty tab says to do next."""
NOTHING_FITS = "No invoice fits: esc goes back to all of them."
MANY_MARKS = 1_000
"""More marks than these are added up beside the screen."""


class FindingScreen(RoomScreen):
    """The table and all that narrows it; subclasses say what is done with what is found."""

    def __init__(self) -> None:
        super().__init__()
        self._seen_version: int | None = None
        self._polling = True
        self._waiting: Waiting | None = None
        self._strip = RunStrip()
        self._asking = False
        self._field: Input | None = None
        self._days: tuple[date | None, date | None] = (None, None)
        """The days of the filter, but for one that stands in the search."""

    def body(self) -> Iterable[Widget]:
        """Tabs, first steps, filters, table, what is marked."""
        yield StatusTabs()
        yield GuideCard(shown=self.program.views.now.guide)
        yield Horizontal(FilterLine(), id="finding")
        yield InvoiceTable(self.program.listing, self.program.selection)
        yield self._strip
        yield StatusLine()

    def on_mount(self) -> None:
        """Read the first page; everything else comes after the first picture."""
        self._strip.display = False
        self.table.focus()
        self.table.hide(self.program.views.now.hidden)
        with self.program.trouble_shown():
            self._read_counts()
            self.show(self.table.filter, self.program.views.now.sort)
        self.program.runs.moved.subscribe(self, lambda _: self._show_run())
        self.set_interval(POLL_SECONDS, self.look)
        # Not by a message: the line about the row is painted in one frame with the cursor.
        self.watch(self.table, "cursor", self._show_row, init=False)

    @property
    def table(self) -> InvoiceTable:
        """The table of invoices."""
        return self.query_one(InvoiceTable)

    @property
    def tabs(self) -> StatusTabs:
        """The status tabs."""
        return self.query_one(StatusTabs)

    @property
    def has_read(self) -> bool:
        """Whether anything was read yet."""
        return self._seen_version is not None

    # what changes by itself

    def look(self) -> None:
        """Show what another process, the run under way or another screen changed."""
        if not self._polling or not self.is_current:
            return
        self._polling = False  # what fails once is told once
        with self.program.trouble_shown():
            if self.program.listing.data_version() != self._seen_version:
                self._read_counts()
                self._reload()
            elif self._waiting is not None:
                self._show_waiting()
            self._polling = True

    def from_the_top(self) -> None:
        """Show the list with its first line, whatever came while it was being filled."""
        self._read_counts()
        self.show(self.table.filter)

    def look_changed(self) -> None:
        """The cache is not as it was; for subclasses."""

    def _read_counts(self) -> None:
        listing = self.program.listing
        self._seen_version = listing.data_version()
        self.tabs.show(listing.tabs(), listing.choices_waiting())
        self._show_marks()
        self.look_changed()

    def _reload(self) -> None:
        """Read the same list again; the cursor goes with its invoice."""
        table, row, before = self.table, self.table.current, self.table.cursor
        asked, top, height = (table.filter, table.sort), table.scroll_offset.y, table.page
        self._give_up()
        aside = self._aside()

        def read_anew() -> tuple[CountAndSum, int, dict[int, Sequence[InvoiceRow]]]:
            found = aside.count(asked[0])
            place = None if row is None else aside.position(row.docket_id, *asked)
            shift = 0 if place is None else place - before
            seen = {max(line, 0) // PAGE for line in (top + shift, top + shift + height)}
            return found, shift, {one: aside.page(*asked, one * PAGE, PAGE) for one in seen}

        async def read() -> None:
            table.take_anew(*await asyncio.to_thread(read_anew))
            self._show_filter()
            self._show_row()

        self.work(read, group="find")

    def _show_run(self) -> None:
        runs = self.program.runs
        if runs.going:
            self._strip.show(runs.progress, left=False)
        else:
            self._strip.show(runs.unfinished, left=True)

    # what shows

    def show(
        self, new: Filter, sort: Sort | None = None, rows: Sequence[InvoiceRow] | None = None
    ) -> None:
        """Show other invoices from the top; `rows` are the first of them if they were read."""
        self._give_up()
        self._days = (new.first_day, new.last_day)
        self.table.show(new, sort or self.table.sort, rows)
        self._show_filter()
        self._show_marks()
        self._show_row()
        if not self.table.counted:
            self._count()

    def _count(self) -> None:
        table, aside, which = self.table, self._aside(), self.table.filter

        async def count() -> None:
            table.take(await asyncio.to_thread(aside.count, which))
            self._show_filter()

        self.work(count, group="find")

    def _aside(self) -> InvoiceList:
        self._asking = True
        return self.program.listing.aside()

    def _give_up(self) -> None:
        """Break off what is being asked; nobody wants to know it any more."""
        self.workers.cancel_group(self, "find")
        if self._asking:
            self._asking = False
            self.program.listing.aside().interrupt()

    def _show_marks(self) -> None:
        selection, which = self.program.selection, self.table.filter
        line, ids = self.query_one(StatusLine), selection.ids
        if len(ids) <= MANY_MARKS:
            line.show_marks(*_marked(self.program.listing, ids, which))
            return

        async def add_up() -> None:
            line.show_marks(
                *await asyncio.to_thread(_marked, self.program.listing.aside(), ids, which)
            )

        self.work(add_up, group="marks")

    def _show_filter(self) -> None:
        table = self.table
        narrowed = table.filter != Filter(status=table.filter.status)
        table.empty = NOTHING_FITS if narrowed else EMPTY[table.filter.status]
        self.query_one(FilterLine).show(
            table.filter, table.count if table.counted else None, table.amount
        )

    def _show_row(self) -> None:
        row = self.table.current
        unclear = row is not None and row.reason_code in UNCLEAR
        self._waiting = self.program.listing.waiting(row.docket_id) if row and unclear else None
        self._show_waiting()

    def _show_waiting(self) -> None:
        """The row at the cursor; told again at each look while its words count down."""
        words = self.program.next_words(self._waiting) if self._waiting else ""
        self.query_one(StatusLine).show_row(self.table.current, words)

    @on(InvoiceTable.MarksChanged)
    def _marks_changed(self) -> None:
        if self.table.filter.ids is not None:
            self.show(replace(self.table.filter, ids=self.program.selection.ids))
        self._show_marks()

    @on(LineList.HeadingClicked)
    def _heading_clicked(self, event: LineList.HeadingClicked) -> None:
        if any(column.key == event.key and column.sortable for column in self.table.columns):
            self.action_sort(event.key)

    @on(StatusTabs.Picked)
    def _tab_picked(self, event: StatusTabs.Picked) -> None:
        self.action_tab(event.index)

    # narrowing and sorting

    def action_tab(self, index: int) -> None:
        """Show one status."""
        self.tabs.pick(index)
        self.show(replace(self.table.filter, status=TABS[index]))

    def action_next_tab(self, step: int) -> None:
        """Show the next status."""
        self.action_tab((self.tabs.active + step) % len(TABS))

    def action_paid(self, paid: bool) -> None:
        """Only paid, or only unpaid; the same again shows all."""
        wanted = None if self.table.filter.paid is paid else paid
        self.show(replace(self.table.filter, paid=wanted))

    def action_marked(self) -> None:
        """Only the marked; again shows all."""
        ids = None if self.table.filter.ids is not None else self.program.selection.ids
        self.show(replace(self.table.filter, ids=ids))

    def action_sort(self, column: str) -> None:
        """Sort by a column; the same again turns the order."""
        sort = self.table.sort
        descending = not sort.descending if sort.column == column else False
        self._sort(Sort(cast(Column, column), descending))

    def action_next_sort(self, step: int) -> None:
        """Sort by the next column to the right, or to the left."""
        sort, keys = self.table.sort, [one.key for one in self.table.columns if one.sortable]
        key = keys[(keys.index(sort.column) + step) % len(keys)]
        self._sort(Sort(cast(Column, key), sort.descending))

    def action_turn_sort(self) -> None:
        """The same column the other way round."""
        self._sort(replace(self.table.sort, descending=not self.table.sort.descending))

    def _sort(self, sort: Sort) -> None:
        self.show(self.table.filter, sort)
        views = self.program.views
        with self.program.trouble_shown():
            views.keep(replace(views.now, sort=sort))

    def action_columns(self) -> None:
        """Tick the columns that show."""
        from tui.screens.columns import ColumnsScreen

        def chosen(hidden: frozenset[str] | None) -> None:
            views = self.program.views
            if hidden is not None:
                self.table.hide(hidden)
                with self.program.trouble_shown():
                    views.keep(replace(views.now, hidden=hidden))

        self.app.push_screen(ColumnsScreen(self.table.columns, self.table.hidden), chosen)

    def action_filter(self) -> None:
        """Fields for reason, client, days and totals."""
        from tui.screens.filters import Chosen, FilterScreen

        def chosen(found: Chosen | None) -> None:
            if found is None:
                return
            self.show(found.which)
            if found.name:
                views = self.program.views
                with self.program.trouble_shown():
                    views.keep(views.now.with_filter(found.name, found.which))
                    self.say(f"Kept as {found.name}: F takes it again.")

        self.app.push_screen(FilterScreen(self.table.filter), chosen)

    def action_kept_filters(self) -> None:
        """One of the filters that were kept."""
        from tui.screens.filters import KeptFiltersScreen

        def taken(which: Filter | None) -> None:
            if which is not None:
                self.tabs.pick(TABS.index(which.status))
                self.show(which)

        self.app.push_screen(KeptFiltersScreen(), taken)

    def unseen(self, ids: Sequence[str]) -> list[str]:
        """Those of these invoices that the filter hides."""
        seen = set(self.program.listing.ids(replace(self.table.filter, ids=ids)))
        return [one for one in ids if one not in seen]

    # searching

    async def action_search(self) -> None:
        """Type to search."""
        if self._field is None:
            from tui.widgets.field import Field

            self._field = Field(
                placeholder="number, client, product, amount", id="search", compact=True
            )
            await self.query_one("#finding").mount(self._field, before=0)
        self._field.display = True
        self.set_focus(self._field)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Rows first; a further letter breaks this off."""
        new, sort = self._typed(event.value), self.table.sort
        if new == self.table.filter:
            return
        self._give_up()
        aside = self._aside()

        async def search() -> None:
            rows = await asyncio.to_thread(aside.page, new, sort, 0, PAGE)
            self._show_typed(new, rows)

        self.work(search, group="find")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What is pressed next is about what was typed, however fast."""
        new = self._typed(event.value)
        if new != self.table.filter:
            self._show_typed(new)
        self.table.focus()

    def _typed(self, text: str) -> Filter:
        """The filter with what was typed: its words, and a whole day that is among them."""
        found = formats().searched(text)
        first, last = self._days if found.day is None else (found.day, found.day)
        return replace(self.table.filter, text=found.text, first_day=first, last_day=last)

    def _show_typed(self, new: Filter, rows: Sequence[InvoiceRow] | None = None) -> None:
        days = self._days
        self.show(new, rows=rows)
        self._days = days

    def action_back(self) -> None:
        """One step back: a started range, the search, the filters, the marks."""
        field = self._field
        plain = Filter(status=self.table.filter.status)
        if self.table.forget_range():
            self.say("Range given up.")
        elif field is not None and field.display:
            field.value = ""
            field.display = False
            self._show_typed(self._typed(""))
            self.table.focus()
        elif self.table.filter != plain:
            self.show(plain)
        elif len(self.program.selection):
            self.program.selection.clear()
            self.table.refresh()
            self._show_marks()


def _marked(listing: InvoiceList, ids: Sequence[str], which: Filter) -> tuple[int, int, Cents]:
    """How many are marked, how many of them the filter hides, what they come to."""
    if not ids:
        return 0, 0, 0
    seen = listing.count(replace(which, ids=ids)).count
    return len(ids), len(ids) - seen, listing.sums(ids).amount
