"""Situation 8: an invoice is edited in Docket after it was posted."""

from __future__ import annotations

from datetime import date

from store.states import InvoiceStatus
from sync.shapes import FieldChange, Outcome
from tests.situations.world import LINE, World

OVERAGE = {"name": "Delivery Fee", "quantity": "2", "unit_price": "15.00", "taxable": False}


async def test_only_what_changed_is_sent_and_what_quickbooks_alone_knows_stays(
    world: World,
) -> None:
    client = await world.client("Overage Roofing LLC")
    invoice = await world.invoice(client, LINE, memo="Gate code 4711")
    await world.sync(invoice)
    held = await world.held_invoice(invoice)
    note = f"{held['PrivateNote']}\nfiled by Ann"
    await world.office(
        "Invoice",
        {
            "Id": held["Id"],
            "SyncToken": held["SyncToken"],
            "sparse": True,
            "PrivateNote": note,
            "ShipMethodRef": {"value": "UPS"},
        },
    )

    await world.docket("invoices", "add_line", invoice=invoice["id"], **OVERAGE)
    plan = await world.preview_one(invoice)
    assert plan.outcome == Outcome.UPDATED
    assert plan.apart == ()
    assert plan.changes == (FieldChange("line 2", "", "Delivery Fee 30.00 (2 x 15)", ""),)
    (posting,) = plan.postings
    assert set(posting.body) - {"TxnTaxDetail"} == {"Id", "SyncToken", "sparse", "Line"}
    await world.sync(invoice)

    now = await world.held_invoice(invoice)
    assert now["TotalAmt"] == 130
    assert now["PrivateNote"] == note
    assert now["CustomerMemo"]["value"] == "Gate code 4711"
    sales = [line for line in now["Line"] if line["DetailType"] == "SalesItemLineDetail"]
    assert sales[0]["Id"] == held["Line"][0]["Id"]
    assert [line["Amount"] for line in sales] == [100, 30]
    assert world.detail(invoice).status == InvoiceStatus.SYNCED


async def test_a_change_of_a_paid_invoice_waits_to_be_ticked(world: World) -> None:
    client = await world.client("Paid Already LLC")
    invoice = await world.invoice(client)
    await world.pay(invoice)
    await world.sync(invoice)
    await world.docket("invoices", "add_line", invoice=invoice["id"], **OVERAGE)

    plan = await world.preview(invoice)
    (one,) = plan.invoices
    assert one.apart == ("it is paid in QuickBooks",)
    assert one.outcome == Outcome.NEEDS_YOU
    assert one.postings == ()
    assert [held.operation.partition("@")[0] for held in one.held] == ["update"]
    assert world.detail(invoice).status == InvoiceStatus.PENDING
    assert "tick it on its own" in world.detail(invoice).reason
    result = await world.desk.bulk_sync(plan)
    assert result.totals[Outcome.NEEDS_YOU].count == 1
    assert (await world.held_invoice(invoice))["TotalAmt"] == 100

    ticked = world.desk.preview([invoice["id"]], also=[invoice["id"]])
    assert ticked.digest != plan.digest
    result = await world.desk.bulk_sync(ticked)
    assert result.totals[Outcome.UPDATED].count == 1
    assert (await world.held_invoice(invoice))["Balance"] == 30


async def test_an_earlier_month_waits_to_be_ticked_and_a_cleared_field_is_cleared(
    world: World,
) -> None:
    client = await world.client("Last Month LLC")
    today = date.fromisoformat((await world.invoice(client))["issued_on"])
    before = today.replace(day=1).toordinal() - 1
    day = date.fromordinal(before).isoformat()
    invoice = await world.invoice(client, LINE, issued_on=day, memo="Second gate")
    await world.sync(invoice)
    await world.docket("invoices", "edit_invoice", invoice=invoice["id"], memo="")
    plan = await world.preview_one(invoice)
    assert plan.apart == (f"it is of an earlier month ({day[:7]})",)
    assert plan.changes == (FieldChange("memo", "Second gate", "", "Second gate"),)
    await world.desk.bulk_sync(world.desk.preview([invoice["id"]], also=[invoice["id"]]))
    assert not (await world.held_invoice(invoice)).get("CustomerMemo")
    assert world.detail(invoice).status == InvoiceStatus.SYNCED
