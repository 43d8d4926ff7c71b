"""The one place that knows which SQLite library is used, and how it is opened.

Two SQLite libraries in one process break each other's file locks, so everybody takes
it from here. The kept package is preferred because it bundles a version without the
WAL-reset bug (fixed in 3.51.3); with an older library the cache falls back to a
rollback journal. Either way a commit is on the disk before it is answered
(docs/decisions.md).
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias, cast
from urllib.parse import quote

__all__ = [
    "BUSY_MS",
    "MODE",
    "VERSION",
    "WAL",
    "Connection",
    "CountedConnection",
    "Error",
    "connect",
    "copy",
    "dbapi",
    "foreign_key_gaps",
    "full_check",
    "has_durable_journal",
    "has_foreign_wal",
    "journal_kind",
    "like",
    "quick_check",
    "set_aside_foreign_wal",
    "use_durable_journal",
    "use_single_file",
]

_WAL_SAFE = (3, 51, 3)
_STATEMENTS_KEPT = 512
"""Compiled statements that a connection keeps; we have more than the driver's 128."""
BUSY_MS = 15_000
"""How long a statement waits for another process before it gives up."""


def _choose() -> ModuleType:
    try:
        import pysqlite3.dbapi2 as bundled
    except ImportError:
        bundled = None
    if bundled is not None and bundled.sqlite_version_info >= _WAL_SAFE:
        return cast(ModuleType, bundled)
    import sqlite3 as standard

    return standard


if TYPE_CHECKING:
    import sqlite3 as dbapi
else:
    dbapi = _choose()

Connection: TypeAlias = dbapi.Connection
Error: TypeAlias = dbapi.Error
VERSION: str = dbapi.sqlite_version
WAL: bool = dbapi.sqlite_version_info >= _WAL_SAFE
"""Whether the library is past the WAL-reset bug."""
MODE = ("WAL" if WAL else "rollback journal") + ", synchronous=EXTRA"


def connect(path: Path, *, read_only: bool = False, query_only: bool = False) -> Connection:
    """Open a cache in autocommit mode; transactions are begun in so many words.

    Args:
        path: the file; made, readable by its owner only, unless one of the flags is set.
        read_only: leave the file and its folder byte for byte as they are. Changes that
            another process makes meanwhile may go unseen.
        query_only: see what others commit, and write nothing but what SQLite itself
            needs to read (its -wal and -shm files).

    Raises:
        Error: it cannot be opened. Much is found only by the first statement.
    """
    if read_only:
        connection = _open(path, _untouched(path))
    else:
        if not query_only:
            _make_private(path)
        set_aside_foreign_wal(path)
        connection = _open(path, "mode=rw")
    try:
        _set_up(connection, read_only=read_only, query_only=query_only)
    except BaseException:
        connection.close()
        raise
    return connection


def has_durable_journal(connection: Connection) -> bool:
    """Return whether the file has the journal that survives a power cut with this library."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    return str(mode).upper() == _journal()


def use_durable_journal(connection: Connection) -> None:
    """Set that journal; nobody else may have the file open."""
    connection.execute(f"PRAGMA journal_mode = {_journal()}").fetchone()


def use_single_file(connection: Connection) -> None:
    """Bring everything into the one file, so that it stands alone once it is closed.

    Raises:
        Error: somebody else has the file open, or it is damaged.
    """
    connection.execute("PRAGMA journal_mode = DELETE").fetchone()


def _journal() -> str:
    return "WAL" if WAL else "DELETE"


def quick_check(connection: Connection) -> str:
    """Return what SQLite finds wrong with the file, or an empty text."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()
    return "" if found is None or found[0] == "ok" else str(found[0])


def full_check(connection: Connection) -> str:
    """Return what a check of every page, index and reference finds, or an empty text.

    It names tables and indexes only, never what stands in them.
    """
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found is not None and found[0] != "ok":
        return str(found[0])
    gaps = foreign_key_gaps(connection)
    return f"rows of {', '.join(gaps)} refer to rows that are missing" if gaps else ""


