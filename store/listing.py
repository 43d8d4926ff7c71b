"""The invoice list, read straight from SQLite: what is on screen before all else is loaded.

Little is imported here, because the first paint waits for it. Counts are kept, pages
come from indexes: how they are found is planned in `store.list_plan`, and a page far
down is counted off from rows whose places are known (`store.list_trail`).
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from core.clock import parse_instant
from core.money import Cents
from store import search_index, sqlite
from store.list_plan import (
    COUNTED_TO,
    NEAR,
    ORDERS,
    Column,
    Condition,
    Filter,
    Sort,
    Way,
    conditions,
    way_to,
    where,
)
from store.list_trail import Key, Trail
from store.states import InvoiceStatus, PostingState

__all__ = ["Column", "CountAndSum", "Filter", "InvoiceRow", "Listing", "Sort", "Waiting"]

_COLUMNS = (
    "docket_id, number, issued_on, client_name, total_cents, open_docket_cents, open_qbo_cents,"
    " qbo_number, last_synced_at, status, reason, reason_code, paid"
)
_SHOWN = 13


class InvoiceRow(NamedTuple):
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
class CountAndSum:
    """How many invoices, and their totals."""

    count: int
    amount: Cents


class Waiting(NamedTuple):
    """A posting of an invoice that is unclear or being sent; as `store.posting_views` has it."""

    state: PostingState
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    next_try_at: datetime | None
    lease_until: datetime | None
    changed_at: datetime
    fault_code: str


class _View(NamedTuple):
    """How pages of one list are found at one moment; `fits` and `plain` as in its filter."""

    about: object
    way: Way
    descending: bool
    trail: Trail | None
    fits: int
    plain: bool


class Listing:
    """The list over one cache. It may be used from several threads."""

    def __init__(self, cache: Path | sqlite.Connection, *, read_only: bool = False) -> None:
        """Read a cache by its path, or through a connection that somebody else closes.

        Raises:
            sqlite.Error: it cannot be opened.
        """
        self._path = cache if isinstance(cache, Path) else None
        self._read_only = read_only
        self._connection = (
            sqlite.connect(cache, read_only=read_only, query_only=not read_only)
            if isinstance(cache, Path)
            else cache
        )
        self._lock = threading.Lock()
        self._aside: Listing | None = None
        self._view: _View | None = None

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
        if self._aside is not None:
            self._aside.close()
        if self._path is not None:
            self._connection.close()

    def aside(self) -> Listing:
        """Return a list of the same for another thread, which this one need not wait for."""
        if self._path is None:
            return self
        if self._aside is None:
            self._aside = Listing(self._path, read_only=self._read_only)
        return self._aside

    def interrupt(self) -> None:
        """Break off what another thread is asking through this list; it gets an error."""
        self._connection.interrupt()

    def page(self, which: Filter, sort: Sort, offset: int, limit: int) -> list[InvoiceRow]:
        """Return up to `limit` rows from `offset` on."""
        view = self._view_of(which, sort)
        steps, backwards, key = self._nearest(view, offset, limit)
        rows = self._rows(view, limit, steps, backwards=backwards, behind=key)
        if rows and view.trail is not None:
            view.trail.keep(offset, tuple(rows[0][_SHOWN:]))
            view.trail.keep(offset + len(rows) - 1, tuple(rows[-1][_SHOWN:]))
        return [_row(values) for values in rows]

    def known(self, which: Filter) -> CountAndSum | None:
        """Return what `count` does if that is kept; None if it has to be counted."""
        return self._kept(which) if which.plain else None

    def count(self, which: Filter) -> CountAndSum:
        """Return how many invoices there are and the sum of their totals."""
        if which.plain:
            return self._kept(which)
        parts = conditions(which)
        return self._summed(f"count(*), sum(total_cents) FROM invoice{_where(parts)}", parts)

    def ids(self, which: Filter) -> list[str]:
        """Return the Docket ids of all, newest first."""
        parts = conditions(which)
        found = self._all(
            f"SELECT docket_id FROM invoice{_where(parts)} ORDER BY issued_on DESC, id DESC",
            _values(parts),
        )
        return [row[0] for row in found]

    def tabs(self) -> dict[InvoiceStatus, CountAndSum]:
        """Return every status with its count and sum."""
        found = self._all(
            "SELECT status, sum(count), sum(total_cents) FROM invoice_tally GROUP BY status", []
        )
        known = {row[0]: CountAndSum(row[1], row[2]) for row in found}
        return {status: known.get(str(status), CountAndSum(0, 0)) for status in InvoiceStatus}

    def reasons(self) -> list[tuple[InvoiceStatus, str, int]]:
        """Return every reason with its status and its count, the most frequent first."""
        found = self._all(
            "SELECT status, reason_code, sum(count) FROM invoice_tally WHERE reason_code != ''"
            " GROUP BY status, reason_code HAVING sum(count) > 0 ORDER BY 3 DESC, 2",
            [],
        )
        return [(InvoiceStatus(row[0]), row[1], row[2]) for row in found]

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
        parts, order = conditions(which), ORDERS[sort.column]
        one = Condition("docket_id = ?", (docket_id,))
        found = self._all(
            f"SELECT {order.keys} FROM invoice{_where([one, *parts])}", _values([one, *parts])
        )
        if not found:
            return None
        ahead = Condition(order.behind(descending=not sort.descending), tuple(found[0]))
        counted = self._all(
            f"SELECT count(*) FROM invoice{_where([*parts, ahead])}", _values([*parts, ahead])
        )
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

    def company_place(self) -> tuple[str, str]:
        """Return the company's country and its own currency; empty before the first refresh."""
        found = self._all("SELECT country, currency FROM company ORDER BY id LIMIT 1", [])
        return (str(found[0][0]), str(found[0][1])) if found else ("", "")

    def data_version(self) -> int:
        """Return a number that changes whenever another connection committed."""
        return int(self._all("PRAGMA data_version", [])[0][0])

    def _view_of(self, which: Filter, sort: Sort) -> _View:
        """How to find pages of this list; kept for as long as the same is asked of the same."""
        about = (which, sort, self.data_version())
        if self._view is None or self._view.about != about:
            narrowed = self._narrowed(which)
            total, fits = self._kept(Filter()).count, self._kept(narrowed.kinds).count
            way = way_to(narrowed, sort, total, fits, lambda one: self._matches(narrowed, one))
            walks = way.order.steady and not way.gathers
            self._view = _View(
                about, way, sort.descending, Trail() if walks else None, fits, which.plain
            )
        return self._view

    def _narrowed(self, which: Filter) -> Filter:
        """The same with its status named, if one status alone has its reason."""
        if which.status is not None or not which.reason_code:
            return which
        having = [status for status, code, _ in self.reasons() if code == which.reason_code]
        return replace(which, status=having[0]) if len(having) == 1 else which

    def _matches(self, which: Filter, one: Condition) -> int:
        if one.leads == "ids":
            return len(which.ids or ())
        if one.leads == "status":
            return self._kept(Filter(status=which.status)).count
        source = search_index.NAME if one.leads == "words" else "invoice"
        said = f"{search_index.NAME} MATCH ?" if one.leads == "words" else one.sql
        counted = self._all(
            f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {said} LIMIT {COUNTED_TO})",
            list(one.values),
        )
        return int(counted[0][0])

    def _nearest(self, view: _View, offset: int, limit: int) -> tuple[int, bool, Key | None]:
        """From where a page is counted off: the top, the end, or a row that is known.

        Returns:
            How many rows to pass by, whether backwards, and behind which key.
        """
        starts: list[tuple[int, bool, Key | None]] = [(offset, False, None)]
        left = view.fits - offset - limit
        if view.plain and left >= 0:
            starts.append((left, True, None))
        if view.trail is not None:
            above, below = view.trail.before(offset), view.trail.after(offset + limit)
            if above is not None:
                starts.append((offset - above[0] - 1, False, above[1]))
            if below is not None:
                starts.append((below[0] - offset - limit, True, below[1]))
        return min(starts, key=lambda start: start[0])

    def _rows(
        self, view: _View, limit: int, offset: int, *, backwards: bool, behind: Key | None
    ) -> list[Any]:
        """Cut the ids out of the index first, and fetch their rows after."""
        way, descending = view.way, view.descending is not backwards
        after = () if behind is None else (way.order.behind(descending=descending),)
        known, by = behind or (), way.order.by(descending=descending)
        shown = (
            f"SELECT {_COLUMNS}, {way.order.keys} FROM invoice WHERE id IN (SELECT id FROM %s"
            f" LIMIT ? OFFSET ?) ORDER BY {way.order.by(descending=view.descending)}"
        )
        if way.alike is not None and not offset:
            led = where([*way.near.said, *after])
            near = f"(SELECT * FROM {way.source}{led} ORDER BY {by} LIMIT {NEAR})"
            found = self._all(
                shown % f"{near}{where(way.alike.said)} ORDER BY {by}",
                [*way.near.values, *known, *way.alike.values, limit, 0],
            )
            if len(found) == limit:
                return found
        source = f"{way.source}{where([*way.parts.said, *after])} ORDER BY {by}"
        return self._all(shown % source, [*way.parts.values, *known, limit, offset])

    def _kept(self, which: Filter) -> CountAndSum:
        """What the kept counts say of its status, its reason, and paid or not."""
        parts = conditions(which.kinds)
        return self._summed(
            f"sum(count), sum(total_cents) FROM invoice_tally{_where(parts)}", parts
        )

    def _summed(self, columns: str, parts: Sequence[Condition]) -> CountAndSum:
        ((count, amount),) = self._all(f"SELECT {columns}", _values(parts))
        return CountAndSum(count or 0, amount or 0)

    def _all(self, statement: str, values: Sequence[Any]) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite.Error as error:
        from store.troubles import plain, unreadable

        raise plain(error, path) or unreadable(path) from error


def _where(parts: Sequence[Condition]) -> str:
    return where([one.sql for one in parts])


def _values(parts: Sequence[Condition]) -> list[Any]:
    return [value for one in parts for value in one.values]


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
