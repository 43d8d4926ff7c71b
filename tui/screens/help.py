"""The keys of the screen one is on, from the same table as everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button

from tui.keymap import keyed
from tui.keys import Action, actions, bindings
from tui.screens.base import AnyScreen, Dialog
from tui.widgets.line_list import LineList
from tui.widgets.sheet import Lines, heading, row

KEYS_WIDTH = 20
ORDER = ("Do", "Mark", "Find", "Sort", "See", "Move", "Program")


class HelpScreen(Dialog[None]):
    """Groups of keys with a sentence each."""

    NAME = "help"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._places = about.places() if isinstance(about, AnyScreen) else ("app",)
        if about.query(LineList):
            self._places += ("list",)
        if "main" in self._places:
            self._places += ("table",)

    def compose(self) -> ComposeResult:
        """All keys, scrollable."""
        with Vertical(classes="box -wide"):
            with VerticalScroll():
                yield Lines(list(key_lines(self.program.own_keys, *self._places)))
            yield Button(Content("esc  Close"), id="close")

    def on_mount(self) -> None:
        """The scroll takes the keys."""
        self.query_one(VerticalScroll).focus()

    def on_button_pressed(self) -> None:
        """Read."""
        self.dismiss(None)


def key_lines(own: Mapping[str, str], *places: str) -> Iterator[Content]:
    """Every action of these places under its group."""
    found = list(keyed(actions(*places), own))
    for group in ORDER:
        members = [action for action in found if action.group == group]
        if members:
            yield heading(group)
            yield from (_line(action) for action in members)
            yield Content("")


def _line(action: Action) -> Content:
    return row(
        [
            (((f"  {action.shown_keys}", "strong"),), KEYS_WIDTH, False),
            (((action.help, "plain"),), 60, False),
        ]
    )
