"""The invoice list, read straight from SQLite: what is on screen before all else is loaded.

Only store.sqlite, the states and core are imported here, because the first paint
waits for it. Pages come from indexes; a page far down is cut out of the index first
and its rows are fetched after, which is four times as quick.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from core.clock import parse_instant
from core.money import Cents
from core.text import name_key
from store import sqlite
from store.states import InvoiceStatus, PostingState

Column: TypeAlias = Literal[
    "number", "issued_on", "client", "total", "open_docket", "status", "last_synced"
]

_SORTED_BY = {
    "number": "number_key",
    "issued_on": "issued_on",
    "client": "client_key",
    "total": "total_cents",
    "open_docket": "open_docket_cents",
    "status": "status",
    "last_synced": "coalesce(last_synced_at, '')",
}
_COLUMNS = (
    "docket_id, number, issued_on, client_name, total_cents, open_docket_cents, open_qbo_cents,"
    " qbo_number, last_synced_at, status, reason, reason_code, paid"
)


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One line of the list; money in cents."""

    docket_id: str
    number: str
    issued_on: date
    client: str
    total: Cents
    open_docket: Cents
    open_qbo: Cents | None
    """None while it is not in QuickBooks."""
    qbo_number: str
    last_synced: datetime | None
    status: InvoiceStatus
    reason: str
    reason_code: str
    paid: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """Which invoices; everything that is set has to hold.

    `text` is words, each of which must occur in the number, the client's name, a
    line's name, the PO number or the total. `ids`, if set, names the only ones.
    """

    status: InvoiceStatus | None = None
    text: str = ""
    paid: bool | None = None
    reason_code: str = ""
    ids: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """The order; invoices that are equal in it stand in the order they came."""

    column: Column = "issued_on"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class CountAndSum:
    """How many invoices, and their totals."""

    count: int
    amount: Cents


@dataclass(frozen=True, slots=True)
class Waiting:
    """A posting of an invoice that is unclear or being sent; as `store.posting_views` has it."""

    state: PostingState
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    next_try_at: datetime | None
    lease_until: datetime | None
    changed_at: datetime
    fault_code: str


class Listing:
    """The list over one cache. It may be used from several threads."""

    def __init__(self, cache: Path | sqlite.Connection, *, read_only: bool = False) -> None:
        """Read a cache by its path, or through a connection that somebody else closes.

        Raises:
            sqlite.Error: it cannot be opened.
        """
        self._own = isinstance(cache, Path)
        self._connection = (
            sqlite.connect(cache, read_only=read_only, query_only=not read_only)
            if isinstance(cache, Path)
            else cache
        )
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Listing:
        """Read a cache by its path; use it in a `with`, or close it.

        Args:
            path: the cache.
            read_only: leave the file and its folder byte for byte as they are.

        Raises:
            StoreTrouble: it cannot be read.
        """
        with _plain_errors(path):
            listing = cls(path, read_only=read_only)
            try:
                listing.company_name()
            except BaseException:
                listing.close()
                raise
        return listing

    def __enter__(self) -> Listing:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection if it is our own."""
        if self._own:
            self._connection.close()

    def page(self, which: Filter, sort: Sort, offset: int, limit: int) -> list[InvoiceRow]:
        """Return up to `limit` rows from `offset` on."""
        where, values = _where(which)
        order = _order(sort)
        found = self._all(
            f"SELECT {_COLUMNS} FROM invoice WHERE id IN (SELECT id FROM invoice{where}"
            f" ORDER BY {order} LIMIT ? OFFSET ?) ORDER BY {order}",
            [*values, limit, offset],
        )
        return [_row(values) for values in found]

    def count(self, which: Filter) -> CountAndSum:
        """Return how many invoices there are and the sum of their totals."""
        where, values = _where(which)
        found = self._all(
            f"SELECT count(*), coalesce(sum(total_cents), 0) FROM invoice{where}", values
        )
        return CountAndSum(found[0][0], found[0][1])

    def ids(self, which: Filter) -> list[str]:
        """Return the Docket ids of all, newest first."""
        where, values = _where(which)
        found = self._all(f"SELECT docket_id FROM invoice{where} ORDER BY {_order(Sort())}", values)
        return [row[0] for row in found]

    def tabs(self) -> dict[InvoiceStatus, CountAndSum]:
        """Return every status with its count and sum."""
        found = self._all(
            "SELECT status, count(*), sum(total_cents) FROM invoice GROUP BY status", []
        )
        known = {row[0]: CountAndSum(row[1], row[2]) for row in found}
        return {status: known.get(str(status), CountAndSum(0, 0)) for status in InvoiceStatus}

    def choices_waiting(self) -> int:
        """Return how many choices would solve all open conflicts."""
        found = self._all(
            "SELECT count(*) FROM (SELECT DISTINCT kind, subject_key FROM conflict"
            " WHERE closed_at IS NULL)",
            [],
        )
        return int(found[0][0])

    def sums(self, ids: Collection[str]) -> CountAndSum:
        """Return how many of these exist and the sum of their totals."""
        return self.count(Filter(ids=ids))

    def position(self, docket_id: str, which: Filter, sort: Sort) -> int | None:
        """Return an invoice's place in the list; None if it is not in it."""
        key = _SORTED_BY[sort.column]
        found = self._all(f"SELECT {key}, id FROM invoice WHERE docket_id = ?", [docket_id])
        if not found or not self.count(_only(which, docket_id)).count:
            return None
        where, values = _where(which)
        before = "{} (({key}), id) {} (?, ?)".format(
            "AND" if where else "WHERE", ">" if sort.descending else "<", key=key
        )
        counted = self._all(f"SELECT count(*) FROM invoice{where} {before}", [*values, *found[0]])
        return int(counted[0][0])

    def waiting(self, docket_id: str) -> Waiting | None:
        """Return the posting of an invoice that is unclear, else one being sent; None: neither."""
        found = self._all(
            "SELECT state, first_sent_at, last_sent_at, next_try_at, lease_until, changed_at,"
            " fault_code FROM posting WHERE invoice_docket_id = ?"
            " AND state IN ('UNKNOWN', 'SENDING') ORDER BY state DESC, next_try_at LIMIT 1",
            [docket_id],
        )
        return _waiting(found[0]) if found else None

    def company_name(self) -> str:
        """Return the company's name; empty before the first refresh."""
        found = self._all("SELECT name FROM company ORDER BY id LIMIT 1", [])
        return str(found[0][0]) if found else ""

    def data_version(self) -> int:
        """Return a number that changes whenever another connection committed."""
        return int(self._all("PRAGMA data_version", [])[0][0])

    def _all(self, statement: str, values: list[Any]) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite.Error as error:
        from store.troubles import plain, unreadable

        raise plain(error, path) or unreadable(path) from error


