"""One entity's records in memory, with the indexes that keep look-ups quick."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Record


class Table:
    """Records by id, oldest change first, with equality indexes.

    A stored record is never changed in place: a change stores a new one. That
    keeps undoing, comparing and caching simple.
    """

    def __init__(self, entity: Entity) -> None:
        self.entity = entity
        self.records: dict[str, Record] = {}
        self.deleted: dict[str, Record] = {}
        self._indexes: dict[str, dict[Any, dict[str, None]]] = {name: {} for name in entity.indexed}

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def get(self, key: str) -> Record | None:
        """The record with this id, if it is there and not deleted."""
        return self.records.get(key)

    def put(self, key: str, record: Record | None) -> None:
        """Store, replace or (None) take out a record; a stored one becomes the newest."""
        old = self.records.pop(key, None)
        if old is not None:
            self._unindex(key, old)
        if record is not None:
            self.records[key] = record
            for name, index in self._indexes.items():
                index.setdefault(self._indexed(name, record), {})[key] = None

    def find(self, name: str, value: Any) -> list[Record]:
        """The records whose indexed attribute `name` compares equal to `value`."""
        wanted = self.entity.by_name[name].compare(value)
        return [self.records[key] for key in self._indexes[name].get(wanted, ())]

    def newest_first(self) -> Iterator[Record]:
        """Records by their last change, newest first."""
        return reversed(self.records.values())

    def sort_by_change(self) -> None:
        """Put the records back into the order of their last change."""
        self.records = dict(sorted(self.records.items(), key=lambda pair: changed(pair[1])))

    def _indexed(self, name: str, record: Record) -> Any:
        return self.entity.by_name[name].compare(record.get(name))

    def _unindex(self, key: str, record: Record) -> None:
        for name, index in self._indexes.items():
            value = self._indexed(name, record)
            bucket = index[value]
            del bucket[key]
            if not bucket:
                del index[value]


def changed(record: Record) -> str:
    """When the record last changed, as an instant that sorts as text."""
    return str(record["_changed"])
