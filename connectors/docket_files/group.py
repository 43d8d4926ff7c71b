"""All rows that one record has in the files of an import, read as one.

Rows of one file must agree with each other; of two files the one that was written
later counts. A field that no file carries is left to what is known already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Concatenate, ParamSpec, TypeVar

from connectors.docket_files import values
from connectors.docket_files.catalogue import FileKind
from connectors.docket_files.findings import Finding, RowProblem, headers_of
from connectors.docket_files.identity import ClientRef
from connectors.docket_files.places import PlaceRef, place_ref
from connectors.docket_files.profile import Profile
from connectors.docket_files.spool import SpooledRow
from connectors.docket_files.tables import Table
from core.money import Cents

T = TypeVar("T")
P = ParamSpec("P")
_NO_STYLE = values.Style()
FIXED = 2
"""Cells of a spooled row before its fields: the number of the file and of the row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its profile; `stale` where a newer export of its kind was imported before."""

    number: int
    table: Table
    profile: Profile
    stale: bool = False
    fields: tuple[str, ...] = field(init=False)
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Work out where the fields of a spooled row stand."""
        fields = tuple(
            self.profile.columns[one] for one in self.table.headers if one in self.profile.columns
        )
        object.__setattr__(self, "fields", fields)
        places = {name: place + FIXED for place, name in enumerate(fields)}
        object.__setattr__(self, "places", places)

    @property
    def kind(self) -> FileKind:
        """What its rows are."""
        return self.profile.kind

    def cell(self, row: Sequence[str], name: str) -> str:
        """A field of a spooled row, plain; empty where the file does not carry it."""
        place = self.places.get(name)
        return "" if place is None else values.plain(row[place])

    def client(self, row: Sequence[str]) -> ClientRef:
        """What a row says of its client."""
        return ClientRef(
            self.cell(row, "client_id"),
            self.cell(row, "client_display_id"),
            self.cell(row, "client_name"),
            self.cell(row, "client_email"),
        )

    def place(self, row: Sequence[str]) -> PlaceRef:
        """What a row says of a service address."""
        return place_ref(lambda name: self.cell(row, name))

    def finding(self, row: int, name: str, words: str) -> Finding:
        """A finding of this table, with the column as the file calls it."""
        column = headers_of(self.profile.columns, name) if name else ""
        return Finding(self.table.name, row, column, words)


