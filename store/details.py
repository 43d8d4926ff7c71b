"""Read models for one record: an invoice with everything around it, and the sync log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session

from core.clock import parse_instant
from core.jsonio import loads
from core.money import Cents
from core.records import Client, Invoice, Payment, Refund
from store.books import Document, Link
from store.cache import Cache
from store.company import load_company
from store.journal_rows import RunRow
from store.links import link_from
from store.load import load_clients, load_invoices, load_payments, load_refunds
from store.load_quickbooks import load_documents
from store.neighbours import payments_of, refunds_of
from store.runs import all_runs
from store.states import POSTING_WORDS, InvoiceStatus, LinkOrigin, PostingState
from store.statuses import ConflictRow, open_conflicts
from store.tables import table_of
from store.tables.work import AttemptTable, AuditTable, LinkTable, PostingTable
from store.upsert import in_parts

_POSTING = table_of(PostingTable)
_LINK = table_of(LinkTable)
_AUDIT = table_of(AuditTable)


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One call made for a posting."""

    phase: str
    started_at: datetime
    ended_at: datetime | None
    http_status: int | None
    fault_code: str
    fault_text: str
    intuit_tid: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PostingView:
    """One line of the sync log; `words` says the state for a person."""

    id: int
    run_id: int
    kind: str
    docket_id: str
    invoice_id: str
    entity: str
    operation: str
    generation: int
    label: str
    amount: Cents
    state: PostingState
    words: str
    qbo_id: str
    attempts: int
    request_id: str
    marker: str
    reason: str
    fault_code: str
    intuit_tid: str
    """Of the newest call; what Intuit's support asks for."""
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    next_try_at: datetime | None
    changed_at: datetime
    """Since when it is in this state."""
    calls: tuple[AttemptView, ...]


