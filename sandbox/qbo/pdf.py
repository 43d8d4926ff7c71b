"""A sales form as a PDF: one or more plain pages of text, written by hand.

QuickBooks prints with a template; what matters to a client is that a real PDF
comes back and says what the form says. Helvetica is in every viewer, so nothing
is embedded, and characters outside Windows' Latin alphabet show as "?".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from sandbox.qbo.company import Company
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Record

Row: TypeAlias = tuple[str, ...]
"""Texts of one row, each at its column's place."""

_COLUMNS = (50, 300, 370, 460)
"""Where columns begin, in points from the left."""
_TOP, _STEP, _ROWS = 780, 16, 44
_WIDEST = 48
"""Characters of the first column that fit before the second."""


def printed(company: Company, entity: Entity, record: Record) -> bytes:
    """The form as a PDF of A4 pages."""
    rows = list(_rows(company, entity, record))
    pages = [rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS)]
    first_page = 4
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        drawn = _drawn(page)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {first_page + 2 * number + 1} 0 R >>".encode(),
            f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream",
        ]
    return _file(objects)


def _rows(company: Company, entity: Entity, record: Record) -> Iterator[Row]:
    about = company.get("CompanyInfo", "1") or {}
    yield (str(about.get("CompanyName", "")),)
    yield (f"{entity.name} {record.get('DocNumber', '')}".rstrip(),)
    yield ("",)
    yield (f"To: {company.name_of('Customer', record.get('CustomerRef', '')) or ''}",)
    yield (f"Date: {record.get('TxnDate', '')}",)
    if "DueDate" in record:
        yield (f"Due: {record['DueDate']}",)
    yield ("",)
    yield ("Product/service", "Qty", "Rate", "Amount")
    for line in record.get("Line", ()):
        if line["DetailType"] != "SubTotalLineDetail":
            yield from _line(company, line)
    yield ("",)
    tax = record.get("TxnTaxDetail", {}).get("TotalTax")
    totals = {"Tax": tax, "Total": record.get("TotalAmt"), "Balance due": record.get("Balance")}
    for name, amount in totals.items():
        if amount is not None:
            yield ("", "", name, _money(amount))
    memo = record.get("CustomerMemo", {}).get("value")
    if memo:
        yield ("",)
        yield from _wrapped(str(memo))


def _line(company: Company, line: Record) -> Iterator[Row]:
    detail = line.get("SalesItemLineDetail", {})
    what = company.name_of("Item", detail.get("ItemRef", ""))
    if what is None and line["DetailType"] == "DiscountLineDetail":
        what = "Discount"
    said, *more = _wrapped(" - ".join(dict.fromkeys(filter(None, (what, line.get("Description"))))))
    amount = line.get("Amount")
    shown = "" if amount is None else _money(amount)
    yield (said[0], str(detail.get("Qty", "")), str(detail.get("UnitPrice", "")), shown)
    yield from more


def _wrapped(text: str) -> list[Row]:
    flat = " ".join(text.split())
    cuts = range(0, len(flat) or 1, _WIDEST)
    return [(flat[start : start + _WIDEST],) for start in cuts]


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _drawn(rows: list[Row]) -> bytes:
    """The drawing operators of a page."""
    parts = [b"BT /F1 10 Tf"]
    for number, row in enumerate(rows):
        for place, text in zip(_COLUMNS, row, strict=False):
            if text:
                shown = text.encode("cp1252", "replace")
                for special in (b"\\", b"(", b")"):
                    shown = shown.replace(special, b"\\" + special)
                at = f"1 0 0 1 {place} {_TOP - number * _STEP} Tm (".encode()
                parts.append(at + shown + b") Tj")
    return b"\n".join([*parts, b"ET"])


def _file(objects: list[bytes]) -> bytes:
    """Objects, their table of places, and where that begins."""
    whole = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(whole)
    whole += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        whole += f"{place:010} 00000 n \n".encode()
    whole += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    whole += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(whole)
