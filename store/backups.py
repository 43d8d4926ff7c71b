"""Copies of the cache: one on each day of use and one before each migration, the newest kept.

Each is checked when it is made, once a week in full, stands alone in one file, and may be
put in the cache's place (store.restoring). While one is being written it bears another
name, so that half a copy is never taken for one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from store import sqlite, troubles, weekly_check

KEPT = 14
_STAMP = "%Y%m%dT%H%M%SZ"
_DAY = timedelta(days=1)


def folder_of(cache: Path) -> Path:
    """Return the folder that holds a cache's backups."""
    return cache.parent / "backups"


def backups_of(cache: Path) -> list[Path]:
    """Return a cache's backups, oldest first."""
    return sorted(folder_of(cache).glob(f"{cache.name}.*.schema-*"))


def is_due(cache: Path, now: datetime) -> bool:
    """Return whether no backup was made within the last day.

    One from the future does not count: the clock was wrong, then or now.
    """
    made = (made_at(backup, cache) for backup in backups_of(cache))
    return not any(one is not None and now - _DAY < one <= now for one in made)


def back_up(
    source: sqlite.Connection,
    cache: Path,
    revision: str,
    now: datetime,
    *,
    in_full: bool = False,
) -> Path | None:
    """Copy the cache into its folder of backups and let go of the oldest.

    Args:
        source: a connection to the cache.
        cache: its file.
        revision: its schema, which becomes part of the name.
        now: becomes part of the name too.
        in_full: check it in full, also if the week's check is not due.

    Returns:
        The copy; None if another process is just making one.

    Raises:
        Error: the copy cannot be written, or is not sound.
        OSError: the folder cannot be made.
        StoreTrouble: the full check found the cache damaged; no copy is kept.
    """
    folder = folder_of(cache)
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        with FileLock(folder / ".lock", blocking=False):
            target = folder / f"{cache.name}.{now:{_STAMP}}.schema-{revision}"
            full = in_full or weekly_check.is_due(cache, now)
            _back_up(source, cache, target, now, full=full)
            return target
    except Timeout:
        return None


def copy_to(source: sqlite.Connection, target: Path) -> None:
    """Write a checked copy that has its name only when it is whole.

    Raises:
        Error: it cannot be written, or is not sound; nothing is left of it.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)  # of a process that died
    try:
        sqlite.copy(source, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def made_at(backup: Path, cache: Path) -> datetime | None:
    """Return when a backup was made, by its name; None if it has another kind of name."""
    stamp = backup.name.removeprefix(f"{cache.name}.").split(".")[0]
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _back_up(
    source: sqlite.Connection, cache: Path, target: Path, now: datetime, *, full: bool
) -> None:
    fresh = target.with_name(f"{cache.name}.fresh")
    copy_to(source, fresh)
    if full:
        wrong = weekly_check.check(fresh, cache, now)
        if wrong:
            fresh.unlink()
            raise troubles.damaged_inside(cache, wrong, weekly_check.last_passed(cache))
    fresh.replace(target)
    others = [backup for backup in backups_of(cache) if backup != target]
    for old in others[: max(0, len(others) - (KEPT - 1))]:
        old.unlink()
