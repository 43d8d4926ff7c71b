"""The command palette: every action of the screen one is on, by its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.keymap import keyed
from tui.keys import GROUPS, Action, actions
from tui.screens.base import AnyScreen
from tui.widgets.cells import safe

if TYPE_CHECKING:
    from tui.app import DocketQboApp

PLUG = Action(
    "app.plug",
    "",
    "pull_the_plug",
    "Pull the plug now",
    "Kills the program in the middle of its work, to see that nothing is lost",
    "Program",
    "app",
)


class Actions(Provider):
    """Offers what the keys offer, for whoever does not know the keys."""

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        for action in self._offered():
            yield DiscoveryHit(action.words, self._command(action), help=self._help(action))

    async def search(self, query: str) -> Hits:
        """What resembles the letters typed."""
        matcher = self.matcher(query)
        for action in self._offered():
            score = max(matcher.match(action.words), matcher.match(action.help))
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(action.words),
                    self._command(action),
                    help=self._help(action),
                )

    def _offered(self) -> Iterator[Action]:
        screen = self.screen
        places = screen.offered() if isinstance(screen, AnyScreen) else ("app",)
        found = keyed(actions(*places), cast("DocketQboApp", self.app).own_keys)
        for action in sorted(found, key=lambda one: GROUPS.index(one.group)):
            name = action.run.split("(")[0]
            if name != "command_palette" and screen.check_action(name, ()) is not False:
                yield action
        if cast("DocketQboApp", self.app).pull_the_plug is not None:
            yield PLUG

    def _help(self, action: Action) -> str:
        screen = self.screen
        refusal = screen.refusal(action.run) if isinstance(screen, AnyScreen) else ""
        if refusal:
            return f"Not now: {safe(refusal)}"
        return f"{action.help}  ({action.shown_keys})" if action.keys else action.help

    def _command(self, action: Action) -> Callable[[], Awaitable[None]]:
        screen = self.screen

        async def run() -> None:
            if isinstance(screen, AnyScreen):
                await screen.do(action)
            else:
                await self.app.run_action(action.run)

        return run
