"""Which schema a cache has, how a new one is made, how an older one is brought forward.

A new cache is made straight from the tables, in milliseconds and without Alembic; a
test holds the two ways to the same result. Migrations run with foreign keys off,
because SQLite changes a table by building a new one, and are checked after.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement

from store import search_index
from store.tables import METADATA
from store.triggers import all_triggers

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS: tuple[str, ...] = ("0001", "0002", "0003", "0004")
"""All revisions this program knows, oldest first."""
MIGRATIONS = Path(__file__).parent / "migrations"


def head() -> str:
    """Return the newest revision."""
    return REVISIONS[-1]


def revision_of(connection: Connection) -> str | None:
    """Return a cache's revision; None for a file without tables.

    Raises:
        LookupError: the file has tables, but they are not ours.
    """
    tables = {
        str(row[0])
        for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise LookupError("no alembic_version")
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise LookupError("an empty alembic_version")
    return str(row[0])


def create(connection: Connection) -> None:
    """Make all tables of the newest schema in an empty file."""
    for statement in (*_tables(), search_index.TABLE, *all_triggers()):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (head(),))


@cache
def _tables() -> tuple[str, ...]:
    """The statements that make all tables and their indexes in an empty file."""
    told: list[str] = []

    def tell(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        told.append(str(statement.compile(dialect=teller.dialect)))

    teller = create_mock_engine("sqlite://", tell)
    METADATA.create_all(teller, checkfirst=False)
    return tuple(told)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring a cache forward; the caller holds it alone, keys off, in a transaction."""
    from alembic import command  # 0.15 s to load, needed only here

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def alembic_config() -> Config:
    """Return Alembic's configuration, for which no file is needed."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
