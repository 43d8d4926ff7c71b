"""A dialog over something that takes its time: what is being done, how far it is, a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from sync.shapes import PullProgress
from tui.keys import bindings
from tui.screens.passing import Passing
from tui.widgets.run_strip import bar
from tui.widgets.sheet import Lines, heading, ink

LOOK_SECONDS = 0.1
BAR = 40

R = TypeVar("R")
Hear = Callable[[PullProgress], None]


class WorkingScreen(Passing[R]):
    """Starts at once and ends by itself; subclasses give the work."""

    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    STOP = "Stop"
    """What the button says after its key."""

    def __init__(self) -> None:
        super().__init__()
        self._newest: PullProgress | None = None

    @property
    def words(self) -> str:
        """What is being done."""
        raise NotImplementedError

    async def work_through(self, hear: Hear) -> None:
        """Do it, and `leave`; `hear` takes the progress, from any thread."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """What is being done, and a button to stop."""
        with Vertical(classes="box"):
            yield Lines([heading(self.words)], id="phase")
            yield Button(Content(f"esc  {self.STOP}"), id="stop")

    def on_mount(self) -> None:
        """Start; the work ends with this screen."""
        self.set_interval(LOOK_SECONDS, self._show)
        self.work(lambda: self.work_through(self._heard))

    def _heard(self, progress: PullProgress) -> None:
        self._newest = progress  # the screen looks by itself

    def _show(self) -> None:
        progress, self._newest = self._newest, None
        if progress is None:
            return
        lines = [heading(self.words), Content(""), ink(progress.phase)]
        if progress.total:
            figures = f"  {progress.done:,} of {progress.total:,}"
            lines.append(bar(progress.done, progress.total, BAR) + Content(figures))
        else:
            lines.append(ink(f"{progress.done:,} so far" if progress.done else "…", "dim"))
        self.query_one("#phase", Lines).show(lines)

    def on_button_pressed(self) -> None:
        """Stop, as esc does."""
        self.action_back()
