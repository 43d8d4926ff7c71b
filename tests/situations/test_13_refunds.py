"""Situation 13: a refund, in full or in part, as credit memo or as refund receipt."""

from __future__ import annotations

from store.states import InvoiceStatus
from tests.situations.world import World


async def test_a_credit_memo_leaves_credit_open_and_that_is_said(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC")
    invoice = await world.invoice(client)
    await world.pay(invoice, reference="5571")
    await world.sync(invoice)
    refund = await world.docket("refunds", "refund", invoice=invoice["id"], amount="30.00")
    plan = await world.preview_one(invoice)
    assert plan.notes == (
        f"refund {refund['number']}: a credit memo of 30.00, which leaves the customer that much"
        " credit, although the money went back; refund receipts can be chosen in the settings",
    )
    await world.sync(invoice)
    (memo,) = await world.held("CreditMemo", DocNumber=refund["number"])
    assert (memo["TotalAmt"], memo["RemainingCredit"]) == (30, 30)
    assert world.detail(invoice).status == InvoiceStatus.SYNCED
    listed = [(one.entity, one.number, one.open) for one in world.desk.money.unapplied()]
    assert ("CreditMemo", refund["number"], 30_00) in listed


async def test_a_refund_receipt_takes_the_money_out_and_leaves_the_balance(world: World) -> None:
    world.desk.set_setting("refunds", "refund_receipt")
    client = await world.client("Heron Roofing LLC")
    invoice = await world.invoice(client)
    await world.pay(invoice, reference="5572")
    await world.sync(invoice)
    refund = await world.docket("refunds", "refund", invoice=invoice["id"])
    plan = await world.preview_one(invoice)
    assert plan.notes == (
        f"refund {refund['number']}: a refund receipt of 100.00, money that leaves the account;"
        " the customer's balance stays",
    )
    await world.sync(invoice)
    (receipt,) = await world.held("RefundReceipt", DocNumber=refund["number"])
    assert receipt["TotalAmt"] == 100
    (customer,) = await world.held("Customer", DisplayName="Heron Roofing LLC")
    assert customer["Balance"] == 0
    assert all(one.customer != "Heron Roofing LLC" for one in world.desk.money.unapplied())
