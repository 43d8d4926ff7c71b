"""One schedule for all processes of this machine that call the same company.

A small file under a kernel lock. The lock goes with its holder, so nobody who is killed
leaves it behind; it is held for microseconds and never waited for. Times are those of
the machine's monotonic clock, which all processes share and nobody can set. It begins
anew with the machine: what was written "later than now" is from before that, and from a
damaged file nothing is believed at all. Then the pace alone goes on, which needs no
memory to be kept.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.qbo.schedule import KEPT, Schedule
from core.clock import Clock

_LAYOUT = struct.Struct(f"<8s3dI{KEPT}d")
_SUM = struct.Struct("<I")
_SIZE = _LAYOUT.size + _SUM.size
_NAME = b"docketQ1"
_TOLERANCE = 1.0
"""Seconds by which two readings of one clock may differ."""


class Busy(Exception):
    """Another process holds the lock; it will not for long."""


class SharedSchedule:
    """The schedule in a file.

    Args:
        path: the same for every process that calls this company. Made when it is missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def changing(self, clock: Clock) -> Iterator[tuple[Schedule, float]]:
        """Hold the schedule alone; yields it and the time, and writes it back. Does not wait.

        Raises:
            Busy: another process holds it.
            OSError: the file cannot be used.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(f"{self._path}.lock", blocking=False, thread_local=False)
        try:
            lock.acquire()
        except Timeout as error:
            raise Busy("another process holds it") from error
        try:
            now = clock.monotonic()
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                schedule = _read(os.read(descriptor, _SIZE), now)
                yield schedule, now
                os.lseek(descriptor, 0, os.SEEK_SET)
                os.write(descriptor, _written(schedule, now))
            finally:
                os.close(descriptor)
        finally:
            lock.release()

    def blocked_until(self, clock: Clock) -> float:
        """When calls may leave again after a 429 that any process got; read without the lock."""
        try:
            return _read(self._path.read_bytes(), clock.monotonic()).blocked_until
        except OSError:
            return float("-inf")

    def is_whole(self) -> bool:
        """Whether the file is as it was written; also where there is none."""
        try:
            return _is_whole(self._path.read_bytes())
        except FileNotFoundError:
            return True
        except OSError:
            return False


def _is_whole(content: bytes) -> bool:
    summed = _SUM.pack(zlib.crc32(content[: _LAYOUT.size]))
    return len(content) == _SIZE and summed == content[-_SUM.size :] and content.startswith(_NAME)


def _read(content: bytes, now: float) -> Schedule:
    """What the file says, or a fresh schedule that starts at the pace, without a burst."""
    if not _is_whole(content):
        return Schedule(due=now)
    _, written_at, due, blocked_until, count, *places = _LAYOUT.unpack_from(content)
    if written_at > now + _TOLERANCE:
        return Schedule(due=now)
    return Schedule(due, places[:count], blocked_until)


def _written(schedule: Schedule, now: float) -> bytes:
    places = schedule.recent + [0.0] * (KEPT - len(schedule.recent))
    count = len(schedule.recent)
    content = _LAYOUT.pack(_NAME, now, schedule.due, schedule.blocked_until, count, *places)
    return content + _SUM.pack(zlib.crc32(content))
