"""Situation 15: a prepayment, or money paid beyond an invoice, and its use later."""

from __future__ import annotations

from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import CountAndMoney, Outcome
from sync.tie_out.shapes import Measure
from tests.situations.world import World


async def test_money_ahead_is_posted_once_and_linked_when_docket_uses_it(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC")
    first = await world.invoice(client)
    await world.sync(first)
    credit = await world.docket(
        "credits", "add_credit", client=client, amount="250.00", method="Check"
    )
    await world.desk.pull()
    (loose,) = world.desk.money.loose()
    assert (loose.key, loose.amount, loose.due) == (f"credit:{credit['id']}", 250_00, True)
    plan = world.desk.preview([loose.key])
    assert plan.invoices[0].outcome == Outcome.PAYMENT_ONLY
    assert plan.invoices[0].notes == (
        f"prepayment by Check {credit['number']}: 250.00 of it stays unapplied, as credit",
    )
    result = await world.desk.bulk_sync(plan)
    assert result.proof.difference == 0
    (held,) = await world.held("Payment", PaymentRefNum=credit["number"])
    assert (held["TotalAmt"], held["UnappliedAmt"], held["Line"]) == (250, 250, [])

    await world.docket("credits", "apply_credit", credit=credit["id"], invoice=first["id"])
    plan_one = await world.preview_one(first)
    assert plan_one.outcome == Outcome.PAYMENT_ONLY
    assert plan_one.notes == (
        f"prepayment by Check {credit['number']} is in QuickBooks, unapplied: 100.00 of it goes"
        " to the invoice; no second payment is posted",
    )
    await world.sync(first)
    (held,) = await world.held("Payment", PaymentRefNum=credit["number"])
    assert (held["TotalAmt"], held["UnappliedAmt"]) == (250, 150)
    assert (await world.held_invoice(first))["Balance"] == 0
    assert world.detail(first).status == InvoiceStatus.SYNCED

    second = await world.invoice(client)
    await world.docket("credits", "apply_credit", credit=credit["id"], invoice=second["id"])
    await world.sync(second)
    (held,) = await world.held("Payment", PaymentRefNum=credit["number"])
    assert (held["TotalAmt"], held["UnappliedAmt"]) == (250, 50)
    assert (await world.held_invoice(second))["Balance"] == 0
    assert {world.detail(one).status for one in (first, second)} == {InvoiceStatus.SYNCED}
    whole = world.desk.tie_out.tie_out(world.desk.tie_out.whole()).total
    assert whole.docket[Measure.CREDITS] == whole.quickbooks[Measure.CREDITS]
    assert whole.quickbooks[Measure.CREDITS] == CountAndMoney(1, 250_00)


async def test_what_the_office_applied_itself_is_found_and_not_posted(world: World) -> None:
    client = await world.client("Heron Roofing LLC")
    first = await world.invoice(client)
    await world.sync(first)
    paid = await world.docket("payments", "pay", client=client, amount="130.00", reference="A-77")
    await world.desk.pull()
    await world.desk.bulk_sync(world.desk.preview([f"payment:{paid['id']}"]))
    (held,) = await world.held("Payment", PaymentRefNum="A-77")
    there = await world.held_invoice(first)
    await world.office(
        "Payment",
        {
            "Id": held["Id"],
            "SyncToken": held["SyncToken"],
            "sparse": True,
            "Line": [{"Amount": 100, "LinkedTxn": [{"TxnId": there["Id"], "TxnType": "Invoice"}]}],
        },
    )
    await world.docket(
        "payments",
        "edit_payment",
        payment=paid["id"],
        allocations=[{"invoice": first["id"], "amount": "100.00"}],
    )
    plan = await world.preview_one(first)
    assert (plan.outcome, plan.postings) == (Outcome.SKIPPED, ())
    assert world.detail(first).status == InvoiceStatus.SYNCED
    assert len(await world.held("Payment")) == len(
        [one for one in await world.held("Payment") if one["Id"] != "0"]
    )


async def test_a_voided_prepayment_asks_and_changes_nothing_by_itself(world: World) -> None:
    client = await world.client("Plover Paving LLC")
    invoice = await world.invoice(client)
    credit = await world.docket("credits", "add_credit", client=client, amount="100.00")
    await world.docket("credits", "apply_credit", credit=credit["id"], invoice=invoice["id"])
    await world.sync(invoice)
    assert (await world.held_invoice(invoice))["Balance"] == 0

    await world.docket("credits", "void_credit", credit=credit["id"])
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings) == (Outcome.NEEDS_YOU, ())
    (group,) = [one for one in world.desk.conflicts() if one.subject_key == credit["id"]]
    assert "was voided in Docket after it was posted" in group.words
    assert [way.action for way in group.ways_out] == ["void", "open", "keep", "exclude"]
    assert (await world.held_invoice(invoice))["Balance"] == 0


async def test_unused_money_that_docket_voids_can_be_voided_when_ticked(world: World) -> None:
    client = await world.client("Osprey Glass LLC")
    await world.sync(await world.invoice(client))
    credit = await world.docket("credits", "add_credit", client=client, amount="80.00")
    key = f"credit:{credit['id']}"
    await world.desk.pull()
    await world.desk.bulk_sync(world.desk.preview([key]))
    await world.docket("credits", "void_credit", credit=credit["id"])
    await world.desk.pull()
    (group,) = [one for one in world.desk.conflicts() if one.subject_key == credit["id"]]
    void = next(way for way in group.ways_out if way.action == "void")
    world.desk.choose(Choice("credit", credit["id"], "void", void.entity, void.qbo_id))
    assert world.desk.preview([key]).writes == 0
    result = await world.desk.bulk_sync(world.desk.preview([key], also=[key]))
    assert result.agreed
    assert await world.held("Payment", PaymentRefNum=credit["number"]) == []
    assert world.desk.money.loose() == ()
