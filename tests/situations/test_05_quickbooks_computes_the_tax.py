"""Situation 5: QuickBooks' automated sales tax computes another amount."""

from __future__ import annotations

from decimal import Decimal

from store.states import InvoiceStatus
from sync.shapes import ConflictKind, Outcome
from tests.situations.world import Record, World

RENTAL = {"name": "20 Yard Dumpster - 7 Day", "quantity": "1", "taxable": True}
TEXAS = [{"name": "Sales Tax", "agency": "Texas Comptroller", "rate": "8.25"}]
IN_TEXAS = {
    "line1": "9 Gruene Rd",
    "line2": "",
    "city": "New Braunfels",
    "state": "TX",
    "postal_code": "78130",
}


async def taxed(world: World, name: str, price: str = "100.07") -> Record:
    """An invoice for work in Texas whose tax Docket takes at one rate of 8.25 %."""
    places = [{"id": f"a-{name}", "name": "Yard", "address": IN_TEXAS}]
    client = await world.client(name, service_addresses=places, billing=IN_TEXAS)
    line = {**RENTAL, "name": "Delivery Fee", "unit_price": price}
    return await world.invoice(client, line, tax_lines=TEXAS, service_address_id=places[0]["id"])


async def test_dockets_tax_is_sent_and_kept_though_quickbooks_would_round_otherwise(
    world: World,
) -> None:
    invoice = await taxed(world, "Kestrel Fencing LLC")
    assert invoice["tax"] == "8.26"
    plan = await world.preview_one(invoice)
    assert "work at 9 Gruene Rd, New Braunfels, TX; goes as the shipping address" in plan.notes
    result = await world.sync(invoice)
    assert result.proof.difference == 0
    held = await world.held_invoice(invoice)
    assert held["TxnTaxDetail"]["TotalTax"] == Decimal("8.26")
    assert [part["Amount"] for part in held["TxnTaxDetail"]["TaxLine"]] == [
        Decimal("6.26"),
        Decimal("2"),
    ]
    assert held["TotalAmt"] == Decimal("108.33")


async def test_a_cent_that_quickbooks_computes_otherwise_is_held_named_and_accepted(
    world: World,
) -> None:
    world.desk.set_setting("tax", "quickbooks")
    agreed = await taxed(world, "Osprey Roofing LLC", price="100.00")
    await world.sync(agreed)
    assert (await world.held_invoice(agreed))["TotalAmt"] == Decimal("108.25")

    invoice = await taxed(world, "Kestrel Fencing LLC")
    payment = await world.pay(invoice)
    plan = await world.preview_one(invoice)
    assert "QuickBooks computes the tax, 8.26 in Docket; a difference is held for you" in plan.notes
    result = await world.sync(invoice)
    assert result.totals[Outcome.NEEDS_YOU].count == 1
    assert result.proof.difference == 1
    assert not await world.held("Payment", PaymentRefNum=payment["number"])

    detail = world.detail(invoice)
    assert detail.status == InvoiceStatus.CONFLICTED
    (conflict,) = world.conflicts(invoice)
    assert conflict.kind == ConflictKind.DIFFERS
    assert "The tax is 8.26 in Docket and 8.25 in QuickBooks, 0.01 less" in conflict.words
    assert (
        "Docket rounds with all rates together, QuickBooks with each rate by itself"
        in conflict.words
    )
    accept = conflict.ways_out[0]
    assert accept.words == "Accept QuickBooks' tax of 8.25"
    world.desk.retry(accept.posting_id)
    paid = await world.sync(invoice)
    assert paid.totals[Outcome.PAYMENT_ONLY].count == 1
    (held,) = await world.held("Payment", PaymentRefNum=payment["number"])
    assert held["TotalAmt"] == Decimal("108.33")
    assert held["UnappliedAmt"] == Decimal("0.01")
    assert world.detail(invoice).status == InvoiceStatus.SYNCED, world.detail(invoice).reason


async def test_a_tolerance_that_a_person_set_accepts_a_cent_and_no_more(world: World) -> None:
    world.desk.set_setting("tax", "quickbooks")
    world.desk.set_setting("tax_tolerance", "1")
    near = await taxed(world, "Kestrel Fencing LLC")
    result = await world.sync(near)
    assert result.agreed
    assert result.proof.difference == 1
    assert world.detail(near).status == InvoiceStatus.SYNCED
