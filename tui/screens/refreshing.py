"""Fetching what is new from Docket and QuickBooks, with its progress and a way to stop."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from sync.shapes import PullProgress, PullResult
from tui.keys import bindings
from tui.screens.passing import Passing
from tui.widgets.run_strip import bar
from tui.widgets.sheet import Lines, heading, ink

BAR = 40


class RefreshingScreen(Passing[bool]):
    """Ends by itself, with whether a start date must be chosen; esc stops and keeps what came."""

    NAME = "refreshing"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = False

    def compose(self) -> ComposeResult:
        """What is being fetched, and a button to stop."""
        with Vertical(classes="box"):
            yield Lines([heading(self._title)], id="phase")
            yield Button(Content("esc  Stop; what has come is kept"), id="stop")

    @property
    def _title(self) -> str:
        first = not self.program.has_books
        return "Fetching the books for the first time" if first else "Refreshing"

    def on_mount(self) -> None:
        """Start at once; the work ends with this screen."""
        self.work(self._pull)

    async def _pull(self) -> None:
        ask = False
        try:
            result = await self.backstage.desk.pull(self._show)
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

    def _show(self, progress: PullProgress) -> None:
        lines = [heading(self._title), Content(""), ink(progress.phase)]
        if progress.total:
            figures = f"  {progress.done:,} of {progress.total:,}"
            lines.append(bar(progress.done, progress.total, BAR) + Content(figures))
        else:
            lines.append(ink(f"{progress.done:,} so far" if progress.done else "…", "dim"))
        self.query_one("#phase", Lines).show(lines)

    def on_button_pressed(self) -> None:
        """Stop."""
        self.dismiss(False)


def pulled_words(result: PullResult) -> str:
    """Say what came: "New or changed: 12 in Docket, 3 in QuickBooks."."""
    docket, quickbooks = sum(result.docket.values()), sum(result.quickbooks.values())
    if not docket and not quickbooks:
        return "Nothing new on either side."
    return f"New or changed: {docket:,} in Docket, {quickbooks:,} in QuickBooks."
