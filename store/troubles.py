"""What SQLite says, turned into what a person can do about it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from core.errors import StoreTrouble
from store import sqlite

_UNTOUCHED = "QuickBooks is not affected; what was being written here was not kept."
_RESTORE = (
    "Close every docket-qbo and run `docket-qbo restore`: it lists the copies in {backups}, and"
    " puts the one you name in its place. What was posted since is found in QuickBooks again,"
    " not posted twice."
)


def plain(error: BaseException, path: Path) -> StoreTrouble | None:
    """Return the trouble behind an error of the database; None if it is a bug of ours.

    Uniqueness and check violations are bugs, or are handled where they can happen.
    """
    cause = getattr(error, "orig", error)  # SQLAlchemy, which is not loaded here, wraps them
    if not isinstance(cause, sqlite.Error):
        return None
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return _by_code(code, path)


def _by_code(code: int, path: Path) -> StoreTrouble | None:
    api = sqlite.dbapi
    if code == api.SQLITE_FULL:
        return StoreTrouble(
            f"The disk that holds {path} is full.",
            books=_UNTOUCHED,
            fix="Make room on that disk, then try again.",
        )
    if code == api.SQLITE_IOERR:
        return StoreTrouble(
            f"The disk that holds {path} could not be read or written.",
            books=_UNTOUCHED,
            fix="Check the disk and its free space, then start again.",
        )
    if code in (api.SQLITE_READONLY, api.SQLITE_PERM):
        return StoreTrouble(
            f"{path} cannot be written: the file or its folder is read-only.",
            books=_UNTOUCHED,
            fix="Give yourself the right to write there, or name another cache with --db.",
        )
    if code in (api.SQLITE_BUSY, api.SQLITE_LOCKED):
        return StoreTrouble(
            f"Another program has been holding {path} for too long.",
            books=_UNTOUCHED,
            fix="Close what else has the file open (a backup, a database browser), then try again.",
        )
    if code == api.SQLITE_CANTOPEN:
        return StoreTrouble(
            f"{path} cannot be opened.",
            books=_UNTOUCHED,
            fix="Check that its folder exists and that you may write there.",
        )
    if code in (api.SQLITE_CORRUPT, api.SQLITE_NOTADB):
        return damaged(path)
    return None


def damaged(path: Path) -> StoreTrouble:
    """Return the trouble for a file that is damaged, cut short, or no database."""
    return StoreTrouble(
        f"{path} is damaged, or is not a cache of docket-qbo.",
        books="QuickBooks and Docket are not affected. The file was left as it is.",
        fix=_RESTORE.format(backups=path.parent / "backups"),
    )


def damaged_inside(path: Path, found: str, passed: datetime | None) -> StoreTrouble:
    """Return the trouble for a file whose pages can be read, and do not agree with each other."""
    last = f" The last copy that passed was made on {passed:%d %b %Y}." if passed else ""
    return StoreTrouble(
        f"The full check found {path} damaged: {found}.",
        books="Nothing was sent; QuickBooks and Docket are not affected. The file was left as it"
        " is.",
        fix=_RESTORE.format(backups=path.parent / "backups") + last,
    )


def in_use(path: Path) -> StoreTrouble:
    """Return the trouble for a cache that somebody has open and that has to be replaced."""
    return StoreTrouble(
        f"Another program has {path} open.",
        books="Nothing was changed; QuickBooks is not affected.",
        fix="Close what uses the file (docket-qbo, a database browser), then try again.",
    )


def other_company(path: Path, found: str, expected: str) -> StoreTrouble:
    """Return the trouble for a copy of another company's cache."""
    return StoreTrouble(
        f"{path} is of another company ({found}) than this cache ({expected}).",
        books="Nothing was replaced; one company's books never go into another's.",
        fix="Name a copy of this company, or that company's cache with --db.",
    )


def target_taken(path: Path) -> StoreTrouble:
    """Return the trouble for a copy that would be written over another file."""
    return StoreTrouble(
        f"{path} is there already.",
        books="Nothing was written; the cache is as it was.",
        fix="Name a file that does not exist yet.",
    )


def foreign(path: Path) -> StoreTrouble:
    """Return the trouble for a database of another program."""
    return StoreTrouble(
        f"{path} is a database of another program, not a cache of docket-qbo.",
        books="It was left as it is; QuickBooks is not affected.",
        fix="Name another file with --db.",
    )


def newer(path: Path, revision: str) -> StoreTrouble:
    """Return the trouble for a cache that a later program has written."""
    return StoreTrouble(
        f"{path} was written by a newer docket-qbo (its version is {revision}).",
        books="It was left as it is; QuickBooks is not affected.",
        fix="Install the newest docket-qbo, or name another cache with --db.",
    )


def missing(path: Path) -> StoreTrouble:
    """Return the trouble for a cache that should be shown and is not there."""
    return StoreTrouble(
        f"There is no cache at {path}.",
        books="Nothing was changed.",
        fix="Check the path, or start without --db to make a new one.",
    )


def older_read_only(path: Path) -> StoreTrouble:
    """Return the trouble for an older cache that may not be brought forward."""
    return StoreTrouble(
        f"{path} was written by an older docket-qbo and is opened for reading only.",
        books="It was left as it is; QuickBooks is not affected.",
        fix="Open it once for writing, which brings a copy forward after a backup.",
    )


def left_behind(path: Path) -> StoreTrouble:
    """Return the trouble for a -wal of another cache beside one that is only to be shown."""
    return StoreTrouble(
        f"{path}-wal was left behind by another cache than {path}.",
        books="Both were left as they are; QuickBooks is not affected.",
        fix=f"Delete {path}-wal, then try again.",
    )


def nothing_fetched() -> StoreTrouble:
    """There is no company in the cache yet."""
    return StoreTrouble(
        "The cache is still empty: nothing was fetched from QuickBooks yet.",
        books="Nothing was changed.",
        fix="Refresh first: press r, or run docket-qbo pull.",
    )


def read_only(path: Path) -> StoreTrouble:
    """Return the trouble for a write into a cache that is only shown."""
    return StoreTrouble(
        f"{path} is open for reading only.",
        books="Nothing was changed.",
        fix="Open a cache of your own to do this: start docket-qbo without --db.",
    )


def shared_folder(path: Path, kind: str) -> StoreTrouble:
    """Return the trouble for a cache on a network share."""
    return StoreTrouble(
        f"{path} lies on a network share ({kind}), where a cache can be damaged without a sign.",
        books="Nothing was opened; QuickBooks is not affected.",
        fix="Keep the cache on this computer's own disk.",
    )


def no_sidecar(path: Path) -> StoreTrouble:
    """Return the trouble for a folder in which the epoch could not be noted."""
    return StoreTrouble(
        f"The folder of {path} cannot be written.",
        books="What was approved is kept in the cache; nothing of it was sent yet.",
        fix="Make room or give yourself the right to write there, then resume the run.",
    )


def unusable(path: Path, error: OSError) -> StoreTrouble:
    """Return the trouble for a file that the system does not let us use."""
    return StoreTrouble(
        f"{path} cannot be opened: {error.strerror or type(error).__name__}.",
        books="Nothing was changed; QuickBooks is not affected.",
        fix="Check that the folder exists, that you may write there and that the disk has room.",
    )


def unreadable(path: Path) -> StoreTrouble:
    """Return the trouble for a cache whose tables are not those of this program."""
    return StoreTrouble(
        f"{path} does not have the tables that this docket-qbo expects.",
        books="It was left as it is; QuickBooks is not affected.",
        fix="Run docket-qbo status once, which brings an older cache forward, or name another"
        " file with --db.",
    )
