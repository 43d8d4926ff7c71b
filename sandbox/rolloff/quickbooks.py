"""The same company as QuickBooks has it: what to create there, in order.

An operation is `(entity, operation, body)` with operation `create`, `deactivate` or
`void`. A body carries `_key`, its name in this list, and refers to others by
`@` and their key; other references are ids that every new company has. Amounts are
text, which QBO takes for numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

from sandbox.docket.amounts import Record, money
from sandbox.rolloff import catalogue
from sandbox.rolloff.catalogue import Product
from sandbox.rolloff.dice import Dice
from sandbox.rolloff.documents import Job, closing_date
from sandbox.rolloff.mix import IN_QBO
from sandbox.rolloff.parties import Party, slug
from sandbox.rolloff.receipts import Receipts

Operation: TypeAlias = tuple[str, str, dict[str, Any]]

UNDEPOSITED_FUNDS = "4"
TERM_OF_DAYS = {0: "1", 15: "2", 30: "3"}
METHODS = {"Cash": "1", "Check": "2", "Credit Card": "@method/card", "ACH": "@method/ach"}

_VENDORS = (
    "Guadalupe Landfill",
    "Hill Country Fuel & Lube",
    "Bexar Truck Tires",
    "Lone Tree Insurance",
)
_EMPLOYEES = (("Marisol", "Treviño-Garza"), ("Dwayne", "Pruitt"), ("Buddy", "Scholl"))
_OWN_CUSTOMERS = (
    "Oakhurst Water Supply Corp", "Fredericksburg Fairgrounds", "VFW Post 8397",
    "Bandera Feed Barn", "Quarry Lake Apartments", "Helotes Little League",
)  # fmt: skip
"""Customers who never were in Docket."""


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
        *_sent_by_docket(jobs, money_in),
        *_keyed_by_hand(dice, jobs, today),
        *_deactivated(people),
    ]


def _create(entity: str, key: str, body: Mapping[str, Any]) -> Operation:
    return entity, "create", {"_key": key, **body}


def _ref(key: str) -> dict[str, str]:
    return {"value": key}


def _lists() -> Iterator[Operation]:
    for name in catalogue.ACCOUNTS:
        body = {"Name": name, "AccountType": "Income", "AccountSubType": "ServiceFeeIncome"}
        yield _create("Account", f"account/{slug(name)}", body)
    card = {"Name": "Credit Card", "Type": "CREDIT_CARD"}
    yield _create("PaymentMethod", "method/card", card)
    yield _create("PaymentMethod", "method/ach", {"Name": "ACH", "Type": "NON_CREDIT_CARD"})


def _items() -> Iterator[Operation]:
    category = {"Name": catalogue.CATEGORY_NAME, "Type": "Category"}
    yield _create("Item", "item/category", category)
    parent = {"SubItem": True, "ParentRef": _ref("@item/category")}
    for product in catalogue.PRODUCTS:
        if product.item is not None:
            yield _create("Item", f"item/{product.key}", _item(product, product.item))
    curbside = _item(catalogue.LOADS[0], "Curbside Pickup")
    yield _create("Item", "item/curbside", {**curbside, **parent})
    yield _create("Item", "item/estate", {**_item(catalogue.LOADS[2], "Estate Cleanout"), **parent})


def _item(product: Product, name: str) -> Record:
    return {
        "Name": name,
        "Type": "Service",
        "UnitPrice": product.price,
        "Taxable": product.taxable,
        "IncomeAccountRef": _ref(f"@account/{slug(product.account)}"),
    }


def _names(dice: Dice, people: Sequence[Party]) -> Iterator[Operation]:
    for name in _VENDORS:
        yield _create("Vendor", f"vendor/{slug(name)}", {"DisplayName": name})
    for first, last in _EMPLOYEES:
        yield _employee(f"employee/{slug(first + last)}", first, last)
    for name in _OWN_CUSTOMERS:
        yield _create("Customer", f"customer/{slug(name)}", {"DisplayName": name})
    known: set[str] = set()
    for party in people:
        if party.other_name is None or party.other_name in known:
            continue
        known.add(party.other_name)
        if party.match == "vendor":
            yield _create("Vendor", f"vendor/{party.id}", {"DisplayName": party.other_name})
        elif party.match == "employee":
            first, _, last = party.other_name.partition(" ")
            yield _employee(f"employee/{party.id}", first, last or first)
        else:
            yield _create("Customer", f"customer/{party.id}", _customer(dice, party))


def _employee(key: str, first: str, last: str) -> Operation:
    body = {"GivenName": first, "FamilyName": last, "DisplayName": f"{first} {last}"}
    return _create("Employee", key, body)


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


def _sent_by_docket(jobs: Sequence[Job], money_in: Receipts) -> Iterator[Operation]:
    """Invoices that Docket's own sync posted, most of them with their payments."""
    for job in jobs:
        if job.kind not in IN_QBO:
            continue
        key = f"invoice/{job.record['id']}"
        yield _create("Invoice", key, _invoice(job))
        if job.kind == "in_qbo_open":
            continue
        for payment in money_in.paid_by.get(job.record["id"], []):
            yield _create("Payment", f"payment/{payment['id']}", _payment(job, payment, key))


