"""Run the simulation over many seeds, on all cores.

python -m tests.sim 5000             seeds 0 to 4999, over the world matrix
python -m tests.sim 100 --from 5000  the next hundred
python -m tests.sim 1 --from 4711    one seed, with its event log
python -m tests.sim 200 --mutants    the first seed that catches each mutant
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import subprocess
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.sim.mutants import MUTANTS, first_seed
from tests.sim.simulation import Report, simulate

Outcome = tuple[int, Report | None, str]
_TELL_EVERY = 60.0
"""Seconds between two lines that say how far it is."""
_AT_ONCE = 20
"""Seeds that a core takes together, and after which it collects its garbage."""


def run_one(seed: int) -> Outcome:
    """One seed: its report, or how the program fell over."""
    try:
        return seed, simulate(seed), ""
    except Exception:  # noqa: BLE001 - one seed must not end a campaign
        return seed, None, traceback.format_exc()


def _run_some(seeds: range) -> list[Outcome]:
    found = [run_one(seed) for seed in seeds]
    gc.collect()
    return found


def _begin_core() -> None:
    """What was imported is never garbage: no collection needs to look at it."""
    gc.collect()
    gc.freeze()
    gc.disable()


def reports(seeds: range, cores: int) -> Iterator[Outcome]:
    """All seeds, as they get ready."""
    parts = [seeds[start : start + _AT_ONCE] for start in range(0, len(seeds), _AT_ONCE)]
    with multiprocessing.get_context("spawn").Pool(cores, _begin_core) as pool:
        for some in pool.imap_unordered(_run_some, parts):
            yield from some
        pool.close()
        pool.join()


class Campaign:
    """What many seeds came to."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()
        self.worlds: set[str] = set()
        self.hours = 0.0
        self.failed: list[str] = []
        self._began = time.perf_counter()

    def add(self, seed: int, report: Report | None, fell: str) -> None:
        """Count a seed; one that failed is kept for the end, and ends nothing."""
        self.sums["seeds"] += 1
        if report is None:
            self.sums["fell over"] += 1
            self._fail(f"seed {seed} fell over:\n{fell}")
            return
        wrong = report.judgement
        self.hours += report.hours
        self.worlds.add(report.world)
        self.sums.update(
            starts=report.starts,
            crashes=report.crashes,
            restores=report.restores,
            postings=report.postings,
            faults=report.faults.total(),
            duplicates=len(wrong.twice),
            lost=len(wrong.lost),
            untied=len(wrong.untied),
            broken=len(wrong.broken),
        )
        if not report.good:
            self._fail(f"seed {seed} ({report.world}): {'; '.join(wrong.lines())}")

    def line(self, cores: int) -> str:
        """Return all of it in one line."""
        sums = self.sums
        tie = "totals tie" if not sums["untied"] else f"{sums['untied']} totals do not tie"
        rest = "".join(f", {sums[one]} {one}" for one in ("broken", "fell over") if sums[one])
        rate = sums["seeds"] / (time.perf_counter() - self._began)
        return (
            f"{sums['seeds']} seeds in {len(self.worlds)} worlds, {self.hours:.0f} virtual hours,"
            f" {sums['starts']} starts, {sums['crashes']} crashes, {sums['restores']} restores,"
            f" {sums['faults']} faults, {sums['postings']} postings:"
            f" {sums['duplicates']} duplicates, {sums['lost']} lost, {tie}{rest};"
            f" {rate:.1f} seeds/s on {cores} cores; version {version()}"
        )

    def _fail(self, what: str) -> None:
        self.failed.append(what)
        print(what, flush=True)


def version() -> str:
    """Return which state of the program this is, as git calls it."""
    asked = ["git", "describe", "--always", "--dirty"]
    try:
        told = subprocess.run(
            asked, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()


def campaign(seeds: range, cores: int) -> bool:
    """Run seeds, say now and then how far it is, and end with one line; True if all is well."""
    found = Campaign()
    told = time.perf_counter()
    for outcome in reports(seeds, cores):
        found.add(*outcome)
        if time.perf_counter() - told > _TELL_EVERY:
            told = time.perf_counter()
            print(f"so far: {found.line(cores)}", flush=True)
    if found.failed:
        print(f"{len(found.failed)} seeds failed:", *found.failed, sep="\n")
    print(found.line(cores), flush=True)
    return not found.failed


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.sim",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("seeds", type=int, help="how many")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--cores", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--mutants", action="store_true", help="hunt the mutants")
    args = parser.parse_args()
    seeds = range(args.first, args.first + args.seeds)
    if args.mutants:
        found = {name: first_seed(name, seeds) for name in MUTANTS}
        for name, seed in found.items():
            print(f"{name}: {'survives' if seed is None else f'caught by seed {seed}'}")
        return int(None in found.values())
    if args.seeds == 1:
        report = simulate(args.first)
        print(*report.events, report, sep="\n")
        return int(not report.good)
    return int(not campaign(seeds, args.cores))
