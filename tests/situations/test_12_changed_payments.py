"""Situation 12: a payment is changed in Docket after it was posted."""

from __future__ import annotations

import pytest

from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import FieldChange, Outcome
from tests.situations.world import Record, World


async def _paid(world: World, name: str, **payment: str) -> tuple[Record, Record]:
    client = await world.client(name)
    invoice = await world.invoice(client)
    paid = await world.pay(invoice, reference="5571", **payment)
    await world.sync(invoice)
    return invoice, paid


async def _held(world: World, reference: str) -> Record:
    (found,) = await world.held("Payment", PaymentRefNum=reference)
    return found


async def test_only_what_changed_is_sent_when_it_is_ticked(world: World) -> None:
    invoice, payment = await _paid(world, "Kestrel Fencing LLC")
    before = await _held(world, "5571")
    office = {"Id": before["Id"], "SyncToken": before["SyncToken"], "sparse": True}
    note = f"{before['PrivateNote']}\nfiled by Ann"
    await world.office("Payment", {**office, "PrivateNote": note})
    await world.docket(
        "payments",
        "edit_payment",
        payment=payment["id"],
        amount="90.00",
        allocations=[{"invoice": invoice["id"], "amount": "90.00"}],
        reference="5572",
    )
    plan = await world.preview(invoice)
    (one,) = plan.invoices
    assert (one.apart, one.postings) == (("it changes a payment in QuickBooks",), ())
    assert one.outcome == Outcome.NEEDS_YOU
    assert one.changes == (
        FieldChange("payment amount", "100.00", "90.00", "100.00"),
        FieldChange("payment ref. no.", "5571", "5572", "5571"),
        FieldChange(f"paid on {invoice['number']}", "100.00", "90.00", "100.00"),
    )
    assert world.desk.changes(invoice["id"]) == one.changes
    assert one.notes == (
        "changes payment by Check 5572 in QuickBooks: payment amount 100.00 becomes 90.00,"
        f" payment ref. no. 5571 becomes 5572, paid on {invoice['number']} 100.00 becomes 90.00",
    )
    assert world.detail(invoice).status == InvoiceStatus.PENDING
    assert "tick it on its own" in world.detail(invoice).reason
    assert (await world.desk.bulk_sync(plan)).totals[Outcome.NEEDS_YOU].count == 1
    assert (await _held(world, "5571"))["TotalAmt"] == 100

    ticked = world.desk.preview([invoice["id"]], also=[invoice["id"]])
    (posting,) = ticked.invoices[0].postings
    assert set(posting.body) == {
        *("Id", "SyncToken", "sparse", "CustomerRef", "TotalAmt", "PaymentRefNum", "Line")
    }
    result = await world.desk.bulk_sync(ticked)
    assert result.agreed
    now = await _held(world, "5572")
    assert (now["Id"], now["TotalAmt"], now["UnappliedAmt"]) == (before["Id"], 90, 0)
    assert (now["TxnDate"], now["PrivateNote"]) == (before["TxnDate"], note)
    assert now["PaymentMethodRef"] == before["PaymentMethodRef"]
    assert (await world.held_invoice(invoice))["Balance"] == 10
    assert world.detail(invoice).status == InvoiceStatus.SYNCED
    assert (await world.preview_one(invoice)).postings == ()


async def test_the_room_that_a_smaller_payment_leaves_is_there_for_the_next_one(
    world: World,
) -> None:
    invoice, payment = await _paid(world, "Heron Roofing LLC")
    await world.docket(
        "payments",
        "edit_payment",
        payment=payment["id"],
        amount="60.00",
        allocations=[{"invoice": invoice["id"], "amount": "60.00"}],
    )
    await world.pay(invoice, amount="40.00", method="Cash", reference="C-1")
    await world.desk.pull()
    result = await world.desk.bulk_sync(world.desk.preview([invoice["id"]], also=[invoice["id"]]))
    assert result.agreed
    assert (await _held(world, "5571"))["TotalAmt"] == 60
    cash = await _held(world, "C-1")
    assert (cash["TotalAmt"], cash["UnappliedAmt"]) == (40, 0)
    assert (await world.held_invoice(invoice))["Balance"] == 0
    assert world.detail(invoice).status == InvoiceStatus.SYNCED


