"""What the invoice itself must be: sums, number, date, currency, tax, a company that can write."""

from __future__ import annotations

from collections.abc import Iterator

from core.money import format_cents
from core.records import Client, Invoice
from core.text import display
from store.books import InvoiceFile, Link, Name
from sync.checks.ground import ENTITY_WORDS, EXCLUDE, OPEN, WAIT, Ground, finding
from sync.index import number_key
from sync.shapes import ConflictKind, Finding, WayOut

NUMBER_LIMIT = 21
"""Characters that QuickBooks keeps of a document number (fault 2050)."""

CREDIT_MEMO = "CreditMemo"
"""What an invoice below zero becomes, if a person says so."""

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


def sales_entity(invoice: Invoice) -> str:
    """Return as what an invoice goes to QuickBooks, which takes no invoice below zero."""
    return CREDIT_MEMO if invoice.total < 0 else "Invoice"


def check_negative(ground: Ground, invoice: Invoice) -> Iterator[Finding]:
    """Yield that an invoice is below zero, until a person has it posted as a credit memo."""
    choice = ground.books.choices.get(("invoice", invoice.id))
    chosen = choice is not None and (choice.action, choice.entity) == ("create", CREDIT_MEMO)
    turns = not invoice.discount and invoice.tax <= 0
    if invoice.total >= 0 or (chosen and turns):
        return
    credit = format_cents(-invoice.total)
    post = WayOut("create", f"Post it as a credit memo of {credit}", entity=CREDIT_MEMO)
    words = (
        f"The total is {format_cents(invoice.total)}, and QuickBooks takes no invoice below"
        f" zero. As a credit memo it gives the customer a credit of {credit}."
        if turns
        else f"The total is {format_cents(invoice.total)}, with a discount or a tax above zero:"
        " QuickBooks has no form for that. Correct it in Docket, or leave it out."
    )
    yield finding(
        ConflictKind.NEGATIVE_TOTAL,
        ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}"),
        words,
        (post, EXCLUDE, OPEN) if turns else (WAIT, EXCLUDE),
    )


def check_turned(link: Link, invoice: Invoice) -> Iterator[Finding]:
    """Yield that a posted invoice is now on the other side of zero: another kind of document."""
    if link.entity == sales_entity(invoice):
        return
    yield finding(
        ConflictKind.NEGATIVE_TOTAL,
        ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}"),
        f"Its total is now {format_cents(invoice.total)}, and it stands in QuickBooks as"
        f" {ENTITY_WORDS[link.entity]}, which cannot become the other. Correct it in Docket, or"
        " void or delete it in QuickBooks and post it again.",
        (WAIT, OPEN, EXCLUDE),
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
    yield from _check_exempt(ground, invoice, client, customer)
    if invoice.discount and not ground.books.forms.discounts:
        yield finding(
            ConflictKind.DISCOUNT,
            ("invoice", "discounts:off", "discounts are off in QuickBooks"),
            f"The invoice has a discount of {format_cents(invoice.discount)}, but discounts are"
            " switched off in QuickBooks. Switch them on there (Sales settings), then refresh.",
            (WAIT, OPEN, EXCLUDE),
        )
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


def _check_exempt(
    ground: Ground, invoice: Invoice, client: Client | None, customer: Name | None
) -> Iterator[Finding]:
    """Yield where QuickBooks would put a tax on a client who is exempt in Docket."""
    computes = ground.policy.tax == "quickbooks" and ground.books.company.uses_sales_tax
    exempt = client is not None and client.tax_exempt
    taxed = any(line.taxable for line in invoice.lines)
    if not (computes and exempt and taxed) or customer is None or not customer.taxable:
        return
    yield finding(
        ConflictKind.TAX,
        ("invoice", f"exempt:{customer.qbo_id}", display(customer.name, 60)),
        f"The client is tax exempt in Docket, but QuickBooks would compute a tax for"
        f" {display(customer.name, 60)}. Enter the exemption with its reason there (customer,"
        " Tax info), then refresh; or take the exemption off in Docket.",
        (WAIT, OPEN, EXCLUDE),
    )
