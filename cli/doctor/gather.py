"""Gathers what a check-up judges.

The cache and QuickBooks stay as they are, and no key and no token is sent anywhere.
"""

from __future__ import annotations

import os
import platform
import shutil
import stat
from collections.abc import AsyncIterator, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from cli.doctor.facts import Backups, Disk, Facts, Keys, Pace, PrivatePath, Server, Versions
from cli.places import Places
from cli.secrets import ends_file, find_passphrase, find_secrets
from connectors.knock import knock
from connectors.qbo.metering import MonthlyReads
from connectors.qbo.shared_schedule import SharedSchedule
from core.clock import Clock
from core.errors import Trouble, UsageTrouble
from core.ids import Ids
from core.secrets import FileSecrets
from docket_qbo import __version__
from store import sqlite, weekly_check
from store.backups import backups_of, folder_of, made_at
from store.health import look

PACKAGES = (
    "alembic",
    "cryptography",
    "httpx",
    "intuit-oauth",
    "keyring",
    "openpyxl",
    "pysqlite3",
    "sqlmodel",
    "sqlalchemy",
    "textual",
)
"""Those whose version explains something."""
_OTHERS_READ = 0o077
_OTHERS_WRITE = 0o022


async def gather(places: Places, clock: Clock, ids: Ids) -> Facts:
    """Look at everything once. What fails is part of the answer."""
    config, cache_file = places.config, places.cache_file
    troubles: list[tuple[str, Trouble]] = []
    return Facts(
        at=clock.now(),
        versions=versions(),
        cache_file=cache_file,
        connected=config.connected,
        practice=config.practice,
        private=tuple(_looked_at(private_paths(places))),
        disk=_disk(cache_file),
        cache=look(cache_file, clock=clock, ids=ids),
        cache_exists=cache_file.exists(),
        backups=_backups(cache_file),
        servers=tuple([server async for server in _servers(places, clock, troubles)]),
        keys=_keys(places) if config.connected else None,
        pace=_pace(places, clock) if config.connected else None,
        troubles=tuple(troubles),
    )


def versions() -> Versions:
    """What runs here."""
    return Versions(
        program=__version__,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        sqlite=sqlite.VERSION,
        sqlite_mode=sqlite.MODE,
        wal_safe=sqlite.WAL,
        packages={name: _version(name) for name in PACKAGES},
    )


def private_paths(places: Places) -> Iterator[tuple[Path, int]]:
    """Every file and folder that others must not read, or (a configuration) not write."""
    cache, data = places.cache_file, places.paths.data
    beside = [cache.with_name(cache.name + ending) for ending in ("", "-wal", "-journal")]
    backups = folder_of(cache)
    logs = places.log_file.parent.glob(f"{places.log_file.name}*")
    keys = data / "keys"
    private = [*beside, backups, *_inside(backups), *logs, keys, *_inside(keys)]
    if places.config.secrets.file:
        private.append(places.config.resolve(places.config.secrets.file))
    for path in private:
        yield path, _OTHERS_READ
    if places.config_file is not None:
        yield places.config_file, _OTHERS_WRITE


def _inside(folder: Path) -> list[Path]:
    """What lies in a folder; lock files hold nothing."""
    if not folder.is_dir():
        return []
    names = (path for path in sorted(folder.iterdir()) if path.suffix != ".lock")
    return [path for path in names if path.name != ".lock" and not path.name.endswith(".checked")]


def _looked_at(paths: Iterable[tuple[Path, int]]) -> Iterator[PrivatePath]:
    """Modes and owners, where the system has them (POSIX)."""
    if os.name != "posix":
        return
    for path, refused in paths:
        try:
            about = path.stat()
        except OSError:
            continue
        mode, folder = stat.S_IMODE(about.st_mode), stat.S_ISDIR(about.st_mode)
        yield PrivatePath(path, folder, mode, about.st_uid == os.geteuid(), refused)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _disk(cache: Path) -> Disk | None:
    there = next((folder for folder in cache.parents if folder.is_dir()), None)
    if there is None:
        return None
    size = cache.stat().st_size if cache.is_file() else 0
    return Disk(shutil.disk_usage(there).free, size)


def _backups(cache: Path) -> Backups:
    found = backups_of(cache)
    times = [made for made in (made_at(one, cache) for one in found) if made is not None]
    newest = max(times, default=None)
    return Backups(folder_of(cache), len(found), newest, weekly_check.last_passed(cache))


async def _servers(
    places: Places, clock: Clock, troubles: list[tuple[str, Trouble]]
) -> AsyncIterator[Server]:
    from connectors.qbo.hosts import require_api, require_oauth

    config = places.config
    if config.docket.folder and not config.resolve(config.docket.folder).exists():
        troubles.append(("Docket", _no_folder(config.resolve(config.docket.folder))))
    for name, url, check in (
        ("Docket", config.docket.url, None),
        ("QuickBooks", config.quickbooks.url, require_api),
        ("sign-in", config.quickbooks.discovery_url, require_oauth),
    ):
        if not url:
            continue
        try:
            if check is not None:
                check(url)
        except UsageTrouble as trouble:
            troubles.append((name, trouble))
            continue
        yield Server(name, urlsplit(url).netloc, await knock(url, clock))


def _no_folder(folder: Path) -> UsageTrouble:
    return UsageTrouble(
        f"{folder} of Docket's exports is not there.",
        books="Nothing was changed.",
        fix="Make it, or name another one under [docket].",
    )


def _keys(places: Places) -> Keys:
    """The days from the keys themselves; where they do not open now, from the note beside them."""
    from cli.session import make_token_store
    from connectors.qbo.ends import EndsFile

    store = places.config.secrets.store or "the usual place"
    try:
        secrets = find_secrets(places, find_passphrase(places))
        store = str(secrets.path) if isinstance(secrets, FileSecrets) else "the system's keyring"
        tokens = make_token_store(places, secrets).load()
    except UsageTrouble as closed:
        ends = EndsFile(ends_file(places)).read()
        if ends is None or ends.disconnected is not None:
            return Keys(store, closed)
        return Keys(store, closed=closed.what, lapses=ends.unused, ends_at_last=ends.at_last)
    except Trouble as trouble:
        return Keys(store, trouble)
    return Keys(
        store,
        access_ends=tokens.expires_at,
        lapses=tokens.refresh_expires_at,
        ends_at_last=tokens.hard_expires_at,
        renewal_open_since=tokens.refresh_started_at,
    )


def _pace(places: Places, clock: Clock) -> Pace:
    schedule = SharedSchedule(places.calls_file)
    blocked = schedule.blocked_until(clock) - clock.monotonic()
    return Pace(
        path=places.calls_file,
        whole=schedule.is_whole(),
        blocked_seconds=max(int(blocked), 0) if blocked > 0 else 0,
        per_minute=places.config.limits.requests_per_minute,
        reads_this_month=MonthlyReads(places.reads_file).count(clock.now()),
    )
