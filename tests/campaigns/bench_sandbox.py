"""Measure the practice QuickBooks at two sizes; prints figures, judges nothing.

    python -m tests.campaigns.bench_sandbox [--sizes 1000 100000] [--requests 400]

Each size is built once in memory, saved to a state file and served by a process
of its own, which is what the figures are about: one client, one request at a
time, over loopback. "From a state" is the time from starting that process until
it says that both ports accept.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from sandbox.main import SandboxOptions, running
from sandbox.qbo.company import Company
from sandbox.qbo.seed import Applier
from tests.system.world import World, practice

CUSTOMERS = 2000
BATCH = 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--requests", type=int, default=400)
    args = parser.parse_args()
    sizes = " ".join(map(str, args.sizes))
    print(f"machine: {os.cpu_count()} cores, {platform.machine()}, {platform.python_version()}")
    print(f"command: make bench-sandbox (--sizes {sizes} --requests {args.requests})")
    for size in args.sizes:
        with tempfile.TemporaryDirectory(prefix="docket-qbo-bench-") as home:
            _measure(Path(home), size, args.requests)
    return 0


def _measure(home: Path, size: int, requests: int) -> None:
    state = home / "state.db"
    start = time.monotonic()
    asyncio.run(_build(state, size))
    print(f"\n{size:,} invoices, built and saved in {time.monotonic() - start:.1f} s")
    start = time.monotonic()
    with practice(home, "--invoices", "40", "--state", str(state)) as world:
        print(f"  from a state        {time.monotonic() - start:7.2f} s")
        print(f"  memory              {_memory(world):7.0f} MB")
        with _client(world) as http:
            for name, ask in _questions(http, size):
                _time(name, ask, requests // 10 if "batch" in name else requests)
        print(f"  memory afterwards   {_memory(world):7.0f} MB")


async def _build(state: Path, size: int) -> None:
    """A state file whose company holds `size` invoices, two thirds of them paid."""
    async with running(SandboxOptions(invoices=40, state=state)) as handle:
        company = handle.qbo.companies[handle.realm_id]
        _fill(company, size - len(company.tables["Invoice"].records))
        async with httpx.AsyncClient(trust_env=False, timeout=120) as http:
            (await http.post(f"{handle.qbo_url}/sandbox/settings", json={})).raise_for_status()


def _fill(company: Company, invoices: int) -> None:
    apply = Applier(company).apply
    chance = random.Random(7)
    count = max(min(CUSTOMERS, invoices // 10), 1)
    customers = [
        apply("Customer", "create", {"DisplayName": f"Site {n}"})["Id"] for n in range(count)
    ]
    item = _service(company)
    for number in range(invoices):
        customer = chance.choice(customers)
        amount = chance.randrange(5_000, 90_000) / 100
        made = apply("Invoice", "create", _invoice(customer, item, amount, f"B{number}"))
        if number % 3:
            link = {"TxnId": made["Id"], "TxnType": "Invoice"}
            line = {"Amount": made["TotalAmt"], "LinkedTxn": [link]}
            total = {"CustomerRef": {"value": customer}, "TotalAmt": made["TotalAmt"]}
            apply("Payment", "create", total | {"Line": [line]})


def _service(company: Company) -> str:
    items = company.tables["Item"]
    return next(str(item["Id"]) for item in items if item["Type"] == "Service" and item["Active"])


def _invoice(customer: str, item: str, amount: float, number: str) -> dict[str, Any]:
    line = {
        "Amount": amount,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item}, "Qty": 1, "UnitPrice": amount},
    }
    return {"CustomerRef": {"value": customer}, "DocNumber": number, "Line": [line]}


def _questions(http: httpx.Client, size: int) -> Iterator[tuple[str, Callable[[int], None]]]:
    """What is measured: a name, and what to do the n-th time."""
    chance = random.Random(11)
    first = _select(http, "select * from Invoice where DocNumber = 'B5'")["Invoice"][0]
    since = first["MetaData"]["LastUpdatedTime"]
    customer = first["CustomerRef"]["value"]
    item = first["Line"][0]["SalesItemLineDetail"]["ItemRef"]["value"]

    def create(number: int) -> None:
        _post(http, "invoice", _invoice(customer, item, 412.5, f"N{number}"))

    def by_number(_: int) -> None:
        wanted = chance.randrange(size - 100)
        assert _select(http, f"select * from Invoice where DocNumber = 'B{wanted}'")["Invoice"]

    def by_id(_: int) -> None:
        assert _select(http, f"select * from Invoice where Id = '{first['Id']}'")["Invoice"]

    def by_customer(_: int) -> None:
        where = f"CustomerRef = '{customer}' maxresults 10"
        assert _select(http, f"select * from Invoice where {where}")["Invoice"]

    def by_time(_: int) -> None:
        newest = _select(http, "select * from Invoice maxresults 1")["Invoice"][0]
        when = newest["MetaData"]["LastUpdatedTime"]
        where = f"MetaData.LastUpdatedTime >= '{when}' maxresults 10"
        assert _select(http, f"select * from Invoice where {where}")["Invoice"]

    def by_old_time(_: int) -> None:
        where = f"MetaData.LastUpdatedTime >= '{since}' orderby MetaData.LastUpdatedTime"
        assert _select(http, f"select * from Invoice where {where} maxresults 10")["Invoice"]

    def batch(number: int) -> None:
        items = [
            {
                "bId": str(n),
                "operation": "create",
                "Invoice": _invoice(customer, item, 99, f"K{number}-{n}"),
            }
            for n in range(BATCH)
        ]
        answers = _post(http, "batch", {"BatchItemRequest": items})["BatchItemResponse"]
        assert not [one for one in answers if "Fault" in one], answers

    def page(_: int) -> None:
        http.get(str(http.base_url.copy_with(path="/"))).raise_for_status()

    yield "query by DocNumber", by_number
    yield "query by Id", by_id
    yield "query by CustomerRef", by_customer
    yield "query by time, recent", by_time
    yield "all by time, oldest", by_old_time
    yield "create invoice", create
    yield "batch of 30 creates", batch
    yield "page for people", page


def _select(http: httpx.Client, statement: str) -> dict[str, Any]:
    answer = http.get("query", params={"query": statement})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["QueryResponse"]
    return found


def _post(http: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = http.post(path, json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _time(name: str, ask: Callable[[int], None], times: int) -> None:
    took = []
    for number in range(times):
        start = time.perf_counter()
        ask(number)
        took.append(time.perf_counter() - start)
    took.sort()
    p99 = took[int(len(took) * 0.99)] if len(took) >= 100 else took[-1]
    rate = 1 / statistics.fmean(took)
    middle = statistics.median(took) * 1000
    print(f"  {name:<22}{rate:7.0f} /s   median {middle:7.2f} ms   p99 {p99 * 1000:7.2f} ms")


def _memory(world: World) -> float:
    """What the server's process holds, in MB."""
    status = Path(f"/proc/{world.pid}/status").read_text()
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


@contextmanager
def _client(world: World) -> Iterator[httpx.Client]:
    base = f"{world.servers['qbo_url']}/v3/company/{world.servers['realm_id']}/"
    headers = {"Authorization": f"Bearer {world.servers['access_token']}"}
    with httpx.Client(base_url=base, headers=headers, timeout=60, trust_env=False) as http:
        yield http


if __name__ == "__main__":
    sys.exit(main())
