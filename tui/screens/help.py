"""The keys of the screen one is on, from the same table as everything else; a click does one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button

from tui.keymap import keyed
from tui.keys import GROUPS, Action, actions, bindings
from tui.screens.base import AnyScreen, Dialog
from tui.widgets.sheet import Sheet, hanging, heading, ink

KEYS_WIDTH = 20


class KeySheet(Sheet):
    """Groups of keys with a sentence each."""

    @dataclass
    class Picked(Message):
        """A click on an action."""

        action: Action

    def __init__(self, own: Mapping[str, str], places: tuple[str, ...]) -> None:
        super().__init__()
        self._actions = list(keyed(actions(*places), own))

    def lines(self, width: int) -> list[Content]:
        """Every action under its group, what is long on several lines."""
        return [line for line, _ in self._drawn(width)]

    def _drawn(self, width: int) -> Iterator[tuple[Content, Action | None]]:
        """The lines, each with what it does."""
        for group in GROUPS:
            members = [action for action in self._actions if action.group == group]
            if members:
                yield heading(group), None
            for action in members:
                keys, words = ink(f"  {action.shown_keys}", "strong"), ink(action.help)
                for line in hanging(keys, words, KEYS_WIDTH, width):
                    yield line, action
            if members:
                yield Content(""), None

    def on_click(self, event: events.Click) -> None:
        """The action of the line under the mouse."""
        drawn = list(self._drawn(self.content_size.width))
        action = drawn[event.y][1] if event.y < len(drawn) else None
        if action is not None:
            self.post_message(self.Picked(action))


class HelpScreen(Dialog[None]):
    """What can be done on a screen, by key or by a click on the line that says it."""

    NAME = "help"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._about = about
        self._places = about.offered() if isinstance(about, AnyScreen) else ("app",)

    def compose(self) -> ComposeResult:
        """All keys, scrollable."""
        with Vertical(classes="box -wide -tall"):
            with VerticalScroll():
                yield KeySheet(self.program.own_keys, self._places)
            yield Button(Content("esc  Close"), id="close")

    def on_mount(self) -> None:
        """The scroll takes the keys."""
        self.query_one(VerticalScroll).focus()

    def on_button_pressed(self) -> None:
        """Read."""
        self.dismiss(None)

    @on(KeySheet.Picked)
    def _picked(self, event: KeySheet.Picked) -> None:
        """Do it on the screen that this is about."""
        about = self._about
        self.dismiss(None)
        if isinstance(about, AnyScreen):
            about.call_later(about.do, event.action)
