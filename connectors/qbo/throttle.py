"""Keeps all calls to one company below QuickBooks' limits.

QuickBooks allows 500 requests a minute and 10 a second per company, and answers
429 above that, after which everybody waits. Calls leave here in the order in which
they asked: spread evenly, because the network bunches up what leaves together, and
never more than the limits in any minute or second that one cares to look at.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.clock import Clock

MINUTE = 60.0
SECOND = 1.0
BURST = 3
"""Calls that may leave at once after a pause, to catch up on what a late wake-up lost."""
_SHORTEST_WAIT = 0.001
"""Seconds; a shorter sleep may not move a clock of floating point at all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """QuickBooks' ceilings for one company, and ours.

    `in_flight` is how many calls may be under way at once; `wait_after_429` is how
    long all wait after a 429 that names no time itself, in seconds.
    """

    per_minute: int = 500
    per_second: int = 10
    in_flight: int = 6
    wait_after_429: float = 60.0

    @property
    def minute_quota(self) -> int:
        """Calls that leave in any minute: 98 %, because delays on the way bunch calls up."""
        return max(self.per_minute * 98 // 100, 1)

    @property
    def second_quota(self) -> int:
        """Calls that leave in any second: one below the ceiling, which is to be kept under."""
        return max(self.per_second - 1, 1)


@dataclass(slots=True)
class Counts:
    """What was sent since the start; `metered` are reads, which Intuit counts by the month."""

    calls: int = 0
    metered: int = 0
    throttled: int = 0


class Throttle:
    """Lets calls leave one by one; shared by everything that talks to one company."""

    def __init__(self, clock: Clock, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.counts = Counts()
        self._clock = clock
        self._gates = (
            _Pace(MINUTE / self.limits.minute_quota),
            _Window(MINUTE, self.limits.minute_quota),
            _Window(SECOND, self.limits.second_quota),
        )
        self._blocked_until = float("-inf")
        self._turn = asyncio.Lock()
        self._flying = asyncio.Semaphore(self.limits.in_flight)

    @asynccontextmanager
    async def slot(self, *, metered: bool) -> AsyncIterator[None]:
        """Wait until a call may leave; it is under way until the context ends.

        Args:
            metered: the call is a read, a query, a CDC call or a report.
        """
        async with self._flying:
            async with self._turn:
                while (wait := self._wait(self._clock.monotonic())) > 0:
                    await self._clock.sleep(max(wait, _SHORTEST_WAIT))
                left_at = self._clock.monotonic()
                for gate in self._gates:
                    gate.add(left_at)
            self.counts.calls += 1
            self.counts.metered += metered
            yield

    def refused(self, retry_after: float | None) -> None:
        """QuickBooks answered 429: nobody sends for that many seconds."""
        self.counts.throttled += 1
        wait = self.limits.wait_after_429 if retry_after is None else retry_after
        self._blocked_until = max(self._blocked_until, self._clock.monotonic() + wait)

    @property
    def blocked_for(self) -> float:
        """Seconds until calls may leave again after a 429; 0 when nobody is held up."""
        return max(self._blocked_until - self._clock.monotonic(), 0.0)

    def _wait(self, now: float) -> float:
        return max(self._blocked_until - now, *(gate.wait(now) for gate in self._gates))


class _Pace:
    """One departure every `gap` seconds on average, and up to `BURST` after a pause."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._due = float("-inf")

    def wait(self, now: float) -> float:
        """Seconds until one more may leave; 0 or less: now."""
        return self._due - now

    def add(self, now: float) -> None:
        """Note a departure."""
        self._due = max(self._due, now - self._gap * (BURST - 1)) + self._gap


class _Window:
    """At most `quota` departures in any `length` seconds."""

    def __init__(self, length: float, quota: int) -> None:
        self._length = length
        self._departures: deque[float] = deque(maxlen=quota)

    def wait(self, now: float) -> float:
        """Seconds until one more may leave; 0 or less: now."""
        if len(self._departures) < (self._departures.maxlen or 0):
            return 0.0
        return self._departures[0] + self._length - now

    def add(self, now: float) -> None:
        """Note a departure; the one that no longer matters falls out at the other end."""
        self._departures.append(now)
