"""What a refresh sees where CDC is blind: after a month, past 1,000 changes, and deletions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from connectors.qbo.shapes import Changes
from core.clock import iso
from core.jsonio import JsonObject
from store import docket, mirror
from store.load import load_books
from sync.pull_qbo import SOURCE, QboPull
from sync.reconcile import reconcile
from tests.engine.bench import Bench, invoice
from tests.engine.make import REALM
from tests.engine.virtual import START, run


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def _refresh(bench: Bench) -> dict[str, int]:
    def nothing(objects: Mapping[str, Sequence[JsonObject]]) -> None:
        """Nobody waits for it here."""

    puller = QboPull(bench.cache, bench.qbo, bench.clock, lambda progress: None, nothing)

    async def check_and_run() -> dict[str, int]:
        await puller.check_company()
        return await puller.run(full=False, oldest_open=None)

    return run(check_and_run(), bench.clock.monotonic())


def _standing(bench: Bench) -> set[str]:
    documents = load_books(bench.cache).documents.values()
    return {one.qbo_id for one in documents if not one.removed}


def _cursor(bench: Bench) -> str:
    with bench.cache.read() as session:
        return docket.get_cursor(session, SOURCE, "cdc") or ""


def test_after_more_than_cdc_remembers_everything_is_read_and_what_is_gone_is_seen(
    bench: Bench,
) -> None:
    kept, gone = (bench.qbo.add("Invoice", **_document(n))["Id"] for n in range(2))
    _refresh(bench)
    assert _standing(bench) == {kept, gone}
    bench.later(timedelta(days=40).total_seconds())
    del bench.qbo.objects["Invoice"][gone]
    new = bench.qbo.add("Invoice", **_document(3))["Id"]
    _refresh(bench)
    assert _standing(bench) == {kept, new}


def test_a_cut_answer_loses_no_change_and_no_deletion(bench: Bench) -> None:
    """The list of deletions stands at the end of CDC's answer, where it is cut off."""
    kept, gone = (bench.qbo.add("Invoice", **_document(n))["Id"] for n in range(2))
    _refresh(bench)
    bench.later(3600)
    del bench.qbo.objects["Invoice"][gone]
    new = bench.qbo.add("Invoice", **_document(3))["Id"]
    before = _cursor(bench)

    async def cut(entities: Sequence[str], since: datetime) -> Changes:
        return Changes({}, {}, bench.clock.now(), complete="Invoice" not in entities)

    bench.qbo.changes = cut  # type: ignore[method-assign]  # CDC that is always too much
    _refresh(bench)
    assert _standing(bench) == {kept, new}
    assert _cursor(bench) > before


def test_what_a_list_does_not_show_yet_is_not_taken_for_deleted(bench: Bench) -> None:
    """Posted a moment ago, and the query lags behind; its Id can be read all the same."""
    bench.go(bench.approve([invoice("i1")]))
    bench.qbo.blind = True
    shown = bench.qbo.all

    async def nothing_listed(entity: str, where: str = "", page: int = 1000) -> object:
        for row in shown(entity) if entity != "Invoice" else ():
            yield [row]

    bench.qbo.query_all = nothing_listed  # type: ignore[assignment,method-assign]  # it lags
    _refresh(bench)
    assert _standing(bench) == {bench.linked("invoice", "i1")}


def test_an_orphan_is_found_after_a_run_though_the_last_refresh_is_a_month_old(
    bench: Bench,
) -> None:
    bench.qbo.on_write = lambda entity, body: "lost_request"
    one = invoice("i1")
    bench.go(bench.approve([one]))
    late = bench.qbo._create("Invoice", one.body, False)
    with bench.cache.write() as session:
        docket.save_cursor(session, SOURCE, "cdc", iso(START - timedelta(days=30)))
    run(reconcile(bench.cache, bench.qbo, bench.clock, "tester"), bench.clock.monotonic())
    assert bench.linked("invoice", "i1") == late["Id"]
    with bench.cache.read() as session:
        assert mirror.unlisted(session, REALM, "Invoice", []) == [late["Id"]]


def _document(n: int) -> JsonObject:
    return {
        "DocNumber": f"{n}",
        "CustomerRef": {"value": "7"},
        "TxnDate": "2026-11-02",
        "TotalAmt": 100,
        "Balance": 100,
        "Line": [],
        "LinkedTxn": [],
    }
