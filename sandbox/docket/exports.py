"""The practice company as Docket's customers would export it: several layouts of reports.

Docket publishes no list of columns; these are such as its screens, and the reports of
programs like it, have. Each layout is a few files; which fields it carries is the layout's
own business, as in life.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sandbox.docket.amounts import Record

Rows = list[list[str]]
Books = Mapping[str, Sequence[Record]]


@dataclass(frozen=True)
class Export:
    """One file: its name, the header and the rows, titles above and totals below."""

    name: str
    header: Sequence[str]
    rows: Rows
    titles: Sequence[Sequence[str]] = ()
    footer: Sequence[Sequence[str]] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    workbook: bool = False


def write_exports(books: Books, layout: str, folder: Path) -> list[Path]:
    """Write a company's records as the files of a layout; return their paths.

    Raises:
        ValueError: there is no such layout.
    """
    if layout not in LAYOUTS:
        raise ValueError(f"there is no layout {layout!r}; there are {', '.join(LAYOUTS)}")
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(export, folder) for export in LAYOUTS[layout](books)]


def _write(export: Export, folder: Path) -> Path:
    path = folder / export.name
    table = [*export.titles, export.header, *export.rows, *export.footer]
    if export.workbook:
        _workbook(table, path)
        return path
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=export.delimiter).writerows(table)
    path.write_bytes(text.getvalue().encode(export.encoding, errors="replace"))
    return path


def _workbook(table: Iterable[Sequence[str]], path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Report")
    for row in table:
        sheet.append([_typed(ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in row])
    book.save(path)


def _typed(cell: str) -> str | Decimal | date | None:
    """A cell as a spreadsheet has it: amounts are numbers, dates are dates."""
    if not cell:
        return None
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        return date.fromisoformat(cell)
    bare = cell.lstrip("-")
    if "." in bare and bare.replace(".", "", 1).isdigit():
        return Decimal(cell)
    return cell


# --- full: every field of the contract that fits a table, with Docket's own ids


def full(books: Books) -> list[Export]:
    """All fields with ids, one row per line; ISO dates, plain amounts."""
    return [_full_clients(books), _full_products(books), _full_lines(books), *_full_money(books)]


def _full_clients(books: Books) -> Export:
    plain = ("id", "display_id", "company_name", "first_name", "last_name", "email", "phone")
    more = ("client_type", "tax_exempt", "updated_at")
    site = [f"Service Address {name}" for name in ("ID", "Name", *map(_title, _ADDRESS))]
    header = [*map(_title, (*plain, *_ADDRESS, *more)), *site]
    rows = [
        [
            *(str(one[name]) for name in plain),
            *(one["billing"][name] for name in _ADDRESS),
            one["client_type"],
            _yes(one["tax_exempt"]),
            one["updated_at"],
            *place,
        ]
        for one in books["clients"]
        for place in _places(one)
    ]
    return Export("clients.csv", header, rows)


def _places(client: Record) -> Rows:
    """A row for each service address, one without for a client that has none."""
    found = [
        [one["id"], one["name"], *(one["address"][name] for name in _ADDRESS)]
        for one in client["service_addresses"]
    ]
    return found or [[""] * (2 + len(_ADDRESS))]


def _full_products(books: Books) -> Export:
    names = ("id", "name", "sku", "category", "description", "unit_price")
    rows = [
        [*(str(one[name]) for name in names), _yes(one["taxable"]), one["updated_at"]]
        for one in books["products"]
    ]
    header = [_title(name) for name in (*names, "taxable", "updated_at")]
    return Export("price-book.csv", header, rows)


_ADDRESS = ("line1", "line2", "city", "state", "postal_code")
_COMPONENT = ("name", "agency", "rate", "taxable_amount", "amount")
_HEAD = (
    ("Invoice ID", "id"),
    ("Invoice Number", "number"),
    ("Client ID", "client_id"),
    ("Service Address ID", "service_address_id"),
    ("Invoice Date", "issued_on"),
    ("Due Date", "due_on"),
    ("Terms", "terms_days"),
    ("PO Number", "po_number"),
    ("Memo", "memo"),
    ("Currency", "currency"),
    ("Subtotal", "subtotal"),
    ("Discount", "discount"),
    ("Discount %", "discount_percent"),
    ("Tax", "tax"),
    ("Invoice Total", "total"),
    ("Updated At", "updated_at"),
    ("Void Date", "voided_at"),
    ("Void Reason", "void_reason"),
    ("Synced to QuickBooks", "qbo_synced_at"),
)
_LINE = (
    ("Line ID", "id"),
    ("Product ID", "product_id"),
    ("Line Item Name", "name"),
    ("Description", "description"),
    ("Qty", "quantity"),
    ("Unit Price", "unit_price"),
    ("Line Total", "amount"),
    ("Taxable", "taxable"),
    ("Service Date", "service_date"),
)


def _full_lines(books: Books) -> Export:
    most = max((len(one["tax_lines"]) for one in books["invoices"]), default=0)
    rows = [
        [
            *(_text(one[name]) for _, name in _HEAD),
            *_components(one, most),
            *(_text(line[name]) for _, name in _LINE),
        ]
        for one in books["invoices"]
        for line in one["lines"]
    ]
    taxes = [
        f"Tax {number} {word}"
        for number in range(1, most + 1)
        for word in ("Name", "Agency", "Rate", "Taxable", "Amount")
    ]
    header = [*(title for title, _ in _HEAD), *taxes, *(title for title, _ in _LINE)]
    return Export("invoice-lines.csv", header, rows)


def _components(invoice: Record, most: int) -> list[str]:
    """The components of the tax side by side, each in as many columns as it has fields."""
    said = [str(tax[name]) for tax in invoice["tax_lines"] for name in _COMPONENT]
    return said + [""] * (most * len(_COMPONENT) - len(said))


def _full_money(books: Books) -> list[Export]:
    payments: Rows = []
    for one in books["payments"]:
        start = [_text(one[name]) for name in ("id", "number", "client_id", "received_on")]
        rest = [one["amount"], one["method"], one["reference"], one["status"]]
        end = [one["updated_at"], _text(one["voided_at"])]
        payments += [[*start, *rest, *where, *end] for where in _allocations(one)]
    header = ["Payment ID", "Payment Number", "Client ID", "Payment Date", "Amount", "Method"]
    header += ["Reference", "Status", "Invoice ID", "Applied Amount", "Updated At", "Void Date"]
    names = ("id", "number", "client_id", "invoice_id", "payment_id", "refunded_on", "method")
    names += ("reference", "reason", "tax", "amount")  # type: ignore[assignment]
    refunds = [
        [
            *(_text(one[name]) for name in names),
            one["updated_at"],
            _text(one["voided_at"]),
            *(_text(line[name]) for name in ("product_id", "name", "amount", "taxable")),
        ]
        for one in books["refunds"]
        for line in one["lines"]
    ]
    refund_header = ["Refund ID", "Refund Number", "Client ID", "Invoice ID", "Payment ID"]
    refund_header += ["Refund Date", "Refund Method", "Reference", "Refund Reason", "Tax"]
    refund_header += ["Refund Amount", "Updated At", "Void Date", "Product ID", "Line Item"]
    refund_header += ["Line Total", "Taxable"]
    return [
        Export("payments.csv", header, payments),
        Export("refunds.csv", refund_header, refunds),
        _credits(books),
    ]


def _credits(books: Books) -> Export:
    header = ["Credit ID", "Credit Number", "Client ID", "Credit Date", "Credit Amount"]
    header += ["Credit Type", "Method", "Reason", "Invoice ID", "Applied Amount", "Updated At"]
    rows: Rows = []
    for one in books["credits"]:
        names = ("id", "number", "client_id", "issued_on", "amount", "kind", "method", "reason")
        start = [_text(one[name]) for name in names]
        rows += [[*start, *where, one["updated_at"]] for where in _allocations(one)]
    return Export("credits.csv", header, rows)


# --- office: what an office exports from the screens; no ids, American forms


def office(books: Books) -> list[Export]:
    """Client list, invoice list, line items and a payments report, with titles and totals."""
    clients = {one["id"]: one for one in books["clients"]}
    numbers = {one["id"]: one["number"] for one in books["invoices"]}
    company = [["Acme Roll-Off LLC"], ["Exported from Docket"], []]
    total = f"{sum(Decimal(one['total']) for one in books['invoices']):.2f}"
    return [
        _office_clients(books),
        Export(
            "Invoice List.csv",
            ["Invoice #", "Invoice Date", "Due Date", "Customer", "Display ID", "PO #", "Subtotal",
             "Discount", "Sales Tax", "Total", "Service Address", "Status"],
            [_office_invoice(one, clients[one["client_id"]]) for one in books["invoices"]],
            titles=company,
            footer=[[], ["Total", "", "", "", "", "", "", "", "", _dollars(total), "", ""]],
            encoding="cp1252",
        ),
        Export(
            "Invoice Line Items.csv",
            ["Invoice #", "Item", "Description", "Qty", "Rate", "Amount", "Taxable",
             "Date of Service"],
            [
                [one["number"], line["name"], line["description"], line["quantity"],
                 _dollars(line["unit_price"]), _dollars(line["amount"]), _yes(line["taxable"]),
                 _american(line["service_date"])]
                for one in books["invoices"]
                for line in one["lines"]
            ],
            encoding="utf-8-sig",
        ),
        _office_payments(books, clients, numbers),
    ]  # fmt: skip


def _office_clients(books: Books) -> Export:
    return Export(
        "Customers.csv",
        ["Display ID", "Company", "First Name", "Last Name", "Email", "Phone", "Billing Address",
         "City", "State", "Zip", "Client Type"],
        [
            [one["display_id"], one["company_name"], one["first_name"], one["last_name"],
             one["email"], one["phone"], one["billing"]["line1"], one["billing"]["city"],
             one["billing"]["state"], one["billing"]["postal_code"], one["client_type"]]
            for one in books["clients"]
        ],
        encoding="utf-16",
        delimiter="\t",
    )  # fmt: skip


def _office_invoice(one: Record, client: Record) -> list[str]:
    return [
        one["number"],
        _american(one["issued_on"]),
        _american(one["due_on"]),
        _shown_name(client),
        client["display_id"],
        one["po_number"],
        _dollars(one["subtotal"]),
        _dollars(one["discount"]),
        _dollars(one["tax"]),
        _dollars(one["total"]),
        _one_line(one["service_address_id"], client),
        "Voided" if one["voided_at"] else "Unpaid",
    ]


def _office_payments(books: Books, clients: Mapping[str, Record], numbers: Any) -> Export:
    rows: Rows = []
    for one in books["payments"]:
        client = clients[one["client_id"]]
        for invoice, part in _allocations(one):
            rows.append([
                one["number"], _american(one["received_on"]), _shown_name(client),
                client["display_id"], numbers.get(invoice, ""), one["method"], one["reference"],
                _dollars(part or one["amount"]), "Voided" if one["voided_at"] else one["status"],
            ])  # fmt: skip
    header = ["Payment #", "Payment Date", "Customer", "Display ID", "Invoice #", "Payment Method"]
    header += ["Check #", "Amount Paid", "Status"]
    titles = [["Payments Report"], ["01/01/2026 - 12/31/2026"]]
    return Export("Payments Report.csv", header, rows, titles=titles)


# --- continental: one workbook-free pair of files with day-first dates and decimal commas


def continental(books: Books) -> list[Export]:
    """One row per invoice and payments apart; 31.12.2026, 1.234,50, semicolons."""
    clients = {one["id"]: one for one in books["clients"]}
    numbers = {one["id"]: one["number"] for one in books["invoices"]}
    invoices = [
        [one["number"], _continental(one["issued_on"]), _continental(one["due_on"]),
         _shown_name(clients[one["client_id"]]), clients[one["client_id"]]["email"],
         _comma(one["tax"]), _comma(one["total"])]
        for one in books["invoices"]
        if not one["voided_at"]
    ]  # fmt: skip
    standing = {one["id"] for one in books["invoices"] if not one["voided_at"]}
    payments = [
        [_continental(one["received_on"]), numbers[where["invoice_id"]], one["method"],
         one["reference"], _comma(where["amount"])]
        for one in books["payments"]
        for where in one["allocations"]
        if where["invoice_id"] in standing and not one["voided_at"]
    ]  # fmt: skip
    header = ["Invoice No.", "Date", "Due", "Client", "E-mail", "Tax", "Total"]
    return [
        Export("invoices.csv", header, invoices, delimiter=";"),
        Export(
            "payments.csv",
            ["Paid on", "Invoice No.", "Type", "Reference", "Amount"],
            payments,
            delimiter=";",
        ),
    ]


# --- workbook: one sheet, one row per line, numbers and dates typed


def workbook(books: Books) -> list[Export]:
    """The full layout's lines as a workbook, with clients and payments beside it."""
    return [
        Export(
            f"{export.name.removesuffix('.csv')}.xlsx",
            export.header,
            export.rows,
            titles=[["Docket report"], []],
            workbook=True,
        )
        for export in full(books)
    ]


