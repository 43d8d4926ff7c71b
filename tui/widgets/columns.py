"""Which columns of a list fit a width, and how wide each becomes.

Pure, so that 80 columns, 200 columns and everything between can be tested without
a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from tui.widgets.cells import Cell

T = TypeVar("T")

GAP = 1
"""Columns between two cells."""


class Column(NamedTuple, Generic[T]):
    """One column of a list of `T`.

    `width` is the least it needs, `grow` its share of what is left, `most` where
    growing ends. When space is short, the column with the highest `drop` goes first;
    0 stays always.
    """

    key: str
    title: str
    width: int
    cell: Callable[[T], Cell]
    grow: int = 0
    most: int = 400
    drop: int = 0
    right: bool = False
    sortable: bool = False


class Placed(NamedTuple, Generic[T]):
    """A column with its place."""

    column: Column[T]
    x: int
    width: int


def place_columns(columns: Sequence[Column[T]], width: int) -> list[Placed[T]]:
    """Return the columns that fit `width`, left to right, grown to fill it."""
    kept = list(columns)
    while _needed(kept) > width:
        going = max(kept, key=lambda column: column.drop)
        if going.drop == 0:
            break
        kept.remove(going)
    widths = _grown(kept, width - _needed(kept))
    placed: list[Placed[T]] = []
    x = 0
    for column, size in zip(kept, widths, strict=True):
        placed.append(Placed(column, x, size))
        x += size + GAP
    return placed


def _needed(columns: Sequence[Column[T]]) -> int:
    return sum(column.width for column in columns) + GAP * max(len(columns) - 1, 0)


def _grown(columns: Sequence[Column[T]], spare: int) -> list[int]:
    widths = [column.width for column in columns]
    while spare > 0:
        growing = [i for i, column in enumerate(columns) if column.grow and widths[i] < column.most]
        if not growing:
            break
        shares = sum(columns[i].grow for i in growing)
        given = 0
        for i in growing:
            more = min(spare * columns[i].grow // shares, columns[i].most - widths[i])
            widths[i] += more
            given += more
        if not given:  # less left than there are shares: the first takes it
            widths[growing[0]] += 1
            given = 1
        spare -= given
    return widths
