"""What preflight found, stored: statuses beside the invoices, conflicts with their history."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row, Update, bindparam, select, update
from sqlmodel import Session

from core.jsonio import JsonObject
from core.money import Cents
from store import statements
from store.session import now
from store.states import InvoiceStatus
from store.tables import table_of
from store.tables.docket import InvoiceTable
from store.tables.work import ConflictTable
from store.upsert import in_parts, insert_all


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What the list shows of one invoice beside Docket's own fields."""

    docket_id: str
    status: InvoiceStatus
    reason_code: str
    reason: str
    open_docket: Cents
    open_qbo: Cents | None
    qbo_id: str
    qbo_number: str
    paid: bool


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict of one invoice; (invoice, kind, subject kind, subject key) names it."""

    invoice_id: str
    kind: str
    subject_kind: str
    subject_key: str
    subject: str
    words: str
    detail: JsonObject


def save_checks(session: Session, rows: Iterable[StatusRow]) -> int:
    """Store statuses; what is as it was is not written again.

    Returns:
        How many invoices show something else now.
    """
    fresh = {row.docket_id: _shown(row) for row in rows}
    wanted = statements.select(InvoiceTable, columns=("docket_id", *_SHOWN), among="docket_id")
    known: dict[str, tuple[Any, ...]] = {}
    for some in in_parts(list(fresh)):
        found = session.execute(wanted, {statements.AMONG: some})
        known.update({row[0]: tuple(row[1:]) for row in found})
    changed = [
        {"of": docket_id} | {f"new_{name}": value for name, value in shown.items()}
        for docket_id, shown in fresh.items()
        if docket_id in known and known[docket_id] != tuple(shown.values())
    ]
    if changed:
        session.execute(_show(), changed)
    return len(changed)


@cache
def _show() -> Update:
    table = table_of(InvoiceTable)
    return (
        update(table)
        .where(table.c.docket_id == bindparam("of"))
        .values({name: bindparam(f"new_{name}") for name in _SHOWN})
        .values(paid_cents=table.c.total_cents - bindparam("new_open_docket_cents"))
    )


def set_status(
    session: Session, docket_id: str, status: InvoiceStatus, reason_code: str, reason: str
) -> None:
    """Show another status of one invoice, in the transaction that changes its cause."""
    shown = {"status": str(status), "reason_code": reason_code, "reason": reason}
    session.execute(
        statements.update(InvoiceTable, ("docket_id",)), {"of_docket_id": docket_id, **shown}
    )


def save_conflicts(
    session: Session, rows: Iterable[ConflictRow], invoice_ids: Collection[str] | None = None
) -> None:
    """Make `rows` the open conflicts of all invoices, or of `invoice_ids`.

    A conflict that is still there keeps when it was found; one that is gone is closed.
    """
    table = table_of(ConflictTable)
    fresh = {_conflict_key(row): row for row in rows}
    known = {
        (row.invoice_docket_id, row.kind, row.subject_kind, row.subject_key): row
        for row in _open_conflicts(session, invoice_ids)
    }
    at = now(session)
    gone = [row.id for key, row in known.items() if key not in fresh]
    for some in in_parts(gone):
        session.execute(update(table).where(table.c.id.in_(some)).values(closed_at=at))
    for key in fresh.keys() & known.keys():
        said = {name: getattr(fresh[key], name) for name in ("subject", "words", "detail")}
        if any(getattr(known[key], name) != value for name, value in said.items()):
            session.execute(update(table).where(table.c.id == known[key].id).values(**said))
    insert_all(
        session,
        ConflictTable,
        [_conflict_row(row) | {"found_at": at} for key, row in fresh.items() if key not in known],
    )


def open_conflicts(
    session: Session, invoice_ids: Collection[str] | None = None
) -> list[ConflictRow]:
    """Return the open conflicts of all invoices, or of `invoice_ids`."""
    return [conflict_from(row) for row in _open_conflicts(session, invoice_ids)]


def exclude(session: Session, docket_ids: Collection[str], reason: str) -> int:
    """Leave invoices out on purpose; their status follows with the next check.

    Returns:
        How many were not left out before.
    """
    return _set_excluded(session, docket_ids, reason, excluded=True)


def include(session: Session, docket_ids: Collection[str]) -> int:
    """Take invoices back in; their status follows with the next check.

    Returns:
        How many were left out before.
    """
    return _set_excluded(session, docket_ids, "", excluded=False)


def conflict_from(row: Row[Any]) -> ConflictRow:
    """A conflict from its row."""
    return ConflictRow(
        invoice_id=row.invoice_docket_id,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject_key=row.subject_key,
        subject=row.subject,
        words=row.words,
        detail=row.detail,
    )


_SHOWN = (
    "status",
    "reason_code",
    "reason",
    "open_docket_cents",
    "open_qbo_cents",
    "qbo_id",
    "qbo_number",
    "paid",
)


def _shown(row: StatusRow) -> dict[str, Any]:
    return {
        "status": str(row.status),
        "reason_code": row.reason_code,
        "reason": row.reason,
        "open_docket_cents": row.open_docket,
        "open_qbo_cents": row.open_qbo,
        "qbo_id": row.qbo_id,
        "qbo_number": row.qbo_number,
        "paid": row.paid,
    }


_CONFLICT = table_of(ConflictTable)
_OPEN = select(_CONFLICT).where(_CONFLICT.c.closed_at.is_(None)).order_by(_CONFLICT.c.id)
_OPEN_OF = _OPEN.where(
    _CONFLICT.c.invoice_docket_id.in_(bindparam(statements.AMONG, expanding=True))
)


def _open_conflicts(session: Session, invoice_ids: Collection[str] | None) -> list[Row[Any]]:
    if invoice_ids is None:
        return list(session.execute(_OPEN))
    rows: list[Row[Any]] = []
    for some in in_parts(sorted(invoice_ids)):
        rows += session.execute(_OPEN_OF, {statements.AMONG: some})
    return rows


def _conflict_key(row: ConflictRow) -> tuple[str, str, str, str]:
    return (row.invoice_id, row.kind, row.subject_kind, row.subject_key)


def _conflict_row(row: ConflictRow) -> dict[str, Any]:
    return {
        "invoice_docket_id": row.invoice_id,
        "kind": row.kind,
        "subject_kind": row.subject_kind,
        "subject_key": row.subject_key,
        "subject": row.subject,
        "words": row.words,
        "detail": row.detail,
    }


def _set_excluded(
    session: Session, docket_ids: Collection[str], reason: str, *, excluded: bool
) -> int:
    table = table_of(InvoiceTable)
    count = 0
    for some in in_parts(sorted(docket_ids)):
        others = table.c.excluded_at.is_(None) if excluded else table.c.excluded_at.is_not(None)
        done = session.execute(
            update(table)
            .where(table.c.docket_id.in_(some), others)
            .values(excluded_at=now(session) if excluded else None, excluded_reason=reason)
            .returning(table.c.id)
        )
        count += len(done.all())
    return count
