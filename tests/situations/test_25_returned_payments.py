"""Situation 25: an ACH payment that is under way, comes back after the sync, or is disputed."""

from __future__ import annotations

from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import Outcome
from tests.situations.world import Record, World


async def _returned(world: World, name: str, *, deposit: bool) -> tuple[Record, Record]:
    client = await world.client(name)
    invoice = await world.invoice(client)
    payment = await world.pay(invoice, method="ACH", reference="ACH71", status="pending")
    await world.sync(invoice)
    assert await world.held("Payment", PaymentRefNum="ACH71") == []
    await world.docket("payments", "edit_payment", payment=payment["id"], status="settled")
    await world.sync(invoice)
    (held,) = await world.held("Payment", PaymentRefNum="ACH71")
    assert held["TotalAmt"] == 100
    if deposit:
        await world.bookkeeper(deposit={"payments": [held["Id"]]})
    await world.docket("payments", "edit_payment", payment=payment["id"], status="returned")
    return invoice, payment


async def test_a_return_is_voided_only_after_a_person_said_so_and_ticked_it(world: World) -> None:
    invoice, payment = await _returned(world, "Kestrel Fencing LLC", deposit=False)
    world.desk.set_setting("reconciled_through", payment["received_on"])
    assert "in a month that you reconciled" in (await world.preview_one(invoice)).reason
    (group,) = world.conflicts(invoice)
    assert [way.action for way in group.ways_out] == ["open", "keep", "exclude"]
    world.desk.set_setting("reconciled_through", "")
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings) == (Outcome.NEEDS_YOU, ())
    (group,) = world.conflicts(invoice)
    assert "was returned by the bank after it was posted" in group.words
    assert "A fee of the bank is an expense of its own" in group.words
    void = next(way for way in group.ways_out if way.action == "void")
    world.desk.choose(Choice("payment", payment["id"], "void", void.entity, void.qbo_id))

    (one,) = world.desk.preview([invoice["id"]]).invoices
    assert (one.postings, one.apart) == ((), ("it voids a payment in QuickBooks",))
    await world.desk.bulk_sync(world.desk.preview([invoice["id"]]))
    assert await world.held("Payment", PaymentRefNum="ACH71")
    await world.desk.bulk_sync(world.desk.preview([invoice["id"]], also=[invoice["id"]]))
    assert await world.held("Payment", PaymentRefNum="ACH71") == []
    assert (await world.held_invoice(invoice))["Balance"] == 100
    assert world.detail(invoice).status == InvoiceStatus.SYNCED

    await world.pay(invoice, method="Check", reference="5580")
    await world.sync(invoice)
    assert (await world.held_invoice(invoice))["Balance"] == 0


async def test_a_deposited_return_is_told_what_is_right_and_nothing_is_touched(
    world: World,
) -> None:
    invoice, _ = await _returned(world, "Heron Roofing LLC", deposit=True)
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings) == (Outcome.NEEDS_YOU, ())
    (group,) = world.conflicts(invoice)
    assert [way.action for way in group.ways_out] == ["open", "keep", "exclude"]
    assert "it is in the bank deposit of" in group.words
    assert "Leave the payment and its deposit as they are" in group.words
    (held,) = await world.held("Payment", PaymentRefNum="ACH71")
    assert held["SyncToken"] == "0"


async def test_under_way_is_said_and_not_posted(world: World) -> None:
    client = await world.client("Plover Paving LLC")
    invoice = await world.invoice(client)
    await world.pay(invoice, method="ACH", reference="ACH72", status="pending")
    plan = await world.preview_one(invoice)
    assert [one.kind for one in plan.postings if one.kind == "payment"] == []
    assert "ACH under way: payment by ACH ACH72 posts when it has settled" in plan.notes
