"""What the command line writes: data on stdout, narration on stderr, tables for people.

Text from outside is made safe here; JSON and CSV keep it as it is and never depend
on the locale.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence

from core.jsonio import dumps
from core.text import display

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def say(text: str) -> None:
    """Write one line of narration."""
    sys.stderr.write(display(text) + "\n")
    sys.stderr.flush()


def put(text: str) -> None:
    """Write one line of data for a person."""
    sys.stdout.write(display(text) + "\n")
    sys.stdout.flush()


def put_json(value: object) -> None:
    """Write one JSON document."""
    _as_utf8()
    sys.stdout.write(dumps(value) + "\n")


def put_csv(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """Write RFC 4180 CSV. A text cell that a spreadsheet would take for a formula gets a quote.

    Amounts come in as plain text of our own making (`core.money.plain_cents`) and
    stay numbers, also below zero.
    """
    _as_utf8()
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value) for value in row])


def put_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()
) -> None:
    """Write columns for a person; those in `right` are aligned to the right."""
    from rich.cells import cell_len, set_cell_size

    cells = [list(header), *([display(cell, 48) for cell in row] for row in rows)]
    widths = [max(cell_len(row[i]) for row in cells) for i in range(len(header))]
    ends = set(right)
    for row in cells:
        parts = (
            " " * (width - cell_len(cell)) + cell if i in ends else set_cell_size(cell, width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        sys.stdout.write("  ".join(parts).rstrip() + "\n")


def _as_utf8() -> None:
    """Data for a program is UTF-8, whatever the terminal shows."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.encoding.startswith("utf"):
        sys.stdout.reconfigure(encoding="utf-8", errors="strict")


def _cell(value: str | int) -> str:
    text = str(value)
    if text.startswith(_FORMULA) and not text.lstrip("-").replace(".", "", 1).isdigit():
        return "'" + text
    return text
