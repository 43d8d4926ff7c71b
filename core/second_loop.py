"""An event loop in a thread of its own, for what must not keep the first one waiting.

The screen's loop answers keys; a sync commits to the disk twice for every call. Whoever
hands work over waits for it as if it were done in place.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")

SWITCH_SECONDS = 0.0002
"""How long one thread may keep Python to itself; Python's own 5 ms are felt at the keys."""


class SecondLoop:
    """Starts with the first work that is handed over; `aclose` ends it."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def do(self, job: Callable[[], Awaitable[T]]) -> T:
        """Do a job there and return what comes of it, or raise what it raises.

        When the waiting is cancelled the job is, and its end is still waited for: as with
        a coroutine that is awaited in place.
        """
        there = self._started()
        ended: Future[T] = Future()
        begun: list[asyncio.Task[T]] = []

        def begin() -> None:
            task = there.create_task(_awaited(job))
            begun.append(task)
            task.add_done_callback(lambda done: _tell(done, ended))

        there.call_soon_threadsafe(begin)
        waiting = asyncio.wrap_future(ended)
        while True:
            try:
                return await asyncio.shield(waiting)
            except asyncio.CancelledError:
                if waiting.done():
                    raise
                there.call_soon_threadsafe(lambda: begun[0].cancel())

    async def give_up(self) -> None:
        """Cancel whatever is being done there, and wait for its end."""
        if self._loop is not None:
            await self.do(_cancel_others)

    async def aclose(self) -> None:
        """End the loop and its thread; whatever was left is given up."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        await self.give_up()
        self._loop = self._thread = None
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(thread.join)

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            sys.setswitchinterval(SWITCH_SECONDS)
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(
                target=_turn, args=[self._loop], name="second-loop", daemon=True
            )
            self._thread.start()
        return self._loop


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()


async def _awaited(job: Callable[[], Awaitable[T]]) -> T:
    return await job()


def _tell(done: asyncio.Task[T], ended: Future[T]) -> None:
    """Hand the outcome over to whoever waits in the other thread."""
    if done.cancelled():
        ended.cancel()
    elif error := done.exception():
        ended.set_exception(error)
    else:
        ended.set_result(done.result())


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
