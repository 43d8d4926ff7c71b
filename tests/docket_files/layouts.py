"""Made-up companies, and every way in which their exports may be laid out.

A company is written as files whose split, columns, words, order, format, titles, totals
and noise are all drawn; what an import must make of them is known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from connectors.docket_files.catalogue import FileKind
from core.money import plain_cents
from tests.docket_files.world import dated, written

NAMES = ("Ann's Roofing, LLC", "Núñez Hermanos", '"Q" Builders', "Total Demolition", "=Acme [b]")
STREETS = ("", "12 Elm St", "9 Oak, rear\nyard")
HEADERS: dict[str, tuple[str, ...]] = {
    "number": ("Invoice #", "Invoice No.", "Invoice Number", "INVOICE_NUMBER"),
    "issued_on": ("Invoice Date", "Date", "Issued", "issueDate"),
    "due_on": ("Due Date", "Due", "Payment Due"),
    "client_name": ("Customer", "Client", "Bill To", "Customer Name"),
    "client_display_id": ("Display ID", "Customer Number", "Account #"),
    "po_number": ("PO #", "Purchase Order", "P.O. Number"),
    "discount": ("Discount", "Discount Amount", "Total Discount"),
    "tax": ("Sales Tax", "Tax", "Tax Total"),
    "tax_1_amount": ("State Tax", "Tax 1", "Tax Amount 1"),
    "tax_2_amount": ("County Tax", "Tax 2", "Tax Amount 2"),
    "total": ("Invoice Total", "Total Amount", "Grand Total"),
    "service_address_line1": ("Service Address", "Job Site Address", "site_address"),
    "line_name": ("Item", "Product", "Line Item Name"),
    "quantity": ("Qty", "Quantity", "Units"),
    "unit_price": ("Unit Price", "Price", "Rate"),
    "line_amount": ("Line Total", "Extended", "Item Total"),
    "payment:number": ("Payment #", "Receipt Number"),
    "received_on": ("Payment Date", "Date Received", "Paid On"),
    "invoice_number": ("Invoice #", "Invoice No.", "Applied To"),
    "amount": ("Amount Paid", "Payment Amount", "Amount"),
    "method": ("Payment Method", "Method", "Tender"),
    "reference": ("Check #", "Reference", "Ref Number"),
    "refund:number": ("Refund #", "Refund Number", "Refund No."),
    "refunded_on": ("Refund Date", "Date Refunded", "Refunded"),
    "refund:amount": ("Refund Amount", "Amount Refunded", "Refund Total"),
    "client:name": ("Client", "Customer Name", "Client Name"),
    "display_id": ("Display ID", "Customer Number", "Account Number"),
    "email": ("Email", "Billing Email", "E-mail", "email_address"),
}
"""What columns are called, by field; all of them are proposed without a word of a person."""
HEAD = ("number", "issued_on", "due_on", "client_name", "client_display_id", "po_number",
        "discount", "tax", "total", "tax_1_amount", "tax_2_amount",
        "service_address_line1")  # fmt: skip
LINE = ("line_name", "quantity", "unit_price", "line_amount")
PAYMENT = ("payment:number", "received_on", "invoice_number", "amount", "method", "reference")
REFUND = ("refund:number", "refunded_on", "invoice_number", "refund:amount", "method")
CLIENT = ("client:name", "display_id", "email")
MONEY = ("discount", "tax", "total", "tax_1_amount", "tax_2_amount", "line_amount", "amount")
OPTIONAL = frozenset({"due_on", "po_number", "service_address_line1", "client_display_id"})
_NOISE = ("Truck", "Driver", "Gate Code")
_DAYS = {"mdy": "%m/%d/%Y", "dmy": "%d.%m.%Y", "iso": "%Y-%m-%d", "named": "%b %d, %Y"}


@dataclass(frozen=True)
class Item:
    """A line; the price in cents."""

    quantity: int
    price: int


@dataclass(frozen=True)
class Made:
    """An invoice, and the cents that were paid on it and given back."""

    number: str
    issued: date
    due: date | None
    client: int
    po: str
    items: tuple[Item, ...]
    discount: int
    taxes: tuple[int, int]
    street: str
    paid: tuple[int, ...]
    refunded: tuple[int, ...]

    @property
    def total(self) -> int:
        """As Docket works it out."""
        lines = sum(one.quantity * one.price for one in self.items)
        return lines - self.discount + sum(self.taxes)


@dataclass(frozen=True)
class Look:
    """How the files look."""

    split: str
    """lines (the head on every row), first (on the first only), apart, or whole (no lines)."""
    dates: str
    decimals: str
    sign: str
    delimiter: str
    encoding: str
    workbook: bool
    typed: bool
    """Whether a workbook holds amounts as numbers, whatever the style of what it has as text."""
    titles: int
    footer: str
    """none, short (the last column only), wide (every amount), or by name with every amount."""
    listed: bool
    """Whether clients have a list of their own, with what no invoice says of them."""
    parts: bool
    """Whether the tax has a column for each part."""
    together: bool
    """Whether the lines of an invoice are beside each other."""
    left_out: frozenset[str]
    words: int
    order: tuple[float, ...]
    noise: tuple[float, ...]


@dataclass
class File:
    """One file: where each column stands, and in which rows each invoice does."""

    name: str
    kind: FileKind
    columns: dict[str, str]
    """Fields by header."""
    table: list[list[str]] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    """Row numbers, as a spreadsheet counts them, by invoice number."""

    def place(self, name: str) -> int:
        """Where a field's column is."""
        return list(self.columns.values()).index(name)


