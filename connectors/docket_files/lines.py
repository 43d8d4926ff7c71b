"""The lines of an invoice from their rows; the one line of an invoice that has none yet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from connectors.docket_files import values
from connectors.docket_files.catalogue import FileKind
from connectors.docket_files.findings import RowProblem
from connectors.docket_files.group import Group, Sheet, read_cell
from connectors.docket_files.identity import Products
from connectors.docket_files.spool import SpooledRow
from core.money import Cents, line_amount, to_decimal
from core.records import Invoice, InvoiceLine

WHOLE = "As invoiced"
"""The name of the one line of an invoice whose lines no export has brought yet."""
_WHOLE_ID = "-whole"


def whole_line(key: str, amount: Cents, *, taxed: bool) -> InvoiceLine:
    """The line that stands for all of them until an export brings them."""
    return InvoiceLine(
        id=f"{key}{_WHOLE_ID}",
        product_id=None,
        name=WHOLE,
        description="",
        quantity=Decimal(1),
        unit_price=to_decimal(amount),
        amount=amount,
        taxable=taxed,
    )


def line_rows(group: Group) -> tuple[Sheet | None, list[SpooledRow]]:
    """The rows of the newest file of lines, and that file; None where there is none."""
    rows = [row for row in group.rows if group.sheets[int(row[0])].kind is FileKind.LINES]
    if not rows:
        return None, []
    newest = rows[-1][0]
    return group.sheets[int(newest)], [one for one in rows if one[0] == newest]


def lines_of(
    group: Group, key: str, known: Invoice | None, products: Products, *, taxed: bool
) -> list[InvoiceLine]:
    """The lines of the newest file that has any; else those that are known already.

    Args:
        group: the rows of the invoice.
        key: its id.
        known: the invoice as the cache has it.
        products: the price book.
        taxed: whether the invoice has tax.

    Raises:
        RowProblem: a line has no name or no amount, or a value cannot be read.
    """
    sheet, rows = line_rows(group)
    if sheet is None:
        kept = known.lines if known else ()
        return [one for one in kept if not one.id.endswith(_WHOLE_ID)]
    return [
        _line(sheet, row, f"{key}-{place}", products, taxed)
        for place, row in enumerate(rows, start=1)
    ]


def _line(
    sheet: Sheet, row: SpooledRow, derived: str, products: Products, taxed: bool
) -> InvoiceLine:
    called, description = sheet.cell(row, "line_name"), sheet.cell(row, "line_description")
    name = called or description
    if not name:
        raise RowProblem("line_name", "the line has no name", (sheet.number, int(row[1])))
    quantity = _number(sheet, row, "quantity")
    price = _number(sheet, row, "unit_price")
    amount = _money(sheet, row, "line_amount")
    if amount is None and price is None:
        raise RowProblem("line_amount", "the line has no amount", (sheet.number, int(row[1])))
    quantity = Decimal(1) if quantity is None else quantity
    if price is None:
        quantity, price = _price_of(quantity, amount or 0)
    if amount is None:
        amount = line_amount(quantity, price)
    product = products.find(sheet.cell(row, "product_id"), sheet.cell(row, "sku"), name)
    return InvoiceLine(
        id=sheet.cell(row, "line_id") or derived,
        product_id=product,
        name=name,
        description=description if called else "",
        quantity=quantity,
        unit_price=price,
        amount=amount,
        taxable=_taxable(sheet, row, products.taxable.get(product or "", taxed) and taxed),
        service_date=_day(sheet, row, "service_date"),
    )


def _price_of(quantity: Decimal, amount: Cents) -> tuple[Decimal, Decimal]:
    """A price that makes the amount; a quantity that leaves none gives way to 1."""
    if quantity:
        price = (to_decimal(amount) / quantity).quantize(Decimal("0.0000001")).normalize()
        if line_amount(quantity, price) == amount and price.adjusted() < 12:
            return quantity, Decimal(format(price, "f"))
    return Decimal(1), to_decimal(amount)


def _taxable(sheet: Sheet, row: SpooledRow, otherwise: bool) -> bool:
    said = read_cell(sheet, row, "line_taxable", values.flag)
    if said is not None:
        return said
    tax = _money(sheet, row, "line_tax")
    return otherwise if tax is None else tax != 0


def _number(sheet: Sheet, row: SpooledRow, name: str) -> Decimal | None:
    decimals = sheet.profile.style.decimals
    return read_cell(sheet, row, name, values.number, decimals)


def _money(sheet: Sheet, row: SpooledRow, name: str) -> Cents | None:
    decimals = sheet.profile.style.decimals
    return read_cell(sheet, row, name, values.money, decimals)


def _day(sheet: Sheet, row: SpooledRow, name: str) -> date | None:
    dates = sheet.profile.style.dates
    return read_cell(sheet, row, name, values.day, dates)
