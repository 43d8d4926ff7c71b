"""Cut the power under the store, thousands of times, and count what it forgot.

    python -m tests.campaigns.power --cuts 2000

A company's days are played with the real desk, engine and store; what SQLite was told
is replayed on a disk that loses and tears what was not synced, and cut at random
moments. Both journals that the program may choose are tried. Then the same with one
sync less than the store asks for: there commits must be lost, else the rig sees nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.power.capture import Event, Said, Synced
from tests.power.cuts import Cut, cuts
from tests.power.office import captured_days
from tests.power.replay import replay

Weaker = Callable[[list[Event]], list[Event]]


def as_said(events: list[Event]) -> list[Event]:
    """The store's own statements and settings."""
    return events


def with_synchronous(level: str) -> Weaker:
    """The same with fewer syncs."""

    def weaker(events: list[Event]) -> list[Event]:
        return [
            replace(event, statement=f"PRAGMA synchronous = {level}")
            if isinstance(event, Said) and event.statement.startswith("PRAGMA synchronous")
            else event
            for event in events
        ]

    return weaker


def without_fsync_of_the_epoch(events: list[Event]) -> list[Event]:
    """The same, with the epoch's file left to the system."""
    return [event for event in events if not isinstance(event, Synced)]


@dataclass(frozen=True, slots=True)
class Trial:
    """One way of writing."""

    name: str
    wal: bool
    weaker: Weaker = as_said

    @property
    def control(self) -> bool:
        """Whether something must go wrong here."""
        return self.weaker is not as_said


TRIALS = (
    Trial("WAL, as the store sets it", wal=True),
    Trial("rollback journal, as the store sets it", wal=False),
    Trial("control: WAL, synchronous=NORMAL", True, with_synchronous("NORMAL")),
    Trial("control: rollback journal, synchronous=FULL", False, with_synchronous("FULL")),
    Trial("control: the epoch without fsync", True, without_fsync_of_the_epoch),
)


@dataclass(frozen=True, slots=True)
class Total:
    """What a trial's cuts came to."""

    cuts: int
    operations: int
    commits: int
    bad: int
    lost: int
    intents: int
    links: int
    damaged: int
    between: int
    strange: int

    def __str__(self) -> str:
        return (
            f"{self.cuts} cuts among {self.operations} writes and syncs of {self.commits} commits:"
            f" {self.intents} intents lost, {self.links} links lost ({self.lost} commits,"
            f" in {self.bad} cuts); {self.damaged} damaged, {self.between} half-way,"
            f" {self.strange} with a misleading epoch"
        )


def run_trial(trial: Trial, count: int, *, invoices: int, days: int, seed: int) -> Total:
    """Capture, replay and cut; one trial's figures."""
    with _memory() as folder:
        (folder / "captured").mkdir()
        (folder / "replayed").mkdir()
        events = captured_days(folder / "captured", invoices, days=days, wal=trial.wal, seed=seed)
        diary = replay(trial.weaker(events), folder / "replayed")
        found = list(cuts(diary, count, seed, folder))
    return Total(
        cuts=count,
        operations=len(diary.operations),
        commits=len(diary.commits),
        bad=sum(not cut.good for cut in found),
        lost=_sum(found, "commits"),
        intents=_sum(found, "intents"),
        links=_sum(found, "links"),
        damaged=_sum(found, "damaged"),
        between=_sum(found, "between"),
        strange=_sum(found, "strange"),
    )


def _sum(found: list[Cut], name: str) -> int:
    return sum(int(getattr(cut, name)) for cut in found)


@contextmanager
def _memory() -> Iterator[Path]:
    """A folder in memory where the system has such a place: nothing here needs a real disk."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        yield Path(name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cuts", type=int, default=2000, help="in each journal; controls a tenth")
    parser.add_argument("--invoices", type=int, default=120)
    parser.add_argument(
        "--days", type=int, default=4, help="bulk syncs among which they are shared"
    )
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    wrong = False
    for trial in TRIALS:
        began = time.perf_counter()
        count = max(20, args.cuts // 10) if trial.control else args.cuts
        total = run_trial(trial, count, invoices=args.invoices, days=args.days, seed=args.seed)
        print(f"{trial.name}: {total}; {time.perf_counter() - began:.0f} s", flush=True)
        wrong |= (total.bad > 0) is not trial.control
    print("power: " + ("WRONG" if wrong else "0 committed intents lost"))
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
