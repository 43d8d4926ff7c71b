"""What a check-up knows before it judges: plain values, without a secret among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from connectors.knock import Knock
from core.errors import Trouble
from store.health import CacheHealth


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs here."""

    program: str
    python: str
    system: str
    sqlite: str
    sqlite_mode: str
    wal_safe: bool
    """Past the WAL-reset bug of SQLite."""
    packages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrivatePath:
    """A file or folder that should be its owner's alone.

    `refused` is the mode bits that it must not have: 0o077 where nobody else may read,
    0o022 where nobody else may write.
    """

    path: Path
    folder: bool
    mode: int
    own: bool
    refused: int = 0o077


@dataclass(frozen=True, slots=True)
class Disk:
    """Room on the disk of the cache, in bytes."""

    free: int
    cache: int


@dataclass(frozen=True, slots=True)
class Server:
    """What came of a knock at one server."""

    name: str
    host: str
    knock: Knock


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the keys are and when they end; never what they are."""

    store: str
    trouble: Trouble | None = None
    closed: str = ""
    """Why they were not opened, where that need not be; the days are known all the same."""
    access_ends: datetime | None = None
    lapses: datetime | None = None
    """When the refresh token ends unless it is used."""
    ends_at_last: datetime | None = None
    renewal_open_since: datetime | None = None
    """A renewal was begun then, and no answer of it was kept."""


@dataclass(frozen=True, slots=True)
class Backups:
    """The copies of the cache."""

    folder: Path
    count: int
    newest: datetime | None
    last_full_check: datetime | None


@dataclass(frozen=True, slots=True)
class Pace:
    """The file in which this user's processes see each other's calls, and the month's reads."""

    path: Path
    whole: bool
    blocked_seconds: int
    per_minute: int
    reads_this_month: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything, as found at `at`; what does not apply without a company is None."""

    at: datetime
    versions: Versions
    cache_file: Path
    connected: bool
    practice: bool
    private: tuple[PrivatePath, ...]
    disk: Disk | None
    cache: CacheHealth
    cache_exists: bool
    backups: Backups
    servers: tuple[Server, ...] = ()
    keys: Keys | None = None
    pace: Pace | None = None
    troubles: tuple[tuple[str, Trouble], ...] = ()
    """What was met on the way, with its topic."""
