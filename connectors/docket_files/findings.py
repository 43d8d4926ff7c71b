"""What an import could not take, named by file, row and column, so that a person can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import UsageTrouble
from core.text import display

MOST_KEPT = 1000
"""Findings kept word for word; beyond that they are only counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `row` counts as a spreadsheet does, from 1, 0 is the file."""

    file: str
    row: int
    column: str
    words: str

    def sentence(self) -> str:
        """The whole of it on one line, safe to show."""
        row = f", row {self.row}" if self.row else ""
        column = f", column {display(self.column, 60)}" if self.column else ""
        return f"{display(self.file, 80)}{row}{column}: {display(self.words, 300)}"

    def as_json(self) -> dict[str, str | int]:
        """For `--json` and the import log."""
        return {"file": self.file, "row": self.row, "column": self.column, "words": self.words}


@dataclass(slots=True)
class Findings:
    """All findings of one import, in the order they were made."""

    kept: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, finding: Finding) -> None:
        """Keep one, or only count it where there are too many."""
        self.count += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(finding)


class RowProblem(Exception):
    """A value, or a record as a whole, that cannot be taken."""

    def __init__(self, field_name: str, words: str, at: tuple[int, int] | None = None) -> None:
        """Name the field, and where it stands (file number, row) if it is not the first row."""
        super().__init__(words)
        self.field = field_name
        self.words = words
        self.at = at


class FileTrouble(UsageTrouble):
    """A file cannot be read at all; nothing of it was taken."""

    def __init__(self, file: str, why: str, fix: str = "") -> None:
        """Name the file and the reason."""
        super().__init__(
            f"The file {display(file, 80)} cannot be read: {why}.",
            books="Nothing of it was taken; the cache and QuickBooks are unchanged.",
            fix=fix or "Export it again from Docket as CSV or XLSX, and import that file.",
        )


def headers_of(columns: Mapping[str, str], field_name: str) -> str:
    """Return the column that carries a field; the field's own name where none does."""
    return next((header for header, name in columns.items() if name == field_name), field_name)
