"""CSV as it comes: any delimiter, UTF-8, UTF-16 or cp1252, read row by row in bounded memory."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from connectors.docket_files.findings import FileTrouble

LONGEST_LINE = 1_000_000
"""Characters after which a line is no line of a report any more."""
MOST_COLUMNS = 500
_DELIMITERS = ",;\t|"
_PROBE = 64 * 1024
_PIECE = 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Row = tuple[int, Sequence[str]]
"""The number of a row, as a spreadsheet counts it, and its cells."""


def find_encoding(path: Path) -> str:
    """Return the encoding of a text file; cp1252 where it is not valid UTF-8.

    Raises:
        FileTrouble: it is no text.
    """
    with path.open("rb") as file:
        head = file.read(_PROBE)
        for mark, name in _BOMS:
            if head.startswith(mark):
                return name
        if b"\0" in head:
            return _without_mark(path, head)
        file.seek(0)
        return _eight_bits(path, file)


def find_delimiter(path: Path, encoding: str) -> str:
    """Return what stands between the cells: of which most make rows that are equally wide."""
    lines = []
    with _opened(path, encoding) as file:
        for line in _lines(path, file):
            lines.append(line)
            if len(lines) == 60:
                break
    return max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))


def read_text(path: Path, encoding: str, delimiter: str) -> Generator[Row, None, None]:
    """Yield the rows of a CSV file.

    Raises:
        FileTrouble: a line is far too long, holds a NUL or is not in the encoding, or the
            quotes do not end.
    """
    with _opened(path, encoding) as file:
        reader = csv.reader(_lines(path, file), delimiter=delimiter)
        row = 0
        try:
            for row, cells in enumerate(reader, start=1):
                if len(cells) > MOST_COLUMNS:
                    raise FileTrouble(path.name, f"row {row} has more than {MOST_COLUMNS} columns")
                yield row, cells
        except csv.Error as error:
            raise FileTrouble(path.name, f"behind row {row} it is not CSV ({error})") from error


def _opened(path: Path, encoding: str) -> TextIO:
    return io.TextIOWrapper(path.open("rb", buffering=_PIECE), encoding=encoding, newline="")


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    number = 0
    while line := _line(path, file, number):
        number += 1
        if len(line) == LONGEST_LINE:
            raise FileTrouble(path.name, f"line {number} has more than {LONGEST_LINE:,} characters")
        if "\0" in line:
            raise FileTrouble(path.name, f"line {number} holds a NUL, so it is no text")
        yield line


def _line(path: Path, file: TextIO, before: int) -> str:
    try:
        return file.readline(LONGEST_LINE)
    except UnicodeError as error:
        raise FileTrouble(
            path.name, f"behind line {before} it holds what is no text in {file.encoding}"
        ) from error


def _without_mark(path: Path, head: bytes) -> str:
    """UTF-16 without its mark shows in which half of the pairs the zeros are."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even < odd / 10:
        return "utf-16-le"
    if even > 0.4 * len(head) / 2 and odd < even / 10:
        return "utf-16-be"
    raise FileTrouble(path.name, "it holds NULs, so it is no text")


def _eight_bits(path: Path, file: BinaryIO) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_PIECE):
            if b"\0" in piece:
                raise FileTrouble(path.name, "it holds NULs, so it is no text")
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _evenness(lines: Sequence[str], delimiter: str) -> int:
    """How many of a mark stand in rows of one width, at most; amounts hold a few commas too."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return 0
    return max((rows * (width - 1) for width, rows in widths.items()), default=0)
