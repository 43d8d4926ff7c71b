"""What was posted is voided in QuickBooks again, if nobody has touched it since."""

from __future__ import annotations

import pytest

from core.errors import Trouble
from store.states import InvoiceStatus
from sync.shapes import Outcome
from sync.undo import Undo
from tests.situations.world import Record, World


async def _posted(world: World, name: str) -> Record:
    client = await world.client(name)
    invoice = await world.invoice(client)
    await world.pay(invoice)
    return invoice


async def test_a_run_is_voided_but_for_what_was_touched_deposited_or_there_before(
    world: World,
) -> None:
    test = await _posted(world, "Tested LLC")
    await world.sync(test)
    plain, touched = await _posted(world, "Plain LLC"), await _posted(world, "Touched LLC")
    result = await world.desk.bulk_sync(await world.preview(plain, touched))
    held = await world.held_invoice(touched)
    known = {"Id": held["Id"], "SyncToken": held["SyncToken"], "sparse": True}
    await world.office("Invoice", {**known, "CustomerMemo": {"value": "seen by Ann"}})
    await world.desk.pull()

    plan = world.desk.void_plan()
    assert plan == world.desk.void_plan(result.run_id)
    ends = {(line.label.split()[0], line.action, line.invoice_id) for line in plan.lines}
    assert ("invoice", Undo.VOID, plain["id"]) in ends
    assert ("payment", Undo.VOID, plain["id"]) in ends
    assert ("invoice", Undo.LEFT, touched["id"]) in ends
    assert ("customer", Undo.STAYS, plain["id"]) in ends
    (left,) = [line for line in plan.of(Undo.LEFT) if line.entity == "Invoice"]
    assert left.reason == "somebody has changed it in QuickBooks since"

    voided = await world.desk.void(plan)
    assert voided.finished
    assert voided.totals[Outcome.UPDATED].count == 2  # the touched one's payment too
    assert await world.held("Invoice", DocNumber=plain["number"]) == []
    now = await world.held_invoice(touched)
    assert now["CustomerMemo"]["value"] == "seen by Ann"
    assert world.detail(plain).status == InvoiceStatus.PENDING
    assert (await world.held_invoice(test))["Balance"] == 0

    with pytest.raises(Trouble, match="changed since the preview"):
        await world.desk.void(plan)
    await world.sync(plain)  # posted anew, once
    assert (await world.held_invoice(plain))["TotalAmt"] == 100


async def test_chosen_lines_say_what_else_must_go_and_names_are_ticked_apart(
    world: World,
) -> None:
    invoice = await _posted(world, "Chosen LLC")
    result = await world.sync(invoice)
    lines = {one.kind: one for one in world.detail(invoice).postings}
    alone = world.desk.void_plan(posting_ids=[lines["invoice"].id])
    assert "is applied to it: choose that too" in alone.lines[0].reason
    with pytest.raises(Trouble, match="Nothing of it can be voided"):
        await world.desk.void(alone)

    plan = world.desk.void_plan(result.run_id, inactive=True)
    assert [line.label for line in plan.of(Undo.INACTIVE)] == ["customer Chosen LLC"]
    await world.desk.void(plan)
    (customer,) = await world.held("Customer", CompanyName="Chosen LLC")
    assert customer["Active"] is False
    assert await world.held("Invoice", DocNumber=invoice["number"]) == []
    assert await world.held("Payment", Id=lines["payment"].qbo_id) == []


async def test_a_refund_has_no_void_and_says_so(world: World) -> None:
    invoice = await _posted(world, "Refunded LLC")
    await world.sync(invoice)
    await world.docket("refunds", "refund", invoice=invoice["id"], amount="25.00")
    result = await world.desk.bulk_sync(await world.preview(invoice))
    (line,) = world.desk.void_plan(result.run_id).lines
    assert (line.entity, line.action) == ("CreditMemo", Undo.LEFT)
    assert line.reason.startswith("QuickBooks has no void for a credit memo")


async def test_a_change_alone_is_not_undone_by_voiding_what_an_earlier_sync_made(
    world: World,
) -> None:
    invoice = await _posted(world, "Changed LLC")
    first = await world.sync(invoice)
    payment = next(one for one in world.detail(invoice).postings if one.kind == "payment")
    await world.docket("payments", "edit_payment", payment=payment.docket_id, reference="5599")
    await world.desk.pull()
    both = [invoice["id"]]
    await world.desk.bulk_sync(world.desk.preview(both, also=both))
    (line,) = world.desk.void_plan().lines
    assert line.action is Undo.LEFT
    assert "it changed what an earlier sync made" in line.reason
    ends = {line.kind: line.action for line in world.desk.void_plan(first.run_id).lines}
    assert (ends["invoice"], ends["payment"]) == (Undo.VOID, Undo.VOID)
