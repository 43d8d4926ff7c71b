"""Run the simulation over many seeds, on all cores.

python -m tests.sim 5000            seeds 0 to 4999, over the world matrix
python -m tests.sim 1 --from 4711   one seed, with its event log
python -m tests.sim 200 --mutants   the first seed that catches each mutant
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
import traceback
from collections import Counter
from collections.abc import Iterator

from tests.sim.mutants import MUTANTS, first_seed
from tests.sim.simulation import Report, simulate


def run_one(seed: int) -> tuple[int, Report | None, str]:
    """One seed: its report, or how the program fell over."""
    try:
        return seed, simulate(seed), ""
    except Exception:  # noqa: BLE001 - one seed must not end a campaign
        return seed, None, traceback.format_exc()


def reports(seeds: range, cores: int) -> Iterator[tuple[int, Report | None, str]]:
    """All seeds, as they get ready."""
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        yield from pool.imap_unordered(run_one, seeds, chunksize=4)


def campaign(seeds: range, cores: int) -> bool:
    """Run seeds and print one line; True if nothing was wrong."""
    began = time.perf_counter()
    sums: Counter[str] = Counter()
    hours = 0.0
    for seed, report, fell in reports(seeds, cores):
        if report is None:
            sums["fell over"] += 1
            print(f"seed {seed} fell over:\n{fell}", flush=True)
            continue
        wrong = report.judgement
        hours += report.hours
        sums.update(
            starts=report.starts,
            crashes=report.crashes,
            restores=report.restores,
            postings=report.postings,
            faults=report.faults.total(),
            twice=len(wrong.twice),
            lost=len(wrong.lost),
            untied=len(wrong.untied),
            broken=len(wrong.broken),
        )
        if not report.good:
            print(f"seed {seed} ({report.world}): {'; '.join(wrong.lines())}", flush=True)
    seconds = time.perf_counter() - began
    print(
        f"{len(seeds)} seeds, {hours:.0f} virtual hours, {sums['starts']} starts,"
        f" {sums['crashes']} crashes, {sums['restores']} restores, {sums['faults']} faults,"
        f" {sums['postings']} postings: {sums['twice']} duplicates, {sums['lost']} lost"
        f" ({sums['untied']} not to the cent, {sums['broken']} broken, {sums['fell over']} fell"
        f" over); {len(seeds) / seconds:.1f} seeds/s on {cores} cores"
    )
    return not any(sums[one] for one in ("twice", "lost", "untied", "broken", "fell over"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
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
