"""Reading export files, with its progress and a way to stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from sync.shapes import PullProgress
from tui.keys import bindings
from tui.screens.passing import Passing
from tui.widgets.sheet import Lines, heading, ink

if TYPE_CHECKING:
    from sync.imports.desk import ImportResult

LOOK_SECONDS = 0.1

Job = Callable[[Callable[[PullProgress], None]], Awaitable["ImportResult"]]


class ImportWorkScreen(Passing["ImportResult | None"]):
    """Ends by itself with what came out; esc stops, and None comes out."""

    NAME = "import_work"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, title: str, job: Job, stopped: str) -> None:
        """Do a job; `stopped` says what stopping it means."""
        super().__init__()
        self._title, self._job, self._stopped = title, job, stopped
        self._newest: PullProgress | None = None

    def compose(self) -> ComposeResult:
        """What is being read, and a button to stop."""
        with Vertical(classes="box"):
            yield Lines([heading(self._title)], id="phase")
            yield Button(Content("esc  Stop"), id="stop")

    def on_mount(self) -> None:
        """Start at once; the work ends with this screen."""
        self.set_interval(LOOK_SECONDS, self._show)
        self.work(self._do)

    async def _do(self) -> None:
        result = None
        try:
            result = await self._job(self._heard)
        finally:
            self.leave(result)

    def _heard(self, progress: PullProgress) -> None:
        self._newest = progress  # files are read in a thread: the screen looks by itself

    def _show(self) -> None:
        if self._newest is None:
            return
        lines = [
            heading(self._title),
            Content(""),
            ink(self._newest.phase),
            ink(f"{self._newest.done:,} so far", "dim"),
        ]
        self.query_one("#phase", Lines).show(lines)

    def action_back(self) -> None:
        """Stop."""
        self.say(self._stopped, "warning")
        self.dismiss(None)

    def on_button_pressed(self) -> None:
        """Stop."""
        self.action_back()
