"""The jobs behind the invoices: bins, hauling, toilets, and what is charged on top."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sandbox.docket.amounts import Record, money
from sandbox.rolloff import catalogue
from sandbox.rolloff.catalogue import Product
from sandbox.rolloff.dice import Dice


def work_lines(dice: Dice, kind: str, day: date) -> Iterator[Record]:
    """The lines of one job; dated a few days back, when the work was done."""
    done = (day - timedelta(days=dice.between(0, 6))).isoformat()
    work = dice.weighted((("bin", 72), ("junk", 13), ("toilet", 12), ("trip", 3)))
    if work == "bin":
        yield line_of(dice.pick(catalogue.RENTALS), "1", done)
        if dice.chance(12):
            yield line_of(dice.pick((catalogue.EXCHANGE, catalogue.RETURN)), "1", done)
        yield from _overages(dice, done)
    elif work == "junk":
        yield line_of(dice.pick(catalogue.LOADS), "1", done)
        for extra in dice.sample((catalogue.MATTRESS, catalogue.TIRES, catalogue.APPLIANCE), 2):
            if dice.chance(35):
                yield line_of(extra, str(dice.between(1, 6)), done)
        if dice.chance(40):
            yield line_of(catalogue.LABOR, dice.pick(("0.5", "1", "1.25", "2.75")), done)
    elif work == "toilet":
        units = str(dice.between(1, 8))
        yield line_of(catalogue.TOILET, units, done)
        yield line_of(catalogue.TOILET_SERVICE, str(int(units) * 4), done)
        if dice.chance(30):
            yield line_of(catalogue.HANDWASH, "1", done)
    else:
        yield line_of(dice.pick((catalogue.DRY_RUN, catalogue.WASHOUT)), "1", done)
    if dice.chance(40):
        yield line_of(catalogue.DELIVERY, "1", done)
    if dice.chance(50):
        yield {**line_of(catalogue.FUEL, "1", done), "unit_price": money(dice.between(850, 3275))}
    if dice.chance(6):
        yield line_of(catalogue.PERMIT, "1", done)
    if kind == "negative":
        yield {**line_of(catalogue.DELIVERY, "-1", done), "unit_price": "3650.00"}


def _overages(dice: Dice, done: str) -> Iterator[Record]:
    if dice.chance(25):
        tons = f"{dice.between(5, 385)}"
        quantity = f"{int(tons) // 100}.{int(tons) % 100:02d}"
        note = f"{quantity} tons over the included weight"
        yield {**line_of(catalogue.WEIGHT, quantity, done), "description": note}
    if dice.chance(15):
        yield line_of(catalogue.DAY, str(dice.between(1, 9)), done)


def line_of(product: Product, quantity: str, done: str | None = None) -> Record:
    """A line at the product's price; `done` is the day of the service."""
    return {
        "product_id": product.id,
        "name": product.name,
        "description": "",
        "quantity": quantity,
        "unit_price": product.price,
        "taxable": product.taxable,
        "service_date": done,
    }
