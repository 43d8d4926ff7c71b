"""Lists of a million invoices: an index for every order, kept counts, an index for the search.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_invoice_open_qbo", "invoice", ["open_qbo_cents", "id"], unique=False)
    op.create_index(
        "ix_invoice_qbo_number",
        "invoice",
        [sa.text("length(qbo_number)"), "qbo_number", "id"],
        unique=False,
    )
    op.create_index("ix_invoice_last_synced", "invoice", ["last_synced_at", "id"], unique=False)
    op.create_index("ix_invoice_reason", "invoice", ["reason", "id"], unique=False)
    _keep_counts()
    op.drop_index("ix_invoice_status_total", table_name="invoice")
    _index_words()


def _keep_counts() -> None:
    op.create_table(
        "invoice_tally",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "typeof(total_cents) IN ('integer', 'null')",
            name=op.f("ck_invoice_tally_total_cents"),
        ),
        sa.PrimaryKeyConstraint("status", "paid", "reason_code", name=op.f("pk_invoice_tally")),
    )
    op.execute(
        "INSERT INTO invoice_tally (status, paid, reason_code, count, total_cents) "
        "SELECT status, paid, reason_code, count(*), sum(total_cents) FROM invoice GROUP BY 1, 2, 3"
    )
    add = (
        "INSERT INTO invoice_tally (status, paid, reason_code, count, total_cents) "
        "VALUES (new.status, new.paid, new.reason_code, 1, new.total_cents) "
        "ON CONFLICT (status, paid, reason_code) DO UPDATE "
        "SET count = count + 1, total_cents = total_cents + excluded.total_cents; "
    )
    remove = (
        "UPDATE invoice_tally SET count = count - 1, total_cents = total_cents - old.total_cents "
        "WHERE status = old.status AND paid = old.paid AND reason_code = old.reason_code; "
    )
    changed = " OR ".join(
        f"old.{name} IS NOT new.{name}" for name in ("status", "paid", "reason_code", "total_cents")
    )
    op.execute(f"CREATE TRIGGER invoice_tally_insert AFTER INSERT ON invoice BEGIN {add}END")
    op.execute(f"CREATE TRIGGER invoice_tally_delete AFTER DELETE ON invoice BEGIN {remove}END")
    op.execute(
        "CREATE TRIGGER invoice_tally_update "
        "AFTER UPDATE OF status, paid, reason_code, total_cents ON invoice "
        f"WHEN {changed} BEGIN {remove}{add}END"
    )


def _index_words() -> None:
    def words(of: str) -> str:
        blank = f"replace({of}search_text, char(10), ' ')"
        return f"'  ' || replace({of}client_key || ' ' || {blank}, ' ', '  ')"

    op.execute(
        "CREATE VIRTUAL TABLE invoice_search USING fts5"
        "(words, content='', columnsize=0, tokenize='trigram')"
    )
    op.execute(f"INSERT INTO invoice_search(rowid, words) SELECT id, {words('')} FROM invoice")
    add = f"INSERT INTO invoice_search(rowid, words) VALUES (new.id, {words('new.')}); "
    remove = (
        "INSERT INTO invoice_search(invoice_search, rowid, words) "
        f"VALUES ('delete', old.id, {words('old.')}); "
    )
    op.execute(f"CREATE TRIGGER invoice_search_insert AFTER INSERT ON invoice BEGIN {add}END")
    op.execute(f"CREATE TRIGGER invoice_search_delete AFTER DELETE ON invoice BEGIN {remove}END")
    op.execute(
        "CREATE TRIGGER invoice_search_update AFTER UPDATE OF client_key, search_text ON invoice "
        "WHEN old.client_key IS NOT new.client_key OR old.search_text IS NOT new.search_text "
        f"BEGIN {remove}{add}END"
    )
