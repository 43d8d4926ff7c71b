"""The first schema: both sides' books, links and choices, the journal, the audit log.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_subject", "audit", ["subject"], unique=False)
    op.create_table(
        "choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("qbo_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["replaces_id"], ["choice.id"], name=op.f("fk_choice_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
    )
    op.create_index(
        "uq_choice_in_force",
        "choice",
        ["kind", "key"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("display_id", sa.String(), nullable=False),
        sa.Column("company_name", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("line1", sa.String(), nullable=False),
        sa.Column("line2", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("client_type", sa.String(), nullable=False),
        sa.Column("tax_exempt", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("docket_id", name=op.f("uq_client_docket_id")),
    )
    op.create_index("ix_client_name_key", "client", ["name_key"], unique=False)
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("realm_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("subscription", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("birth_id", sa.String(), nullable=False),
        sa.Column("start_date", sa.Text(), nullable=True),
        sa.Column("books_closed_on", sa.Text(), nullable=True),
        sa.Column("custom_numbers", sa.Boolean(), nullable=False),
        sa.Column("uses_sales_tax", sa.Boolean(), nullable=False),
        sa.Column("automated_tax", sa.Boolean(), nullable=False),
        sa.Column("auto_apply_credit", sa.Boolean(), nullable=False),
        sa.Column("multicurrency", sa.Boolean(), nullable=False),
        sa.Column("info", sa.Text(), nullable=True),
        sa.Column("preferences", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("realm_id", name=op.f("uq_company_realm_id")),
    )
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_docket_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    op.create_index(
        "ix_conflict_group",
        "conflict",
        ["kind", "subject_key"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_conflict_open",
        "conflict",
        ["invoice_docket_id", "kind", "subject_kind", "subject_key"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "connection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("first_used_at", sa.Text(), nullable=False),
        sa.Column("last_used_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection")),
        sa.UniqueConstraint(
            "kind", "address", "account_id", name=op.f("uq_connection_kind_address_account_id")
        ),
    )
    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("client_docket_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')", name=op.f("ck_credit_amount_cents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sa.UniqueConstraint("docket_id", name=op.f("uq_credit_docket_id")),
    )
    op.create_index(
        op.f("ix_credit_client_docket_id"), "credit", ["client_docket_id"], unique=False
    )
    op.create_table(
        "cursor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cursor")),
        sa.UniqueConstraint("source", "name", name=op.f("uq_cursor_source_name")),
    )
    op.create_table(
        "epoch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_epoch")),
    )
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("client_docket_id", sa.String(), nullable=False),
        sa.Column("service_address_id", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("terms_days", sa.Integer(), nullable=True),
        sa.Column("po_number", sa.String(), nullable=False),
        sa.Column("memo", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("subtotal_cents", sa.BigInteger(), nullable=False),
        sa.Column("discount_cents", sa.BigInteger(), nullable=False),
        sa.Column("discount_percent", sa.Text(), nullable=True),
        sa.Column("tax_cents", sa.BigInteger(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.Text(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("qbo_synced_at", sa.Text(), nullable=True),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("client_name", sa.String(), nullable=False),
        sa.Column("client_key", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("open_docket_cents", sa.BigInteger(), nullable=False),
        sa.Column("open_qbo_cents", sa.BigInteger(), nullable=True),
        sa.Column("paid_cents", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("qbo_id", sa.String(), nullable=False),
        sa.Column("qbo_number", sa.String(), nullable=False),
        sa.Column("last_synced_at", sa.Text(), nullable=True),
        sa.Column("excluded_at", sa.Text(), nullable=True),
        sa.Column("excluded_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "typeof(discount_cents) IN ('integer', 'null')", name=op.f("ck_invoice_discount_cents")
        ),
        sa.CheckConstraint(
            "typeof(open_docket_cents) IN ('integer', 'null')",
            name=op.f("ck_invoice_open_docket_cents"),
        ),
        sa.CheckConstraint(
            "typeof(open_qbo_cents) IN ('integer', 'null')", name=op.f("ck_invoice_open_qbo_cents")
        ),
        sa.CheckConstraint(
            "typeof(paid_cents) IN ('integer', 'null')", name=op.f("ck_invoice_paid_cents")
        ),
        sa.CheckConstraint(
            "typeof(subtotal_cents) IN ('integer', 'null')", name=op.f("ck_invoice_subtotal_cents")
        ),
        sa.CheckConstraint(
            "typeof(tax_cents) IN ('integer', 'null')", name=op.f("ck_invoice_tax_cents")
        ),
        sa.CheckConstraint(
            "typeof(total_cents) IN ('integer', 'null')", name=op.f("ck_invoice_total_cents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("docket_id", name=op.f("uq_invoice_docket_id")),
    )
    op.create_index("ix_invoice_client", "invoice", ["client_docket_id"], unique=False)
    op.create_index("ix_invoice_client_key", "invoice", ["client_key", "id"], unique=False)
    op.create_index("ix_invoice_issued_on", "invoice", ["issued_on", "id"], unique=False)
    op.create_index("ix_invoice_number", "invoice", ["number"], unique=False)
    op.create_index("ix_invoice_number_key", "invoice", ["number_key", "id"], unique=False)
    op.create_index("ix_invoice_open", "invoice", ["open_docket_cents", "id"], unique=False)
    op.create_index(
        "ix_invoice_status_issued_on", "invoice", ["status", "issued_on", "id"], unique=False
    )
    op.create_index("ix_invoice_status_total", "invoice", ["status", "total_cents"], unique=False)
    op.create_index("ix_invoice_total", "invoice", ["total_cents", "id"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("realm", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("qbo_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("sync_token", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("total_cents", sa.BigInteger(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("fingerprint_version", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "typeof(total_cents) IN ('integer', 'null')", name=op.f("ck_link_total_cents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint(
            "realm", "kind", "docket_id", name=op.f("uq_link_realm_kind_docket_id")
        ),
    )
    op.create_index("ix_link_qbo", "link", ["entity", "qbo_id"], unique=False)
    op.create_index(
        "uq_link_document",
        "link",
        ["realm", "entity", "qbo_id"],
        unique=True,
        sqlite_where=sa.text("kind NOT IN ('client', 'product')"),
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("realm", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("qbo_id", sa.String(), nullable=False),
        sa.Column("sync_token", sa.String(), nullable=False),
        sa.Column("removed", sa.String(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    op.create_index(
        "ix_observation_object", "observation", ["realm", "entity", "qbo_id"], unique=False
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("client_docket_id", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')", name=op.f("ck_payment_amount_cents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("docket_id", name=op.f("uq_payment_docket_id")),
    )
    op.create_index(
        op.f("ix_payment_client_docket_id"), "payment", ["client_docket_id"], unique=False
    )
    op.create_index("ix_payment_reference", "payment", ["reference"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("unit_price", sa.Text(), nullable=False),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("docket_id", name=op.f("uq_product_docket_id")),
    )
    op.create_index("ix_product_name_key", "product", ["name_key"], unique=False)
    op.create_table(
        "qbo_object",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("realm", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("qbo_id", sa.String(), nullable=False),
        sa.Column("sync_token", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=False),
        sa.Column("txn_date", sa.Text(), nullable=True),
        sa.Column("total_cents", sa.BigInteger(), nullable=True),
        sa.Column("tax_cents", sa.BigInteger(), nullable=True),
        sa.Column("balance_cents", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.String(), nullable=False),
        sa.Column("applied", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.CheckConstraint(
            "typeof(balance_cents) IN ('integer', 'null')", name=op.f("ck_qbo_object_balance_cents")
        ),
        sa.CheckConstraint(
            "typeof(tax_cents) IN ('integer', 'null')", name=op.f("ck_qbo_object_tax_cents")
        ),
        sa.CheckConstraint(
            "typeof(total_cents) IN ('integer', 'null')", name=op.f("ck_qbo_object_total_cents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qbo_object")),
        sa.UniqueConstraint(
            "realm", "entity", "qbo_id", name=op.f("uq_qbo_object_realm_entity_qbo_id")
        ),
    )
    op.create_index("ix_qbo_object_customer", "qbo_object", ["customer_id"], unique=False)
    op.create_index("ix_qbo_object_name_key", "qbo_object", ["name_key"], unique=False)
    op.create_index("ix_qbo_object_number", "qbo_object", ["entity", "number"], unique=False)
    op.create_index("ix_qbo_object_total", "qbo_object", ["entity", "total_cents"], unique=False)
    op.create_table(
        "refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("client_docket_id", sa.String(), nullable=False),
        sa.Column("invoice_docket_id", sa.String(), nullable=True),
        sa.Column("payment_docket_id", sa.String(), nullable=True),
        sa.Column("refunded_on", sa.Text(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("tax_cents", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')", name=op.f("ck_refund_amount_cents")
        ),
        sa.CheckConstraint(
            "typeof(tax_cents) IN ('integer', 'null')", name=op.f("ck_refund_tax_cents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("docket_id", name=op.f("uq_refund_docket_id")),
    )
    op.create_index(
        op.f("ix_refund_client_docket_id"), "refund", ["client_docket_id"], unique=False
    )
    op.create_index(
        op.f("ix_refund_invoice_docket_id"), "refund", ["invoice_docket_id"], unique=False
    )
    op.create_index(
        op.f("ix_refund_payment_docket_id"), "refund", ["payment_docket_id"], unique=False
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("selection", sa.Text(), nullable=False),
        sa.Column("plan_digest", sa.String(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index("ix_run_state", "run", ["state"], unique=False)
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_setting_key")),
    )
    op.create_table(
        "credit_allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_docket_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("invoice_docket_id", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')",
            name=op.f("ck_credit_allocation_amount_cents"),
        ),
        sa.ForeignKeyConstraint(
            ["credit_docket_id"],
            ["credit.docket_id"],
            name=op.f("fk_credit_allocation_credit_docket_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_allocation")),
    )
    op.create_index(
        op.f("ix_credit_allocation_credit_docket_id"),
        "credit_allocation",
        ["credit_docket_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_credit_allocation_invoice_docket_id"),
        "credit_allocation",
        ["invoice_docket_id"],
        unique=False,
    )
    op.create_table(
        "invoice_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_docket_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.Column("service_date", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')", name=op.f("ck_invoice_line_amount_cents")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_docket_id"],
            ["invoice.docket_id"],
            name=op.f("fk_invoice_line_invoice_docket_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
    )
    op.create_index(
        op.f("ix_invoice_line_invoice_docket_id"),
        "invoice_line",
        ["invoice_docket_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_invoice_line_product_id"), "invoice_line", ["product_id"], unique=False
    )
    op.create_table(
        "payment_allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_docket_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("invoice_docket_id", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')",
            name=op.f("ck_payment_allocation_amount_cents"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_docket_id"],
            ["payment.docket_id"],
            name=op.f("fk_payment_allocation_payment_docket_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_allocation")),
    )
    op.create_index(
        op.f("ix_payment_allocation_invoice_docket_id"),
        "payment_allocation",
        ["invoice_docket_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_payment_allocation_payment_docket_id"),
        "payment_allocation",
        ["payment_docket_id"],
        unique=False,
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("realm", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("invoice_docket_id", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("plan_sha256", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("marker", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_sent_at", sa.Text(), nullable=True),
        sa.Column("last_sent_at", sa.Text(), nullable=True),
        sa.Column("next_try_at", sa.Text(), nullable=True),
        sa.Column("lease_owner", sa.String(), nullable=False),
        sa.Column("lease_until", sa.Text(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("qbo_id", sa.String(), nullable=False),
        sa.Column("sync_token", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("fault_code", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')", name=op.f("ck_posting_amount_cents")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_posting_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint(
            "realm",
            "kind",
            "docket_id",
            "operation",
            "generation",
            name=op.f("uq_posting_realm_kind_docket_id_operation_generation"),
        ),
        sa.UniqueConstraint("realm", "request_id", name=op.f("uq_posting_realm_request_id")),
    )
    op.create_index("ix_posting_invoice", "posting", ["invoice_docket_id"], unique=False)
    op.create_index("ix_posting_record", "posting", ["kind", "docket_id"], unique=False)
    op.create_index("ix_posting_run", "posting", ["run_id", "state"], unique=False)
    op.create_index("ix_posting_state", "posting", ["state", "next_try_at"], unique=False)
    op.create_index(
        "uq_posting_one_at_a_time",
        "posting",
        ["realm", "kind", "docket_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('CONFIRMED', 'EXCLUDED', 'REJECTED')"),
    )
    op.create_table(
        "refund_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("refund_docket_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')", name=op.f("ck_refund_line_amount_cents")
        ),
        sa.ForeignKeyConstraint(
            ["refund_docket_id"], ["refund.docket_id"], name=op.f("fk_refund_line_refund_docket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_line")),
    )
    op.create_index(
        op.f("ix_refund_line_refund_docket_id"), "refund_line", ["refund_docket_id"], unique=False
    )
    op.create_table(
        "service_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_docket_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("docket_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("line1", sa.String(), nullable=False),
        sa.Column("line2", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_docket_id"],
            ["client.docket_id"],
            name=op.f("fk_service_address_client_docket_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_address")),
    )
    op.create_index(
        op.f("ix_service_address_client_docket_id"),
        "service_address",
        ["client_docket_id"],
        unique=False,
    )
    op.create_table(
        "tax_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_docket_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=False),
        sa.Column("taxable_cents", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "typeof(amount_cents) IN ('integer', 'null')", name=op.f("ck_tax_line_amount_cents")
        ),
        sa.CheckConstraint(
            "typeof(taxable_cents) IN ('integer', 'null')", name=op.f("ck_tax_line_taxable_cents")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_docket_id"], ["invoice.docket_id"], name=op.f("fk_tax_line_invoice_docket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_line")),
    )
    op.create_index(
        op.f("ix_tax_line_invoice_docket_id"), "tax_line", ["invoice_docket_id"], unique=False
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("fault_code", sa.String(), nullable=False),
        sa.Column("fault_text", sa.String(), nullable=False),
        sa.Column("intuit_tid", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_attempt_posting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_posting_id"), "attempt", ["posting_id"], unique=False)
    op.create_table(
        "posting_dependency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("needs_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["needs_id"], ["posting.id"], name=op.f("fk_posting_dependency_needs_id")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_posting_dependency_posting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_dependency")),
        sa.UniqueConstraint(
            "posting_id", "needs_id", name=op.f("uq_posting_dependency_posting_id_needs_id")
        ),
    )
    op.create_index("ix_posting_dependency_needs", "posting_dependency", ["needs_id"], unique=False)
    for table in ("audit", "attempt", "observation"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the table {table} is append-only'); END"
            )
    op.execute(
        "CREATE TRIGGER posting_frozen_body BEFORE UPDATE OF body ON posting "
        "WHEN old.body IS NOT NULL AND new.body IS NOT old.body "
        "BEGIN SELECT RAISE(ABORT, 'the body of a posting is frozen'); END"
    )
    op.execute(
        "CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting "
        "BEGIN SELECT RAISE(ABORT, 'a posting is never removed'); END"
    )
