"""Situation 20: the connection expired, the plan lapsed, the company is another one."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import ConnectionTrouble
from store.states import InvoiceStatus
from sync.shapes import ConflictKind, Outcome
from tests.situations.world import World


async def test_a_lapsed_plan_is_a_conflict_before_the_first_call_and_clears_by_itself(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(client))
    invoices = [await world.invoice(client) for _ in range(2)]
    await world.bookkeeper(subscription="EXPIRED")
    plan = await world.preview(*invoices)
    assert {one.outcome for one in plan.invoices} == {Outcome.NEEDS_YOU}
    assert plan.writes == 0
    group = world.conflict(ConflictKind.SUBSCRIPTION)
    assert (len(group.invoices), group.amount) == (2, 200_00)
    assert group.words == (
        "The QuickBooks subscription of this company is expired: it can be read, not written."
        " Renew it at Intuit, then refresh."
    )
    await world.bookkeeper(subscription="PAID")

    # lapsed between the preview and the run: the run stops, nothing is lost, it goes on later
    plan = await world.preview(*invoices)
    await world.bookkeeper(subscription="EXPIRED")
    result = await world.desk.bulk_sync(plan)
    assert "subscription has ended" in result.stopped_because
    assert await world.held("Invoice", DocNumber=invoices[0]["number"]) == []
    await world.bookkeeper(subscription="PAID")
    result = await world.sync(*invoices)
    assert result.totals[Outcome.POSTED].count == 2
    assert {world.detail(one).status for one in invoices} == {InvoiceStatus.SYNCED}


async def test_expired_forbidden_and_no_longer_allowed_are_told_apart(world: World) -> None:
    world.alone()
    invoice = await world.invoice(await world.client("Kestrel Fencing LLC"))
    plan = await world.preview(invoice)
    for fault, words in (
        ({"kind": "unauthorized", "count": 2}, "no longer accepts our connection"),
        ({"kind": "fault", "code": "120", "status": 401}, "may no longer use"),
        ({"kind": "fault", "code": "3100", "status": 403}, "does not let us into this company"),
    ):
        await _arm(world, path="companyinfo", **fault)
        with pytest.raises(ConnectionTrouble, match=words):
            await world.desk.test_sync(plan)
    assert await world.held("Invoice", DocNumber=invoice["number"]) == []


async def test_a_company_of_another_name_is_refused_until_a_person_has_looked(
    world: World,
) -> None:
    world.alone()
    invoice = await world.invoice(await world.client("Kestrel Fencing LLC"))
    plan = await world.preview(invoice)
    known = world.desk.banner().company
    info = (await world.held("CompanyInfo"))[0]
    await world.office(
        "CompanyInfo",
        {"Id": info["Id"], "SyncToken": info["SyncToken"], "sparse": True, "CompanyName": "Other"},
    )
    with pytest.raises(ConnectionTrouble, match=f"called Other .* knows it as {known}"):
        await world.desk.test_sync(plan)
    assert await world.held("Invoice", DocNumber=invoice["number"]) == []
    result = await world.desk.pull()
    assert f"The company is called Other now; it was {known}" in result.warnings[0]
    await world.sync(invoice)
    assert (await world.held_invoice(invoice))["TotalAmt"] == 100


async def _arm(world: World, **fault: Any) -> None:
    handle = world.practice.handle
    answer = await world.practice.http.post(f"{handle.qbo_url}/sandbox/faults", json=fault)
    assert answer.status_code == 200, answer.text
