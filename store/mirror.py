"""Keeps what was seen of QuickBooks: the newest state of every object, and that it was seen.

Objects arrive from lists, from CDC and as answers to our own writes, in any order; an
older state never takes the place of a newer one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from core.jsonio import JsonObject, loads
from store import statements
from store.mirror_rows import object_row
from store.tables import table_of
from store.tables.quickbooks import ObservationTable, QboObjectTable
from store.upsert import in_parts, insert_all, upsert

_KEY = ("realm", "entity", "qbo_id")


def save_objects(
    session: Session,
    realm: str,
    entity: str,
    objects: Sequence[JsonObject],
    *,
    source: str,
    seen_at: datetime,
) -> int:
    """Store objects of one kind as QuickBooks sent them.

    Args:
        session: the open transaction.
        realm: the company.
        entity: such as `Invoice`.
        objects: the raw JSON, numbers as Decimal.
        source: pull, cdc, query or answer.
        seen_at: when they were received.

    Returns:
        How many are new or differ from what was known.

    Raises:
        ValueError: an object has no Id, or an amount that is not in whole cents.
    """
    rows = {row["qbo_id"]: row for row in (object_row(entity, raw) for raw in objects)}
    known = _known(session, realm, entity, list(rows))
    fresh = [row for row in rows.values() if _replaces(row, known.get(row["qbo_id"]))]
    for row in fresh:
        row |= {"realm": realm, "seen_at": seen_at, "source": source}
    upsert(session, QboObjectTable, _KEY, fresh)
    insert_all(
        session, ObservationTable, [{name: row[name] for name in _OBSERVED} for row in fresh]
    )
    return len(fresh)


def mark_deleted(
    session: Session,
    realm: str,
    entity: str,
    deleted: Iterable[tuple[str, datetime]],
    *,
    source: str = "cdc",
) -> int:
    """Mark objects as deleted in QuickBooks; their last known state is kept.

    Args:
        session: the open transaction.
        realm: the company.
        entity: such as `Invoice`.
        deleted: (Id, when) of each.
        source: how it was learnt.

    Returns:
        How many were not known to be deleted. One that was never seen is not stored.
    """
    table = table_of(QboObjectTable)
    at = dict(deleted)
    count = 0
    for some in in_parts(list(at)):
        found = session.execute(
            select(table).where(
                table.c.realm == realm,
                table.c.entity == entity,
                table.c.qbo_id.in_(some),
                table.c.removed != "Deleted",
            )
        ).all()
        for row in found:
            gone = {
                "removed": "Deleted",
                "active": False,
                "source": source,
                "seen_at": at[row.qbo_id],
            }
            session.execute(update(table).where(table.c.id == row.id).values(**gone))
            seen = {name: getattr(row, name) for name in _OBSERVED} | gone
            insert_all(session, ObservationTable, [{name: seen[name] for name in _OBSERVED}])
        count += len(found)
    return count


def unlisted(session: Session, realm: str, entity: str, listed: Collection[str]) -> list[str]:
    """Return the Ids of known, not deleted objects that a full list no longer has."""
    table = table_of(QboObjectTable)
    found = select(table.c.qbo_id).where(
        table.c.realm == realm, table.c.entity == entity, table.c.removed != "Deleted"
    )
    known = set(session.execute(found.order_by(table.c.id)).scalars())
    return sorted(known - set(listed))


def known_bodies(
    session: Session, realm: str, entity: str, ids: Collection[str]
) -> dict[str, tuple[str, JsonObject]]:
    """Return SyncToken and body of these objects as last seen, by Id."""
    table = table_of(QboObjectTable)
    found: dict[str, tuple[str, JsonObject]] = {}
    for some in in_parts(sorted(ids)):
        rows = session.execute(
            select(table.c.qbo_id, table.c.sync_token, table.c.body).where(
                table.c.realm == realm, table.c.entity == entity, table.c.qbo_id.in_(some)
            )
        )
        found.update({row.qbo_id: (row.sync_token, loads(row.body)) for row in rows})
    return found


_OBSERVED = (
    "realm",
    "entity",
    "qbo_id",
    "sync_token",
    "removed",
    "body_sha256",
    "source",
    "seen_at",
)


def _known(
    session: Session, realm: str, entity: str, ids: Sequence[str]
) -> dict[str, tuple[str, datetime | None, str]]:
    known: dict[str, tuple[str, datetime | None, str]] = {}
    found = statements.select(
        QboObjectTable,
        ("realm", "entity"),
        columns=("qbo_id", "sync_token", "changed_at", "body_sha256"),
        among="qbo_id",
    )
    for some in in_parts(ids):
        of = {"realm": realm, "entity": entity, statements.AMONG: some}
        known.update({row[0]: (row[1], row[2], row[3]) for row in session.execute(found, of)})
    return known


def _replaces(row: dict[str, Any], known: tuple[str, datetime | None, str] | None) -> bool:
    """Whether a state is other, and not older, than the one that is known.

    SyncToken counts an object's edits. Balances change without one, so among equal
    tokens the later LastUpdatedTime counts, and among equal times the later arrival.
    """
    if known is None:
        return True
    token, changed_at, digest = known
    if row["body_sha256"] == digest:
        return False
    before, after = _counted(token), _counted(row["sync_token"])
    if before is not None and after is not None and before != after:
        return after > before
    if changed_at is not None and row["changed_at"] is not None:
        return bool(row["changed_at"] >= changed_at)
    return True


def _counted(token: str) -> int | None:
    return int(token) if token.isdigit() else None
