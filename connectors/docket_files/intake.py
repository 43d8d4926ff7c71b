"""Reads every row of the files once, into spools by kind, and hears of every client on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from connectors.docket_files import values
from connectors.docket_files.catalogue import FileKind
from connectors.docket_files.findings import Findings
from connectors.docket_files.group import FIXED, Sheet
from connectors.docket_files.identity import ClientRef
from connectors.docket_files.places import PLACE_FIELDS, PlaceRef
from connectors.docket_files.spool import Spool
from connectors.docket_files.tables import rows_of

KEYS: Mapping[FileKind, tuple[str, ...]] = MappingProxyType(
    {
        FileKind.CLIENTS: ("display_id", "id", "company_name", "name", "last_name"),
        FileKind.PRODUCTS: ("name",),
        FileKind.INVOICES: ("number", "id"),
        FileKind.LINES: ("number", "id"),
        FileKind.PAYMENTS: ("number", "id", "invoice_number", "invoice_id"),
        FileKind.REFUNDS: ("number", "id", "invoice_number", "invoice_id"),
        FileKind.CREDITS: ("number", "id", "client_name", "client_id"),
        FileKind.AGEING: ("number",),
    }
)
"""By which field rows belong together: the first that a row has."""
_MUST = frozenset({FileKind.INVOICES, FileKind.LINES, FileKind.AGEING})
_EVERY = 20_000


class Intake:
    """All rows of an import, on disk. Close it."""

    def __init__(
        self, sheets: Sequence[Sheet], findings: Findings, heard: Callable[[str, int], None]
    ) -> None:
        """Prepare; `heard` is told now and then what is read and how many rows it was."""
        self.sheets = sheets
        self.refs: dict[ClientRef, Sheet] = {}
        """Every client that an invoice, payment, refund or credit names."""
        self.places: dict[tuple[ClientRef, PlaceRef], Sheet] = {}
        """Every service address that an invoice names."""
        self._findings = findings
        self._heard = heard
        self._spools: dict[FileKind, Spool] = {}

    def read(self) -> None:
        """Read all files, oldest first, so that later rows of a record are newer.

        Raises:
            FileTrouble: a file is broken further down.
        """
        for sheet in self.sheets:
            self._read(sheet)

    def spool(self, kind: FileKind) -> Spool | None:
        """The rows of a kind; lines are with their invoices."""
        return self._spools.get(_together(kind))

    def close(self) -> None:
        """Remove what is on disk."""
        for spool in self._spools.values():
            spool.close()
        self._spools = {}

    def _read(self, sheet: Sheet) -> None:
        headers = sheet.table.headers
        places = [place for place, one in enumerate(headers) if one in sheet.profile.columns]
        spool = self._spool_for(sheet)
        keys = [sheet.places[name] - FIXED for name in KEYS[sheet.kind] if name in sheet.places]
        must, lines = sheet.kind in _MUST, sheet.kind is FileKind.LINES
        number, width, before = str(sheet.number), len(headers), ""
        named_at = _named_places(sheet)
        seen: set[tuple[str, ...]] = set()
        for row, (at, cells) in enumerate(rows_of(sheet.table)):
            if row % _EVERY == 0:
                self._heard(sheet.table.name, row)
            if len(cells) < width:
                cells = [*cells, *[""] * (width - len(cells))]
            elif len(cells) > width and any(map(str.strip, cells[width:])):
                self._findings.add(
                    sheet.finding(at, "", "it has more cells than there are headers")
                )
                continue
            picked = [cells[place] for place in places]
            key = next((text for k in keys if (text := values.plain(picked[k]))), "")
            if not key and lines and before and keys:
                key = picked[keys[0]] = before  # a report that says it on the first line only
            if not key and must:
                self._findings.add(sheet.finding(at, "number", "there is no number"))
                continue
            before = key
            spool.put(key, [number, str(at), *picked])
            named = tuple([picked[place] for place in named_at])
            if named and named not in seen:
                seen.add(named)
                self._note(sheet, [number, str(at), *picked])

    def _note(self, sheet: Sheet, row: Sequence[str]) -> None:
        ref = sheet.client(row)
        if not ref.empty:
            self.refs.setdefault(ref, sheet)
            place = sheet.place(row)
            if not place.empty:
                self.places.setdefault((ref, place), sheet)

    def _spool_for(self, sheet: Sheet) -> Spool:
        kind = _together(sheet.kind)
        if kind not in self._spools:
            sizes = [one.table.path.stat().st_size for one in self.sheets]
            packed = any(not one.table.encoding for one in self.sheets)
            self._spools[kind] = Spool(sum(sizes) * (6 if packed else 1))
        return self._spools[kind]


def _together(kind: FileKind) -> FileKind:
    return FileKind.INVOICES if kind is FileKind.LINES else kind


def _named_places(sheet: Sheet) -> list[int]:
    """Where a row that is not of a client itself names one, and a service address."""
    if sheet.kind is FileKind.CLIENTS:
        return []
    names = ("client_id", "client_display_id", "client_name", "client_email", *PLACE_FIELDS)
    return [sheet.places[name] - FIXED for name in names if name in sheet.places]
