"""Situation 17: a posted invoice is voided in Docket, unvoided, or voided and billed again."""

from __future__ import annotations

from collections.abc import Sequence

from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import ConflictKind, Outcome
from sync.tie_out.shapes import Difference
from tests.situations.world import Record, World


async def test_a_void_waits_to_be_ticked_and_an_unvoid_makes_a_successor(world: World) -> None:
    client = await world.client("Second Thoughts LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    first = await world.held_invoice(invoice)
    await world.docket("invoices", "void", invoice=invoice["id"], reason="wrong site")

    plan = await world.preview(invoice)
    (one,) = plan.invoices
    assert one.apart == ("it voids the invoice in QuickBooks",)
    assert (one.outcome, one.postings) == (Outcome.NEEDS_YOU, ())
    assert world.detail(invoice).reason.startswith("voided in Docket, to be voided in QuickBooks")
    await world.desk.bulk_sync(plan)
    assert await world.held_invoice(invoice)  # nothing rides along

    ticked = world.desk.preview([invoice["id"]], also=[invoice["id"]])
    assert [one.label for one in ticked.invoices[0].postings] == [
        f"void of invoice {invoice['number']}"
    ]
    result = await world.desk.bulk_sync(ticked)
    assert result.totals[Outcome.UPDATED].count == 1
    assert await world.held("Invoice", DocNumber=invoice["number"]) == []
    detail = world.detail(invoice)
    assert (detail.status, detail.reason) == (
        InvoiceStatus.EXCLUDED,
        "voided in Docket and voided in QuickBooks",
    )

    await world.docket("invoices", "unvoid", invoice=invoice["id"])
    plan = await world.preview(invoice)
    (one,) = plan.invoices
    assert one.outcome == Outcome.POSTED
    assert any("the old one stays there, voided" in note for note in one.notes)
    await world.desk.bulk_sync(plan)
    successor = await world.held_invoice(invoice)
    assert successor["Id"] != first["Id"]
    assert successor["TotalAmt"] == 100
    assert world.detail(invoice).status == InvoiceStatus.SYNCED


async def test_a_paid_one_says_what_to_do_first(world: World) -> None:
    client = await world.client("Paid Then Voided LLC")
    invoice = await world.invoice(client)
    await world.pay(invoice, reference="7001")
    await world.sync(invoice)
    await world.docket("invoices", "void", invoice=invoice["id"], reason="duplicate")
    plan = await world.preview_one(invoice)
    assert plan.outcome == Outcome.NEEDS_YOU
    assert "while a payment 7001 of 100.00 is applied" in plan.reason
    (group,) = [one for one in world.desk.conflicts() if one.subject_key == invoice["id"]]
    assert [way.action for way in group.ways_out] == ["open", "keep"]
    (held,) = await world.held("Payment", PaymentRefNum="7001")
    await world.office(
        "Payment", {"Id": held["Id"], "SyncToken": held["SyncToken"]}, operation="delete"
    )
    ticked_plan = await world.preview_one(invoice)
    assert ticked_plan.apart


async def test_void_and_rebill_does_not_bill_twice(world: World) -> None:
    client = await world.client("Billed Again LLC")
    first = await world.invoice(client)
    await world.sync(first)
    await world.docket("invoices", "void", invoice=first["id"], reason="rebilled")
    second = await world.invoice(client)

    plan = await world.preview(first, second)
    assert [one.postings for one in plan.invoices] == [(), ()]
    assert f"bills again what invoice {first['number']} billed" in world.detail(second).reason
    both = world.desk.preview([first["id"], second["id"]], also=[first["id"]])
    await world.desk.bulk_sync(both)
    assert await world.held("Invoice", DocNumber=first["number"]) == []

    await world.sync(second)
    assert (await world.held_invoice(second))["TotalAmt"] == 100
    assert (
        len(
            [
                one
                for one in await world.held("Invoice")
                if one["TotalAmt"] == 100
                and one["CustomerRef"] == (await world.held_invoice(second))["CustomerRef"]
            ]
        )
        == 1
    )


async def test_one_deleted_in_docket_changes_nothing_until_a_person_says_so(world: World) -> None:
    client = await world.client("Gone Fishing LLC")
    left, voided = await world.invoice(client), await world.invoice(client)
    await world.sync(left)
    await world.sync(voided)
    for one in (left, voided):
        await world.practice.edit_docket(action="delete", invoice=one["id"])
    plan = await world.preview(left, voided)
    assert [one.outcome for one in plan.invoices] == [Outcome.NEEDS_YOU, Outcome.NEEDS_YOU]
    ways = {
        group.subject_key: {way.action: way for way in group.ways_out}
        for group in world.desk.conflicts()
    }
    for one, action in ((left, "keep"), (voided, "void")):
        way = ways[one["id"]][action]
        world.desk.choose(Choice("invoice", one["id"], action, way.entity, way.qbo_id, way.name))
    assert world.detail(left).reason == "gone in Docket; left in QuickBooks as it is"
    await world.desk.bulk_sync(world.desk.preview([voided["id"]], also=[voided["id"]]))
    assert await world.held("Invoice", DocNumber=voided["number"]) == []
    assert await world.held_invoice(left)


async def test_a_payment_changed_voided_or_gone_asks_and_is_left_or_posted_again(
    world: World,
) -> None:
    client = await world.client("Other Money LLC")
    invoice = await world.invoice(client)
    payment = await world.pay(invoice, reference="8801")
    await world.sync(invoice)
    await world.docket("payments", "edit_payment", payment=payment["id"], reference="8802")
    plan = await world.preview(invoice)
    assert plan.writes == 0
    assert "it changes a payment in QuickBooks" in world.detail(invoice).reason
    assert world.desk.keeps("payment", payment["id"]) == plan.invoices[0].keeps
    world.desk.leave(plan.invoices[0])
    assert world.desk.keeps("payment", payment["id"]) == ()
    assert world.detail(invoice).status == InvoiceStatus.SYNCED

    (held,) = await world.held("Payment", PaymentRefNum="8801")
    gone = {"Id": held["Id"], "SyncToken": held["SyncToken"]}
    await world.office("Payment", gone, operation="delete")
    assert (await world.preview(invoice)).writes == 0
    assert "was deleted in QuickBooks" in world.detail(invoice).reason
    _take(world, payment, "create")
    result = await world.desk.bulk_sync(await world.preview(invoice))
    assert result.totals[Outcome.PAYMENT_ONLY].count == 1
    (again,) = await world.held("Payment", PaymentRefNum="8802")
    assert (await world.held_invoice(invoice))["Balance"] == 0

    await world.docket("payments", "void_payment", payment=payment["id"])
    assert (await world.preview(invoice)).writes == 0
    _take(world, payment, "void")
    one = (await world.preview(invoice)).invoices[0]
    assert one.apart == ("it voids a payment in QuickBooks",)
    assert await world.held("Payment", Id=again["Id"])
    await world.desk.bulk_sync(world.desk.preview([invoice["id"]], also=[invoice["id"]]))
    assert await world.held("Payment", Id=again["Id"]) == []
    assert (await world.held_invoice(invoice))["Balance"] == 100


def _take(world: World, record: Record, action: str) -> None:
    """Decide a conflict about a payment."""
    (group,) = [one for one in world.desk.conflicts() if one.subject_key == record["id"]]
    (way,) = [one for one in group.ways_out if one.action == action]
    world.desk.choose(
        Choice(group.subject_kind, record["id"], action, way.entity, way.qbo_id, way.name)
    )


async def test_what_was_paid_and_given_back_on_an_invoice_that_is_gone_is_not_forgotten(
    world: World,
) -> None:
    client = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(client))
    paid, gone = await world.invoice(client), await world.invoice(client)
    payment = await world.pay(paid)
    refund = await world.docket("refunds", "refund", invoice=gone["id"], amount="30.00")
    await world.docket("invoices", "void", invoice=paid["id"])
    await world.practice.edit_docket(action="delete", invoice=gone["id"])
    await world.desk.pull()

    # the money that came is posted as the customer's; what went back is a question
    (loose,) = [one for one in world.desk.money.loose() if one.due]
    assert loose.key == f"payment:{payment['id']}"
    group = world.conflict(ConflictKind.REFUND)
    assert group.words == (
        f"Refund {refund['number']} of 30.00 is of an invoice that does not stand in Docket any"
        " more, so it is not posted. If the money went back, enter a credit memo or refund receipt"
        f" with the number {refund['number']} in QuickBooks: the next refresh finds it. Else leave"
        " it out."
    )
    assert [way.action for way in group.ways_out] == ["open", "keep"]
    await world.desk.bulk_sync(world.desk.preview([loose.key]))
    (held,) = await world.held("Payment", UnappliedAmt=100)
    assert held["TotalAmt"] == 100
    assert [one.record for one in _differences(world)] == ["refund"]

    # left out it is no conflict, and the proof goes on listing it; entered there it is linked
    keep = group.ways_out[1]
    world.desk.choose(Choice(group.subject_kind, group.subject_key, "keep", name=keep.name))
    assert [one for one in world.desk.conflicts() if one.kind == ConflictKind.REFUND] == []
    assert [one.record for one in _differences(world)] == ["refund"]
    (item,) = await world.held("Item", Name="Delivery Fee")
    line = {
        "Amount": 30,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item["Id"]}},
    }
    await world.office(
        "CreditMemo",
        {
            "CustomerRef": held["CustomerRef"],
            "DocNumber": refund["number"],
            "TxnDate": refund["refunded_on"],
            "Line": [line],
        },
    )
    await world.desk.pull()
    (found,) = [one for one in world.desk.money.loose() if one.due]
    assert found.words == "already in QuickBooks; will be linked"
    await world.desk.bulk_sync(world.desk.preview([found.key]))
    assert _differences(world) == ()
    assert world.desk.money.loose() == ()


def _differences(world: World) -> Sequence[Difference]:
    """What the proof lists of the new client's."""
    found = world.desk.tie_out.tie_out(world.desk.tie_out.whole()).differences
    return tuple(one for one in found if one.name == "Kestrel Fencing LLC")
