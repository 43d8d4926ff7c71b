"""One process of the program under simulation, which may die at any crossing of a port.

A death is not a cancellation: nothing is unwound. From then on every port awaits for
ever and every transaction is thrown away, as after `kill -9` or a power cut; the
posting lock is released by the system.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlmodel import Session

from core.errors import StoreTrouble
from core.ids import SeededIds
from store import sqlite
from store.cache import Cache
from tests.engine.virtual import VirtualClock
from tests.sim.files import Disk


class Died(BaseException):
    """Raised inside the store's synchronous calls, where nothing can be awaited."""


class PostingLock:
    """The lock file's stand-in: it knows its holder, and whether that one lives."""

    def __init__(self) -> None:
        self._holder: Process | None = None

    @contextmanager
    def held_by(self, process: Process) -> Iterator[None]:
        if self._holder is not None and not self._holder.dead:
            raise StoreTrouble("Another window is posting.", books="", fix="Wait.")
        self._holder = process
        try:
            yield
        finally:
            if self._holder is process:
                self._holder = None


class WallClock(VirtualClock):
    """Virtual time, whose wall clock somebody may set."""

    offset = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.offset)


class Process:
    """One start of the program.

    Args:
        number: how many were started before, for its ids.
        clock: the simulation's.
        lock: who may post.
        lifetime: crossings until it dies; None for one that lives.
        armed: whether they count from the start, or only from its first write on.
        on_death: called once.
    """

    def __init__(
        self,
        number: int,
        clock: WallClock,
        lock: PostingLock,
        lifetime: int | None,
        on_death: Callable[[Process], None],
        *,
        armed: bool = True,
    ) -> None:
        self.clock = clock
        self.lock = lock
        self.ids = SeededIds(number)
        self.dead = False
        self.died = asyncio.get_running_loop().create_future()
        self._left = lifetime
        self.armed = armed
        self._on_death = on_death
        self._asleep_until = 0.0
        self._limbo: list[asyncio.Future[None]] = []
        self.disk_is_full: Callable[[], bool] = lambda: False
        """Whether the commit under way finds no room."""

    def kill(self) -> None:
        if self.dead:
            return
        self.dead = True
        self._on_death(self)
        if not self.died.done():
            self.died.set_result(None)

    def freeze(self, seconds: float) -> None:
        """The lid of the laptop is shut; the world goes on."""
        self._asleep_until = self.clock.monotonic() + seconds

    async def cross(self) -> None:
        """Pass between the process and the world: here it may die, or stand still."""
        self._count()
        await self.wake()

    async def wake(self) -> None:
        asleep = self._asleep_until - self.clock.monotonic()
        if asleep > 0 and not self.dead:
            await self.clock.sleep(asleep)
        if self.dead:
            for_ever = asyncio.get_running_loop().create_future()
            self._limbo.append(for_ever)  # else the collector would unwind who waits for it
            await for_ever

    def store_crossed(self) -> None:
        """As `cross`, for the store, whose calls are inline."""
        self._count()
        self.insist_alive()

    def insist_alive(self) -> None:
        if self.dead:
            raise Died

    def _count(self) -> None:
        if self._left is None or self.dead or not self.armed:
            return
        self._left -= 1
        if self._left <= 0:
            self.kill()


def _full() -> sqlite.dbapi.Error:
    error = sqlite.dbapi.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite.dbapi.SQLITE_FULL
    return error


class ProcessClock:
    """A process's own sight of the time: the dead wait for ever."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def now(self) -> datetime:
        return self._process.clock.now()

    def monotonic(self) -> float:
        return self._process.clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._process.clock.sleep(seconds)
        await self._process.wake()


class ProcessCache(Cache):
    """The real store, opened by a process that may die before or after any commit."""

    def __init__(self, process: Process, disk: Disk) -> None:
        self.path = disk.path
        self.clock = ProcessClock(process)
        self.ids = process.ids
        self.process = process
        self.read_only = False
        self._disk = disk
        self._writer, self._readers = disk.writer, disk.readers
        self._writing = threading.Lock()
        self._writing_thread = None
        self._commits = 0
        self.notice_restore()

    def reader(self) -> sqlite.Connection:
        return self._disk.raw()

    @contextmanager
    def write(self) -> Iterator[Session]:
        process = self.process
        process.insist_alive()
        with super().write() as session:
            yield session
            process.store_crossed()  # dying here rolls back
            if process.disk_is_full():
                raise _full()
        process.store_crossed()  # dying here keeps it

    @contextmanager
    def read(self) -> Iterator[Session]:
        self.process.insist_alive()
        with super().read() as session:
            yield session

    @contextmanager
    def posting_lock(self) -> Iterator[None]:
        with self.process.lock.held_by(self.process):
            yield
