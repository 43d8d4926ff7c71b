"""What Docket documents of its own sync holds here too, and its traps do not.

Each test is one sentence of Docket's help pages.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.system.world import World, standing

pytestmark = pytest.mark.xdist_group("docket_rules")

LINES = [{"name": "Delivery Fee", "quantity": "1", "unit_price": "100.00", "taxable": False}]


def changed(world: World, resource: str, **edit: Any) -> dict[str, Any]:
    answer = world.docket(**edit)
    record: dict[str, Any] = next(
        row["record"] for row in answer["changed"] if row["resource"] == resource
    )
    return record


def new_client(world: World, **fields: str) -> str:
    return str(changed(world, "clients", action="add_client", **fields)["id"])


def new_invoice(world: World, client: str, **fields: Any) -> dict[str, Any]:
    edit = {"action": "add_invoice", "client": client, "lines": LINES}
    return changed(world, "invoices", **{**edit, **fields})


def sync(world: World, *invoices: dict[str, Any]) -> int:
    assert world.inside("pull").code == 0
    return world.inside("sync", *(f"id:{row['id']}" for row in invoices), "--yes").code


def in_quickbooks(world: World, number: str) -> list[dict[str, Any]]:
    return [row for row in standing(world.ledger()["Invoice"]) if row.get("DocNumber") == number]


def customers(world: World, name: str) -> list[dict[str, Any]]:
    return [row for row in world.ledger()["Customer"] if row["DisplayName"] == name]


def test_an_unpaid_invoice_appears_open_and_a_later_payment_marks_it_paid(world: World) -> None:
    client = new_client(world, company_name="Later Payment LLC")
    invoice = new_invoice(world, client)
    assert sync(world, invoice) == 0
    (held,) = in_quickbooks(world, invoice["number"])
    assert held["Balance"] == held["TotalAmt"] == Decimal(invoice["total"])

    world.docket(action="pay", invoice=invoice["id"], method="Check", reference="5571")
    assert sync(world, invoice) == 0
    (held,) = in_quickbooks(world, invoice["number"])
    assert held["Balance"] == 0
    assert held["TotalAmt"] == Decimal(invoice["total"])


def test_the_company_name_wins_over_the_persons(world: World) -> None:
    client = new_client(
        world, company_name="Nguyen & Sons Hauling", first_name="Kim", last_name="Nguyen"
    )
    assert sync(world, new_invoice(world, client)) == 0
    assert len(customers(world, "Nguyen & Sons Hauling")) == 1
    assert not customers(world, "Kim Nguyen")


def test_without_a_company_name_first_and_last_name_are_the_customer(world: World) -> None:
    client = new_client(world, first_name="Siobhán", last_name="O'Rourke")
    assert sync(world, new_invoice(world, client)) == 0
    assert len(customers(world, "Siobhán O'Rourke")) == 1


def test_a_customer_is_made_once_for_all_invoices_of_the_client(world: World) -> None:
    client = new_client(world, company_name="Many Invoices Inc")
    invoices = [new_invoice(world, client) for _ in range(3)]
    assert sync(world, *invoices) == 0
    assert len(customers(world, "Many Invoices Inc")) == 1
    assert all(len(in_quickbooks(world, row["number"])) == 1 for row in invoices)


def test_deleting_a_client_changes_nothing_in_quickbooks(world: World) -> None:
    client = new_client(world, company_name="Deleted Later Co")
    invoice = new_invoice(world, client)
    assert sync(world, invoice) == 0
    before = world.ledger()
    world.docket(action="delete_client", client=client)
    assert world.inside("pull").code == 0
    assert world.ledger() == before


def test_unsync_changes_nothing_and_the_next_sync_links_instead_of_doubling(
    world: World,
) -> None:
    client = new_client(world, company_name="Unsynced Once LLC")
    invoice = new_invoice(world, client)
    world.docket(action="pay", invoice=invoice["id"], method="Cash")
    assert sync(world, invoice) == 0
    before = world.ledger()

    assert world.inside("unsync", f"id:{invoice['id']}").code == 0
    assert world.inside("unsync", "--client", client).code == 0
    assert world.ledger() == before

    assert sync(world, invoice) == 0
    after = world.ledger()
    assert after["Invoice"] == before["Invoice"]
    assert after["Payment"] == before["Payment"]
    assert after["Customer"] == before["Customer"]


def test_a_nearly_matching_name_never_makes_a_silent_duplicate(world: World) -> None:
    client = new_client(world, company_name="Bluebonnet Excavation LLC")
    assert sync(world, new_invoice(world, client)) == 0
    twin = new_client(world, company_name="Bluebonet Excavation")
    assert sync(world, new_invoice(world, twin)) == 1
    assert not customers(world, "Bluebonet Excavation")


def test_an_unknown_product_never_falls_into_a_generic_service(world: World) -> None:
    client = new_client(world, company_name="Odd Product LLC")
    lines = [{"name": "Moon Dust Removal", "quantity": "1", "unit_price": "50.00"}]
    invoice = new_invoice(world, client, lines=lines)
    assert sync(world, invoice) == 1
    assert not in_quickbooks(world, invoice["number"])
