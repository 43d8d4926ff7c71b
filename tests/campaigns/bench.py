"""Measure the program as its user meets it; prints figures, judges nothing.

    python -m tests.campaigns.bench [--invoices 10000] [--runs 5]

Medians of whole processes on this machine. Numbers differ between machines; ratios
to the minimal Textual app in the same run are what to compare.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.clock import SystemClock
from core.ids import SystemIds
from store import sqlite
from store.cache import Cache
from store.load import load_books
from sync.policy import Policy
from sync.preflight import preflight
from tests.system.terminal import Terminal
from tests.system.world import World, practice, ready

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("INVOICES")
Minimal().run()
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    print(
        f"machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    )
    print(f"SQLite {sqlite.VERSION}, {sqlite.MODE}")
    print(f"command: python -m tests.campaigns.bench --invoices {args.invoices} --runs {args.runs}")
    with _company(args.invoices) as world:
        _pull(world, args.invoices)
        _preflight(world)
        _first_paint(world, args.runs)
    with _company(240) as world:
        ready(world)
        _keys_during_bulk(world)
    with _company(600) as world:
        ready(world)
        _cost_of_posting(world)
    return 0


@contextmanager
def _company(invoices: int) -> Iterator[World]:
    with (
        tempfile.TemporaryDirectory(prefix="docket-qbo-bench-") as home,
        practice(Path(home), "--invoices", str(invoices)) as world,
    ):
        yield world


def _pull(world: World, invoices: int) -> None:
    start = time.monotonic()
    assert world.run("pull", timeout=600).code == 0
    print(f"pull and preflight of {invoices:,} invoices, first: {time.monotonic() - start:.1f} s")
    start = time.monotonic()
    assert world.run("pull", timeout=600).code == 0
    print(f"pull again, nothing changed: {time.monotonic() - start:.1f} s")


def _preflight(world: World) -> None:
    cache = Cache.open(world.config.with_suffix(".db"), clock=SystemClock(), ids=SystemIds())
    try:
        start = time.process_time()
        books = load_books(cache)
        loaded = time.process_time()
        preflight(books, Policy.from_settings(books.settings))
        done = time.process_time()
    finally:
        cache.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"preflight alone: load {loaded - start:.2f} s, check {done - loaded:.2f} s CPU, "
        f"peak memory {memory} MB"
    )


def _first_paint(world: World, runs: int) -> None:
    ours = [_until(_dashboard(world), _shows_invoices) for _ in range(runs)]
    minimal = [
        _until(lambda: Terminal([sys.executable, "-c", MINIMAL], world.environ()), "INVOICES")
        for _ in range(runs)
    ]
    mine, least = statistics.median(ours), statistics.median(minimal)
    print(
        f"first painted screen: {mine * 1000:.0f} ms median of {runs}; "
        f"a minimal Textual app {least * 1000:.0f} ms; ratio {mine / least:.2f}"
    )


def _shows_invoices(text: str) -> bool:
    return any(word in text for word in ("pending", "conflicted")) and "20" in text


def _dashboard(world: World) -> Callable[[], Terminal]:
    environ = {**world.environ(), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "docket_qbo", "--config", str(world.config)]
    return lambda: Terminal(command, environ)


def _until(start: Callable[[], Terminal], wanted: str | Callable[[str], bool]) -> float:
    begun = time.monotonic()
    with start() as terminal:
        terminal.wait_for(wanted)
        return time.monotonic() - begun


def _keys_during_bulk(world: World) -> None:
    """Key to last byte of its paint, with a bulk sync in the same process."""
    with _dashboard(world)() as terminal:
        terminal.wait_for("Conflicted")
        terminal.read(2)
        idle = _presses(terminal, 40)
        start_bulk(terminal)
        terminal.press("escape")
        terminal.read(0.5)
        busy = _presses(terminal, 60)
    for name, times in (("idle", idle), ("while a bulk sync runs", busy)):
        times.sort()
        print(
            f"key to paint, {name}: median {statistics.median(times) * 1000:.1f} ms, "
            f"p95 {times[int(len(times) * 0.95)] * 1000:.1f} ms"
        )


def start_bulk(terminal: Terminal) -> None:
    """Select all pending, preview, confirm."""
    terminal.press("2", "a", "b")
    terminal.wait_for("Post ")
    terminal.press("P")
    terminal.wait_for("a minute")


def _presses(terminal: Terminal, count: int) -> list[float]:
    times = []
    for number in range(count):
        before = len(terminal.raw)
        begun = time.monotonic()
        terminal.press_only("down" if number % 20 < 10 else "up")
        last = begun
        while time.monotonic() - begun < 0.12:
            size = len(terminal.raw)
            terminal.read(0.004)
            if len(terminal.raw) > size:
                last = time.monotonic()
            elif len(terminal.raw) > before and time.monotonic() - last > 0.02:
                break
        times.append(last - begun)
    return times


def _cost_of_posting(world: World) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    done = world.run("sync", "--all", "--yes", "--json", timeout=900)
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    result = done.json()
    writes = sum(1 for row in world.run("journal", "--json", "--limit", "100000").json())
    print(
        f"bulk sync without limits: {writes} writes in {wall:.1f} s, "
        f"{cpu / max(writes, 1) * 2000:.1f} ms CPU per invoice and payment, "
        f"{result['metered_reads']} metered reads"
    )


if __name__ == "__main__":
    sys.exit(main())
