"""Which kinds of export there are, which fields each may carry, and what columns call them.

The names of columns are those of Docket's screens and reports as far as its help pages
show them, and what other field-service programs and spreadsheets use. A name that fits
several fields of a kind stands with the likeliest one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What one row of an export is."""

    CLIENTS = "clients"
    PRODUCTS = "products"
    INVOICES = "invoices"
    LINES = "lines"
    PAYMENTS = "payments"
    REFUNDS = "refunds"
    CREDITS = "credits"
    AGEING = "ageing"


class Form(StrEnum):
    """What a value of a field looks like."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"
    FLAG = "flag"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an export."""

    name: str
    form: Form
    words: tuple[str, ...]
    """What columns call it, folded: lower case, blanks for punctuation, `#` as `number`."""
    needed: bool = False


COMPONENTS = 5
"""Parts of a tax, such as the state's and the county's, that may have columns of their own."""


def _fields(*rows: str) -> dict[str, Field]:
    """Read `name form words…` rows; words are apart by commas, a `!` behind the form is a must."""
    found = {}
    for row in rows:
        name, form, words = row.split(" ", 2)
        needed = form.endswith("!")
        synonyms = (name.replace("_", " "), *(word.strip() for word in words.split(",")))
        found[name] = Field(name, Form(form.rstrip("!")), tuple(synonyms), needed)
    return found


_CLIENT = _fields(
    "client_id text customer id, account id, client uuid",
    "client_display_id text display id, client display id, client number, customer number, "
    "account number",
    "client_name text client, customer, customer name, bill to, account, account name, company, "
    "company name, client company, customer company, name",
    "client_email text email, customer email, client email address, email address",
)
_PLACE = _fields(
    "service_address_id text site id, location id, job site id",
    "service_address_name text site, site name, job site, job site name, location, location name, "
    "service location",
    "service_address_line1 text service address, site address, job address, job site address, "
    "location address, delivery address, ship to, shipping address, service street, site street, "
    "service address 1",
    "service_address_line2 text service address 2, site address 2, service unit, site unit",
    "service_address_city text service city, site city, job city, location city, delivery city, "
    "shipping city",
    "service_address_state text service state, site state, job state, location state, "
    "delivery state, shipping state",
    "service_address_postal_code text service zip, site zip, job zip, location zip, delivery zip, "
    "shipping zip, service address zip, service zip code, site zip code, service postal code, "
    "site postal code",
)
_BY_HEADER = ("state tax, state sales tax", "county tax", "city tax", "district tax, local tax", "")
"""Columns that are parts of the tax by their own names."""


def _component(number: int, words: str) -> dict[str, Field]:
    """The columns of one part of the tax."""
    return _fields(
        f"tax_{number}_name text tax name {number}, tax {number} label",
        f"tax_{number}_agency text tax agency {number}",
        f"tax_{number}_rate number tax rate {number}, tax {number} percent",
        f"tax_{number}_base money tax {number} taxable, taxable amount {number}, tax base {number}",
        f"tax_{number}_amount money tax {number}, tax amount {number}{words and ', ' + words}",
    )


