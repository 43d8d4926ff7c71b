"""How a cache is, for a check-up: read in full, changed in nothing, whatever its state.

Counts, codes and times are told here; names come out only as the list of what a report
must not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from core.clock import Clock, parse_instant
from core.errors import StoreTrouble, Trouble
from core.ids import Ids
from store import audit, sqlite
from store.cache import Cache
from store.epoch import get_epoch, read_sidecar

_CALLS = 50
_SHORTEST_NAME = 4
"""Letters; a shorter name would blot out ordinary words."""


@dataclass(frozen=True, slots=True)
class Call:
    """One of the newest calls to QuickBooks, without what was said in it."""

    at: str
    phase: str
    status: int | None
    fault_code: str
    outcome: str
    intuit_tid: str


@dataclass(frozen=True, slots=True)
class CacheHealth:
    """A cache as found; what could not be read is empty, and `trouble` says why."""

    trouble: Trouble | None = None
    wrong: str = ""
    """What the full check found; empty: nothing."""
    audit_break: int | None = None
    """The first row that does not fit the audit log's chain."""
    audit_rows: int = 0
    audit_head: str = ""
    journal: str = ""
    """WAL or rollback journal."""
    behind: bool = False
    """Older than the file beside it: restored, and not gone on with yet."""
    postings: Mapping[str, int] = field(default_factory=dict)
    """How many there are by state."""
    unclear_since: datetime | None = None
    runs_open: int = 0
    faults: Mapping[str, int] = field(default_factory=dict)
    """How often each fault code was answered."""
    calls: tuple[Call, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows the tables have that grow with the business."""
    names: frozenset[str] = frozenset()
    """What a report must not hold: people, companies, places, memos are known by these."""


_GROWING = ("client", "product", "invoice", "payment", "refund", "qbo_object", "link", "posting")
_NAMED = (
    "SELECT name FROM company",
    "SELECT account_name FROM connection",
    "SELECT name FROM client",
    "SELECT company_name FROM client",
    "SELECT first_name || ' ' || last_name FROM client",
    "SELECT email FROM client",
    "SELECT phone FROM client",
    "SELECT line1 FROM client",
    "SELECT line1 FROM service_address",
    "SELECT name FROM qbo_object WHERE name <> ''",
)


def look(path: Path, *, clock: Clock, ids: Ids) -> CacheHealth:
    """Look at a cache of this version without changing it; damage is part of the answer."""
    journal = sqlite.journal_kind(path) if path.is_file() else ""
    try:
        cache = Cache.open(path, clock=clock, ids=ids, read_only=True)
    except StoreTrouble as trouble:
        return CacheHealth(trouble=trouble, journal=journal)
    try:
        wrong = sqlite.full_check(cache.reader())
        if wrong:
            return CacheHealth(wrong=wrong, journal=journal)
        with cache.read() as session:
            return _health(session, path, journal)
    except StoreTrouble as trouble:
        return CacheHealth(trouble=trouble, journal=journal)
    finally:
        cache.close()


def _health(session: Session, path: Path, journal: str) -> CacheHealth:
    beside = read_sidecar(path)
    return CacheHealth(
        audit_break=audit.first_break(session),
        audit_rows=audit.count(session),
        audit_head=audit.head(session),
        journal=journal,
        behind=beside is not None and get_epoch(session) < beside,
        postings=_counts(session, "SELECT state, count(*) FROM posting GROUP BY state"),
        unclear_since=_first_instant(
            session,
            "SELECT min(coalesce(first_sent_at, changed_at)) FROM posting"
            " WHERE state IN ('UNKNOWN', 'SENDING')",
        ),
        runs_open=_counts(
            session, "SELECT 'open', count(*) FROM run WHERE state IN ('APPROVED', 'RUNNING')"
        )["open"],
        faults=_counts(
            session,
            "SELECT fault_code, count(*) FROM attempt WHERE fault_code <> '' GROUP BY fault_code",
        ),
        calls=tuple(_calls(session)),
        rows={
            table: _counts(session, f"SELECT 'n', count(*) FROM {table}")["n"]  # noqa: S608 - ours
            for table in _GROWING
        },
        names=_names(session),
    )


def _counts(session: Session, statement: str) -> dict[str, int]:
    found = session.connection().exec_driver_sql(statement)
    return {str(name): int(count) for name, count in found}


def _first_instant(session: Session, statement: str) -> datetime | None:
    found = session.connection().exec_driver_sql(statement).scalar()
    return parse_instant(str(found)) if found else None


def _calls(session: Session) -> list[Call]:
    found = session.connection().exec_driver_sql(
        "SELECT started_at, phase, http_status, fault_code, outcome, intuit_tid FROM attempt"
        " ORDER BY id DESC LIMIT ?",
        (_CALLS,),
    )
    return [Call(*row) for row in found]


def _names(session: Session) -> frozenset[str]:
    found: set[str] = set()
    for statement in _NAMED:
        rows = session.connection().exec_driver_sql(statement)
        found.update(str(row[0]).strip() for row in rows if row[0])
    return frozenset(name for name in found if len(name) >= _SHORTEST_NAME)