looks = st.builds(
    Look,
    split=st.sampled_from(["lines", "first", "apart", "whole"]),
    dates=st.sampled_from(list(_DAYS)),
    decimals=st.sampled_from(["dot", "comma"]),
    sign=st.sampled_from(["", "$", "USD "]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    workbook=st.sampled_from([False, False, True]),
    typed=st.booleans(),
    titles=st.integers(0, 3),
    footer=st.sampled_from(["", "short", "wide", "of"]),
    listed=st.booleans(),
    parts=st.booleans(),
    together=st.booleans(),
    left_out=st.frozensets(st.sampled_from(sorted(OPTIONAL))),
    words=st.integers(0, 999),
    order=st.tuples(*[st.floats(0, 1)] * 6),
    noise=st.tuples(*[st.floats(0, 1)] * 3),
)
_cents = st.integers(0, 90_000)
_days = st.integers(0, 900).map(lambda days: date(2024, 1, 1) + timedelta(days))
_invoices = st.builds(
    Made,
    number=st.integers(1, 99_999).map(str),
    issued=_days,
    due=st.none() | _days,
    client=st.integers(0, len(NAMES) - 1),
    po=st.sampled_from(["", "A-7", "0012"]),
    items=st.lists(
        st.builds(Item, st.integers(1, 40), st.integers(-50_000, 2_000_000)), min_size=1, max_size=4
    ).map(tuple),
    discount=_cents,
    taxes=st.tuples(_cents, _cents),
    street=st.sampled_from(STREETS),
    paid=st.lists(st.integers(1, 90_000), max_size=2).map(tuple),
    refunded=st.lists(st.integers(1, 90_000), max_size=2).map(tuple),
)
companies = st.lists(_invoices, min_size=1, max_size=6, unique_by=lambda one: one.number)


def money(cents: int, look: Look) -> str:
    """An amount in the style of the files."""
    sign, text = ("-", plain_cents(-cents)) if cents < 0 else ("", plain_cents(cents))
    whole, rest = text.split(".")
    grouped = f"{int(whole):,}.{rest}"
    if look.decimals == "comma":
        grouped = grouped.translate(str.maketrans(",.", ".,"))
    return f"({look.sign}{grouped})" if sign else f"{look.sign}{grouped}"


def day(on: date | None, look: Look) -> str:
    """A date in the order of the files."""
    return on.strftime(_DAYS[look.dates]) if on else ""


def files_of(company: Sequence[Made], look: Look) -> list[File]:
    """The files of a company, not yet written."""
    ordered = sorted(company, key=lambda one: look.order[int(one.number) % len(look.order)])
    head = [name for name in HEAD if name not in look.left_out]
    head = [name for name in head if not name.startswith("tax_") or look.parts]
    heads = {one.number: [_cell(one, name, look) for name in head] for one in ordered}
    bare = [""] * len(head)
    rows: list[tuple[str, list[str]]]
    if look.split in ("lines", "first"):
        rows = [
            (
                one.number,
                [*(heads[one.number] if at == 0 or look.split == "lines" else bare), *line],
            )
            for one in ordered
            for at, line in enumerate(_lines(one, look))
        ]
        if look.split == "lines" and not look.together:
            rows = _apart(rows)
        made = [_file("invoice lines", FileKind.LINES, [*head, *LINE], rows, look)]
    else:
        rows = [(one.number, heads[one.number]) for one in ordered]
        made = [_file("invoices", FileKind.INVOICES, head, rows, look)]
    if look.split == "apart":
        rows = [(one.number, [one.number, *line]) for one in ordered for line in _lines(one, look)]
        made.append(_file("line items", FileKind.LINES, ["number", *LINE], rows, look))
    rows = [
        (one.number, [f"{one.number}-{at}", day(one.issued, look), one.number,
                      money(cents, look), "Check", f"{at}77"])
        for one in ordered
        for at, cents in enumerate(one.paid)
    ]  # fmt: skip
    if rows:
        made.append(_file("payments", FileKind.PAYMENTS, PAYMENT, rows, look))
    rows = [
        (one.number, [f"R{one.number}-{at}", day(one.issued, look), one.number,
                      money(cents, look), "Check"])
        for one in ordered
        for at, cents in enumerate(one.refunded)
    ]  # fmt: skip
    if rows:
        made.append(_file("refunds", FileKind.REFUNDS, REFUND, rows, look))
    if look.listed:
        clients = dict.fromkeys(one.client for one in ordered)
        rows = [("", [NAMES[one], f"C{one}", email(one)]) for one in clients]
        made.append(_file("clients", FileKind.CLIENTS, CLIENT, rows, look))
    return made


def email(client: int) -> str:
    """A client's address, which only the list of clients has."""
    return f"office@client{client}.example.com"


def written_to(folder: Path, file: File, look: Look) -> Path:
    """Write a file."""
    if look.workbook:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell

        book = Workbook(write_only=True)
        sheet = book.create_sheet("Report")
        for row in file.table:
            cells = [WriteOnlyCell(sheet) for _ in row]
            for cell, text in zip(cells, row, strict=True):
                cell.value = _typed(text, look)
                cell.data_type = "s" if cell.data_type == "f" else cell.data_type  # no formula
            sheet.append(cells)
        path = folder / f"{file.name}.xlsx"
        book.save(path)
        return dated(path)
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=look.delimiter).writerows(file.table)
    return written(folder / f"{file.name}.csv", lines.getvalue(), encoding=look.encoding)


