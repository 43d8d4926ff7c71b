"""One edit at work: what was asked, found in the books, and saved whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sandbox.docket.amounts import Record
from sandbox.docket.books import Books
from sandbox.docket.forms import NotPossible, check


@dataclass(frozen=True)
class Edit:
    """One edit at work: the books, what was asked, and when."""

    books: Books
    asked: Mapping[str, Any]
    now: datetime

    @property
    def stamp(self) -> str:
        """The instant as the wire writes it."""
        return self.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    @property
    def today(self) -> str:
        """The date, as the default for new records."""
        return self.now.date().isoformat()

    def text(self, name: str, default: str | None = None) -> str:
        """A piece of text that was asked, or the default."""
        value = self.asked.get(name, default)
        if not isinstance(value, str):
            raise NotPossible(f"'{name}' must be text")
        return value

    def fields(self, *, but: tuple[str, ...] = ()) -> Record:
        """What was asked, without the action and the names of records."""
        return {
            name: value for name, value in self.asked.items() if name not in ("action", "id", *but)
        }

    def objects(self, name: str) -> Sequence[Record]:
        """A list of objects that was asked; none if it was not."""
        value = self.asked.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise NotPossible(f"'{name}' must be a list of objects")
        return value

    def find(self, resource: str, name: str, wanted: object = None) -> Record:
        """The record with the id (an invoice's may be its number) that `asked[name]` is."""
        if wanted is None:
            wanted = self.text(name)
        if not isinstance(wanted, str):
            raise NotPossible(f"'{name}' must be text")
        record = self.books.get(resource, wanted)
        if record is None and resource == "invoices":
            same = [one for one in self.books.all(resource) if one["number"] == wanted]
            record = same[0] if len(same) == 1 else None
        if record is None:
            raise NotPossible(f"there is no one {name} '{wanted}'")
        return record

    def save(self, resource: str, record: Record) -> None:
        """Put a changed copy into the books, if it fits the contract."""
        record = {**record, "updated_at": self.stamp}
        check(resource, record)
        self.books.put(resource, record)


Action: TypeAlias = Callable[[Edit], None]


def voider(resource: str, name: str) -> Action:
    """The action that voids the record called `name`."""

    def void(edit: Edit) -> None:
        edit.save(resource, {**edit.find(resource, name), "voided_at": edit.stamp})

    return void


def deleter(resource: str, name: str) -> Action:
    """The action that deletes the record called `name`."""

    def delete(edit: Edit) -> None:
        edit.books.delete(resource, edit.find(resource, name)["id"], edit.stamp)

    return delete
