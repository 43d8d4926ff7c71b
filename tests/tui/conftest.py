"""The app over the fakes, driven by a pilot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from rich.console import RenderableType
from textual._compositor import Compositor
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from sync.shapes import RunProgress
from tests.store.worlds import StillClock
from tests.tui.fakes import NOW, FakeDesk, FakeListing, FakeRecords, make_rows
from tui.app import DocketQboApp
from tui.ports import Backstage, Connections, Imports
from tui.screens.confirm import ConfirmScreen
from tui.screens.connect import ConnectScreen
from tui.screens.marked import MarkedScreen
from tui.screens.rule import RuleScreen
from tui.screens.search import SearchScreen
from tui.screens.settings import AnswerScreen
from tui.screens.undo import UndoScreen

PATIENCE = 30.0
"""Seconds after which a test gives up; only a hung program gets there."""
HELD = frozenset({"run", "work"})
"""Groups of the workers that may stand at the desk's gate."""
ASKING = frozenset({"work", "change"})
"""Groups of the workers that may wait for a person's answer."""
QUESTIONS = (ConfirmScreen, UndoScreen, AnswerScreen, MarkedScreen, RuleScreen, SearchScreen)
"""Screens that wait for it."""


@dataclass
class Driven:
    """A running app with what stands behind it."""

    app: DocketQboApp
    pilot: Pilot[int]
    listing: FakeListing
    desk: FakeDesk
    opened: list[str]
    clock: StillClock
    """What the countdowns go by; the screen's own timers run on."""

    async def press(self, *keys: str) -> None:
        """Press keys one by one and let the workers that they start end."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Wait until all is done that was started: calm twice in a row, however slow the machine.

        A run held by the desk's closed gate and a question that waits for its answer are
        calm; everything else that works, or has a message to take, is not.
        """
        calm = 0
        async with asyncio.timeout(PATIENCE):
            while calm < 2:
                await self.pilot.pause(0)
                calm = calm + 1 if self._is_calm() else 0

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for what a timer brings; whoever calls asserts afterwards by the test's words."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await self.pilot.pause(0.01)
        await self.settle()

    def _is_calm(self) -> bool:
        held = not self.desk.gate.is_set()
        top = self.app.screen
        asked = any(isinstance(one, QUESTIONS) for one in self.app.screen_stack)
        connects = isinstance(top, ConnectScreen) and top.waits
        for worker in self.app.workers:
            waits = (held and worker.group in HELD) or (asked and worker.group in ASKING)
            waits = waits or (connects and worker.group == "steps")
            if not worker.is_finished and not waits:
                return False
        pumps: list[MessagePump] = [self.app]
        for screen in self.app.screen_stack:
            pumps += screen.walk_children(with_self=True)
        return not any(pump.message_queue_size or pump._next_callbacks for pump in pumps)

    async def home(self) -> None:
        """Back to the main screen, whatever is open."""
        while self.screen_name != "MainScreen":
            await self.press("escape")

    @property
    def lines(self) -> list[str]:
        """The screen as text, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines)

    @property
    def screen_name(self) -> str:
        """The class of the screen on top."""
        return type(self.app.screen).__name__

    @property
    def toasts(self) -> str:
        """What was said in passing."""
        return "\n".join(str(note.message) for note in self.app._notifications)

    def asked(self, call: str) -> list[object]:
        """The arguments of every call of that name."""
        return [about for name, about in self.desk.calls if name == call]


@asynccontextmanager
async def driven(
    *,
    size: tuple[int, int] = (80, 24),
    rows: int = 240,
    client: str = "",
    live: bool = False,
    tested: bool = False,
    resume: bool = False,
    left: RunProgress | None = None,
    light: bool = False,
    fetched: bool = True,
    connected: bool = True,
    imports: Imports | None = None,
    connections: Connections | None = None,
    may_post: bool = True,
    notice: str = "",
    own_keys: Mapping[str, str] | None = None,
    through: Callable[[Any], Any] = lambda asked: asked,
    ascii_only: bool = False,
    locale: str = "",
) -> AsyncIterator[Driven]:
    """Run the app without a terminal; what it asks, it asks `through` something."""
    listing = FakeListing(make_rows(rows, client))
    desk = FakeDesk(listing, live=live, name=client or "Acme Roll-Off LLC")
    desk.tested, desk.left = tested, left
    desk.fetched, desk.connected = fetched, connected
    desk.may_post, desk.notice = may_post, notice
    opened: list[str] = []
    clock = StillClock(NOW)
    app = DocketQboApp(
        through(listing),
        lambda: Backstage(
            through(desk),
            through(FakeRecords(listing)),
            lambda entity, qbo_id: f"{entity}/{qbo_id}",
            imports and through(imports),
            connections and through(connections),
        ),
        resume=resume,
        light=light,
        open_url=opened.append,
        clock=clock,
        own_keys=own_keys,
        ascii_only=ascii_only,
        locale=locale,
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        found = Driven(app, pilot, listing, desk, opened, clock)
        await found.settle()
        yield found


@pytest.fixture(autouse=True)
def _unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint a frame only when it is read: nobody looks at the ones between two keys."""
    paint = Compositor.render_update

    def when_read(
        self: Compositor,
        full: bool = False,
        screen_stack: list[Screen[object]] | None = None,
        simplify: bool = False,
    ) -> RenderableType | None:
        if full:  # a picture
            return paint(self, full=full, screen_stack=screen_stack, simplify=simplify)
        self._dirty_regions.clear()
        return None

    monkeypatch.setattr(Compositor, "render_update", when_read)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)  # it does not blink
    monkeypatch.setattr(DocketQboApp, "NOTIFICATION_TIMEOUT", 10 * PATIENCE)  # slow machines
