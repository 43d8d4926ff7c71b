"""Measure a bulk sync at QuickBooks' ceiling; prints figures, and fails where they fall short.

    python -m tests.campaigns.throughput --clients .venv-clients/bin/python [--speed 10]

The practice company enforces the documented limits and takes as long to answer as the
recorded real answers did. Its time and the client's pass `--speed` times as fast for the
large run, whose files are kept in memory where the system can, for no disk does its part so
much faster; then two minutes at true speed on the disk, and a plain script with
python-quickbooks on the first 200 of the same invoices.

Fewer than ten calls in any second are asked at true speed. Where time passes ten times as
fast, a millisecond on the way counts for ten, and what is asked is that no call is refused.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from core.clock import duration
from tests.system.world import FAST, World, practice

PER_MINUTE, PER_SECOND = 500, 10
LEAST = 0.95
"""Of the ceiling, all calls counted."""
READS_PER_PAIR = 0.1
"""At most: 1,000 metered reads for 10,000 invoices with payments."""
SPARE = 2.7
"""Invoices in Docket for each that is new, unproblematic and has one payment."""
MEMORY = Path("/dev/shm")
SEQUENTIAL = Path(__file__).parents[1] / "clients" / "sequential.py"


@dataclass(frozen=True, slots=True)
class Measured:
    """A bulk sync as the client and the practice QuickBooks saw it."""

    speed: float
    client: Mapping[str, Any]
    counters: Mapping[str, Any]

    @property
    def calls(self) -> int:
        return sum(self.counters["requests"].values())

    @property
    def per_minute(self) -> float:
        return float(self.calls * 60 / self.client["seconds"])

    @property
    def good(self) -> bool:
        counters = self.counters
        return (
            self.per_minute >= LEAST * PER_MINUTE
            and counters["refused"] == 0
            and (self.speed > 1 or counters["most_in_a_second"] < PER_SECOND)
            and self.client["metered"] <= READS_PER_PAIR * self.client["writes"] / 2
            and self.client["agreed"]
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--speed", type=float, default=10.0, help="of the large run")
    parser.add_argument("--seconds", type=int, default=120, help="of the run at true speed")
    parser.add_argument("--clients", type=Path, help="an interpreter that has python-quickbooks")
    args = parser.parse_args()
    print(f"command: python -m tests.campaigns.throughput {' '.join(sys.argv[1:])}")
    print(f"machine: {os.cpu_count()} cores, {platform.machine()}, load {_load()}", flush=True)
    results = []
    if args.pairs:
        results.append(_bulk(args.pairs, args.speed, 0))
    if args.seconds:
        results.append(_bulk(args.seconds * PER_MINUTE // 60, 1.0, args.seconds))
    if args.clients is not None:
        _plain_script(args.clients, 200)
    print(f"load at the end: {_load()}")
    return 0 if all(measured.good for measured in results) else 1


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


def _bulk(pairs: int, speed: float, seconds: int) -> Measured:
    """One bulk sync of so many invoices with payments, or for so many seconds."""
    with _company(int(pairs * SPARE), speed) as world:
        _strict(world)
        wanted = {"--speed": speed, "--pairs": pairs, "--seconds": seconds}
        out = _client(world, *(f"{name}={value}" for name, value in wanted.items()))
        counters = httpx.get(f"{world.servers['qbo_url']}/sandbox/counters").json()
        measured = Measured(speed, json.loads(out), counters)
    _report(measured)
    return measured


@contextmanager
def _company(invoices: int, speed: float) -> Iterator[World]:
    """A company whose bulk sync is open."""
    place = MEMORY if speed > 1 and MEMORY.is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="docket-qbo-throughput-", dir=place) as home,
        practice(Path(home), "--invoices", str(invoices), "--speed", str(speed)) as world,
    ):
        _client(world, "--prepare", **FAST)
        yield world


def _client(world: World, *words: str, **environ: str) -> str:
    """Run the program; return what it prints."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "tests.campaigns.throughput_client"),
            *("--config", str(world.config), *words),
        ],
        env={"PATH": os.environ["PATH"], "DOCKET_QBO_HOME": str(world.home), **environ},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def _strict(world: World) -> None:
    """From here on the limits are enforced and answers take their time."""
    url = world.servers["qbo_url"]
    settings = {"limits": True, "latency": "recorded"}
    httpx.post(f"{url}/sandbox/settings", json=settings).raise_for_status()
    httpx.delete(f"{url}/sandbox/counters").raise_for_status()


