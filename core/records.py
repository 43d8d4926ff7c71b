"""Docket's records as they cross the rooms: what a source yields, what the cache keeps.

Docket publishes no API, so the shape is ours (docs/docket-api.yaml); the names are
Docket's own. Amounts are cents, quantities and prices Decimal, dates are dates,
instants are aware UTC. Ids are text: whatever Docket or an export calls a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from core.money import Cents


class Kind(StrEnum):
    """The kinds of Docket record that are pulled."""

    CLIENT = "client"
    PRODUCT = "product"
    INVOICE = "invoice"
    PAYMENT = "payment"
    REFUND = "refund"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; parts that Docket does not know are empty."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """A place where a client has work done."""

    id: str
    name: str
    address: Address


@dataclass(frozen=True, slots=True)
class Client:
    """A Docket client: a company, or a person."""

    id: str
    display_id: str
    company_name: str
    first_name: str
    last_name: str
    email: str
    phone: str
    billing: Address
    service_addresses: tuple[ServiceAddress, ...]
    client_type: str
    tax_exempt: bool
    updated_at: datetime
    deleted_at: datetime | None = None

    @property
    def customer_name(self) -> str:
        """The name that QuickBooks gets: the company name, else first and last name."""
        return self.company_name.strip() or f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Product:
    """A line of the price book; its name becomes the name on invoices."""

    id: str
    name: str
    sku: str
    category: str
    description: str
    unit_price: Decimal
    taxable: bool
    updated_at: datetime
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line; `name` is the line item name, which may differ from the product's."""

    id: str
    product_id: str | None
    name: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    amount: Cents
    taxable: bool
    service_date: date | None = None


@dataclass(frozen=True, slots=True)
class TaxLine:
    """One component of the tax, such as the county's; `rate` in percent."""

    name: str
    agency: str
    rate: Decimal
    taxable_amount: Cents
    amount: Cents


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice. `total` = `subtotal` - `discount` + `tax`; all as Docket computed them.

    `qbo_synced_at` is when Docket's own sync last sent it to QuickBooks, as far as
    Docket remembers: None if never, or if somebody pressed "unsync" there.
    """

    id: str
    number: str
    client_id: str
    service_address_id: str | None
    issued_on: date
    due_on: date | None
    terms_days: int | None
    po_number: str
    memo: str
    currency: str
    lines: tuple[InvoiceLine, ...]
    tax_lines: tuple[TaxLine, ...]
    subtotal: Cents
    discount: Cents
    discount_percent: Decimal | None
    tax: Cents
    total: Cents
    updated_at: datetime
    voided_at: datetime | None = None
    void_reason: str = ""
    deleted_at: datetime | None = None
    qbo_synced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of a payment or credit that goes to one invoice."""

    invoice_id: str
    amount: Cents


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received. `status` is settled, pending (ACH under way) or returned."""

    id: str
    number: str
    client_id: str
    method: str
    reference: str
    received_on: date
    amount: Cents
    allocations: tuple[Allocation, ...]
    status: str
    updated_at: datetime
    voided_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefundLine:
    """What a refund is for; amounts before tax."""

    product_id: str | None
    name: str
    amount: Cents
    taxable: bool


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back, in full or in part; `amount` = sum of the lines + `tax`."""

    id: str
    number: str
    client_id: str
    invoice_id: str | None
    payment_id: str | None
    refunded_on: date
    method: str
    reference: str
    reason: str
    lines: tuple[RefundLine, ...]
    tax: Cents
    amount: Cents
    updated_at: datetime
    voided_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A client's credit (a prepayment, by method) or credit memo (goodwill, approved)."""

    id: str
    number: str
    client_id: str
    kind: str
    method: str
    issued_on: date
    amount: Cents
    allocations: tuple[Allocation, ...]
    reason: str
    updated_at: datetime
    voided_at: datetime | None = None
    deleted_at: datetime | None = None


Record: TypeAlias = Client | Product | Invoice | Payment | Refund | Credit
"""Any pulled record."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A record that Docket deleted; only its id is left."""

    id: str
    deleted_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of changes of one kind, oldest change first.

    `cursor` asks for what comes after this page, now or at the next pull; `more`
    says whether there already is more.
    """

    kind: Kind
    records: Sequence[Record]
    tombstones: Sequence[Tombstone] = field(default_factory=tuple)
    cursor: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """The Docket account behind a source."""

    id: str
    name: str
