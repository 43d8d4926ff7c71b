"""Keeps all calls to one company below QuickBooks' limits.

QuickBooks allows 500 requests a minute and 10 a second per company, and answers
429 above that, after which everybody waits. Calls leave here in the order in which
they asked, also those of other processes on this machine: spread evenly, because the
network bunches up what leaves together, and never more than the limits in any minute or
second that one cares to look at. What other machines send cannot be seen; for that there
is the 429.

Batches have a limit of their own (40 a minute): a second lane would be a second
schedule with its own rules, whose calls take a place in this one too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from connectors.qbo.metering import MonthlyReads
from connectors.qbo.schedule import GRACE, Rules, Schedule, take_place
from connectors.qbo.shared_schedule import Busy, SharedSchedule
from core.clock import Clock

LONGEST_SHARED_BLOCK = 600.0
"""Seconds; a longer wait is not left to others in the file: they ask for themselves."""
_PATIENCE = 0.5
"""Seconds to try for the shared schedule; only a process stopped in its middle takes longer."""
_BUSY_WAIT = 0.002
_UNSEEN = 10.0
"""Seconds without another try after that."""
_SHORTEST_WAIT = 0.001
"""Seconds; a shorter sleep may not move a clock of floating point at all."""

_log = logging.getLogger(__name__)
_Lines: TypeAlias = tuple[Schedule, ...]
"""Every schedule in which a call needs a place: our own, and the shared one if it can be had."""
_T = TypeVar("_T")


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

    @property
    def rules(self) -> Rules:
        """What the quotas come to where every call of this machine is seen."""
        return Rules.of(self.minute_quota, self.second_quota)

    @property
    def rules_unseen(self) -> Rules:
        """Half of it, for a process that cannot see whether another is calling too."""
        return Rules.of(max(self.minute_quota // 2, 1), max(self.second_quota // 2, 1))


@dataclass(slots=True)
class Counts:
    """What was sent since the start; `metered` are reads, which Intuit counts by the month."""

    calls: int = 0
    metered: int = 0
    throttled: int = 0


class Throttle:
    """Lets calls leave one by one; shared by everything that talks to one company.

    Args:
        clock: its monotonic time is that of every process that shares the schedule.
        limits: the ceilings.
        shared: where other processes see our calls and we theirs; None: there are none.
        reads: where metered reads are counted by the month; None: nowhere.
    """

    def __init__(
        self,
        clock: Clock,
        limits: Limits | None = None,
        shared: SharedSchedule | None = None,
        reads: MonthlyReads | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.counts = Counts()
        self._clock = clock
        self._own = Schedule()
        self._shared = shared
        self._reads = reads
        self._rules = self.limits.rules
        self._unseen = self.limits.rules_unseen
        self._try_again_at = float("-inf")
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
                await self._leave()
            self.counts.calls += 1
            self.counts.metered += metered
            if metered and self._reads is not None:
                self._reads.add(self._clock.now())
            yield

    async def refused(self, retry_after: float | None) -> None:
        """QuickBooks answered 429: nobody sends for that many seconds."""
        self.counts.throttled += 1
        wait = self.limits.wait_after_429 if retry_after is None else retry_after
        self._own.block(self._clock.monotonic() + wait)

        def tell(lines: _Lines, now: float, rules: Rules) -> None:
            for line in lines:
                line.block(now + min(wait, LONGEST_SHARED_BLOCK))

        await self._change(tell)

    @property
    def blocked_for(self) -> float:
        """Seconds until calls may leave again after a 429; 0 when nobody is held up."""
        return max(self._own.blocked_until - self._clock.monotonic(), 0.0)

    async def _leave(self) -> None:
        """Return at a moment at which one call may leave, and no other has taken."""
        missed: float | None = None
        while True:
            while (wait := self.blocked_for) > 0:
                await self._clock.sleep(max(wait, _SHORTEST_WAIT))
            place = await self._take(missed)
            if place is None:
                missed = None
                continue
            on_time = False
            try:
                on_time = await self._wait_for(place)
            except asyncio.CancelledError:
                self._give_back(place)
                raise
            if on_time:
                return
            missed = place

    async def _wait_for(self, place: float) -> bool:
        """Wait; False if the call may not leave any more, because it is late or all must wait."""
        if place <= self._clock.monotonic():
            return True
        while (wait := place - self._clock.monotonic()) > 0:
            await self._clock.sleep(max(wait, _SHORTEST_WAIT))
        if self._shared is not None:
            self._own.block(self._shared.blocked_until(self._clock))
        return not self.blocked_for and self._clock.monotonic() <= place + GRACE

    async def _take(self, missed: float | None) -> float | None:
        """Return the instant at which the next call may leave; None: all must wait first.

        Args:
            missed: a place that was taken before and could not be used.
        """

        def take(lines: _Lines, now: float, rules: Rules) -> float | None:
            for line in lines:
                self._own.block(line.blocked_until)
            return take_place(lines, now, rules, missed)

        return await self._change(take)

    def _give_back(self, place: float) -> None:
        """The call was given up while it waited; without waiting for the lock."""
        self._own.remove(place, self._rules)
        if self._shared is not None:
            with suppress(Busy, OSError), self._shared.changing(self._clock) as (line, _):
                line.remove(place, self._rules)

    async def _change(self, act: Callable[[_Lines, float, Rules], _T]) -> _T:
        """Change all schedules at one moment; where the shared one fails, our own at half pace."""
        now = self._clock.monotonic()
        if self._shared is None:
            return act((self._own,), now, self._rules)
        if now >= self._try_again_at:
            try:
                return await self._change_shared(self._shared, act, now + _PATIENCE)
            except (Busy, OSError) as error:
                if self._try_again_at == float("-inf"):
                    _log.warning("other processes' calls cannot be seen, half pace: %s", error)
                self._try_again_at = self._clock.monotonic() + _UNSEEN
        return act((self._own,), self._clock.monotonic(), self._unseen)

    async def _change_shared(
        self, shared: SharedSchedule, act: Callable[[_Lines, float, Rules], _T], give_up: float
    ) -> _T:
        while True:
            try:
                with shared.changing(self._clock) as (line, now):
                    done = act((self._own, line), now, self._rules)
            except Busy:
                if self._clock.monotonic() >= give_up:
                    raise
                await self._clock.sleep(_BUSY_WAIT)
            else:
                self._try_again_at = float("-inf")
                return done
