"""Fetching what is new from Docket and QuickBooks, with its progress and a way to stop."""

from __future__ import annotations

from sync.shapes import PullResult
from tui.screens.working import Hear, WorkingScreen


class RefreshingScreen(WorkingScreen[bool]):
    """Ends with whether a start date must be chosen; esc stops and keeps what came."""

    NAME = "refreshing"
    STOP = "Stop; what has come is kept"
    nothing = False

    @property
    def words(self) -> str:
        """Whether it is for the first time."""
        first = not self.program.has_books
        return "Fetching the books for the first time" if first else "Refreshing"

    async def work_through(self, hear: Hear) -> None:
        """Fetch, and show what came."""
        ask, desk = False, self.backstage.desk
        try:
            result = await self.backstage.elsewhere(lambda: desk.pull(hear))
            await self.program.read_banner()
            self.program.main_screen.refresh_guide()
            if result.first:
                self.program.main_screen.from_the_top()
            self.say(pulled_words(result))
            banner = self.program.banner
            ask = result.first and banner is not None and banner.live
            for warning in result.warnings:
                self.say(warning, "warning")
        finally:  # at the very end: this work ends with the screen
            self.leave(ask)


def pulled_words(result: PullResult) -> str:
    """Say what came: "New or changed: 12 in Docket, 3 in QuickBooks."."""
    docket, quickbooks = sum(result.docket.values()), sum(result.quickbooks.values())
    if not docket and not quickbooks:
        return "Nothing new on either side."
    return f"New or changed: {docket:,} in Docket, {quickbooks:,} in QuickBooks."
