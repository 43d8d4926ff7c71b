"""The price book, and how QuickBooks has it.

Docket's sync finds an item by its exact name or posts to a generic "Service"; so
most names agree, some differ in case only, and a few are the ways in which names
drift apart: a template renamed by hand, a name nobody added, a category's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.docket.amounts import Record

RENTAL = "Dumpster Rental Income"
FEES = "Overage & Fee Income"
JUNK = "Junk Removal Income"
TOILETS = "Portable Toilet Income"
ACCOUNTS = (RENTAL, FEES, JUNK, TOILETS)

SAME, CASE, NEAR, MISSING, CATEGORY = "same", "case", "near", "missing", "category"
"""How a product's name stands in QuickBooks."""


@dataclass(frozen=True)
class Product:
    """A line of the price book; `item` is the name in QuickBooks, None for none."""

    key: str
    name: str
    category: str
    price: str
    taxable: bool
    account: str
    match: str = SAME
    item: str | None = None

    @property
    def id(self) -> str:
        """Docket's id."""
        return f"pr-{self.key}"


_RENTAL_PRICES = {
    10: ("245.00", "265.00", "295.00", "345.00"),
    15: ("275.00", "299.00", "335.00", "389.00"),
    20: ("325.00", "349.50", "395.00", "455.00"),
    30: ("395.00", "425.00", "475.00", "545.00"),
    40: ("465.00", "498.75", "549.00", "629.00"),
}
_DAYS = (3, 5, 7, 14)


def _rentals() -> Iterator[Product]:
    for size, prices in _RENTAL_PRICES.items():
        for days, price in zip(_DAYS, prices, strict=True):
            name = f"{size} Yard Dumpster {days}-Day"
            yield Product(f"{size}x{days}", name, "Dumpster", price, True, RENTAL, SAME, name)


def _plain(key: str, name: str, category: str, price: str, taxable: bool, account: str) -> Product:
    return Product(key, name, category, price, taxable, account, SAME, name)


RENTALS = tuple(_rentals())
DELIVERY = _plain("delivery", "Delivery Fee", "Fees", "75.00", False, FEES)
FUEL = _plain("fuel", "Fuel Surcharge", "Fees", "18.75", False, FEES)
CARD_FEE = _plain("convenience", "Convenience Fee", "Fees", "0.00", False, FEES)
WEIGHT = _plain("weight", "Weight Overage (per ton)", "Overages", "62.50", True, FEES)
DAY = _plain("day", "Day Overage", "Overages", "15.00", True, FEES)
DRY_RUN = Product("dryrun", "Dry Run", "Fees", "125.00", False, FEES, CASE, "DRY RUN")
EXCHANGE = _plain("exchange", "Exchange", "Service", "225.00", True, RENTAL)
RETURN = _plain("return", "Dump and Return", "Service", "265.00", True, RENTAL)
MATTRESS = _plain("mattress", "Mattress Disposal", "Disposal", "35.00", True, JUNK)
TIRES = _plain("tires", "Tire Disposal (each)", "Disposal", "12.50", True, JUNK)
APPLIANCE = _plain("freon", "Appliance Disposal - Freon", "Disposal", "48.00", True, JUNK)
WASHOUT = _plain("washout", "Concrete Washout Bin", "Service", "412.50", True, RENTAL)
LOADS = (
    _plain("load1", "Junk Haul - Quarter Load", "Junk", "189.00", True, JUNK),
    _plain("load2", "Junk Haul - Half Load", "Junk", "329.00", True, JUNK),
    _plain("load4", "Junk Haul - Full Load", "Junk", "549.00", True, JUNK),
)
LABOR = _plain("labor", "Extra Labor (hour)", "Junk", "65.00", True, JUNK)
TOILET = _plain("toilet", "Porta-John Monthly Rental", "Portable Toilets", "110.00", True, TOILETS)
TOILET_SERVICE = _plain(
    "toiletsvc", "Porta-John Weekly Service", "Portable Toilets", "27.35", True, TOILETS
)
HANDWASH = _plain("handwash", "Hand Wash Station", "Portable Toilets", "85.00", True, TOILETS)
PERMIT = _plain("permit", "Street Permit", "Fees", "55.00", False, FEES)

DRIFTED = (
    Product("20x7b", "20 Yd Dumpster - 7 Day", "Dumpster", "395.00", True, RENTAL, NEAR),
    Product("30x14b", "30 Yd. Dumpster 14 Day", "Dumpster", "545.00", True, RENTAL, NEAR),
    Product("matfee", "Mattress Disposal Fee", "Disposal", "35.00", True, JUNK, NEAR),
    Product("hottub", "Hot Tub Teardown", "Junk", "425.00", True, JUNK, MISSING),
    Product("junk", "Junk Removal", "Junk", "275.00", True, JUNK, CATEGORY),
)
"""Products without an item of that name, in the order in which invoices get them."""

CATEGORY_NAME = "Junk Removal"

PRODUCTS = (
    *RENTALS, DELIVERY, FUEL, CARD_FEE, WEIGHT, DAY, DRY_RUN, EXCHANGE, RETURN, MATTRESS, TIRES,
    APPLIANCE, WASHOUT, *LOADS, LABOR, TOILET, TOILET_SERVICE, HANDWASH, PERMIT, *DRIFTED,
)  # fmt: skip


def docket_product(product: Product, updated_at: str) -> Record:
    """The product as Docket lists it."""
    return {
        "id": product.id,
        "name": product.name,
        "sku": f"DKT-{product.key.upper()}",
        "category": product.category,
        "description": "",
        "unit_price": product.price,
        "taxable": product.taxable,
        "updated_at": updated_at,
    }