def _report(measured: Measured) -> None:
    client, counters = measured.client, measured.counters
    writes, seconds = client["writes"], client["seconds"]
    names = client["planned"] - 2 * client["pairs"]
    print(
        f"\n{client['posted']:,} of {client['pairs']:,} invoices with payments at speed"
        f" {measured.speed:g} ({names:,} new names besides), load {_load()}\n"
        f"  {writes:,} writes in {duration(int(seconds))}; at 500 a minute they would take"
        f" {duration(writes * 60 // PER_MINUTE)}\n"
        f"  {measured.calls:,} calls, {measured.per_minute:.1f} a minute"
        f" ({measured.per_minute / PER_MINUTE:.1%} of the ceiling);"
        f" the most in any minute {counters['most_in_a_minute']},"
        f" in any second {counters['most_in_a_second']}\n"
        f"  {counters['refused']} answers of 429; {client['metered']:,} metered reads\n"
        f"  {client['cpu'] * 2000 / writes:.1f} ms CPU of the client per invoice and payment\n"
        f"  {'as required' if measured.good else 'FALLS SHORT'}"
        f" {client['stopped_because']}",
        flush=True,
    )


def _plain_script(python: Path, count: int) -> None:
    """The same kind of invoices by python-quickbooks, one call after the other."""
    with _company(int(count * SPARE * 4), 1.0) as world:
        rows = _rows(world)[:count]
        _strict(world)
        done = subprocess.run(
            [str(python), str(SEQUENTIAL)],
            input=f"{json.dumps(dict(world.servers))}\n{json.dumps(rows, default=float)}\n",
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        counters = httpx.get(f"{world.servers['qbo_url']}/sandbox/counters").json()
    seconds, calls = json.loads(done.stdout)["seconds"], sum(counters["requests"].values())
    print(
        f"\npython-quickbooks, one after the other, at true speed: {len(rows)} invoices with"
        f" payments in {duration(int(seconds))}\n"
        f"  {calls:,} calls, {calls * 60 / seconds:.1f} a minute; 10,000 of them would take"
        f" {duration(int(seconds * 10_000 / len(rows)))}; {counters['refused']} answers of 429"
    )


def _rows(world: World) -> list[dict[str, Any]]:
    """Invoices with one payment, of customers and items that are in QuickBooks already."""
    rows = []
    for invoice in world.run("preview", "--all", "--json").json()["invoices"]:
        bodies = {posting["entity"]: posting["body"] for posting in invoice["postings"]}
        kinds = [posting["entity"] for posting in invoice["postings"]]
        known = "Invoice" in bodies and bodies["Invoice"]["CustomerRef"]["value"].isdigit()
        if invoice["outcome"] == "posted" and kinds == ["Invoice", "Payment"] and known:
            lines = [line for line in bodies["Invoice"]["Line"] if "SalesItemLineDetail" in line]
            rows.append(
                {
                    "customer": bodies["Invoice"]["CustomerRef"]["value"],
                    "number": bodies["Invoice"]["DocNumber"],
                    "date": bodies["Invoice"]["TxnDate"],
                    "lines": [
                        {"amount": line["Amount"], "description": line.get("Description", "")}
                        for line in lines
                    ],
                }
            )
    return rows


if __name__ == "__main__":
    sys.exit(main())