def foreign_key_gaps(connection: Connection) -> list[str]:
    """Return the tables in which a row refers to a row that is not there."""
    return sorted({str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")})


def copy(source: Connection, target: Path) -> None:
    """Copy a live database into a new file that stands alone, and check the copy.

    Raises:
        Error: it cannot be written, or the copy is not sound.
    """
    _make_private(target)
    connection = _open(target, "mode=rw")
    try:
        source.backup(connection)
        use_single_file(connection)
        wrong = quick_check(connection)
        if wrong:
            raise dbapi.DatabaseError(wrong)
    finally:
        connection.close()


def like(word: str) -> str:
    """Return a LIKE pattern for texts that hold `word`, to be used with ESCAPE '!'."""
    escaped = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def has_foreign_wal(path: Path) -> bool:
    """Return whether a -wal lies there that belongs to another file than the one at `path`.

    So it is when a backup was put in the place of a cache whose last process died: SQLite
    would carry the newer pages over into the older file. Backups have a rollback journal,
    and a file that has one never had a -wal (byte 18 of the header,
    sqlite.org/fileformat2.html#file_format_version_numbers).

    A file that this process has open is not looked at: closing it by hand would take its
    locks away (sqlite.org/howtocorrupt.html, 2.2).
    """
    wal = _wal_of(path)
    if not wal.exists() or not wal.stat().st_size or not path.exists():
        return False
    return journal_kind(path) == "rollback journal"


def journal_kind(path: Path) -> str:
    """Return which journal a file has by its header, `WAL` or `rollback journal`.

    Empty if it is no database, or this process has it open: a file that is open through
    SQLite is not opened by hand, since closing it would take the process's locks away.
    """
    if _open_here[path]:
        return ""
    with path.open("rb") as file:
        header = file.read(20)
    if not header.startswith(b"SQLite format 3\0"):
        return ""
    return {b"\x01\x01": "rollback journal", b"\x02\x02": "WAL"}.get(header[18:20], "")


def set_aside_foreign_wal(path: Path) -> None:
    """Give such a -wal another name, so that SQLite does not take it for the file's own."""
    if not has_foreign_wal(path):
        return
    with suppress(FileNotFoundError):  # another process was first
        _wal_of(path).replace(path.with_name(path.name + "-wal.left-behind"))
        path.with_name(path.name + "-shm").unlink()


def _wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


_open_here: Counter[Path] = Counter()
"""How many connections this process has to a file."""
_counting = Lock()


class CountedConnection(dbapi.Connection):
    """A connection that is known to be open until it is closed."""

    path: Path | None = None

    def close(self) -> None:
        """Close it, and count it no longer."""
        super().close()
        with _counting:
            if self.path is not None:
                _open_here[self.path] -= 1
                self.path = None


def _open(path: Path, options: str) -> Connection:
    address = f"file:{quote(str(path.absolute()))}?{options}"
    connection = dbapi.connect(
        address,
        factory=CountedConnection,
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
        cached_statements=_STATEMENTS_KEPT,
    )
    connection.path = path
    with _counting:
        _open_here[path] += 1
    return connection


def _untouched(path: Path) -> str:
    """With a -wal beside it the file alone is not the whole truth; else nothing is touched."""
    beside = _wal_of(path)
    return "mode=ro" if beside.exists() and beside.stat().st_size else "mode=ro&immutable=1"


def _make_private(path: Path) -> None:
    """Create the file with no rights for others: it holds customers' names and amounts."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _set_up(connection: Connection, *, read_only: bool, query_only: bool) -> None:
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
        "synchronous = EXTRA",  # with a WAL the same as FULL
    ):
        connection.execute(f"PRAGMA {pragma}")
    if read_only or query_only:
        connection.execute("PRAGMA query_only = ON")
