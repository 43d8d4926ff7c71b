"""The full check of a cache, once a week, made on the day's copy instead of the cache.

Each start looks at every page (quick_check), which sees what a bad disk leaves. That
every index agrees with its table, and every row with those it refers to, takes half as
long again (docs/reliability.md, "Figures"); a copy has the same pages, and only the
day's first start makes one.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

from core.clock import iso, parse_instant
from store import sqlite

EVERY = timedelta(days=7)

_log = logging.getLogger(__name__)


def note_of(cache: Path) -> Path:
    """Return the file that says when a cache last passed."""
    return cache.parent / "backups" / f"{cache.name}.checked"


def last_passed(cache: Path) -> datetime | None:
    """Return when a copy last passed the full check; None: never, or it is not known."""
    try:
        return parse_instant(note_of(cache).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def is_due(cache: Path, now: datetime) -> bool:
    """Return whether a week has passed; a note from the future does not count."""
    last = last_passed(cache)
    return last is None or not now - EVERY < last <= now


def check(copy: Path, cache: Path, now: datetime) -> str:
    """Check a fresh copy in full; note that it passed, or return what is wrong.

    Raises:
        Error: the copy cannot be read.
    """
    connection = sqlite.connect(copy, read_only=True)
    try:
        wrong = sqlite.full_check(connection)
    finally:
        connection.close()
    if wrong:
        _log.error("the full check of the cache failed: %s", wrong)
        return wrong
    try:
        note_of(cache).write_text(iso(now), encoding="ascii")
    except OSError as error:
        _log.warning("the full check passed but was not noted: %s", type(error).__name__)
    return ""
