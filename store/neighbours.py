"""What decides about some invoices: the records around them, on both sides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, select
from sqlmodel import Session

from store.mirror_rows import DOCUMENTS
from store.tables import docket, table_of
from store.tables.quickbooks import QboObjectTable
from store.tables.work import LinkTable
from store.upsert import in_parts

_INVOICE = table_of(docket.InvoiceTable)
_PAYMENT = table_of(docket.PaymentTable)
_ALLOCATION = table_of(docket.PaymentAllocationTable)
_REFUND = table_of(docket.RefundTable)
_OBJECT = table_of(QboObjectTable)
_LINK = table_of(LinkTable)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Ids of what belongs to some invoices or could be mixed up with it."""

    invoices: frozenset[str]
    payments: frozenset[str]
    refunds: frozenset[str]
    documents: frozenset[tuple[str, str]]


def neighbours_of(session: Session, realm: str, invoice_ids: Collection[str]) -> Neighbours:
    """Return what has to be known to decide about these invoices."""
    payments = payments_of(session, invoice_ids)
    shared = _ids(session, _ALLOCATION.c.invoice_docket_id, "payment_docket_id", payments)
    numbers = _ids(session, _INVOICE.c.number, "docket_id", invoice_ids)
    twins = _ids(session, _INVOICE.c.docket_id, "number", numbers)
    invoices = set(invoice_ids) | shared | twins
    payments |= payments_of(session, invoices)
    refunds = refunds_of(session, invoices)
    return Neighbours(
        invoices=frozenset(invoices),
        payments=frozenset(payments),
        refunds=frozenset(refunds),
        documents=frozenset(_documents(session, realm, invoices, payments, refunds)),
    )


def payments_of(session: Session, invoice_ids: Collection[str]) -> set[str]:
    """Return the ids of the payments with an allocation to one of these invoices."""
    return _ids(session, _ALLOCATION.c.payment_docket_id, "invoice_docket_id", invoice_ids)


def refunds_of(session: Session, invoice_ids: Collection[str]) -> set[str]:
    """Return the ids of the refunds of one of these invoices."""
    return _ids(session, _REFUND.c.docket_id, "invoice_docket_id", invoice_ids)


def _documents(
    session: Session, realm: str, invoices: set[str], payments: set[str], refunds: set[str]
) -> set[tuple[str, str]]:
    numbers = _ids(session, _INVOICE.c.number, "docket_id", invoices)
    numbers |= _ids(session, _PAYMENT.c.number, "docket_id", payments)
    numbers |= _ids(session, _PAYMENT.c.reference, "docket_id", payments)
    numbers |= _ids(session, _REFUND.c.number, "docket_id", refunds)
    totals = _ids(session, _INVOICE.c.total_cents, "docket_id", invoices)
    keys = _keys(session, realm, "number", numbers - {""})
    keys |= _keys(session, realm, "total_cents", totals)
    keys |= _linked(session, realm, invoices | payments | refunds)
    return keys | _applied(session, realm, keys)


def _linked(session: Session, realm: str, docket_ids: set[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for some in in_parts(sorted(docket_ids)):
        wanted = select(_LINK.c.entity, _LINK.c.qbo_id).where(
            _LINK.c.realm == realm, _LINK.c.docket_id.in_(some)
        )
        found |= {(row[0], row[1]) for row in session.execute(wanted)}
    return found


def _keys(session: Session, realm: str, column: str, values: Iterable[Any]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for some in in_parts(sorted(values)):
        wanted = select(_OBJECT.c.entity, _OBJECT.c.qbo_id).where(
            _OBJECT.c.realm == realm,
            _OBJECT.c.entity.in_(sorted(DOCUMENTS)),
            _OBJECT.c[column].in_(some),
        )
        found |= {(row[0], row[1]) for row in session.execute(wanted)}
    return found


def _applied(session: Session, realm: str, keys: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The documents that pay, or are paid by, those in `keys`."""
    found: set[tuple[str, str]] = set()
    for some in in_parts(sorted({qbo_id for _, qbo_id in keys})):
        wanted = select(_OBJECT.c.entity, _OBJECT.c.qbo_id, _OBJECT.c.applied).where(
            _OBJECT.c.realm == realm, _OBJECT.c.qbo_id.in_(some)
        )
        for entity, qbo_id, applied in session.execute(wanted):
            if (entity, qbo_id) in keys:
                found |= {(other, other_id) for other, other_id, _ in applied}
    return found


def _ids(session: Session, column: Column[Any], by: str, values: Iterable[str]) -> set[Any]:
    """The values of `column` in the rows of its table whose `by` is one of `values`."""
    found: set[Any] = set()
    for some in in_parts(sorted(values)):
        wanted = select(column).where(column.table.c[by].in_(some))
        found |= set(session.execute(wanted).scalars())
    return found
