"""Triggers that SQLite keeps for us: what never changes, and what follows from the invoices.

They are part of the schema; migrations create them too.
"""

from __future__ import annotations

from store import search_index, tally

APPEND_ONLY = ("audit", "attempt", "observation", "month_check")
"""Tables whose rows are never changed or removed. An attempt is written when it ended."""


def append_only(table: str) -> list[str]:
    """Return the statements that make a table append-only."""
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the table {table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


FROZEN_BODY = (
    "CREATE TRIGGER posting_frozen_body BEFORE UPDATE OF body ON posting "
    "WHEN old.body IS NOT NULL AND new.body IS NOT old.body "
    "BEGIN SELECT RAISE(ABORT, 'the body of a posting is frozen'); END"
)
NO_POSTING_LOST = (
    "CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting "
    "BEGIN SELECT RAISE(ABORT, 'a posting is never removed'); END"
)


def all_triggers() -> list[str]:
    """Return every trigger of the newest schema."""
    found = [statement for table in APPEND_ONLY for statement in append_only(table)]
    return [*found, FROZEN_BODY, NO_POSTING_LOST, *tally.TRIGGERS, *search_index.TRIGGERS]
