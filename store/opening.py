"""Makes a cache file ready before it is used: sound, ours, and of the newest schema."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from core.clock import Clock
from core.errors import StoreTrouble
from store import schema, sqlite, troubles
from store.engine import reading_engine, writing_engine
from store.epoch import read_sidecar
from store.locks import Occupancy

BACKUPS_KEPT = 14


def make_ready(path: Path, *, clock: Clock, read_only: bool) -> Occupancy | None:
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
        occupancy = Occupancy(path)
        _make_ready(path, occupancy, clock)
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
    engine = reading_engine(path, read_only=True)
    try:
        revision = _sound_revision(engine, path)
    except (DBAPIError, sqlite.Error) as error:
        raise _trouble(error, path) from error
    finally:
        engine.dispose()
    if revision is None:
        raise troubles.missing(path)
    if revision != schema.head():
        raise troubles.older_read_only(path)


def _refuse_unreadable(path: Path) -> None:
    """Have the system say in its own way why a file cannot be opened for writing."""
    if path.exists():
        with path.open("r+b"):
            pass


def _make_ready(path: Path, occupancy: Occupancy, clock: Clock) -> None:
    engine = writing_engine(path)
    try:
        revision = _sound_revision(engine, path)
        if revision == schema.head():
            return
        with occupancy.alone():
            revision = _sound_revision(engine, path)  # another may have been first
            if revision is None:
                _create(engine, path)
            elif revision != schema.head():
                _back_up(engine, path, revision, clock)
                _migrate(engine, path)
    finally:
        engine.dispose()


def _sound_revision(engine: Engine, path: Path) -> str | None:
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
    raw = engine.raw_connection()
    try:
        driver = raw.driver_connection
        assert driver is not None
        sqlite.use_durable_journal(driver)
    finally:
        raw.close()
    with engine.begin() as connection:
        schema.create(connection)
        connection.exec_driver_sql(
            "INSERT INTO epoch (number) VALUES (?)", (read_sidecar(path) or 0,)
        )


def _back_up(engine: Engine, path: Path, revision: str, clock: Clock) -> None:
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    raw = engine.raw_connection()
    try:
        driver = raw.driver_connection
        assert driver is not None
        sqlite.copy(driver, folder / f"{path.name}.{stamp}.schema-{revision}")
    finally:
        raw.close()
    for old in sorted(folder.glob(f"{path.name}.*.schema-*"))[:-BACKUPS_KEPT]:
        old.unlink()


def _migrate(engine: Engine, path: Path) -> None:
    """Bring the file forward in one transaction, with foreign keys off and checked after."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                schema.upgrade(connection)
                _refuse_gaps(connection, path)
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _refuse_gaps(connection: Connection, path: Path) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    if sqlite.foreign_key_gaps(raw):
        raise troubles.damaged(path)
