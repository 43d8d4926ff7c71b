"""A plain message with one button."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.sheet import Lines, heading, ink


class MessageScreen(Dialog[None]):
    """Says something that has no choice in it."""

    NAME = "message"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, title: str, words: Sequence[str]) -> None:
        super().__init__()
        self._title, self._words = title, words

    def compose(self) -> ComposeResult:
        """Title, sentences, a button."""
        with Vertical(classes="box"):
            yield Lines([heading(self._title), Content(""), *map(ink, self._words)])
            yield Button(Content("Close"), id="close")

    def on_button_pressed(self) -> None:
        """Read."""
        self.dismiss(None)


def nothing_to_test() -> MessageScreen:
    """No pending invoice is fit for a test."""
    return MessageScreen(
        "No invoice is ready for a test",
        [
            "A test needs a pending invoice whose customer and products are settled.",
            "What is in QuickBooks already needs no test: L links it, and nothing is sent.",
            "Check the names (n) or the conflicts (c), or refresh (r), then try again.",
        ],
    )
