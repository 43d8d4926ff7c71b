"""A counter in the cache and beside it, by which a restored backup is noticed.

Both rise at every approval and before every send. The cache commits first, then the
file beside it is written, so the file is never ahead of a cache that is what it was. A
cache that is behind its file has forgotten approvals or sends.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlmodel import Session

from core.private_file import flush_folder
from store import statements
from store.tables.work import EpochTable

_KEY = "epoch"


def sidecar(cache: Path) -> Path:
    """Return the file beside a cache that holds its epoch."""
    return cache.with_name(cache.name + ".epoch")


def read_sidecar(cache: Path) -> int | None:
    """Return the epoch beside a cache; None without one, or if it cannot be read."""
    try:
        return int(sidecar(cache).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def write_sidecar(cache: Path, number: int) -> None:
    """Write the epoch beside a cache, on the disk when this returns.

    Raises:
        OSError: it cannot be written.
    """
    target = sidecar(cache)
    fresh = target.with_name(target.name + ".new")
    with fresh.open("w", encoding="ascii") as file:
        file.write(f"{number}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(target)
    flush_folder(target.parent)


def get_epoch(session: Session) -> int:
    """Return the cache's own epoch."""
    return session.execute(statements.select(EpochTable, columns=("number",))).scalar() or 0


def raise_epoch(session: Session, at_least: int = 0) -> int:
    """Raise the epoch by one, to be called in the transaction of every approval and claim.

    The file beside the cache follows when the transaction is committed. `at_least`
    takes a restored cache past its file.
    """
    before = session.execute(statements.select(EpochTable)).first()
    number = max(0 if before is None else before.number, at_least) + 1
    if before is None:
        session.execute(statements.insert_into(EpochTable), {"number": number})
    else:
        raised = {"of_id": before.id, "number": number}
        session.execute(statements.update(EpochTable, ("id",)), raised)
    session.info[_KEY] = number
    return number


def raised_in(session: Session) -> int | None:
    """Return the epoch that this session raised, if it did."""
    found = session.info.get(_KEY)
    return found if isinstance(found, int) else None
