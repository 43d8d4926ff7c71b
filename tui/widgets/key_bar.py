"""The last line of every screen: the keys that count here, made from `tui.keys`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from tui.keymap import keyed
from tui.keys import Action

if TYPE_CHECKING:
    from tui.app import DocketQboApp
    from tui.screens.base import AnyScreen


class KeyBar(Widget):
    """At most as many keys as fit; a click does what the key does.

    What `refusal` has a reason against is dimmed; its key says the reason.
    """

    def __init__(self, shown: Sequence[Action], refusal: Callable[[str], str]) -> None:
        super().__init__()
        self._actions = list(shown)
        self._refusal = refusal
        self._spots: list[tuple[int, int, Action]] = []

    def render(self) -> VisualType:
        """Key, words, key, words; the last ones give way on a narrow screen."""
        width = self.content_size.width
        kept = self._fitting(width)
        line = Content("")
        self._spots = []
        for action in kept:
            refused = bool(self._refusal(action.run.split("(")[0]))
            key, words = ("$quiet", "$quiet") if refused else ("bold $primary", "$foreground")
            part = Content.assemble((f" {action.shown_key} ", key), (f"{action.words} ", words))
            self._spots.append((line.cell_length, line.cell_length + part.cell_length, action))
            line = line + part
        return line

    def _fitting(self, width: int) -> list[Action]:
        own = cast("DocketQboApp", self.app).own_keys
        kept = [action for action in keyed(self._actions, own) if self._holds(action)]
        while sum(len(a.shown_key) + len(a.words) + 3 for a in kept) > width and len(kept) > 1:
            spare = [action for action in kept if action.where not in ("app", "side")]
            kept.remove(spare[-1] if spare else kept[-1])
        return kept

    def _holds(self, action: Action) -> bool:
        return self.screen.check_action(action.run.split("(")[0], ()) is not False

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for start, end, action in self._spots:
            if start <= event.x < end:
                await cast("AnyScreen[object]", self.screen).do(action)
