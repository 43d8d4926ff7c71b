"""An error as a person can use it: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from core.errors import Trouble
from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.sheet import Lines, ink


class ErrorScreen(Dialog[None]):
    """Three sentences and one button."""

    NAME = "error"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self._trouble = trouble

    def compose(self) -> ComposeResult:
        """What, books, fix."""
        with Vertical(classes="box -trouble"):
            yield Lines(list(_sentences(self._trouble)))
            yield Button(Content("Close"), id="close")

    def on_button_pressed(self) -> None:
        """Read and understood."""
        self.dismiss(None)


def _sentences(trouble: Trouble) -> Iterable[Content]:
    yield ink(trouble.what, "bad").stylize("bold")
    for title, words in (("For the books", trouble.books), ("What to do", trouble.fix)):
        yield Content("")
        yield ink(title, "dim")
        for line in words.splitlines():
            yield ink(line)
