"""The clock: the only place that knows what time it is and how to wait.

Everything else takes a `Clock`, so that the engine runs under a simulated one.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Time and waiting, as a port."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary start that never go back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait without blocking the event loop."""
        ...


class SystemClock:
    """The real clock; all processes of a machine see the same monotonic time."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from an arbitrary start that never go back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait without blocking the event loop."""
        await asyncio.sleep(seconds)


def today(clock: Clock, time_zone: str) -> date:
    """The date at the company (CompanyInfo.DefaultTimeZone); books know no other "today"."""
    from zoneinfo import ZoneInfo  # not before the first picture

    return clock.now().astimezone(ZoneInfo(time_zone)).date()


def iso(instant: datetime) -> str:
    """Return an aware instant as UTC text, `2026-11-23T01:02:03.000004Z`.

    The cache keeps instants in this form: it sorts as text and reads the same everywhere.
    """
    at = instant.astimezone(UTC).replace(tzinfo=None)
    return f"{at.isoformat(timespec='microseconds')}Z"


def parse_instant(text: str) -> datetime:
    """Read ISO 8601 text with an offset or `Z` as an aware UTC instant.

    Raises:
        ValueError: it is not ISO 8601, or it has no offset.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"an instant without an offset: {text!r}")
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def duration(seconds: int) -> str:
    """Return a span of time for a person: `40 s`, `3 min 05 s`, `1 h 20 min`."""
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    return f"{minutes // 60} h {minutes % 60:02d} min"
