"""The client against the practice QuickBooks, over real HTTP on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from connectors.qbo.client import QboClient
from connectors.qbo.faults import (
    QboForbidden,
    QboRefused,
    QboThrottled,
    QboUnclear,
    QboUnreachable,
)
from connectors.qbo.intuit import IntuitOAuth
from connectors.qbo.query import where_equal, where_in
from connectors.qbo.refresh import Refresher
from connectors.qbo.throttle import Limits, Throttle
from connectors.qbo.tokens import TokenSet, TokenStore
from core.clock import SystemClock
from core.errors import ConnectionTrouble
from core.ids import SystemIds
from core.jsonio import JsonObject, dumps
from core.secrets import FileSecrets, Secret
from sandbox.main import Handle, SandboxOptions, running

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass
class Practice:
    """The practice company, its client, and the way to its back door."""

    handle: Handle
    client: QboClient
    store: TokenStore
    folder: Path
    admin: httpx.AsyncClient

    async def arm(self, **fault: Any) -> None:
        """Let something go wrong."""
        done = await self.admin.post("/sandbox/faults", json=fault)
        assert done.status_code == 200, done.text

    async def advance(self, seconds: float) -> None:
        """Move QuickBooks' clock."""
        await self.admin.post("/sandbox/clock", json={"advance": seconds})

    async def new_customer(self, name: str, request_id: str) -> JsonObject:
        body = dumps({"DisplayName": name}).encode()
        return (await self.client.create("Customer", body, request_id)).object

    def refresher(self) -> Refresher:
        """A program of its own, as far as tokens go."""
        return renewer(self.handle, self.store, self.folder)


