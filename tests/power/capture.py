"""What the store does to the disk, in the order in which it does it.

SQLite's own trace tells every statement with its parameters, each BEGIN, COMMIT and
PRAGMA among them; the epoch's file is watched where Python hands it to the system.
Nothing here knows what the store ought to say: a setting that it forgets is missing
in the capture too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

from store import sqlite
from store.epoch import sidecar


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection to the cache was opened."""

    connection: int


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that SQLite carried out, its parameters in place."""

    connection: int
    statement: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A connection was closed."""

    connection: int


@dataclass(frozen=True, slots=True)
class Wrote:
    """A file beside the cache has this content now, in the system's memory."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file beside the cache took another's place."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Synced:
    """fsync of a file beside the cache, or of the folder (an empty name) returned."""

    name: str


Event: TypeAlias = Opened | Said | Closed | Wrote | Renamed | Synced


@contextmanager
def capturing(cache: Path) -> Iterator[list[Event]]:
    """Watch what this process does to a cache and its epoch until the block ends."""
    events: list[Event] = []
    beside = _Beside(cache, events)
    with (
        patch.object(sqlite.dbapi, "connect", _connector(cache, events)),
        patch.object(os, "fsync", beside.fsync),
        patch.object(os, "replace", beside.replace),
    ):
        yield events


def _connector(cache: Path, events: list[Event]) -> Callable[..., sqlite.Connection]:
    numbers = iter(range(1_000_000))
    connect = sqlite.dbapi.connect

    class Traced(sqlite.CountedConnection):
        """Tells what it is told."""

        number: int

        def close(self) -> None:
            super().close()
            events.append(Closed(self.number))

    def connect_traced(address: str, **options: Any) -> sqlite.Connection:
        if unquote(urlsplit(address).path) != str(cache.absolute()):
            untraced: sqlite.Connection = connect(address, **options)
            return untraced
        connection: Traced = connect(address, **{**options, "factory": Traced})
        number = connection.number = next(numbers)

        def said(statement: str) -> None:
            # The inside of a trigger comes as a comment, what the search's index does to its
            # own tables as a statement; both follow from what was said.
            if not statement.startswith("--") and "'invoice_search_" not in statement:
                events.append(Said(number, statement))

        events.append(Opened(number))
        connection.set_trace_callback(said)
        return connection

    return connect_traced


class _Beside:
    """The epoch's file, which the store writes without SQLite."""

    def __init__(self, cache: Path, events: list[Event]) -> None:
        self._folder = cache.parent
        self._stem = sidecar(cache).name
        self._events = events
        self._known: dict[str, bytes] = {}
        self._fsync, self._replace = os.fsync, os.replace

    def fsync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        status = os.fstat(descriptor)
        if os.path.samestat(status, self._folder.stat()):
            self._events.append(Synced(""))
        for path in self._folder.glob(self._stem + "*"):
            if os.path.samestat(status, path.stat()):
                self._look(path)
                self._events.append(Synced(path.name))

    def replace(self, old: Path, new: Path) -> None:
        if Path(old).name.startswith(self._stem):
            self._look(Path(old))
            self._events.append(Renamed(Path(old).name, Path(new).name))
            self._known.pop(Path(old).name, None)
        self._replace(old, new)

    def _look(self, path: Path) -> None:
        content = path.read_bytes()
        if self._known.get(path.name) != content:
            self._known[path.name] = content
            self._events.append(Wrote(path.name, content))
