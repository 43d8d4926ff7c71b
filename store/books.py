"""The books as the cache knows them: both sides, the links and the choices between them.

These are the read models that preflight and plan work on. They are plain frozen
values, loaded in one go (`store.load`), so that deciding needs no database, no
clock and no network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import overload

from core.jsonio import JsonObject, loads
from core.money import Cents
from core.records import Client, Credit, Invoice, Payment, Product, Refund
from store.states import InvoiceStatus, LinkOrigin, PostingState


@dataclass(frozen=True, slots=True)
class Company:
    """One QBO company as its CompanyInfo and Preferences describe it."""

    realm_id: str
    name: str
    country: str
    currency: str
    time_zone: str
    subscription: str
    live: bool
    """True for a real company, False for the practice company or Intuit's sandbox."""
    birth_id: str
    """Changes when a practice company is reset; empty for a real one."""
    start_date: date | None
    """Invoices before it are matched and linked, never posted; None: not chosen yet."""
    books_closed_on: date | None
    custom_numbers: bool
    """CustomTxnNumbers: our DocNumber is kept; else QBO numbers by itself."""
    uses_sales_tax: bool
    automated_tax: bool
    auto_apply_credit: bool
    multicurrency: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A Customer, Vendor or Employee; QBO keeps one list of names over the three."""

    entity: str
    qbo_id: str
    name: str
    key: str
    """`core.text.name_key` of the name without a "(deleted)" suffix."""
    active: bool
    email: str = ""
    phone: str = ""
    address: str = ""
    parent_id: str | None = None
    taxable: bool = True
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A product/service in QuickBooks; `kind` is its Type (Service, Category, …)."""

    qbo_id: str
    name: str
    full_name: str
    key: str
    kind: str
    active: bool
    taxable: bool
    income_account: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a short QBO list: Account, Term, PaymentMethod, TaxCode, Class, Department."""

    entity: str
    qbo_id: str
    name: str
    key: str
    active: bool
    body: JsonObject = field(hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Applied:
    """One LinkedTxn: what a Payment line pays, or what an Invoice is paid by."""

    entity: str
    qbo_id: str
    amount: Cents


class ReadLater:
    """A field given as JSON or as its text, which is parsed when it is first asked for.

    The checks of 100,000 invoices look at a handful of bodies; parsing all of them takes
    four times as long as everything else that is loaded.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, holder: None, owner: type) -> ReadLater: ...

    @overload
    def __get__(self, holder: object, owner: type) -> JsonObject: ...

    def __get__(self, holder: object | None, owner: type) -> JsonObject | ReadLater:
        if holder is None:
            return self
        held: JsonObject | str = vars(holder)[self._name]
        if not isinstance(held, str):
            return held
        body: JsonObject = loads(held)
        vars(holder)[self._name] = body
        return body

    def __set__(self, holder: object, value: JsonObject | str) -> None:
        vars(holder)[self._name] = value


@dataclass(frozen=True)
class Document:
    """A transaction in QuickBooks: an invoice, a payment, a bank deposit, ….

    `number` is DocNumber, or PaymentRefNum for a Payment. `removed` is "" or
    "Voided" or "Deleted".
    """

    entity: str
    qbo_id: str
    sync_token: str
    number: str
    customer_id: str
    txn_date: date
    total: Cents
    tax: Cents
    balance: Cents
    """Open balance; for a Payment its UnappliedAmt, for a CreditMemo its RemainingCredit."""
    note: str
    removed: str
    applied: tuple[Applied, ...]
    body: ReadLater = field(default=ReadLater(), hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A Docket record and its QBO record, by Id; made once, never guessed by name again."""

    kind: str
    docket_id: str
    entity: str
    qbo_id: str
    origin: LinkOrigin
    sync_token: str
    fingerprint: str
    """Of the Docket record as it was when posted; differs = changed since."""
    linked_at: datetime
    total: Cents | None = None
    """For an invoice: Docket's total when it was posted or linked; None: not kept."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a link keeps of the moment of posting."""

    snapshot: JsonObject | None
    """The Docket record as it was; None: not kept."""
    body: JsonObject | None
    """What was sent to QuickBooks; None for a document that was there already."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's lasting decision ("mapping"): this product is that item.

    `kind` is client, product, payment_method, term, invoice …; `key` is the Docket
    id, or the name key where Docket knows only a name. `action` is `use` (with
    `entity` and `qbo_id`), `create` (as `name`) or `link` (an invoice that is
    already there).
    """

    kind: str
    key: str
    action: str
    entity: str = ""
    qbo_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """The newest posting of one Docket record and operation, as preflight needs it."""

    id: int
    kind: str
    docket_id: str
    invoice_id: str
    entity: str
    operation: str
    generation: int
    state: PostingState
    reason: str
    """Why it is on HOLD or REJECTED, in plain words."""
    fault_code: str
    qbo_id: str
    run_id: int


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """A Docket invoice with everything of Docket's that hangs on it."""

    invoice: Invoice
    payments: tuple[Payment, ...]
    """Those with an allocation to this invoice, oldest first, voided and deleted included."""
    refunds: tuple[Refund, ...]
    excluded: bool
    excluded_reason: str
    status: InvoiceStatus


@dataclass(frozen=True, slots=True)
class Forms:
    """What the company's sales forms carry, by its Preferences."""

    discounts: bool = True
    class_on_invoice: bool = False
    class_on_line: bool = False
    locations: bool = False
    custom_fields: Mapping[str, str] = field(default_factory=dict)
    """Names of the custom fields that are switched on, by their number."""


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that preflight and plan may look at."""

    company: Company
    settings: Mapping[str, str]
    clients: Mapping[str, Client]
    products: Mapping[str, Product]
    invoices: Mapping[str, InvoiceFile]
    """By Docket id."""
    credits: Mapping[str, Credit]
    names: tuple[Name, ...]
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    documents: Mapping[tuple[str, str], Document]
    """By (entity, qbo_id), removed ones included."""
    links: Mapping[tuple[str, str], Link]
    """By (kind, docket_id)."""
    choices: Mapping[tuple[str, str], Choice]
    """By (kind, key)."""
    postings: Mapping[tuple[str, str], tuple[Posted, ...]]
    """By (kind, docket_id), oldest first."""
    past: Mapping[tuple[str, str], Past] = field(default_factory=dict)
    """By (kind, docket_id), of the linked records that were asked for."""
    forms: Forms = field(default_factory=lambda: Forms())
    """What the company's sales forms carry."""
    loose: Mapping[str, Payment] = field(default_factory=dict)
    """Payments on no invoice that stands, by Docket id."""
    lost_refunds: Mapping[str, Refund] = field(default_factory=dict)
    """Refunds of no invoice that stands, by Docket id."""
