"""Situation 4: a line's product is not in QuickBooks; rules for names that are alike."""

from __future__ import annotations

import pytest

from core.errors import UsageTrouble
from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import ConflictKind, How, Outcome
from tests.situations.world import Record, World

SALE = "SalesItemLineDetail"


def _line(name: str, price: str) -> Record:
    return {"name": name, "quantity": "1", "unit_price": price, "taxable": False}


async def test_an_unknown_product_blocks_its_invoice_until_a_person_says_what_it_is(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(client))
    invoice = await world.invoice(client, _line("Quartz Vein Xylo", "35.00"))
    plan = await world.preview_one(invoice)
    assert plan.outcome == Outcome.NEEDS_YOU
    assert plan.reason == "needs a product: Quartz Vein Xylo"
    group = world.conflict(ConflictKind.PRODUCT_MISSING)
    assert group.words.endswith("nothing goes into a general “Service”.")
    (item,) = await world.held("Item", Name="Delivery Fee")
    world.desk.choose(Choice("product", group.subject_key, "use", "Item", item["Id"]))
    plan = await world.preview_one(invoice)
    assert plan.notes == ("“Quartz Vein Xylo” is posted as Delivery Fee, as was chosen",)
    await world.sync(invoice)
    assert await _items(world, invoice) == ["Delivery Fee"]


async def test_a_rule_is_previewed_with_the_lines_it_touches_and_stands_behind_surer_things(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(client))
    (fee,) = await world.held("Item", Name="Delivery Fee")
    other = await world.office(
        "Item",
        {"Name": "Zephyr 15", "Type": "Service", "IncomeAccountRef": fee["IncomeAccountRef"]},
    )
    first = await world.invoice(
        client, _line("Zephyr 10 north", "310.00"), _line("zephyr  10 South", "320.00")
    )
    second = await world.invoice(
        client, _line("Zephyr 15", "400.00"), _line("Zephyr 20 Chosen", "1.00")
    )
    await world.desk.pull()
    rows = {row.match.name: row.match.key for row in world.desk.names()}
    world.desk.choose(Choice("product", rows["Zephyr 20 Chosen"], "use", "Item", other["Id"]))

    with pytest.raises(UsageTrouble, match="is no rule"):
        world.desk.pattern_preview("*", fee["Id"])
    with pytest.raises(UsageTrouble, match="no active product"):
        world.desk.pattern_preview("Zephyr *", "99999")
    rule = world.desk.pattern_preview("ZEPHYR *", fee["Id"])
    assert [(one.name, one.lines, one.amount) for one in rule.names] == [
        ("Zephyr 10 north", 1, 310_00),
        ("zephyr  10 South", 1, 320_00),
    ]
    assert (rule.lines, rule.amount, rule.item) == (2, 630_00, "Delivery Fee")
    assert world.detail(first).status == InvoiceStatus.CONFLICTED
    world.desk.choose(rule.choice)
    all_names = {(row.match.kind, row.match.name): row for row in world.desk.mappings()}
    kept = all_names["pattern", "zephyr *"]
    assert (kept.how, kept.when is None, kept.ids) == (How.CHOICE, False, (first["id"],))
    assert all_names["product", "Zephyr 10 north"].rule == "zephyr *"

    plan = await world.preview_one(first)
    assert plan.outcome == Outcome.POSTED
    assert plan.postings[-1].uses_choice == ("pattern", "zephyr *")  # its first use goes alone
    await world.sync(first, second)
    assert await _items(world, first) == ["Delivery Fee", "Delivery Fee"]
    assert await _items(world, second) == ["Zephyr 15", "Zephyr 15"]
    assert world.desk.take_back() is not None


async def _items(world: World, invoice: Record) -> list[str]:
    held = await world.held_invoice(invoice)
    return [line[SALE]["ItemRef"]["name"] for line in held["Line"] if SALE in line]
