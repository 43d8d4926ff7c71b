"""Customers, vendors and employees: names built, unique over all three, balances, retiring."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.fault import business, refused
from sandbox.qbo.rules.hierarchy import in_levels, rename_children, retired, unique_name
from sandbox.qbo.rules.kinds import Rules
from sandbox.qbo.wire import ZERO

_PARTS = ("Title", "GivenName", "MiddleName", "FamilyName", "Suffix")


def _named(change: Change) -> None:
    """DisplayName is what was sent, else the name's parts joined; the check name follows it."""
    draft = change.draft
    shown = draft.get("DisplayName", "").strip()
    if not shown:
        shown = " ".join(draft[part].strip() for part in _PARTS if draft.get(part, "").strip())
    if not shown:
        detail = (
            "Title, GivenName, MiddleName, FamilyName, DisplayName, Suffix: "
            "at least one of these must be non-empty"
        )
        raise refused("6080", detail, "")
    renamed = change.before is not None and change.before["DisplayName"] != shown
    draft["DisplayName"] = shown
    follows = change.before is None or renamed or not draft.get("PrintOnCheckName")
    if "PrintOnCheckName" not in change.sent and follows:
        draft["PrintOnCheckName"] = shown[:110]
    draft.setdefault("PrintOnCheckName", shown[:110])


def _home_currency(change: Change) -> None:
    currencies = change.company.preference("CurrencyPrefs", "HomeCurrency") or "USD"
    if change.before is not None:
        change.draft["CurrencyRef"] = change.before["CurrencyRef"]
    elif change.draft.setdefault("CurrencyRef", currencies) != currencies:
        raise business(
            "The currency of the transaction is invalid for customer / vendor / account."
        )


def _customer(change: Change) -> None:
    draft, company = change.draft, change.company
    if change.before is None:
        draft["Balance"] = draft["BalanceWithJobs"] = ZERO
    if draft.get("TaxExemptionReasonId"):
        draft["Taxable"] = False
    if not draft["Taxable"]:
        draft.pop("DefaultTaxCodeRef", None)
    elif company.preference("TaxPrefs", "UsingSalesTax"):
        code = company.preference("TaxPrefs", "TaxGroupCodeRef")
        if code is not None:
            draft.setdefault("DefaultTaxCodeRef", code)
    retiring = change.before is not None and change.before["Active"] and not draft["Active"]
    if retiring and draft["BalanceWithJobs"]:
        raise refused("6220", "The customer has a balance and cannot be made inactive.", "")


def _parent_balances(change: Change) -> None:
    """A customer that moves below another takes its balance along in BalanceWithJobs."""
    before, company = change.before, change.company
    if before is None or not change.moved("ParentRef"):
        return
    weight: Decimal = before["BalanceWithJobs"]
    for start, sign in ((before.get("ParentRef", ""), -1), (change.draft.get("ParentRef", ""), 1)):
        parent = company.get("Customer", start)
        while parent is not None and weight:
            total = parent["BalanceWithJobs"] + sign * weight
            company.write("Customer", parent | {"BalanceWithJobs": total}, edited=False)
            parent = company.get("Customer", parent.get("ParentRef", ""))


RULES = {
    "Customer": Rules(
        complete=(
            _named,
            _home_currency,
            _customer,
            retired("DisplayName"),
            in_levels("DisplayName", "Job", parent_entity="Customer"),
            unique_name,
        ),
        settle=(rename_children("DisplayName"), _parent_balances),
    ),
    "Vendor": Rules(complete=(_named, _home_currency, retired("DisplayName"), unique_name)),
    "Employee": Rules(complete=(_named, retired("DisplayName"), unique_name)),
}
