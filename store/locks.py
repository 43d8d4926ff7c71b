"""Locks between processes, all released by the system when a process dies.

`Occupancy` says who has a cache open: everybody shares it, and a migration needs it
alone. It rests on SQLite's own locks on a small file beside the cache, which exist on
every platform and know shared from exclusive. The posting lock is a plain exclusive one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import StoreTrouble
from store import sqlite

ALONE_WAIT_MS = 3000
"""How long to wait for others that are just starting too; who stays open is not waited for."""


class Occupancy:
    """This process' share of a cache."""

    def __init__(self, cache: Path) -> None:
        """Take a share, waiting for a migration that is under way.

        Raises:
            StoreTrouble: another process is migrating it for longer than the wait, or the
                lock file is damaged.
        """
        self._path = cache.with_name(cache.name + ".lock")
        try:
            self._connection = sqlite.connect(self._path)
        except sqlite.dbapi.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite.dbapi.SQLITE_NOTADB:
                raise
            raise StoreTrouble(
                f"{self._path}, which only keeps two programs apart, is damaged.",
                books="The cache was left as it is; QuickBooks is not affected.",
                fix="Close every docket-qbo, delete that file, and start again.",
            ) from error
        self._share()

    def _share(self) -> None:
        try:
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite.Error as error:
            self.close()
            raise StoreTrouble(
                "Another docket-qbo is bringing this cache to a new version.",
                books="Nothing was changed here or in QuickBooks.",
                fix="Wait until it has finished, then start again.",
            ) from error

    @contextmanager
    def alone(
        self, purpose: str = "This cache needs to be brought to a new version"
    ) -> Iterator[None]:
        """Hold the cache alone.

        Args:
            purpose: what for, the beginning of the sentence if that cannot be.

        Raises:
            StoreTrouble: another process, or another part of this one, has it open.
        """
        self._connection.execute("COMMIT")
        self._connection.execute(f"PRAGMA busy_timeout = {ALONE_WAIT_MS}")
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite.Error as error:
            self.close()
            raise StoreTrouble(
                f"{purpose}, and another docket-qbo has it open.",
                books="Nothing was changed here or in QuickBooks.",
                fix="Close every other docket-qbo that uses this cache, then start again.",
            ) from error
        try:
            yield
        finally:
            self._connection.execute("COMMIT")
            self._connection.execute(f"PRAGMA busy_timeout = {sqlite.BUSY_MS}")
            self._share()

    def close(self) -> None:
        """Give the share back."""
        self._connection.close()


@contextmanager
def posting_lock(cache: Path) -> Iterator[None]:
    """Be the only one that posts from this cache; does not wait.

    Raises:
        StoreTrouble: another window or command is posting.
    """
    lock = FileLock(cache.with_name(cache.name + ".posting"), blocking=False, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreTrouble(
            "Another window or command is posting from this cache.",
            books="Nothing was sent from here; the other one goes on.",
            fix="Wait until it has finished, or stop it there, then try again.",
        ) from error
    try:
        yield
    finally:
        lock.release()
