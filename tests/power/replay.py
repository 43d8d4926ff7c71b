"""The captured statements again, on another SQLite whose every write and sync is noted.

apsw lets Python stand between SQLite and the files. What passes there is the diary of
the disk; after each commit that SQLite acknowledged, the diary's length is noted with
what the cache held then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import apsw

from tests.power.capture import Closed, Event, Opened, Renamed, Said, Wrote
from tests.power.disk import Make, Operation, Remove, Rename, Sync, Truncate, Write

_VFS = "docket-qbo-power"
SENT = ("SENDING", "UNKNOWN", "HOLD", "REJECTED", "CONFIRMED")


class Asks(Protocol):
    """A connection, of whichever driver."""

    def execute(self, statement: str, /) -> Iterable[Any]:
        """Carry out one statement."""
        ...


@dataclass(frozen=True, slots=True)
class State:
    """What a cache holds: a digest of every row, and what may never be lost, as it is."""

    digest: str
    intents: frozenset[tuple[object, ...]]
    """Postings that were claimed, with their bytes and how often."""
    links: frozenset[tuple[object, ...]]
    epoch: int


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A commit that was answered."""

    length: int
    """How much of the diary had been written by then."""
    state: State
    sent_epoch: int
    """The epoch under which something was last sent."""


@dataclass(frozen=True, slots=True)
class Diary:
    """All that was done to the disk, and the commits in between."""

    operations: list[Operation]
    commits: list[Acknowledged]


def state_of(connection: Asks) -> State:
    """Read everything a cache holds, but for the search's index, which follows from it."""
    tables = [
        str(name)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'invoice_search%' ORDER BY name"
        )
    ]
    digest = hashlib.sha256()
    for table in tables:
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):
            digest.update(repr(tuple(row)).encode())
    if "posting" not in tables:
        return State(digest.hexdigest(), frozenset(), frozenset(), 0)
    sent = ", ".join(f"'{state}'" for state in SENT)
    intents = connection.execute(
        "SELECT request_id, state, fence, attempts, body_sha256, qbo_id FROM posting"
        f" WHERE attempts > 0 AND state IN ({sent})"
    )
    links = connection.execute("SELECT kind, docket_id, entity, qbo_id FROM link")
    (epoch,) = next(iter(connection.execute("SELECT number FROM epoch")))
    return State(
        digest.hexdigest(),
        frozenset(tuple(row) for row in intents),
        frozenset(tuple(row) for row in links),
        int(epoch),
    )


def replay(events: Sequence[Event], place: Path) -> Diary:
    """Carry out a capture in an empty folder and return the disk's diary."""
    return _Replay(place).run(events)


class _Replay:
    def __init__(self, place: Path) -> None:
        self._path = place / "cache.db"
        self._recorder = _Recorder()
        self._connections: dict[int, apsw.Connection] = {}
        self._commits: list[Acknowledged] = []

    def run(self, events: Sequence[Event]) -> Diary:
        vfs = _NotingVfs(self._recorder)
        try:
            for event in events:
                self._do(event)
        finally:
            for connection in self._connections.values():
                connection.close()
            vfs.unregister()
        return Diary(self._recorder.operations, self._commits)

    def _do(self, event: Event) -> None:
        recorder = self._recorder
        if isinstance(event, Opened):
            self._connections[event.connection] = apsw.Connection(str(self._path), vfs=_VFS)
        elif isinstance(event, Closed):
            self._connections.pop(event.connection).close()
        elif isinstance(event, Said):
            self._say(self._connections[event.connection], event.statement)
        elif isinstance(event, Wrote):
            recorder.make(event.name)
            recorder.note(Write(recorder.inodes[event.name], 0, event.content))
        elif isinstance(event, Renamed):
            recorder.rename(event.old, event.new)
        else:
            recorder.note(Sync(recorder.inodes[event.name] if event.name else None))

    def _say(self, connection: apsw.Connection, statement: str) -> None:
        changed = connection.total_changes()
        connection.execute(statement).fetchall()
        if statement.strip(" ;\n") == "COMMIT" or (
            not connection.in_transaction and connection.total_changes() != changed
        ):
            self._acknowledge()

    def _acknowledge(self) -> None:
        looking = apsw.Connection(str(self._path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            state = state_of(looking)
        finally:
            looking.close()
        last = self._commits[-1] if self._commits else None
        if last is not None and last.state.digest == state.digest:
            return
        sent = last.sent_epoch if last else 0
        if state.intents and (last is None or _attempts(state) > _attempts(last.state)):
            sent = state.epoch
        self._commits.append(Acknowledged(len(self._recorder.operations), state, sent))


def _attempts(state: State) -> int:
    return sum(int(str(intent[3])) for intent in state.intents)


class _Recorder:
    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.inodes: dict[str, int] = {}
        self._made = 0

    def note(self, operation: Operation) -> None:
        self.operations.append(operation)

    def make(self, name: str) -> int:
        """A file that is written anew gets a place of its own on the disk."""
        self._made += 1
        self.inodes[name] = self._made
        self.note(Make(name, self._made))
        return self._made

    def rename(self, old: str, new: str) -> None:
        self.inodes[new] = self.inodes.pop(old)
        self.note(Rename(old, new))

    def remove(self, name: str, *, synced: bool) -> None:
        self.inodes.pop(name, None)
        self.note(Remove(name))
        if synced:
            self.note(Sync(None))


class _NotingVfs(apsw.VFS):
    """The system's own files, with a diary."""

    def __init__(self, recorder: _Recorder) -> None:
        self._recorder = recorder
        super().__init__(_VFS, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        if name is None:  # a temporary file, gone with the process that made it
            return super().xOpen(name, flags)
        path = Path(name if isinstance(name, str) else name.filename())
        if not path.exists():
            self._recorder.make(path.name)
        return _NotingFile(self._recorder, self._recorder.inodes[path.name], name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        super().xDelete(filename, syncdir)
        self._recorder.remove(Path(filename).name, synced=bool(syncdir))


class _NotingFile(apsw.VFSFile):
    def __init__(
        self, recorder: _Recorder, inode: int, name: str | apsw.URIFilename, flags: list[int]
    ) -> None:
        self._recorder = recorder
        self._inode = inode
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        super().xWrite(data, offset)
        self._recorder.note(Write(self._inode, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        super().xTruncate(newsize)
        self._recorder.note(Truncate(self._inode, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._recorder.note(Sync(self._inode))