@dataclass(frozen=True, slots=True)
class AuditView:
    """One line of the audit log."""

    at: datetime
    actor: str
    action: str
    subject: str
    before: Any
    after: Any
    request_id: str


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    """An invoice on both sides, with what was done about it."""

    invoice: Invoice
    client: Client | None
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]
    status: InvoiceStatus
    reason_code: str
    reason: str
    open_docket: Cents
    open_qbo: Cents | None
    qbo_number: str
    last_synced: datetime | None
    excluded_reason: str
    links: tuple[Link, ...]
    """Of the invoice, its client, payments and refunds."""
    documents: tuple[Document, ...]
    """What QuickBooks holds of them, as last seen."""
    postings: tuple[PostingView, ...]
    conflicts: tuple[ConflictRow, ...]
    history: tuple[AuditView, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which postings; everything that is set has to hold."""

    states: Collection[PostingState] | None = None
    run_id: int | None = None
    invoice_id: str | None = None


class Records:
    """The read models of a cache, as the screens ask for them."""

    def __init__(self, cache: Cache) -> None:
        """Read this cache."""
        self._cache = cache

    def invoice(self, docket_id: str) -> InvoiceDetail | None:
        """An invoice with everything around it."""
        return invoice_detail(self._cache, docket_id)

    def journal(
        self, which: JournalFilter | None = None, offset: int = 0, limit: int = 100
    ) -> list[PostingView]:
        """A page of the sync log, newest first."""
        return journal_page(self._cache, which, offset, limit)

    def journal_count(self, which: JournalFilter | None = None) -> int:
        """How many postings fit."""
        return journal_count(self._cache, which)

    def runs(self, limit: int = 100) -> list[RunRow]:
        """The newest runs, newest first."""
        return runs(self._cache, limit)


def invoice_detail(cache: Cache, docket_id: str) -> InvoiceDetail | None:
    """Return an invoice with everything around it; None if there is none."""
    with cache.read() as session:
        found = load_invoices(session, [docket_id]).get(docket_id)
        if found is None:
            return None
        invoice, row = found
        payments = load_payments(session, payments_of(session, [docket_id]))
        refunds = load_refunds(session, refunds_of(session, [docket_id]))
        own = [("invoice", docket_id), ("client", invoice.client_id)]
        own += [("payment", one) for one in payments] + [("refund", one) for one in refunds]
        links = _links(session, own)
        return InvoiceDetail(
            invoice=invoice,
            client=load_clients(session, [invoice.client_id]).get(invoice.client_id),
            payments=tuple(payments.values()),
            refunds=tuple(refunds.values()),
            status=InvoiceStatus(row.status),
            reason_code=row.reason_code,
            reason=row.reason,
            open_docket=row.open_docket_cents,
            open_qbo=row.open_qbo_cents,
            qbo_number=row.qbo_number,
            last_synced=row.last_synced_at,
            excluded_reason=row.excluded_reason,
            links=tuple(links),
            documents=_documents(session, links),
            postings=tuple(_postings(session, JournalFilter(invoice_id=docket_id), 0, 1000)),
            conflicts=tuple(open_conflicts(session, [docket_id])),
            history=tuple(_history(session, [f"{kind}:{key}" for kind, key in own])),
        )


def journal_page(
    cache: Cache, which: JournalFilter | None = None, offset: int = 0, limit: int = 100
) -> list[PostingView]:
    """Return a page of the sync log, newest first."""
    with cache.read() as session:
        return _postings(session, which or JournalFilter(), offset, limit)


def journal_count(cache: Cache, which: JournalFilter | None = None) -> int:
    """Return how many postings fit."""
    with cache.read() as session:
        wanted = select(func.count()).select_from(_POSTING).where(*_fits(which or JournalFilter()))
        return int(session.execute(wanted).scalar_one())


def runs(cache: Cache, limit: int = 100) -> list[RunRow]:
    """Return the newest runs, newest first."""
    with cache.read() as session:
        return all_runs(session, limit)


def _fits(which: JournalFilter) -> list[Any]:
    conditions: list[Any] = []
    if which.states is not None:
        conditions.append(_POSTING.c.state.in_(sorted(str(state) for state in which.states)))
    if which.run_id is not None:
        conditions.append(_POSTING.c.run_id == which.run_id)
    if which.invoice_id is not None:
        conditions.append(_POSTING.c.invoice_docket_id == which.invoice_id)
    return conditions


def _postings(session: Session, which: JournalFilter, offset: int, limit: int) -> list[PostingView]:
    found = select(_POSTING).where(*_fits(which)).order_by(_POSTING.c.id.desc())
    rows = session.execute(found.limit(limit).offset(offset)).all()
    calls = _calls(session, [row.id for row in rows])
    adopted = _adopted(session, rows)
    return [
        _posting_view(row, calls.get(row.id, ()), adopted=(row.kind, row.docket_id) in adopted)
        for row in rows
    ]


def _posting_view(row: Row[Any], calls: Sequence[AttemptView], *, adopted: bool) -> PostingView:
    state = PostingState(row.state)
    was_there = adopted and state == PostingState.CONFIRMED
    return PostingView(
        id=row.id,
        run_id=row.run_id,
        kind=row.kind,
        docket_id=row.docket_id,
        invoice_id=row.invoice_docket_id,
        entity=row.entity,
        operation=row.operation,
        generation=row.generation,
        label=row.label,
        amount=row.amount_cents,
        state=state,
        words="linked (was already there)" if was_there else POSTING_WORDS[state],
        qbo_id=row.qbo_id,
        attempts=row.attempts,
        request_id=row.request_id,
        marker=row.marker,
        reason=row.reason,
        fault_code=row.fault_code,
        intuit_tid=next((call.intuit_tid for call in reversed(calls) if call.intuit_tid), ""),
        first_sent_at=row.first_sent_at,
        last_sent_at=row.last_sent_at,
        next_try_at=row.next_try_at,
        changed_at=row.changed_at,
        calls=tuple(calls),
    )


def _calls(session: Session, posting_ids: Sequence[int]) -> dict[int, list[AttemptView]]:
    table = table_of(AttemptTable)
    calls: dict[int, list[AttemptView]] = {}
    for some in in_parts(posting_ids):
        found = select(table).where(table.c.posting_id.in_(some)).order_by(table.c.id)
        for row in session.execute(found):
            calls.setdefault(row.posting_id, []).append(
                AttemptView(
                    phase=row.phase,
                    started_at=row.started_at,
                    ended_at=row.ended_at,
                    http_status=row.http_status,
                    fault_code=row.fault_code,
                    fault_text=row.fault_text,
                    intuit_tid=row.intuit_tid,
                    outcome=row.outcome,
                )
            )
    return calls


def _adopted(session: Session, rows: Sequence[Row[Any]]) -> set[tuple[str, str]]:
    """Which of these records are linked to something that somebody else made."""
    found: set[tuple[str, str]] = set()
    for some in in_parts(sorted({row.docket_id for row in rows})):
        wanted = select(_LINK.c.kind, _LINK.c.docket_id).where(
            _LINK.c.docket_id.in_(some), _LINK.c.origin == str(LinkOrigin.ADOPTED)
        )
        found |= {(row[0], row[1]) for row in session.execute(wanted)}
    return found


def _links(session: Session, own: Sequence[tuple[str, str]]) -> list[Link]:
    wanted = select(_LINK).where(_LINK.c.docket_id.in_([key for _, key in own]))
    found = session.execute(wanted.order_by(_LINK.c.id))
    return [link_from(row) for row in found if (row.kind, row.docket_id) in own]


def _documents(session: Session, links: Sequence[Link]) -> tuple[Document, ...]:
    company = load_company(session)
    if company is None:
        return ()
    keys = {(link.entity, link.qbo_id) for link in links}
    return tuple(load_documents(session, company.realm_id, keys).values())


def _history(session: Session, subjects: Sequence[str]) -> list[AuditView]:
    found = select(_AUDIT).where(_AUDIT.c.subject.in_(subjects)).order_by(_AUDIT.c.id)
    return [
        AuditView(
            at=parse_instant(row.at),
            actor=row.actor,
            action=row.action,
            subject=row.subject,
            before=loads(row.before),
            after=loads(row.after),
            request_id=row.request_id,
        )
        for row in session.execute(found)
    ]
