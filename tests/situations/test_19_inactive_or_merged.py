"""Situation 19: a customer or product/service was made inactive, or merged, in QuickBooks."""

from __future__ import annotations

from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import Outcome
from tests.situations.world import LINE, World


async def test_an_inactive_customer_shows_how_many_invoices_wait_and_one_choice_mends_all(
    world: World,
) -> None:
    client = await world.client("Merged Away LLC")
    posted = await world.invoice(client)
    await world.pay(posted)  # QuickBooks keeps a customer with a balance active
    await world.sync(posted)
    held = await world.held_invoice(posted)
    other = await world.office("Customer", {"DisplayName": "Merged Into LLC"})
    (customer,) = await world.held("Customer", DisplayName="Merged Away LLC")
    await world.office(
        "Customer",
        {**{k: customer[k] for k in ("Id", "SyncToken")}, "sparse": True, "Active": False},
    )
    first, second = await world.invoice(client), await world.invoice(client)
    plan = await world.preview(first, second)
    assert [one.outcome for one in plan.invoices] == [Outcome.NEEDS_YOU] * 2
    (group,) = [one for one in world.desk.conflicts() if one.subject_key == client]
    assert group.kind == "customer_inactive"
    assert len(group.invoices) == 2
    assert world.detail(posted).status == InvoiceStatus.SYNCED

    world.desk.choose(Choice("client", client, "use", "Customer", other["Id"], "Merged Into LLC"))
    await world.desk.bulk_sync(await world.preview(first, second))
    for one in (first, second):
        assert (await world.held_invoice(one))["CustomerRef"]["value"] == other["Id"]
    now = await world.held_invoice(posted)
    assert now["CustomerRef"]["value"] == held["CustomerRef"]["value"]


async def test_an_inactive_product_blocks_what_uses_it_and_not_a_later_change(
    world: World,
) -> None:
    client = await world.client("Old Price Book LLC")
    old = {**LINE, "name": "Old Dumpster"}
    item = await world.office(
        "Item",
        {"Name": "Old Dumpster", "Type": "Service", "IncomeAccountRef": {"value": "79"}},
    )
    posted = await world.invoice(client, old)
    await world.sync(posted)
    await world.office(
        "Item", {**{k: item[k] for k in ("Id", "SyncToken")}, "sparse": True, "Active": False}
    )
    fresh = await world.invoice(client, old)
    plan = await world.preview_one(fresh)
    assert plan.outcome == Outcome.NEEDS_YOU
    (group,) = [one for one in world.desk.conflicts() if fresh["id"] in one.invoices]
    assert group.kind == "product_unusable"
    assert group.subject == "Old Dumpster"
    assert world.detail(posted).status == InvoiceStatus.SYNCED


async def test_one_made_inactive_after_the_preview_is_refused_in_plain_words(
    world: World,
) -> None:
    client = await world.client("Just Now LLC")
    item = await world.office(
        "Item", {"Name": "Swap", "Type": "Service", "IncomeAccountRef": {"value": "79"}}
    )
    swap = {**LINE, "name": "Swap"}
    await world.sync(await world.invoice(client, swap))
    invoice = await world.invoice(client, swap)
    plan = await world.preview(invoice)
    await world.office(
        "Item", {**{k: item[k] for k in ("Id", "SyncToken")}, "sparse": True, "Active": False}
    )
    result = await world.desk.bulk_sync(plan)
    assert result.totals[Outcome.NEEDS_YOU].count == 1
    assert "made inactive" in result.invoices[0].reason
    assert await world.held("Invoice", DocNumber=invoice["number"]) == []
    assert world.detail(invoice).status == InvoiceStatus.CONFLICTED


async def test_merged_customers_are_asked_about_once_for_all_that_moved_with_them(
    world: World,
) -> None:
    client = await world.client("Merged Away LLC")
    first, second = await world.invoice(client), await world.invoice(client)
    await world.pay(first)
    await world.sync(first, second)
    loser = (await world.held_invoice(first))["CustomerRef"]["value"]
    winner = await world.office("Customer", {"DisplayName": "Merged Into LLC"})
    await world.bookkeeper(merge={"from": loser, "into": winner["Id"]})
    await world.desk.pull()
    (group,) = [one for one in world.desk.conflicts() if first["id"] in one.invoices]
    assert group.kind == "customer_inactive"
    assert sorted(group.invoices) == sorted([first["id"], second["id"]])

    world.desk.choose(Choice("client", client, "use", "Customer", winner["Id"], "Merged Into LLC"))
    assert {world.detail(one).status for one in (first, second)} == {InvoiceStatus.SYNCED}
    found = world.desk.tie_out.tie_out(world.desk.tie_out.whole())
    assert [one for one in found.differences if one.name == "Merged Away LLC"] == []
