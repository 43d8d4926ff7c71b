"""Tables as files: CSV and Excel, with typed cells and no way for a text to be a formula.

Amounts come as `Money` and are numbers in both; every other text may come from
outside. A spreadsheet takes a text that begins with = + - @ or a tab for a formula
(CWE-1236): in CSV such a text gets a quote before it, in Excel each cell says that it
is text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from core.errors import UsageTrouble
from core.money import Cents, plain_cents, to_decimal
from core.text import display

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
_MONEY_FORMAT = "#,##0.00"


class Money(NamedTuple):
    """An amount; a number in every file, also below zero."""

    cents: Cents


Value: TypeAlias = str | int | Money


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_csv(path: Path, sheet: Sheet) -> None:
    """Write one table as RFC 4180 CSV in UTF-8.

    Raises:
        UsageTrouble: the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(sheet.header)
            writer.writerows(csv_rows(sheet.rows))
    except OSError as error:
        raise _unwritable(path, error) from error


def csv_rows(rows: Iterable[Sequence[Value]]) -> Iterator[list[str]]:
    """Yield rows as the texts that a CSV file gets."""
    for row in rows:
        yield [_csv_cell(value) for value in row]


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write tables as an Excel file, one sheet each, row by row.

    Raises:
        UsageTrouble: the file cannot be written.
    """
    from openpyxl import Workbook  # 0.2 s to load, needed only here

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title[:31])
        page.freeze_panes = "A2"
        for row in (sheet.header, *sheet.rows):
            page.append([_xlsx_cell(page, value) for value in row])
    whole = BytesIO()
    book.save(whole)
    try:
        path.write_bytes(whole.getvalue())
    except OSError as error:
        raise _unwritable(path, error) from error


def _csv_cell(value: Value) -> str:
    if isinstance(value, Money):
        return plain_cents(value.cents)
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(FORMULA) else value


def _xlsx_cell(page: WriteOnlyWorksheet, value: Value) -> Cell:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page)
    if isinstance(value, Money):
        cell.value = to_decimal(value.cents)
        cell.number_format = _MONEY_FORMAT
    elif isinstance(value, int):
        cell.value = value
    else:
        cell.value = display(value)
        cell.data_type = "s"  # or a text that begins with = would be a formula
    return cell


def _unwritable(path: Path, error: OSError) -> UsageTrouble:
    return UsageTrouble(
        f"{path} cannot be written: {error.strerror or error}.",
        books="Nothing was changed.",
        fix="Name another file, or close the program that has it open.",
    )
