"""The practice company's clock: real time plus whatever a test moved it by.

It may run faster, so that a rehearsal of an hour takes minutes: limits, latencies and
the life of tokens all shrink alike. The sandbox judges the client, so it shares no clock
with it; `POST /sandbox/clock` moves this one to provoke expired tokens, forgotten request
ids and new months.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")
"""QBO's servers speak Pacific time whatever the company's own zone (qbo-facts W1)."""


class SandboxClock:
    """Instants in UTC; never runs backwards on its own."""

    def __init__(self, source: Callable[[], datetime] | None = None, *, speed: float = 1.0) -> None:
        """Take where the time comes from, and how many times as fast it passes here."""
        true = source or (lambda: datetime.now(UTC))
        self._source = true if speed == 1 else _faster(true, speed)
        self._speed = speed
        self._moved = timedelta()

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return self._source() + self._moved

    def advance(self, seconds: float) -> None:
        """Move the clock by `seconds`."""
        self._moved += timedelta(seconds=seconds)

    @property
    def moved(self) -> float:
        """Seconds the clock was moved by so far."""
        return self._moved.total_seconds()

    def reset(self) -> None:
        """Show the real time again."""
        self._moved = timedelta()

    def monotonic(self) -> float:
        """Seconds from an arbitrary start, moved along with the clock."""
        return time.monotonic() * self._speed + self._moved.total_seconds()

    async def sleep(self, seconds: float) -> None:
        """Wait really: latency is felt by the client, not simulated."""
        if seconds > 0:
            await asyncio.sleep(seconds / self._speed)


def _faster(source: Callable[[], datetime], speed: float) -> Callable[[], datetime]:
    start = source()
    return lambda: start + (source() - start) * speed


def pacific(instant: datetime) -> str:
    """Return an instant as MetaData carries it: whole seconds, Pacific offset."""
    return instant.astimezone(PACIFIC).isoformat(timespec="seconds")


def pacific_millis(instant: datetime) -> str:
    """Return an instant as the envelope's `time` carries it: milliseconds, Pacific offset."""
    return instant.astimezone(PACIFIC).isoformat(timespec="milliseconds")
