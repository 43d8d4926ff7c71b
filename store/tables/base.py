"""What all tables share: their metadata, and how values are kept in columns.

Every column type here is exact: cents are integers and SQLite is made to refuse
anything else, decimals are text, instants are UTC text that sorts, JSON is
canonical text whose numbers come back as Decimal. SQLAlchemy's own Numeric would
go through a float on SQLite.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

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


class CentsColumn(TypeDecorator[int]):
    """Integer cents."""

    impl = BigInteger
    cache_ok = True


class DecimalColumn(TypeDecorator[Decimal]):
    """A decimal as text, digit for digit."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write it plainly, without an exponent."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read it back."""
        return None if value is None else Decimal(value)


class InstantColumn(TypeDecorator[datetime]):
    """An aware instant as UTC text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write it in core's form, which sorts."""
        return None if value is None else iso(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read it back."""
        return None if value is None else parse_instant(value)


class DateColumn(TypeDecorator[date]):
    """A date as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write it as ISO text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read it back."""
        return None if value is None else date.fromisoformat(value)


class JsonColumn(TypeDecorator[Any]):
    """Canonical JSON text; numbers come back as int or Decimal."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Write it canonically."""
        return None if value is None else dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it back."""
        return None if value is None else loads(value)


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
