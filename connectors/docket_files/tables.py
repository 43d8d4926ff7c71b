"""One table of a file: where its header stands, and its rows below that.

Reports have titles above the table and totals below it; both are recognised by their
form, here and nowhere else.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import stat
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connectors.docket_files import text_file, workbook
from connectors.docket_files.findings import FileTrouble
from connectors.docket_files.text_file import Row
from connectors.docket_files.values import TYPED, is_number, plain

LARGEST_FILE = 2**30
"""A million lines take 150 MB."""
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm"})
_HEADER_WITHIN = 40
SAMPLE = 1_000
_TOTAL = re.compile(
    r"(?P<of>(grand |sub[ -]?)?totals? (for|of) .*)"
    r"|(grand |sub[ -]?|page |report )?totals?(:.*| \(.*| due| amount|\s*[\d$].*)?|(sum|count):?"
    r"|(generated|printed|exported) (on|by|at)\b.*|page \d+.*|end of report.*"
    r"|\d+ (rows|records|invoices|payments)|[-—=*]{3,}.*",
    re.IGNORECASE,
)
_CENTS = re.compile(rf"{TYPED}|[.,]\d\d\D*$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was found, before anybody said what its columns mean.

    `titles` is the text above the header; `sample` are its first rows.
    """

    path: Path
    sheet: str
    encoding: str
    delimiter: str
    header_row: int
    headers: tuple[str, ...]
    titles: str
    sample: tuple[Row, ...]
    written_at: datetime
    sha256: str

    @property
    def name(self) -> str:
        """The file, and its sheet where there are several."""
        return f"{self.path.name}, sheet {self.sheet}" if self.sheet else self.path.name


def is_export(path: Path) -> bool:
    """Whether a path is a file that goes by the name of an export."""
    return path.suffix.casefold() in SUFFIXES and path.is_file()


def tables_of(path: Path) -> list[Table]:
    """Return the tables of a file: one of a CSV, one of each sheet that has rows.

    Raises:
        FileTrouble: it cannot be read, or is not safe to read.
    """
    written, digest = _checked(path)
    found = []
    try:
        for sheet, encoding, delimiter in _sources(path):
            table = _table(path, sheet, encoding, delimiter, written, digest)
            if table is not None:
                found.append(table)
    except OSError as error:
        raise FileTrouble(path.name, error.strerror or "it cannot be opened") from error
    if not found:
        raise FileTrouble(path.name, "it has no table: no row of headers with rows below it")
    return found


def rows_of(table: Table) -> Iterator[Row]:
    """Yield the rows below the header that are not blank and not a footer.

    Raises:
        FileTrouble: the file is broken further down, or changed since it was looked at.
    """
    if _written(table.path.stat()) != table.written_at:
        raise FileTrouble(table.path.name, "it was changed while it was read", "Import it again.")
    rows = _raw(table.path, table.sheet, table.encoding, table.delimiter)
    for number, cells in rows:
        if number > table.header_row and _is_row(cells, len(table.headers)):
            yield number, cells


def _checked(path: Path) -> tuple[datetime, str]:
    try:
        about = path.stat()
    except OSError as error:
        raise FileTrouble(path.name, "it is not there, or may not be read") from error
    if not stat.S_ISREG(about.st_mode):
        raise FileTrouble(path.name, "it is not a file")
    if path.suffix.casefold() not in SUFFIXES:
        raise FileTrouble(path.name, "its name ends in neither .csv nor .xlsx")
    if about.st_size > LARGEST_FILE:
        raise FileTrouble(
            path.name, f"it is larger than {LARGEST_FILE // 2**30} GB", "Export a shorter time."
        )
    if not about.st_size:
        raise FileTrouble(path.name, "it is empty")
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileTrouble(path.name, os.strerror(error.errno or 0)) from error
    return _written(about), digest


def _sources(path: Path) -> Iterator[tuple[str, str, str]]:
    if workbook.is_archive(path):
        for sheet in workbook.sheets_of(path):
            yield sheet, "", ""
        return
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        with path.open("rb") as file:
            old = file.read(4) == b"\xd0\xcf\x11\xe0"
        why = "it is an old or encrypted workbook" if old else "it is called a workbook but is none"
        raise FileTrouble(path.name, why)
    encoding = text_file.find_encoding(path)
    yield "", encoding, text_file.find_delimiter(path, encoding)


def _raw(path: Path, sheet: str, encoding: str, delimiter: str) -> Generator[Row, None, None]:
    if encoding:
        return text_file.read_text(path, encoding, delimiter)
    return workbook.read_sheet(path, sheet)


def _table(
    path: Path, sheet: str, encoding: str, delimiter: str, written: datetime, digest: str
) -> Table | None:
    with closing(_raw(path, sheet, encoding, delimiter)) as rows:
        first = list(itertools.islice(rows, _HEADER_WITHIN + SAMPLE))
    at = _header_at(first)
    if at is None:
        return None
    headers = _unique([plain(cell) for cell in first[at][1]])
    below = [row for row in first[at + 1 :] if _is_row(row[1], len(headers))]
    if not below:
        return None
    titles = " ".join(plain(cell) for _, cells in first[:at] for cell in cells if cell)
    return Table(
        path=path,
        sheet=sheet,
        encoding=encoding,
        delimiter=delimiter,
        header_row=first[at][0],
        headers=headers,
        titles=titles[:500],
        sample=tuple(below[:SAMPLE]),
        written_at=written,
        sha256=digest,
    )


def _header_at(rows: Sequence[Row]) -> int | None:
    """The first row of words only that is as wide as the rows below it."""
    widths = [_filled(cells) for _, cells in rows]
    for at, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        words = [cell for cell in cells if cell.strip()]
        widest = max(widths[at + 1 : at + 30], default=0)
        near = min(widest, len(words) + 5)
        # Two cells above three columns are a title: "Report of", "Acme".
        if len(words) < max(2, min(near, 3), 0.6 * near):
            continue
        if any(map(_is_value, words)) or len(set(words)) < 0.6 * len(words):
            continue
        if widest >= 2:
            return at
    return None


def _is_value(cell: str) -> bool:
    """Whether a cell is an amount, a date or a number, and so no header."""
    text = cell.strip()
    if text.startswith(TYPED) or re.fullmatch(r"[-+(]?[$€£]?\s*[\d.,]+\)?", text):
        return True
    return bool(re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*", text))


def _unique(headers: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found = []
    for place, header in enumerate(headers, start=1):
        name = header or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_row(cells: Sequence[str], width: int) -> bool:
    """Whether a row is one of the table: not blank, and no total or remark below or amid it.

    Those begin with words that say so, and most of their cells are empty, or some are and all
    others amounts. A client may be called "Total of Texas": a total is it only before amounts.
    """
    first = next((cell for cell in cells if cell and cell.strip()), None)
    if first is None:
        return False
    said = _TOTAL.fullmatch(plain(first))
    if said is None:
        return True
    others = [cell for cell in cells if cell.strip()][1:]
    if not said["of"] and len(others) < max(2, width // 2):
        return False
    sums = all(map(is_number, others)) and any(map(_CENTS.search, others))
    return not sums or len(others) > width - 2


def _written(about: os.stat_result) -> datetime:
    return _EPOCH + timedelta(microseconds=about.st_mtime_ns // 1000)
