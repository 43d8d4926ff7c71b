"""What the preview says of an invoice's place, tax and discount before it is sent; pure."""

from __future__ import annotations

from collections.abc import Iterator

from core.money import format_cents
from core.records import Address, Invoice
from core.text import display
from sync.bodies.extras import extra_notes
from sync.bodies.sales import service_address
from sync.checks.document import CREDIT_MEMO, sales_entity
from sync.checks.ground import Ground
from sync.tax import tax_note, taxed_after_discount


def document_notes(ground: Ground, invoice: Invoice) -> list[str]:
    """Return the notes of an invoice that goes to QuickBooks."""
    return [
        *_kind(invoice),
        *_place(ground, invoice),
        *_tax(ground, invoice),
        *_discount(invoice),
        *extra_notes(ground, invoice),
    ]


def _kind(invoice: Invoice) -> Iterator[str]:
    if sales_entity(invoice) == CREDIT_MEMO:
        credit = format_cents(-invoice.total)
        yield f"goes as a credit memo of {credit}, which leaves the customer that much credit"


def _place(ground: Ground, invoice: Invoice) -> Iterator[str]:
    """Yield where the work was done, for clients with several places; the tax goes by it."""
    client = ground.books.clients.get(invoice.client_id)
    if client is None or not client.service_addresses:
        return
    place = service_address(client, invoice.service_address_id)
    if place != Address():
        words = ", ".join(part for part in (place.line1, place.city, place.state) if part.strip())
        yield f"work at {display(words, 80)}; goes as the shipping address"
    elif invoice.tax or ground.policy.tax == "quickbooks":
        yield "without a service address; QuickBooks takes the customer's own"


def _tax(ground: Ground, invoice: Invoice) -> Iterator[str]:
    if not ground.books.company.uses_sales_tax:
        return
    client = ground.books.clients.get(invoice.client_id)
    if client is not None and client.tax_exempt:
        yield (
            "tax exempt: QuickBooks keeps the reason and certificate with the customer; enter"
            " them there"
        )
    if ground.policy.tax == "quickbooks" and any(line.taxable for line in invoice.lines):
        cents = ground.policy.tax_tolerance
        allowed = f"of more than {cents} {'cent' if cents == 1 else 'cents'} " if cents else ""
        yield (
            f"QuickBooks computes the tax, {format_cents(invoice.tax)} in Docket; a difference"
            f" {allowed}is held for you"
        )
    note = tax_note(invoice)
    if note:
        sent = "; sent as it is" if ground.policy.tax == "docket" else ""
        yield f"{note}{sent}"


def _discount(invoice: Invoice) -> Iterator[str]:
    if not invoice.discount:
        return
    percent = invoice.discount_percent
    of = "" if percent is None else f" ({percent.normalize():f} %)"
    when = ""
    if invoice.tax:
        when = ", before tax" if taxed_after_discount(invoice) else ", after tax"
    yield f"a discount of {format_cents(invoice.discount)}{of}{when}"
