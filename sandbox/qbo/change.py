"""A change to one record on its way through the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.qbo.company import Company
from sandbox.qbo.entity import Entity
from sandbox.qbo.fault import MADE_INACTIVE, Refused, Wrong, refused
from sandbox.qbo.fields import Field, Record
from sandbox.qbo.objects import Group, Ref

SPECIAL_ITEMS = ("SHIPPING_ITEM_ID", "GRATUITY_ITEM_ID")
"""Items that stand for a field of the sales form and are in no list."""


@dataclass
class Change:
    """What a request makes of a record.

    Attributes:
        verb: "create", "update", "void" or "delete".
        before: the stored record; None when it is created.
        draft: the record to store; rules fill it in.
        sent: the attributes that the client sent.
        include: the words of the `include` query parameter.
    """

    company: Company
    entity: Entity
    before: Record | None
    draft: Record
    verb: str = "update"
    sent: Record = field(default_factory=dict)
    include: frozenset[str] = frozenset()

    def moved(self, name: str) -> bool:
        """Whether this change gives the attribute another value."""
        return (self.before or {}).get(name) != self.draft.get(name)

    def place_addresses(self) -> None:
        """New addresses get an id, and coordinates that no one has looked up."""
        for one in self.entity.fields:
            value = self.draft.get(one.name)
            is_address = isinstance(one, Group) and one.class_name == "PhysicalAddress"
            if not is_address or value is None or "Id" in value:
                continue
            was = (self.before or {}).get(one.name) or {}
            key = was.get("Id") or self.company.new_id("addresses")
            located = {"Lat": "INVALID", "Long": "INVALID"}
            self.draft[one.name] = {"Id": key} | located | value

    def check_values(self) -> None:
        """Refuse with everything that is wrong with the draft's values.

        Raises:
            Refused: lengths, formats, enumerations, what is required; all at once.
        """
        errors: list[Wrong] = []
        for one in self.entity.fields:
            value = self.draft.get(one.name)
            if value is None and one.required:
                errors += Group("", (one,)).judge({})
            elif value is not None and (self.before is None or self.moved(one.name)):
                errors += one.check(value)
        if errors:
            raise Refused(errors)

    def check_references(self) -> None:
        """Refuse new references to what is not there (2500) or inactive (610).

        What was referred to before may stay, also if it is inactive by now.
        """
        known = set(references(self.entity.fields, self.before or {}))
        for target, key in references(self.entity.fields, self.draft):
            if (target, key) in known or key in SPECIAL_ITEMS:
                continue
            table = self.company.tables.get(target)
            if table is None:
                continue
            found = table.get(key)
            if found is None:
                label = table.entity.label
                detail = f"Invalid Reference Id : {label} element id {key} not found"
                raise refused("2500", detail, "Reference Id")
            if found.get("Active") is False:
                raise refused("610", MADE_INACTIVE, "")


def references(fields: tuple[Field, ...], record: Record) -> Iterator[tuple[str, str]]:
    """Every (entity, id) that a record refers to, at any depth."""
    for one in fields:
        value: Any = record.get(one.name)
        if value is None:
            continue
        for inner in value if one.many else (value,):
            if isinstance(one, Ref) and one.target:
                yield one.target, inner
            elif isinstance(one, Group):
                yield from references(one.fields, inner)
