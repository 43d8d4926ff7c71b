"""The audit log: every decision and posting, in order, each chained to the one before.

`hash = sha256(previous hash + canonical JSON of the row)`. A row that is changed, put
in or taken out breaks the chain from there on; the newest hash, printed on every
report, shows whether the whole chain was rewritten. Triggers refuse changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from core.clock import iso
from core.jsonio import dumps
from store import statements
from store.tables.work import AuditTable

GENESIS = "0" * 64
"""What the first row is chained to."""
_HASHED = ("at", "actor", "action", "subject", "before", "after", "request_id")


def append(
    session: Session,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    before: object = None,
    after: object = None,
    request_id: str = "",
) -> str:
    """Add one row, in the transaction of what it tells of.

    Args:
        session: the open transaction.
        at: when.
        actor: who, a person or the program.
        action: what was done, such as `posting CONFIRMED`.
        subject: to what, such as `invoice:1042`.
        before: JSON, or None.
        after: JSON, or None.
        request_id: of the write to QuickBooks, if there was one.

    Returns:
        The row's hash: the new head of the chain.
    """
    row = {
        "at": iso(at),
        "actor": actor,
        "action": action,
        "subject": subject,
        "before": dumps(before),
        "after": dumps(after),
        "request_id": request_id,
    }
    previous = head(session)
    chained = chain_hash(previous, row)
    session.execute(
        statements.insert_into(AuditTable), {**row, "previous": previous, "hash": chained}
    )
    return chained


def head(session: Session) -> str:
    """Return the newest hash; `GENESIS` for an empty log."""
    newest = statements.select(AuditTable, columns=("hash",), order=("-id",), first=True)
    found = session.execute(newest).scalar()
    return GENESIS if found is None else str(found)


def count(session: Session) -> int:
    """Return how many rows there are."""
    newest = statements.select(AuditTable, columns=("id",), order=("-id",), first=True)
    return int(session.execute(newest).scalar() or 0)


def rows(session: Session) -> Iterator[dict[str, str | int]]:
    """Yield every row as it stands, oldest first; texts are the very characters that are hashed."""
    for row in session.execute(statements.select(AuditTable, order=("id",))):
        yield dict(row._mapping)


def first_break(session: Session) -> int | None:
    """Return the number of the first row that does not fit the chain; None if all fit."""
    previous, expected = GENESIS, 1
    for row in session.execute(statements.select(AuditTable, order=("id",))):
        values = {name: getattr(row, name) for name in _HASHED}
        fits = row.previous == previous and row.hash == chain_hash(previous, values)
        if not fits or row.id != expected:
            return expected
        previous, expected = row.hash, expected + 1
    return None


def verify(session: Session) -> bool:
    """Say whether no row was changed, put in or taken out."""
    return first_break(session) is None


def chain_hash(previous: str, row: dict[str, str]) -> str:
    """Return the hash of a row behind `previous`."""
    return hashlib.sha256((previous + dumps(row)).encode()).hexdigest()
