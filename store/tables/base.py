"""What all tables share: their metadata, and how values are kept in columns.

Every column type here is exact: cents are integers and SQLite is made to refuse
anything else, decimals are text, instants are UTC text that sorts, JSON is
canonical text whose numbers come back as Decimal. SQLAlchemy's own Numeric would
go through a float on SQLite.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, ClassVar, TypeAlias

from sqlalchemy import BigInteger, CheckConstraint, Dialect, MetaData, Table, Text, inspect
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from core.clock import iso, parse_instant
from core.jsonio import dumps, loads

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel):
    """The parent of all tables; constraints have names, so that migrations can address them."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


Reader: TypeAlias = Callable[[str | None], Any]
"""Reads a column's text. Handed to SQLAlchemy as it is: its own way to
`process_result_value` takes twice the time, and books are millions of values."""
Writer: TypeAlias = Callable[[Any], str | None]
"""Writes a column's text; handed over as it is likewise."""


@lru_cache(maxsize=1 << 14)
def _decimal(value: str | None) -> Decimal | None:
    """Kept by value: most quantities and prices are one of a few."""
    return None if value is None else Decimal(value)


@lru_cache(maxsize=1 << 14)
def _date(value: str | None) -> date | None:
    """Kept by value: there are few days and many lines."""
    return None if value is None else date.fromisoformat(value)


def _instant(value: str | None) -> datetime | None:
    return None if value is None else parse_instant(value)


def _json(value: str | None) -> Any:
    return None if value is None else loads(value)


def _decimal_text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _date_text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _instant_text(value: datetime | None) -> str | None:
    return None if value is None else iso(value)


def _json_text(value: object) -> str | None:
    return None if value is None else dumps(value)


class CentsColumn(TypeDecorator[int]):
    """Integer cents."""

    impl = BigInteger
    cache_ok = True


class DecimalColumn(TypeDecorator[Decimal]):
    """A decimal as text, digit for digit."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Writer:
        """Write it plainly, without an exponent."""
        return _decimal_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Reader:
        """Read it back."""
        return _decimal


class InstantColumn(TypeDecorator[datetime]):
    """An aware instant as UTC text."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Writer:
        """Write it in core's form, which sorts."""
        return _instant_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Reader:
        """Read it back."""
        return _instant


class DateColumn(TypeDecorator[date]):
    """A date as ISO text."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Writer:
        """Write it as ISO text."""
        return _date_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Reader:
        """Read it back."""
        return _date


class JsonColumn(TypeDecorator[Any]):
    """Canonical JSON text; numbers come back as int or Decimal."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Writer:
        """Write it canonically."""
        return _json_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Reader:
        """Read it back."""
        return _json


@cache
def table_of(model: type[SQLModel]) -> Table:
    """Return the SQLAlchemy table behind a model, for bulk work through Core."""
    table = inspect(model).local_table
    assert isinstance(table, Table)
    return table


def guard_cents(metadata: MetaData) -> None:
    """Have SQLite refuse a fraction of a cent in every column of cents.

    SQLite keeps 12.5 in an integer column without a word unless it is told not to.
    """
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, CentsColumn):
                table.append_constraint(
                    CheckConstraint(
                        f"typeof({column.name}) IN ('integer', 'null')", name=column.name
                    ).ddl_if(dialect="sqlite")
                )
