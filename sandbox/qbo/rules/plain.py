"""Small rules: hours, budgets, currencies and their rates, templates, kinds of customers."""

from __future__ import annotations

from sandbox.qbo.change import Change
from sandbox.qbo.company import CURRENCIES
from sandbox.qbo.fault import Refused, business, missing, refused
from sandbox.qbo.rules.hierarchy import retired, unique_name
from sandbox.qbo.rules.kinds import Rules
from sandbox.qbo.rules.transactions import dated
from sandbox.qbo.wire import ZERO


def _worked(change: Change) -> None:
    """Who worked, and how long: hours and minutes, or from when to when."""
    draft = change.draft
    who = f"{draft['NameOf']}Ref"
    spans = draft.get("StartTime") and draft.get("EndTime")
    timed = spans or draft.get("Hours") is not None or draft.get("Minutes") is not None
    absent = [name for name, there in ((who, draft.get(who)), ("Hours", timed)) if not there]
    if draft["BillableStatus"] == "Billable" and not draft.get("CustomerRef"):
        absent.append("CustomerRef")
    if absent:
        raise Refused([missing(name) for name in absent])
    if not spans:
        draft.setdefault("Hours", ZERO)
        draft.setdefault("Minutes", ZERO)


def _planned(change: Change) -> None:
    if change.draft["StartDate"] > change.draft["EndDate"]:
        raise refused("6490", "The budget's end date is before its start date.", "EndDate")


def _coded(*names: str) -> None:
    for name in names:
        if not (len(name) == 3 and name.isascii() and name.isalpha() and name.isupper()):
            raise refused("2170", f"Invalid Enumeration : {name}", "Code")


def _currency(change: Change) -> None:
    draft = change.draft
    _coded(draft["Code"])
    draft.setdefault("Name", CURRENCIES.get(draft["Code"], draft["Code"]))


def _rate(change: Change) -> None:
    draft, company = change.draft, change.company
    home = company.preference("CurrencyPrefs", "HomeCurrency") or "USD"
    draft.setdefault("TargetCurrencyCode", home)
    draft.setdefault("AsOfDate", company.today().isoformat())
    _coded(draft["SourceCurrencyCode"], draft["TargetCurrencyCode"])
    if draft["Rate"] <= 0:
        raise refused("2240", "Number out of range.", "Rate")


def _one_kind(change: Change) -> None:
    kinds = [name for name in change.entity.by_name if isinstance(change.draft.get(name), dict)]
    if len([name for name in kinds if name != "MetaData"]) != 1:
        raise business("A recurring transaction holds exactly one transaction.")


RULES = {
    "TimeActivity": Rules(complete=(dated, _worked)),
    "Budget": Rules(complete=(_planned,)),
    "CompanyCurrency": Rules(complete=(_currency, retired("Name"), unique_name)),
    "CustomerType": Rules(complete=(retired("Name"), unique_name)),
    "ExchangeRate": Rules(complete=(_rate,)),
    "RecurringTransaction": Rules(complete=(_one_kind,)),
}
