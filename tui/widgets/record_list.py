"""A `LineList` over records that are already in memory: names, conflicts, a plan's invoices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tui.widgets.columns import Column
from tui.widgets.line_list import LineList

T = TypeVar("T")


class RecordList(LineList[T]):
    """Shows a sequence that is replaced as a whole."""

    def __init__(
        self,
        columns: Sequence[Column[T]],
        records: Sequence[T] = (),
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(columns, empty=empty, id=id, classes=classes)
        self._records: Sequence[T] = tuple(records)

    @property
    def line_count(self) -> int:
        """How many records there are."""
        return len(self._records)

    def record(self, index: int) -> T | None:
        """The record at `index`, or None if it is gone."""
        return self._records[index] if 0 <= index < len(self._records) else None

    @property
    def current(self) -> T | None:
        """The record under the cursor."""
        return self.record(self.cursor)

    def show(self, records: Sequence[T], cursor: int | None = None) -> None:
        """Replace the records; the cursor stays where it was unless told."""
        self._records = tuple(records)
        if cursor is not None:
            self.cursor = max(0, min(cursor, len(self._records) - 1))
        self.records_changed()
