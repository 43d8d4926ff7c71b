"""Situation 16: a credit memo that Docket applied to an invoice."""

from __future__ import annotations

from store.states import InvoiceStatus
from sync.shapes import CountAndMoney, Outcome
from sync.tie_out.shapes import Class, Measure
from tests.situations.world import World


async def test_memo_and_its_use_are_posted_as_one_event(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    credit = await world.docket(
        "credits", "add_credit", client=client, amount="40.00", kind="memo", reason="Late"
    )
    await world.docket(
        "credits", "apply_credit", credit=credit["id"], invoice=invoice["id"], amount="30.00"
    )
    plan = await world.preview_one(invoice)
    assert plan.outcome == Outcome.PAYMENT_ONLY
    assert [(one.entity, one.amount) for one in plan.postings] == [
        ("CreditMemo", 40_00),
        ("Payment", 0),
    ]
    assert plan.notes == (
        f"credit memo {credit['number']}: a credit memo of 40.00 without sales tax, and a payment"
        " of 0.00 that applies 30.00 of it to the invoice",
    )
    result = await world.sync(invoice)
    assert result.agreed
    (memo,) = await world.held("CreditMemo", DocNumber=credit["number"])
    assert (memo["TotalAmt"], memo["RemainingCredit"]) == (40, 10)
    (line,) = [one for one in memo["Line"] if one["DetailType"] == "SalesItemLineDetail"]
    assert line["SalesItemLineDetail"]["ItemRef"]["name"] == "Delivery Fee"
    assert (await world.held_invoice(invoice))["Balance"] == 70
    assert world.detail(invoice).status == InvoiceStatus.SYNCED
    open_ones = [one for one in world.desk.money.unapplied() if one.entity == "CreditMemo"]
    assert [(one.number, one.open) for one in open_ones] == [(credit["number"], 10_00)]
    every = world.desk.money.unapplied()
    owed = world.desk.tie_out.receivables()
    assert owed.unapplied.amount == sum(one.open for one in every if one.ours)
    items = {one.key: one for one in world.desk.tie_out.month(credit["issued_on"][:7]).items}
    assert items["open_credits"].sums.amount == sum(one.open for one in every)

    await world.docket("credits", "void_credit", credit=credit["id"])
    held = await world.preview_one(invoice)
    assert (held.outcome, held.postings) == (Outcome.NEEDS_YOU, ())
    assert "QuickBooks has no void for a credit memo" in held.reason
    found = world.desk.tie_out.tie_out(world.desk.tie_out.whole())
    (gone,) = [one for one in found.differences if one.record == "credit"]
    assert (gone.kind, gone.invoice_id) == (Class.STATUS, invoice["id"])
    assert found.total.difference(Measure.CREDITS) == CountAndMoney(-1, -40_00)


async def test_a_memo_on_no_invoice_waits_for_a_product_and_posts_with_it(world: World) -> None:
    client = await world.client("Heron Roofing LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    credit = await world.docket(
        "credits", "add_credit", client=client, amount="25.00", kind="memo", reason="Goodwill"
    )
    await world.desk.pull()
    (loose,) = world.desk.money.loose()
    assert not loose.due
    assert "nothing says which product/service it is for" in loose.words
    (item, *_) = await world.held("Item", Name="Delivery Fee")
    world.desk.set_setting("credit_item", item["Id"])
    (loose,) = world.desk.money.loose()
    assert loose.due
    again = await world.invoice(client)
    await world.desk.pull()
    await world.desk.test_sync(world.desk.preview([again["id"]]))
    await world.desk.bulk_sync(world.desk.preview([loose.key]))
    (memo,) = await world.held("CreditMemo", DocNumber=credit["number"])
    assert (memo["TotalAmt"], memo["RemainingCredit"]) == (25, 25)

    await world.docket("credits", "apply_credit", credit=credit["id"], invoice=invoice["id"])
    plan = await world.preview_one(invoice)
    assert [(one.kind, one.entity) for one in plan.postings] == [("credit_application", "Payment")]
    await world.sync(invoice)
    assert (await world.held_invoice(invoice))["Balance"] == 75
    assert world.detail(invoice).status == InvoiceStatus.SYNCED
