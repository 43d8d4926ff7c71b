"""What the program and its user decided and did: links, choices, conflicts, the journal, the audit.

Nothing here is deleted by deleting something else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from store.states import PostingState, RunState
from store.tables.base import Base, CentsColumn, InstantColumn, JsonColumn


class LinkTable(Base, table=True):
    """A Docket record and its QBO record.

    A document has one link and is in one link. Two clients may be one customer, and
    two products one item.
    """

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("realm", "kind", "docket_id"),
        Index(
            "uq_link_document",
            "realm",
            "entity",
            "qbo_id",
            unique=True,
            sqlite_where=text("kind NOT IN ('client', 'product')"),
        ),
        Index("ix_link_qbo", "entity", "qbo_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    realm: str
    kind: str
    docket_id: str
    entity: str
    qbo_id: str
    origin: str
    sync_token: str
    body: bytes | None = None
    """The bytes that were posted."""
    snapshot: Any = Field(default=None, sa_type=JsonColumn, nullable=True)
    """The Docket record as it was then."""
    total_cents: int | None = Field(default=None, sa_type=CentsColumn)
    """An invoice's total in Docket as it was then."""
    fingerprint: str
    fingerprint_version: int
    linked_at: datetime = Field(sa_type=InstantColumn)
    updated_at: datetime = Field(sa_type=InstantColumn)


class ChoiceTable(Base, table=True):
    """A person's lasting decision; what it replaced stays, so that it can be taken back."""

    __tablename__ = "choice"
    __table_args__ = (
        Index(
            "uq_choice_in_force",
            "kind",
            "key",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    key: str
    action: str
    entity: str = ""
    qbo_id: str = ""
    name: str = ""
    actor: str
    made_at: datetime = Field(sa_type=InstantColumn)
    ended_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    replaces_id: int | None = Field(default=None, foreign_key="choice.id")


class ConflictTable(Base, table=True):
    """Why an invoice cannot be posted, or no longer agrees; closed ones stay as history."""

    __tablename__ = "conflict"
    __table_args__ = (
        Index(
            "uq_conflict_open",
            "invoice_docket_id",
            "kind",
            "subject_kind",
            "subject_key",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_conflict_group",
            "kind",
            "subject_key",
            sqlite_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    invoice_docket_id: str
    kind: str
    subject_kind: str
    subject_key: str
    subject: str
    words: str
    detail: Any = Field(default=None, sa_type=JsonColumn, nullable=True)
    found_at: datetime = Field(sa_type=InstantColumn)
    closed_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class RunTable(Base, table=True):
    """One approval: what was selected, the plan that was confirmed, and what came of it."""

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_state", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    state: str = RunState.APPROVED
    selection: Any = Field(sa_type=JsonColumn)
    plan_digest: str
    plan: Any = Field(sa_type=JsonColumn)
    actor: str
    created_at: datetime = Field(sa_type=InstantColumn)
    started_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    ended_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    result: Any = Field(default=None, sa_type=JsonColumn, nullable=True)


class PostingTable(Base, table=True):
    """One write to QuickBooks, recorded before it is sent.

    Of one Docket record there is at most one posting that still has a way to go or
    waits for a person.
    """

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("realm", "kind", "docket_id", "operation", "generation"),
        UniqueConstraint("realm", "request_id"),
        Index(
            "uq_posting_one_at_a_time",
            "realm",
            "kind",
            "docket_id",
            unique=True,
            sqlite_where=text("state NOT IN ('CONFIRMED', 'EXCLUDED', 'REJECTED')"),
        ),
        Index("ix_posting_run", "run_id", "state"),
        Index("ix_posting_state", "state", "next_try_at"),
        Index("ix_posting_invoice", "invoice_docket_id"),
        Index("ix_posting_record", "kind", "docket_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    realm: str
    kind: str
    docket_id: str
    invoice_docket_id: str
    entity: str
    operation: str
    generation: int
    label: str
    amount_cents: int = Field(sa_type=CentsColumn)
    currency: str = ""
    state: str = PostingState.APPROVED
    plan: Any = Field(sa_type=JsonColumn)
    plan_sha256: str
    body: bytes | None = None
    body_sha256: str = ""
    request_id: str
    marker: str
    attempts: int = 0
    first_sent_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    last_sent_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    next_try_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    lease_owner: str = ""
    lease_until: datetime | None = Field(default=None, sa_type=InstantColumn)
    fence: int = 0
    qbo_id: str = ""
    sync_token: str = ""
    reason: str = ""
    fault_code: str = ""
    detail: Any = Field(default=None, sa_type=JsonColumn, nullable=True)
    """What the answer was compared with, and the like."""
    created_at: datetime = Field(sa_type=InstantColumn)
    changed_at: datetime = Field(sa_type=InstantColumn)


class PostingDependencyTable(Base, table=True):
    """A posting that waits until another is CONFIRMED."""

    __tablename__ = "posting_dependency"
    __table_args__ = (
        UniqueConstraint("posting_id", "needs_id"),
        Index("ix_posting_dependency_needs", "needs_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    posting_id: int = Field(foreign_key="posting.id")
    needs_id: int = Field(foreign_key="posting.id")


class AttemptTable(Base, table=True):
    """One call made for a posting; appended, never changed."""

    __tablename__ = "attempt"

    id: int | None = Field(default=None, primary_key=True)
    posting_id: int = Field(foreign_key="posting.id", index=True)
    phase: str
    """look, send or read."""
    started_at: datetime = Field(sa_type=InstantColumn)
    ended_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    http_status: int | None = None
    fault_code: str = ""
    fault_text: str = ""
    intuit_tid: str = ""
    outcome: str = ""


class CursorTable(Base, table=True):
    """Where the next pull from a source begins."""

    __tablename__ = "cursor"
    __table_args__ = (UniqueConstraint("source", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str
    name: str
    value: str
    saved_at: datetime = Field(sa_type=InstantColumn)


class SettingTable(Base, table=True):
    """One of the company's settings."""

    __tablename__ = "setting"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    value: str
    saved_at: datetime = Field(sa_type=InstantColumn)


class EpochTable(Base, table=True):
    """How often something was approved; the sidecar file beside the cache holds the same."""

    __tablename__ = "epoch"

    id: int | None = Field(default=None, primary_key=True)
    number: int


class AuditTable(Base, table=True):
    """Who did what, when and why: chained by hashes, so that a changed row shows."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    at: str
    """Text, because the hash is over these very characters."""
    actor: str
    action: str
    subject: str
    before: str
    after: str
    request_id: str
    previous: str
    hash: str