class ImpatientClock(SystemClock):
    """Waits a hundredth of what it is asked to."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 100)


def renewer(handle: Handle, store: TokenStore, folder: Path) -> Refresher:
    discovery = f"{handle.qbo_url}/.well-known/openid_configuration"
    oauth = IntuitOAuth(handle.client_id, Secret(handle.client_secret), discovery)
    return Refresher(store, oauth, folder / "t.lock", clock=SystemClock())


def connect(url: str, realm_id: str, tokens: Refresher, timeout: float = 5) -> QboClient:
    clock = ImpatientClock()
    return QboClient(
        url,
        realm_id,
        tokens,
        clock=clock,
        ids=SystemIds(),
        throttle=Throttle(clock, Limits(per_minute=100_000, per_second=10_000)),
        timeout=timeout,
    )


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def server() -> AsyncIterator[Handle]:
    async with running(SandboxOptions(invoices=30)) as handle:
        yield handle


@pytest_asyncio.fixture(loop_scope="module")
async def practice(server: Handle, tmp_path: Path) -> AsyncIterator[Practice]:
    """The practice company as on its first day, newly connected."""
    server.qbo.reset()
    server.qbo.tokens.rotate_always = False
    granted = server.qbo.tokens.connect(server.realm_id, server.client_id)
    store = TokenStore(FileSecrets(tmp_path / "secrets.json"), server.realm_id)
    store.put(
        TokenSet(
            access_token=Secret(granted["access_token"]),
            refresh_token=Secret(granted["refresh_token"]),
            realm_id=server.realm_id,
            expires_at=SystemClock().now() + timedelta(hours=1),
        )
    )
    refresher = renewer(server, store, tmp_path)
    async with (
        httpx.AsyncClient(base_url=server.qbo_url, trust_env=False) as admin,
        connect(server.qbo_url, server.realm_id, refresher) as client,
    ):
        yield Practice(server, client, store, tmp_path, admin)


async def test_what_is_created_is_found_again_under_any_name(practice: Practice) -> None:
    names = ["O'Neil & Sons", 'back\\slash "quoted"', "Müller – “Ltd” 😀", "100% off_"]
    for number, name in enumerate(names):
        made = await practice.new_customer(name, f"r{number}")
        (found,) = await practice.client.query(
            f"select * from Customer where {where_equal('DisplayName', name)}"
        )
        assert found["Id"] == made["Id"]
        assert await practice.client.read("Customer", made["Id"]) == found
    rows = await practice.client.query(
        f"select * from Customer where {where_in('DisplayName', names)}"
    )
    assert {row["DisplayName"] for row in rows} == set(names)


async def test_the_same_request_twice_writes_once(practice: Practice) -> None:
    before = await practice.client.count("Customer")
    first = await practice.new_customer("Once Only LLC", "same")
    assert await practice.new_customer("Once Only LLC", "same") == first
    assert await practice.client.count("Customer") == before + 1


async def test_every_page_of_every_list_is_read(practice: Practice) -> None:
    for entity in ("Customer", "Invoice", "Item", "Account"):
        rows = [row async for page in practice.client.query_all(entity, page=7) for row in page]
        assert len({row["Id"] for row in rows}) == len(rows) == await practice.client.count(entity)
        assert len(rows) > 7


async def test_the_company_says_who_it_is(practice: Practice) -> None:
    info = await practice.client.company_info()
    assert info["CompanyName"] == practice.handle.companies[0]["name"]
    assert "SalesFormsPrefs" in await practice.client.preferences()


async def test_changes_come_back_with_quickbooks_own_time(practice: Practice) -> None:
    start = await practice.client.changes(["Customer"], SystemClock().now() - timedelta(days=1))
    made = await practice.new_customer("Just Now LLC", "r")
    changes = await practice.client.changes(
        ["Customer", "Invoice"], start.at - timedelta(minutes=1)
    )
    assert made["Id"] in {row["Id"] for row in changes.objects["Customer"]}
    assert changes.at >= start.at


async def test_an_update_and_its_stale_twin(practice: Practice) -> None:
    made = await practice.new_customer("Old Name LLC", "r1")
    change = dumps(
        {"Id": made["Id"], "SyncToken": made["SyncToken"], "sparse": True, "CompanyName": "New"}
    ).encode()
    changed = await practice.client.update("Customer", change, "r2")
    assert changed.object["CompanyName"] == "New"
    assert changed.intuit_tid
    with pytest.raises(QboRefused) as caught:
        await practice.client.update("Customer", change.replace(b"New", b"Newer"), "r3")
    assert caught.value.code == "5010"


async def test_a_voided_invoice_keeps_its_number_and_loses_its_money(practice: Practice) -> None:
    rows = await practice.client.query("select * from Invoice where Balance > '0' maxresults 1000")
    unpaid = next(row for row in rows if not row.get("LinkedTxn"))
    body = dumps({"Id": unpaid["Id"], "SyncToken": unpaid["SyncToken"]}).encode()
    voided = (await practice.client.void("Invoice", body, "r")).object
    assert (voided["DocNumber"], voided["TotalAmt"]) == (unpaid["DocNumber"], 0)


async def test_a_refusal_says_why(practice: Practice) -> None:
    await practice.new_customer("Taken LLC", "r1")
    with pytest.raises(QboRefused) as caught:
        await practice.new_customer("taken llc", "r2")
    assert caught.value.code == "6240"
    assert caught.value.intuit_tid
    with pytest.raises(QboRefused) as missing:
        await practice.client.read("Invoice", "999999")
    assert missing.value.code == "610"


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("reset-before", False),
        ("reset-after", True),
        ("status-before", False),
        ("status-after", True),
        ("truncate", True),
        ("malformed", True),
    ],
)
async def test_a_broken_answer_to_a_write_is_unclear_whether_done_or_not(
    practice: Practice, kind: str, written: bool
) -> None:
    await practice.arm(kind=kind, method="POST", path="/customer")
    with pytest.raises(QboUnclear):
        await practice.new_customer("Schrödinger Hauling", "r")
    rows = await practice.client.query(
        f"select * from Customer where {where_equal('DisplayName', 'Schrödinger Hauling')}"
    )
    assert bool(rows) == written
    sent_again = await practice.new_customer("Schrödinger Hauling", "r")
    assert not rows or rows[0]["Id"] == sent_again["Id"]


async def test_a_slow_write_is_unclear_after_the_time_out(practice: Practice) -> None:
    url, realm_id = practice.handle.qbo_url, practice.handle.realm_id
    async with connect(url, realm_id, practice.refresher(), timeout=0.5) as hurried:
        await practice.arm(kind="slow", seconds=2, path="/customer")
        with pytest.raises(QboUnclear):
            await hurried.create("Customer", b'{"DisplayName":"Slow LLC"}', "r")


@pytest.mark.parametrize("kind", ["reset-before", "status-after", "truncate", "malformed"])
async def test_a_broken_answer_to_a_read_is_asked_again(practice: Practice, kind: str) -> None:
    await practice.arm(kind=kind, path="/companyinfo", count=2)
    assert (await practice.client.company_info())["CompanyName"]


@pytest.mark.parametrize("xml", [False, True])
async def test_a_429_in_either_dialect_is_seen(practice: Practice, xml: bool) -> None:
    await practice.arm(kind="throttle", path="/customer", xml=xml, retry_after=1)
    with pytest.raises(QboThrottled) as caught:
        await practice.new_customer("Later LLC", "r")
    assert caught.value.retry_after == 1
    assert caught.value.code == "3001"


async def test_an_expired_token_is_renewed_once_for_all_who_met_it(practice: Practice) -> None:
    before = practice.store.load()
    await practice.admin.post("/sandbox/settings", json={"rotate_always": True})
    await practice.advance(4000)
    infos = await asyncio.gather(*(practice.client.company_info() for _ in range(5)))
    assert len(infos) == 5
    kept = practice.store.load()
    assert kept.version == 2
    assert kept.refresh_token != before.refresh_token
    assert kept.hard_expires_at is not None


async def test_two_programs_survive_a_value_that_changes_every_time(practice: Practice) -> None:
    await practice.admin.post("/sandbox/settings", json={"rotate_always": True})
    programs = [practice.refresher() for _ in range(2)]
    for _ in range(5):
        held = {await program.access_token() for program in programs}
        tokens = await asyncio.gather(
            *(program.renewed(token) for program in programs for token in held)
        )
        assert tokens
    assert practice.handle.qbo.tokens.realm_of(practice.store.load().access_token.reveal())


async def test_a_connection_taken_back_in_quickbooks_asks_for_a_new_one(
    practice: Practice,
) -> None:
    practice.handle.qbo.tokens.revoke(practice.store.load().refresh_token.reveal())
    with pytest.raises(ConnectionTrouble, match="taken back"):
        await practice.client.company_info()


async def test_a_server_that_is_gone_was_never_reached(practice: Practice) -> None:
    realm_id = practice.handle.realm_id
    async with connect("http://127.0.0.1:9", realm_id, practice.refresher()) as client:
        with pytest.raises(QboUnreachable):
            await client.create("Customer", b"{}", "r")


async def test_another_companys_token_opens_nothing(practice: Practice) -> None:
    url = practice.handle.qbo_url
    async with connect(url, "9130000000000099", practice.refresher()) as client:
        with pytest.raises(QboForbidden):
            await client.company_info()
