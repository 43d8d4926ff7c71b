"""Bulk writes: many rows in one statement, new ones inserted and known ones replaced.

The ORM would take fifty times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Dialect, Insert
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import Session, SQLModel

from store import statements
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
    replaced = tuple(name for name in rows[0] if name not in key and name not in keep)
    _execute_many(session, model, statements.upsert_into(model, tuple(key), replaced), rows)


def insert_all(session: Session, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows."""
    if rows:
        _execute_many(session, model, statements.insert_into(model), rows)


def delete_where(
    session: Session, model: type[SQLModel], column: str, values: Collection[str]
) -> None:
    """Delete the rows whose column holds one of the values."""
    for some in in_parts(sorted(values)):
        session.execute(statements.delete_from(model, column), {statements.AMONG: some})


def _execute_many(
    session: Session, model: type[SQLModel], statement: Insert, rows: Sequence[Row]
) -> None:
    """Hand the rows to the driver, bound by the columns' types as SQLAlchemy would.

    Its own way through a dictionary for each row takes longer than SQLite takes to keep it.
    """
    connection = session.connection()
    defaults = statements.defaults(model)
    names = tuple(dict.fromkeys((*defaults, *rows[0])))
    sql, places, binders = _driver_form(model, statement, names, connection.dialect)
    fallback = {name: value for name, value in defaults.items() if name not in rows[0]}
    made = []
    for row in rows:
        whole = {**fallback, **row} if fallback else row
        values = [whole[name] for name in places]
        for at, bind in binders:
            values[at] = bind(values[at])
        made.append(tuple(values))
    connection.exec_driver_sql(sql, made)


@cache
def _driver_form(
    model: type[SQLModel], statement: Insert, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, Sequence[str], list[tuple[int, Callable[[Any], Any]]]]:
    """The statement's text, the column of each mark in it, and the marks that have a binder."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    table = table_of(model)
    assert isinstance(compiled, SQLCompiler)
    places = compiled.positiontup or ()
    binders = [table.c[one].type.dialect_impl(dialect).bind_processor(dialect) for one in places]
    return str(compiled), places, [(at, bind) for at, bind in enumerate(binders) if bind]


def in_parts(values: Sequence[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield `values` in pieces that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
