"""Kill -9 the real program at every named point and at random moments, and count.

    python -m tests.campaigns.kill --kills 1000 --seed 1

A life (`life`) is a fresh practice company from its first refresh over tests, bulk
syncs, a restored backup and a void to its last sync. In the first life nobody is
killed: it proves that every named point (`points`) is reached at all, else the
campaign fails. Then lives follow, each in the next of three worlds, until there were
enough kills. After each one QuickBooks' own books are compared with the plans. At the
end come the stopped process, the rival processes and the rival caches (`rivals`).
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaigns.hunt import KILLS, Hunt
from tests.campaigns.launcher import Launcher
from tests.campaigns.life import WORLDS, Life
from tests.campaigns.points import NAMES
from tests.campaigns.rivals import RIVALRIES
from tests.campaigns.verdict import Verdict
from tests.system.world import World, practice

INVOICES = 24
LATE = ("restored", "second bulk", "link again")
"""Stages in which a survey may kill: enough is known by then, and enough is still to come."""
RIVALS_EACH = 250
"""The rivals meet once for every so many kills."""


@dataclass(slots=True)
class Total:
    """Verdicts, added up."""

    twice: int = 0
    lost: int = 0
    difference_cents: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not (self.twice or self.lost or self.difference_cents or self.wrong)

    def add(self, verdict: Verdict) -> None:
        self.twice += verdict.twice
        self.lost += verdict.lost
        self.difference_cents += verdict.difference_cents
        self.wrong += verdict.wrong


@contextmanager
def company(seed: int) -> Iterator[World]:
    """A fresh practice company."""
    words = ("--invoices", str(INVOICES), "--seed", str(seed))
    with (
        tempfile.TemporaryDirectory(prefix="docket-qbo-company-") as home,
        practice(Path(home), *words) as world,
    ):
        yield world


class Campaign:
    """Lives and meetings, one after the other, and what they come to.

    Args:
        launcher: starts every process but the servers.
        folder: for traces.
        seed: the same one makes the same companies and the same choices of points.
    """

    def __init__(self, launcher: Launcher, folder: Path, seed: int) -> None:
        self._launcher = launcher
        self._chance = random.Random(seed)
        self.hunt = Hunt(folder, self._chance)
        self.total = Total()
        self.lives = 0
        self.meetings = 0

    def survey(self, kills: int = 0) -> Verdict:
        """One life in which every point has to be reached; kills come late in it, if any.

        Raises:
            AssertionError: there are points that nothing reaches.
        """
        verdict = self.life("both locks", kills=kills, stages=LATE)
        missing = [point for point in NAMES if point not in self.hunt.reached]
        assert not missing, f"points that no process reaches: {missing}"
        return verdict

    def life(self, behaviour: str, *, kills: int, stages: Iterable[str] = KILLS) -> Verdict:
        """One company's life, with at most `kills` kills since the campaign began."""
        before, began = self.hunt.kills, time.monotonic()
        self.hunt.next_life(kills, stages)
        seed = self._chance.randrange(10_000)
        with company(seed) as world:
            verdict = Life(world, self._launcher, self.hunt, WORLDS[behaviour]).live()
        self.total.add(verdict)
        self.lives += 1
        print(
            f"company {self.lives} (seed {seed}, {behaviour}): {self.hunt.kills - before} kills in"
            f" {time.monotonic() - began:.0f} s, {verdict}; {self.hunt.kills} of {kills}",
            flush=True,
        )
        return verdict

    def meeting(self, name: str) -> Verdict:
        """One meeting of rivals."""
        seed = self._chance.randrange(10_000)
        with company(seed) as world:
            verdict = RIVALRIES[name](world, self._launcher)
        self.total.add(verdict)
        self.meetings += 1
        print(f"{name} (seed {seed}): {verdict}", flush=True)
        return verdict

    def run(self, kills: int) -> None:
        """A survey, lives in all worlds until there were enough kills, then the rivals."""
        self.survey()
        print(f"all {len(NAMES)} named points are reached", flush=True)
        for behaviour in itertools.cycle(WORLDS):
            if self.hunt.kills >= kills:
                break
            self.life(behaviour, kills=kills)
        for name in RIVALRIES:
            for _ in range(1 + kills // RIVALS_EACH):
                self.meeting(name)

    def report(self) -> str:
        """Kills by point, and the figures in the last line."""
        hunt, total = self.hunt, self.total
        lines = [f"{hunt.killed[point]:6} {point}" for point in NAMES]
        lines += [f"WRONG: {one}" for one in total.wrong]
        figures = (
            f"{hunt.kills} kills: {hunt.kills - hunt.at_random} at {len(hunt.killed)} of"
            f" {len(NAMES)} named points, {hunt.at_random} at random moments, up to"
            f" {hunt.most_in_one} in one bulk sync; {self.lives} companies, {hunt.starts} starts,"
            f" {self.meetings} meetings of rivals: {total.twice} duplicates, {total.lost} lost,"
            f" difference {total.difference_cents / 100:.2f}, {len(total.wrong)} other faults"
        )
        return "\n".join(["kills by point:", *lines, figures])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="docket-qbo-kill-") as folder,
        Launcher(Path(folder)) as launcher,
    ):
        campaign = Campaign(launcher, Path(folder), args.seed)
        campaign.run(args.kills)
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    print(f"{campaign.report()}; {minutes} min {seconds} s", flush=True)
    return 0 if campaign.total.right else 1


if __name__ == "__main__":
    sys.exit(main())
