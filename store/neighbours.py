"""Which payments and refunds belong to some invoices."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Column, select
from sqlmodel import Session

from store.tables import docket, table_of
from store.upsert import in_parts

_REFUND = table_of(docket.RefundTable)
_ALLOCATION = table_of(docket.PaymentAllocationTable)


def payments_of(session: Session, invoice_ids: Collection[str]) -> set[str]:
    """Return the ids of the payments with an allocation to one of these invoices."""
    return _ids(session, _ALLOCATION.c.payment_docket_id, "invoice_docket_id", invoice_ids)


def refunds_of(session: Session, invoice_ids: Collection[str]) -> set[str]:
    """Return the ids of the refunds of one of these invoices."""
    return _ids(session, _REFUND.c.docket_id, "invoice_docket_id", invoice_ids)


def _ids(session: Session, column: Column[Any], by: str, values: Iterable[str]) -> set[Any]:
    """The values of `column` in the rows of its table whose `by` is one of `values`."""
    found: set[Any] = set()
    for some in in_parts(sorted(values)):
        wanted = select(column).where(column.table.c[by].in_(some))
        found |= set(session.execute(wanted).scalars())
    return found
