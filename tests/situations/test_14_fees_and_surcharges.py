"""Situation 14, the lines: fuel surcharge and convenience fee have a mapping of their own."""

from __future__ import annotations

from decimal import Decimal

from store.books import Choice
from sync.shapes import ConflictKind, Outcome
from tests.situations.world import LINE, World


async def test_a_fee_goes_to_the_product_that_was_chosen_for_it_and_never_to_another(
    world: World,
) -> None:
    client = await world.client("Kestrel Fencing LLC")
    fee = {"name": "Card processing 3 %", "quantity": "1", "unit_price": "3.56", "taxable": False}
    fuel = {"name": "Fuel Surcharge", "quantity": "1", "unit_price": "18.75", "taxable": False}
    invoice = await world.invoice(client, LINE, fuel, fee)

    plan = await world.preview_one(invoice)
    assert plan.outcome == Outcome.NEEDS_YOU
    (conflict,) = world.conflicts(invoice)
    assert conflict.kind == ConflictKind.PRODUCT_MISSING
    assert conflict.subject == "Card processing 3 %"

    (item,) = await world.held("Item", Name="Convenience Fee")
    choice = Choice("product", conflict.subject_key, "use", "Item", item["Id"])
    assert world.desk.choose(choice) == 1
    plan = await world.preview_one(invoice)
    assert "“Card processing 3 %” is posted as Convenience Fee, as was chosen" in plan.notes

    result = await world.sync(invoice)
    assert result.proof.difference == 0
    held = await world.held_invoice(invoice)
    assert held["TotalAmt"] == Decimal("122.31")
    lines = [line for line in held["Line"] if line["DetailType"] == "SalesItemLineDetail"]
    assert [line["Amount"] for line in lines] == [100, Decimal("18.75"), Decimal("3.56")]
    assert [line["SalesItemLineDetail"]["ItemRef"]["name"] for line in lines] == [
        "Delivery Fee",
        "Fuel Surcharge",
        "Convenience Fee",
    ]
