"""Situation 22: several service addresses, one client."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import UsageTrouble
from store.states import InvoiceStatus
from sync.shapes import Outcome
from sync.sites import as_one, by_place
from tests.situations.world import Record, World


def place(place_id: str, name: str, street: str, city: str) -> dict[str, Any]:
    address = {"line1": street, "line2": "", "city": city, "state": "TX", "postal_code": "78130"}
    return {"id": place_id, "name": name, "address": address}


YARD, DEPOT = place("a1", "Yard", "9 Gruene Rd", "Gruene"), place("a2", "", "4 Mill St", "Seguin")


async def two(world: World) -> tuple[str, Record, Record]:
    client = await world.client("Kestrel Fencing LLC", service_addresses=[YARD, DEPOT])
    first = await world.invoice(client, service_address_id="a1")
    second = await world.invoice(client, service_address_id="a2")
    return client, first, second


async def test_one_customer_and_the_place_as_shipping_address_shown_before(world: World) -> None:
    _, first, second = await two(world)
    plan = await world.preview(first, second)
    assert plan.new_customers == ("Kestrel Fencing LLC",)
    notes = [note for one in plan.invoices for note in one.notes]
    assert "work at 9 Gruene Rd, Gruene, TX; goes as the shipping address" in notes
    assert "work at 4 Mill St, Seguin, TX; goes as the shipping address" in notes
    await world.sync(first, second)
    for invoice, city in ((first, "Gruene"), (second, "Seguin")):
        held = await world.held_invoice(invoice)
        assert held["ShipAddr"]["City"] == city
        assert held["CustomerRef"]["name"] == "Kestrel Fencing LLC"


async def test_a_sub_customer_for_each_place_by_choice_and_nothing_posted_before_moves(
    world: World,
) -> None:
    client, first, second = await two(world)
    await world.sync(first)
    assert world.desk.choose(by_place(client)) == 0
    third = await world.invoice(client, service_address_id="a1")

    plan = await world.preview(first, second, third)
    assert plan.invoices[0].outcome == Outcome.SKIPPED
    assert plan.new_customers == (
        "Kestrel Fencing LLC - 4 Mill St",
        "Kestrel Fencing LLC - Yard",
    )
    result = await world.sync(first, second, third)
    assert result.proof.difference == 0
    assert world.detail(first).status == InvoiceStatus.SYNCED
    (parent,) = await world.held("Customer", DisplayName="Kestrel Fencing LLC")
    (yard,) = await world.held("Customer", DisplayName="Kestrel Fencing LLC - Yard")
    assert yard["ParentRef"]["value"] == parent["Id"]
    assert yard["BillWithParent"] is True
    assert (await world.held_invoice(first))["CustomerRef"]["value"] == parent["Id"]
    assert (await world.held_invoice(third))["CustomerRef"]["value"] == yard["Id"]

    fourth = await world.invoice(client, service_address_id="a1")
    again = await world.preview_one(fourth)
    assert [one.entity for one in again.postings] == ["Invoice"]
    world.desk.choose(as_one(client))
    await world.sync(fourth)
    assert (await world.held_invoice(fourth))["CustomerRef"]["value"] == parent["Id"]
    assert world.detail(third).status == InvoiceStatus.SYNCED


async def test_one_payment_over_two_places_comes_from_the_client_above_them(world: World) -> None:
    client, first, second = await two(world)
    await world.desk.pull()
    world.desk.choose(by_place(client))
    await world.preview(first, second)
    payment = await world.docket(
        "payments",
        "pay",
        client=client,
        amount="200.00",
        allocations=[
            {"invoice": first["id"], "amount": "100.00"},
            {"invoice": second["id"], "amount": "100.00"},
        ],
    )
    other = await world.invoice(await world.client("Osprey Roofing LLC"))
    await world.sync(other)
    result = await world.sync(first, second)
    assert result.proof.difference == 0
    (held,) = await world.held("Payment", PaymentRefNum=payment["number"])
    assert held["CustomerRef"]["name"] == "Kestrel Fencing LLC"
    assert held["UnappliedAmt"] == 0
    for invoice in (first, second):
        assert (await world.held_invoice(invoice))["Balance"] == 0


async def test_the_places_of_nobody_are_refused(world: World) -> None:
    with pytest.raises(UsageTrouble, match="no client with the key nobody"):
        world.desk.choose(by_place("nobody"))