def _where(which: Filter) -> tuple[str, list[Any]]:
    """The condition of a filter and its values; the texts in it are all ours."""
    parts: list[str] = []
    values: list[Any] = []
    if which.status is not None:
        parts.append("status = ?")
        values.append(str(which.status))
    if which.paid is not None:
        parts.append("paid = ?")
        values.append(int(which.paid))
    if which.reason_code:
        parts.append("reason_code = ?")
        values.append(which.reason_code)
    if which.ids is not None:
        parts.append("docket_id IN (SELECT value FROM json_each(?))")
        values.append(_json_texts(which.ids))
    for word in name_key(which.text).split():
        parts.append("(search_text LIKE ? ESCAPE '!' OR client_key LIKE ? ESCAPE '!')")
        values += [sqlite.like(_without_commas(word)), sqlite.like(word)]
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


def _only(which: Filter, docket_id: str) -> Filter:
    wanted = which.ids is None or docket_id in which.ids
    return Filter(
        status=which.status,
        text=which.text,
        paid=which.paid,
        reason_code=which.reason_code,
        ids=[docket_id] if wanted else [],
    )


def _order(sort: Sort) -> str:
    way = "DESC" if sort.descending else "ASC"
    return f"{_SORTED_BY[sort.column]} {way}, id {way}"


def _without_commas(word: str) -> str:
    """An amount as it may be typed, 12,430.00, in the form in which it is kept."""
    bare = word.replace(",", "")
    return bare if bare.replace(".", "", 1).isdigit() else word


def _json_texts(texts: Collection[str]) -> str:
    """One value in the place of any number of ids."""
    from core.jsonio import dumps

    return dumps(sorted(texts))


def _row(values: Any) -> InvoiceRow:
    return InvoiceRow(
        docket_id=values[0],
        number=values[1],
        issued_on=date.fromisoformat(values[2]),
        client=values[3],
        total=values[4],
        open_docket=values[5],
        open_qbo=values[6],
        qbo_number=values[7],
        last_synced=_instant(values[8]),
        status=InvoiceStatus(values[9]),
        reason=values[10],
        reason_code=values[11],
        paid=bool(values[12]),
    )


def _waiting(values: Any) -> Waiting:
    return Waiting(
        state=PostingState(values[0]),
        first_sent_at=_instant(values[1]),
        last_sent_at=_instant(values[2]),
        next_try_at=_instant(values[3]),
        lease_until=_instant(values[4]),
        changed_at=parse_instant(values[5]),
        fault_code=values[6],
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