async def test_a_payment_moves_to_another_invoice_and_then_off_both(world: World) -> None:
    invoice, payment = await _paid(world, "Plover Paving LLC")
    other = await world.invoice(invoice["client_id"])
    await world.sync(other)
    await world.docket(
        "payments",
        "edit_payment",
        payment=payment["id"],
        allocations=[{"invoice": other["id"], "amount": "100.00"}],
    )
    one = await world.preview_one(other)
    assert [(row.field, row.docket, row.quickbooks) for row in one.changes] == [
        (f"paid on {invoice['number']}", "", "100.00"),
        (f"paid on {other['number']}", "100.00", ""),
    ]
    await world.desk.bulk_sync(world.desk.preview([other["id"]], also=[other["id"]]))
    assert (await world.held_invoice(invoice))["Balance"] == 100
    assert (await world.held_invoice(other))["Balance"] == 0

    await world.docket("payments", "edit_payment", payment=payment["id"], allocations=[])
    await world.desk.pull()
    key = f"payment:{payment['id']}"
    assert world.desk.preview([key]).writes == 0
    assert world.desk.preview([key]).invoices[0].apart == ("it changes a payment in QuickBooks",)
    assert (await world.desk.bulk_sync(world.desk.preview([key], also=[key]))).agreed
    assert (await _held(world, "5571"))["UnappliedAmt"] == 100
    assert (await world.held_invoice(other))["Balance"] == 100


async def test_what_was_corrected_by_hand_or_changed_there_is_not_written_over(
    world: World,
) -> None:
    invoice, payment = await _paid(world, "Osprey Glass LLC")
    day = (await _held(world, "5571"))["TxnDate"]
    await world.docket("payments", "edit_payment", payment=payment["id"], reference="5572")
    held = await _held(world, "5571")
    office = {"Id": held["Id"], "SyncToken": held["SyncToken"], "sparse": True}
    held = await world.office("Payment", {**office, "TxnDate": "2026-10-01"})
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings, plan.held) == (Outcome.NEEDS_YOU, (), ())
    assert f"and in QuickBooks too: date {day} when posted, 2026-10-01 now" in plan.reason
    assert [row.field for row in plan.changes] == ["payment date", "payment ref. no."]

    office = {"Id": held["Id"], "SyncToken": held["SyncToken"], "sparse": True}
    await world.office("Payment", {**office, "TxnDate": day, "PaymentRefNum": "5572"})
    assert (await world.preview_one(invoice)).changes == ()
    assert world.detail(invoice).status == InvoiceStatus.SYNCED


async def test_what_was_changed_in_quickbooks_alone_is_named_and_may_stay(world: World) -> None:
    invoice, _ = await _paid(world, "Kestrel Fencing LLC")
    held = await _held(world, "5571")
    office = {"Id": held["Id"], "SyncToken": held["SyncToken"], "sparse": True}
    await world.office("Payment", {**office, "TxnDate": "2026-10-01", "PrivateNote": "seen"})
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings) == (Outcome.NEEDS_YOU, ())
    words = f"was changed in QuickBooks: date {held['TxnDate']} when posted, 2026-10-01 now"
    assert words in plan.reason
    day = held["TxnDate"]
    assert plan.changes == (FieldChange("payment date", day, day, "2026-10-01"),)
    (group,) = world.conflicts(invoice)
    keep = next(way for way in group.ways_out if way.action == "keep")
    about = (group.subject_kind, group.subject_key, "keep")
    world.desk.choose(Choice(*about, keep.entity, keep.qbo_id, keep.name))
    assert world.detail(invoice).status == InvoiceStatus.SYNCED


@pytest.mark.parametrize("period", ["closed", "reconciled"])
async def test_a_settled_period_is_named_and_nothing_is_sent(world: World, period: str) -> None:
    invoice, payment = await _paid(world, "Merlin Quarry LLC")
    held = await _held(world, "5571")
    if period == "closed":
        await world.bookkeeper(close_books=held["TxnDate"])
    else:
        world.desk.set_setting("reconciled_through", held["TxnDate"])
    await world.docket("payments", "edit_payment", payment=payment["id"], method="Cash")
    plan = await world.preview_one(invoice)
    assert (plan.outcome, plan.postings, plan.held) == (Outcome.NEEDS_YOU, (), ())
    said = {
        "closed": f"the books are closed through {held['TxnDate']}. Ask the accountant",
        "reconciled": "in a month that you reconciled with the bank",
    }
    assert said[period] in plan.reason
    (group,) = world.conflicts(invoice)
    assert [way.action for way in group.ways_out] == ["open", "keep", "exclude"]
