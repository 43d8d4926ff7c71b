"""Invoices, and refunds as credit memo or refund receipt: documents with lines and tax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.jsonio import JsonObject
from core.money import Cents, line_amount, prorate, to_decimal
from core.records import Address, Client, Invoice, InvoiceLine, Refund, RefundLine
from core.text import wire_text
from sync.bodies.extras import header_extras, line_class, mailing, po_in_field, po_number
from sync.bodies.parts import (
    address,
    currency,
    email,
    filled,
    free_number,
    private_note,
    ref,
    ref_to,
)
from sync.bodies.receipts import method_ref
from sync.checks.days import posting_day
from sync.checks.document import CREDIT_MEMO, NUMBER_LIMIT, sales_entity, sends_number
from sync.checks.ground import Ground
from sync.checks.twins import number_note
from sync.shapes import Need
from sync.short_lists import term_id
from sync.tax import taxed_after_discount

_QUANTITY_PLACES = 5
_PRICE_PLACES = 7


def invoice_body(ground: Ground, invoice: Invoice, customer: str, marker: str | None) -> JsonObject:
    """Return an invoice, or the credit memo that one below zero becomes.

    Without `marker` it is a change: the private note stays as it is there, and nothing
    is e-mailed.
    """
    if sales_entity(invoice) == CREDIT_MEMO:
        body = _sale_body(ground, _turned(invoice), customer, marker)
        return {key: part for key, part in body.items() if key not in _NOT_ON_CREDIT}
    client = ground.books.clients.get(invoice.client_id)
    return {
        **_sale_body(ground, invoice, customer, marker),
        **({} if marker is None else mailing(ground, invoice, client)),
    }


_NOT_ON_CREDIT = frozenset({"DueDate", "SalesTermRef"})


def _turned(invoice: Invoice) -> Invoice:
    """Return the invoice with the signs of a credit memo."""
    return replace(
        invoice,
        lines=tuple(
            replace(line, amount=-line.amount, unit_price=-line.unit_price)
            for line in invoice.lines
        ),
        subtotal=-invoice.subtotal,
        tax=-invoice.tax,
        total=-invoice.total,
    )


def _sale_body(ground: Ground, invoice: Invoice, customer: str, marker: str | None) -> JsonObject:
    client = ground.books.clients.get(invoice.client_id)
    note = "" if marker is None else private_note(_invoice_notes(invoice), marker)
    return filled(
        {
            "CustomerRef": ref_to(ground, "Customer", customer),
            "DocNumber": invoice.number.strip() if sends_number(ground) else "",
            "TxnDate": posting_day(ground, invoice.issued_on).isoformat(),
            "DueDate": invoice.due_on.isoformat() if invoice.due_on else "",
            "SalesTermRef": filled(
                ref_to(ground, "Term", term_id(ground.index, invoice.terms_days))
            ),
            "Line": [*_invoice_lines(ground, invoice), *_discount(invoice)],
            **_tax(ground, invoice.tax),
            **({"ApplyTaxAfterDiscount": True} if taxed_after_discount(invoice) else {}),
            "CustomerMemo": filled({"value": _memo(ground, invoice)}),
            "BillEmail": {} if client is None else email(client.email),
            "ShipAddr": address(service_address(client, invoice.service_address_id)),
            "PrivateNote": note,
            **header_extras(ground, invoice),
            **currency(ground, invoice.currency),
        }
    )


def refund_body(
    ground: Ground, refund: Refund, invoice: Invoice, customer: str, marker: str
) -> JsonObject:
    """Return a refund, as the policy wants it: credit memo or refund receipt."""
    notes = [
        f"Docket refund {refund.number or refund.id} by {refund.method}",
        f"Refund of Docket invoice no. {invoice.number}",
        refund.reference,
    ]
    body = {
        "CustomerRef": ref_to(ground, "Customer", customer),
        "DocNumber": free_number(ground, refund.number),
        "TxnDate": posting_day(ground, refund.refunded_on).isoformat(),
        "Line": [_refund_line(ground, line, refund) for line in refund_lines(invoice, refund)],
        **_tax(ground, refund.tax),
        "CustomerMemo": filled({"value": wire_text(refund.reason, 1000)}),
        "PrivateNote": private_note(notes, marker),
        **currency(ground, invoice.currency),
    }
    if ground.policy.refunds == "refund_receipt":
        body["DepositToAccountRef"] = ref_to(ground, "Account", ground.index.refund_account)
        body["PaymentMethodRef"] = method_ref(ground, refund.method)
        body["PaymentRefNum"] = wire_text(refund.reference, NUMBER_LIMIT)
    return filled(body)


def refund_lines(invoice: Invoice, refund: Refund) -> Sequence[RefundLine]:
    """Return what a refund is for; where Docket does not say, the invoice's lines in proportion."""
    if refund.lines:
        return refund.lines
    sold = [line for line in invoice.lines if line.amount > 0]
    parts = prorate(refund.amount - refund.tax, [line.amount for line in sold]) if sold else []
    return [
        RefundLine(line.product_id, line.name, part, line.taxable)
        for line, part in zip(sold, parts, strict=True)
        if part
    ]


