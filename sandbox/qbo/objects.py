"""Fields that hold objects: references to other entities, and groups of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from sandbox.qbo.fault import Refused, Wrong, missing, not_parsed, refused
from sandbox.qbo.fields import CLEARED, Field, Names, Record


@dataclass(frozen=True)
class Ref(Field):
    """A reference `{"value": id}` to a `target` entity; kept as the id alone.

    The name beside it is looked up on the way out, so that a renamed customer
    shows its new name everywhere. Without a target any value is taken
    (a ship method is any text). `named=False`: QBO gives this one without a name.
    """

    target: str = ""
    _: KW_ONLY
    named: bool = True

    def bind(self, sent: Any) -> Any:
        """The id; what stands beside it is ignored, but must be known."""
        if sent == "":
            return CLEARED
        if not isinstance(sent, Mapping):
            raise not_parsed()
        for key in sent:
            if key not in ("value", "name", "type"):
                raise unknown_property(key, "ReferenceType", ("value", "name", "type"))
        value = sent.get("value")
        if value is None or value == "":
            return CLEARED
        if isinstance(value, Decimal | str):
            return str(value).encode("utf-8", "replace").decode("utf-8")
        raise not_parsed()

    def render(self, value: str, names: Names) -> Any:
        """The id with the name it has now."""
        name = names(self.target, value) if self.named and self.target else None
        return {"value": value} if name is None else {"value": value, "name": name}

    def compare(self, value: Any) -> Any:
        """References compare by id."""
        return value


@dataclass(frozen=True)
class Group(Field):
    """An object with attributes of its own; `bare` ones mean something when empty."""

    fields: tuple[Field, ...] = ()
    _: KW_ONLY
    class_name: str = ""
    bare: bool = False
    ignored: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The attributes by name."""
        return {field.name: field for field in self.fields}

    def bind(self, sent: Any) -> Any:
        """The attributes that say something; read-only ones are dropped."""
        if sent == "":
            return CLEARED
        if not isinstance(sent, Mapping):
            raise not_parsed()
        bound = {name: value for name, value in self.bind_all(sent).items() if value is not CLEARED}
        return bound if bound or self.bare else CLEARED

    def bind_all(self, sent: Mapping[str, Any]) -> Record:
        """Every attribute sent, CLEARED ones included, nulls and read-only ones not."""
        bound: Record = {}
        for name, value in sent.items():
            field = self.by_name.get(name)
            if field is None and name not in self.ignored:
                known = (*self.by_name, *self.ignored)
                raise unknown_property(name, self.class_name or self.name, known)
            if field is not None and value is not None and not field.read_only:
                bound[name] = field.read(value)
        return bound

    def judge(self, value: Record) -> Iterator[Wrong]:
        """Everything inside, and what is required and not there."""
        for field in self.fields:
            inner = value.get(field.name)
            if inner is not None:
                yield from field.check(inner)
            elif field.required:
                yield missing(field.name)

    def render(self, value: Record, names: Names) -> Any:
        """The attributes in the order of the description."""
        shown = {}
        for field in self.fields:
            inner = value.get(field.name)
            if inner is not None:
                shown[field.name] = field.show(inner, names)
        return shown

    def compare(self, value: Any) -> Any:
        """An e-mail address compares by its text; other groups do not compare."""
        return None if value is None else str(value.get("Address", "")).casefold()


def unknown_property(name: str, class_name: str, known: tuple[str, ...]) -> Refused:
    """The 2010 of a property that the class does not have, in Jackson's words."""
    listed = ", ".join(f'"{one}"' for one in known)
    short = listed if len(listed) < 1000 else listed[:1000].rsplit(", ", 1)[0] + " [truncated]"
    return refused(
        "2010",
        f'Property Name:Unrecognized field "{name}" '
        f"(class com.intuit.schema.finance.v3.{class_name}), not marked as ignorable "
        f"({len(known)} known properties: {short}])\n specified is unsupported or invalid",
    )
