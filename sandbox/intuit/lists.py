"""The sample company's accounts, items, employees and small lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.intuit.person import Step

_ACCOUNTS = (
    ("3", "Prepaid Expenses", "Other Current Asset", "PrepaidExpenses", ""),
    ("6", "Uncategorized Asset", "Other Current Asset", "OtherCurrentAssets", ""),
    ("9", "Commissions & fees", "Expense", "OtherMiscellaneousServiceCost", ""),
    ("12", "Legal & Professional Fees", "Expense", "LegalProfessionalFees", ""),
    ("13", "Meals and Entertainment", "Expense", "EntertainmentMeals", ""),
    ("17", "Rent or Lease", "Expense", "RentOrLeaseOfBuildings", ""),
    ("24", "Utilities", "Expense", "Utilities", ""),
    ("29", "Purchases", "Expense", "SuppliesMaterials", ""),
    ("37", "Truck", "Fixed Asset", "Vehicles", ""),
    ("38", "Original Cost", "Fixed Asset", "Vehicles", "37"),
    ("39", "Depreciation", "Fixed Asset", "AccumulatedDepreciation", "37"),
    ("42", "Visa", "Credit Card", "CreditCard", ""),
    ("43", "Loan Payable", "Other Current Liability", "OtherCurrentLiabilities", ""),
    ("44", "Notes Payable", "Long Term Liability", "OtherLongTermLiabilities", ""),
    ("45", "Landscaping Services", "Income", "OtherPrimaryIncome", ""),
    ("46", "Job Materials", "Income", "OtherPrimaryIncome", "45"),
    ("47", "Fountains and Garden Lighting", "Income", "OtherPrimaryIncome", "46"),
    ("48", "Plants and Soil", "Income", "OtherPrimaryIncome", "46"),
    ("49", "Sprinklers and Drip Systems", "Income", "OtherPrimaryIncome", "46"),
    ("51", "Labor", "Income", "OtherPrimaryIncome", "45"),
    ("52", "Installation", "Income", "OtherPrimaryIncome", "51"),
    ("53", "Maintenance and Repair", "Income", "OtherPrimaryIncome", "51"),
    ("54", "Pest Control Services", "Income", "OtherPrimaryIncome", ""),
    ("55", "Automobile", "Expense", "Auto", ""),
    ("56", "Fuel", "Expense", "Auto", "55"),
    ("58", "Job Expenses", "Expense", "OtherMiscellaneousServiceCost", ""),
    ("63", "Job Materials", "Expense", "SuppliesMaterials", "58"),
    ("75", "Equipment Repairs", "Expense", "RepairMaintenance", ""),
    ("76", "Gas and Electric", "Expense", "Utilities", "24"),
    ("77", "Telephone", "Expense", "Utilities", "24"),
    ("82", "Design income", "Income", "OtherPrimaryIncome", ""),
    ("83", "Refunds-Allowances", "Income", "DiscountsRefundsGiven", ""),
    ("85", "Billable Expense Income", "Income", "OtherPrimaryIncome", ""),
    ("89", "Arizona Dept. of Revenue Payable", "Other Current Liability", "GlobalTaxPayable", ""),
    ("90", "Board of Equalization Payable", "Other Current Liability", "SalesTaxPayable", ""),
)
_ITEMS: tuple[tuple[str, str, str, str, str, str, bool], ...] = (
    ("1", "Services", "Service", "1", "", "0", False),
    ("2", "Hours", "Service", "1", "", "0", False),
    ("3", "Concrete", "Service", "48", "Concrete for fountain installation", "0", True),
    ("4", "Design", "Service", "82", "Custom Design", "75", False),
    ("5", "Rock Fountain", "Inventory", "79", "Rock Fountain", "275", True),
    ("6", "Gardening", "Service", "45", "Weekly Gardening Service", "0", False),
    ("7", "Installation", "Service", "52", "Installation of landscape design", "50", False),
    ("8", "Lighting", "Service", "47", "Garden Lighting", "0", True),
    ("9", "Maintenance & Repair", "Service", "53", "Maintenance & Repair", "0", False),
    ("10", "Pest Control", "Service", "54", "Pest Control Services", "35", False),
    ("11", "Pump", "Inventory", "79", "Fountain Pump", "15", True),
    ("12", "Refunds & Allowances", "Service", "83", "Income due to refunds", "0", False),
    ("13", "Rocks", "Service", "48", "Garden Rocks", "0", True),
    ("14", "Soil", "Service", "48", "2 cubic ft. bag", "10", True),
    ("15", "Sod", "Service", "48", "Sod", "0", True),
    ("16", "Sprinkler Heads", "Inventory", "79", "Sprinkler Heads", "2", True),
    ("17", "Sprinkler Pipes", "Inventory", "79", "Sprinkler Pipes", "4", True),
    ("18", "Trimming", "Service", "45", "Tree and Shrub Trimming", "35", False),
)
_STOCKED = {"5": ("125", 2), "11": ("10", 25), "16": ("0.75", 25), "17": ("2.5", 31)}


def accounts() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(entity, id, body) of the lists that are placed under their ids before anything else."""
    for key, name, kind, sub, parent in _ACCOUNTS:
        below = {"ParentRef": {"value": parent}} if parent else {}
        yield "Account", key, {"Name": name, "AccountType": kind, "AccountSubType": sub} | below
    for key, name in (("1", "Residential"), ("2", "Commercial")):
        yield "CustomerType", key, {"Name": name}


def items() -> Iterator[Step]:
    """The products and services."""
    for key, name, kind, account, text, price, taxed in _ITEMS:
        body: dict[str, Any] = {
            "_id": key,
            "Name": name,
            "Type": kind,
            "Description": text,
            "UnitPrice": price,
            "Taxable": taxed,
            "IncomeAccountRef": {"value": account},
        }
        if key in _STOCKED:
            cost, count = _STOCKED[key]
            body |= {
                "PurchaseCost": cost,
                "QtyOnHand": count,
                "InvStartDate": "2015-08-01",
                "ExpenseAccountRef": {"value": "80"},
                "AssetAccountRef": {"value": "81"},
            }
        yield "Item", "create", body


def employees() -> Iterator[Step]:
    """Two of them, one gone."""
    john = {"GivenName": "John", "FamilyName": "Johnson"}
    dates = {"BirthDate": "1984-10-02", "HiredDate": "2015-09-08"}
    phone = {"PrimaryPhone": {"FreeFormNumber": "(540) 555-9645"}}
    yield "Employee", "create", {"_id": "54", "_key": "john"} | john | phone
    yield "Employee", "update", {"_key": "john"} | dates
    emily = {"GivenName": "Emily", "FamilyName": "Platt"}
    yield "Employee", "create", {"_id": "55", "_key": "emily"} | emily
    yield "Employee", "deactivate", {"_key": "emily"}


def small_lists() -> Iterator[Step]:
    """Classes and locations, of a time when they were switched on; a currency and its rate."""
    for key, name in (("1", "Landscaping"), ("2", "Maintenance")):
        yield "Class", "create", {"_id": f"500000000000000728{key}", "Name": name}
    for key, name in (("1", "Bayshore"), ("2", "Tucson")):
        yield "Department", "create", {"_id": key, "Name": name}
    yield "CompanyCurrency", "create", {"Code": "CAD"}
    rate = {"SourceCurrencyCode": "CAD", "Rate": "0.75", "AsOfDate": "2015-10-01"}
    yield "ExchangeRate", "create", rate
    off = {"AccountingInfoPrefs": {"TrackDepartments": False, "ClassTrackingPerTxn": False}}
    yield "Preferences", "update", {"Id": "1"} | off
