"""Puts a copy in the cache's place: checked before, alone, with what was there kept.

At every moment there is a whole cache under the name: the copy is written beside it,
checked in full, and takes its place in one step. What its predecessor left (-wal,
-journal) is gone before, so that SQLite cannot play newer pages into the older file.
The file with the epoch is set ahead of the copy: the program then knows it for a
restored one and looks up what is not final before it sends anything.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from core.clock import parse_instant
from core.errors import StoreTrouble
from core.private_file import flush_folder
from store import backups, sqlite, troubles
from store.engine import reading_engine
from store.epoch import read_sidecar, write_sidecar
from store.locks import ALONE_WAIT_MS, Occupancy
from store.opening import sound_revision
from store.place import network_share
from store.states import OPEN_STATES

_PURPOSE = "A restore needs this cache for itself"
_LEFTOVERS = ("-wal", "-journal", "-shm")


@dataclass(frozen=True, slots=True)
class Held:
    """What a cache file holds, as far as it concerns somebody who puts it in another's place."""

    path: Path
    revision: str
    realm: str
    """Empty before the first refresh, as the company's name."""
    company: str
    invoices: int
    links: int
    open_postings: int
    epoch: int
    last_entry: datetime | None
    """When the newest line of the audit log was written."""


def inspect(path: Path) -> Held:
    """Say what a cache file of any version holds, and leave it as it is.

    Raises:
        StoreTrouble: it is not there, damaged, not ours, or newer than this program.
    """
    if not path.is_file():
        raise troubles.missing(path)
    engine = reading_engine(path, read_only=True)
    try:
        revision = sound_revision(engine, path)
        if revision is None:
            raise troubles.missing(path)
        with engine.connect() as connection:
            return _held(connection, path, revision)
    except (DBAPIError, sqlite.Error) as error:
        raise troubles.plain(error, path) or troubles.damaged(path) from error
    finally:
        engine.dispose()


def objection(found: Held, realm: str, company: str) -> StoreTrouble | None:
    """Return why a copy may not take the place of a company's cache; None if it may."""
    if not (found.realm and realm) or found.realm == realm:
        return None
    return troubles.other_company(found.path, found.company or found.realm, company or realm)


def restore(copy: Path, cache: Path, now: datetime) -> Path | None:
    """Put a copy in the place of a cache that nobody has open.

    Args:
        copy: a backup, or any other sound cache file; it stays as it is.
        cache: the place; there need not be a file yet.
        now: becomes part of the name under which the replaced one is kept.

    Returns:
        Where the replaced one is kept; None if there was none.

    Raises:
        StoreTrouble: somebody has the cache open, the copy is damaged, or the disk is in
            the way; the cache is then what it was.
    """
    share = network_share(cache)
    if share:
        raise troubles.shared_folder(cache, share)
    inspect(copy)
    fresh = cache.with_name(f"{cache.name}.restoring")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        occupancy = Occupancy(cache)
        try:
            with occupancy.alone(_PURPOSE):
                return _replace(copy, cache, fresh, now)
        finally:
            occupancy.close()
    except sqlite.Error as error:
        raise troubles.plain(error, cache) or troubles.damaged(copy) from error
    except OSError as error:
        raise troubles.unusable(cache, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def _replace(copy: Path, cache: Path, fresh: Path, now: datetime) -> Path | None:
    fresh.unlink(missing_ok=True)  # of a process that died
    _copy_checked(copy, fresh)
    kept, epoch = _keep(cache, now)
    write_sidecar(cache, max(read_sidecar(cache) or 0, epoch, inspect(fresh).epoch) + 1)
    for leftover in _LEFTOVERS:
        cache.with_name(cache.name + leftover).unlink(missing_ok=True)
    flush_folder(cache.parent)
    fresh.replace(cache)
    flush_folder(cache.parent)
    return kept


def _copy_checked(copy: Path, fresh: Path) -> None:
    source = sqlite.connect(copy, read_only=True)
    try:
        sqlite.copy(source, fresh)
    finally:
        source.close()
    check = sqlite.connect(fresh, read_only=True)
    try:
        if sqlite.full_check(check):
            raise troubles.damaged(copy)
    finally:
        check.close()


def _keep(cache: Path, now: datetime) -> tuple[Path | None, int]:
    """Keep what is there; returns where, and its epoch (0 if it cannot be read)."""
    if not cache.exists():
        return None, 0
    folder = backups.folder_of(cache)
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = folder / f"{cache.name}.{now:%Y%m%dT%H%M%S%fZ}.replaced"
    sqlite.set_aside_foreign_wal(cache)
    try:
        epoch = inspect(cache).epoch
    except StoreTrouble:
        _keep_bytes(cache, kept)
        return kept, 0
    _keep_whole(cache, kept)
    return kept, epoch


def _keep_whole(cache: Path, kept: Path) -> None:
    """Copy a readable cache with what stands in its -wal; afterwards it has none."""
    connection = sqlite.connect(cache)
    try:
        connection.execute(f"PRAGMA busy_timeout = {ALONE_WAIT_MS}")
        sqlite.use_single_file(connection)
        backups.copy_to(connection, kept)
    except sqlite.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite.dbapi.SQLITE_BUSY, sqlite.dbapi.SQLITE_LOCKED):
            raise troubles.in_use(cache) from error
        raise
    finally:
        connection.close()


def _keep_bytes(cache: Path, kept: Path) -> None:
    """Copy what cannot be read as a cache byte for byte, with its leftovers, unopened.

    SQLite would take away a journal that it cannot use, and somebody may still read it.
    """
    for ending in ("", *_LEFTOVERS):
        source = cache.with_name(cache.name + ending)
        if source.exists():
            _copy_bytes(source, kept.with_name(kept.name + ending))


def _copy_bytes(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as to, source.open("rb") as origin:
        while part := origin.read(1 << 20):
            to.write(part)
        to.flush()
        os.fsync(to.fileno())


def _held(connection: Connection, path: Path, revision: str) -> Held:
    def one(statement: str) -> tuple[object, ...] | None:
        row = connection.exec_driver_sql(statement).fetchone()
        return None if row is None else tuple(row)

    def number(statement: str) -> int:
        row = one(statement)
        return 0 if row is None or row[0] is None else int(str(row[0]))

    company = one("SELECT realm_id, name FROM company ORDER BY id")
    newest = one("SELECT at FROM audit ORDER BY id DESC LIMIT 1")
    states = ", ".join(f"'{state}'" for state in sorted(OPEN_STATES))
    return Held(
        path=path,
        revision=revision,
        realm=str(company[0]) if company else "",
        company=str(company[1]) if company else "",
        invoices=number("SELECT count(*) FROM invoice"),
        links=number("SELECT count(*) FROM link"),
        open_postings=number(f"SELECT count(*) FROM posting WHERE state IN ({states})"),  # noqa: S608 - our own words
        epoch=number("SELECT number FROM epoch"),
        last_entry=_instant(str(newest[0])) if newest else None,
    )


def _instant(text: str) -> datetime | None:
    """An instant as the cache writes it; None for what somebody else wrote there."""
    try:
        return parse_instant(text)
    except ValueError:
        return None
