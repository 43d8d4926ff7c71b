"""A disk that gets full in the middle of a bulk sync: it stops, says so, and goes on with room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import StoreTrouble
from core.ids import SeededIds
from core.jsonio import JsonObject
from store.cache import Cache
from tests.engine.bench import Bench, invoice, payment

PAIRS = 14


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def _restart(bench: Bench) -> None:
    """The limit was the connection's; a new start has room again."""
    bench.close()
    bench.cache = Cache.open(bench.path, clock=bench.clock, ids=SeededIds(99))


@pytest.mark.parametrize("moment", [1, 4, 9])
def test_a_full_disk_stops_the_run_and_nothing_is_twice_or_lost_afterwards(
    bench: Bench, moment: int
) -> None:
    postings = [one for n in range(PAIRS) for one in (invoice(f"i{n}"), payment(f"p{n}", f"i{n}"))]
    run_id = bench.approve(postings)

    def fills_up(entity: str, body: JsonObject) -> str | None:
        if len(bench.qbo.sent) == moment:
            with bench.cache.write() as session:
                session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        return None

    bench.qbo.on_write = fills_up
    with pytest.raises(StoreTrouble, match="is full") as stopped:
        bench.go(run_id)
    assert "Make room" in stopped.value.fix
    sent = len(bench.qbo.sent)
    bench.later(1)
    assert len(bench.qbo.sent) == sent, "nothing goes on behind one's back"

    bench.qbo.on_write = None
    _restart(bench)
    assert bench.go(run_id).finished
    numbers = [one["DocNumber"] for one in bench.qbo.all("Invoice")]
    references = [one["PaymentRefNum"] for one in bench.qbo.all("Payment")]
    assert sorted(numbers) == sorted(f"i{n}" for n in range(PAIRS))
    assert sorted(references) == sorted(f"p{n}" for n in range(PAIRS))
    assert set(bench.states().values()) == {"CONFIRMED"}
    assert bench.audit_holds()
