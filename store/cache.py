"""The open cache: one writer at a time, readers on their own, and everything that can go wrong.

Every write transaction begins with BEGIN IMMEDIATE, so two processes never hold half
a transaction each, and is on the disk when `write` returns. What SQLite complains
about reaches a person as a StoreTrouble with a way out.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from core.clock import Clock
from core.ids import Ids
from store import backups, schema, sqlite, troubles
from store.engine import reading_engine, writing_engine
from store.epoch import (
    get_epoch,
    raise_epoch,
    raised_in,
    read_sidecar,
    sidecar,
    write_sidecar,
)
from store.locks import Occupancy, posting_lock
from store.opening import make_ready
from store.place import network_share
from store.session import CoreSession, furnish


class Cache:
    """One company's cache, open.

    `restored` says that it is older than its sidecar: it was restored from a backup,
    and what is not final in its journal must be looked up in QuickBooks first.
    """

    def __init__(
        self, path: Path, clock: Clock, ids: Ids, *, read_only: bool, occupancy: Occupancy | None
    ) -> None:
        """Wrap a file that is ready; use `open`."""
        self.path = path
        self.clock = clock
        self.ids = ids
        self.read_only = read_only
        self.restored = False
        self._occupancy = occupancy
        self._writer: Engine | None = None if read_only else writing_engine(path)
        self._readers = reading_engine(path, read_only=read_only)
        self._writing = threading.Lock()
        self._commits = 0
        self._writing_thread: int | None = None
        self._raw: sqlite.Connection | None = None
        self._raw_lock = threading.Lock()

    @classmethod
    def open(
        cls, path: Path, *, clock: Clock, ids: Ids, read_only: bool = False, scratch: bool = False
    ) -> Cache:
        """Open a cache; make it if it is new, bring it forward if it is older.

        Args:
            path: the file. Beside it lie its journal, its epoch, its locks and `backups`.
            clock: for the times that are written.
            ids: for fresh ids.
            read_only: show it, and leave it and its folder byte for byte as they are.
            scratch: a copy to try something in; no backup is made of it.

        Raises:
            StoreTrouble: it is damaged, newer than this program, in use while it has to
                be brought forward, on a network share, or cannot be read or written.
        """
        share = network_share(path)
        if share:
            raise troubles.shared_folder(path, share)
        occupancy = make_ready(path, clock=clock, read_only=read_only, scratch=scratch)
        cache = cls(path, clock, ids, read_only=read_only, occupancy=occupancy)
        try:
            cache.notice_restore()
        except BaseException:
            cache.close()
            raise
        return cache

    def notice_restore(self) -> None:
        """See from the epoch whether this cache is older than the file beside it.

        Raises:
            StoreTrouble: the file beside it is there and cannot be read.
        """
        with self.read() as session:
            own = get_epoch(session)
        try:
            beside = read_sidecar(self.path)
        except OSError as error:
            raise troubles.unusable(sidecar(self.path), error) from error
        self.restored = not self.read_only and beside is not None and own < beside

    def keep_epoch(self) -> None:
        """Bring the file beside the cache up to it, before anything is sent.

        A process that died between an approval and that file leaves it one behind; what
        is sent on the strength of that approval must be noticed as missing later.

        Raises:
            StoreTrouble: the file cannot be written.
        """
        with self.read() as session:
            own = get_epoch(session)
        self._follow_epoch(own)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is on the disk when the block ends, or not at all.

        Raises:
            StoreTrouble: the cache is read-only, or the disk or another program is in
                the way; nothing of the block was kept.
        """
        if self._writer is None:
            raise troubles.read_only(self.path)
        me = threading.get_ident()
        if self._writing_thread == me:
            raise RuntimeError("a write inside a write: hand the open session down")
        with self._writing:
            self._writing_thread = me
            try:
                with self._plain_errors(), CoreSession(self._writer) as session:
                    furnish(session, self.clock, self.ids)
                    yield session
                    session.commit()
                    self._commits += 1
                    self._follow_epoch(raised_in(session))
            finally:
                self._writing_thread = None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view of the cache; nothing can be written through it.

        Raises:
            StoreTrouble: the file cannot be read.
        """
        with self._plain_errors(), CoreSession(self._readers) as session:
            furnish(session, self.clock, self.ids)
            yield session

    def reader(self) -> sqlite.Connection:
        """Return the one raw connection for the list; it sees every commit and writes nothing."""
        with self._raw_lock, self._plain_errors():
            if self._raw is None:
                self._raw = sqlite.connect(
                    self.path, read_only=self.read_only, query_only=not self.read_only
                )
            return self._raw

    def data_version(self) -> int:
        """Return a number that changes whenever anyone committed."""
        with self._plain_errors():
            row = self.reader().execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def seen_by(self, session: Session) -> tuple[int, int]:
        """Return what tells commits of others, and of this program, to a transaction that writes.

        As long as it is open nobody can commit. Another one gets the same pair, but for
        the one commit of the first, if nobody committed between the two.
        """
        others = session.connection().exec_driver_sql("PRAGMA data_version").scalar_one()
        return int(others), self._commits

    def seen(self) -> tuple[int, int]:
        """Return what `seen_by` would to a transaction that wrote now.

        Raises:
            StoreTrouble: the cache is read-only, or the file cannot be read.
        """
        if self._writer is None:
            raise troubles.read_only(self.path)
        with self._writing, self._plain_errors(), CoreSession(self._writer) as session:
            return self.seen_by(session)

    def posting_lock(self) -> AbstractContextManager[None]:
        """Be the only one that posts from this cache.

        Raises:
            StoreTrouble: another window or command is posting, or the cache is read-only.
        """
        if self.read_only:
            raise troubles.read_only(self.path)
        return posting_lock(self.path)

    def backup(self, target: Path | None = None) -> Path:
        """Write a checked copy of the cache that stands alone, and return it.

        The epoch rises behind it: put in the cache's place, the copy is known for one, also
        if nothing was approved in between but what was approved has been sent. That of a
        cache that was itself restored stays, or it would not be known for one any more.

        Args:
            target: the file; None: one of the cache's own backups.

        Raises:
            StoreTrouble: the copy cannot be written, or the cache is damaged.
        """
        place = target or backups.folder_of(self.path)
        try:
            with self._plain_errors(place):
                made = self._backup_of_its_own() if target is None else self._copy(target)
        except OSError as error:
            raise troubles.unusable(place, error) from error
        if made is None:
            raise troubles.in_use(place)
        if not self.read_only and not self.restored:
            with self.write() as session:
                raise_epoch(session)
        return made

    def _copy(self, target: Path) -> Path:
        backups.copy_to(self.reader(), target)
        return target

    def _backup_of_its_own(self) -> Path | None:
        return backups.back_up(self.reader(), self.path, schema.head(), self.clock.now())

    def close(self) -> None:
        """Close all connections and give back the share of the file."""
        if self._raw is not None:
            self._raw.close()
            self._raw = None
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()
        if self._occupancy is not None:
            self._occupancy.close()

    @contextmanager
    def _plain_errors(self, path: Path | None = None) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite.Error) as error:
            trouble = troubles.plain(error, path or self.path)
            if trouble is None:
                raise
            raise trouble from error

    def _follow_epoch(self, number: int | None) -> None:
        """Take the file beside the cache up to a number, and never down: it would forget."""
        if number is None:
            return
        try:
            if number <= (read_sidecar(self.path) or 0):
                return
            write_sidecar(self.path, number)
        except OSError as error:
            raise troubles.no_sidecar(self.path) from error
        self.restored = False
