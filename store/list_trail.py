"""Rows of the list whose places are known, so that a page far down is found from near by.

Without them SQLite would count its way to a page from the top: milliseconds in an index
alone, seconds where each row has to be looked at for a filter.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import Any, TypeAlias

Key: TypeAlias = tuple[Any, ...]
"""The values of a row's columns in an order, and its id."""


class Trail:
    """Places and keys of rows in one list, as it was at one moment."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._places: list[int] = []
        self._keys: dict[int, Key] = {}

    def keep(self, place: int, key: Key) -> None:
        """Know a row."""
        if place not in self._keys:
            insort(self._places, place)
        self._keys[place] = key

    def before(self, place: int) -> tuple[int, Key] | None:
        """The nearest known row above `place`."""
        at = bisect_left(self._places, place)
        return self._known(at - 1) if at else None

    def after(self, place: int) -> tuple[int, Key] | None:
        """The nearest known row at `place` or below it."""
        at = bisect_left(self._places, place)
        return self._known(at) if at < len(self._places) else None

    def _known(self, at: int) -> tuple[int, Key]:
        place = self._places[at]
        return place, self._keys[place]
