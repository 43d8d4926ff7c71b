"""An invoice from its rows: its head, its lines, its tax, and whether they add up.

What no file says is worked out in ways that docs/import.md states; an invoice that does
not add up is not taken, for nothing here may invent money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from connectors.docket_files import values
from connectors.docket_files.findings import RowProblem
from connectors.docket_files.group import Group
from connectors.docket_files.identity import Products
from connectors.docket_files.lines import lines_of, whole_line
from connectors.docket_files.taxes import components_of, is_taxed, sum_of, tax_lines
from core.money import Cents, format_cents, percent_of
from core.records import Invoice, InvoiceLine

AGREEING = (
    "issued_on",
    "due_on",
    "subtotal",
    "discount",
    "tax",
    "total",
    "client_id",
    "client_display_id",
    "client_name",
    "currency",
)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What an invoice comes to."""

    subtotal: Cents
    discount: Cents
    tax: Cents
    total: Cents


def invoice_from(
    group: Group,
    key: str,
    client: str,
    place: str | None,
    known: Invoice | None,
    products: Products,
) -> Invoice:
    """Build one invoice.

    Args:
        group: all its rows.
        key: its id.
        client: the id of its client.
        place: the id of the service address.
        known: the invoice as the cache has it.
        products: the price book.

    Raises:
        RowProblem: a value cannot be read, a needed one is missing, or it does not add up.
    """
    issued = group.day("issued_on") or (known.issued_on if known else None)
    if issued is None:
        raise RowProblem("issued_on", "the invoice has no date")
    lines = lines_of(group, key, known, products, taxed=is_taxed(group, known))
    discount_percent = _kept_number(group, "discount_percent", known)
    components = components_of(group, lines)
    amounts = _amounts(group, lines, known, discount_percent, sum_of(components))
    lines = lines or [whole_line(key, amounts.subtotal, taxed=amounts.tax != 0)]
    voided = _voided_at(group, known, issued)
    return Invoice(
        id=key,
        number=group.text("number") or (known.number if known else ""),
        client_id=client,
        service_address_id=place,
        issued_on=issued,
        due_on=_due_on(group, known, issued),
        terms_days=group.whole("terms_days")
        if group.carries("terms_days")
        else (known.terms_days if known else None),
        po_number=_kept(group, "po_number", known),
        memo=_kept(group, "memo", known),
        currency=_currency(group, known),
        lines=tuple(lines),
        tax_lines=tax_lines(
            group, components, lines, (amounts.subtotal, amounts.discount, amounts.tax), known
        ),
        subtotal=amounts.subtotal,
        discount=amounts.discount,
        discount_percent=discount_percent,
        tax=amounts.tax,
        total=amounts.total,
        updated_at=group.instant("updated_at") or group.written_at,
        voided_at=voided,
        void_reason=_kept(group, "void_reason", known) if voided else "",
        qbo_synced_at=group.instant("qbo_synced_at")
        if group.carries("qbo_synced_at")
        else (known.qbo_synced_at if known else None),
    )


def _kept(group: Group, name: str, known: Invoice | None) -> str:
    if group.carries(name):
        return group.text(name)
    return (getattr(known, name) or "") if known else ""


def _kept_number(group: Group, name: str, known: Invoice | None) -> Decimal | None:
    if group.carries(name):
        return group.number(name)
    return getattr(known, name) if known else None


def _currency(group: Group, known: Invoice | None) -> str:
    text = group.text("currency").upper()
    if text and not re.fullmatch("[A-Z]{3}", text):
        raise RowProblem("currency", f"{text[:20]} is no currency of three letters")
    if text:
        return text
    return known.currency if known else group.at[0].profile.currency


def _due_on(group: Group, known: Invoice | None, issued: date) -> date | None:
    due = group.day("due_on")
    if due is None and group.carries("terms_days") and not group.carries("due_on"):
        days = group.whole("terms_days")
        due = None if days is None else issued + timedelta(days=days)
    if due is None and not group.carries("due_on"):
        return known.due_on if known else None
    return due


def _voided_at(group: Group, known: Invoice | None, issued: date) -> datetime | None:
    if group.carries("voided_at") and (found := group.instant("voided_at")):
        return found
    if group.carries("status"):
        if not values.is_void(group.text("status")):
            return None
        before = known.voided_at if known else None
        return before or group.instant("updated_at") or datetime.combine(issued, time(), UTC)
    if group.carries("voided_at"):
        return None
    return known.voided_at if known else None


def _amounts(
    group: Group,
    lines: Sequence[InvoiceLine],
    known: Invoice | None,
    discount_percent: Decimal | None,
    of_components: Cents | None,
) -> Amounts:
    total = group.money("total")
    tax = group.money("tax")
    if tax is None:
        tax = of_components
    if tax is None:
        tax = known.tax if known and not group.carries("tax") else 0
    discount = group.money("discount")
    of_lines = sum(one.amount for one in lines)
    said = group.money("subtotal")
    if discount is not None:
        discount = abs(discount)
    elif group.carries("discount") or known is None:
        base = said if said is not None else of_lines
        discount = percent_of(base, discount_percent) if discount_percent and base else 0
    else:
        discount = known.discount
    if lines:
        subtotal = of_lines
    elif said is not None:
        subtotal = said
    elif total is not None:
        subtotal = total - tax + discount
    else:
        raise RowProblem("total", "the invoice has neither lines nor a total")
    if said is not None and said != subtotal:
        raise _apart("subtotal", f"the lines come to {format_cents(subtotal)}", said)
    made = subtotal - discount + tax
    if total is not None and total != made:
        raise _apart("total", f"lines, discount and tax come to {format_cents(made)}", total)
    return Amounts(subtotal, discount, tax, made)


def _apart(name: str, words: str, said: Cents) -> RowProblem:
    return RowProblem(name, f"{words}, but the file says {format_cents(said)}")
