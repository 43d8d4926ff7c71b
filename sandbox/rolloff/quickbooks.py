"""The same company as QuickBooks has it: what to create there, in order.

An operation is `(entity, operation, body)` with operation `create`, `deactivate` or
`void`. A body carries `_key`, its name in this list, and refers to others by
`@` and their key; other references are ids that every new company has. Amounts are
text, which QBO takes for numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sandbox.docket.amounts import Record
from sandbox.rolloff import catalogue
from sandbox.rolloff.catalogue import Product
from sandbox.rolloff.dice import Dice
from sandbox.rolloff.documents import Job
from sandbox.rolloff.ledger import OWN_CUSTOMERS, keyed_by_hand, sent_by_docket
from sandbox.rolloff.operation import Operation, create, ref
from sandbox.rolloff.parties import Party, slug
from sandbox.rolloff.receipts import Receipts
from sandbox.rolloff.schedule import closing_date

_VENDORS = (
    "Guadalupe Landfill",
    "Hill Country Fuel & Lube",
    "Bexar Truck Tires",
    "Lone Tree Insurance",
)
_EMPLOYEES = (("Marisol", "Treviño-Garza"), ("Dwayne", "Pruitt"), ("Buddy", "Scholl"))


def company_info() -> Record:
    """What CompanyInfo says of the company."""
    return {
        "CompanyName": "Acme Roll-Off LLC",
        "LegalName": "Acme Roll-Off LLC",
        "DefaultTimeZone": "America/Chicago",
        "Country": "US",
        "CompanyAddr": {
            "Line1": "1450 Industrial Blvd",
            "City": "New Braunfels",
            "CountrySubDivisionCode": "TX",
            "PostalCode": "78130",
        },
        "Email": {"Address": "office@acmerolloff.example"},
        "PrimaryPhone": {"FreeFormNumber": "(830) 555-0142"},
    }


def preferences(today: date) -> Record:
    """The company's settings as far as they matter here; the books' last month is closed."""
    return {
        "AccountingInfoPrefs": {"BookCloseDate": closing_date(today).isoformat()},
        "SalesFormsPrefs": {
            "CustomTxnNumbers": True,
            "AllowDiscount": True,
            "AllowServiceDate": True,
            "AutoApplyCredit": False,
            "AutoApplyPayments": False,
        },
        "TaxPrefs": {"UsingSalesTax": True, "PartnerTaxEnabled": True},
        "CurrencyPrefs": {"MultiCurrencyEnabled": False, "HomeCurrency": {"value": "USD"}},
    }


def operations(
    seed: int, people: Sequence[Party], jobs: Sequence[Job], money_in: Receipts, today: date
) -> list[Operation]:
    """Everything to be done to an empty company."""
    dice = Dice(seed, "quickbooks")
    return [
        *_lists(),
        *_items(),
        *_names(dice, people),
        *sent_by_docket(jobs, money_in),
        *keyed_by_hand(dice, jobs, today),
        *_deactivated(people),
    ]


def _lists() -> Iterator[Operation]:
    for name in catalogue.ACCOUNTS:
        body = {"Name": name, "AccountType": "Income", "AccountSubType": "ServiceFeeIncome"}
        yield create("Account", f"account/{slug(name)}", body)
    card = {"Name": "Credit Card", "Type": "CREDIT_CARD"}
    yield create("PaymentMethod", "method/card", card)
    yield create("PaymentMethod", "method/ach", {"Name": "ACH", "Type": "NON_CREDIT_CARD"})


def _items() -> Iterator[Operation]:
    category = {"Name": catalogue.CATEGORY_NAME, "Type": "Category"}
    yield create("Item", "item/category", category)
    parent = {"SubItem": True, "ParentRef": ref("@item/category")}
    for product in catalogue.PRODUCTS:
        if product.item is not None:
            yield create("Item", f"item/{product.key}", _item(product, product.item))
    curbside = _item(catalogue.LOADS[0], "Curbside Pickup")
    yield create("Item", "item/curbside", {**curbside, **parent})
    yield create("Item", "item/estate", {**_item(catalogue.LOADS[2], "Estate Cleanout"), **parent})


def _item(product: Product, name: str) -> Record:
    return {
        "Name": name,
        "Type": "Service",
        "UnitPrice": product.price,
        "Taxable": product.taxable,
        "IncomeAccountRef": ref(f"@account/{slug(product.account)}"),
    }


def _names(dice: Dice, people: Sequence[Party]) -> Iterator[Operation]:
    for name in _VENDORS:
        yield create("Vendor", f"vendor/{slug(name)}", {"DisplayName": name})
    for first, last in _EMPLOYEES:
        yield _employee(f"employee/{slug(first + last)}", first, last)
    for name in OWN_CUSTOMERS:
        yield create("Customer", f"customer/{slug(name)}", {"DisplayName": name})
    known: set[str] = set()
    for party in people:
        if party.other_name is None or party.other_name in known:
            continue
        known.add(party.other_name)
        if party.match == "vendor":
            yield create("Vendor", f"vendor/{party.id}", {"DisplayName": party.other_name})
        elif party.match == "employee":
            first, _, last = party.other_name.partition(" ")
            yield _employee(f"employee/{party.id}", first, last or first)
        else:
            yield create("Customer", f"customer/{party.id}", _customer(dice, party))


def _employee(key: str, first: str, last: str) -> Operation:
    body = {"GivenName": first, "FamilyName": last, "DisplayName": f"{first} {last}"}
    return create("Employee", key, body)


def _customer(dice: Dice, party: Party) -> Record:
    """The customer as the bookkeeper keyed it; some have no e-mail or phone there."""
    record = party.record
    body: Record = {"DisplayName": party.other_name, "BillAddr": _address(record["billing"])}
    if record["company_name"]:
        body["CompanyName"] = party.other_name
    if record["email"] and dice.chance(80):
        body["PrimaryEmailAddr"] = {"Address": record["email"]}
    if dice.chance(70):
        body["PrimaryPhone"] = {"FreeFormNumber": record["phone"]}
    if party.exempt:
        body["Taxable"] = False
    return body


def _address(record: Mapping[str, str]) -> Record:
    body = {
        "Line1": record["line1"],
        "Line2": record["line2"],
        "City": record["city"],
        "CountrySubDivisionCode": record["state"],
        "PostalCode": record["postal_code"],
    }
    return {name: value for name, value in body.items() if value}


def _deactivated(people: Sequence[Party]) -> Iterator[Operation]:
    for party in people:
        if party.match == "inactive":
            key = f"customer/{party.id}"
            yield "Customer", "deactivate", {"_key": key, "Id": f"@{key}"}
