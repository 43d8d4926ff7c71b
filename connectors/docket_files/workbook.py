"""XLSX read row by row, after a look at the archive that refuses what would not fit.

openpyxl streams a sheet, but takes the shared strings whole and believes what a cell
says about its place; so the archive is measured first, document types are refused
(entities need one), and rows are cut to a sane width.
"""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from connectors.docket_files.findings import FileTrouble
from connectors.docket_files.text_file import MOST_COLUMNS, Row
from connectors.docket_files.values import TYPED

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MOST_SHEETS = 50
MOST_PARTS = 2_000
LARGEST_PART = 1024 * 2**20
LARGEST_STRINGS = 48 * 2**20
"""Shared strings are held in memory as a whole, several times their size in the file."""
_RATIO = 250
"""A sheet shrinks to a tenth or a fiftieth; a bomb to a thousandth."""
_SMALL = 2**20
_EMPTY_ROWS = 200
"""So many empty rows in a row are the end of the table."""
_MOST_ROWS = 1_048_576
_BROKEN = (
    zipfile.BadZipFile,
    ParseError,
    DefusedXmlException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,  # an archive with a password
    zipfile.LargeZipFile,
)
"""What zipfile, ElementTree and openpyxl raise over an archive that is not what it says."""


def is_archive(path: Path) -> bool:
    """Whether a file begins as a ZIP archive does, whatever its name says."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def sheets_of(path: Path) -> list[str]:
    """Return the names of the visible sheets.

    Raises:
        FileTrouble: it is no workbook, or one that is not safe to open.
    """
    with _opened(path) as book:
        return [one.title for one in book.worksheets if one.sheet_state == "visible"]


def read_sheet(path: Path, sheet: str) -> Generator[Row, None, None]:
    """Yield the rows of a sheet, cells as text; numbers begin with `TYPED`, dates are ISO.

    Raises:
        FileTrouble: the sheet is broken, cut short, or not safe to read.
    """
    number = 0
    try:
        with _opened(path) as book:
            rows = book[sheet].iter_rows(
                min_row=1, max_row=_MOST_ROWS, max_col=MOST_COLUMNS, values_only=True
            )
            empty = 0
            for number, row in enumerate(rows, start=1):
                empty = empty + 1 if row.count(None) == len(row) else 0
                if empty > _EMPTY_ROWS:
                    return
                if not empty:
                    yield number, _trimmed(row)
    except _BROKEN as error:
        raise FileTrouble(path.name, f"behind row {number} the sheet is broken") from error


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    from openpyxl import load_workbook  # 0.15 s to load, needed only here

    with path.open("rb") as file:  # openpyxl would leave it open where it gives up
        try:
            with zipfile.ZipFile(file) as archive:
                _measure(path, archive)
                for part in archive.infolist():
                    if part.filename.endswith((".xml", ".rels")):
                        with archive.open(part) as content:
                            _refuse_doctype(path, content)
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except _BROKEN as error:
            raise FileTrouble(
                path.name, "it is no workbook, or it is broken or cut short"
            ) from error
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what it says about its own size may be wrong
        try:
            yield book
        finally:
            book.close()


def _measure(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise FileTrouble(path.name, "it is an archive of far too many parts")
    for part in parts:
        strings = part.filename.endswith(("sharedStrings.xml", "styles.xml", "workbook.xml"))
        largest = LARGEST_STRINGS if strings else LARGEST_PART
        tight = part.file_size > _SMALL and part.file_size > _RATIO * max(part.compress_size, 1)
        if part.file_size > largest or tight:
            raise FileTrouble(path.name, "it unpacks to far more than a report holds")
    if sum("worksheets/sheet" in part.filename for part in parts) > MOST_SHEETS:
        raise FileTrouble(path.name, f"it has more than {MOST_SHEETS} sheets")


def _refuse_doctype(path: Path, content: IO[bytes]) -> None:
    """Read up to the first element: a document type can only stand before it."""
    try:
        for _ in iterparse(content, events=("start",), forbid_dtd=True):
            return
    except DefusedXmlException as error:
        raise FileTrouble(path.name, "it holds a document type, which no report needs") from error


def _trimmed(row: tuple[Any, ...]) -> list[str]:
    last = len(row)
    while last and row[last - 1] is None:
        last -= 1
    return [_text(value) for value in row[:last]]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{TYPED}{value}"
    if isinstance(value, float):  # the file has decimal text; ten places bring it back
        return f"{TYPED}{_tidied(value)}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _tidied(value: float) -> str:
    digits = format(round(Decimal(repr(value)), 7), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
