"""Random companies, each edited on both sides and synced, until both tie out to the cent.

python -m tests.campaigns.companies 2000              on all cores
python -m tests.campaigns.companies 50 --from 40      other companies

Hypothesis makes them up (tests/companies/steps.py) in parts of fifty, each part from a
seed of its own. A part that finds a company whose books differ by something that the
program does not show shrinks it and prints it.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import time
import traceback
from collections import Counter
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.companies.play import play
from tests.companies.steps import Step, companies
from tests.sim.campaign import version

PART = 50
STEPS = 16
"""That a company has after its first sync, at most."""
_TOLD = ("starts", "syncs", "crashes", "answers lost", "edits in Docket", "edits in QuickBooks")


def run_part(number: int, count: int, most: int = STEPS) -> tuple[Counter[str], str]:
    """Play `count` companies of at most so many steps; what happened, and how one failed."""
    logging.disable(logging.CRITICAL)  # lost answers are meant
    told: Counter[str] = Counter()
    began = time.process_time()

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(companies(most))
    def every_company_ties_out(company: tuple[Sequence[Step], int]) -> None:
        told.update(play(*company))

    failed = ""
    try:
        every_company_ties_out()
    except Exception as error:  # noqa: BLE001 - one part must not end a campaign
        failed = "\n".join((*traceback.format_exception(error)[-3:], *error.__notes__))
    told["CPU ms"] += round((time.process_time() - began) * 1000)
    return told, failed


def _run(part: tuple[int, int]) -> tuple[int, Counter[str], str]:
    return part[0], *run_part(*part)


def line(told: Counter[str], failed: int) -> str:
    """Return all of it in one line."""
    differences = sum(count for what, count in told.items() if what.startswith("difference: "))
    rest = ", ".join(f"{told[what]} {what}" for what in _TOLD)
    per = told["CPU ms"] / max(told["companies"], 1) / 1000
    return (
        f"{told['companies']} companies, {told['records in Docket']} records, {rest}:"
        f" {told['invoices synced']} invoices synced and equal to the cent, {differences}"
        f" differences, all named; {failed} parts failed; {per:.2f} s CPU each;"
        f" version {version()}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.campaigns.companies",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("companies", type=int, help="how many")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first part's seed")
    parser.add_argument("--cores", type=int, default=multiprocessing.cpu_count())
    args = parser.parse_args()
    counts = [min(PART, args.companies - done) for done in range(0, args.companies, PART)]
    parts = [(args.first + place, count) for place, count in enumerate(counts)]
    told: Counter[str] = Counter()
    failures = 0
    with multiprocessing.get_context("spawn").Pool(args.cores, maxtasksperchild=4) as pool:
        for number, found, failed in pool.imap_unordered(_run, parts):
            told.update(found)
            if failed:
                failures += 1
                print(f"part {number} failed:\n{failed}", flush=True)
            print(f"so far: {line(told, failures)}", flush=True)
    for what, count in sorted(told.items()):
        print(f"{count:8} {what}")
    print(line(told, failures), flush=True)
    return int(failures > 0)


if __name__ == "__main__":
    raise SystemExit(main())
