"""Sums of invoices by month and by how long they have been due, counted by SQLite itself.

No invoice is loaded: at a million of them these are passes over tables, while the
tie-out, which names every difference, holds all of them. What counts, and on which side,
is the tie-out's (`sync.tie_out`); a property holds one to the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias, cast

from sqlmodel import Session

from core.money import Cents
from store import troubles
from store.cache import Cache
from store.company import load_company, load_preferences

DAYS = (0, 30, 60, 90)
"""Days overdue at which an age ends; the first is what is not due yet, a last one follows."""


Sums: TypeAlias = Mapping[str, tuple[int, Cents]]
"""How many and what they come to, by month, `2026-10`, or by age: `0` for not due, then `1`
to `4` by `DAYS`."""


class MoneySums(NamedTuple):
    """Both sides; ages are of all that is open, whatever its month."""

    docket: Sums
    """By month: what should be in QuickBooks, from the start date on."""
    quickbooks: Sums
    """By month: of that what is there, and what bears our mark without a link."""
    open_docket: Sums
    not_there: Sums
    """Of that what is not in QuickBooks."""
    open_quickbooks: Sums
    """On the invoices that are linked to Docket's."""
    others: Sums
    """Open in QuickBooks on invoices that are linked to none."""
    start: str
    """The start date; empty while none was chosen."""
    by_due_date: bool
    """False where the company's reports count age from the invoice's own date."""


def load_money_sums(cache: Cache, today: date) -> MoneySums:
    """Return the sums of both sides.

    Args:
        cache: the open cache.
        today: at the company.

    Raises:
        StoreTrouble: nothing was refreshed yet.
    """
    with cache.read() as session:
        company = load_company(session)
        if company is None:
            raise troubles.nothing_fetched()
        reports = load_preferences(session).get("ReportPrefs") or {}
        by_due_date = not reports.get("CalcAgingReportFromTxnDate", False)
        start = "" if company.start_date is None else company.start_date.isoformat()
        about = {"realm": company.realm_id, "start": start, "by_due": int(by_due_date)}
        about |= {f"end{days}": (today - timedelta(days=days)).isoformat() for days in DAYS}
        months = _all(session, _DOCKET_MONTHS, about)
        owed = _all(session, _DOCKET_AGES, about)
        held = [*_all(session, _INVOICES, about), *_all(session, _RETURNS, about)]
    return MoneySums(
        docket=_added(months),
        quickbooks=_added((month, *sums) for month, _, _, *sums, _, _ in held if month),
        open_docket=_added((age, *sums) for age, _, *sums in owed),
        not_there=_added((age, *sums) for age, there, *sums in owed if not there),
        open_quickbooks=_added((age, *sums) for _, linked, age, _, _, *sums in held if linked),
        others=_added((age, *sums) for _, linked, age, _, _, *sums in held if not linked),
        start=start,
        by_due_date=by_due_date,
    )


def _added(rows: Iterable[Iterable[Any]]) -> Sums:
    """Rows of (key, count, cents), by their key."""
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for key, count, amount in rows:
        if count:
            found[str(key)][0] += count
            found[str(key)][1] += amount
    return {key: (count, amount) for key, (count, amount) in sorted(found.items())}


def _all(session: Session, statement: str, about: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    raw = session.connection().connection.driver_connection
    assert raw is not None
    return cast("list[tuple[Any, ...]]", raw.execute(statement, about).fetchall())


_AGE = (
    "CASE WHEN due IS NULL THEN NULL WHEN due >= :end0 THEN 0 WHEN due >= :end30 THEN 1"
    " WHEN due >= :end60 THEN 2 WHEN due >= :end90 THEN 3 ELSE 4 END"
)
_STANDS = "voided_at IS NULL AND deleted_at IS NULL"
_THERE = (
    "EXISTS (SELECT 1 FROM link l JOIN qbo_object q ON q.realm=l.realm AND q.entity=l.entity"
    " AND q.qbo_id=l.qbo_id WHERE l.realm=:realm AND l.kind='invoice'"
    " AND l.docket_id=invoice.docket_id AND q.removed='')"
)
_APART = (
    "l.docket_id IN (SELECT docket_id FROM invoice WHERE status='excluded'"
    f" AND reason_code='excluded' AND NOT ({_STANDS}))"
)
"""Gone from Docket and left in QuickBooks on purpose: nobody expects it there."""
_DOCKET_MONTHS = (
    "SELECT substr(issued_on, 1, 7), count(*), sum(total_cents) FROM invoice"
    f" WHERE {_STANDS} AND issued_on >= :start AND (status != 'excluded' OR {_THERE}) GROUP BY 1"
)
_DOCKET_AGES = (
    f"SELECT {_AGE}, there, count(*), sum(open) FROM ("
    "SELECT CASE WHEN :by_due THEN coalesce(due_on, issued_on) ELSE issued_on END AS due,"
    f" (open_qbo_cents > 0 OR {_THERE}) AS there, open_docket_cents AS open FROM invoice"
    f" WHERE {_STANDS} AND open_docket_cents > 0) GROUP BY 1, 2"
)
_DUE = (
    "CASE WHEN q.balance_cents IS NULL OR q.balance_cents = 0 THEN NULL WHEN :by_due"
    " THEN coalesce(json_extract(q.body, '$.DueDate'), q.txn_date) ELSE q.txn_date END"
)
_HELD = (
    "SELECT CASE WHEN counts AND day >= :start THEN substr(day, 1, 7) ELSE '' END, linked,"
    f" {_AGE}, count(*), sum(amount), count(due), sum(open) FROM ("
    "SELECT coalesce(q.txn_date, '') AS day, %s AS amount, %s AS due, %s AS open,"
    " l.id IS NOT NULL AS linked, %s AS counts FROM %s) GROUP BY 1, 2, 3"
)
_INVOICES = _HELD % (
    "coalesce(q.total_cents, 0)",
    _DUE,
    "coalesce(q.balance_cents, 0)",
    f"CASE WHEN l.id IS NULL THEN instr(q.note, '[docket-qbo ') > 0 ELSE NOT {_APART} END",
    "qbo_object q LEFT JOIN link l ON l.realm=q.realm AND l.entity=q.entity"
    " AND l.qbo_id=q.qbo_id AND l.kind NOT IN ('client', 'product')"
    " WHERE q.realm=:realm AND q.entity='Invoice' AND q.removed=''",
)
_RETURNS = _HELD % (
    "-coalesce(q.total_cents, 0)",
    "NULL",
    "0",
    f"NOT {_APART}",
    "link l JOIN qbo_object q ON q.realm=l.realm AND q.entity=l.entity AND q.qbo_id=l.qbo_id"
    " WHERE l.realm=:realm AND l.kind='invoice' AND l.entity IN ('CreditMemo', 'RefundReceipt')"
    " AND q.removed=''",
)
"""A Docket invoice below zero is a credit memo in QuickBooks, whose amounts are above."""
