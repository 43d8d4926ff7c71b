"""Where a simulation's cache lies: in memory where the system has such a place.

Opening a database, having its schema read and every statement compiled, is half of what
a short life would cost. So a cache file stays open from life to life, and a fresh one or
a backup is put in its place by writing over it. SQLite sees from the counter in a
file's header that another has written, so the counter is set past all that went before.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from multiprocessing.util import Finalize
from pathlib import Path

from sqlalchemy import event

from core.ids import SeededIds
from store import sqlite
from store.cache import Cache
from store.engine import reading_engine, writing_engine
from tests.engine.virtual import VirtualClock
from tests.statements import keep_statements

_MEMORY = Path("/dev/shm")
_CHANGES, _SCHEMA, _VALID_FOR = slice(24, 28), slice(40, 44), slice(92, 96)
"""Fields of the header, as https://www.sqlite.org/fileformat2.html has them."""
_MOST_COMMITS = 100_000
"""More than one life makes."""


class Disk:
    """A company's cache file, whose connections outlive the processes and the life.

    A process that dies takes no transaction with it: each is rolled back where it dies.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "cache.db"
        self.backup = folder / "backup.db"
        self.writer = writing_engine(self.path)
        self.readers = reading_engine(self.path, read_only=False)
        event.listen(self.writer, "connect", _not_synced)
        self._raw: sqlite.Connection | None = None
        self._put(_empty())
        for engine in (self.writer, self.readers):
            keep_statements(engine)

    def raw(self) -> sqlite.Connection:
        """Return the connection that needs no engine."""
        if self._raw is None:
            self._raw = sqlite.connect(self.path, query_only=True)
        return self._raw

    def restore(self) -> None:
        """Put the backup in the cache's place, as a person does; what lies beside it stays."""
        self._put(self.backup.read_bytes())

    def clear(self) -> None:
        """Make it ready for the next life."""
        for beside in self.path.parent.iterdir():
            if beside != self.path:
                beside.unlink()
        self._put(_empty())

    def remove(self) -> None:
        """Let go of the file, and remove it with all that lies beside it."""
        if self._raw is not None:
            self._raw.close()
            self._raw = None
        self.readers.dispose()
        self.writer.dispose()
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def _put(self, database: bytes) -> None:
        header = bytearray(database[:100])
        header[_CHANGES] = header[_VALID_FOR] = next(_counters).to_bytes(4, "big")
        header[_SCHEMA] = _empty()[_SCHEMA]
        with self.path.open("r+b" if self.path.exists() else "xb") as file:
            file.write(header)
            file.write(database[100:])
            file.truncate()


@contextmanager
def disk() -> Iterator[Disk]:
    """A disk with an empty cache, for one life; after a failure it is not used again."""
    if _idle:
        found = _idle.pop()
    else:
        place = _MEMORY if _MEMORY.is_dir() else None
        found = Disk(Path(tempfile.mkdtemp(prefix="docket-qbo-sim-", dir=place)))
        Finalize(None, found.remove, exitpriority=0)  # in a pool's workers too
    try:
        yield found
    except BaseException:
        found.remove()
        raise
    found.clear()
    _idle.append(found)


_idle: list[Disk] = []
_counters = count(_MOST_COMMITS, _MOST_COMMITS)


def _not_synced(connection: sqlite.Connection, record: object) -> None:
    """A process that dies leaves to the system what it wrote: no need to wait for the disk."""
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path, copy = Path(name) / "empty.db", Path(name) / "copy.db"
        made = Cache.open(path, clock=VirtualClock(), ids=SeededIds(1))
        made.backup(copy)
        made.close()
        return copy.read_bytes()
