"""Random companies, each edited on both sides and synced, until both tie out to the cent.

python -m tests.campaigns.companies 2000              on all cores
python -m tests.campaigns.companies 50 --from 40      other companies

Hypothesis makes them up (tests/companies/steps.py) in parts of fifty, each part from a
seed of its own. A company whose books differ by something that the program does not show
is printed as it was; `run_part` with a part's number shrinks it.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.companies.play import play
from tests.companies.steps import Step, companies
from tests.sim.campaign import version

PART = 50
STEPS = 16
"""That a company has after its first sync, at most."""
_TOLD = ("starts", "syncs", "crashes", "answers lost", "edits in Docket", "edits in QuickBooks")


def run_part(number: int, count: int, most: int = STEPS) -> tuple[Counter[str], str]:
    """Play `count` companies of at most so many steps; what happened, and a failed one, shrunk."""
    told: Counter[str] = Counter()

    def every_company_ties_out(company: tuple[Sequence[Step], int]) -> None:
        told.update(play(*company))

    failed = ""
    try:
        _given(number, count, most, (Phase.generate, Phase.shrink))(every_company_ties_out)()
    except Exception as error:  # noqa: BLE001 - the caller says how it failed
        failed = "\n".join((*traceback.format_exception(error)[-3:], *error.__notes__))
    return told, failed


def _all(part: tuple[int, int]) -> tuple[int, Counter[str], str]:
    """Play a whole part, whatever fails in it: shrinking one would take minutes."""
    number, count = part
    logging.disable(logging.CRITICAL)  # lost answers are meant
    told: Counter[str] = Counter()
    failed: list[str] = []
    began = time.process_time()

    def company_ties_out(company: tuple[Sequence[Step], int]) -> None:
        try:
            told.update(play(*company))
        except Exception as error:  # noqa: BLE001 - one company must not end a campaign
            told["companies"] += 1
            told["failed"] += 1
            failed.append("\n".join((*traceback.format_exception(error)[-2:], repr(company))))

    _given(number, count, STEPS, (Phase.generate,))(company_ties_out)()
    told["CPU ms"] += round((time.process_time() - began) * 1000)
    return number, told, "\n".join(failed)


def _given(
    number: int, count: int, most: int, phases: Sequence[Phase]
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Give a test that many companies, always the same ones for a number."""

    def decorate(test: Callable[..., None]) -> Callable[[], None]:
        whole = settings(
            max_examples=count,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        decorated: Callable[[], None] = seed(number)(whole(given(companies(most))(test)))
        return decorated

    return decorate


def line(told: Counter[str]) -> str:
    """Return all of it in one line."""
    differences = sum(count for what, count in told.items() if what.startswith("difference: "))
    rest = ", ".join(f"{told[what]} {what}" for what in _TOLD)
    per = told["CPU ms"] / max(told["companies"], 1) / 1000
    return (
        f"{told['companies']} companies, {told['records in Docket']} records, {rest}:"
        f" {told['invoices synced']} invoices synced and equal to the cent, {differences}"
        f" differences named; {told['failed']} companies failed; {per:.2f} s CPU each;"
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
    with multiprocessing.get_context("spawn").Pool(args.cores, maxtasksperchild=4) as pool:
        for number, found, failed in pool.imap_unordered(_all, parts):
            told.update(found)
            if failed:
                print(f"in part {number}:\n{failed}", flush=True)
            print(f"so far: {line(told)}", flush=True)
    for what, count in sorted(told.items()):
        print(f"{count:8} {what}")
    print(line(told), flush=True)
    return int(told["failed"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