def _invoice(job: Job) -> Record:
    sent = job.sent
    return {
        "DocNumber": sent["number"],
        "TxnDate": sent["issued_on"],
        "DueDate": sent["due_on"],
        "CustomerRef": _ref(f"@customer/{job.party.id}"),
        "SalesTermRef": _ref(TERM_OF_DAYS[sent["terms_days"]]),
        "Line": [_invoice_line(line) for line in sent["lines"]],
        "TxnTaxDetail": {"TotalTax": sent["tax"]},
    }


def _invoice_line(line: Mapping[str, Any]) -> Record:
    key = str(line["product_id"]).removeprefix("pr-")
    return {
        "DetailType": "SalesItemLineDetail",
        "Amount": line["amount"],
        "Description": line["description"] or line["name"],
        "SalesItemLineDetail": {
            "ItemRef": _ref(f"@item/{key}"),
            "Qty": line["quantity"],
            "UnitPrice": line["unit_price"],
            "TaxCodeRef": _ref("TAX" if line["taxable"] else "NON"),
        },
    }


def _payment(job: Job, payment: Mapping[str, Any], key: str) -> Record:
    body = {
        "CustomerRef": _ref(f"@customer/{job.party.id}"),
        "TxnDate": payment["received_on"],
        "TotalAmt": payment["amount"],
        "PaymentMethodRef": _ref(METHODS[payment["method"]]),
        "DepositToAccountRef": _ref(UNDEPOSITED_FUNDS),
        "PaymentRefNum": payment["reference"],
        "Line": [
            {
                "Amount": payment["amount"],
                "LinkedTxn": [{"TxnId": f"@{key}", "TxnType": "Invoice"}],
            }
        ],
    }
    return {name: value for name, value in body.items() if value}


def _keyed_by_hand(dice: Dice, jobs: Sequence[Job], today: date) -> Iterator[Operation]:
    """Invoices of the bookkeeper's own, two of them under numbers that Docket uses too."""
    taken = [job.record["number"] for job in jobs if job.kind == "number_taken"]
    own = [str(1001 + place) for place in range(12)]
    for place, number in enumerate([*own, *taken]):
        name = _OWN_CUSTOMERS[place % len(_OWN_CUSTOMERS)]
        rental = catalogue.RENTALS[place % len(catalogue.RENTALS)]
        price = money(dice.between(9000, 68000))
        line = {
            "product_id": rental.id,
            "name": rental.name,
            "description": "",
            "quantity": "1",
            "unit_price": price,
            "amount": price,
            "taxable": False,
        }
        day = today - timedelta(days=dice.between(5, 60))
        body = {
            "DocNumber": number,
            "TxnDate": day.isoformat(),
            "CustomerRef": _ref(f"@customer/{slug(name)}"),
            "Line": [_invoice_line(line)],
        }
        yield _create("Invoice", f"invoice/own-{number}", body)
        if place % 3 == 0:
            yield _create("Payment", f"payment/own-{number}", _own_payment(body, number))


def _own_payment(invoice: Mapping[str, Any], number: str) -> Record:
    amount = invoice["Line"][0]["Amount"]
    link = {"TxnId": f"@invoice/own-{number}", "TxnType": "Invoice"}
    return {
        "CustomerRef": invoice["CustomerRef"],
        "TxnDate": invoice["TxnDate"],
        "TotalAmt": amount,
        "PaymentMethodRef": _ref(METHODS["Check"]),
        "Line": [{"Amount": amount, "LinkedTxn": [link]}],
    }


def _deactivated(people: Sequence[Party]) -> Iterator[Operation]:
    for party in people:
        if party.match == "inactive":
            key = f"customer/{party.id}"
            yield "Customer", "deactivate", {"_key": key, "Id": f"@{key}"}