_COMPONENTS = {
    name: field
    for number, words in enumerate(_BY_HEADER, start=1)
    for name, field in _component(number, words).items()
}
_END = _fields(
    "voided_at instant void date, voided on, voided, date voided",
    "updated_at instant last updated, modified, last modified, updated, updated on, date modified",
)
_HEAD = {
    **_fields(
        "id text invoice id, docket id, docket invoice id, invoice uuid",
        "number text! invoice number, invoice, invoice no, inv number, inv no, inv, document "
        "number, doc number",
        "issued_on day date, invoice date, issue date, issued, date issued, date created, created, "
        "created at, billing date, transaction date",
        "due_on day due date, due, payment due, date due",
        "terms_days whole terms, payment terms, net days, days until due, net terms",
        "po_number text po, purchase order, p o number, customer po, purchase order number",
        "memo text notes, note, message, summary of work, customer message, comments",
        "currency text currency code",
        "subtotal money sub total, net amount, net, amount before tax, pre tax total, net total",
        "discount money discount amount, total discount, discounts",
        "discount_percent number discount percent, discount rate",
        "tax money sales tax, tax amount, total tax, tax total, taxes",
        "total money invoice total, total amount, amount, grand total, invoice amount, amount due "
        "total, gross, total due, total inc tax",
        "balance money balance due, amount due, open balance, outstanding, remaining, unpaid, "
        "open amount",
        "status text invoice status, state, payment status",
        "void_reason text reason voided, reason for void",
        "qbo_synced_at instant quickbooks synced, synced to quickbooks, qbo synced, "
        "quickbooks sync date",
        "tax_name text tax group, tax rate name, tax label",
        "tax_agency text agency, agency name",
        "tax_rate number tax percent, sales tax rate",
    ),
    **_PLACE,
    **_COMPONENTS,
    **_CLIENT,
    **_END,
}
_LINE = _fields(
    "line_id text item id, line item id",
    "product_id text product uuid, template id",
    "sku text item code, product code, item sku, code",
    "line_name text! line item, line item name, item, item name, product, product name, service, "
    "product service, charge",
    "line_description text description, item description, details, line item description",
    "quantity number qty, units, count",
    "unit_price number price, rate, unit cost, price each, each",
    "line_amount money line total, item total, extended, extended price, line item total, "
    "item amount, amount",
    "line_taxable flag taxable, tax applied, is taxable",
    "line_tax money item tax, tax on line, line tax amount",
    "line_tax_name text item tax name, line tax code, tax code",
    "line_tax_rate number item tax rate, line tax percent",
    "service_date day date of service, task date, delivery date, job date, performed on",
)
_HEAD_OF_LINES = {
    **_HEAD,
    # On a row for a line, an amount without more words is the line's.
    **_fields("total money invoice total, total amount, grand total, invoice amount, total due"),
}
_APPLIED = _fields(
    "invoice_number text invoice, invoice no, inv number, applied to, applied to invoice, "
    "for invoice",
    "invoice_id text docket invoice id, invoice uuid",
)
FIELDS: Mapping[FileKind, Mapping[str, Field]] = {
    FileKind.CLIENTS: {
        **_fields(
            "id text client id, customer id, account id, client uuid",
            "display_id text client number, customer number, account number, client display id",
            "company_name text company, business name, organization, organisation",
            "name text client, client name, customer, customer name, full name, display name, "
            "account name",
            "first_name text first, given name, contact first name",
            "last_name text last, surname, family name, contact last name",
            "email text email address, e mail, billing email, contact email",
            "phone text phone number, telephone, mobile, cell, main phone",
            "line1 text address, street, address 1, address line 1, billing address, "
            "billing street, street address, billing address line 1",
            "line2 text address 2, address line 2, unit, suite, billing address line 2",
            "city text town, billing city",
            "state text province, billing state, state province, region",
            "postal_code text zip, zip code, postcode, billing zip, billing postal code",
            "client_type text type, customer type, category",
            "tax_exempt flag exempt, is tax exempt, exempt from tax",
            "updated_at instant last updated, modified, last modified, updated",
        ),
        **_PLACE,
    },
    FileKind.PRODUCTS: _fields(
        "id text product id, item id, template id",
        "name text! product name, item name, line item name, product, item, service, "
        "template name, product service",
        "sku text item code, code, product code, item number",
        "category text type, group, product category",
        "description text details, product description",
        "unit_price number! price, rate, client cost, unit cost, list price, default price, "
        "sales price",
        "taxable flag tax, is taxable",
        "updated_at instant last updated, modified, last modified, updated",
    ),
    FileKind.INVOICES: _HEAD,
    FileKind.LINES: {**_HEAD_OF_LINES, **_LINE},
    FileKind.PAYMENTS: {
        **_fields(
            "id text payment id, docket payment id, payment uuid, transaction id",
            "number text payment number, payment, receipt number, receipt, payment no",
            "received_on day! payment date, date, received, date received, paid on, date paid, "
            "transaction date, deposit date, posted on",
            "amount money! payment amount, amount paid, total, paid, amount received, "
            "total paid, payment total",
            "applied money applied amount, amount applied, allocated, applied to invoice amount",
            "method text payment method, payment type, type, tender, paid by, paid with",
            "reference text reference number, ref, ref number, check number, check, cheque "
            "number, transaction number, confirmation, authorization, auth code, confirmation "
            "number",
            "status text payment status, state",
        ),
        **_APPLIED,
        **_CLIENT,
        **_END,
    },
    FileKind.REFUNDS: {
        **_fields(
            "id text refund id, docket refund id",
            "number text refund number, refund, refund no",
            "refunded_on day! refund date, date, refunded, date refunded",
            "amount money! refund amount, amount refunded, total, refunded amount, refund total",
            "tax money tax refunded, sales tax, tax amount",
            "method text refund method, type, payment method",
            "reference text reference number, ref, check number",
            "reason text refund reason, notes, note, memo",
            "payment_number text payment, original payment, payment no",
            "payment_id text docket payment id",
            "line_name text line item, item, item name, product, product service",
            "line_amount money line total, item total, item amount",
            "line_taxable flag taxable",
            "sku text item code",
            "product_id text product uuid",
        ),
        **_APPLIED,
        **_CLIENT,
        **_END,
    },
    FileKind.CREDITS: {
        **_fields(
            "id text credit id, docket credit id",
            "number text credit number, credit memo number, credit, credit memo, credit no",
            "issued_on day! credit date, date, issued, date issued",
            "amount money! credit amount, total, credit total",
            "applied money applied amount, amount applied, allocated",
            "kind text credit type, type, credit kind",
            "method text payment method, tender, paid by",
            "reason text credit reason, notes, note, memo",
        ),
        **_APPLIED,
        **_CLIENT,
        **_END,
    },
    FileKind.AGEING: {
        **_fields(
            "number text! invoice number, invoice, invoice no, inv number",
            "balance money balance due, amount due, open balance, outstanding, total, "
            "open amount, total due",
            "bucket_1 money 0 30, 0 30 days, current, 1 30, 1 30 days",
            "bucket_2 money 31 60, 31 60 days",
            "bucket_3 money 61 90, 61 90 days",
            "bucket_4 money 90, 90 days, over 90, 91, older, 91 days, 90 plus",
        ),
        **_CLIENT,
    },
}

