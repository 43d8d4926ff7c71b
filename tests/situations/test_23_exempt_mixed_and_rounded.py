"""Situation 23: an exempt client, mixed taxable lines, a surcharge like a tax, a penny."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from store.states import InvoiceStatus
from sync.shapes import ConflictKind, Outcome
from tests.situations.world import Record, World

IN_TEXAS = {"line1": "9 Gruene Rd", "line2": "", "city": "Gruene", "state": "TX", "postal_code": ""}
TEXAS = [
    {"name": "Texas State", "agency": "Texas Comptroller", "rate": "6.25"},
    {"name": "Comal County", "agency": "Texas Comptroller", "rate": "2"},
]


def line(name: str, price: str, quantity: str = "1", *, taxable: bool) -> dict[str, Any]:
    return {"name": name, "quantity": quantity, "unit_price": price, "taxable": taxable}


def lines_of(held: Record) -> list[tuple[Decimal, str]]:
    return [
        (one["Amount"], one["SalesItemLineDetail"]["TaxCodeRef"]["value"])
        for one in held["Line"]
        if one["DetailType"] == "SalesItemLineDetail"
    ]


async def test_taxable_and_other_lines_go_apart_and_the_surcharge_is_no_tax(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC", billing=IN_TEXAS)
    invoice = await world.invoice(
        client,
        line("Weight Overage (per ton)", "62.50", "1.33333", taxable=True),
        line("Delivery Fee", "75.00", taxable=False),
        line("Fuel Surcharge", "7.92", taxable=False),
        tax_lines=TEXAS,
    )
    assert invoice["total"] == "173.13"
    assert (await world.preview_one(invoice)).outcome == Outcome.POSTED
    result = await world.sync(invoice)
    assert result.proof.difference == 0
    held = await world.held_invoice(invoice)
    assert lines_of(held) == [
        (Decimal("83.33"), "TAX"),
        (Decimal("75"), "NON"),
        (Decimal("7.92"), "NON"),
    ]
    first = held["Line"][0]["SalesItemLineDetail"]
    assert (first["Qty"], first["UnitPrice"]) == (Decimal("1.33333"), Decimal("62.5"))
    assert held["TxnTaxDetail"]["TotalTax"] == Decimal("6.88")
    assert held["TotalAmt"] == Decimal("173.13")


async def test_an_exempt_client_pays_no_tax_on_either_side(world: World) -> None:
    taxed = line("Weight Overage (per ton)", "100.00", taxable=True)
    client = await world.client("Comal ISD", billing=IN_TEXAS, tax_exempt=True)
    invoice = await world.invoice(client, taxed)
    plan = await world.preview_one(invoice)
    assert (
        "tax exempt: QuickBooks keeps the reason and certificate with the customer; enter them"
        " there" in plan.notes
    )
    await world.sync(invoice)
    held = await world.held_invoice(invoice)
    assert (held["TotalAmt"], held["TxnTaxDetail"]["TotalTax"]) == (100, 0)
    (customer,) = await world.held("Customer", DisplayName="Comal ISD")
    assert customer["Taxable"] is False

    world.desk.set_setting("tax", "quickbooks")
    await world.office("Customer", {**customer, "Taxable": True, "sparse": True})
    second = await world.invoice(client, taxed)
    plan = await world.preview_one(second)
    assert plan.outcome == Outcome.NEEDS_YOU
    (conflict,) = world.conflicts(second)
    assert conflict.kind == ConflictKind.TAX
    assert "tax exempt in Docket, but QuickBooks would compute a tax" in conflict.words
    (customer,) = await world.held("Customer", DisplayName="Comal ISD")
    reason = {"Taxable": False, "TaxExemptionReasonId": "7", "ResaleNum": "74-1"}
    await world.office("Customer", {**customer, **reason, "sparse": True})
    assert (await world.preview_one(second)).outcome == Outcome.POSTED


async def test_a_tax_on_a_customer_who_is_exempt_in_quickbooks_waits(world: World) -> None:
    await world.office("Customer", {"DisplayName": "Kestrel Fencing LLC", "Taxable": False})
    client = await world.client("Kestrel Fencing LLC", billing=IN_TEXAS)
    taxed = line("Weight Overage (per ton)", "100.00", taxable=True)
    invoice = await world.invoice(client, taxed, tax_lines=TEXAS)
    plan = await world.preview_one(invoice)
    assert plan.outcome == Outcome.NEEDS_YOU
    (conflict,) = world.conflicts(invoice)
    assert "QuickBooks has Kestrel Fencing LLC as tax exempt" in conflict.words
    assert world.detail(invoice).status == InvoiceStatus.CONFLICTED
