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
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaigns.hunt import Hunt
from tests.campaigns.launcher import Launcher
from tests.campaigns.life import WORLDS, Life
from tests.campaigns.points import NAMES
from tests.campaigns.rivals import RIVALRIES
from tests.campaigns.verdict import Verdict
from tests.system.world import World, practice

INVOICES = 24
RIVALS_EACH = 250
"""The rivals meet once for every so many kills."""


@dataclass(slots=True)
class Total:
    """Verdicts, added up."""

    twice: int = 0
    lost: int = 0
    difference_cents: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        self.twice += verdict.twice
        self.lost += verdict.lost
        self.difference_cents += verdict.difference_cents
        self.wrong += verdict.wrong


@contextmanager
def company(folder: Path, seed: int) -> Iterator[tuple[World, Launcher]]:
    """A fresh practice company and a launcher of its own."""
    with tempfile.TemporaryDirectory(prefix="company-", dir=folder) as name:
        home = Path(name)
        out = home / "out"
        out.mkdir()
        words = ("--invoices", str(INVOICES), "--seed", str(seed))
        with Launcher(out) as launcher, practice(home, *words) as world:
            yield world, launcher


def survey(folder: Path, hunt: Hunt, seed: int) -> Verdict:
    """One life in which nobody is killed.

    Raises:
        AssertionError: there are points that nothing reaches.
    """
    verdict = one_life(folder, hunt, seed, "both locks", kills=0)
    missing = [point for point in NAMES if point not in hunt.reached]
    assert not missing, f"points that no process reaches: {missing}"
    return verdict


def one_life(folder: Path, hunt: Hunt, seed: int, behaviour: str, *, kills: int) -> Verdict:
    """One company's life with at most `kills` kills since the campaign began."""
    hunt.next_life(kills)
    with company(folder, seed) as (world, launcher):
        return Life(world, launcher, hunt, WORLDS[behaviour]).live()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    chance = random.Random(args.seed)
    total = Total()
    with tempfile.TemporaryDirectory(prefix="docket-qbo-kill-") as name:
        folder = Path(name)
        hunt = Hunt(folder, chance)
        total.add(survey(folder, hunt, args.seed))
        print(f"all {len(NAMES)} named points are reached", flush=True)
        lives = _lives(folder, hunt, chance, args.kills, total)
        meetings = _rivals(folder, chance, 1 + args.kills // RIVALS_EACH, total)
    print("kills by point:")
    for point in NAMES:
        print(f"  {hunt.killed[point]:4} {point}")
    for line in total.wrong:
        print(f"WRONG: {line}")
    spent = time.monotonic() - began
    print(
        f"{hunt.kills} kills: {hunt.kills - hunt.at_random} at {len(hunt.killed)} of {len(NAMES)}"
        f" named points, {hunt.at_random} at random moments, up to {hunt.most_in_one} in one bulk sync; {lives} companies, {hunt.starts}"
        f" starts, {meetings} meetings of rivals: {total.twice} duplicates, {total.lost} lost,"
        f" difference {total.difference_cents / 100:.2f}, {len(total.wrong)} other faults;"
        f" {spent / 60:.0f} min {spent % 60:.0f} s",
        flush=True,
    )
    return 1 if total.twice or total.lost or total.difference_cents or total.wrong else 0


def _lives(folder: Path, hunt: Hunt, chance: random.Random, kills: int, total: Total) -> int:
    lives = 1
    while hunt.kills < kills:
        behaviour = list(WORLDS)[lives % len(WORLDS)]
        seed = chance.randrange(10_000)
        before, began = hunt.kills, time.monotonic()
        verdict = one_life(folder, hunt, seed, behaviour, kills=kills)
        total.add(verdict)
        lives += 1
        print(
            f"company {lives} (seed {seed}, {behaviour}): {hunt.kills - before} kills in"
            f" {time.monotonic() - began:.0f} s, {verdict}; {hunt.kills} of {kills}",
            flush=True,
        )
    return lives


def _rivals(folder: Path, chance: random.Random, times: int, total: Total) -> int:
    for name, meet in RIVALRIES.items():
        for _ in range(times):
            seed = chance.randrange(10_000)
            with company(folder, seed) as (world, launcher):
                verdict = meet(world, launcher)
            total.add(verdict)
            print(f"{name} (seed {seed}): {verdict}", flush=True)
    return times * len(RIVALRIES)


if __name__ == "__main__":
    sys.exit(main())
