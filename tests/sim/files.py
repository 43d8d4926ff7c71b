"""Where a simulation's cache lies: in memory where the system has such a place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from core.ids import SeededIds
from store.cache import Cache
from tests.engine.virtual import VirtualClock

_MEMORY = Path("/dev/shm")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    place = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="docket-qbo-sim-", dir=place) as name:
        yield Path(name)


def fresh_cache(path: Path) -> None:
    """Put an empty cache there, a copy of one that was made once."""
    path.write_bytes(_empty())


def restore(path: Path, backup: Path) -> None:
    """Put a backup in a cache's place, as a person does; what lies beside it stays."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(backup, path)


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path, copy = Path(name) / "empty.db", Path(name) / "copy.db"
        made = Cache.open(path, clock=VirtualClock(), ids=SeededIds(1))
        made.backup(copy)
        made.close()
        return copy.read_bytes()
