"""One step of a posting: read it, check that it may go there, write it."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from store import statements
from store.journal_reads import get_posting
from store.journal_rows import WAYS, IllegalStep, JournalError, PostingRow
from store.session import now
from store.states import PostingState
from store.tables.work import PostingTable


def set_state(session: Session, row: PostingRow, state: PostingState, **values: Any) -> None:
    """Write a posting's new state, with other columns by name; the caller has checked the step."""
    session.execute(
        statements.update(PostingTable, ("id",)),
        {"of_id": row.id, "state": str(state), "changed_at": now(session), **values},
    )


def check_step(row: PostingRow, after: PostingState) -> None:
    """Raise IllegalStep if a posting may not go from where it is to `after`."""
    if after not in WAYS[row.state]:
        raise IllegalStep(row.id, row.state, after)


def must_get(session: Session, posting_id: int) -> PostingRow:
    """Return a posting, or raise JournalError if there is none."""
    row = get_posting(session, posting_id)
    if row is None:
        raise JournalError(f"there is no posting {posting_id}")
    return row
