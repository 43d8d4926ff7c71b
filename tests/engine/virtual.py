"""An event loop whose time moves only when everybody waits, and a clock that reads it."""

from __future__ import annotations

import asyncio
import contextlib
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Instead of waiting for the timeout, moves the loop's time on by it."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("everybody waits for ever")
            self.loop.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs hours in milliseconds."""

    def __init__(self) -> None:
        selector = _Selector()
        selector.loop = self
        self.now = 0.0
        super().__init__(selector)

    def time(self) -> float:
        return self.now


class VirtualClock:
    """Reads the running loop's time; outside a loop, the time at which the last one stood."""

    def __init__(self) -> None:
        self._at = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        with contextlib.suppress(RuntimeError):
            self._at = asyncio.get_running_loop().time()
        return self._at

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(seconds, 0))


def run(work: Coroutine[Any, Any, T], begin: float = 0.0) -> T:
    """Run `work` to its end on a loop of its own, whose time begins at `begin` seconds."""
    loop = VirtualLoop()
    loop.now = begin
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def run_and_die(work: Coroutine[Any, Any, T], begin: float, after: float) -> None:
    """Run `work` for a while, then drop everything as a kill does: nothing is awaited any more."""
    loop = VirtualLoop()
    loop.now = begin
    task = loop.create_task(work)
    loop.run_until_complete(asyncio.wait([task], timeout=after))
    for one in (task, *asyncio.all_tasks(loop)):
        one._log_destroy_pending = False  # type: ignore[attr-defined]  # meant to be dropped
        coroutine = one.get_coro()
        if not one.done():
            coroutine.close()
    loop.close()
