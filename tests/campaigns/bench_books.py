"""Measure the tie-out over big books; prints figures, judges nothing.

    python -m tests.campaigns.bench_books [--invoices 100000]

The books are written straight into a cache: every invoice with its QuickBooks twin,
seven of ten with a payment, bodies as long as QuickBooks' own. The tie-out then runs
in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core.clock import SystemClock
from core.ids import SystemIds
from core.jsonio import dumps
from store import sqlite
from store.cache import Cache
from store.company import save_company
from store.tables.docket import ClientTable, InvoiceTable, PaymentAllocationTable, PaymentTable
from store.tables.quickbooks import QboObjectTable
from store.tables.work import LinkTable
from store.tie_out import load_facts
from store.upsert import insert_all
from sync.tie_out.shapes import Cut, Period
from sync.tie_out.tally import tie_out
from tests.store.worlds import REALM, company

CLIENTS = 20_000
FIRST = date(2022, 1, 1)
EVER = Period("0001-01-01", "9999-12-31")
PART = 10_000
_EMPTY_OF_CLIENT = (
    *("display_id", "first_name", "last_name", "email", "phone", "line1", "line2"),
    *("city", "state", "postal_code", "client_type"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=100_000)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.cache is not None:
        measure(args.cache)
        return 0
    print(f"machine: {platform.machine()}, Python {platform.python_version()}")
    print(f"SQLite {sqlite.VERSION}, {sqlite.MODE}")
    print(f"command: python -m tests.campaigns.bench_books --invoices {args.invoices}")
    with tempfile.TemporaryDirectory(prefix="docket-qbo-books-") as home:
        path = Path(home) / "books.db"
        fill(path, args.invoices)
        print(f"cache of {args.invoices:,} invoices: {path.stat().st_size >> 20} MB")
        command = [sys.executable, "-m", "tests.campaigns.bench_books", "--cache", str(path)]
        for _ in range(3):
            subprocess.run(command, check=True)
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


def fill(path: Path, invoices: int) -> None:
    """Write the books."""
    cache = Cache.open(path, clock=SystemClock(), ids=SystemIds())
    try:
        with cache.write() as session:
            save_company(session, company())
            insert_all(session, ClientTable, [_client(number) for number in range(CLIENTS)])
        for start in range(0, invoices, PART):
            numbers = range(start, min(start + PART, invoices))
            with cache.write() as session:
                for table, rows in _part(numbers):
                    insert_all(session, table, rows)
    finally:
        cache.close()


def _part(numbers: range) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    paid = [number for number in numbers if number % 10 < 7]
    yield InvoiceTable, [_invoice(number) for number in numbers]
    yield PaymentTable, [_payment(number) for number in paid]
    yield (
        PaymentAllocationTable,
        [
            {
                "payment_docket_id": f"p{number}",
                "position": 0,
                "invoice_docket_id": f"i{number}",
                "amount_cents": _total(number),
            }
            for number in paid
        ],
    )
    yield QboObjectTable, [_held("Invoice", number) for number in numbers]
    yield QboObjectTable, [_held("Payment", number) for number in paid]
    yield LinkTable, [_link("invoice", "Invoice", number) for number in numbers]
    yield LinkTable, [_link("payment", "Payment", number) for number in paid]


def _total(number: int) -> int:
    return 10_000 + number * 37 % 90_000


def _day(number: int) -> date:
    return FIRST + timedelta(days=number % 1700)


def _client(number: int) -> dict[str, Any]:
    return {
        **dict.fromkeys(_EMPTY_OF_CLIENT, ""),
        "docket_id": f"c{number}",
        "company_name": f"Client {number}",
        "name": f"Client {number}",
        "name_key": f"client {number}",
        "tax_exempt": False,
        "updated_at": SystemClock().now(),
    }


def _invoice(number: int) -> dict[str, Any]:
    empty = ("po_number", "memo", "void_reason", "search_text", "client_key")
    return {
        **dict.fromkeys(empty, ""),
        "docket_id": f"i{number}",
        "number": str(number),
        "number_key": str(number),
        "client_docket_id": f"c{number % CLIENTS}",
        "client_name": f"Client {number % CLIENTS}",
        "issued_on": _day(number),
        "currency": "USD",
        "subtotal_cents": _total(number) - 700,
        "discount_cents": 0,
        "tax_cents": 700,
        "total_cents": _total(number),
        "open_docket_cents": 0 if number % 10 < 7 else _total(number),
        "status": "synced",
        "updated_at": SystemClock().now(),
    }


def _payment(number: int) -> dict[str, Any]:
    return {
        "docket_id": f"p{number}",
        "number": f"P-{number}",
        "client_docket_id": f"c{number % CLIENTS}",
        "method": "Check",
        "reference": str(number),
        "received_on": _day(number),
        "amount_cents": _total(number),
        "status": "settled",
        "updated_at": SystemClock().now(),
    }


def _held(entity: str, number: int) -> dict[str, Any]:
    empty = ("name", "full_name", "name_key", "parent_id", "currency", "removed", "source")
    body = {"Id": str(number), "PaymentMethodRef": {"value": "1"}, "Line": ["x" * 60] * 20}
    return {
        **dict.fromkeys(empty, ""),
        "realm": REALM,
        "entity": entity,
        "qbo_id": f"{entity[0]}{number}",
        "sync_token": "0",
        "number": str(number),
        "customer_id": str(number % CLIENTS),
        "txn_date": _day(number),
        "total_cents": _total(number),
        "tax_cents": 700 if entity == "Invoice" else None,
        "balance_cents": 0 if entity == "Payment" or number % 10 < 7 else _total(number),
        "note": f"Gate code 12 [docket-qbo {number:016d}]",
        "active": True,
        "applied": [],
        "seen_at": SystemClock().now(),
        "body": dumps(body),
        "body_sha256": "",
    }


def _link(kind: str, entity: str, number: int) -> dict[str, Any]:
    return {
        "realm": REALM,
        "kind": kind,
        "docket_id": f"{kind[0]}{number}",
        "entity": entity,
        "qbo_id": f"{entity[0]}{number}",
        "origin": "created",
        "sync_token": "0",
        "fingerprint": "",
        "fingerprint_version": 1,
        "body": b"x" * 900,
        "linked_at": SystemClock().now(),
        "updated_at": SystemClock().now(),
    }


if __name__ == "__main__":
    sys.exit(main())
