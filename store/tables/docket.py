"""Docket's records as they were pulled.

Docket's ids are text and unique in a cache. A record refers to another by that id
without a foreign key, because the kinds come in separate pages in any order; the
rows that are part of a record (lines, allocations) do have one.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, text
from sqlmodel import Field

from store.states import InvoiceStatus
from store.tables.base import Base, CentsColumn, DateColumn, DecimalColumn, InstantColumn


class ClientTable(Base, table=True):
    """A client."""

    __tablename__ = "client"
    __table_args__ = (Index("ix_client_name_key", "name_key"),)

    id: int | None = Field(default=None, primary_key=True)
    docket_id: str = Field(unique=True)
    display_id: str
    company_name: str
    first_name: str
    last_name: str
    name: str
    """The name that QuickBooks gets."""
    name_key: str
    email: str
    phone: str
    line1: str
    line2: str
    city: str
    state: str
    postal_code: str
    client_type: str
    tax_exempt: bool
    updated_at: datetime = Field(sa_type=InstantColumn)
    deleted_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class ServiceAddressTable(Base, table=True):
    """A place where a client has work done."""

    __tablename__ = "service_address"

    id: int | None = Field(default=None, primary_key=True)
    client_docket_id: str = Field(foreign_key="client.docket_id", index=True)
    position: int
    docket_id: str
    name: str
    line1: str
    line2: str
    city: str
    state: str
    postal_code: str


class ProductTable(Base, table=True):
    """A row of the price book."""

    __tablename__ = "product"
    __table_args__ = (Index("ix_product_name_key", "name_key"),)

    id: int | None = Field(default=None, primary_key=True)
    docket_id: str = Field(unique=True)
    name: str
    name_key: str
    sku: str
    category: str
    description: str
    unit_price: Decimal = Field(sa_type=DecimalColumn)
    taxable: bool
    updated_at: datetime = Field(sa_type=InstantColumn)
    deleted_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class InvoiceTable(Base, table=True):
    """An invoice, with what the list shows of it beside Docket's own fields.

    The second half is worked out by preflight and stored, so that the list is one
    indexed read, in whatever order. `number_key` sorts 999 before 1000; `search_text` holds
    folded what the search looks in (`store.search_index`), but the client's name, which has
    its own column.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        Index("ix_invoice_status_issued_on", "status", "issued_on", "id"),
        Index("ix_invoice_issued_on", "issued_on", "id"),
        Index("ix_invoice_number_key", "number_key", "id"),
        Index("ix_invoice_client_key", "client_key", "id"),
        Index("ix_invoice_total", "total_cents", "id"),
        Index("ix_invoice_open", "open_docket_cents", "id"),
        Index("ix_invoice_open_qbo", "open_qbo_cents", "id"),
        Index("ix_invoice_qbo_number", text("length(qbo_number)"), "qbo_number", "id"),
        Index("ix_invoice_last_synced", "last_synced_at", "id"),
        Index("ix_invoice_reason", "reason", "id"),
        Index("ix_invoice_client", "client_docket_id"),
        Index("ix_invoice_number", "number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    docket_id: str = Field(unique=True)
    number: str
    client_docket_id: str
    service_address_id: str | None = None
    issued_on: date = Field(sa_type=DateColumn)
    due_on: date | None = Field(default=None, sa_type=DateColumn)
    terms_days: int | None = None
    po_number: str
    memo: str
    currency: str
    subtotal_cents: int = Field(sa_type=CentsColumn)
    discount_cents: int = Field(sa_type=CentsColumn)
    discount_percent: Decimal | None = Field(default=None, sa_type=DecimalColumn)
    tax_cents: int = Field(sa_type=CentsColumn)
    total_cents: int = Field(sa_type=CentsColumn)
    updated_at: datetime = Field(sa_type=InstantColumn)
    voided_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    void_reason: str
    deleted_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    qbo_synced_at: datetime | None = Field(default=None, sa_type=InstantColumn)

    number_key: str
    client_name: str
    client_key: str
    search_text: str
    status: str = InvoiceStatus.PENDING
    reason_code: str = "new"
    reason: str = ""
    open_docket_cents: int = Field(sa_type=CentsColumn)
    open_qbo_cents: int | None = Field(default=None, sa_type=CentsColumn)
    paid_cents: int = Field(default=0, sa_type=CentsColumn)
    paid: bool = False
    qbo_id: str = ""
    qbo_number: str = ""
    last_synced_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    excluded_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    excluded_reason: str = ""


class InvoiceTallyTable(Base, table=True):
    """How many invoices there are of a kind, and what they come to; kept by `store.tally`."""

    __tablename__ = "invoice_tally"

    status: str = Field(primary_key=True)
    paid: bool = Field(primary_key=True)
    reason_code: str = Field(primary_key=True)
    count: int
    total_cents: int = Field(sa_type=CentsColumn)


class InvoiceLineTable(Base, table=True):
    """A line of an invoice."""

    __tablename__ = "invoice_line"

    id: int | None = Field(default=None, primary_key=True)
    invoice_docket_id: str = Field(foreign_key="invoice.docket_id", index=True)
    position: int
    docket_id: str
    product_id: str | None = Field(default=None, index=True)
    name: str
    description: str
    quantity: Decimal = Field(sa_type=DecimalColumn)
    unit_price: Decimal = Field(sa_type=DecimalColumn)
    amount_cents: int = Field(sa_type=CentsColumn)
    taxable: bool
    service_date: date | None = Field(default=None, sa_type=DateColumn)


class TaxLineTable(Base, table=True):
    """One component of an invoice's tax."""

    __tablename__ = "tax_line"

    id: int | None = Field(default=None, primary_key=True)
    invoice_docket_id: str = Field(foreign_key="invoice.docket_id", index=True)
    position: int
    name: str
    agency: str
    rate: Decimal = Field(sa_type=DecimalColumn)
    taxable_cents: int = Field(sa_type=CentsColumn)
    amount_cents: int = Field(sa_type=CentsColumn)


class PaymentTable(Base, table=True):
    """Money received; `currency` is empty where Docket does not say it: the company's."""

    __tablename__ = "payment"
    __table_args__ = (Index("ix_payment_reference", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    docket_id: str = Field(unique=True)
    number: str
    client_docket_id: str = Field(index=True)
    method: str
    reference: str
    received_on: date = Field(sa_type=DateColumn)
    amount_cents: int = Field(sa_type=CentsColumn)
    currency: str = ""
    status: str
    updated_at: datetime = Field(sa_type=InstantColumn)
    voided_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    deleted_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class PaymentAllocationTable(Base, table=True):
    """The part of a payment that goes to one invoice."""

    __tablename__ = "payment_allocation"

    id: int | None = Field(default=None, primary_key=True)
    payment_docket_id: str = Field(foreign_key="payment.docket_id", index=True)
    position: int
    invoice_docket_id: str = Field(index=True)
    amount_cents: int = Field(sa_type=CentsColumn)


class RefundTable(Base, table=True):
    """Money given back."""

    __tablename__ = "refund"

    id: int | None = Field(default=None, primary_key=True)
    docket_id: str = Field(unique=True)
    number: str
    client_docket_id: str = Field(index=True)
    invoice_docket_id: str | None = Field(default=None, index=True)
    payment_docket_id: str | None = Field(default=None, index=True)
    refunded_on: date = Field(sa_type=DateColumn)
    method: str
    reference: str
    reason: str
    tax_cents: int = Field(sa_type=CentsColumn)
    amount_cents: int = Field(sa_type=CentsColumn)
    currency: str = ""
    updated_at: datetime = Field(sa_type=InstantColumn)
    voided_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    deleted_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class RefundLineTable(Base, table=True):
    """What a refund is for."""

    __tablename__ = "refund_line"

    id: int | None = Field(default=None, primary_key=True)
    refund_docket_id: str = Field(foreign_key="refund.docket_id", index=True)
    position: int
    product_id: str | None = None
    name: str
    amount_cents: int = Field(sa_type=CentsColumn)
    taxable: bool


class CreditTable(Base, table=True):
    """A client's credit or credit memo."""

    __tablename__ = "credit"

    id: int | None = Field(default=None, primary_key=True)
    docket_id: str = Field(unique=True)
    number: str
    client_docket_id: str = Field(index=True)
    kind: str
    method: str
    issued_on: date = Field(sa_type=DateColumn)
    amount_cents: int = Field(sa_type=CentsColumn)
    currency: str = ""
    reason: str
    updated_at: datetime = Field(sa_type=InstantColumn)
    voided_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    deleted_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class CreditAllocationTable(Base, table=True):
    """The part of a credit that goes to one invoice."""

    __tablename__ = "credit_allocation"

    id: int | None = Field(default=None, primary_key=True)
    credit_docket_id: str = Field(foreign_key="credit.docket_id", index=True)
    position: int
    invoice_docket_id: str = Field(index=True)
    amount_cents: int = Field(sa_type=CentsColumn)
