"""Loads the books: everything that preflight and plan may look at, in one consistent view.

Whole tables are read through Core and put together in Python, which is some twenty
times as quick as asking the ORM record by record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Row
from sqlmodel import Session, SQLModel

from core.jsonio import loads
from core.records import Allocation, Client, Credit, Invoice, Payment, Product, Refund
from store import rows, statements, troubles
from store.books import Books, InvoiceFile, Link, Past, Posted
from store.cache import Cache
from store.choices import all_choices
from store.company import load_company, load_preferences
from store.forms import forms_of
from store.heap import no_collection
from store.links import LINK, link_from
from store.load_quickbooks import Lists, load_documents, load_lists
from store.settings import all_settings
from store.states import InvoiceStatus, PostingState
from store.tables import docket
from store.tables.work import LinkTable, PostingTable
from store.upsert import in_parts

T = TypeVar("T")


def load_books(
    cache: Cache, past_of: Callable[[Books], Iterable[tuple[str, str]]] | None = None
) -> Books:
    """Return the whole books.

    Args:
        cache: the open cache.
        past_of: names the linked records of which it must be known how they were when
            they were posted; the same view of the cache answers.

    Raises:
        StoreTrouble: nothing was refreshed yet, so there is no company.
    """
    with no_collection(), cache.read() as session:
        company = load_company(session)
        if company is None:
            raise troubles.nothing_fetched()
        lists: Lists = load_lists(session, company.realm_id)
        invoices, payments = load_invoices(session), load_payments(session)
        refunds = load_refunds(session)
        standing = {key for key, (one, _) in invoices.items() if _stands(one)}
        books = Books(
            company=company,
            settings=all_settings(session),
            clients=load_clients(session),
            products=load_products(session),
            invoices=_files(invoices, payments.values(), refunds.values()),
            loose={
                key: one
                for key, one in payments.items()
                if standing.isdisjoint(part.invoice_id for part in one.allocations)
            },
            lost_refunds={
                key: one for key, one in refunds.items() if one.invoice_id not in standing
            },
            credits=load_credits(session),
            names=lists.names,
            items=lists.items,
            entries=lists.entries,
            documents=load_documents(session, company.realm_id),
            links=load_links(session),
            forms=forms_of(load_preferences(session)),
            choices=all_choices(session),
            postings=_load_posted(session),
        )
        wanted = () if past_of is None else past_of(books)
        return replace(books, past=load_past(session, wanted))


def load_clients(session: Session, ids: Collection[str] | None = None) -> dict[str, Client]:
    """Return clients by Docket id; all, or those named."""
    owner = "client_docket_id"
    places = _parts(session, docket.ServiceAddressTable, owner, rows.service_address_from, ids)
    return {
        row.docket_id: rows.client_from(row, places.get(row.docket_id, ()))
        for row in _some(session, docket.ClientTable, "docket_id", ids)
    }


def load_products(session: Session) -> dict[str, Product]:
    """Return all products by Docket id."""
    found = session.execute(statements.select(docket.ProductTable, order=("id",)))
    return {row.docket_id: rows.product_from(row) for row in found}


def load_credits(session: Session) -> dict[str, Credit]:
    """Return all credits by Docket id."""
    found = session.execute(statements.select(docket.CreditTable, order=("id",))).all()
    if not found:
        return {}
    parts = _parts(session, docket.CreditAllocationTable, "credit_docket_id", rows.allocation_from)
    return {row.docket_id: rows.credit_from(row, parts.get(row.docket_id, ())) for row in found}


def load_links(session: Session) -> dict[tuple[str, str], Link]:
    """Return all links by (kind, Docket id)."""
    wanted = statements.select(LinkTable, columns=LINK, order=("id",))
    found = session.execute(wanted).all()
    return {(row.kind, row.docket_id): link_from(row) for row in found}


def load_past(session: Session, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Past]:
    """Return how linked records were when they were posted, by (kind, Docket id)."""
    wanted = frozenset(keys)
    found = statements.select(
        LinkTable, columns=("kind", "docket_id", "snapshot", "body"), among="docket_id"
    )
    past: dict[tuple[str, str], Past] = {}
    for some in in_parts(sorted({docket_id for _, docket_id in wanted})):
        for row in session.execute(found, {statements.AMONG: some}):
            if (row.kind, row.docket_id) in wanted:
                body = None if row.body is None else loads(row.body)
                past[row.kind, row.docket_id] = Past(row.snapshot, body)
    return past


def load_payments(session: Session, ids: Collection[str] | None = None) -> dict[str, Payment]:
    """Return payments by Docket id, oldest first; all, or those named."""
    owner = "payment_docket_id"
    parts: Mapping[str, Sequence[Allocation]] = _parts(
        session, docket.PaymentAllocationTable, owner, rows.allocation_from, ids
    )
    return {
        row.docket_id: rows.payment_from(row, parts.get(row.docket_id, ()))
        for row in _some(session, docket.PaymentTable, "docket_id", ids, "received_on")
    }


def load_refunds(session: Session, ids: Collection[str] | None = None) -> dict[str, Refund]:
    """Return refunds by Docket id, oldest first; all, or those named."""
    found = _some(session, docket.RefundTable, "docket_id", ids, "refunded_on")
    if not found:
        return {}
    parts = _parts(session, docket.RefundLineTable, "refund_docket_id", rows.refund_line_from, ids)
    return {row.docket_id: rows.refund_from(row, parts.get(row.docket_id, ())) for row in found}


def load_invoices(
    session: Session, ids: Collection[str] | None = None
) -> dict[str, tuple[Invoice, Row[Any]]]:
    """Return invoices by Docket id with their rows; all, or those named."""
    owner = "invoice_docket_id"
    lines = _parts(session, docket.InvoiceLineTable, owner, rows.line_from, ids)
    taxes = _parts(session, docket.TaxLineTable, owner, rows.tax_line_from, ids)
    return {
        row.docket_id: (
            rows.invoice_from(row, lines.get(row.docket_id, ()), taxes.get(row.docket_id, ())),
            row,
        )
        for row in _some(session, docket.InvoiceTable, "docket_id", ids)
    }


def posted_from(row: Row[Any]) -> Posted:
    """What preflight needs of a posting, from its row."""
    return Posted(
        id=row.id,
        kind=row.kind,
        docket_id=row.docket_id,
        invoice_id=row.invoice_docket_id,
        entity=row.entity,
        operation=row.operation,
        generation=row.generation,
        state=PostingState(row.state),
        reason=row.reason,
        fault_code=row.fault_code,
        qbo_id=row.qbo_id,
        run_id=row.run_id,
    )


def _stands(invoice: Invoice) -> bool:
    return invoice.voided_at is None and invoice.deleted_at is None


def _files(
    invoices: Mapping[str, tuple[Invoice, Row[Any]]],
    payments: Iterable[Payment],
    refunds: Iterable[Refund],
) -> dict[str, InvoiceFile]:
    paying: dict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        for invoice_id in dict.fromkeys(part.invoice_id for part in payment.allocations):
            paying[invoice_id].append(payment)
    given: dict[str, list[Refund]] = defaultdict(list)
    for refund in refunds:
        if refund.invoice_id is not None:
            given[refund.invoice_id].append(refund)
    return {
        docket_id: InvoiceFile(
            invoice=invoice,
            payments=tuple(paying.get(docket_id, ())),
            refunds=tuple(given.get(docket_id, ())),
            excluded=row.excluded_at is not None,
            excluded_reason=row.excluded_reason,
            status=InvoiceStatus(row.status),
        )
        for docket_id, (invoice, row) in invoices.items()
    }


_POSTED = (
    "id",
    "kind",
    "docket_id",
    "invoice_docket_id",
    "entity",
    "operation",
    "generation",
    "state",
    "reason",
    "fault_code",
    "qbo_id",
    "run_id",
)


def _load_posted(session: Session) -> dict[tuple[str, str], tuple[Posted, ...]]:
    wanted = statements.select(PostingTable, columns=_POSTED, order=("id",))
    found: dict[tuple[str, str], tuple[Posted, ...]] = {}
    for row in session.execute(wanted).all():
        key = (row.kind, row.docket_id)
        found[key] = (*found.get(key, ()), posted_from(row))
    return found


def _parts(
    session: Session,
    model: type[SQLModel],
    owner: str,
    build: Callable[[Row[Any]], T],
    ids: Collection[str] | None = None,
) -> dict[str, list[T]]:
    """Parts of records (lines, allocations) by their owner, in order."""
    found: dict[str, list[T]] = defaultdict(list)
    owner_of = attrgetter(owner)
    for row in _some(session, model, owner, ids, owner, "position"):
        found[owner_of(row)].append(build(row))
    return found


def _some(
    session: Session,
    model: type[SQLModel],
    column: str,
    ids: Collection[str] | None,
    *order: str,
) -> list[Row[Any]]:
    """Rows in order, all or those whose column holds one of `ids`."""
    if ids is None:
        return list(session.execute(statements.select(model, order=(*order, "id"))).all())
    wanted = statements.select(model, among=column, order=(*order, "id"))
    found: list[Row[Any]] = []
    for some in in_parts(sorted(ids)):
        found += session.execute(wanted, {statements.AMONG: some}).all()
    return found
