"""The whole sample company: its settings, and what to place and apply, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.intuit.customers import CUSTOMERS
from sandbox.intuit.lists import accounts, employees, items, small_lists
from sandbox.intuit.person import Step, customer, vendor
from sandbox.intuit.purchases import others, owed_monthly, purchases
from sandbox.intuit.sales import sales
from sandbox.intuit.vendors import VENDORS

COMPANY_INFO: dict[str, Any] = {
    "CompanyName": "Sandbox Company_US_1",
    "LegalName": "Craig's Design and Landscaping Services",
    "CompanyAddr": {
        "Id": "1",
        "Line1": "123 Sierra Way",
        "City": "San Pablo",
        "CountrySubDivisionCode": "CA",
        "PostalCode": "87999",
        "Lat": "36.6788345",
        "Long": "-5.4464622",
    },
    "Email": {"Address": "noreply@quickbooks.com"},
    "NameValue": [
        {"Name": "NeoEnabled", "Value": "true"},
        {"Name": "IndustryType", "Value": "Landscaping Services"},
        {"Name": "IndustryCode", "Value": "561730"},
        {"Name": "SubscriptionStatus", "Value": "PAID"},
        {"Name": "OfferingSku", "Value": "QuickBooks Online Plus"},
        {"Name": "PayrollFeature", "Value": "false"},
        {"Name": "AccountantFeature", "Value": "false"},
    ],
}
_SWITCHES = [
    {
        "Name": f"SalesFormsPrefs.UseSalesCustom{place}",
        "Type": "BooleanType",
        "BooleanValue": place == 1,
    }
    for place in (3, 1, 2)
]
_NAMES = [
    {"Name": "SalesFormsPrefs.SalesCustomName1", "Type": "StringType", "StringValue": "Crew #"}
]
PREFERENCES: dict[str, dict[str, Any]] = {
    "AccountingInfoPrefs": {"TrackDepartments": True, "ClassTrackingPerTxn": True},
    "SalesFormsPrefs": {
        "CustomField": [{"CustomField": _SWITCHES}, {"CustomField": _NAMES}],
        "AllowDeposit": True,
        "AutoApplyCredit": True,
        "AutoApplyPayments": True,
    },
    "TaxPrefs": {"UsingSalesTax": True, "TaxGroupCodeRef": {"value": "2"}},
}
_PLAIN_CUSTOMERS = (
    ("58", "Jane Doe"),
    ("59", "John Doe"),
    ("60", "Jack Doe"),
    ("62", "Doe, Jack"),
    ("63", "Doe, Jane"),
    ("65", "To be Deleted Later"),
    ("66", "To be Deleted Later 2"),
    ("67", "Araborn"),
    ("68", "Jack Moe"),
    ("69", "Doe4, Jane"),
)


@dataclass(frozen=True)
class Sample:
    """What to make the company of.

    Attributes:
        company_info, preferences: what to add to the stock settings.
        lists: (entity, id, body) to place before anything else.
        qbo: the steps to apply to the books.
        next_ids: where the sequences go on afterwards.
    """

    company_info: Mapping[str, Any]
    preferences: Mapping[str, Any]
    lists: tuple[tuple[str, str, Mapping[str, Any]], ...]
    qbo: tuple[Step, ...]
    next_ids: Mapping[str, int] = field(default_factory=dict)


def generate() -> Sample:
    """The sample company; always the same."""
    return Sample(
        COMPANY_INFO,
        PREFERENCES,
        tuple(accounts()),
        tuple(_steps()),
        {
            "names": 70,
            "transactions": 266,
            "numbers": 1043,
            "addresses": 500,
            "attachables": 5000000000000503601,
        },
    )


def _steps() -> Iterator[Step]:
    yield from items()
    for person in CUSTOMERS:
        yield customer(person)
    for person in VENDORS:
        yield vendor(person)
    for key in ("48", "50"):
        yield "Vendor", "update", {"Id": key, "Notes": ""}
    yield "Vendor", "deactivate", {"Id": "53"}
    yield from employees()
    for key, name in _PLAIN_CUSTOMERS:
        phone = {"PrimaryPhone": {"FreeFormNumber": "(415) 444-1234"}} if key == "60" else {}
        yield "Customer", "create", {"_id": key, "DisplayName": name} | phone
    below = {"Job": True, "BillWithParent": True, "ParentRef": {"value": "62"}}
    yield "Customer", "create", {"_id": "64", "DisplayName": "Jack Doe"} | below
    yield "Account", "deactivate", {"Id": "5"}
    yield from purchases()
    yield from sales()
    yield from owed_monthly()
    yield from others()
    yield from small_lists()
