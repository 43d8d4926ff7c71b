"""The marked invoices: by Docket id, kept across filters and sorting."""

from __future__ import annotations

from collections.abc import Iterable


class Selection:
    """A set of Docket ids in the order in which they were marked."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}

    def __contains__(self, docket_id: object) -> bool:
        return docket_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> list[str]:
        """The marked invoices, first marked first."""
        return list(self._ids)

    def toggle(self, docket_id: str) -> None:
        """Mark it, or unmark it."""
        if docket_id in self._ids:
            del self._ids[docket_id]
        else:
            self._ids[docket_id] = None

    def add(self, docket_ids: Iterable[str]) -> None:
        """Mark them all; those already marked stay."""
        self._ids.update(dict.fromkeys(docket_ids))

    def clear(self) -> None:
        """Unmark all."""
        self._ids.clear()
