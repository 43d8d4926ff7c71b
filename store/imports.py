"""The import log, what the last import changed, and the way back from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select, update
from sqlmodel import Session, SQLModel

from core.clock import iso, parse_instant
from core.jsonio import JsonObject
from core.money import Cents
from core.records import Kind, Record
from store import docket as docket_store
from store import statements
from store.record_json import record_from_json, record_json
from store.session import now
from store.tables import docket, table_of
from store.tables.imports import ImportChangeTable, ImportRunTable
from store.tables.work import ConflictTable, LinkTable, PostingTable, RunTable
from store.upsert import in_parts, insert_all

_RUN = table_of(ImportRunTable)
_CHANGE = table_of(ImportChangeTable)
_NUMBERED: Mapping[Kind, tuple[type[SQLModel], str]] = {
    Kind.INVOICE: (docket.InvoiceTable, "total_cents"),
    Kind.PAYMENT: (docket.PaymentTable, "amount_cents"),
    Kind.REFUND: (docket.RefundTable, "amount_cents"),
    Kind.CREDIT: (docket.CreditTable, "amount_cents"),
}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the import log; `state` is RUNNING, DONE or UNDONE."""

    id: int
    state: str
    actor: str
    started_at: datetime
    ended_at: datetime | None
    files: Sequence[JsonObject]
    counts: Mapping[str, Mapping[str, int]]
    findings: Sequence[JsonObject]


def begin_import(session: Session, actor: str, files: Sequence[JsonObject]) -> int:
    """Open a line of the log."""
    row = {
        "state": "RUNNING",
        "actor": actor,
        "started_at": now(session),
        "files": list(files),
        "counts": {},
        "findings": [],
    }
    made = session.execute(statements.insert_returning_id(ImportRunTable), row)
    return int(made.scalar_one())


def note_changes(
    session: Session, import_id: int, kind: Kind, ids: Iterable[str], before: Mapping[str, Record]
) -> None:
    """Keep how records were before this import, in the transaction that changes them.

    What earlier imports changed is no longer kept then: only the last can be taken back.
    """
    session.execute(delete(_CHANGE).where(_CHANGE.c.import_id < import_id))
    insert_all(
        session,
        ImportChangeTable,
        [
            {
                "import_id": import_id,
                "kind": str(kind),
                "docket_id": one,
                "before": record_json(before[one]) if one in before else None,
            }
            for one in ids
        ],
    )


def end_import(
    session: Session,
    import_id: int,
    counts: Mapping[str, Mapping[str, int]],
    findings: Sequence[JsonObject],
) -> None:
    """Close a line of the log."""
    session.execute(
        update(_RUN)
        .where(_RUN.c.id == import_id)
        .values(state="DONE", ended_at=now(session), counts=counts, findings=list(findings))
    )


def imports(session: Session, limit: int = 100) -> list[ImportRow]:
    """Return the import log, newest first."""
    found = session.execute(select(_RUN).order_by(_RUN.c.id.desc()).limit(limit))
    return [_import_from(row) for row in found]


def newest_files(session: Session) -> dict[str, datetime]:
    """Return when the newest file of each kind was written that was imported and not undone."""
    newest: dict[str, datetime] = {}
    for one in imports(session, limit=1000):
        for file in one.files if one.state == "DONE" else ():
            at = parse_instant(file["written_at"])
            newest[file["kind"]] = max(at, newest.get(file["kind"], at))
    return newest


def last_change(session: Session) -> int | None:
    """Return the import whose changes are kept; None if there is none."""
    found = session.execute(select(_CHANGE.c.import_id).limit(1)).scalar()
    return None if found is None else int(found)


def posted_since(session: Session, import_id: int) -> int:
    """Return how many records that an import brought or changed were posted or linked since."""
    began = session.execute(select(_RUN.c.started_at).where(_RUN.c.id == import_id)).scalar_one()
    posting, run, link = table_of(PostingTable), table_of(RunTable), table_of(LinkTable)
    touched = select(_CHANGE.c.docket_id).where(_CHANGE.c.import_id == import_id)
    posted = (
        select(func.count())
        .select_from(posting.join(run, posting.c.run_id == run.c.id))
        .where(run.c.created_at >= began)
        .where(or_(posting.c.docket_id.in_(touched), posting.c.invoice_docket_id.in_(touched)))
    )
    linked = (
        select(func.count())
        .select_from(link)
        .where(link.c.linked_at >= began, link.c.docket_id.in_(touched))
    )
    counts = (session.execute(one).scalar_one() for one in (posted, linked))
    return sum(int(count) for count in counts)