def item_value(ground: Ground, line: InvoiceLine | RefundLine) -> str:
    """Return the item of a line: its Id, or the placeholder of one that is made first."""
    key = ground.index.product_key(line)
    match = ground.matcher.product(key, line.name)
    return Need("product", key).placeholder if match.target is None else match.target.qbo_id


def odd_amount(line: InvoiceLine) -> bool:
    """Whether Docket's amount is not quantity times price, as QuickBooks insists (fault 6070)."""
    fits = _places(line.quantity) <= _QUANTITY_PLACES and _places(line.unit_price) <= _PRICE_PLACES
    return not fits or line_amount(line.quantity, line.unit_price) != line.amount


def _invoice_lines(ground: Ground, invoice: Invoice) -> list[JsonObject]:
    return [_invoice_line(ground, invoice, line) for line in invoice.lines]


def _invoice_line(ground: Ground, invoice: Invoice, line: InvoiceLine) -> JsonObject:
    detail: JsonObject = {
        "ItemRef": ref_to(ground, "Item", item_value(ground, line)),
        "TaxCodeRef": ref(_tax_code(ground, line.taxable, invoice.tax)),
        "ServiceDate": line.service_date.isoformat() if line.service_date else "",
        "ClassRef": line_class(ground, line),
    }
    if not odd_amount(line):
        detail |= {"Qty": line.quantity, "UnitPrice": line.unit_price}
    return {
        "Amount": to_decimal(line.amount),
        "DetailType": "SalesItemLineDetail",
        "Description": _description(line),
        "SalesItemLineDetail": filled(detail),
    }


def _refund_line(ground: Ground, line: RefundLine, refund: Refund) -> JsonObject:
    return {
        "Amount": to_decimal(line.amount),
        "DetailType": "SalesItemLineDetail",
        "Description": wire_text(line.name, 4000),
        "SalesItemLineDetail": {
            "ItemRef": ref_to(ground, "Item", item_value(ground, line)),
            "TaxCodeRef": ref(_tax_code(ground, line.taxable, refund.tax)),
            **filled({"ClassRef": line_class(ground, line)}),
        },
    }


def _tax_code(ground: Ground, taxable: bool, tax: Cents) -> str:
    """Return TAX only where there is tax: QuickBooks' own computation must find none else."""
    computes = ground.policy.tax == "quickbooks"
    wanted = taxable and (computes or tax != 0) and ground.books.company.uses_sales_tax
    return "TAX" if wanted else "NON"


def _tax(ground: Ground, tax: Cents) -> JsonObject:
    if not ground.books.company.uses_sales_tax or ground.policy.tax == "quickbooks":
        return {}
    return {"TxnTaxDetail": {"TotalTax": to_decimal(tax)}}


def _discount(invoice: Invoice) -> list[JsonObject]:
    """Return the discount as Docket computed it; a percentage could round differently."""
    if not invoice.discount:
        return []
    return [
        {
            "Amount": to_decimal(invoice.discount),
            "DetailType": "DiscountLineDetail",
            "DiscountLineDetail": {"PercentBased": False},
        }
    ]


def _description(line: InvoiceLine) -> str:
    """Return the line's own name and description; the item may be called otherwise."""
    if not line.description.strip() or line.description.startswith(line.name):
        return wire_text(line.description or line.name, 4000)
    return wire_text(f"{line.name}\n{line.description}", 4000)


def _memo(ground: Ground, invoice: Invoice) -> str:
    order = "" if po_in_field(ground, invoice) else po_number(invoice)
    return wire_text("\n".join(part for part in (order, invoice.memo) if part), 1000)


def _invoice_notes(invoice: Invoice) -> list[str]:
    return [number_note(invoice.number), po_number(invoice)]


def service_address(client: Client | None, address_id: str | None) -> Address:
    """Return where the work was done: QuickBooks takes the tax of that place."""
    if client is not None:
        for place in client.service_addresses:
            if place.id == address_id:
                return place.address
    return Address()


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
