"""Kill -9 the real program in the middle of a bulk sync, again and again, and count.

    python -m tests.campaigns.kill --rounds 4 --seed 1

Each round is a fresh practice company: refresh, test sync, then a bulk sync that is
killed at random moments and resumed until it ends. Then QuickBooks' own ledger is
compared with Docket: nothing twice, nothing lost, every total to the cent.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.system.world import MARKED, World, doubles, mark_of, practice, standing


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to."""

    kills: int
    twice: int
    lost: int
    difference_cents: int


def kill_round(home: Path, chance: random.Random, *, invoices: int, kills: int) -> Round:
    """One company, one bulk sync, `kills` kills at random moments."""
    with practice(
        home, "--invoices", str(invoices), "--seed", str(chance.randrange(10_000))
    ) as world:
        ready(world)
        planned = world.run("preview", "--all", "--json").json()
        done = 0
        for _ in range(kills):
            if not _killed(world, chance, first=done == 0):
                break
            done += 1
        _finish(world)
        return Round(done, *_judge(world, planned))


def ready(world: World) -> None:
    """Refresh and pass a test sync."""
    assert world.run("pull").code == 0
    rows = world.run("preview", "--all", "--json").json()["invoices"]
    for row in rows:
        if row["outcome"] == "posted":
            tested = world.run("sync", "--test", f"id:{row['docket_id']}", "--yes")
            if tested.code == 0:
                return
    raise AssertionError("no invoice passed a test sync")


def _killed(world: World, chance: random.Random, *, first: bool) -> bool:
    """Start (or resume) the bulk sync and kill it; False when it ended before."""
    words = ("sync", "--all", "--yes") if first else ("sync", "--resume", "--yes")
    with world.start(*words) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the first word of the run: something is under way
        time.sleep(chance.uniform(0, 0.6))
        ended = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return not ended


def _finish(world: World) -> None:
    for _ in range(5):
        resumed = world.run("sync", "--resume", "--yes")
        if resumed.code not in {3, 130}:
            break
    world.run("sync", "--all", "--yes")


def _judge(world: World, planned: dict[str, list[dict[str, Any]]]) -> tuple[int, int, int]:
    """(twice, lost, difference in cents) by QuickBooks' own ledger and the plan's marks."""
    ledger = world.ledger()
    due = {
        mark_of(posting["body"]): posting["amount_cents"]
        for row in planned["invoices"]
        for posting in row["postings"]
        if posting["entity"] in MARKED
        and posting["operation"] == "create"
        and not posting["adopts"]
    }
    held = {
        mark_of(record): int(record["TotalAmt"] * 100)
        for entity in MARKED
        for record in standing(ledger[entity])
    }
    lost = [mark for mark in due if mark not in held]
    difference = sum(due[mark] - held[mark] for mark in due if mark in held)
    return len(doubles(ledger)), len(lost), difference


def rounds(count: int, seed: int, *, invoices: int = 150, kills: int = 5) -> Iterator[Round]:
    """`count` rounds; the same seed makes the same companies and the same moments."""
    chance = random.Random(seed)
    for _ in range(count):
        with tempfile.TemporaryDirectory(prefix="docket-qbo-kill-") as home:
            yield kill_round(Path(home), chance, invoices=invoices, kills=kills)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=5, help="at most so many in one bulk sync")
    args = parser.parse_args()
    totals = [0, 0, 0, 0]
    for number, result in enumerate(rounds(args.rounds, args.seed, kills=args.kills), 1):
        figures = (result.kills, result.twice, result.lost, result.difference_cents)
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
        print(f"round {number}: {result}", flush=True)
    print(
        f"{args.rounds} bulk syncs, {totals[0]} kills: "
        f"{totals[1]} twice, {totals[2]} lost, difference {totals[3] / 100:.2f}"
    )
    return 1 if any(totals[1:]) else 0


if __name__ == "__main__":
    sys.exit(main())
