"""Situation 3: the name is a vendor's or an employee's, or two people share it."""

from __future__ import annotations

from store.books import Choice
from sync.shapes import ConflictKind, Outcome
from tests.situations.world import World


async def test_a_vendors_name_is_known_before_posting_and_another_one_is_proposed(
    world: World,
) -> None:
    world.alone()
    await world.sync(await world.invoice(await world.client("Kestrel Fencing LLC")))
    await world.office("Vendor", {"DisplayName": "Merlin Quarry"})
    await world.office("Employee", {"GivenName": "Ada", "FamilyName": "Wren"})
    billing = {"line1": "", "line2": "", "city": "Fresno", "state": "CA", "postal_code": ""}
    quarry = await world.client("Merlin Quarry", billing=billing)
    ada = await world.client("", first_name="Ada", last_name="Wren")
    invoices = [await world.invoice(one) for one in (quarry, ada)]
    plan = await world.preview(*invoices)
    assert [one.outcome for one in plan.invoices] == [Outcome.NEEDS_YOU] * 2
    groups = {
        one.subject: one
        for one in world.desk.conflicts()
        if one.kind == ConflictKind.CUSTOMER_TAKEN
    }
    vendor = groups["Merlin Quarry"]
    assert vendor.words == (
        "“Merlin Quarry” is a vendor in QuickBooks, which allows a name once over customers,"
        " vendors and employees. The customer needs another name there."
    )
    names = [way.name for way in vendor.ways_out if way.action == "create"]
    assert names == ["Merlin Quarry (Fresno)", *names[1:-1], "Merlin Quarry (customer)"]
    assert "“Ada Wren” is an employee in QuickBooks" in groups["Ada Wren"].words
    world.desk.choose(Choice("client", quarry, "create", "Customer", name=names[0]))
    world.desk.choose(Choice("client", ada, "create", "Customer", name="Ada Wren (customer)"))
    plan = await world.preview(*invoices)
    assert plan.new_customers == ("Ada Wren (customer)", "Merlin Quarry (Fresno)")
    await world.sync(*invoices)
    held = [(await world.held_invoice(one))["CustomerRef"]["name"] for one in invoices]
    assert held == ["Merlin Quarry (Fresno)", "Ada Wren (customer)"]


async def test_two_people_of_one_name_do_not_share_a_customer(world: World) -> None:
    world.alone()
    await world.sync(await world.invoice(await world.client("Kestrel Fencing LLC")))
    there = await world.office("Customer", {"DisplayName": "Jon Hobby"})
    clients = [await world.client("", first_name="Jon", last_name="Hobby") for _ in range(2)]
    invoices = [await world.invoice(one) for one in clients]
    plan = await world.preview(*invoices)
    assert Outcome.NEEDS_YOU in {one.outcome for one in plan.invoices}
    groups = [one for one in world.desk.conflicts() if one.subject == "Jon Hobby"]
    assert groups
    assert "Docket clients are called “Jon Hobby”" in groups[0].words
    world.desk.choose(Choice("client", clients[0], "use", "Customer", there["Id"], "Jon Hobby"))
    world.desk.choose(Choice("client", clients[1], "create", "Customer", name="Jon Hobby (2)"))
    await world.sync(*invoices)
    held = [(await world.held_invoice(one))["CustomerRef"]["name"] for one in invoices]
    assert held == ["Jon Hobby", "Jon Hobby (2)"]
