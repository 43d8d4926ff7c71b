"""Asks why a write is held back; the reason may be left empty."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input

from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.field import Field
from tui.widgets.sheet import Lines, heading, ink

LONGEST = 200


class HoldScreen(Dialog[str | None]):
    """Enter holds, esc does not: holding sends nothing and is undone by one key."""

    NAME = "hold"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def compose(self) -> ComposeResult:
        """What it means, a field, two buttons."""
        words = (
            "It is not sent, or sent again, until you try it again with e.",
            "Nothing changes in QuickBooks.",
        )
        with Vertical(classes="box"):
            yield Lines([heading(f"Hold {self._label}?"), Content(""), *map(ink, words)])
            yield Field(placeholder="why, if you like", id="why", max_length=LONGEST)
            with Horizontal(classes="buttons"):
                yield Button(ink("enter  Hold it"), id="yes")
                yield Button(ink("esc  Cancel"), id="no")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        held = event.button.id == "yes"
        self.dismiss(self.query_one(Input).value.strip() if held else None)
