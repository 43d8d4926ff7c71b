"""What the invoice itself must be: sums, number, date, currency, tax, a company that can write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.money import format_cents
from core.records import Client, Invoice
from core.text import display
from store.books import InvoiceFile, Name
from sync.checks.ground import EXCLUDE, OPEN, WAIT, Ground, finding, shown_date
from sync.index import number_key
from sync.shapes import ConflictKind, Finding

NUMBER_LIMIT = 21
"""Characters that QuickBooks keeps of a document number (fault 2050)."""

READ_ONLY = frozenset({"EXPIRED", "RESTRICTED", "SUSPENDED", "CANCELED", "CANCELLED"})
"""Subscriptions under which QuickBooks can be read but not written (fault 6190)."""


def sends_number(ground: Ground) -> bool:
    """Whether our number becomes QuickBooks' invoice number."""
    return ground.books.company.custom_numbers and ground.policy.numbering == "docket"


def check_sums(file: InvoiceFile) -> Iterator[Finding]:
    """Yield where Docket's own figures do not add up."""
    invoice = file.invoice
    about = ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}")
    lines = sum(line.amount for line in invoice.lines)
    net = invoice.subtotal - invoice.discount + invoice.tax
    taxes = sum(tax.amount for tax in invoice.tax_lines)
    wrong = ""
    if not invoice.lines:
        wrong = "it has no lines"
    elif lines != invoice.subtotal:
        wrong = (
            f"the lines make {format_cents(lines)}, the subtotal is"
            f" {format_cents(invoice.subtotal)}"
        )
    elif net != invoice.total:
        wrong = (
            f"subtotal less discount plus tax makes {format_cents(net)}, the total is"
            f" {format_cents(invoice.total)}"
        )
    elif invoice.tax_lines and taxes != invoice.tax:
        wrong = f"the taxes make {format_cents(taxes)}, the tax is {format_cents(invoice.tax)}"
    if wrong:
        words = f"Docket's figures do not add up: {wrong}. Correct it in Docket, then refresh."
        yield finding(ConflictKind.SUMS, about, words, (WAIT, EXCLUDE))
    if invoice.total < 0:
        yield finding(
            ConflictKind.NEGATIVE_TOTAL,
            about,
            f"The total is {format_cents(invoice.total)}. QuickBooks takes no invoice below"
            " zero; enter it there as a credit memo, and leave the invoice out.",
            (EXCLUDE, OPEN),
        )


def check_number(ground: Ground, invoice: Invoice) -> Iterator[Finding]:
    """Yield why Docket's number cannot be the number in QuickBooks."""
    shown = display(invoice.number.strip(), 30)
    about = ("invoice", invoice.id, f"invoice {shown}".strip())
    if sends_number(ground) and not 0 < len(invoice.number.strip()) <= NUMBER_LIMIT:
        words = (
            f"The number {shown} has {len(invoice.number.strip())} characters;"
            f" QuickBooks keeps {NUMBER_LIMIT}. Shorten it in Docket, then refresh."
            if shown
            else "The invoice has no number. Give it one in Docket, then refresh."
        )
        yield finding(ConflictKind.NUMBER_UNFIT, about, words, (WAIT, EXCLUDE))
    twins = ground.index.docket_numbers.get(number_key(invoice.number), ())
    if shown and len(twins) > 1:
        yield finding(
            ConflictKind.NUMBER_TWICE,
            about,
            f"{len(twins)} invoices in Docket have the number {shown}. Renumber one in Docket,"
            " or leave one out.",
            (WAIT, EXCLUDE),
        )


def check_company(ground: Ground) -> Iterator[Finding]:
    """Yield why nothing can be written to this company at all."""
    state = ground.books.company.subscription.upper()
    if state in READ_ONLY:
        yield finding(
            ConflictKind.SUBSCRIPTION,
            ("invoice", f"subscription:{state}", "the QuickBooks subscription"),
            f"The QuickBooks subscription of this company is {state.lower()}: it can be read,"
            " not written. Renew it at Intuit, then refresh.",
            (WAIT,),
        )


def check_day(ground: Ground, kind: str, day: date) -> Iterator[Finding]:
    """Yield why nothing can be posted on this day; `kind` is invoice, payment or refund."""
    company = ground.books.company
    if company.books_closed_on is not None and day <= company.books_closed_on:
        closed = shown_date(company.books_closed_on)
        yield finding(
            ConflictKind.CLOSED_BOOKS,
            ("invoice", f"closed:{closed}", f"the books are closed through {closed}"),
            f"The {kind} of {shown_date(day)} is in a closed period: the books are closed"
            f" through {closed}. Ask the accountant to open them, or leave it out.",
            (WAIT, EXCLUDE),
        )
    if company.start_date is not None and day < company.start_date:
        start = shown_date(company.start_date)
        yield finding(
            ConflictKind.BEFORE_START,
            ("invoice", f"before:{start}", f"before the start date {start}"),
            f"The {kind} of {shown_date(day)} is before the start date {start}: it is linked"
            " if QuickBooks has it, never posted. QuickBooks does not have it.",
            (EXCLUDE, OPEN),
        )


def check_currency(ground: Ground, invoice: Invoice, customer: Name | None) -> Iterator[Finding]:
    """Yield where the invoice's currency is not the company's or the customer's."""
    company = ground.books.company
    ours = invoice.currency or company.currency
    theirs = company.currency
    if company.multicurrency and customer is not None and customer.currency:
        theirs = customer.currency
    if ours == theirs or (company.multicurrency and customer is None):
        return
    whose = "the customer is kept" if company.multicurrency else "the company is kept"
    yield finding(
        ConflictKind.CURRENCY,
        ("invoice", f"currency:{ours}:{theirs}", f"{ours} instead of {theirs}"),
        f"The invoice is in {ours}, {whose} in {theirs} in QuickBooks.",
        (EXCLUDE, OPEN),
    )


def check_tax(
    ground: Ground, invoice: Invoice, client: Client | None, customer: Name | None
) -> Iterator[Finding]:
    """Yield why QuickBooks would not keep Docket's tax."""
    company = ground.books.company
    if company.country not in ("", "US"):
        yield finding(
            ConflictKind.TAX,
            ("invoice", f"tax:{company.country}", f"a company in {company.country}"),
            f"The company in QuickBooks is in {company.country}, where every line needs a tax"
            " code of that country. Only companies in the US can be posted to.",
            (EXCLUDE,),
        )
        return
    if invoice.tax == 0:
        return
    about = ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}")
    tax = format_cents(invoice.tax)
    if not company.uses_sales_tax:
        about = ("invoice", "tax:off", "sales tax is off in QuickBooks")
        words = (
            f"The invoice has a tax of {tax}, but sales tax is not set up in QuickBooks, which"
            " would drop it. Set it up there, then refresh."
        )
    elif not any(line.taxable for line in invoice.lines):
        words = f"The invoice has a tax of {tax}, but no taxable line to put it on."
    elif customer is not None and not customer.taxable:
        words = (
            f"The invoice has a tax of {tax}, but QuickBooks has {display(customer.name, 60)}"
            " as tax exempt and would drop it. Change one of the two, then refresh."
        )
    elif client is not None and client.tax_exempt:
        words = (
            f"The invoice has a tax of {tax}, but the client is tax exempt in Docket."
            " Change one of the two, then refresh."
        )
    else:
        return
    yield finding(ConflictKind.TAX, about, words, (WAIT, OPEN, EXCLUDE))
