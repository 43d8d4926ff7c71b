"""Bulk writes: many rows in one statement, new ones inserted and known ones replaced.

The ORM would take fifty times as long. "On conflict" is written
in SQLite's dialect; PostgreSQL's reads the same, and this is the one place to switch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, insert
from sqlalchemy.dialects import sqlite
from sqlmodel import Session, SQLModel

from store.tables import table_of

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
    table = table_of(model)
    statement = sqlite.insert(table)
    replaced = {name: statement.excluded[name] for name in rows[0] if name not in (*key, *keep)}
    session.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=replaced),
        [{**_defaults(model), **row} for row in rows],
    )


def insert_all(session: Session, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows."""
    if rows:
        session.execute(insert(table_of(model)), [{**_defaults(model), **row} for row in rows])


def delete_where(
    session: Session, model: type[SQLModel], column: str, values: Collection[str]
) -> None:
    """Delete the rows whose column holds one of the values."""
    table = table_of(model)
    for some in in_parts(sorted(values)):
        session.execute(delete(table).where(table.c[column].in_(some)))


def in_parts(values: Sequence[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield `values` in pieces that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    """What a model's fields are when nothing is said; Core does not know them."""
    return {
        name: field.default
        for name, field in model.model_fields.items()
        if name != "id" and not field.is_required()
    }