def _cell(one: Made, name: str, look: Look) -> str:
    cents = {
        "discount": one.discount,
        "tax": sum(one.taxes),
        "tax_1_amount": one.taxes[0],
        "tax_2_amount": one.taxes[1],
        "total": one.total,
    }
    if name in cents:
        return money(cents[name], look)
    return {
        "number": one.number,
        "issued_on": day(one.issued, look),
        "due_on": day(one.due, look),
        "client_name": NAMES[one.client],
        "client_display_id": f"C{one.client}",
        "po_number": one.po,
        "service_address_line1": one.street,
    }[name]


def _lines(one: Made, look: Look) -> list[list[str]]:
    return [
        [f"Item {at}", str(item.quantity), money(item.price, look),
         money(item.quantity * item.price, look)]
        for at, item in enumerate(one.items)
    ]  # fmt: skip


def _apart(rows: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The first lines of all invoices, then the second ones, and so on."""
    seen: dict[str, int] = {}
    ranked = []
    for number, row in rows:
        seen[number] = seen.get(number, 0) + 1
        ranked.append((seen[number], number, row))
    return [(number, row) for _, number, row in sorted(ranked, key=lambda one: one[0])]


def _file(
    name: str, kind: FileKind, fields: Sequence[str], rows: list[tuple[str, list[str]]], look: Look
) -> File:
    """Put columns into their order, with strange ones among them, and noise between the rows."""
    columns = [
        (HEADERS[one][look.words % len(HEADERS[one])], one.rpartition(":")[2], at)
        for at, one in enumerate(fields)
    ]
    columns += [(one, "", -1) for one in _NOISE[: look.words % 4]]
    columns.sort(key=lambda one: hash_of(one[0], look.words))
    made = File(name, kind, {header: field for header, field, _ in columns})
    made.table += [["Report of", "Acme"], [], ["all yards"]][: look.titles]
    made.table.append([header for header, _, _ in columns])
    for number, row in rows:
        noise = look.noise[len(made.table) % len(look.noise)]
        if noise > 0.7:
            made.table.append([[], [""] * len(columns), ["Page 2 of 7"]][len(made.table) % 3])
        made.table.append([row[at] if at >= 0 else "x" for _, _, at in columns])
        made.rows.setdefault(number, []).append(len(made.table))
    sums = [money(12_345, look) if name in MONEY else "" for _, name, _ in columns]
    if look.footer == "short" or (look.footer and not any(sums[1:])):
        made.table += [[], ["Total", *[""] * (len(columns) - 2), money(12_345, look)]]
    elif look.footer:
        made.table.append(["Total for all yards" if look.footer == "of" else "Subtotal", *sums[1:]])
    return made


def hash_of(text: str, seed: int) -> int:
    """An order of words that is another one for another seed, the same everywhere."""
    found = seed
    for mark in text:
        found = (found * 31 + ord(mark)) % 1_000_003
    return found


def _typed(cell: str, look: Look) -> str | Decimal | None:
    """Amounts as numbers, if the workbook has them so; else everything as text."""
    digits = "".join(filter(str.isdecimal, cell))
    cents = int(digits or 0) * (-1 if cell.startswith("(") else 1)
    if look.typed and cell == money(cents, look):
        return Decimal(cents) / 100
    return cell or None
