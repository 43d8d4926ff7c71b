"""Measure the dashboard over big lists, in a real terminal; prints figures beside the aims.

    python -m tests.campaigns.bench_tui [--rows 20000] [--rows 1000000] [--runs 5] [--bulk]

The caches are made by `tests.campaigns.big_list` and nobody is connected, so nothing but the
screen is measured; `--bulk` adds a bulk sync of the practice company in the same process, at
QuickBooks' ceiling. The screen is painted for the sync too then, several times a second: a
move is timed to the last byte of the frame that shows it.
Every first paint stands beside one of a minimal Textual app, run in turn with it. The
machine may have other things to do: CPU time and the ratio to the minimal app are what to
compare. Nothing is judged here.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from store import sqlite
from tests.campaigns.big_list import big_list
from tests.campaigns.stopwatch import BARE, Press, Watched
from tests.system.world import FAST, practice, ready

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("INV-ES")
Minimal().run()
"""
TYPED = ("kelton roofing 12", "inv-10471", "20 yard dump", "9123")
"""What is searched for, letter by letter."""
INDEXED, OTHERS = "NDCTO", ("open there", "no. there", "last synced", "status", "reason")
MEGA = 1 << 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, action="append", help="20000 by default")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--bulk", action="store_true", help="measure during a bulk sync too")
    args = parser.parse_args()
    sizes = args.rows or [20_000]
    print(f"machine: {os.cpu_count()} cores, {platform.machine()}, {platform.python_version()}")
    print(f"SQLite {sqlite.VERSION}, {sqlite.MODE}; load {_load()}")
    words = "".join(f" --rows {size}" for size in sizes) + (" --bulk" if args.bulk else "")
    print(f"command: python -m tests.campaigns.bench_tui{words} --runs {args.runs}", flush=True)
    for size in sizes:
        _measure(big_list(size), size, args.runs)
    if args.bulk:
        _during_bulk()
    return 0


def _measure(config: Path, size: int, runs: int) -> None:
    with tempfile.TemporaryDirectory(prefix="docket-qbo-bench-tui-") as home:
        environ = {**BARE, "DOCKET_QBO_HOME": home}
        command = [sys.executable, "-m", "docket_qbo", "--config", str(config)]
        print(f"\n{size:,} invoices, load {_load()}", flush=True)
        _first_paint(command, environ, runs)
        with Watched(command, environ) as screen:
            screen.until_shown("opens after the test")
            screen.until_idle()
            print(f"  memory before the first sync: {screen.peak() / MEGA:.0f} MB (aim 150)")
            screen.press("h")
            _keys(screen.press, "idle", lines=10, pages=20)
            _sorts(screen)
            _typing(screen)
            print(f"  memory at the end: {screen.peak() / MEGA:.0f} MB", flush=True)


def _first_paint(command: Sequence[str], environ: Mapping[str, str], runs: int) -> None:
    ours: list[tuple[float, float, int]] = []
    least: list[tuple[float, float, int]] = []
    for _ in range(runs):
        for which, into in (([sys.executable, "-c", MINIMAL], least), (command, ours)):
            with Watched(which, environ) as screen:
                into.append((screen.until_painted(), screen.cpu(), screen.peak()))
    wall, cpu, memory = (statistics.median(one[i] for one in ours) for i in range(3))
    wall_least, cpu_least, _ = (statistics.median(one[i] for one in least) for i in range(3))
    print(
        f"  first painted screen: {wall * 1000:.0f} ms, CPU {cpu * 1000:.0f} ms; minimal app "
        f"{wall_least * 1000:.0f} ms, CPU {cpu_least * 1000:.0f} ms; "
        f"ratio {wall / wall_least:.2f}, CPU {cpu / cpu_least:.2f} (aim 1.30)"
    )
    print(f"  memory at first paint: {memory / MEGA:.0f} MB (aim 90)", flush=True)


def _keys(press: Callable[[str], Press], when: str, *, lines: int, pages: int) -> None:
    """Key to last byte; `lines` and `pages` are the aims in milliseconds."""
    for name, keys, aim in (
        ("line moves", ["down"] * 40 + ["up"] * 20, lines),
        ("page moves", ["pagedown"] * 30 + ["pageup"] * 10, pages),
        ("line moves at the end", ["G"] + ["up"] * 30, lines),
        ("page moves at the end", ["pageup"] * 30, pages),
    ):
        _tell(f"{name}, {when}", [press(key) for key in keys], 95, aim)
    press("g")


def _sorts(screen: Watched) -> None:
    times = [screen.press(key) for key in INDEXED * 2 for _ in range(2)]
    _tell("sort change, indexed columns", times, 95, 100)
    screen.press("O")
    for name in OTHERS:
        times = [screen.press(">"), screen.press("~"), screen.press("~")]
        _tell(f"sort change, {name}", times, 95, 350)
    screen.press("D")
    screen.press("D")


def _typing(screen: Watched) -> None:
    """Letter to repainted rows."""
    times: list[Press] = []
    for text in TYPED:
        screen.press("/")
        times += [screen.press(letter, rows=True) for letter in text]
        screen.press("escape")
    _tell("letter to rows", times, 90, None)


def _tell(what: str, presses: Sequence[Press], percent: int, aim: int | None) -> None:
    walls, costs = ([press[i] for press in presses] for i in range(2))
    aims = "60 at 100,000, 100 at 1,000,000" if aim is None else str(aim)
    print(
        f"  {what}: median {statistics.median(walls) * 1000:.1f} ms, "
        f"p{percent} {_at(walls, percent) * 1000:.1f} ms (aim {aims}); "
        f"CPU {statistics.median(costs) * 1000:.1f} and {_at(costs, percent) * 1000:.1f} ms",
        flush=True,
    )


def _at(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(int(len(values) * percent / 100), len(values) - 1)]


def _during_bulk() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="docket-qbo-bench-tui-") as home,
        practice(Path(home), "--invoices", "1200") as world,
    ):
        ready(world)
        print(f"\npractice company of 1,200 invoices, load {_load()}", flush=True)
        command = [sys.executable, "-m", "docket_qbo", "--config", str(world.config)]
        environ = {key: value for key, value in world.environ().items() if key not in FAST}
        with Watched(command, environ) as screen:
            screen.until_idle()
            _start_bulk(screen.press, screen.until_shown)
            screen.move("down")
            _keys(screen.move, "while a bulk sync runs", lines=16, pages=30)


def _start_bulk(press: Callable[[str], Press], until: Callable[[str], None]) -> None:
    for key in ("2", "a", "b"):
        press(key)
    until("Post ")
    press("P")
    until("calls a minute")
    press("escape")


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
