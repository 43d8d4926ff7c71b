"""The small lists: terms, payment methods, classes, locations, tax agencies."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.fault import Refused, missing, refused
from sandbox.qbo.rules.hierarchy import in_levels, rename_children, retired, unique_name
from sandbox.qbo.rules.kinds import Rules, Step


def _trimmed(change: Change) -> None:
    title = change.entity.title
    change.draft[title] = change.draft[title].strip()
    if not change.draft[title]:
        raise Refused([missing(title)])


def _due(change: Change) -> None:
    """A term counts days, or names a day of the month."""
    draft = change.draft
    dated = draft.get("DayOfMonthDue") is not None
    if not dated and draft.get("DueDays") is None:
        raise Refused([missing("DueDays")])
    draft["Type"] = "DATE_DRIVEN" if dated else "STANDARD"
    if not dated:
        draft.setdefault("DiscountPercent", Decimal(0))
        draft.setdefault("DiscountDays", Decimal(0))


def _needs(preference: str) -> Step:
    """A step that refuses a feature which the company has not switched on (5020)."""

    def step(change: Change) -> None:
        if not change.company.preference("AccountingInfoPrefs", preference):
            raise refused("5020", "You don't have permission to access this feature.", "")

    return step


def _classes_on(change: Change) -> None:
    company = change.company
    if not any(
        company.preference("AccountingInfoPrefs", name)
        for name in ("ClassTrackingPerTxn", "ClassTrackingPerTxnLine")
    ):
        raise refused("5020", "You don't have permission to access this feature.", "")


RULES = {
    "Term": Rules(complete=(_trimmed, _due, retired("Name"), unique_name)),
    "PaymentMethod": Rules(complete=(_trimmed, retired("Name"), unique_name)),
    "TaxAgency": Rules(complete=(_trimmed, unique_name)),
    "Class": Rules(
        complete=(
            _classes_on,
            retired("Name"),
            in_levels("Name", "SubClass", parent_entity="Class"),
            unique_name,
        ),
        settle=(rename_children("Name"),),
    ),
    "Department": Rules(
        complete=(
            _needs("TrackDepartments"),
            retired("Name"),
            in_levels("Name", "SubDepartment", parent_entity="Department"),
            unique_name,
        ),
        settle=(rename_children("Name"),),
    ),
}
