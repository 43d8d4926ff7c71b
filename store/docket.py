"""Writes what was pulled from Docket: pages of records, and where the next pull begins.

A page and its cursor go into one transaction, so a pull that dies goes on where it
was. Nothing is deleted: what Docket deleted keeps its row with `deleted_at`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, Update, bindparam, func, select, update
from sqlmodel import Session, SQLModel

from core.records import Client, Credit, Invoice, Kind, Page, Payment, Product, Record, Refund
from core.text import name_key
from store import rows, statements
from store.search_index import added_at_once
from store.session import now
from store.states import InvoiceStatus
from store.tables import docket, table_of
from store.tables.work import CursorTable
from store.upsert import delete_where, in_parts, insert_all, upsert

R = TypeVar("R", Client, Product, Invoice, Payment, Refund, Credit)

MANY = 200
"""Invoices of a page from which on their words are indexed together."""

_TABLES: dict[Kind, type[SQLModel]] = {
    Kind.CLIENT: docket.ClientTable,
    Kind.PRODUCT: docket.ProductTable,
    Kind.INVOICE: docket.InvoiceTable,
    Kind.PAYMENT: docket.PaymentTable,
    Kind.REFUND: docket.RefundTable,
    Kind.CREDIT: docket.CreditTable,
}

_PARTS: dict[Kind, tuple[tuple[type[SQLModel], str], ...]] = {
    Kind.CLIENT: ((docket.ServiceAddressTable, "client_docket_id"),),
    Kind.PRODUCT: (),
    Kind.INVOICE: (
        (docket.InvoiceLineTable, "invoice_docket_id"),
        (docket.TaxLineTable, "invoice_docket_id"),
    ),
    Kind.PAYMENT: ((docket.PaymentAllocationTable, "payment_docket_id"),),
    Kind.REFUND: ((docket.RefundLineTable, "refund_docket_id"),),
    Kind.CREDIT: ((docket.CreditAllocationTable, "credit_docket_id"),),
}


def save_page(session: Session, page: Page) -> int:
    """Store one page of changes.

    A record older than the one in the cache is left out, so pages may come twice and
    in any order.

    Returns:
        How many records are new, changed or deleted.
    """
    ids = [record.id for record in page.records]
    ids += [tombstone.id for tombstone in page.tombstones]
    known: dict[str, tuple[datetime, datetime | None]] = {}
    for some in in_parts(ids):
        found = session.execute(
            statements.select(
                _TABLES[page.kind],
                columns=("docket_id", "updated_at", "deleted_at"),
                among="docket_id",
            ),
            {statements.AMONG: some},
        )
        known.update({row[0]: (row[1], row[2]) for row in found})
    newest = {record.id: record for record in page.records if _is_newer(record, known)}
    _SAVERS[page.kind](session, list(newest.values()))
    changed = sum(
        known.get(record.id) != (record.updated_at, record.deleted_at) for record in newest.values()
    )
    return changed + _bury(session, page, known)


def put_back(session: Session, kind: Kind, records: Sequence[Record]) -> None:
    """Make records what they were, however old that is; an import is taken back."""
    for some in in_parts(records):
        _SAVERS[kind](session, list(some))


def take_out(session: Session, kind: Kind, ids: Sequence[str]) -> None:
    """Remove records as if they had never come: an import is taken back."""
    for part, owner in _PARTS[kind]:
        delete_where(session, part, owner, ids)
    delete_where(session, _TABLES[kind], "docket_id", ids)


def oldest_open_day(session: Session) -> date | None:
    """Return the issue date of the oldest invoice that still has something to do."""
    day = session.execute(_oldest_open_day()).scalar()
    return day if isinstance(day, date) else None


@cache
def _oldest_open_day() -> Select[Any]:
    table = table_of(docket.InvoiceTable)
    done = [str(InvoiceStatus.SYNCED), str(InvoiceStatus.EXCLUDED)]
    return select(func.min(table.c.issued_on)).where(
        table.c.status.not_in(done), table.c.deleted_at.is_(None), table.c.voided_at.is_(None)
    )


def get_cursor(session: Session, source: str, name: str) -> str | None:
    """Return where the next pull begins; None if there was none, or it was dropped."""
    found = statements.select(CursorTable, ("source", "name"), columns=("value",))
    value = session.execute(found, {"source": source, "name": name}).scalar()
    return str(value) if value else None


def get_cursors(session: Session, source: str) -> dict[str, str]:
    """Return where each next pull from a source begins, by name; without the dropped ones."""
    found = statements.select(CursorTable, ("source",), columns=("name", "value"))
    return {row[0]: row[1] for row in session.execute(found, {"source": source}) if row[1]}


def save_cursor(session: Session, source: str, name: str, value: str) -> None:
    """Keep where the next pull begins; an empty text starts over."""
    upsert(
        session,
        CursorTable,
        ["source", "name"],
        [{"source": source, "name": name, "value": value, "saved_at": now(session)}],
    )


def _is_newer(record: Record, known: dict[str, tuple[datetime, datetime | None]]) -> bool:
    before = known.get(record.id)
    return before is None or record.updated_at >= before[0]


def _bury(session: Session, page: Page, known: dict[str, tuple[datetime, datetime | None]]) -> int:
    """Mark what Docket deleted; a record that the cache never had leaves no trace."""
    table = table_of(_TABLES[page.kind])
    buried = [
        stone
        for stone in page.tombstones
        if stone.id in known and known[stone.id][1] != stone.deleted_at
    ]
    for stone in buried:
        session.execute(
            update(table).where(table.c.docket_id == stone.id).values(deleted_at=stone.deleted_at)
        )
    return len(buried)


def _save_clients(session: Session, clients: Sequence[Client]) -> None:
    upsert(session, docket.ClientTable, ["docket_id"], [rows.client_row(one) for one in clients])
    _replace(
        session,
        docket.ServiceAddressTable,
        "client_docket_id",
        clients,
        rows.service_address_rows,
    )
    if not clients:
        return
    session.execute(
        _rename_on_invoices(),
        [
            {"of": one.id, "name": one.customer_name, "key": name_key(one.customer_name)}
            for one in clients
        ],
    )


@cache
def _rename_on_invoices() -> Update:
    invoice = table_of(docket.InvoiceTable)
    return (
        update(invoice)
        .where(
            invoice.c.client_docket_id == bindparam("of"),
            invoice.c.client_name != bindparam("name"),
        )
        .values(client_name=bindparam("name"), client_key=bindparam("key"))
    )


def _save_products(session: Session, products: Sequence[Product]) -> None:
    upsert(session, docket.ProductTable, ["docket_id"], [rows.product_row(one) for one in products])


def _save_invoices(session: Session, invoices: Sequence[Invoice]) -> None:
    names = _client_names(session, sorted({one.client_id for one in invoices}))
    made = [
        rows.invoice_row(one, names.get(one.client_id, ""))
        | {"open_docket_cents": one.total}  # until preflight has worked it out
        for one in invoices
    ]
    many = len({one.id for one in invoices}) == len(invoices) >= MANY
    with added_at_once(session) if many else nullcontext():
        upsert(session, docket.InvoiceTable, ["docket_id"], made, keep=["open_docket_cents"])
    _replace(session, docket.InvoiceLineTable, "invoice_docket_id", invoices, rows.line_rows)
    _replace(session, docket.TaxLineTable, "invoice_docket_id", invoices, rows.tax_line_rows)


def _save_payments(session: Session, payments: Sequence[Payment]) -> None:
    upsert(session, docket.PaymentTable, ["docket_id"], [rows.payment_row(one) for one in payments])
    owner = "payment_docket_id"
    _replace(
        session,
        docket.PaymentAllocationTable,
        owner,
        payments,
        lambda one: rows.allocation_rows(one, owner),
    )


def _save_refunds(session: Session, refunds: Sequence[Refund]) -> None:
    upsert(session, docket.RefundTable, ["docket_id"], [rows.refund_row(one) for one in refunds])
    _replace(session, docket.RefundLineTable, "refund_docket_id", refunds, rows.refund_line_rows)


def _save_credits(session: Session, credits_: Sequence[Credit]) -> None:
    upsert(session, docket.CreditTable, ["docket_id"], [rows.credit_row(one) for one in credits_])
    owner = "credit_docket_id"
    _replace(
        session,
        docket.CreditAllocationTable,
        owner,
        credits_,
        lambda one: rows.allocation_rows(one, owner),
    )


_SAVERS: dict[Kind, Callable[[Session, list[Any]], None]] = {
    Kind.CLIENT: _save_clients,
    Kind.PRODUCT: _save_products,
    Kind.INVOICE: _save_invoices,
    Kind.PAYMENT: _save_payments,
    Kind.REFUND: _save_refunds,
    Kind.CREDIT: _save_credits,
}


def _replace(
    session: Session,
    part: type[SQLModel],
    owner: str,
    records: Sequence[R],
    part_rows: Callable[[R], list[rows.Values]],
) -> None:
    """Put a record's parts in the place of those it had."""
    delete_where(session, part, owner, {record.id for record in records})
    insert_all(session, part, [row for record in records for row in part_rows(record)])


def _client_names(session: Session, ids: Sequence[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    found = statements.select(docket.ClientTable, columns=("docket_id", "name"), among="docket_id")
    for some in in_parts(ids):
        rows_found = session.execute(found, {statements.AMONG: some})
        names.update({row[0]: row[1] for row in rows_found})
    return names
