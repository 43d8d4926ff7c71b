"""A posting costs the same however much is in the cache: no statement walks a table that grows."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from store import sqlite
from tests.engine.bench import Bench, invoice, payment

PAIRS = 12
GROWING = ("attempt", "invoice", "link", "observation", "posting", "posting_dependency")
"""The tables with rows for every invoice; of the audit log only the last line is read."""


def test_no_statement_of_a_posting_walks_a_table_that_grows(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    last: dict[str, Any] = {}

    def note(_: Any, __: Any, statement: str, values: Any, *rest: Any) -> None:
        asked[statement] += 1
        last[statement] = values

    bench = Bench(tmp_path)
    made = [(invoice(f"i{n}"), payment(f"p{n}", f"i{n}")) for n in range(PAIRS)]
    run_id = bench.approve([one for pair in made for one in pair])
    event.listen(Engine, "before_cursor_execute", note)
    try:
        bench.go(run_id)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        bench.close()
    often = [one for one, times in asked.items() if times >= PAIRS // 2]
    assert sum(one.startswith("INSERT INTO link") for one in often) == 1
    with closing(sqlite.connect(bench.path)) as connection:
        steps = {
            one: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {one}", last[one])]
            for one in often
            if one.startswith(("SELECT", "UPDATE"))
        }
    walks = [
        one
        for one, plan in steps.items()
        if any(step.split()[:2] == ["SCAN", table] for step in plan for table in GROWING)
    ]
    assert steps
    assert walks == []
