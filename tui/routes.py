"""Which screen follows which.

Every screen but the main one is imported when it is first opened: the first paint
pays only for what it shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.words import counted, invoices

if TYPE_CHECKING:
    from sync.shapes import Plan
    from sync.undo import UndoPlan
    from tui.app import DocketQboApp


class Routes:
    """Opens screens for the app and the main screen."""

    def __init__(self, app: DocketQboApp) -> None:
        self._app = app

    def detail(self, docket_id: str) -> None:
        """One invoice, both sides."""
        from tui.screens.detail import DetailScreen

        if docket_id.startswith(("payment:", "credit:")):  # money on no invoice
            self.deposits()
            return
        self._app.push_screen(DetailScreen(docket_id))

    def names(self) -> None:
        """Step 1."""
        from tui.screens.names import NamesScreen

        self._app.push_screen(NamesScreen())

    def conflicts(self) -> None:
        """The workbench."""
        from tui.screens.conflicts import ConflictsScreen

        self._app.push_screen(ConflictsScreen())

    def log(self, invoice_id: str | None = None) -> None:
        """What was sent, or what was sent for one invoice."""
        from tui.screens.sync_log import SyncLogScreen

        self._app.push_screen(SyncLogScreen(self._app.backstage.records, invoice_id))

    def posting(self, posting_id: int) -> None:
        """One write to QuickBooks with all its calls."""
        from tui.screens.posting import PostingScreen

        self._app.push_screen(PostingScreen(posting_id))

    def proof(self) -> None:
        """Both sides by month."""
        from tui.screens.proof import ProofScreen

        self._app.push_screen(ProofScreen())

    def chart(self) -> None:
        """Money by month on both sides, and how long what is open has been due."""
        from tui.screens.chart import ChartScreen

        self._app.push_screen(ChartScreen())

    def month(self, month: str) -> None:
        """One month: what differs, the checklist, the check."""
        from tui.screens.month import MonthScreen

        self._app.push_screen(MonthScreen(month))

    async def test(self, docket_id: str | None = None) -> None:
        """Step 2: propose an invoice unless one is given, and show what it would do."""
        from tui.screens.message import nothing_to_test
        from tui.screens.preview import PreviewScreen

        desk = self._app.backstage.desk
        if docket_id is None:
            docket_id = await asyncio.to_thread(desk.propose_test)
        if docket_id is None:
            self._app.push_screen(nothing_to_test())
            return
        plan = await asyncio.to_thread(desk.preview, [docket_id])
        self._app.push_screen(PreviewScreen(plan, test=True))

    async def bulk(self, docket_ids: Sequence[str], about: str) -> None:
        """Step 3: what a sync of these would do; says so if it is still locked.

        `about` says in the preview which invoices these are.
        """
        from tui.screens.confirm import bulk_locked
        from tui.screens.preview import PreviewScreen

        desk = self._app.backstage.desk
        lock = await asyncio.to_thread(desk.lock)
        if not lock.open and await asyncio.to_thread(desk.propose_test) is None:
            there = await asyncio.to_thread(desk.link_preview)
            if there.invoices:
                self._review(there)
                return
        if not lock.open:
            if await self._app.push_screen_wait(bulk_locked(lock.words)):
                await self.test()
            return
        plan = await asyncio.to_thread(desk.preview, list(docket_ids))
        self._app.push_screen(PreviewScreen(plan, test=False, about=about))

    async def link(self) -> None:
        """What is in QuickBooks already: a review, and one confirmation for all."""
        plan = await asyncio.to_thread(self._app.backstage.desk.link_preview)
        if plan.invoices:
            self._review(plan)
        else:
            self._app.notify("Nothing pending is in QuickBooks already.", markup=False)

    def _review(self, plan: Plan) -> None:
        from tui.screens.preview import PreviewScreen

        about = f"{invoices(plan.selected.count)} already in QuickBooks: linked, nothing is sent"
        self._app.push_screen(PreviewScreen(plan, test=False, about=about))

    async def void(self, run_id: int | None = None, posting_ids: Sequence[int] = ()) -> None:
        """Show what voiding a run or lines of the sync log would do, and do it once confirmed."""
        from tui.screens.undo import UndoScreen

        if self._app.runs.going:
            self._app.notify("A sync is under way.", severity="warning", markup=False)
            return
        desk = self._app.backstage.desk

        def planned(inactive: bool) -> UndoPlan:
            return desk.void_plan(run_id, posting_ids, inactive=inactive)

        plan = await asyncio.to_thread(planned, False)
        confirmed = await self._app.push_screen_wait(UndoScreen(plan, planned))
        if confirmed is not None:
            self._app.runs.undo(confirmed)
            self.progress()

    def preview_again(self, plan: Plan, *, test: bool) -> None:
        """The data changed since the preview: show the new one, nothing was sent."""
        from tui.screens.preview import PreviewScreen

        self._app.push_screen(PreviewScreen(plan, test=test, changed=True))

    def progress(self) -> None:
        """The run under way."""
        from tui.screens.progress import ProgressScreen

        if not isinstance(self._app.screen, ProgressScreen):
            self._app.push_screen(ProgressScreen())

    def leave_progress(self) -> bool:
        """Close the progress screen if it is the one being looked at; say whether it was."""
        from tui.screens.progress import ProgressScreen

        if isinstance(self._app.screen, ProgressScreen):
            self._app.pop_screen()
            return True
        return False

    def result(self) -> None:
        """What became of the last run."""
        from tui.screens.comparison import ComparisonScreen
        from tui.screens.result import ResultScreen

        result = self._app.runs.result
        if result is None:
            return
        tested = self._app.runs.kind in ("test", "void")
        self._app.push_screen(ComparisonScreen(result) if tested else ResultScreen(result))

    async def last_result(self) -> None:
        """The result of the last finished run, also of an earlier day."""
        from tui.screens.result import ResultScreen

        found = await asyncio.to_thread(self._app.backstage.desk.last_result)
        if found is None:
            self._app.notify("Nothing has been synced from here yet.", markup=False)
        else:
            self._app.push_screen(ResultScreen(found))

    def pull(self) -> None:
        """Fetch what is new."""
        from tui.screens.refreshing import RefreshingScreen

        def pulled(ask: bool | None) -> None:
            if ask:  # a live company posts nothing before its start date is chosen
                self.start_date()

        self._app.push_screen(RefreshingScreen(), pulled)

    def deposits(self) -> None:
        """Payments by day, and what makes a bank's amount."""
        from tui.screens.deposits import DepositsScreen

        self._app.push_screen(DepositsScreen())

    def imports(self) -> None:
        """Docket's export files: the log, a new import, the way back."""
        from tui.screens.imports import ImportsScreen

        imports = self._app.backstage.imports
        if imports is None:
            self._app.notify("This cache is for reading only.", markup=False)
        else:
            self._app.push_screen(ImportsScreen(imports))

    def opening(self) -> None:
        """What each customer owed on the start date."""
        from tui.screens.opening import OpeningScreen

        self._app.push_screen(OpeningScreen())

    def start_date(self) -> None:
        """From which date on invoices are posted."""
        from tui.screens.start_date import StartDateScreen

        self._app.push_screen(StartDateScreen())

    def settings(self) -> None:
        """How invoices are sent, as questions."""
        from tui.screens.settings import SettingsScreen

        self._app.push_screen(SettingsScreen())

    def companies(self) -> None:
        """The companies of this user."""
        from tui.screens.companies import CompaniesScreen

        self._app.push_screen(CompaniesScreen())

    def connect(self, *, new: bool = False) -> None:
        """Connect this company to QuickBooks anew, or a new one."""
        from tui.screens.connect import ConnectScreen

        connections = self._app.backstage.connections
        if connections is None:
            words = "This cache has no company behind it: docket-qbo connect, in a terminal."
            self._app.notify(words, severity="warning", markup=False)
        elif self._app.runs.going:
            self._app.notify("A sync is under way.", severity="warning", markup=False)
        else:
            new = new or not connections.has_company
            self._app.push_screen(ConnectScreen(connections, new=new))

    async def exclude(
        self, docket_ids: Sequence[str], *, include: bool, unseen: Sequence[str] = ()
    ) -> None:
        """Leave out after asking; take in again at once."""
        from tui.screens.confirm import leave_out

        desk = self._app.backstage.desk
        if include:
            await asyncio.to_thread(desk.include, docket_ids)
            self._app.notify(f"Taken in again: {invoices(len(docket_ids))}.", markup=False)
        elif await self._app.push_screen_wait(leave_out(len(docket_ids), docket_ids, unseen)):
            await asyncio.to_thread(desk.exclude, docket_ids, "left out by hand")
            self._app.notify(f"Left out: {invoices(len(docket_ids))}.", markup=False)

    async def unsync(self, docket_ids: Sequence[str], *, unseen: Sequence[str] = ()) -> None:
        """Forget links after asking."""
        from tui.screens.confirm import unsync

        desk = self._app.backstage.desk
        if await self._app.push_screen_wait(unsync(invoices(len(docket_ids)), docket_ids, unseen)):
            count = await asyncio.to_thread(desk.unsync_invoices, docket_ids)
            self._app.notify(f"Forgotten: {counted(count, 'link')}.", markup=False)

    async def browse(self, docket_id: str) -> None:
        """Open what an invoice is linked to in QuickBooks."""
        backstage = self._app.backstage
        detail = await asyncio.to_thread(backstage.records.invoice, docket_id)
        links = [link for link in (detail.links if detail else ()) if link.kind == "invoice"]
        if not links:
            self._app.notify("This invoice is not in QuickBooks yet.", markup=False)
            return
        self._app.open_in_browser(backstage.web_url(links[0].entity, links[0].qbo_id))
