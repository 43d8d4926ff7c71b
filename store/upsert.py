"""Bulk writes: many rows in one statement, new ones inserted and known ones replaced.

The ORM would take fifty times as long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from store import statements

Row = Mapping[str, Any]
T = TypeVar("T")
_AT_ONCE = 500
"""Ids in one statement; SQLite takes 32,766 parameters."""


def upsert(
    session: Session,
    model: type[SQLModel],
    key: Sequence[str],
    rows: Sequence[Row],
    *,
    keep: Collection[str] = (),
) -> None:
    """Insert rows, or replace in the rows with the same key the columns that they name.

    All rows name the same columns; columns they do not name, and those in `keep`, stay
    as they are in rows that exist. New rows get them, or their defaults.
    """
    if not rows:
        return
    replaced = tuple(name for name in rows[0] if name not in key and name not in keep)
    session.execute(
        statements.upsert_into(model, tuple(key), replaced),
        [{**statements.defaults(model), **row} for row in rows],
    )


def insert_all(session: Session, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows."""
    if rows:
        made = [{**statements.defaults(model), **row} for row in rows]
        session.execute(statements.insert_into(model), made)


def delete_where(
    session: Session, model: type[SQLModel], column: str, values: Collection[str]
) -> None:
    """Delete the rows whose column holds one of the values."""
    for some in in_parts(sorted(values)):
        session.execute(statements.delete_from(model, column), {statements.AMONG: some})


def in_parts(values: Sequence[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield `values` in pieces that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
