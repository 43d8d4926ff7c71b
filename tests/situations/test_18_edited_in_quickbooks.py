"""Situation 18: somebody edits or deletes in QuickBooks what was posted."""

from __future__ import annotations

from typing import Any

from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import ConflictGroup, Outcome
from tests.situations.world import LINE, Record, World

OVERAGE = {"name": "Delivery Fee", "quantity": "1", "unit_price": "30.00", "taxable": False}


async def _edit(world: World, invoice: Record, **fields: Any) -> Record:
    held = await world.held_invoice(invoice)
    known = {"Id": held["Id"], "SyncToken": held["SyncToken"], "sparse": True}
    return await world.office("Invoice", {**known, **fields})


def _conflict(world: World, invoice: Record) -> ConflictGroup:
    (found,) = [one for one in world.desk.conflicts() if one.subject_key == invoice["id"]]
    return found


def _take(world: World, invoice: Record, action: str) -> None:
    (way,) = [one for one in _conflict(world, invoice).ways_out if one.action == action]
    world.desk.choose(Choice("invoice", invoice["id"], action, way.entity, way.qbo_id, way.name))


async def test_an_edit_there_is_shown_and_kept_as_long_as_both_sides_stay(world: World) -> None:
    client = await world.client("Edited There LLC")
    invoice = await world.invoice(client, LINE, memo="Gate code 4711")
    await world.sync(invoice)
    await _edit(world, invoice, CustomerMemo={"value": "Gate code 9999"})
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings) == (Outcome.NEEDS_YOU, ())
    detail = world.detail(invoice)
    assert (detail.status, detail.reason_code) == (InvoiceStatus.CONFLICTED, "changed_in_qbo")
    assert "memo Gate code 4711 when posted, Gate code 9999 now" in detail.reason

    _take(world, invoice, "keep")
    assert world.detail(invoice).status == InvoiceStatus.SYNCED
    await world.pay(invoice)
    await world.sync(invoice)  # its payment still posts, and raises the token
    await world.desk.pull()
    assert world.detail(invoice).status == InvoiceStatus.SYNCED

    await _edit(world, invoice, CustomerMemo={"value": "no gate"})
    await world.desk.pull()
    assert world.detail(invoice).reason_code == "changed_in_qbo"


async def test_a_payment_there_or_a_class_is_no_conflict(world: World) -> None:
    client = await world.client("Paid There LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    held = await world.held_invoice(invoice)
    await world.office(
        "Payment",
        {
            "CustomerRef": held["CustomerRef"],
            "TotalAmt": 40,
            "Line": [{"Amount": 40, "LinkedTxn": [{"TxnId": held["Id"], "TxnType": "Invoice"}]}],
        },
    )
    await _edit(world, invoice, PrivateNote=f"ok, Ann\n{held['PrivateNote']}")
    await world.docket("invoices", "add_line", invoice=invoice["id"], **OVERAGE)
    plan = await world.preview_one(invoice)
    assert plan.apart == ("it is partly paid",)
    await world.desk.bulk_sync(world.desk.preview([invoice["id"]], also=[invoice["id"]]))
    now = await world.held_invoice(invoice)
    assert (now["TotalAmt"], now["Balance"]) == (130, 90)
    assert now["PrivateNote"].startswith("ok, Ann")


async def test_both_sides_changed_and_a_person_sends_only_dockets(world: World) -> None:
    client = await world.client("Both Sides LLC")
    invoice = await world.invoice(client, LINE, memo="Gate code 4711")
    await world.sync(invoice)
    await _edit(world, invoice, CustomerMemo={"value": "Gate code 9999"})
    await world.docket("invoices", "add_line", invoice=invoice["id"], **OVERAGE)
    plan = await world.preview_one(invoice)
    assert plan.outcome == Outcome.NEEDS_YOU
    assert plan.status == InvoiceStatus.CONFLICTED
    assert "changed_both" in _conflict(world, invoice).kind
    assert "Docket changed line 2" in _conflict(world, invoice).words
    three = {one.field: one for one in plan.changes}
    assert three["line 2"].docket.startswith("Delivery Fee 30.00")
    assert (three["memo"].posted, three["memo"].quickbooks) == ("Gate code 4711", "Gate code 9999")

    _take(world, invoice, "send")
    plan = await world.preview_one(invoice)
    assert plan.apart == ("somebody changed it in QuickBooks too",)
    await world.desk.bulk_sync(world.desk.preview([invoice["id"]], also=[invoice["id"]]))
    now = await world.held_invoice(invoice)
    assert (now["TotalAmt"], now["CustomerMemo"]["value"]) == (130, "Gate code 9999")


async def test_the_same_field_on_both_sides_is_never_sent(world: World) -> None:
    client = await world.client("Same Field LLC")
    invoice = await world.invoice(client, LINE, memo="Gate code 4711")
    await world.sync(invoice)
    await _edit(world, invoice, CustomerMemo={"value": "Gate code 9999"})
    await world.docket("invoices", "edit_invoice", invoice=invoice["id"], memo="Gate code 1")
    await world.preview(invoice)
    assert "send" not in {way.action for way in _conflict(world, invoice).ways_out}
    every = world.desk.preview([invoice["id"]], also=[invoice["id"]])
    assert every.writes == 0


async def test_one_deleted_there_is_posted_again_only_by_a_person(world: World) -> None:
    client = await world.client("Deleted There LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    first = await world.held_invoice(invoice)
    gone = {"Id": first["Id"], "SyncToken": first["SyncToken"]}
    await world.office("Invoice", gone, operation="delete")
    await world.desk.pull(full=True)  # also a reading in full notices it
    assert world.detail(invoice).reason_code == "removed_in_qbo"
    assert (await world.preview(invoice)).writes == 0

    _take(world, invoice, "create")
    plan = await world.preview(invoice)
    assert any("deleted in QuickBooks" in note for note in plan.invoices[0].notes)
    await world.desk.bulk_sync(plan)
    again = await world.held_invoice(invoice)
    assert again["Id"] != first["Id"]
    detail = world.detail(invoice)
    assert detail.status == InvoiceStatus.SYNCED
    assert [link.qbo_id for link in detail.links if link.kind == "invoice"] == [again["Id"]]
