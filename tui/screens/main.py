"""The main screen: tabs, the table of invoices, marks, search; where every way begins."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from textual import on

from store.listing import Filter
from store.states import InvoiceStatus
from tui.keys import bindings
from tui.screens.finding import FindingScreen
from tui.widgets.guide_card import Guide, GuideCard, guide, large_guide
from tui.widgets.line_list import LineList
from tui.widgets.status_tabs import TABS
from tui.words import counted

LARGE = 20_000
"""Above so many invoices the first steps are told without working all books through."""


class MainScreen(FindingScreen):
    """All invoices, and the keys for everything."""

    NAME = "main"
    BINDINGS = bindings("main")

    def __init__(self) -> None:
        super().__init__()
        self._stale_guide = True

    def places(self) -> tuple[str, ...]:
        """There is no screen before this one."""
        return ("main", "app")

    def on_screen_resume(self) -> None:
        """What another screen changed shows at once."""
        if self.has_read:
            self.look()
            self.refresh_guide()

    def look_changed(self) -> None:
        """The steps are worked out again when they are next looked at."""
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
        self.show(Filter(ids=docket_ids))
        self.table.focus()

    def refresh_guide(self) -> None:
        """Work the three steps out again, if anything changed and they are shown.

        Not again while a sync changes them at every moment: its end comes by here too.
        """
        card = self.query_one(GuideCard)
        later = self.program.runs.going and card.is_worked_out
        if later or not (self._stale_guide and card.display and self.program.has_books):
            return
        self._stale_guide = False
        desk, choices = self.backstage.desk, self.program.listing.choices_waiting()
        pending = self.tabs.counts(InvoiceStatus.PENDING)
        large = self.tabs.counts(None)[0] > LARGE

        def sum_up() -> Guide:
            if large:
                return large_guide(choices, desk.lock(), pending)
            return guide(desk.estimate(), desk.names(), desk.lock(), pending)

        async def read() -> None:
            card.show(await asyncio.to_thread(sum_up))

        self.work(read, group="guide")

    @on(LineList.Opened)
    def _opened(self) -> None:
        row = self.table.current
        if row is not None and self._ready():
            self.program.routes.detail(row.docket_id)

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
        """Hide or show the first steps, from now on."""
        card = self.query_one(GuideCard)
        card.toggle()
        self.refresh_guide()
        views = self.program.views
        with self.program.trouble_shown():
            views.keep(replace(views.now, guide=card.display))

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

    def action_chart(self) -> None:
        """Money by month, and what is open by age."""
        if self._booked():
            self.program.routes.chart()

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
        hidden = len(self.unseen(ids)) if ids else 0
        unseen = f", {hidden:,} not on screen" if hidden else ""
        about = f"the {counted(len(ids), 'marked invoice')}{unseen}"
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
            unseen = self.unseen(ids)
            self.work(lambda: self.program.routes.exclude(ids, include=include, unseen=unseen))

    def action_unsync(self) -> None:
        """Forget the links of what is marked or at the cursor."""
        ids = self._meant()
        if ids and self._ready():
            unseen = self.unseen(ids)
            self.work(lambda: self.program.routes.unsync(ids, unseen=unseen))

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
