"""Counts and sums of invoices, kept by triggers: a million invoices are not counted for a tab.

One row for each status, paid or not, and reason; the tabs and most filters are the sum of
a few of them. The triggers are part of the schema, and migrations create them too.
"""

from __future__ import annotations

FILL = (
    "INSERT INTO invoice_tally (status, paid, reason_code, count, total_cents) "
    "SELECT status, paid, reason_code, count(*), sum(total_cents) FROM invoice GROUP BY 1, 2, 3"
)

_ADD = (
    "INSERT INTO invoice_tally (status, paid, reason_code, count, total_cents) "
    "VALUES (new.status, new.paid, new.reason_code, 1, new.total_cents) "
    "ON CONFLICT (status, paid, reason_code) DO UPDATE "
    "SET count = count + 1, total_cents = total_cents + excluded.total_cents; "
)
_REMOVE = (
    "UPDATE invoice_tally SET count = count - 1, total_cents = total_cents - old.total_cents "
    "WHERE status = old.status AND paid = old.paid AND reason_code = old.reason_code; "
)
_CHANGED = " OR ".join(
    f"old.{name} IS NOT new.{name}" for name in ("status", "paid", "reason_code", "total_cents")
)

TRIGGERS = (
    f"CREATE TRIGGER invoice_tally_insert AFTER INSERT ON invoice BEGIN {_ADD}END",
    f"CREATE TRIGGER invoice_tally_delete AFTER DELETE ON invoice BEGIN {_REMOVE}END",
    "CREATE TRIGGER invoice_tally_update "
    "AFTER UPDATE OF status, paid, reason_code, total_cents ON invoice "
    f"WHEN {_CHANGED} BEGIN {_REMOVE}{_ADD}END",
)
