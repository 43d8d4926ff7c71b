"""QuickBooks as this cache has seen it: connections, the company, a mirror of its records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.tables.base import Base, CentsColumn, DateColumn, InstantColumn, JsonColumn


class ConnectionTable(Base, table=True):
    """A way to Docket or to QuickBooks, and the account found at its end; no secrets."""

    __tablename__ = "connection"
    __table_args__ = (UniqueConstraint("kind", "address", "account_id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    """docket or qbo."""
    address: str
    account_id: str
    """Docket's account id, or the realm id."""
    account_name: str
    first_used_at: datetime = Field(sa_type=InstantColumn)
    last_used_at: datetime = Field(sa_type=InstantColumn)


class CompanyTable(Base, table=True):
    """The QBO company of this cache, and what its Preferences say that matters here."""

    __tablename__ = "company"

    id: int | None = Field(default=None, primary_key=True)
    realm_id: str = Field(unique=True)
    name: str
    country: str
    currency: str
    time_zone: str
    subscription: str
    live: bool
    birth_id: str
    start_date: date | None = Field(default=None, sa_type=DateColumn)
    books_closed_on: date | None = Field(default=None, sa_type=DateColumn)
    custom_numbers: bool
    uses_sales_tax: bool
    automated_tax: bool
    auto_apply_credit: bool
    multicurrency: bool
    info: Any = Field(default=None, sa_type=JsonColumn, nullable=True)
    """CompanyInfo as QBO sent it."""
    preferences: Any = Field(default=None, sa_type=JsonColumn, nullable=True)
    seen_at: datetime = Field(sa_type=InstantColumn)


class QboObjectTable(Base, table=True):
    """One QBO record as last seen: the columns that are looked up, and its whole body.

    `number` is DocNumber, or PaymentRefNum of a Payment. `balance_cents` is Balance,
    or UnappliedAmt of a Payment, or RemainingCredit of a CreditMemo. `applied` lists
    LinkedTxn as [entity, qbo_id, cents]. `removed` is empty, Voided or Deleted.
    """

    __tablename__ = "qbo_object"
    __table_args__ = (
        UniqueConstraint("realm", "entity", "qbo_id"),
        Index("ix_qbo_object_number", "entity", "number"),
        Index("ix_qbo_object_name_key", "name_key"),
        Index("ix_qbo_object_customer", "customer_id"),
        Index("ix_qbo_object_total", "entity", "total_cents"),
    )

    id: int | None = Field(default=None, primary_key=True)
    realm: str
    entity: str
    qbo_id: str
    sync_token: str
    name: str
    full_name: str
    name_key: str
    number: str
    customer_id: str
    parent_id: str
    txn_date: date | None = Field(default=None, sa_type=DateColumn)
    total_cents: int | None = Field(default=None, sa_type=CentsColumn)
    tax_cents: int | None = Field(default=None, sa_type=CentsColumn)
    balance_cents: int | None = Field(default=None, sa_type=CentsColumn)
    currency: str
    note: str
    active: bool
    removed: str
    applied: Any = Field(sa_type=JsonColumn)
    changed_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    """MetaData.LastUpdatedTime."""
    seen_at: datetime = Field(sa_type=InstantColumn)
    source: str
    body: str
    """The object as QBO sent it, as JSON text."""
    body_sha256: str


class ObservationTable(Base, table=True):
    """That a record looked like this at that time, and how it was seen; never changed."""

    __tablename__ = "observation"
    __table_args__ = (Index("ix_observation_object", "realm", "entity", "qbo_id"),)

    id: int | None = Field(default=None, primary_key=True)
    realm: str
    entity: str
    qbo_id: str
    sync_token: str
    removed: str
    body_sha256: str
    source: str
    """pull, cdc, query or answer."""
    seen_at: datetime = Field(sa_type=InstantColumn)
