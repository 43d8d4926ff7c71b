"""When calls may leave: places in one line, given in the order of asking.

Pure: no clock and no waiting. A place is an instant in seconds of whatever clock the
caller uses. The pace keeps the minute: one place every `gap` seconds on average. The
spacing keeps the second: what was lost to a late wake-up is caught up a little faster,
never in a bunch, because the way to QuickBooks bunches calls up by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

MINUTE = 60.0
SECOND = 1.0
BURST = 4
"""Calls that may leave at the spacing before the pace holds: three catch up on lost time."""
GRACE = 0.05
"""Seconds after its place at which a call may still leave; the second is that much longer."""
BUNCHED = 0.055
"""Seconds by which the way may bring calls together; the second is that much longer, too."""
LATE = 0.3
"""Seconds after which a place that was missed is lost; the minute is that much longer."""
KEPT = 32
"""Newest places that are remembered; three times as many as QuickBooks allows in a second."""


@dataclass(frozen=True, slots=True)
class Rules:
    """One place in every `gap` seconds on average, `spacing` apart for up to `burst` of them.

    So any `window` seconds hold at most `quota`.
    """

    gap: float
    burst: int
    spacing: float
    window: float
    quota: int

    @classmethod
    def of(cls, minute_quota: int, second_quota: int) -> Rules:
        """The rules that keep both quotas also when each call leaves up to `LATE` too late.

        A second that holds more than `KEPT` (only the practice company has such limits) is
        kept on average.
        """
        burst = min(BURST, 1 + minute_quota // 50)
        quota = min(second_quota, KEPT)
        window = (SECOND + GRACE + BUNCHED) * quota / second_quota
        return cls(
            gap=(MINUTE + LATE) / (minute_quota - burst + 1),
            burst=burst,
            spacing=window / quota,
            window=window,
            quota=quota,
        )


@dataclass(slots=True)
class Schedule:
    """The places that were given."""

    due: float = float("-inf")
    """When the pace lets the next one leave."""
    recent: list[float] = field(default_factory=list)
    """The newest places, up to `KEPT`, in order."""
    blocked_until: float = float("-inf")
    """QuickBooks asked everybody to wait until then."""

    def next(self, now: float, rules: Rules) -> float:
        """The earliest place that is free, behind all that were given."""
        return max(now, self.due, *(last + rules.spacing for last in self.recent[-1:]))

    def add(self, place: float, rules: Rules) -> None:
        """Give a place."""
        self.due = max(self.due, place - rules.gap * (rules.burst - 1)) + rules.gap
        self.recent = [*self.recent, place][-KEPT:]

    def remove(self, place: float, rules: Rules) -> None:
        """Take back a place at which nobody left; it is lost if another stands behind it."""
        if self.recent[-1:] == [place]:
            self.recent.pop()
            self.due -= rules.gap

    def may_move(self, place: float, now: float, rules: Rules) -> bool:
        """Whether who missed a place may leave now instead, past those who stand behind."""
        moved = self._moved(place, now)
        later = islice(moved, rules.quota, None)
        return all(last - first >= rules.window for first, last in zip(moved, later, strict=False))

    def move(self, place: float, now: float) -> None:
        """Leave now instead of at a place that was missed."""
        self.recent = self._moved(place, now)

    def block(self, until: float) -> None:
        """Nobody leaves before an instant."""
        self.blocked_until = max(self.blocked_until, until)

    def _moved(self, place: float, now: float) -> list[float]:
        others = list(self.recent)
        if place in others:
            others.remove(place)
        return sorted([*others, now])


def take_place(
    lines: Sequence[Schedule], now: float, rules: Rules, missed: float | None = None
) -> float | None:
    """Give the next place that is free in every one of some schedules.

    Args:
        lines: the schedules; all of them are changed.
        now: the instant.
        rules: what every schedule has to keep.
        missed: a place that was given before and could not be used.

    Returns:
        The instant at which the call may leave; None if all must wait for QuickBooks first.
    """
    blocked = any(line.blocked_until > now for line in lines)
    if missed is not None:
        in_reach = not blocked and now - missed <= LATE
        if in_reach and all(line.may_move(missed, now, rules) for line in lines):
            for line in lines:
                line.move(missed, now)
            return now
        for line in lines:
            line.remove(missed, rules)
    if blocked:
        return None
    place = max(line.next(now, rules) for line in lines)
    for line in lines:
        line.add(place, rules)
    return place
