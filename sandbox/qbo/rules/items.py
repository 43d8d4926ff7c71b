"""Products and services: what each type needs, and their categories."""

from __future__ import annotations

from sandbox.qbo.change import Change
from sandbox.qbo.fault import Refused, missing
from sandbox.qbo.rules.accounts import need_account
from sandbox.qbo.rules.hierarchy import in_levels, rename_children, retired, unique_name
from sandbox.qbo.rules.kinds import Rules

_NEEDED = {
    "Service": ("IncomeAccountRef",),
    "NonInventory": (),
    "Category": (),
    "Group": (),
    "Inventory": (
        "IncomeAccountRef",
        "ExpenseAccountRef",
        "AssetAccountRef",
        "QtyOnHand",
        "InvStartDate",
    ),
}


def _typed(change: Change) -> None:
    draft = change.draft
    errors = [missing(name) for name in _NEEDED[draft["Type"]] if draft.get(name) is None]
    if draft["Type"] == "NonInventory" and not (
        draft.get("IncomeAccountRef") or draft.get("ExpenseAccountRef")
    ):
        errors.append(missing("IncomeAccountRef"))
    if errors:
        raise Refused(errors)
    if draft["Type"] == "Inventory":
        draft["TrackQtyOnHand"] = True
    need_account(change, "IncomeAccountRef", ("Income", "Other Income"))
    need_account(change, "AssetAccountRef", ("Other Current Asset",))


RULES = {
    "Item": Rules(
        complete=(
            _typed,
            retired("Name"),
            in_levels("Name", "SubItem", parent_entity="Item"),
            unique_name,
        ),
        settle=(rename_children("Name"),),
    ),
}