LAYOUTS: Mapping[str, Callable[[Books], list[Export]]] = {
    "full": full,
    "office": office,
    "continental": continental,
    "workbook": workbook,
}


def _allocations(one: Record) -> list[list[str]]:
    parts = [[part["invoice_id"], part["amount"]] for part in one["allocations"]]
    return parts or [["", ""]]


def _title(name: str) -> str:
    return name.replace("_", " ").title()


def _text(value: object) -> str:
    if value is None:
        return ""
    return _yes(value) if isinstance(value, bool) else str(value)


def _yes(value: object) -> str:
    return "Yes" if value else "No"


def _shown_name(client: Record) -> str:
    person = f"{client['first_name']} {client['last_name']}".strip()
    return str(client["company_name"]).strip() or person


def _one_line(place_id: str | None, client: Record) -> str:
    """A service address as a list shows it: 1 Elm St, Suite 2, Kyle, TX 78640."""
    places = {one["id"]: one["address"] for one in client["service_addresses"]}
    at = places.get(place_id)
    if at is None:
        return ""
    street = ", ".join(part for part in (at["line1"], at["line2"]) if part)
    return f"{street}, {at['city']}, {at['state']} {at['postal_code']}"


def _american(day: str | None) -> str:
    return "" if day is None else f"{day[5:7]}/{day[8:10]}/{day[:4]}"


def _continental(day: str | None) -> str:
    return "" if day is None else f"{day[8:10]}.{day[5:7]}.{day[:4]}"


def _dollars(amount: str) -> str:
    whole, _, rest = amount.lstrip("-").partition(".")
    text = f"${int(whole):,}.{(rest + '00')[: max(len(rest), 2)]}"
    return f"({text})" if amount.startswith("-") else text


def _comma(amount: str) -> str:
    whole, _, rest = amount.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}".replace(",", ".") + f",{rest}"
