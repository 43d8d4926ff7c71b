"""Counting requests: throttles per company, and the monthly meter of reads."""

from __future__ import annotations

from collections import Counter, defaultdict, deque

from sandbox.clock import SandboxClock

PER_MINUTE = 500
PER_SECOND = 10
BATCHES_PER_MINUTE = 40


class Throttle:
    """Always counts; refuses only where limits are on."""

    def __init__(self, clock: SandboxClock, *, enforced: bool) -> None:
        self.clock = clock
        self.enforced = enforced
        self.reset()

    def reset(self) -> None:
        """Forget every count."""
        self.kinds: Counter[str] = Counter()
        self.metered: Counter[str] = Counter()
        self.refused = 0
        self.most_in_a_minute = 0
        self.most_in_a_second = 0
        self._recent: defaultdict[str, deque[float]] = defaultdict(deque)
        self._batches: defaultdict[str, deque[float]] = defaultdict(deque)

    def admit(self, realm: str, kind: str) -> bool:
        """Count a request; False if it is one too many and limits are enforced."""
        now = self.clock.monotonic()
        recent, batches = self._recent[realm], self._batches[realm]
        for window in (recent, batches):
            while window and window[0] <= now - 60:
                window.popleft()
        last_second = sum(1 for moment in recent if moment > now - 1)
        over = len(recent) >= PER_MINUTE or last_second >= PER_SECOND
        over = over or (kind == "batch" and len(batches) >= BATCHES_PER_MINUTE)
        if over and self.enforced:
            self.refused += 1
            return False
        recent.append(now)
        if kind == "batch":
            batches.append(now)
        self.kinds[kind] += 1
        self.most_in_a_minute = max(self.most_in_a_minute, len(recent))
        self.most_in_a_second = max(self.most_in_a_second, last_second + 1)
        return True

    def meter(self, realm: str, monthly: int) -> bool:
        """Count a metered read of this month; False if the month's allowance is used up."""
        month = f"{realm} {self.clock.now():%Y-%m}"
        if monthly and self.metered[month] >= monthly:
            self.refused += 1
            return False
        self.metered[month] += 1
        return True
