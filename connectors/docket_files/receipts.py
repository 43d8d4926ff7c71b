"""Payments, refunds and credits from their rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Protocol, TypeVar

from connectors.docket_files import values
from connectors.docket_files.findings import RowProblem
from connectors.docket_files.group import Group, read_cell
from connectors.docket_files.identity import Products
from connectors.docket_files.known import Head
from core.money import Cents, format_cents
from core.records import Allocation, Credit, Payment, Refund, RefundLine

_T = TypeVar("_T")
AGREEING = ("received_on", "refunded_on", "issued_on", "client_id", "client_name", "method")
_REFUND = "Refund"
"""The name of the one line of a refund whose lines the export does not say."""


class Invoices(Protocol):
    """Which invoice a row means."""

    def find(self, invoice_id: str, number: str) -> Head | None:
        """Return it; None if there is none.

        Raises:
            RowProblem: several have this number.
        """
        ...


def payment_from(
    group: Group, key: str, client: str, known: Payment | None, invoices: Invoices
) -> Payment:
    """Build a payment.

    Raises:
        RowProblem: a value cannot be read or is missing, or it is for no invoice.
    """
    received = _needed(group.day("received_on"), "received_on")
    amount, allocations = _allocated(group, invoices)
    return Payment(
        id=key,
        number=_kept(group, "number", known),
        client_id=client,
        method=_kept(group, "method", known),
        reference=_kept(group, "reference", known),
        received_on=received,
        amount=amount,
        allocations=allocations,
        status=_payment_status(group, known),
        updated_at=group.instant("updated_at") or group.written_at,
        voided_at=_voided_at(group, received, known.voided_at if known else None),
    )


def refund_from(
    group: Group,
    key: str,
    client: str,
    known: Refund | None,
    invoices: Invoices,
    products: Products,
    payment_id: str | None,
) -> Refund:
    """Build a refund.

    Raises:
        RowProblem: a value cannot be read or is missing, it is for no invoice, or its
            lines do not add up.
    """
    refunded = _needed(group.day("refunded_on"), "refunded_on")
    amount = abs(_needed(group.money("amount"), "amount"))
    tax = group.money("tax")
    tax = abs(tax) if tax is not None else (known.tax if known else 0)
    lines = _refund_lines(group, amount - tax, tax, known, products)
    if sum(one.amount for one in lines) + tax != amount:
        made = format_cents(sum(one.amount for one in lines) + tax)
        raise RowProblem("amount", f"its lines and tax come to {made}, not {format_cents(amount)}")
    invoice = invoices.find(group.text("invoice_id"), group.text("invoice_number"))
    return Refund(
        id=key,
        number=_kept(group, "number", known),
        client_id=client,
        invoice_id=invoice.id if invoice else (known.invoice_id if known else None),
        payment_id=payment_id or (known.payment_id if known else None),
        refunded_on=refunded,
        method=_kept(group, "method", known),
        reference=_kept(group, "reference", known),
        reason=_kept(group, "reason", known),
        lines=tuple(lines),
        tax=tax,
        amount=amount,
        updated_at=group.instant("updated_at") or group.written_at,
        voided_at=_voided_at(group, refunded, known.voided_at if known else None),
    )


def credit_from(
    group: Group, key: str, client: str, known: Credit | None, invoices: Invoices
) -> Credit:
    """Build a credit: a prepayment where it has a method, else a credit memo.

    Raises:
        RowProblem: a value cannot be read or is missing, or it is for no invoice.
    """
    issued = _needed(group.day("issued_on"), "issued_on")
    amount, allocations = _allocated(group, invoices, spread=False)
    method = _kept(group, "method", known)
    said = group.text("kind").casefold()
    if said:
        kind = "memo" if "memo" in said or "goodwill" in said else "prepayment"
    else:
        kind = known.kind if known else ("prepayment" if method else "memo")
    return Credit(
        id=key,
        number=_kept(group, "number", known),
        client_id=client,
        kind=kind,
        method=method,
        issued_on=issued,
        amount=amount,
        allocations=allocations,
        reason=_kept(group, "reason", known),
        updated_at=group.instant("updated_at") or group.written_at,
        voided_at=_voided_at(group, issued, known.voided_at if known else None),
    )


def _allocated(
    group: Group, invoices: Invoices, *, spread: bool = True
) -> tuple[Cents, tuple[Allocation, ...]]:
    """The amount, and where it goes: each row of the newest file is a part for one invoice.

    With a column for the applied part, the amount is the whole, repeated. Without one the
    amount of a row is its part and the whole is their sum; a credit (`spread` is off) then
    goes to its invoice in full.
    """
    sheet, _ = group.at
    rows = [row for row in group.rows if int(row[0]) == sheet.number]
    decimals = sheet.profile.style.decimals
    parts: list[tuple[Cents, Allocation | None]] = []
    whole: set[Cents] = set()
    for row in rows:
        at = (sheet.number, int(row[1]))
        amount = read_cell(sheet, row, "amount", values.money, decimals)
        applied = read_cell(sheet, row, "applied", values.money, decimals)
        if amount is None:
            raise RowProblem("amount", "there is no amount", at)
        whole.add(amount)
        named = sheet.cell(row, "invoice_id"), sheet.cell(row, "invoice_number")
        invoice = invoices.find(*named) if any(named) else None
        if invoice is None and any(named):
            raise RowProblem(
                "invoice_number", f"there is no invoice {(named[1] or named[0])[:40]}", at
            )
        part = applied if "applied" in sheet.places else amount
        goes = Allocation(invoice.id, part) if invoice and part else None
        parts.append((amount, goes))
    allocations = tuple(goes for _, goes in parts if goes)
    if "applied" in sheet.places or not spread:
        if len(whole) > 1:
            raise RowProblem("amount", "two amounts for the same record")
        total = whole.pop()
    else:
        total = sum(amount for amount, _ in parts)
    if sum(one.amount for one in allocations) > total:
        raise RowProblem("amount", "more is applied to invoices than it comes to")
    return total, allocations


def _refund_lines(
    group: Group, before_tax: Cents, tax: Cents, known: Refund | None, products: Products
) -> Sequence[RefundLine]:
    sheet, _ = group.at
    decimals = sheet.profile.style.decimals
    if "line_name" not in sheet.places or "line_amount" not in sheet.places:
        if known and sum(one.amount for one in known.lines) == before_tax:
            return known.lines
        return [RefundLine(None, _REFUND, before_tax, tax != 0)]
    lines = []
    for row in (one for one in group.rows if int(one[0]) == sheet.number):
        name = sheet.cell(row, "line_name")
        amount = read_cell(sheet, row, "line_amount", values.money, decimals)
        product = products.find(sheet.cell(row, "product_id"), sheet.cell(row, "sku"), name)
        said = read_cell(sheet, row, "line_taxable", values.flag)
        taxable = tax != 0 and products.taxable.get(product or "", True) if said is None else said
        lines.append(RefundLine(product, name or _REFUND, abs(amount or 0), taxable))
    return lines


def _payment_status(group: Group, known: Payment | None) -> str:
    said = group.text("status").casefold()
    if any(word in said for word in ("return", "bounce", "chargeback", "fail", "nsf", "declin")):
        return "returned"
    if any(word in said for word in ("pending", "processing", "initiated", "in transit")):
        return "pending"
    return "settled" if group.carries("status") or known is None else known.status


def _voided_at(group: Group, on: date, known: datetime | None) -> datetime | None:
    said = group.instant("voided_at")
    if said is not None:
        return said
    if group.carries("status"):
        midnight = datetime.combine(on, time(), UTC)
        return known or midnight if values.is_void(group.text("status")) else None
    return None if group.carries("voided_at") else known


def _kept(group: Group, name: str, known: Payment | Refund | Credit | None) -> str:
    if group.carries(name):
        return group.text(name)
    return str(getattr(known, name)) if known else ""


def _needed(value: _T | None, name: str) -> _T:
    if value is None:
        raise RowProblem(name, "there is none")
    return value
