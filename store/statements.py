"""Statements that are built once and used again.

SQLAlchemy takes longer to put a statement together, and to find the compiled form of
one it has not seen as this very object, than SQLite takes to carry it out. So what is
asked often is kept here, by table and columns; values come in when it is executed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Delete, Insert, Select, Update, bindparam, delete, insert
from sqlalchemy import select as select_columns
from sqlalchemy import update as update_table
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

from store.tables import table_of

AMONG = "among"
"""The parameter that takes the list of values a column may have."""

Names = tuple[str, ...]


@cache
def select(
    model: type[SQLModel],
    by: Names = (),
    *,
    columns: Names = (),
    among: str = "",
    order: Names = (),
    but: Names = (),
    first: bool = False,
) -> Select[Any]:
    """Return a query for the rows whose columns `by` equal the parameters of those names.

    Args:
        model: the table.
        by: compared with parameters of the same names; none of them may be None.
        columns: what is wanted; nothing for whole rows.
        among: a column whose value must be in the list that is handed in as `AMONG`.
        order: columns; a minus before the name turns the order around.
        but: columns that are left out of whole rows.
        first: only the first row.
    """
    table = table_of(model)
    wanted = columns or tuple(column.name for column in table.c if column.name not in but)
    found = select_columns(*(table.c[name] for name in wanted)).where(*_where(model, by, ""))
    if among:
        found = found.where(table.c[among].in_(bindparam(AMONG, expanding=True)))
    found = found.order_by(
        *(table.c[name[1:]].desc() if name.startswith("-") else table.c[name] for name in order)
    )
    return found.limit(1) if first else found


@cache
def update(model: type[SQLModel], by: Names) -> Update:
    """Return an update of the columns that are handed in, where `of_` + each of `by` fits."""
    return update_table(table_of(model)).where(*_where(model, by, "of_"))


@cache
def insert_into(model: type[SQLModel]) -> Insert:
    """Return an insert of the columns that are handed in."""
    return insert(table_of(model))


@cache
def insert_returning_id(model: type[SQLModel]) -> Insert:
    """As `insert_into`, for one row, whose id comes back."""
    return insert(table_of(model)).returning(table_of(model).c.id)


@cache
def upsert_into(model: type[SQLModel], key: Names, replaced: Names) -> Insert:
    """Return an insert that replaces columns in the row with the same key.

    "On conflict" is written in SQLite's dialect; PostgreSQL's reads the same, and this
    is the one place to switch.
    """
    statement = sqlite.insert(table_of(model))
    fresh = {name: statement.excluded[name] for name in replaced}
    return statement.on_conflict_do_update(index_elements=list(key), set_=fresh)


@cache
def delete_from(model: type[SQLModel], among: str) -> Delete:
    """Return a delete of the rows whose column has one of the values handed in as `AMONG`."""
    table = table_of(model)
    return delete(table).where(table.c[among].in_(bindparam(AMONG, expanding=True)))


@cache
def defaults(model: type[SQLModel]) -> dict[str, Any]:
    """Return what a model's fields are when nothing is said; Core does not know them."""
    return {
        name: field.default
        for name, field in model.model_fields.items()
        if name != "id" and not field.is_required()
    }


def _where(model: type[SQLModel], by: Names, prefix: str) -> list[ColumnElement[bool]]:
    columns = table_of(model).c
    return [columns[name] == bindparam(prefix + name, type_=columns[name].type) for name in by]
