"""Lists with levels: full names, unique within their space, and the "(deleted)" suffix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fault import Refused, business, missing, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.kinds import Step

DEEPEST = 4
"""Levels below the top: five in all."""

_SUFFIX = re.compile(r" \(deleted(?:-\d+)?\)$")
_HOLDERS = {
    "names": "customer, vendor or employee",
    "items": "product or service",
    "accounts": "account",
    "terms": "term",
    "payment methods": "payment method",
    "classes": "class",
    "departments": "location",
    "currencies": "currency",
    "customer types": "customer type",
    "tax codes": "tax code",
    "tax rates": "tax rate",
    "tax agencies": "tax agency",
}


def squeeze(name: str) -> str:
    """A name as uniqueness compares it: without outer blanks, whatever the case."""
    return name.strip().casefold()


def holders(company: Company, space: str, full_name: str) -> Iterator[Record]:
    """The records of a name space that carry this full name."""
    wanted = squeeze(full_name)
    for name, entity in ENTITIES.items():
        if entity.unique != space:
            continue
        table = company.tables[name]
        if entity.title in entity.indexed:
            yield from table.find(entity.title, wanted)
        else:
            yield from (one for one in table if squeeze(one[entity.title]) == wanted)


def in_levels(own: str, child: str, *, parent_entity: str) -> Step:
    """A step that builds the full name from `own` and the parent; `child` flags a sublevel."""

    def step(change: Change) -> None:
        draft = change.draft
        draft[own] = draft[own].strip()
        if not draft[own]:
            raise Refused([missing(own)])
        parent_id = draft.get("ParentRef")
        if parent_id is None:
            if child in change.sent and draft.get(child):
                raise refused("6150", f"ParentRef is required when {child} is true", "ParentRef")
            draft["FullyQualifiedName"] = draft[own]
            draft.pop("Level", None)
            draft[child] = False
            return
        parent = change.company.get(parent_entity, parent_id)
        if parent is None or parent_id == draft.get("Id"):
            raise business("The parent of a list element must be another element.")
        level = int(parent.get("Level", 0)) + 1
        if level > DEEPEST:
            raise refused("6180", "You can't have more than 5 levels.", "ParentRef")
        if _within(change.company, parent_entity, parent, draft.get("Id", "")):
            raise business("An element cannot be below itself.")
        draft["Level"] = level
        draft[child] = True
        draft["FullyQualifiedName"] = f"{parent['FullyQualifiedName']}:{draft[own]}"

    return step


def _within(company: Company, entity: str, record: Record | None, key: str) -> bool:
    while record is not None:
        if record["Id"] == key:
            return True
        record = company.get(entity, record.get("ParentRef", ""))
    return False


def rename_children(own: str) -> Step:
    """A step that carries a changed full name down to the levels below."""

    def step(change: Change) -> None:
        if change.before is None or not change.moved("FullyQualifiedName"):
            return
        name, company = change.entity.name, change.company
        for child in list(company.tables[name]):
            if child.get("ParentRef") == change.draft["Id"]:
                full = f"{change.draft['FullyQualifiedName']}:{child[own]}"
                moved = child | {"FullyQualifiedName": full}
                stored = company.write(name, moved, edited=False)
                step(Change(company, change.entity, child, stored))

    return step


def retired(own: str, *also: str) -> Step:
    """A step that adds "(deleted)" to the name of what is made inactive, and takes it off again.

    What is inactive cannot be edited, only made active.
    """

    def step(change: Change) -> None:
        before, draft = change.before, change.draft
        if before is None:
            return
        if before.get("Active") is False:
            if draft.get("Active") is False:
                edited = {name for name in change.sent if change.moved(name)}
                if edited:
                    raise business("You cannot modify a list element that has been deleted.")
                return
            for name in (own, *also):
                draft[name] = _SUFFIX.sub("", draft[name])
        elif draft.get("Active") is False:
            plain = draft[own]
            suffix = " (deleted)"
            count = 1
            full = draft.get(change.entity.title) or plain
            while any(holders(change.company, change.entity.unique, full + suffix)):
                count += 1
                suffix = f" (deleted-{count})"
            for name in (own, *also):
                draft[name] = draft[name] + suffix

    return step


def unique_name(change: Change) -> None:
    """Refuse a full name that another record of the space has (6240)."""
    entity, company = change.entity, change.company
    full = change.draft[entity.title]
    if change.before is not None and squeeze(change.before[entity.title]) == squeeze(full):
        return
    for holder in holders(company, entity.unique, full):
        if holder["Id"] == change.draft.get("Id"):
            continue
        told = {
            "text": f"Another {_HOLDERS[entity.unique]} is already using this name. "
            "Please use a different name.",
            "null": "null",
            "id": f"Id={holder['Id']}",
        }[company.switches.name_detail]
        raise refused("6240", f"The name supplied already exists. : {told}")
