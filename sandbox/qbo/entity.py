"""What an entity is: its description, from which everything generic follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sandbox.qbo.fields import Field, Given, Names, Record, Text
from sandbox.qbo.objects import Group


def _ways(
    fields: tuple[Field, ...], before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Field]]:
    """The way to every attribute, into groups; into arrays only where they may be asked for."""
    for field in fields:
        path = (*before, field.name)
        yield path, field
        if isinstance(field, Group) and (field.query or not field.many):
            yield from _ways(field.fields, path)


ENVELOPE: tuple[Field, ...] = (
    Text("Id", query=True, sort=True),
    Text("SyncToken"),
    Group(
        "MetaData",
        (
            Given("CreateTime", query=True, sort=True),
            Given("LastUpdatedTime", query=True, sort=True),
            Given("LastModifiedByRef"),
            Given("CreatedByRef"),
        ),
        read_only=True,
        class_name="ModificationMetaData",
    ),
)
"""What every object carries, whatever it is."""

UNHEEDED = ("domain", "sparse", "status", "attributes")
"""Sent back by clients that return what they read; said nothing by."""


@dataclass(frozen=True)
class Entity:
    """An entity, described once as data.

    Attributes:
        name: QBO's name of it.
        fields: its own attributes, in the order they are shown.
        sequence: whose numbers its ids come from; names share one, transactions another.
        removal: "deactivate" for lists, "delete" for transactions, "" for neither.
        void: the query parameters that void it, as (operation, include); None if it has no void.
        title: the attribute that names it where it is referred to ("" for its Id).
        label: what fault 2500 calls its table.
        unique: the name space in which its title must be unique; "" for none.
        order: the attribute of its default order; "" is newest change first.
        counted: an unfiltered select carries totalCount.
        tracked: change data capture reports it.
        resent: what even a sparse update must carry.
        writable: it can be created and updated through the API.
        ignored: attributes of QBO's schema that are taken and not kept.
        path: its lower-case name in addresses, where that is not its name.
        first_id: the first id of its sequence.
        tokenless: it can be deleted without a SyncToken.
        wrapped: the object is one attribute deep: `{"Invoice": {"Id": …}}` in a template.
    """

    name: str
    fields: tuple[Field, ...]
    sequence: str
    removal: str = "delete"
    void: tuple[str, str] | None = None
    title: str = ""
    label: str = ""
    unique: str = ""
    order: str = ""
    counted: bool = False
    tracked: bool = True
    resent: tuple[str, ...] = ()
    writable: bool = True
    ignored: tuple[str, ...] = ()
    path: str = ""
    first_id: int = 1
    tokenless: bool = False
    wrapped: bool = False

    @cached_property
    def body(self) -> Group:
        """The whole object as one group of fields."""
        return Group(
            self.name,
            (*ENVELOPE, *self.fields),
            class_name=self.name,
            ignored=(*UNHEEDED, *self.ignored),
        )

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Attributes by name, the envelope's included."""
        return self.body.by_name

    @cached_property
    def queried(self) -> Mapping[str, tuple[tuple[str, ...], Field]]:
        """Attributes a query may name, lower-cased and dotted, with the way to each."""
        return {".".join(path).lower(): (path, field) for path, field in _ways(self.body.fields)}

    @cached_property
    def indexed(self) -> tuple[str, ...]:
        """The attributes with an index."""
        return tuple(field.name for field in self.fields if field.index)

    def show(self, record: Record, names: Names) -> Record:
        """The object as it goes out."""
        shown: Record = {"domain": "QBO", "sparse": False} | self.body.render(record, names)
        if not self.wrapped:
            return shown
        kind = next(field.name for field in self.fields if field.name in shown)
        inner = shown.pop(kind)
        return {kind: shown | inner}

    def unwrapped(self, sent: Mapping[str, Any]) -> Mapping[str, Any]:
        """A sent object with its envelope outside, as it is kept."""
        names = {field.name for field in ENVELOPE} | set(UNHEEDED)
        kind = next((name for name in sent if name in self.by_name and name not in names), None)
        inner = sent.get(kind or "")
        if not self.wrapped or not isinstance(inner, Mapping):
            return sent
        own = {name: value for name, value in inner.items() if name not in names}
        envelope = {name: value for name, value in inner.items() if name in names}
        return {**sent, **envelope, kind or "": own}
