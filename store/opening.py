"""Makes a cache file ready before it is used: sound, ours, and of the newest schema."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from core.clock import Clock
from core.errors import StoreTrouble
from store import backups, schema, sqlite, troubles
from store.engine import reading_engine, writing_engine
from store.epoch import read_sidecar
from store.locks import Occupancy

_log = logging.getLogger(__name__)


def make_ready(
    path: Path, *, clock: Clock, read_only: bool, scratch: bool = False
) -> Occupancy | None:
    """Check a cache, and make it or bring it forward unless it is only to be shown.

    Returns:
        The share of the file that the caller holds while it is open; None if it is
        only shown.

    Raises:
        StoreTrouble: as `Cache.open` says.
    """
    if read_only:
        _check_shown(path)
        return None
    occupancy: Occupancy | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_unreadable(path)
        _refuse_emptied(path)
        occupancy = Occupancy(path)
        _make_ready(path, occupancy, clock, scratch=scratch)
    except (DBAPIError, sqlite.Error, OSError) as error:
        if occupancy is not None:
            occupancy.close()
        raise _trouble(error, path) from error
    except BaseException:
        if occupancy is not None:
            occupancy.close()
        raise
    return occupancy


def _trouble(error: BaseException, path: Path) -> StoreTrouble:
    if isinstance(error, OSError):
        return troubles.unusable(path, error)
    return troubles.plain(error, path) or troubles.damaged(path)


def _check_shown(path: Path) -> None:
    if not path.is_file():
        raise troubles.missing(path)
    if sqlite.has_foreign_wal(path):
        raise troubles.left_behind(path)
    engine = reading_engine(path, read_only=True)
    try:
        revision = sound_revision(engine, path)
    except (DBAPIError, sqlite.Error) as error:
        raise _trouble(error, path) from error
    finally:
        engine.dispose()
    if revision is None:
        raise troubles.missing(path)
    if revision != schema.head():
        raise troubles.older_read_only(path)


def _refuse_unreadable(path: Path) -> None:
    """Say in the system's own words why a file cannot be opened for writing.

    It is not opened to find out: closing it would take away the locks that this process
    has on it through SQLite (sqlite.org/howtocorrupt.html, 2.2).
    """
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _refuse_emptied(path: Path) -> None:
    """A file without a byte is a new cache, unless something was approved in it before."""
    if path.is_file() and not path.stat().st_size and read_sidecar(path):
        raise troubles.damaged(path)


def _make_ready(path: Path, occupancy: Occupancy, clock: Clock, *, scratch: bool) -> None:
    engine = writing_engine(path)
    try:
        if _is_ready(engine, path):
            if not scratch:
                _back_up_daily(engine, path, clock)
            return
        with occupancy.alone():
            revision = sound_revision(engine, path)  # another may have been first
            with _driver(engine) as driver:
                sqlite.use_durable_journal(driver)
            if revision is None:
                _create(engine, path)
            elif revision != schema.head():
                with _driver(engine) as driver:
                    backups.back_up(driver, path, revision, clock.now(), in_full=True)
                _migrate(engine, path)
    finally:
        engine.dispose()


def _is_ready(engine: Engine, path: Path) -> bool:
    """Whether a cache has the newest schema and the journal that this library needs.

    It has another journal when it was restored from a backup, or last used with another
    SQLite.
    """
    if sound_revision(engine, path) != schema.head():
        return False
    with _driver(engine) as driver:
        return sqlite.has_durable_journal(driver)


def _back_up_daily(engine: Engine, path: Path, clock: Clock) -> None:
    """Keep a copy of each day; a full disk is no reason not to show what there is."""
    if not backups.is_due(path, clock.now()):
        return
    try:
        with _driver(engine) as driver:
            backups.back_up(driver, path, schema.head(), clock.now())
    except (sqlite.Error, OSError) as error:
        _log.warning("no backup of today: %s", type(error).__name__)


@contextmanager
def _driver(engine: Engine) -> Iterator[sqlite.Connection]:
    """SQLite's own connection, for what has no statement in SQL."""
    raw = engine.raw_connection()
    try:
        driver = raw.driver_connection
        assert driver is not None
        yield driver
    finally:
        raw.close()


def sound_revision(engine: Engine, path: Path) -> str | None:
    """Return the schema of a file that is sound and ours; None for one without tables.

    Raises:
        StoreTrouble: it is damaged, another program's, or newer than this program.
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        if sqlite.quick_check(raw):
            raise troubles.damaged(path)
        try:
            revision = schema.revision_of(connection)
        except LookupError as error:
            raise troubles.foreign(path) from error
    if revision is not None and revision not in schema.REVISIONS:
        raise troubles.newer(path, revision)
    return revision


def _create(engine: Engine, path: Path) -> None:
    """Make the tables; a sidecar left by an earlier cache is counted on, not back to."""
    with engine.begin() as connection:
        schema.create(connection)
        connection.exec_driver_sql(
            "INSERT INTO epoch (number) VALUES (?)", (read_sidecar(path) or 0,)
        )


def _migrate(engine: Engine, path: Path) -> None:
    """Bring the file forward in one transaction, with foreign keys off and all checked after."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                schema.upgrade(connection)
                _refuse_unsound(connection, path)
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _refuse_unsound(connection: Connection, path: Path) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    if sqlite.full_check(raw):
        raise troubles.damaged(path)