FILE_WORDS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.CLIENTS: ("client", "customer"),
    FileKind.PRODUCTS: ("product", "price", "template", "matrix", "services"),
    FileKind.INVOICES: ("invoice",),
    FileKind.LINES: ("line", "item", "detail"),
    FileKind.PAYMENTS: ("payment", "receipt"),
    FileKind.REFUNDS: ("refund",),
    FileKind.CREDITS: ("credit",),
    FileKind.AGEING: ("aging", "ageing", "receivable"),
}
"""Words in the name of a file or in the titles above its table that tell its kind."""

TELLING: Mapping[FileKind, tuple[frozenset[str], ...]] = {
    FileKind.CLIENTS: (frozenset({"name", "company_name", "first_name", "last_name"}),),
    FileKind.PRODUCTS: (frozenset({"name"}), frozenset({"unit_price"})),
    FileKind.INVOICES: (frozenset({"number"}), frozenset({"total", "subtotal"})),
    FileKind.LINES: (frozenset({"number"}), frozenset({"line_name", "line_description"})),
    FileKind.PAYMENTS: (frozenset({"received_on"}), frozenset({"amount"})),
    FileKind.REFUNDS: (frozenset({"refunded_on"}), frozenset({"amount"})),
    FileKind.CREDITS: (frozenset({"issued_on"}), frozenset({"amount"})),
    FileKind.AGEING: (
        frozenset({"number"}),
        frozenset({"balance", "bucket_1"}),
    ),
}
"""Of each set at least one field has a column, else the file is not of that kind."""
