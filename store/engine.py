"""SQLAlchemy's engines over the one SQLite library.

The driver is kept from starting transactions by itself; they are begun here, in so
many words, because SQLite would else take the write lock only half-way through.
Parameters never appear in errors: they hold customers' names.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from store import sqlite


def writing_engine(path: Path) -> Engine:
    """Return an engine with one connection, whose transactions hold the write lock."""
    engine = create_engine(
        "sqlite://",
        module=sqlite.dbapi,
        creator=lambda: sqlite.connect(path),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reading_engine(path: Path, *, read_only: bool) -> Engine:
    """Return an engine whose connections cannot write."""
    engine = create_engine(
        "sqlite://",
        module=sqlite.dbapi,
        creator=lambda: sqlite.connect(path, read_only=read_only, query_only=not read_only),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=8,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin_immediate(connection: Connection) -> None:
    _driver(connection).execute("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    _driver(connection).execute("BEGIN")


def _driver(connection: Connection) -> sqlite.Connection:
    """The driver's own connection: through SQLAlchemy a BEGIN takes ten times as long."""
    found: sqlite.Connection = connection.connection.driver_connection  # type: ignore[assignment]  # ours
    return found
