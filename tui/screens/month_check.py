"""Asks who checked a month, after saying what is still open in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input

from sync.tie_out.month import month_words
from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.field import Field
from tui.widgets.sheet import Lines, heading, ink
from tui.words import counted

if TYPE_CHECKING:
    from sync.tie_out.desk import MonthEnd

LONGEST = 80


class MonthCheckScreen(Dialog[str | None]):
    """A name and enter keep the check; nothing is sent anywhere."""

    NAME = "month_check"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, ending: MonthEnd) -> None:
        super().__init__()
        self._ending = ending

    def compose(self) -> ComposeResult:
        """What it means, what is left, a field."""
        lines = [
            heading(f"Mark {month_words(self._ending.month)} as checked?"),
            Content(""),
            ink("The figures are kept with your name and the day."),
            ink("What changes in the month later is listed as changed after the check."),
        ]
        if not self._ending.ready:
            left = sum(1 for one in self._ending.items if one.must and not one.done)
            differ = counted(len(self._ending.found.differences), "record")
            checks = counted(left, "check")
            lines += [
                Content(""),
                ink(f"▲ Still open: {differ} with a difference, {checks}.", "warn"),
            ]
        with Vertical(classes="box"):
            yield Lines(lines)
            yield Field(placeholder="your name", id="name", max_length=LONGEST)
            with Horizontal(classes="buttons"):
                yield Button(ink("enter  Checked"), id="yes")
                yield Button(ink("esc  Cancel"), id="no")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self._sign(event.value)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._sign(self.query_one(Input).value)
        else:
            self.dismiss(None)

    def _sign(self, name: str) -> None:
        if name.strip():
            self.dismiss(name.strip())
        else:
            self.say("Write who checked.", "warning")
