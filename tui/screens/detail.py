"""One invoice on both sides, with its payments, what was sent for it and what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from core.errors import Trouble
from store.details import InvoiceDetail
from store.posting_views import PostingView
from store.states import InvoiceStatus, PostingState
from tui.keys import bindings
from tui.screens.confirm import unsync
from tui.screens.on_posting import OnPosting
from tui.widgets.invoice_sheet import InvoiceSheet
from tui.widgets.key_bar import KeyBar
from tui.widgets.next_line import NextLine
from tui.widgets.sheet import Lines, heading, ink
from tui.words import counted, worth

FIRST = (
    PostingState.UNKNOWN,
    PostingState.SENDING,
    PostingState.HOLD,
    PostingState.REJECTED,
    PostingState.APPROVED,
)
"""Which of an invoice's postings the keys are about: the most pressing one."""


class DetailScreen(OnPosting):
    """Reads one invoice and offers what can be done with it."""

    NAME = "detail"
    BINDINGS = bindings("detail", "write", "side")
    CSS_PATH = "detail.tcss"

    def __init__(self, docket_id: str) -> None:
        super().__init__()
        self._docket_id = docket_id
        self._detail: InvoiceDetail | None = None

    def places(self) -> tuple[str, ...]:
        """Keys of the invoice, and of what was sent for it."""
        return ("detail", "write", "side", "app")

    @property
    def posting(self) -> PostingView | None:
        """The most pressing of the invoice's postings, else the newest."""
        postings = self._detail.postings if self._detail else ()
        pressing = [one for one in postings if one.state in FIRST]
        newest = postings[0] if postings else None
        return min(pressing, key=lambda one: FIRST.index(one.state), default=newest)

    def posting_moved(self) -> None:
        """Read the invoice again."""
        self.work(self._read, group="read")

    def body(self) -> Iterable[Widget]:
        """Title, what comes next, the sheet."""
        yield Lines(id="title")
        yield NextLine()
        yield VerticalScroll(InvoiceSheet())

    def on_mount(self) -> None:
        """Read it, and again whenever a sync moved."""
        self.query_one(VerticalScroll).focus()
        self.posting_moved()
        self.program.runs.moved.subscribe(self, lambda _: self.posting_moved())

    async def _read(self) -> None:
        detail = await asyncio.to_thread(self.backstage.records.invoice, self._docket_id)
        if detail is None:
            raise Trouble(
                "This invoice is no longer in the cache.",
                books="Nothing was changed.",
                fix="Press r on the main screen to refresh.",
            )
        self._detail = detail
        client = detail.client.customer_name if detail.client else ""
        title = heading(f"Invoice {detail.invoice.number}") + ink(f"   {client}", "strong")
        total = ink(f"   {worth(detail.invoice.total)}")
        self.query_one("#title", Lines).show([Content("").join([title, total])])
        self.query_one(InvoiceSheet).show(detail)
        posting = self.posting
        pressing = posting is not None and posting.state in FIRST
        self.query_one(NextLine).show_stand(posting if pressing else None)
        self.query_one(KeyBar).refresh()
        if detail.links and detail.status is not InvoiceStatus.SYNCING:
            changes = await asyncio.to_thread(self.backstage.desk.changes, self._docket_id)
            self.query_one(InvoiceSheet).show(detail, changes)

    def action_test(self) -> None:
        """Test sync this one."""
        if self.program.runs.going:
            self.say("A sync is under way.", "warning")
        else:
            self.work(lambda: self.program.routes.test(self._docket_id))

    def action_exclude(self) -> None:
        """Leave out, or take in again."""
        if self._detail is None:
            return
        include = self._detail.status is InvoiceStatus.EXCLUDED

        async def run() -> None:
            await self.program.routes.exclude([self._docket_id], include=include)
            await self._read()

        self.work(run)

    def action_unsync(self) -> None:
        """Forget this invoice's links."""

        async def run() -> None:
            await self.program.routes.unsync([self._docket_id])
            await self._read()

        self.work(run)

    def action_unsync_client(self) -> None:
        """Forget the client's link."""
        if self._detail is None:
            return
        client = self._detail.client
        client_id = self._detail.invoice.client_id

        async def run() -> None:
            name = client.customer_name if client else client_id
            if await self.app.push_screen_wait(unsync(name)):
                count = await asyncio.to_thread(self.backstage.desk.unsync_client, client_id)
                self.say(f"Forgotten: {counted(count, 'link')}. Nothing changed in QuickBooks.")
                await self._read()

        self.work(run)

    def action_log(self) -> None:
        """What was sent for this invoice."""
        self.program.routes.log(self._docket_id)

    def action_copy(self) -> None:
        """Copy the number."""
        if self._detail is not None:
            self.program.copy_words(self._detail.invoice.number)

    def action_browse(self) -> None:
        """Open it in QuickBooks."""
        self.work(lambda: self.program.routes.browse(self._docket_id))
