"""Which invoices, in which order: filters and orders, and how SQLite is to find them.

SQLite keeps no figures about our data, so it cannot know that a filter leaves eleven
invoices of a million, or nearly all. We do: counts are kept (`store.tally`), and the index
of words and the ranges of the others are counted up to a limit. So it is told either to
gather the few and sort them, or to walk along the index of the order and leave out what
does not fit until the page is full. The costs behind that choice were measured at a
million invoices (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from core.money import Cents
from core.text import name_key
from store import search_index, sqlite
from store.states import InvoiceStatus

Column: TypeAlias = Literal[
    "number",
    "issued_on",
    "client",
    "total",
    "open_docket",
    "open_qbo",
    "qbo_number",
    "last_synced",
    "status",
    "reason",
]
Values: TypeAlias = tuple[Any, ...]

COUNTED_TO = 20_000
"""How far the matches of one condition are counted before a page is looked for."""
NEAR = 3_000
"""Rows that are looked at one by one for frequent words."""
_PAGE = 100
_LOOK_UP = 2.5
_STEP = 0.06
"""Microseconds to read a row, and to pass one by in an index."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which invoices; everything that is set has to hold.

    `text` is words, each of which must occur in the number, the client's name, a line's
    name, the PO number or the total; one of one or two letters must begin a word there.
    `client` is words that must occur in the client's name. Days and totals are included.
    `ids`, if set, names the only ones.
    """

    status: InvoiceStatus | None = None
    text: str = ""
    paid: bool | None = None
    reason_code: str = ""
    ids: Collection[str] | None = None
    client: str = ""
    first_day: date | None = None
    last_day: date | None = None
    least: Cents | None = None
    most: Cents | None = None

    @property
    def kinds(self) -> Filter:
        """What of it the kept counts answer for."""
        return Filter(status=self.status, paid=self.paid, reason_code=self.reason_code)

    @property
    def plain(self) -> bool:
        """Whether that is all of it."""
        return self == self.kinds


@dataclass(frozen=True, slots=True)
class Sort:
    """The order; invoices equal in it stand in the order they came, those of a status by day."""

    column: Column = "issued_on"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """What SQLite knows of an order: its index and the columns before the id.

    `missing` stands for a value that is not there, where rows are compared. In a `steady`
    order none is missing or worked out, so a page can be begun behind a row that is known.
    """

    index: str
    columns: tuple[str, ...]
    steady: bool = True
    missing: str = ""

    @property
    def keys(self) -> str:
        """Its columns and the id, as they are compared."""
        if self.missing:
            return ", ".join(f"coalesce({one}, {self.missing})" for one in self.columns) + ", id"
        return ", ".join((*self.columns, "id"))

    def by(self, *, descending: bool) -> str:
        """The words after ORDER BY."""
        way = "DESC" if descending else "ASC"
        return ", ".join(f"{column} {way}" for column in (*self.columns, "id"))

    def behind(self, *, descending: bool) -> str:
        """The condition that a row comes after another, whose columns and id are its values."""
        marks = ", ".join("?" * (len(self.columns) + 1))
        return f"({self.keys}) {'<' if descending else '>'} ({marks})"


ORDERS: Mapping[Column, Order] = {
    "number": Order("ix_invoice_number_key", ("number_key",)),
    "issued_on": Order("ix_invoice_issued_on", ("issued_on",)),
    "client": Order("ix_invoice_client_key", ("client_key",)),
    "total": Order("ix_invoice_total", ("total_cents",)),
    "open_docket": Order("ix_invoice_open", ("open_docket_cents",)),
    "open_qbo": Order("ix_invoice_open_qbo", ("open_qbo_cents",), False, str(-(1 << 63))),
    "qbo_number": Order(
        "ix_invoice_qbo_number", ("length(qbo_number)", "qbo_number"), steady=False
    ),
    "last_synced": Order("ix_invoice_last_synced", ("last_synced_at",), False, "''"),
    "status": Order("ix_invoice_status_issued_on", ("status", "issued_on")),
    "reason": Order("ix_invoice_reason", ("reason",)),
}


class Condition(NamedTuple):
    """One part of a filter; `leads` names the index, or nothing, that could find its rows.

    A column stands at the beginning of `sql`, and is kept from leading by a plus. `alike`
    asks the same of one row at a time.
    """

    sql: str
    values: Values
    leads: str = ""
    alike: tuple[str, Values] | None = None

    @property
    def held_back(self) -> str:
        """The same, for rows that are found otherwise."""
        return f"+{self.sql}"


def conditions(which: Filter) -> list[Condition]:
    """Return the parts of a filter; the texts in them are all ours."""
    found: list[Condition] = []
    if which.ids is not None:
        ids = (_json_texts(which.ids),)
        found.append(Condition("docket_id IN (SELECT value FROM json_each(?))", ids, "ids"))
    asked = search_index.match(f"{which.text} {which.client}")
    if asked:
        among = f"id IN (SELECT rowid FROM {search_index.NAME} WHERE {search_index.NAME} MATCH ?)"
        alike = search_index.row_by_row(f"{which.text} {which.client}")
        found.append(Condition(among, (asked,), "words", alike))
    found += [
        Condition("client_key LIKE ? ESCAPE '!'", (sqlite.like(word),))
        for word in name_key(which.client).split()
    ]
    if which.status is not None:
        found.append(Condition("status = ?", (str(which.status),), "status"))
    found += _range("issued_on", which.first_day, which.last_day)
    found += _range("total_cents", which.least, which.most)
    if which.paid is not None:
        found.append(Condition("paid = ?", (int(which.paid),)))
    if which.reason_code:
        found.append(Condition("reason_code = ?", (which.reason_code,)))
    return found


def where(parts: Collection[str]) -> str:
    """The words after FROM."""
    return " WHERE " + " AND ".join(parts) if parts else ""


class Parts(NamedTuple):
    """Conditions as they are said, with their values."""

    said: tuple[str, ...] = ()
    values: Values = ()


class Way(NamedTuple):
    """How a filter's rows are found in an order: along its index, or gathered and sorted.

    Where its words are frequent, a page is likely among the next `NEAR` rows that the index
    leads to by `near`, looked at one by one for `alike`.
    """

    source: str
    parts: Parts
    order: Order
    gathers: bool
    near: Parts = Parts()
    alike: Parts | None = None


def way_to(
    which: Filter, sort: Sort, total: int, fits: int, matches: Callable[[Condition], int]
) -> Way:
    """Return the cheaper of the ways to a page.

    Args:
        which: the filter.
        sort: the order.
        total: how many invoices there are.
        fits: how many of them have its status, reason and are paid or not, as it says.
        matches: says how many fit one condition that could lead; those that have to be
            counted for it up to `COUNTED_TO`.
    """
    parts, order = conditions(which), ORDERS[sort.column]
    counts = {one.leads: matches(one) for one in parts if one.leads}
    visited = min(_PAGE * total / max(min([*counts.values(), fits]), 1), total)
    only_words = len(parts) == 1 and "words" in counts
    walking = visited * (_STEP if only_words else _LOOK_UP)
    known = [one for one in counts if counts[one] < COUNTED_TO or one in {"ids", "status"}]
    leading = min(known, key=counts.__getitem__, default="")
    if leading and counts[leading] * _LOOK_UP < walking:
        return _gather(parts, leading, order)
    return _walk(parts, which, sort, frequent=counts.get("words") == COUNTED_TO)


def _gather(parts: list[Condition], leading: str, order: Order) -> Way:
    said = tuple(one.sql if one.leads == leading else one.held_back for one in parts)
    return Way("invoice", Parts(said, _values(parts)), order, gathers=True)


def _walk(parts: list[Condition], which: Filter, sort: Sort, *, frequent: bool) -> Way:
    """Along the index of the order; the one by status and day serves a status too."""
    order = ORDERS[sort.column]
    follows = {"issued_on": "issued_on", "total": "total_cents"}.get(sort.column, "nothing")
    leads = {follows}
    if sort.column == "status" or (sort.column == "issued_on" and which.status is not None):
        leads = {"status", "issued_on"}
        order = replace(order, index=ORDERS["status"].index)
    leading = [one for one in parts if one.leads in leads]
    others = [one for one in parts if one.leads not in leads]
    near = Parts(tuple(one.sql for one in leading), _values(leading))
    held = (*near.said, *(one.held_back for one in others))
    whole = Parts(held, (*near.values, *_values(others)))
    source = f"invoice INDEXED BY {order.index}"
    if not frequent:
        return Way(source, whole, order, gathers=False)
    asked = [one.alike or (one.held_back, one.values) for one in others]
    alike = Parts(tuple(sql for sql, _ in asked), tuple(v for _, values in asked for v in values))
    return Way(source, whole, order, gathers=False, near=near, alike=alike)


def _values(parts: list[Condition]) -> Values:
    return tuple(value for one in parts for value in one.values)


def _range(column: str, low: date | Cents | None, high: date | Cents | None) -> list[Condition]:
    if low is None and high is None:
        return []
    least, most = (one.isoformat() if isinstance(one, date) else one for one in (low, high))
    if most is None:
        return [Condition(f"{column} >= ?", (least,), column)]
    if least is None:
        return [Condition(f"{column} <= ?", (most,), column)]
    return [Condition(f"{column} BETWEEN ? AND ?", (least, most), column)]


def _json_texts(texts: Collection[str]) -> str:
    """One value in the place of any number of ids."""
    from core.jsonio import dumps

    return dumps(sorted(texts))
