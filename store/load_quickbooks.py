"""Loads QuickBooks' side from the mirror: lists of names, items and entries, and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlmodel import Session

from core.jsonio import JsonObject, loads
from store import statements
from store.books import Applied, Document, Entry, Item, Name
from store.mirror_rows import DOCUMENTS, NAMES
from store.tables import table_of
from store.tables.quickbooks import QboObjectTable
from store.upsert import in_parts

ITEM = "Item"
_TABLE = table_of(QboObjectTable)


def _those(*names: str) -> Select[Any]:
    """Return the columns of these names, and no others: each costs its share of a load."""
    whole = select(*(_TABLE.c[name] for name in ("entity", "qbo_id", *names, "body")))
    return whole.where(_TABLE.c.realm == bindparam("realm")).order_by(_TABLE.c.id)


_LISTS = _those("name", "full_name", "name_key", "active", "parent_id", "currency").where(
    _TABLE.c.entity.not_in(sorted(DOCUMENTS)), _TABLE.c.removed != "Deleted"
)
_OF_COMPANY = _those(
    *("sync_token", "number", "customer_id", "txn_date", "note", "removed", "applied"),
    *("total_cents", "tax_cents", "balance_cents"),
).where(_TABLE.c.entity.in_(sorted(DOCUMENTS)))
_THOSE = _OF_COMPANY.where(_TABLE.c.qbo_id.in_(bindparam(statements.AMONG, expanding=True)))


@dataclass(frozen=True, slots=True)
class Lists:
    """QuickBooks' lists, without deleted records."""

    names: tuple[Name, ...]
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]


def load_lists(session: Session, realm: str) -> Lists:
    """Return all names, items and entries of short lists."""
    names: list[Name] = []
    items: list[Item] = []
    entries: list[Entry] = []
    for row in session.execute(_LISTS, {"realm": realm}).all():
        body = loads(row.body)
        if row.entity in NAMES:
            names.append(_name_from(row, body))
        elif row.entity == ITEM:
            items.append(_item_from(row, body))
        else:
            entries.append(Entry(row.entity, row.qbo_id, row.name, row.name_key, row.active, body))
    return Lists(tuple(names), tuple(items), tuple(entries))


def load_documents(
    session: Session, realm: str, keys: Collection[tuple[str, str]] | None = None
) -> dict[tuple[str, str], Document]:
    """Return transactions by (entity, Id), removed ones included; all, or those named."""
    if keys is None:
        rows = list(session.execute(_OF_COMPANY, {"realm": realm}).all())
    else:
        rows = []
        for some in in_parts(sorted({qbo_id for _, qbo_id in keys})):
            rows += session.execute(_THOSE, {"realm": realm, statements.AMONG: some}).all()
        rows = [row for row in rows if (row.entity, row.qbo_id) in keys]
    paid = _paid_by(rows)
    return {(row.entity, row.qbo_id): document_from(row, paid) for row in rows}


def document_from(
    row: Row[Any], paid: Mapping[tuple[str, str, str, str], int] | None = None
) -> Document:
    """A transaction from its row; `paid` knows the amounts that payments apply."""
    known = paid or {}
    return Document(
        entity=row.entity,
        qbo_id=row.qbo_id,
        sync_token=row.sync_token,
        number=row.number,
        customer_id=row.customer_id,
        txn_date=row.txn_date,
        total=row.total_cents or 0,
        tax=row.tax_cents or 0,
        balance=row.balance_cents or 0,
        note=row.note,
        removed=row.removed,
        applied=tuple(
            Applied(entity, other, amount or known.get((row.entity, row.qbo_id, entity, other), 0))
            for entity, other, amount in row.applied
        ),
        body=row.body,
    )


def _paid_by(rows: list[Row[Any]]) -> dict[tuple[str, str, str, str], int]:
    """What each paying document applies, by (paid entity, Id, paying entity, Id)."""
    paid: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for row in rows:
        for entity, other, amount in row.applied:
            if amount:
                paid[(entity, other, row.entity, row.qbo_id)] += amount
    return paid


def _name_from(row: Row[Any], body: JsonObject) -> Name:
    address = body.get("BillAddr") or body.get("PrimaryAddr") or {}
    parts = [str(address.get(part) or "") for part in ("Line1", "Line2", "City", "PostalCode")]
    return Name(
        entity=row.entity,
        qbo_id=row.qbo_id,
        name=row.name,
        key=row.name_key,
        active=row.active,
        email=str((body.get("PrimaryEmailAddr") or {}).get("Address") or ""),
        phone=str((body.get("PrimaryPhone") or {}).get("FreeFormNumber") or ""),
        address=", ".join(part for part in parts if part),
        parent_id=row.parent_id or None,
        taxable=body.get("Taxable", True) is not False,
        currency=row.currency,
    )


def _item_from(row: Row[Any], body: JsonObject) -> Item:
    return Item(
        qbo_id=row.qbo_id,
        name=row.name,
        full_name=row.full_name,
        key=row.name_key,
        kind=str(body.get("Type") or ""),
        active=row.active,
        taxable=body.get("Taxable", False) is True,
        income_account=str((body.get("IncomeAccountRef") or {}).get("value") or ""),
    )
