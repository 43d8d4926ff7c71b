"""Where the processes of a campaign die, and the count of it."""

from __future__ import annotations

import os
import random
import select
import signal
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.campaigns.launcher import Ended
from tests.campaigns.life import Life
from tests.campaigns.points import Order

KILLS: dict[str, int] = {
    "refresh": 3,
    "setting": 1,
    "choice": 2,
    "test": 4,
    "bulk": 14,
    "restored": 4,
    "refresh again": 4,
    "test again": 3,
    "void": 3,
    "change": 4,
    "second bulk": 8,
    "unsync": 1,
    "link again": 2,
    "last refresh": 2,
}
"""At most so many processes die in each stage of a life."""
RANDOM_EACH = 5
"""Every so many kills one comes at a random moment."""
AT_ONCE = 6
"""A process is told so many of the points at which fewest have died; the first one counts."""
LONGEST = 0.9
"""Seconds within which a random moment lies."""


class Hunt:
    """Kills at the points at which fewest have died so far.

    Args:
        folder: for the traces.
        chance: decides what is left open.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder = folder
        self._chance = chance
        self._wanted = 0
        self._left: dict[str, int] = {}
        self._known: dict[tuple[str, str], set[str]] = {}
        self._missed: Counter[str] = Counter()
        self.killed: Counter[str] = Counter()
        """Deaths by point."""
        self.at_random = 0
        self.most_in_one = 0
        """Deaths in one and the same stage of a life."""
        self.starts = 0
        self.reached: set[str] = set()

    @property
    def kills(self) -> int:
        return self.killed.total() + self.at_random

    def next_life(self, kills: int, stages: Iterable[str] = KILLS) -> None:
        """Begin another company, with at most so many kills in all from the first one on."""
        self._wanted = kills
        self._left = {stage: KILLS[stage] for stage in stages}

    def run(self, life: Life, stage: str, words: Sequence[str]) -> Ended:
        """Run a command of a life, and kill it if this is a stage's turn."""
        self.starts += 1
        if self.kills >= self._wanted or self._left.get(stage, 0) <= 0:
            return self._watched(life, stage, words, None)
        if (self.kills + 1) % RANDOM_EACH == 0:
            return self._at_random(life, stage, words)
        return self._watched(life, stage, words, self._order(stage, words))

    def _order(self, stage: str, words: Sequence[str]) -> Order:
        known = self._known.get((stage, words[0])) or self._elsewhere(words[0])
        ranked = sorted(known, key=self._rank)
        return Order(tuple(ranked[:AT_ONCE]), self._chance.choice((1, 1, 1, 2, 3)), signal.SIGKILL)

    def _elsewhere(self, command: str) -> set[str]:
        """What this command has reached in other stages."""
        return {
            point
            for (_, known), points in self._known.items()
            if known == command
            for point in points
        }

    def _rank(self, point: str) -> tuple[float, float]:
        """Fewest deaths first; a point that is waited for in vain moves back, too."""
        return self.killed[point] + self._missed[point] / 4, self._chance.random()

    def _watched(self, life: Life, stage: str, words: Sequence[str], order: Order | None) -> Ended:
        trace = self._folder / f"{self.starts}.trace"
        ended = life.run(*words, order=order, trace=trace)
        points = self._heard(stage, words, trace)
        if ended.killed:
            self.killed[points[-1]] += 1
            self._died(stage)
        elif order is not None:
            self._missed.update(order.points)
        return ended

    def _at_random(self, life: Life, stage: str, words: Sequence[str]) -> Ended:
        trace = self._folder / f"{self.starts}.trace"
        pid = life.start(words, trace=trace)
        select.select([], [], [], self._chance.uniform(0.02, LONGEST))
        os.kill(pid, signal.SIGKILL)
        ended = life.launcher.wait(pid)
        self._heard(stage, words, trace)
        if ended.killed:
            self.at_random += 1
            self._died(stage)
        return ended

    def _heard(self, stage: str, words: Sequence[str], trace: Path) -> list[str]:
        """The points that a process reached, in order."""
        points = trace.read_text().split() if trace.exists() else []
        trace.unlink(missing_ok=True)
        self.reached.update(points)
        self._known.setdefault((stage, words[0]), set()).update(points)
        return points

    def _died(self, stage: str) -> None:
        self._left[stage] -= 1
        self.most_in_one = max(self.most_in_one, KILLS[stage] - self._left[stage])
