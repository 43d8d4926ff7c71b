"""The connector against the practice server over loopback: listings that miss nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from connectors.docket.http import RESOURCES
from connectors.docket.source import CursorExpired
from core.errors import ConnectionTrouble
from core.records import Invoice, Kind, Payment
from sandbox.docket.app import DocketServer, build
from sandbox.rolloff import generate
from tests.docket.world import KEY, CountingClock, pull, served, source

COMPANY = generate(7, 60)


@pytest.fixture
def server() -> DocketServer:
    return build(COMPANY.docket, api_key=KEY)


@pytest.fixture
def url(server: DocketServer) -> Iterator[str]:
    with served(server) as address:
        yield address


def edit(url: str, action: str, **asked: Any) -> None:
    post(url, "docket", {"action": action, **asked})


def post(url: str, what: str, body: dict[str, Any], status: int = 200) -> None:
    answer = httpx.post(f"{url}/sandbox/{what}", json=body)
    assert answer.status_code == status, answer.text


async def cursor_of(url: str, kind: Kind) -> str:
    async with source(url) as docket:
        return (await pull(docket, kind))[-1].cursor


async def changed(url: str, kind: Kind, cursor: str) -> tuple[list[Any], list[str]]:
    async with source(url) as docket:
        pages = await pull(docket, kind, cursor)
    records = [record for page in pages for record in page.records]
    return records, [stone.id for page in pages for stone in page.tombstones]


async def test_a_full_pull_brings_every_record_once_in_pages(url: str) -> None:
    async with source(url, page_size=17) as docket:
        assert (await docket.account()).name == "Acme Roll-Off LLC"
        for kind in Kind:
            pages = await pull(docket, kind)
            ids = [record.id for page in pages for record in page.records]
            assert sorted(ids) == sorted(row["id"] for row in COMPANY.docket[RESOURCES[kind]])
            assert all(len(page.records) <= 17 for page in pages)
            stamps = [record.updated_at for page in pages for record in page.records]
            assert stamps == sorted(stamps)


async def test_after_a_full_pull_nothing_has_changed(url: str) -> None:
    for kind in Kind:
        assert await changed(url, kind, await cursor_of(url, kind)) == ([], [])


async def test_an_edit_shows_up_alone_and_once(url: str) -> None:
    cursor = await cursor_of(url, Kind.INVOICE)
    invoice = COMPANY.docket["invoices"][20]
    edit(url, "add_line", invoice=invoice["id"], product="pr-weight", quantity="1.37")
    records, gone = await changed(url, Kind.INVOICE, cursor)
    assert [record.id for record in records] == [invoice["id"]]
    assert isinstance(records[0], Invoice)
    assert records[0].lines[-1].amount == 8563  # 1.37 x 62.50 = 85.625
    assert gone == []


async def test_a_void_is_a_record_and_a_delete_is_a_tombstone(url: str) -> None:
    cursor = await cursor_of(url, Kind.INVOICE)
    first, second = (row["id"] for row in COMPANY.docket["invoices"][10:12])
    edit(url, "void", invoice=first, reason="Ordered twice")
    edit(url, "delete", invoice=second)
    records, gone = await changed(url, Kind.INVOICE, cursor)
    assert [(r.id, r.void_reason, r.voided_at is not None) for r in records] == [
        (first, "Ordered twice", True)
    ]
    assert gone == [second]


async def test_deleting_a_client_leaves_its_invoices(url: str) -> None:
    clients = await cursor_of(url, Kind.CLIENT)
    invoices = await cursor_of(url, Kind.INVOICE)
    client_id = COMPANY.docket["invoices"][15]["client_id"]
    edit(url, "delete_client", client=client_id)
    assert await changed(url, Kind.CLIENT, clients) == ([], [client_id])
    assert await changed(url, Kind.INVOICE, invoices) == ([], [])


async def test_a_record_that_changes_while_pages_are_read_is_not_missed(url: str) -> None:
    last = COMPANY.docket["invoices"][-1]["id"]
    first = COMPANY.docket["invoices"][0]["id"]
    seen: list[Invoice] = []
    async with source(url, page_size=10) as docket:
        async for page in docket.changes(Kind.INVOICE, None):
            if not seen:
                edit(url, "edit_invoice", invoice=last, memo="late")
                edit(url, "edit_invoice", invoice=first, memo="again")
            seen.extend(one for one in page.records if isinstance(one, Invoice))
    newest = {invoice.id: invoice for invoice in seen}
    assert len(newest) == len(COMPANY.docket["invoices"])
    assert (newest[last].memo, newest[first].memo) == ("late", "again")


async def test_a_cursor_survives_a_restart_from_saved_state(server: DocketServer) -> None:
    with served(server) as url:
        cursor = await cursor_of(url, Kind.PAYMENT)
        edit(url, "pay", client=COMPANY.docket["clients"][0]["id"], amount="75.00")
        state = json.loads(json.dumps(server.snapshot()))
    again = build({"account": {"id": "x", "name": "x"}}, api_key=KEY)
    again.restore(state)
    with served(again) as url:
        records, _ = await changed(url, Kind.PAYMENT, cursor)
        assert isinstance(records[0], Payment)
        assert (records[0].amount, records[0].allocations) == (7500, ())


async def test_a_reset_restores_the_records_and_voids_the_cursors(url: str) -> None:
    cursor = await cursor_of(url, Kind.INVOICE)
    edit(url, "delete", invoice=COMPANY.docket["invoices"][5]["id"])
    post(url, "reset", {})
    async with source(url) as docket:
        with pytest.raises(CursorExpired):
            await pull(docket, Kind.INVOICE, cursor)
        count = sum(len(page.records) for page in await pull(docket, Kind.INVOICE))
    assert count == len(COMPANY.docket["invoices"])


async def test_every_change_is_told_to_whoever_keeps_the_state(server: DocketServer) -> None:
    told: list[int] = []
    server.on_change = lambda: told.append(server.snapshot()["sequence"])
    with served(server) as url:
        edit(url, "void", invoice=COMPANY.docket["invoices"][9]["id"])
        post(url, "docket", {"action": "void", "invoice": "nobody"}, 400)
    server.reset()
    assert len(told) == 2


async def test_a_wrong_key_is_let_in_nowhere(url: str) -> None:
    async with source(url, key="dk_other") as docket:
        with pytest.raises(ConnectionTrouble, match="does not accept"):
            await docket.account()
        with pytest.raises(ConnectionTrouble, match="does not accept"):
            await pull(docket, Kind.CLIENT)


async def test_armed_faults_pass_by_without_loss(url: str) -> None:
    for fault in (
        {"kind": "status-before", "status": 503},
        {"kind": "throttle", "retry_after": 3},
        {"kind": "truncate"},
        {"kind": "latency", "seconds": 0.01},
    ):
        post(url, "faults", {"path": "/v1/invoices", **fault})
    clock = CountingClock()
    async with source(url, clock) as docket:
        pages = await pull(docket, Kind.INVOICE)
    assert sum(len(page.records) for page in pages) == len(COMPANY.docket["invoices"])
    assert len(clock.slept) == 3
    assert 3.0 in clock.slept


async def test_a_reset_connection_is_made_again(url: str) -> None:
    post(url, "faults", {"kind": "reset-before", "path": "/v1/clients"})
    clock = CountingClock()
    async with source(url, clock) as docket:
        pages = await pull(docket, Kind.CLIENT)
    assert sum(len(page.records) for page in pages) == len(COMPANY.docket["clients"])
    assert len(clock.slept) == 1


async def test_a_server_that_hangs_is_given_up_in_time(url: str) -> None:
    post(url, "faults", {"kind": "slow", "seconds": 0.5, "count": 5, "path": "/v1/account"})
    async with source(url, timeout=0.1) as docket:
        with pytest.raises(ConnectionTrouble, match="in time"):
            await docket.account()


async def test_a_server_that_is_not_there_is_a_clear_sentence(server: DocketServer) -> None:
    with served(server) as url:
        pass
    async with source(url) as docket:
        with pytest.raises(ConnectionTrouble, match="no connection"):
            await docket.account()


async def test_faults_can_be_disarmed_and_must_make_sense(url: str) -> None:
    post(url, "faults", {"kind": "earthquake"}, 400)
    post(url, "faults", {"kind": "throttle", "path": "("}, 400)
    post(url, "faults", {"kind": "status-before", "count": None})
    async with httpx.AsyncClient() as http:
        assert (await http.delete(f"{url}/sandbox/faults")).status_code == 200
    clock = CountingClock()
    async with source(url, clock) as docket:
        await docket.account()
    assert clock.slept == []


async def test_whoever_runs_both_servers_can_take_over_the_reset(server: DocketServer) -> None:
    asked: list[str] = []
    server.on_reset = lambda: asked.append("both")
    with served(server) as url:
        post(url, "reset", {})
    assert asked == ["both"]
