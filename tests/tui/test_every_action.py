"""Every action by its key, by the palette and by the mouse: all three ask for the same thing.

The walk goes to every place of the table. What an action would do is noted there instead
of done, so one visit tries all actions of a screen in all three ways. That the keys then
also do something that shows is the second test's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.widgets import Input

from tests.tui.conftest import Driven
from tests.tui.looks import painted
from tests.tui.places import PLACES, Place, arrive, leave, office
from tui.keys import ACTIONS, Action, actions
from tui.palette import Actions
from tui.screens.base import AnyScreen, Dialog
from tui.screens.help import KeySheet
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList

Asked = tuple[DOMNode, str, tuple[Any, ...]]
"""Who was asked, for which action, with what."""


@dataclass
class Noted:
    """Stands where Textual does an action, and only notes who would have done what."""

    asked: list[Asked] = field(default_factory=list)

    async def __call__(self, who: DOMNode, action: str, about: tuple[Any, ...]) -> bool:
        if action.startswith("scroll_"):
            return False  # Textual's own, for which there is nothing to scroll: it goes on looking
        self.asked.append((who, action, about))
        return True

    def taken(self) -> list[Asked]:
        """What was asked since the last time."""
        asked, self.asked = self.asked, []
        return asked


def _offered(screen: AnyScreen[object]) -> Iterator[Action]:
    """What can be done on a screen as it is now."""
    for action in actions(*screen.offered()):
        if screen.check_action(action.run.split("(")[0], ()) is not False:
            yield action


def _key(screen: AnyScreen[object], action: Action) -> str:
    """A key of the action that is not a letter for the field, or no line for the list."""
    if action.where == "list" and not isinstance(screen.focused, LineList):
        return ""
    typed = isinstance(screen.focused, Input)
    keys = (key for key in action.keys.split(",") if key)
    return next((key for key in keys if not (typed and _is_typed(key))), "")


def _is_typed(key: str) -> bool:
    return len(key) == 1 or key in ("space", "slash", "question_mark", "colon", "enter")


async def _by_palette(screen: AnyScreen[object], action: Action) -> None:
    async for hit in Actions(screen).discover():
        help_words = str(hit.help)
        if str(hit.text) == action.words and (
            action.help in help_words or help_words.startswith("Not now: ")
        ):
            await hit.command()
            return


async def _by_mouse(it: Driven, action: Action) -> None:
    """On its words at the bottom, or else on its line among all keys."""
    bar = it.app.screen.query_one(KeyBar)
    painted(it)
    for start, _, shown in bar._spots:
        if shown.id == action.id:
            await it.pilot.click(KeyBar, offset=(start + 1, 0))
            await it.settle()
            return
    it.app.action_help()
    await it.settle()
    sheet = it.app.screen.query_one(KeySheet)
    drawn = [found for _, found in sheet._drawn(sheet.content_size.width)]
    line = next(n for n, found in enumerate(drawn) if found and found.id == action.id)
    it.app.screen.query_one(VerticalScroll).scroll_to(y=line, animate=False)
    await it.settle()
    await it.pilot.click(offset=(sheet.region.x + 2, sheet.region.y + line))
    await it.settle()


async def test_every_action_is_the_same_by_key_by_palette_and_by_mouse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: set[tuple[str, bool]] = set()
    wrong: list[str] = []
    async with office() as it:
        for place in PLACES:
            await arrive(it, place)
            noted = Noted()
            with monkeypatch.context() as patched:
                patched.setattr(it.app, "_dispatch_action", noted)
                wrong += await _all_ways(it, place, noted, tried)
            await leave(it)
    assert not wrong, "\n".join(wrong)
    assert {action.id for action in ACTIONS} == {name for name, _ in tried}
    everywhere = {action.id for action in actions("app", "side")}
    assert everywhere <= {name for name, in_dialog in tried if in_dialog}


async def _all_ways(
    it: Driven, place: Place, noted: Noted, tried: set[tuple[str, bool]]
) -> list[str]:
    screen = it.app.screen
    assert isinstance(screen, AnyScreen)
    wrong: list[str] = []
    for action in list(_offered(screen)):
        this, key = (action.id, isinstance(screen, Dialog)), _key(screen, action)
        if this in tried or (action.keys and not key):
            continue
        tried.add(this)
        ways: dict[str, list[Asked]] = {}
        if key:
            await it.press(key)
            ways["key"] = noted.taken()
        if action.id != "app.palette":
            await _by_palette(screen, action)
            ways["palette"] = noted.taken()
        await _by_mouse(it, action)
        ways["mouse"] = noted.taken()
        assert it.app.screen is screen, (place.name, action.id)
        wrong += _unlike(place, action, ways)
    return wrong


def _unlike(place: Place, action: Action, ways: dict[str, list[Asked]]) -> Iterator[str]:
    name = action.run.split("(")[0]
    for way, asked in ways.items():
        if [one for _, one, _ in asked] != [name]:
            yield f"{action.id} on {place.name} by {way}: {asked}"
        elif asked != ways["mouse"]:
            yield f"{action.id} on {place.name}: {way} asks {asked}, the mouse {ways['mouse']}"


FIRST: dict[str, tuple[str, ...]] = {
    "list.up": ("j",),
    "list.half_up": ("G",),
    "list.page_up": ("G",),
    "list.first": ("G",),
    "list.last": ("g",),
    "table.mark_down": ("g",),
    "table.mark_up": ("escape", "G"),
    "main.tab_1": ("2",),
    "main.back": ("p",),
    "log.filter_1": ("2",),
    "names.all": ("2",),
    "deposits.fee": ("slash", "1", "enter"),
}
"""What is pressed before, where an action would have nothing to do."""
ENDS = frozenset({"app.quit"})
"""Actions after which there is nothing to look at; they have tests of their own."""


def _shown(it: Driven) -> tuple[object, ...]:
    """All that a person, or whoever stands behind the screen, can notice."""
    app = it.app
    letters = [[(part.text, str(part.style)) for part in line] for line in painted(it)]
    asked = len(it.desk.calls), app.clipboard, len(it.opened), len(app._notifications)
    return letters, [id(one) for one in app.screen_stack], asked, app.runs.control.paused


async def test_every_key_does_something_that_shows() -> None:
    tried: set[str] = set()
    idle: list[str] = []
    async with office() as it:
        for place in PLACES:
            await arrive(it, place)
            assert isinstance(it.app.screen, AnyScreen)
            typed = isinstance(it.app.focused, Input)
            for action in list(_offered(it.app.screen)):
                if action.id in tried | ENDS or not _key(it.app.screen, action):
                    continue
                tried.add(action.id)
                await it.press(*FIRST.get(action.id, ()))
                before = _shown(it)
                await it.press(_key(it.app.screen, action))
                if _shown(it) == before:
                    idle.append(f"{action.id} on {place.name}")
                await _back_to(it, place, typed=typed)
            await leave(it)
    assert idle == []
    assert {action.id for action in ACTIONS if action.keys} == tried | ENDS


async def _back_to(it: Driven, place: Place, *, typed: bool) -> None:
    """To the place again, if the action led away from it or into a field of it."""
    if any(type(one) is place.screen for one in it.app.screen_stack[1:]):
        while type(it.app.screen) is not place.screen:
            await it.press("escape")
    if type(it.app.screen) is not place.screen or isinstance(it.app.focused, Input) != typed:
        await leave(it)
        await arrive(it, place)
