"""Docket's records as rows, and back.

One function each way and kind, beside each other, so that a field forgotten on one
side is seen. `tests/store` sends every kind there and back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from core.money import plain_cents
from core.records import (
    Address,
    Allocation,
    Client,
    Credit,
    Invoice,
    InvoiceLine,
    Payment,
    Product,
    Refund,
    RefundLine,
    ServiceAddress,
    TaxLine,
)
from core.text import name_key

Values = dict[str, Any]
_DIGITS = re.compile(r"\d+")
_WIDTH = 12


def number_key(number: str) -> str:
    """Return a number in the form that sorts 999 before 1000."""
    return _DIGITS.sub(lambda found: found[0].zfill(_WIDTH), name_key(number))


def client_row(client: Client) -> Values:
    """A client without its service addresses."""
    return {
        "docket_id": client.id,
        "display_id": client.display_id,
        "company_name": client.company_name,
        "first_name": client.first_name,
        "last_name": client.last_name,
        "name": client.customer_name,
        "name_key": name_key(client.customer_name),
        "email": client.email,
        "phone": client.phone,
        **_address_row(client.billing),
        "client_type": client.client_type,
        "tax_exempt": client.tax_exempt,
        "updated_at": client.updated_at,
        "deleted_at": client.deleted_at,
    }


def client_from(row: Row[Any], places: Sequence[ServiceAddress]) -> Client:
    """A client from its row and its service addresses, in order."""
    return Client(
        id=row.docket_id,
        display_id=row.display_id,
        company_name=row.company_name,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        phone=row.phone,
        billing=_address_from(row),
        service_addresses=tuple(places),
        client_type=row.client_type,
        tax_exempt=row.tax_exempt,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def service_address_rows(client: Client) -> list[Values]:
    """A client's service addresses."""
    return [
        {
            "client_docket_id": client.id,
            "position": position,
            "docket_id": place.id,
            "name": place.name,
            **_address_row(place.address),
        }
        for position, place in enumerate(client.service_addresses)
    ]


def service_address_from(row: Row[Any]) -> ServiceAddress:
    """A service address from its row."""
    return ServiceAddress(row.docket_id, row.name, _address_from(row))


def product_row(product: Product) -> Values:
    """A product."""
    return {
        "docket_id": product.id,
        "name": product.name,
        "name_key": name_key(product.name),
        "sku": product.sku,
        "category": product.category,
        "description": product.description,
        "unit_price": product.unit_price,
        "taxable": product.taxable,
        "updated_at": product.updated_at,
        "deleted_at": product.deleted_at,
    }


