"""Read models for one record: an invoice with everything around it; and all a screen asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
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
from store.posting_views import (
    JournalFilter,
    PostingView,
    journal_count,
    journal_page,
    posting_views,
)
from store.runs import all_runs
from store.states import InvoiceStatus
from store.statuses import ConflictRow, open_conflicts
from store.tables import table_of
from store.tables.work import AuditTable, LinkTable

_LINK = table_of(LinkTable)
_AUDIT = table_of(AuditTable)


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
            postings=tuple(posting_views(session, JournalFilter(invoice_id=docket_id), 0, 1000)),
            conflicts=tuple(open_conflicts(session, [docket_id])),
            history=tuple(_history(session, [f"{kind}:{key}" for kind, key in own])),
        )


def runs(cache: Cache, limit: int = 100) -> list[RunRow]:
    """Return the newest runs, newest first."""
    with cache.read() as session:
        return all_runs(session, limit)


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