def undo_import(session: Session, import_id: int) -> dict[str, int]:
    """Put back what an import changed and take out what it added; records by kind.

    The caller has made sure that nothing was posted from it.
    """
    counts: dict[str, int] = {}
    for kind in reversed(Kind):
        wanted = select(_CHANGE).where(_CHANGE.c.import_id == import_id, _CHANGE.c.kind == kind)
        changes = list(session.execute(wanted.order_by(_CHANGE.c.id)))
        first: dict[str, Any] = {}
        for change in changes:
            first.setdefault(change.docket_id, change.before)
        before = [record_from_json(kind, raw) for raw in first.values() if raw is not None]
        docket_store.put_back(session, kind, before)
        added = [key for key, raw in first.items() if raw is None]
        docket_store.take_out(session, kind, added)
        if kind is Kind.INVOICE:
            _close_conflicts(session, added)
        counts[kind.value] = len(first)
    session.execute(delete(_CHANGE).where(_CHANGE.c.import_id == import_id))
    session.execute(update(_RUN).where(_RUN.c.id == import_id).values(state="UNDONE"))
    return counts


def heads(
    session: Session, kind: Kind, numbers: Collection[str]
) -> dict[str, list[tuple[str, str, Cents]]]:
    """Return (id, client's id, amount) of the records of a kind by number."""
    model, amount = _NUMBERED[kind]
    columns = ("number", "docket_id", "client_docket_id", amount)
    wanted = statements.select(model, columns=columns, among="number", order=("id",))
    found: dict[str, list[tuple[str, str, Cents]]] = defaultdict(list)
    for some in in_parts(sorted(numbers)):
        for row in session.execute(wanted, {statements.AMONG: some}):
            found[row[0]].append((row[1], row[2], row[3]))
    return found


def open_amounts(session: Session, numbers: Collection[str]) -> dict[str, Cents]:
    """Return what payments and credits leave of invoices, by number; 0 of a voided one."""
    invoice = table_of(docket.InvoiceTable)
    found: dict[str, Cents] = {}
    for some in in_parts(sorted(numbers)):
        wanted = select(
            invoice.c.number, invoice.c.docket_id, invoice.c.total_cents, invoice.c.voided_at
        ).where(invoice.c.number.in_(some))
        rows = list(session.execute(wanted))
        paid = _applied(session, [row.docket_id for row in rows])
        for row in rows:
            left = 0 if row.voided_at else row.total_cents - paid.get(row.docket_id, 0)
            found[row.number] = found.get(row.number, 0) + left
    return found


def _applied(session: Session, ids: Sequence[str]) -> dict[str, Cents]:
    found: dict[str, Cents] = defaultdict(int)
    for part, owner, whole in (
        (docket.PaymentAllocationTable, "payment_docket_id", docket.PaymentTable),
        (docket.CreditAllocationTable, "credit_docket_id", docket.CreditTable),
    ):
        rows, owners = table_of(part), table_of(whole)
        wanted = (
            select(rows.c.invoice_docket_id, func.sum(rows.c.amount_cents))
            .join(owners, owners.c.docket_id == rows.c[owner])
            .where(rows.c.invoice_docket_id.in_(ids))
            .where(owners.c.voided_at.is_(None), owners.c.deleted_at.is_(None))
            .group_by(rows.c.invoice_docket_id)
        )
        if whole is docket.PaymentTable:
            wanted = wanted.where(owners.c.status != "returned")
        for key, amount in session.execute(wanted):
            found[key] += int(amount)
    return found


def _close_conflicts(session: Session, invoice_ids: Sequence[str]) -> None:
    conflict = table_of(ConflictTable)
    for some in in_parts(invoice_ids):
        session.execute(
            update(conflict)
            .where(conflict.c.invoice_docket_id.in_(some), conflict.c.closed_at.is_(None))
            .values(closed_at=now(session))
        )


def _import_from(row: Row[Any]) -> ImportRow:
    return ImportRow(
        id=row.id,
        state=row.state,
        actor=row.actor,
        started_at=row.started_at,
        ended_at=row.ended_at,
        files=row.files,
        counts=row.counts,
        findings=row.findings,
    )


def file_json(name: str, kind: str, profile: str, written_at: datetime, sha256: str) -> JsonObject:
    """One file as the log keeps it."""
    return {
        "name": name,
        "kind": kind,
        "profile": profile,
        "written_at": iso(written_at),
        "sha256": sha256,
    }