class Group:
    """The rows of one record, in the order of their files."""

    def __init__(
        self, rows: Sequence[SpooledRow], sheets: Sequence[Sheet], agreeing: Iterable[str] = ()
    ) -> None:
        """Put them together.

        Args:
            rows: all of one record.
            sheets: by number.
            agreeing: fields that must be the same in all rows of a file.

        Raises:
            RowProblem: two rows of one file disagree.
        """
        self.rows = rows
        self.sheets = sheets
        self._found: dict[str, tuple[SpooledRow, int]] = {}
        by_file: dict[str, list[SpooledRow]] = {}
        for row in rows:
            by_file.setdefault(row[0], []).append(row)
        must = frozenset(agreeing)
        for number, some in by_file.items():
            self._take(sheets[int(number)], some, must)

    @property
    def at(self) -> tuple[Sheet, int]:
        """Where the first row of the newest file stands, for findings about the whole."""
        newest = self.rows[-1][0]
        row = next(one for one in self.rows if one[0] == newest)
        return self.sheets[int(newest)], int(row[1])

    @property
    def written_at(self) -> datetime:
        """When the newest of the files was written."""
        return self.sheets[int(self.rows[-1][0])].table.written_at

    @property
    def stale(self) -> bool:
        """Whether all of them are older than what was imported before."""
        return all(self.sheets[int(row[0])].stale for row in self.rows)

    def finding(self, problem: RowProblem) -> Finding:
        """A problem as a finding: where it says, else where the field stands."""
        if problem.at is not None:
            sheet, row = self.sheets[problem.at[0]], problem.at[1]
        elif problem.field in self._found:
            found = self._found[problem.field][0]
            sheet, row = self.sheets[int(found[0])], int(found[1])
        else:
            sheet, row = self.at
        return sheet.finding(row, problem.field, problem.words)

    def carries(self, name: str) -> bool:
        """Whether a file has a column for the field."""
        return name in self._found

    def carries_any(self, names: Iterable[str]) -> bool:
        """Whether a file has a column for one of the fields."""
        return not self._found.keys().isdisjoint(names)

    def header(self, name: str) -> str:
        """What the file calls the field's column; empty where it is not carried."""
        found = self._found.get(name)
        if found is None:
            return ""
        return headers_of(self.sheets[int(found[0][0])].profile.columns, name)

    def text(self, name: str) -> str:
        """A field as text; empty where it is blank or not carried."""
        found = self._found.get(name)
        return "" if found is None else values.plain(found[0][found[1]])

    def money(self, name: str) -> Cents | None:
        """An amount; None where it is blank or not carried."""
        raw, style = self._raw(name)
        return None if not raw else self._read(name, lambda: values.money(raw, style.decimals))

    def number(self, name: str) -> Decimal | None:
        """A quantity or rate."""
        raw, style = self._raw(name)
        return None if not raw else self._read(name, lambda: values.number(raw, style.decimals))

    def day(self, name: str) -> date | None:
        """A date."""
        raw, style = self._raw(name)
        return None if not raw else self._read(name, lambda: values.day(raw, style.dates))

    def instant(self, name: str) -> datetime | None:
        """An instant."""
        raw, style = self._raw(name)
        return None if not raw else self._read(name, lambda: values.instant(raw, style.dates))

    def flag(self, name: str) -> bool | None:
        """Yes or no."""
        raw, _ = self._raw(name)
        return None if not raw else self._read(name, lambda: values.flag(raw))

    def whole(self, name: str) -> int | None:
        """A whole number."""
        raw, _ = self._raw(name)
        return None if not raw else self._read(name, lambda: values.whole(values.plain(raw)))

    def client(self) -> ClientRef:
        """What the rows say of the client."""
        return ClientRef(
            self.text("client_id"),
            self.text("client_display_id"),
            self.text("client_name"),
            self.text("client_email"),
        )

    def place(self) -> PlaceRef:
        """What the rows say of a service address."""
        return place_ref(self.text)

    def _take(self, sheet: Sheet, rows: Sequence[SpooledRow], must: frozenset[str]) -> None:
        first = rows[0]
        self._found.update({name: (first, place) for name, place in sheet.places.items()})
        if len(rows) == 1:
            return
        for place, column in enumerate(zip(*rows, strict=True)):
            if place < FIXED or column.count(column[0]) == len(column):
                continue
            name = sheet.fields[place - FIXED]
            filled = [row for row in rows if row[place].strip()]
            self._found[name] = (filled[0] if filled else first, place)
            if name in must:
                _insist_on_one(sheet, name, place, filled)

    def _raw(self, name: str) -> tuple[str, values.Style]:
        found = self._found.get(name)
        if found is None:
            return "", _NO_STYLE
        return found[0][found[1]].strip(), self.sheets[int(found[0][0])].profile.style

    def _read(self, name: str, read: Callable[[], T]) -> T:
        try:
            return read()
        except ValueError as error:
            raise RowProblem(name, f"{self.text(name)[:60]} {error}") from None


def read_cell(
    sheet: Sheet,
    row: Sequence[str],
    name: str,
    read: Callable[Concatenate[str, P], T],
    *style: P.args,
    **more: P.kwargs,
) -> T | None:
    """A field of one row, read in the file's style; None where it is blank or not carried.

    Raises:
        RowProblem: it cannot be read.
    """
    place = sheet.places.get(name)
    raw = "" if place is None else row[place].strip()
    if not raw:
        return None
    try:
        return read(raw, *style, **more)
    except ValueError as error:
        words = f"{values.plain(raw)[:60]} {error}"
        raise RowProblem(name, words, (sheet.number, int(row[1]))) from None


def _insist_on_one(sheet: Sheet, name: str, place: int, rows: Sequence[SpooledRow]) -> None:
    seen = {row[place]: row for row in reversed(rows)}
    if len({values.plain(text) for text in seen}) > 1:
        first = rows[0]
        other = next(row for row in rows if row[place] != first[place])
        raise RowProblem(
            name,
            f"it says {values.plain(other[place])} here and {values.plain(first[place])} in row"
            f" {first[1]} for the same record",
            (sheet.number, int(other[1])),
        )
