"""What the company's sales forms carry, read from its Preferences as QuickBooks sent them.

Fields that a company has not switched on are dropped or refused by QuickBooks; what is
unknown (a cache from before the Preferences were kept) counts as switched on.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.jsonio import JsonObject
from store.books import Forms


def forms_of(preferences: JsonObject) -> Forms:
    """Return what sales forms may carry; Preferences may be empty."""
    sales = preferences.get("SalesFormsPrefs", {})
    accounting = preferences.get("AccountingInfoPrefs", {})
    return Forms(
        discounts=bool(sales.get("AllowDiscount", True)),
        class_on_invoice=bool(accounting.get("ClassTrackingPerTxn", False)),
        class_on_line=bool(accounting.get("ClassTrackingPerTxnLine", False)),
        locations=bool(accounting.get("TrackDepartments", False)),
        custom_fields=_custom_fields(sales),
    )


def _custom_fields(sales: JsonObject) -> dict[str, str]:
    """Return the names of the custom fields that are switched on, by their number."""
    used, names = set(), {}
    for row in _rows(sales):
        word, number = str(row.get("Name", "")).rpartition(".")[-1][:-1], str(row["Name"])[-1]
        if word == "UseSalesCustom" and row.get("BooleanValue"):
            used.add(number)
        elif word == "SalesCustomName":
            names[number] = str(row.get("StringValue", ""))
    return {number: names.get(number, "") for number in sorted(used)}


def _rows(sales: JsonObject) -> Iterator[JsonObject]:
    for group in sales.get("CustomField", ()):
        for row in group.get("CustomField", ()):
            if row.get("Name"):
                yield row
