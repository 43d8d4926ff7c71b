"""What can be done with one write to QuickBooks, wherever it is shown.

Retry and hold are offered where they are safe; where they are not, the key is dimmed
and says why instead of doing anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.text import display
from sync.posting_words import why_no_hold, why_no_retry
from tui.screens.base import RoomScreen

if TYPE_CHECKING:
    from store.posting_views import PostingView


class OnPosting(RoomScreen):
    """Subclasses say which posting is meant, and read again after it moved."""

    @property
    def posting(self) -> PostingView | None:
        """The posting that the keys are about."""
        raise NotImplementedError

    def posting_moved(self) -> None:
        """Read again: it is in another state."""
        raise NotImplementedError

    def refusal(self, action: str) -> str:
        """Why a key does nothing now."""
        if action not in ("retry", "hold"):
            return ""
        posting, now = self.posting, self.program.clock.now()
        if posting is None:
            return "Nothing was sent here yet."
        if action == "retry":
            return why_no_retry(posting, now)
        return why_no_hold(posting, now, going=self.program.runs.going)

    def _meant(self, action: str) -> PostingView | None:
        """The posting, if the action is safe; else the reason is said."""
        refusal = self.refusal(action)
        if refusal:
            self.say(refusal, "warning")
            return None
        return self.posting

    def action_retry(self) -> None:
        """Let a held or refused one go again; it is looked up before it is sent."""
        posting = self._meant("retry")
        if posting is not None:
            number, desk = posting.id, self.backstage.desk
            done = "Released: the next sync looks first, then sends it if it is not there."
            self._do(lambda: desk.retry(number), done)

    def action_hold(self) -> None:
        """Keep one from being sent, or sent again, after asking why."""
        from tui.screens.hold import HoldScreen

        posting = self._meant("hold")
        if posting is None:
            return
        number, desk = posting.id, self.backstage.desk

        def answered(why: str | None) -> None:
            if why is not None:
                self._do(lambda: desk.hold(number, why), "Held back; e lets it go again.")

        self.app.push_screen(HoldScreen(posting.label), answered)

    def _do(self, call: Callable[[], object], done: str) -> None:
        async def run() -> None:
            await asyncio.to_thread(call)
            self.say(done)
            self.posting_moved()

        self.work(run)


class OnLine(OnPosting):
    """A line of the sync log: its transaction id, its invoice, its record in QuickBooks."""

    def action_copy(self) -> None:
        """Copy QuickBooks' transaction id."""
        posting = self.posting
        if posting is None or not posting.intuit_tid:
            self.say("QuickBooks gave no transaction id for this: there was no answer from it.")
        else:
            self.program.copy_words(posting.intuit_tid)

    def action_copy_report(self) -> None:
        """Copy all that Intuit's support asks for; neither names nor amounts."""
        from sync.call_words import support_text

        if self.posting is not None:
            self.app.copy_to_clipboard(support_text(self.posting))
            self.say("Copied for support: transaction ids, times, request id.")

    def action_invoice(self) -> None:
        """Its invoice, both sides."""
        if self.posting is None or not self.posting.invoice_id:
            self.say("This belongs to no invoice.")
        else:
            self.program.routes.detail(self.posting.invoice_id)

    def action_browse(self) -> None:
        """Open the record in QuickBooks."""
        posting = self.posting
        if posting is None or not posting.qbo_id:
            self.say("It is not known to be in QuickBooks.")
        else:
            url = self.backstage.web_url(posting.entity, posting.qbo_id)
            self.program.open_in_browser(display(url))
