"""Docket's records in memory, with a number for every change.

A listing is the log of changes: each record stands once, where it last changed, and
so does a deleted one. Whoever reads on from the last number misses nothing, even
when records change while the pages are read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sandbox.docket.amounts import Record

RESOURCES = ("clients", "products", "invoices", "payments", "refunds", "credits")


class UnknownCursor(Exception):
    """A cursor from before a reset, or from elsewhere."""


@dataclass(frozen=True)
class Slice:
    """One page: records, deletions, where to go on, whether there is more."""

    data: list[Record]
    deleted: list[Record]
    next_cursor: str
    has_more: bool


class Books:
    """All records of one Docket account."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the records of `data`, oldest `updated_at` first."""
        self.account: Record = dict(data["account"])
        self._birth = uuid4().hex[:12]
        self._sequence = 0
        self._records: dict[str, dict[str, Record]] = {name: {} for name in RESOURCES}
        self._deleted: dict[str, dict[str, str]] = {name: {} for name in RESOURCES}
        self._latest: dict[str, dict[str, int]] = {name: {} for name in RESOURCES}
        self._log: dict[str, list[tuple[int, str]]] = {name: [] for name in RESOURCES}
        self._touched: list[tuple[str, str]] = []
        for name in RESOURCES:
            rows: Sequence[Record] = data.get(name, ())
            for row in sorted(rows, key=lambda row: (row["updated_at"], row["id"])):
                self.put(name, row)
        self.touched()

    @property
    def sequence(self) -> int:
        """The number of the last change."""
        return self._sequence

    def get(self, resource: str, record_id: str) -> Record | None:
        """The record, unless it was deleted or never was."""
        return self._records[resource].get(record_id)

    def all(self, resource: str) -> Sequence[Record]:
        """All records of a resource, in no promised order."""
        return list(self._records[resource].values())

    def put(self, resource: str, record: Record) -> None:
        """Add or replace a record; records handed out before stay as they were."""
        self._records[resource][record["id"]] = record
        self._note(resource, record["id"])

    def delete(self, resource: str, record_id: str, at: str) -> None:
        """Delete a record for good; the listing reports it from now on as deleted."""
        del self._records[resource][record_id]
        self._deleted[resource][record_id] = at
        self._note(resource, record_id)

    def touched(self) -> list[tuple[str, str]]:
        """What changed since the last call: resource and id, in order."""
        touched, self._touched = list(dict.fromkeys(self._touched)), []
        return touched

    def page(self, resource: str, cursor: str | None, limit: int) -> Slice:
        """The next `limit` changes after `cursor`; from the beginning without one.

        Raises:
            UnknownCursor: it is not from these books.
        """
        after = self._after(cursor)
        log, latest = self._log[resource], self._latest[resource]
        at = bisect_right(log, after, key=lambda entry: entry[0])
        data: list[Record] = []
        deleted: list[Record] = []
        while at < len(log) and len(data) + len(deleted) < limit:
            number, record_id = log[at]
            at += 1
            if latest[record_id] != number:
                continue
            after = number
            record = self._records[resource].get(record_id)
            if record is None:
                gone = self._deleted[resource][record_id]
                deleted.append({"id": record_id, "deleted_at": gone})
            else:
                data.append(record)
        return Slice(data, deleted, f"{self._birth}-{after}", at < len(log))

    def snapshot(self) -> Record:
        """Everything as plain JSON, sharing records with the books: write it out at once."""
        return {
            "account": self.account,
            "birth": self._birth,
            "sequence": self._sequence,
            "records": self._records,
            "deleted": self._deleted,
            "latest": self._latest,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Become what `snapshot` returned; cursors given out then are good again."""
        self.account = dict(state["account"])
        self._birth = state["birth"]
        self._sequence = state["sequence"]
        self._records = {name: dict(state["records"][name]) for name in RESOURCES}
        self._deleted = {name: dict(state["deleted"][name]) for name in RESOURCES}
        self._latest = {name: dict(state["latest"][name]) for name in RESOURCES}
        self._log = {
            name: sorted((number, record_id) for record_id, number in self._latest[name].items())
            for name in RESOURCES
        }
        self._touched = []

    def _note(self, resource: str, record_id: str) -> None:
        self._sequence += 1
        self._latest[resource][record_id] = self._sequence
        self._log[resource].append((self._sequence, record_id))
        self._touched.append((resource, record_id))

    def _after(self, cursor: str | None) -> int:
        if cursor is None:
            return 0
        birth, _, number = cursor.partition("-")
        if birth != self._birth or not number.isdecimal():
            raise UnknownCursor(cursor)
        return int(number)
