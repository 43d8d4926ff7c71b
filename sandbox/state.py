"""The state file: what the practice servers must not forget when they are killed.

One SQLite file, one transaction per request. A killed process loses nothing
that was answered; a power cut may lose the last moments, which is enough for
practice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path


class StateFile:
    """Texts by space and key, written in batches that are kept whole or not at all."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=TRUNCATE")
        self._file.execute("PRAGMA synchronous=NORMAL")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS item "
            "(space TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (space, key)) WITHOUT ROWID"
        )

    def get(self, space: str, key: str) -> str | None:
        """One text; None if it is not there."""
        found = self._file.execute(
            "SELECT value FROM item WHERE space = ? AND key = ?", (space, key)
        ).fetchone()
        return None if found is None else str(found[0])

    def items(self, space: str) -> Iterator[tuple[str, str]]:
        """Every (key, text) of a space, by key."""
        yield from self._file.execute(
            "SELECT key, value FROM item WHERE space = ? ORDER BY key", (space,)
        )

    def put(self, rows: Iterable[tuple[str, str, str]], *, clear: Iterable[str] = ()) -> None:
        """Write (space, key, text) rows in one transaction, after emptying the `clear` spaces."""
        self._file.execute("BEGIN")
        try:
            for space in clear:
                self._file.execute("DELETE FROM item WHERE space = ?", (space,))
            self._file.executemany("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", rows)
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._file.close()
