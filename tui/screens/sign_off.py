"""Another date for what is in a closed period, with who signed it off."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from tui.keys import bindings
from tui.manner import formats
from tui.screens.base import Dialog
from tui.widgets.field import Field
from tui.widgets.sheet import Lines, heading, ink
from tui.words import spoken


class SignOffScreen(Dialog[str]):
    """A date and a name; answers "2026-11-01 Ann Lee, CPA", or nothing."""

    NAME = "sign_off"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = ""

    def __init__(self, about: str, day: str) -> None:
        super().__init__()
        self._about, self._day = spoken(about), spoken(day)

    def compose(self) -> ComposeResult:
        """What it means, a field for the date, one for the name."""
        with Vertical(classes="box"):
            yield Lines(
                [
                    heading("Post with another date"),
                    Content(""),
                    ink(f"{self._about}: what is dated in it is posted on the day below instead."),
                    ink("In Docket the date stays; the preview and the audit log name both."),
                    ink("Only with your accountant's consent: it moves income to another month."),
                    Content(""),
                ]
            )
            yield Field(self._day, placeholder=formats().example, max_length=10, id="day")
            yield Field(placeholder="who signed it off", max_length=60, id="by")
            yield Lines([ink("Enter keeps it; esc leaves it.", "dim")], id="answer")

    def on_mount(self) -> None:
        """The name is what is missing."""
        self.query_one("#by", Input).focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        said, by = (self.query_one(which, Input).value.strip() for which in ("#day", "#by"))
        try:
            chosen = formats().read_day(said)
        except ValueError as error:
            self._answer(str(error))
            return
        if by:
            self.dismiss(f"{chosen.isoformat()} {by}")
        else:
            self._answer("Say who signed it off: the accountant's name.")

    def _answer(self, words: str) -> None:
        self.query_one("#answer", Lines).show([ink(words, "warn")])
