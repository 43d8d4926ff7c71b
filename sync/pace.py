"""How fast a run goes, how long it still takes, and why it stands still.

QuickBooks' 429 and a line that is down hold up everybody, not one posting; the
waits live here.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from sync.outcome import Judgement, Verdict
from sync.settings import EngineSettings
from sync.words import fault_words

_MINUTE = timedelta(seconds=60)
_FIRST_WAIT = 2.0
_TELLING = 10
"""Postings settled in the first minute before their rate is believed."""
_LONGEST_WAIT = 60.0


class Pace:
    """The run's speedometer and its brakes."""

    def __init__(self, settings: EngineSettings, started_at: datetime) -> None:
        self._settings = settings
        self._started_at = started_at
        self._finished: deque[datetime] = deque()
        self._calls: deque[tuple[datetime, int]] = deque()
        self._in_a_row = 0
        self.not_before: datetime | None = None
        """Nothing new is started before this instant."""
        self._why = ""
        self.stop_because = ""
        """Why the run must stop; empty while it need not."""

    def wrote(self, now: datetime) -> None:
        """Note a posting that was settled."""
        self._finished.append(now)
        self._in_a_row = 0

    def slowed(self, judgement: Judgement, now: datetime) -> None:
        """Take in what held a posting up: wait, wait longer, or stop."""
        if judgement.verdict is Verdict.STOP:
            self.stop_because = _stop_words(judgement)
            return
        if judgement.retry_after is not None:
            self.hold_until(
                now + timedelta(seconds=judgement.retry_after), "QuickBooks asks us to wait"
            )
            return
        self._in_a_row += 1
        if self._in_a_row > self._settings.connect_rounds * self._settings.in_flight:
            self.stop_because = (
                "QuickBooks cannot be reached. Nothing is lost: what was not sent stays"
                " pending, and the sync goes on when you start it again."
            )
            return
        rounds = self._in_a_row // self._settings.in_flight
        wait = min(_FIRST_WAIT * 2.0**rounds, _LONGEST_WAIT)
        self.hold_until(now + timedelta(seconds=wait), "QuickBooks cannot be reached, trying again")

    def may_start(self, now: datetime) -> bool:
        """Whether something new may be started."""
        return self.not_before is None or now >= self.not_before

    def waiting(self, now: datetime, throttled_for: float) -> str:
        """Why nothing moves, in words; empty when it does."""
        if self.not_before is not None and now < self.not_before:
            return f"{self._why}, {_seconds(self.not_before - now)} s"
        if throttled_for > 1:
            return f"QuickBooks asks us to wait, {int(throttled_for)} s"
        return ""

    def per_minute(self, now: datetime) -> int:
        """Postings settled in the last minute, scaled up during the first one."""
        while self._finished and now - self._finished[0] > _MINUTE:
            self._finished.popleft()
        passed = (now - self._started_at).total_seconds()
        if passed >= 60 or passed < 2:
            return len(self._finished)
        return int(len(self._finished) * 60 / passed)

    def calls(self, now: datetime, so_far: int) -> int:
        """Calls within the last minute, of `so_far` that were counted until `now`."""
        while self._calls and now - self._calls[0][0] > _MINUTE:
            self._calls.popleft()
        if not self._calls or so_far != self._calls[-1][1]:
            self._calls.append((now, so_far))
        return so_far - self._calls[0][1]

    def seconds_left(self, now: datetime, writes_left: int) -> int | None:
        """How long the rest takes at this rate; None if nobody can say.

        The first invoice goes alone, so the first few say nothing about the rest.
        """
        rate = self.per_minute(now)
        early = len(self._finished) < _TELLING and now - self._started_at < _MINUTE
        return None if rate == 0 or early else -(-writes_left * 60 // rate)

    def hold_until(self, until: datetime, why: str) -> None:
        """Start nothing before an instant; `why` is said while it lasts."""
        if self.not_before is None or until > self.not_before:
            self.not_before, self._why = until, why


def _seconds(span: timedelta) -> int:
    return max(int(span.total_seconds()), 1)


_OTHER_STOPS = frozenset({"100", "110", "120", "3201", "3202"})
"""Sign-ins that are refused for another reason than an expired token."""


def _stop_words(judgement: Judgement) -> str:
    if judgement.code == "6190":
        return (
            "QuickBooks takes no new records from this company: its subscription has ended"
            " or is on hold. What was posted stays; the rest is not sent."
        )
    if judgement.status == 403:
        return (
            "QuickBooks does not let us into this company: the connection is for another"
            " company or was taken away. What was posted stays; connect again."
        )
    if judgement.code in _OTHER_STOPS:
        words = fault_words(judgement.code, judgement.text)
        return f"{words.what} {words.fix} What was posted stays; the rest is not sent."
    return (
        "QuickBooks no longer accepts our connection: connect again. What was posted stays;"
        " the rest is not sent."
    )
