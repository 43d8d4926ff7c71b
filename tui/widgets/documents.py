"""A planned document field by field, in words: exactly what would be sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from textual.content import Content

from core.jsonio import JsonObject
from sync.shapes import InvoicePlan, PlannedPosting
from tui.widgets.apart import three_ways
from tui.widgets.cells import Cell, text_cell
from tui.widgets.sheet import Sheet, fold, heading, ink, row
from tui.words import spoken, worth

WORDS: Mapping[str, str] = {
    "DocNumber": "invoice no.",
    "TxnDate": "date",
    "DueDate": "due",
    "CustomerRef": "customer",
    "DisplayName": "name",
    "CompanyName": "company",
    "GivenName": "first name",
    "FamilyName": "last name",
    "PrimaryEmailAddr": "e-mail",
    "BillEmail": "e-mail",
    "PrimaryPhone": "phone",
    "BillAddr": "bill to",
    "ShipAddr": "service address",
    "SalesTermRef": "terms",
    "CustomerMemo": "memo",
    "PrivateNote": "private note",
    "TotalAmt": "amount",
    "PaymentRefNum": "reference",
    "PaymentMethodRef": "payment method",
    "DepositToAccountRef": "deposit to",
    "TxnTaxDetail": "tax",
    "GlobalTaxCalculation": "tax is",
    "CurrencyRef": "currency",
    "IncomeAccountRef": "income account",
    "ARAccountRef": "receivables account",
    "UnitPrice": "price",
    "Qty": "quantity",
}

HIDDEN = frozenset({"SyncToken", "sparse", "Id", "domain", "Line"})
"""Fields that carry no meaning for a person."""

MONEY = frozenset({"TotalAmt", "Amount", "TotalTax", "UnitPrice", "TaxAmount"})

LABEL, PRICE, FIGURE = 18, 18, 11


class Documents(Sheet):
    """Every document that would be made for an invoice, one after the other."""

    def __init__(self, plan: InvoicePlan) -> None:
        super().__init__()
        self._plan = plan

    def lines(self, width: int) -> list[Content]:
        """What is worth knowing, then the documents."""
        lines = [ink(spoken(note), "accent") for note in self._plan.notes]
        lines += self._apart()
        lines += three_ways(self._plan.changes, width)
        last_link = next((one for one in reversed(self._plan.postings) if one.adopts), None)
        if not self._plan.postings:
            lines.append(ink(spoken(self._plan.reason) or "Nothing would be sent.", "dim"))
        for posting in self._plan.postings or self._plan.held:
            lines += document(posting, width, self._plan.client)
            if not posting.adopts or posting is last_link:
                lines.append(Content(""))
        return fold(lines, width)

    def show(self, plan: InvoicePlan) -> None:
        """Show another plan of the invoice."""
        self._plan = plan
        self.refresh(layout=True)

    def _apart(self) -> Iterator[Content]:
        if self._plan.apart:
            state = "not sent unless ticked (x)" if self._plan.held else "ticked"
            why = ", ".join(self._plan.apart)
            yield ink(f"▲ Changes what is settled: {why}; {state}.", "bad").stylize("bold")


def document(posting: PlannedPosting, width: int, client: str = "") -> list[Content]:
    """One document: what would be done, its fields, its lines; `client` is its customer."""
    verb = "Link" if posting.adopts else posting.operation.split("@")[0].capitalize()
    title = f"{verb} {posting.label}"
    if posting.amount:
        title += f", {worth(posting.amount)}"
    if posting.adopts:
        return [heading(title) + ink("  already in QuickBooks; nothing is sent", "dim")]
    return [
        heading(title),
        *_fields(posting.body, client),
        *_lines(posting.body.get("Line"), width),
    ]


def _fields(body: JsonObject, client: str) -> Iterator[Content]:
    for key, value in body.items():
        text = client if key == "CustomerRef" and client else _value(key, value)
        if key not in HIDDEN and text:
            label: Cell = ((f"  {words_of(key)}", "dim"),)
            yield row([(label, LABEL, False)]) + Content("  ") + ink(text)


def _lines(lines: object, width: int) -> Iterator[Content]:
    if not isinstance(lines, Sequence):
        return
    words = max(width - PRICE - FIGURE - 4, 12)
    for part in lines:
        if isinstance(part, Mapping):
            about, subject = str(part.get("Description") or ""), _subject(part)
            cell = text_cell(f"  {subject or about}")
            if subject and about and about != subject:
                cell = (*cell, *text_cell(f"  {about}", "dim"))
            yield row(
                [
                    (cell, words, False),
                    (text_cell(_price(part), "dim"), PRICE, True),
                    (text_cell(_value("Amount", part.get("Amount"))), FIGURE, True),
                ]
            )


def _subject(part: Mapping[str, object]) -> str:
    for key, value in part.items():
        if isinstance(value, Mapping) and key.endswith("LineDetail"):
            item = value.get("ItemRef")
            if isinstance(item, Mapping):
                return str(item.get("name") or "")
            return words_of(key.removesuffix("LineDetail"))
    linked = part.get("LinkedTxn")
    if isinstance(linked, Sequence) and linked and isinstance(linked[0], Mapping):
        kind, number = str(linked[0].get("TxnType", "")).lower(), str(linked[0].get("TxnId", ""))
        return f"for this {kind}" if number.startswith("@") else f"for {kind} {_pointer(number)}"
    return ""


def _price(part: Mapping[str, object]) -> str:
    for value in part.values():
        if isinstance(value, Mapping) and "Qty" in value and "UnitPrice" in value:
            return f"{_value('Qty', value['Qty'])} x {_value('UnitPrice', value['UnitPrice'])}"
    return ""


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal | int):
        return (
            f"{value:,.2f}"
            if key in MONEY
            else f"{value:f}"
            if isinstance(value, Decimal)
            else str(value)
        )
    if isinstance(value, Mapping):
        return _reference(value) if key.endswith("Ref") else _object(value)
    if not isinstance(value, str):
        return ""
    return spoken(value) if key.endswith("Date") else value


def _reference(value: Mapping[str, object]) -> str:
    """What a reference points to, by its name if it has one."""
    named = value.get("name")
    return str(named) if named else _pointer(str(value.get("value", "")))


def _object(value: Mapping[str, object]) -> str:
    """Every plain value of a small object, such as an address."""
    parts = (_value(key, part) for key, part in value.items() if key not in HIDDEN)
    return ", ".join(part for part in parts if part)


def _pointer(value: str) -> str:
    return "the one made with it" if value.startswith("@") else f"no. {value} in QuickBooks"


def words_of(key: str) -> str:
    """A QBO field's name as words: `ShipMethodRef` becomes `ship method`."""
    if key in WORDS:
        return WORDS[key]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key.removesuffix("Ref"))
    return spaced.lower()
