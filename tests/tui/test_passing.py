"""Dialogs that go by themselves: what they lead to, also when a message lies over them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from sync.shapes import PullProgress, PullResult
from tests.tui.conftest import driven
from tests.tui.fakes import FakeDesk
from tui.screens.base import AnyScreen
from tui.screens.message import MessageScreen


async def test_after_the_first_refresh_of_a_live_company_its_start_date_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pull = FakeDesk.pull

    async def first(
        self: FakeDesk, watch: Callable[[PullProgress], None] | None = None, full: bool = False
    ) -> PullResult:
        return replace(await pull(self, watch, full), first=True)

    monkeypatch.setattr(FakeDesk, "pull", first)
    async with driven(rows=5, live=True) as it:
        it.desk.gate.clear()
        await it.press("r")
        assert it.screen_name == "RefreshingScreen"
        it.app.push_screen(MessageScreen("Something else", ["It came in between."]))
        it.desk.gate.set()
        await it.settle()
        assert it.screen_name == "MessageScreen"
        await it.press("escape")
        assert it.screen_name == "StartDateScreen"
        await it.press("escape")
        assert it.screen_name == "MainScreen"


async def test_work_that_ends_as_its_screen_is_closed_says_nothing() -> None:
    async with driven() as it:
        await it.press("question_mark")
        screen, asked = it.app.screen, asyncio.Event()
        assert isinstance(screen, AnyScreen)

        async def late() -> None:
            asked.set()
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            screen.query_one("#close")

        screen.work(late)
        await asked.wait()
        await it.pilot.press("escape")
        await it.settle()
        assert it.screen_name == "MainScreen"
