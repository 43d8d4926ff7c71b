"""A disk that loses, at a power cut, whatever was not synced: some of it, and some in pieces.

What was written since a file's last sync survives at random, write by write, some of it
torn at 512 bytes. Files made, renamed and removed are on the disk in their order, as a
journalled file system keeps them: with the next sync of anything at the latest.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Make:
    """A new, empty file."""

    name: str
    inode: int


@dataclass(frozen=True, slots=True)
class Remove:
    """A file's name is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A file took another's name."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes were handed to the system."""

    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file was cut to a size."""

    inode: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file is on the disk, or only the names of all (None)."""

    inode: int | None


Naming: TypeAlias = Make | Remove | Rename
Change: TypeAlias = Write | Truncate
Operation: TypeAlias = Naming | Change | Sync


def survivors(done: Sequence[Operation], chance: random.Random) -> dict[str, bytes]:
    """Return what is on the disk after a power cut, by file name."""
    disk = _Disk()
    for operation in done:
        disk.do(operation)
    return disk.cut(chance)


class _Disk:
    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._content: defaultdict[int, bytearray] = defaultdict(bytearray)
        self._unnamed: list[Naming] = []
        self._unsynced: defaultdict[int, list[Change]] = defaultdict(list)

    def do(self, operation: Operation) -> None:
        if isinstance(operation, Sync):
            self._name(len(self._unnamed))
            self._unnamed.clear()
            if operation.inode is not None:
                for change in self._unsynced.pop(operation.inode, ()):
                    _apply(self._content[operation.inode], change)
        elif isinstance(operation, Write | Truncate):
            self._unsynced[operation.inode].append(operation)
        else:
            self._unnamed.append(operation)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        self._name(chance.randint(0, len(self._unnamed)))
        share = chance.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        for inode, changes in self._unsynced.items():
            for change in changes:
                if chance.random() < share:
                    _apply(self._content[inode], change)
                elif isinstance(change, Write) and chance.random() < 0.3:
                    for piece in _torn(change, chance):
                        _apply(self._content[inode], piece)
        return {name: bytes(self._content[inode]) for name, inode in self._names.items()}

    def _name(self, count: int) -> None:
        """Bring the first `count` of the waiting changes of names to the disk."""
        for naming in self._unnamed[:count]:
            if isinstance(naming, Make):
                self._names[naming.name] = naming.inode
            elif isinstance(naming, Remove):
                self._names.pop(naming.name, None)
            else:
                self._names[naming.new] = self._names.pop(naming.old)


def _apply(content: bytearray, change: Change) -> None:
    if isinstance(change, Truncate):
        del content[change.size :]
        content.extend(bytes(change.size - len(content)))
        return
    content.extend(bytes(max(0, change.offset - len(content))))
    content[change.offset : change.offset + len(change.data)] = change.data


def _torn(write: Write, chance: random.Random) -> list[Write]:
    """Return the sectors of a write that reached the disk."""
    begin, end = write.offset, write.offset + len(write.data)
    edges = [begin, *range((begin // SECTOR + 1) * SECTOR, end, SECTOR), end]
    return [
        Write(write.inode, one, write.data[one - begin : after - begin])
        for one, after in pairwise(edges)
        if chance.random() < 0.5
    ]