def product_from(row: Row[Any]) -> Product:
    """A product from its row."""
    return Product(
        id=row.docket_id,
        name=row.name,
        sku=row.sku,
        category=row.category,
        description=row.description,
        unit_price=row.unit_price,
        taxable=row.taxable,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def invoice_row(invoice: Invoice, client_name: str) -> Values:
    """An invoice without its lines, with what the list and the search need of it."""
    return {
        "docket_id": invoice.id,
        "number": invoice.number,
        "client_docket_id": invoice.client_id,
        "service_address_id": invoice.service_address_id,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "terms_days": invoice.terms_days,
        "po_number": invoice.po_number,
        "memo": invoice.memo,
        "currency": invoice.currency,
        "subtotal_cents": invoice.subtotal,
        "discount_cents": invoice.discount,
        "discount_percent": invoice.discount_percent,
        "tax_cents": invoice.tax,
        "total_cents": invoice.total,
        "updated_at": invoice.updated_at,
        "voided_at": invoice.voided_at,
        "void_reason": invoice.void_reason,
        "deleted_at": invoice.deleted_at,
        "qbo_synced_at": invoice.qbo_synced_at,
        "number_key": number_key(invoice.number),
        "client_name": client_name,
        "client_key": name_key(client_name),
        "search_text": _search_text(invoice),
    }


def invoice_from(
    row: Row[Any], lines: Sequence[InvoiceLine], tax_lines: Sequence[TaxLine]
) -> Invoice:
    """An invoice from its row and its lines."""
    return Invoice(
        id=row.docket_id,
        number=row.number,
        client_id=row.client_docket_id,
        service_address_id=row.service_address_id,
        issued_on=row.issued_on,
        due_on=row.due_on,
        terms_days=row.terms_days,
        po_number=row.po_number,
        memo=row.memo,
        currency=row.currency,
        lines=tuple(lines),
        tax_lines=tuple(tax_lines),
        subtotal=row.subtotal_cents,
        discount=row.discount_cents,
        discount_percent=row.discount_percent,
        tax=row.tax_cents,
        total=row.total_cents,
        updated_at=row.updated_at,
        voided_at=row.voided_at,
        void_reason=row.void_reason,
        deleted_at=row.deleted_at,
        qbo_synced_at=row.qbo_synced_at,
    )


def line_rows(invoice: Invoice) -> list[Values]:
    """An invoice's lines."""
    return [
        {
            "invoice_docket_id": invoice.id,
            "position": position,
            "docket_id": line.id,
            "product_id": line.product_id,
            "name": line.name,
            "description": line.description,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
            "amount_cents": line.amount,
            "taxable": line.taxable,
            "service_date": line.service_date,
        }
        for position, line in enumerate(invoice.lines)
    ]


def line_from(row: Row[Any]) -> InvoiceLine:
    """A line from its row."""
    return InvoiceLine(
        id=row.docket_id,
        product_id=row.product_id,
        name=row.name,
        description=row.description,
        quantity=row.quantity,
        unit_price=row.unit_price,
        amount=row.amount_cents,
        taxable=row.taxable,
        service_date=row.service_date,
    )


def tax_line_rows(invoice: Invoice) -> list[Values]:
    """An invoice's tax, by component."""
    return [
        {
            "invoice_docket_id": invoice.id,
            "position": position,
            "name": tax.name,
            "agency": tax.agency,
            "rate": tax.rate,
            "taxable_cents": tax.taxable_amount,
            "amount_cents": tax.amount,
        }
        for position, tax in enumerate(invoice.tax_lines)
    ]


def tax_line_from(row: Row[Any]) -> TaxLine:
    """A component of the tax from its row."""
    return TaxLine(
        name=row.name,
        agency=row.agency,
        rate=row.rate,
        taxable_amount=row.taxable_cents,
        amount=row.amount_cents,
    )


def payment_row(payment: Payment) -> Values:
    """A payment without its allocations."""
    return {
        "docket_id": payment.id,
        "number": payment.number,
        "client_docket_id": payment.client_id,
        "method": payment.method,
        "reference": payment.reference,
        "received_on": payment.received_on,
        "amount_cents": payment.amount,
        "status": payment.status,
        "updated_at": payment.updated_at,
        "voided_at": payment.voided_at,
        "deleted_at": payment.deleted_at,
    }


def payment_from(row: Row[Any], allocations: Sequence[Allocation]) -> Payment:
    """A payment from its row and its allocations."""
    return Payment(
        id=row.docket_id,
        number=row.number,
        client_id=row.client_docket_id,
        method=row.method,
        reference=row.reference,
        received_on=row.received_on,
        amount=row.amount_cents,
        allocations=tuple(allocations),
        status=row.status,
        updated_at=row.updated_at,
        voided_at=row.voided_at,
        deleted_at=row.deleted_at,
    )


def allocation_rows(record: Payment | Credit, owner: str) -> list[Values]:
    """What a payment or credit is applied to; `owner` is the column of its id."""
    return [
        {
            owner: record.id,
            "position": position,
            "invoice_docket_id": part.invoice_id,
            "amount_cents": part.amount,
        }
        for position, part in enumerate(record.allocations)
    ]


def allocation_from(row: Row[Any]) -> Allocation:
    """An allocation from its row."""
    return Allocation(invoice_id=row.invoice_docket_id, amount=row.amount_cents)


def refund_row(refund: Refund) -> Values:
    """A refund without its lines."""
    return {
        "docket_id": refund.id,
        "number": refund.number,
        "client_docket_id": refund.client_id,
        "invoice_docket_id": refund.invoice_id,
        "payment_docket_id": refund.payment_id,
        "refunded_on": refund.refunded_on,
        "method": refund.method,
        "reference": refund.reference,
        "reason": refund.reason,
        "tax_cents": refund.tax,
        "amount_cents": refund.amount,
        "updated_at": refund.updated_at,
        "voided_at": refund.voided_at,
        "deleted_at": refund.deleted_at,
    }


def refund_from(row: Row[Any], lines: Sequence[RefundLine]) -> Refund:
    """A refund from its row and its lines."""
    return Refund(
        id=row.docket_id,
        number=row.number,
        client_id=row.client_docket_id,
        invoice_id=row.invoice_docket_id,
        payment_id=row.payment_docket_id,
        refunded_on=row.refunded_on,
        method=row.method,
        reference=row.reference,
        reason=row.reason,
        lines=tuple(lines),
        tax=row.tax_cents,
        amount=row.amount_cents,
        updated_at=row.updated_at,
        voided_at=row.voided_at,
        deleted_at=row.deleted_at,
    )


def refund_line_rows(refund: Refund) -> list[Values]:
    """What a refund is for."""
    return [
        {
            "refund_docket_id": refund.id,
            "position": position,
            "product_id": line.product_id,
            "name": line.name,
            "amount_cents": line.amount,
            "taxable": line.taxable,
        }
        for position, line in enumerate(refund.lines)
    ]


def refund_line_from(row: Row[Any]) -> RefundLine:
    """A line of a refund from its row."""
    return RefundLine(
        product_id=row.product_id, name=row.name, amount=row.amount_cents, taxable=row.taxable
    )


def credit_row(credit: Credit) -> Values:
    """A credit without its allocations."""
    return {
        "docket_id": credit.id,
        "number": credit.number,
        "client_docket_id": credit.client_id,
        "kind": credit.kind,
        "method": credit.method,
        "issued_on": credit.issued_on,
        "amount_cents": credit.amount,
        "reason": credit.reason,
        "updated_at": credit.updated_at,
        "voided_at": credit.voided_at,
        "deleted_at": credit.deleted_at,
    }


def credit_from(row: Row[Any], allocations: Sequence[Allocation]) -> Credit:
    """A credit from its row and its allocations."""
    return Credit(
        id=row.docket_id,
        number=row.number,
        client_id=row.client_docket_id,
        kind=row.kind,
        method=row.method,
        issued_on=row.issued_on,
        amount=row.amount_cents,
        allocations=tuple(allocations),
        reason=row.reason,
        updated_at=row.updated_at,
        voided_at=row.voided_at,
        deleted_at=row.deleted_at,
    )


def _address_row(address: Address) -> Values:
    return {
        "line1": address.line1,
        "line2": address.line2,
        "city": address.city,
        "state": address.state,
        "postal_code": address.postal_code,
    }


def _address_from(row: Row[Any]) -> Address:
    return Address(row.line1, row.line2, row.city, row.state, row.postal_code)


def _search_text(invoice: Invoice) -> str:
    words = [invoice.number, plain_cents(invoice.total), invoice.po_number]
    words += [line.name for line in invoice.lines]
    return "\n".join(name_key(word) for word in words if word)
