"""Measure checks, plan and tie-out over big books; prints figures, judges nothing.

    python -m tests.campaigns.bench_books [--invoices 100000]

Beside 20,000 customers and 2,000 items (`tests.campaigns.big_books`), in three processes,
so that the memory of each is its own: nothing posted yet, with every client compared with
every customer; everything posted; and the tie-out of the latter. The machine may have
other things to do: CPU seconds are what to compare.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from core.clock import SystemClock
from core.ids import SystemIds
from store import sqlite
from store.books import Choice
from store.cache import Cache
from store.heap import no_collection
from store.load import load_books
from store.tie_out import load_facts
from sync.past import touched
from sync.plan import make_plan
from sync.policy import Policy
from sync.recheck import Checked
from sync.tie_out.shapes import Cut, Period
from sync.tie_out.tally import tie_out
from tests.campaigns.big_books import big_books

EVER = Period("0001-01-01", "9999-12-31")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=100_000)
    parser.add_argument("--only", choices=["tie-out", "posted", "new"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only == "tie-out":
        measure(big_books("posted", args.invoices))
        return 0
    if args.only is not None:
        measure_checks(big_books(args.only, args.invoices))
        return 0
    print(f"machine: {os.cpu_count()} cores, {platform.machine()}, {platform.python_version()}")
    print(f"SQLite {sqlite.VERSION}, {sqlite.MODE}; load {os.getloadavg()[0]:.1f}")
    print(f"command: python -m tests.campaigns.bench_books --invoices {args.invoices}")
    for only in ("new", "posted", "tie-out"):
        path = big_books("posted" if only == "tie-out" else only, args.invoices)
        print(f"{only}: {args.invoices:,} invoices, {path.stat().st_size >> 20} MB", flush=True)
        own = [sys.executable, "-m", "tests.campaigns.bench_books", "--only", only]
        subprocess.run([*own, "--invoices", str(args.invoices)], check=True)
    return 0


def measure(path: Path) -> None:
    """Tie out the whole cache by month and by method, and say what it took."""
    cache = Cache.open(path, clock=SystemClock(), ids=SystemIds())
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    try:
        begun, cpu = time.monotonic(), time.process_time()
        facts = load_facts(cache)
        loaded = time.monotonic()
        found = tie_out(facts, EVER)
        done, cpu = time.monotonic(), time.process_time() - cpu
        by_method = tie_out(load_facts(cache, methods=True), EVER, Cut.METHOD)
        last = time.monotonic()
    finally:
        cache.close()
    assert found.ties
    assert by_method.ties
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"tie-out: {done - begun:.2f} s (load {loaded - begun:.2f}, compare {done - loaded:.2f}), "
        f"{cpu:.2f} s of CPU; "
        f"by method {last - done:.2f} s; peak memory {peak} MB, {peak - start} MB of it for both"
    )


def measure_checks(path: Path) -> None:
    """Load, check and plan everything, then one choice and one edit; say what each took."""
    cache = Cache.open(path, clock=SystemClock(), ids=SystemIds())
    try:
        with _timed("load"):
            books = load_books(cache, past_of=touched)
        policy = Policy.from_settings(books.settings)
        with _timed("preflight"):
            checked = Checked.of(books, policy)
        with no_collection():
            _measure_rechecks(checked)
            with _timed("plan of all"):
                plan = make_plan(books, policy, checked.found, list(books.invoices))
    finally:
        cache.close()
    states = Counter(str(one.status) for one in checked.found.invoices.values())
    print(f"  {dict(states)}; {plan.writes:,} postings planned")


def _measure_rechecks(checked: Checked) -> None:
    """A first choice finds out who shares what; the others are the rule."""
    choices = [
        Choice("client", client, "use", "Customer", name.qbo_id)
        for client, name in zip(checked.books.clients, checked.books.names, strict=False)
    ][8:508:10]
    with _timed("the first choice"):
        checked = _next(checked.chosen("client", choices[0].key, choices[0]))
    times = []
    for choice in choices[1:]:
        cpu = time.process_time()
        checked = _next(checked.chosen("client", choice.key, choice))
        times.append(time.process_time() - cpu)
    _say_median("one choice, its invoices re-checked", times)
    times = []
    for file in list(checked.books.invoices.values())[:5_000:100]:
        file = replace(file, invoice=replace(file.invoice, memo="changed"))
        invoices = {**checked.books.invoices, file.invoice.id: file}
        books = replace(checked.books, invoices=invoices)
        cpu = time.process_time()
        checked = _next(checked.edited(books, file))
        times.append(time.process_time() - cpu)
    _say_median("one changed invoice re-checked", times)


def _next(found: tuple[Checked, set[str]] | None) -> Checked:
    assert found is not None
    return found[0]


def _say_median(what: str, times: list[float]) -> None:
    print(
        f"  {what}: {statistics.median(times) * 1000:.1f} ms CPU median of {len(times)},"
        f" {max(times) * 1000:.1f} at most"
    )


@contextmanager
def _timed(what: str) -> Iterator[None]:
    wall, cpu = time.monotonic(), time.process_time()
    yield
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"  {what}: {cpu:.2f} s CPU, {wall:.2f} s; peak memory {peak} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
