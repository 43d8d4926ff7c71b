"""Situation 12: a payment that must change lies in a bank deposit already."""

from __future__ import annotations

from sync.shapes import Outcome
from tests.situations.world import Record, World


async def _deposited(world: World, name: str) -> tuple[Record, Record]:
    client = await world.client(name)
    invoice = await world.invoice(client)
    payment = await world.pay(invoice, reference="5571")
    await world.sync(invoice)
    (held,) = await world.held("Payment", PaymentRefNum="5571")
    await world.bookkeeper(deposit={"payments": [held["Id"]]})
    return invoice, payment


async def test_the_deposit_is_named_before_anything_is_tried(world: World) -> None:
    invoice, payment = await _deposited(world, "Kestrel Fencing LLC")
    (deposit,) = await world.held("Deposit", TotalAmt=100)
    await world.docket("payments", "edit_payment", payment=payment["id"], amount="90.00")
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings) == (Outcome.NEEDS_YOU, ())
    assert (
        f"it is in the bank deposit of {deposit['TxnDate']} over 100.00. QuickBooks lets nobody"
        " change it there: enter the difference in Docket as a refund or a credit instead"
    ) in plan.reason
    (group,) = world.conflicts(invoice)
    assert [way.action for way in group.ways_out] == ["open", "keep", "exclude"]
    (held,) = await world.held("Payment", PaymentRefNum="5571")
    assert (held["TotalAmt"], held["SyncToken"]) == (100, "0")


async def test_deposited_money_that_docket_applies_later_is_left_to_quickbooks(
    world: World,
) -> None:
    client = await world.client("Heron Roofing LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    paid = await world.docket("payments", "pay", client=client, amount="60.00", reference="A-9")
    await world.desk.pull()
    await world.desk.bulk_sync(world.desk.preview([f"payment:{paid['id']}"]))
    (held,) = await world.held("Payment", PaymentRefNum="A-9")
    await world.bookkeeper(deposit={"payments": [held["Id"]]})
    await world.docket(
        "payments",
        "edit_payment",
        payment=paid["id"],
        allocations=[{"invoice": invoice["id"], "amount": "60.00"}],
    )
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings) == (Outcome.NEEDS_YOU, ())
    assert "Apply 60.00 of it to the invoice in QuickBooks" in plan.reason
