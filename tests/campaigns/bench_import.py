"""Measure an import: 1,000,000 lines of 250,000 invoices in CSV, 100,000 lines in XLSX.

    python -m tests.campaigns.bench_import

Each import runs in a process of its own, so that its peak of memory is its own. A third
one is previewed on screen: meanwhile it is timed how late the screen's loop comes to a key.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

HEADER = (
    "Invoice #",
    "Invoice Date",
    "Due Date",
    "Customer",
    "Display ID",
    "Subtotal",
    "Sales Tax",
    "Invoice Total",
    "Item",
    "Qty",
    "Unit Price",
    "Line Total",
    "Taxable",
)
TICK = 0.02
"""Seconds between two moments."""
LINES = 4
"""Of each invoice."""
CLIENTS = 5_000


def rows(invoices: int) -> Iterator[list[str]]:
    """Yield the rows of so many invoices; an invoice's lines are not beside each other."""
    for block in range(0, invoices, 1_000):
        for line in range(LINES):
            for number in range(block, min(block + 1_000, invoices)):
                client = number * 7919 % CLIENTS
                day = f"{number % 12 + 1:02d}/{number % 28 + 1:02d}/2026"
                head = [str(100_000 + number), day, day, f"Customer {client} LLC", f"C{client}"]
                sums = ["$1,000.00", "$82.50", "$1,082.50"]
                yield [*head, *sums, f"{10 + line}0 Yard Dumpster", "2", "125.00", "250.00", "Yes"]


def write_csv(path: Path, invoices: int) -> None:
    """Write them as CSV."""
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADER])
        csv.writer(file).writerows(rows(invoices))


def write_xlsx(path: Path, invoices: int) -> None:
    """Write them as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Report")
    sheet.append(list(HEADER))
    for row in rows(invoices):
        sheet.append(row)
    book.save(path)


async def one(path: Path) -> None:
    """Import one file into a new cache; print seconds, CPU and the peak of memory."""
    from connectors.docket_files.choosing import Wishes, as_profile, choose, numbered
    from core.clock import SystemClock
    from core.ids import SystemIds
    from store.cache import Cache
    from sync.imports.desk import ImportDesk

    cache = Cache.open(path.with_name(f"{path.name}.db"), clock=SystemClock(), ids=SystemIds())
    try:
        began, used = time.monotonic(), time.process_time()
        choices = choose([path], [], Wishes())
        sheets = numbered([(one.table, as_profile(one, "bench", "USD")) for one in choices])
        result = await ImportDesk(cache, "bench").run(sheets, lambda progress: None)
        seconds, cpu = time.monotonic() - began, time.process_time() - used
    finally:
        cache.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = ", ".join(f"{each['new']} {kind}s" for kind, each in result.counts.items())
    print(f"{path.name}: {seconds:.1f} s, {cpu:.1f} s of CPU, peak {peak:.0f} MB; {counts}")


async def on_screen(path: Path) -> None:
    """Preview an import on screen; print how late its loop comes to what happens meanwhile."""
    from textual.widgets import Input

    from core.clock import SystemClock
    from core.ids import SystemIds
    from store.cache import Cache
    from store.listing import Listing
    from sync.imports.bench import ImportBench
    from sync.imports.desk import ImportDesk
    from tests.tui.fakes import FakeDesk, FakeListing, FakeRecords, make_rows
    from tui.app import DocketQboApp
    from tui.ports import Backstage, no_address

    cache = Cache.open(path.with_name("screen.db"), clock=SystemClock(), ids=SystemIds())
    few = FakeListing(make_rows(10))
    imports = ImportBench(ImportDesk(cache, "bench"), path.parent / "profiles", path.parent)
    with closing(cache), Listing.open(cache.path) as listing:
        app = DocketQboApp(
            listing,
            lambda: Backstage(FakeDesk(few), FakeRecords(few), no_address, imports),
        )
        async with app.run_test(size=(120, 40)) as pilot:

            async def until(name: str) -> None:
                async with asyncio.timeout(60):
                    while type(app.screen).__name__ != name:
                        await pilot.pause(0.01)

            async def watched(key: str, name: str) -> list[float]:
                await pilot.press(key)
                times = []
                while type(app.screen).__name__ != name:
                    due = time.monotonic() + TICK
                    await asyncio.sleep(TICK)
                    times.append(time.monotonic() - due)
                return times

            async with asyncio.timeout(60):
                while not app.is_ready:
                    await pilot.pause(0.01)
            await pilot.press("I")
            await until("ImportFilesScreen")
            app.screen.query_one(Input).value = str(path)
            await pilot.press("enter")
            await until("MapperScreen")
            times = sorted(await watched("p", "ImportPreviewScreen"))
    middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
    print(
        f"on screen, {len(times)} moments while {path.name} was read: {middle * 1000:.0f} ms late"
        f" (half), {late * 1000:.0f} ms (19 of 20), {times[-1] * 1000:.0f} ms (all)"
    )


def main() -> None:
    """Write the files, import each in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path)
    parser.add_argument("--screen", action="store_true", help="import the file on screen")
    parser.add_argument("--invoices", type=int, default=250_000)
    args = parser.parse_args()
    if args.file:
        asyncio.run(on_screen(args.file) if args.screen else one(args.file))
        return
    with tempfile.TemporaryDirectory(prefix="docket-qbo-bench-") as folder:
        for name, write, invoices, how in (
            ("lines.csv", write_csv, args.invoices, ()),
            ("lines.xlsx", write_xlsx, args.invoices // 10, ()),
            ("screen.csv", write_csv, args.invoices // 10, ("--screen",)),
        ):
            path = Path(folder) / name
            write(path, invoices)
            print(f"{name}: {invoices * LINES:,} lines, {path.stat().st_size / 2**20:.0f} MB")
            command = [sys.executable, "-m", "tests.campaigns.bench_import", "--file", str(path)]
            subprocess.run([*command, *how], check=True)


if __name__ == "__main__":
    main()
