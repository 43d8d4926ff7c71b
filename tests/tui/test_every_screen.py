"""Every screen in two sizes and two themes: as it was, in our words, and safe whatever it shows.

One walk through the table of places a size does all of it; an app is started once.
UPDATE_SNAPSHOTS=1 keeps what the screens look like now.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.screen import Screen
from textual.widgets import Button, Input

import tui.screens
from tests.tui.conftest import Driven
from tests.tui.looks import FOLDER, Painted, as_text, changes, letters, painted
from tests.tui.places import PALETTE, PLACES, Place, arrive, leave, office
from tests.tui.spoiled import ATTACKS, Spoiled
from tests.tui.voice import FAULT, bad_words
from tui.screens.base import AnyScreen
from tui.screens.connect import ConnectScreen
from tui.screens.posting import PostingScreen

SIZES = [(80, 24), (120, 40)]
CUT = re.compile(r"\S+…|[│╭╰]\S+|\S+[│╮╯]")
"""A word of which only a part shows, at the end of its column or beside a dialog."""
ALLOWED: dict[type[Screen[Any]], set[str]] = {
    ConnectScreen: {"sandbox"},  # Intuit's own word for its made-up companies
    PostingScreen: {"HTTP 400"},  # what support asks for
}


def _screens(base: type[AnyScreen[object]]) -> Iterator[type[AnyScreen[object]]]:
    for one in base.__subclasses__():
        yield one
        yield from _screens(one)


def test_the_table_has_every_screen_there_is() -> None:
    for module in pkgutil.iter_modules(tui.screens.__path__):
        importlib.import_module(f"tui.screens.{module.name}")
    ours = {one for one in _screens(AnyScreen) if one.__module__.startswith("tui.")}
    named = {one for one in ours if one.__dict__.get("NAME")}
    assert named == {place.screen for place in PLACES}
    shared = ours - named
    assert all(one.__subclasses__() for one in shared), "a screen without a name of its own"


def test_what_is_kept_is_of_a_place_that_there_is() -> None:
    kept = {file.stem for file in FOLDER.iterdir()}
    assert kept == {f"{place.name}_{wide}x{high}" for place in PLACES for wide, high in SIZES}


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
async def test_every_screen_looks_as_it_did_in_both_themes_and_speaks_our_words(
    size: tuple[int, int],
) -> None:
    wrong: list[str] = []
    async with office(size, live=size == SIZES[0]) as it:
        for place in PLACES:
            await arrive(it, place)
            dark, light = await _both_themes(it)
            wrong += _misplaced(it, dark, place)
            wrong += [f"{place.name} says {word}" for word in _misspoken(dark, place)]
            if letters(dark) != letters(light):
                wrong.append(f"{place.name} says something else in the other theme")
            wrong += changes(f"{place.name}_{size[0]}x{size[1]}", as_text(dark, light))
            await leave(it)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
async def test_whatever_is_hostile_is_only_ever_text(size: tuple[int, int]) -> None:
    wrong: list[str] = []
    async with office(size, through=Spoiled) as it:
        for place in (*PLACES, PALETTE):
            await arrive(it, place)
            await _paste(it)
            screen = painted(it)
            wrong += _misplaced(it, screen, place)
            wrong += [f"{place.name} writes {text!r}" for text in _raw(screen)]
            await leave(it)
        assert it.app.is_running
        assert it.app.return_value is None
    assert not wrong, "\n".join(wrong)


async def _both_themes(it: Driven) -> tuple[Painted, Painted]:
    """The screen in the dark and in the light one; it stays in the one that it had not."""
    was_dark, first = it.app.current_theme.dark, painted(it)
    it.app.action_switch_theme()
    await it.settle()
    second = painted(it)
    return (first, second) if was_dark else (second, first)


async def _paste(it: Driven) -> None:
    """Into the field that takes the keys, if there is one."""
    if isinstance(it.app.focused, Input):
        it.app.post_message(events.Paste(ATTACKS[0]))
        await it.settle()


def _raw(screen: Painted) -> Iterator[str]:
    """What would act in a terminal, or in Textual."""
    for line in screen:
        for part in line:
            text = part.text
            if any(unicodedata.category(one) in ("Cc", "Cs", "Cf") for one in text):
                yield text
            if part.style and part.style.meta.get("@click"):
                yield f"{text} with a click"


def _misplaced(it: Driven, screen: Painted, place: Place) -> Iterator[str]:
    """What is not where every screen has it: banner, keys, and buttons as a whole."""
    lines, top = letters(screen), it.app.screen
    width, height = it.app.size
    if len(lines) != height or {cell_len(line) for line in lines} != {width}:
        yield f"{place.name} has lines of {sorted({cell_len(line) for line in lines})} columns"
    if not isinstance(top, AnyScreen):
        return
    if not ("PRACTICE COMPANY" in lines[0] or " LIVE " in lines[0]):
        yield f"{place.name} does not say where we are: {lines[0]}"
    if "? All keys" not in lines[-1]:
        yield f"{place.name} does not say how to find the keys: {lines[-1]}"
    for button in top.query(Button):
        if button.display and button.region != top.find_widget(button).visible_region:
            yield f"{place.name} hides a part of its button {button.id}"


def _misspoken(screen: Painted, place: Place) -> Iterator[str]:
    text = CUT.sub(" ", "\n".join(letters(screen)))
    allowed = ALLOWED.get(place.screen, set())
    yield from (word for word in bad_words(text) if word not in allowed)
    flat = " ".join(text.split())
    for found in FAULT.finditer(flat):
        before = flat[: found.start()].rstrip("( ")
        if not before.endswith((".", ".”")):
            yield f"{found.group()} without a sentence before it"
