"""What the rest of the program knows of Docket: one protocol, whatever the way in.

Docket publishes no API. The HTTP implementation beside this file speaks a contract
of our own (docs/docket-api.yaml); export files stand behind the same protocol.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from core.errors import Trouble
from core.records import Account, Kind, Page


class DocketSource(Protocol):
    """Reads Docket; keeps nothing, writes nothing."""

    async def account(self) -> Account:
        """The account behind this source.

        Raises:
            ConnectionTrouble: Docket cannot be reached or does not let us in.
            ContractTrouble: the answer does not fit the contract.
        """
        ...

    def changes(self, kind: Kind, cursor: str | None) -> AsyncIterator[Page]:
        """Pages of what changed after `cursor`, oldest change first; all records without one.

        Voided records come as records with `voided_at`, deleted ones as tombstones.
        A record that changes while the pages are read comes (again) on a later page,
        so none is missed. The caller commits a page and its cursor together; the
        cursor of the last page is where the next pull begins.

        Raises:
            ConnectionTrouble: Docket cannot be reached or does not let us in.
            ContractTrouble: a record does not fit; its page is not yielded.
            CursorExpired: Docket no longer knows the cursor; pull without one.
        """
        ...


class CursorExpired(Trouble):
    """Docket no longer knows a cursor; only a full listing tells what changed."""

    def __init__(self, kind: Kind) -> None:
        """Name the kind whose cursor is gone."""
        super().__init__(
            f"Docket no longer knows where the last refresh of {kind.value}s ended.",
            books="Nothing is lost: the cache and QuickBooks are unchanged.",
            fix="Refresh everything from Docket.",
        )
        self.kind = kind


class ContractTrouble(Trouble):
    """Docket sent something that does not fit the contract; nothing of it was taken."""

    def __init__(self, kind: str, record_id: str, field: str, problem: str) -> None:
        """Name the record and the field.

        Args:
            kind: what was being read, such as `invoice`.
            record_id: the record's id, or `?` where it has none.
            field: the path of the field, such as `lines[2].amount`.
            problem: what is wrong with it, safe to show.
        """
        super().__init__(
            f"Docket sent {kind} {record_id} in a form that cannot be read: {field} {problem}.",
            books="The page with this record was not taken; QuickBooks is unchanged.",
            fix="Correct the record in Docket, or report this line, then refresh.",
        )
        self.kind = kind
        self.record_id = record_id
        self.field = field
