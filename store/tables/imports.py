"""Imports of Docket's export files: what was read, what it changed, how to take it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from store.tables.base import Base, InstantColumn, JsonColumn


class ImportRunTable(Base, table=True):
    """One import. `state` is RUNNING, DONE or UNDONE; RUNNING after a death: cut short."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    state: str
    actor: str
    started_at: datetime = Field(sa_type=InstantColumn)
    ended_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    files: Any = Field(sa_type=JsonColumn)
    """Of each file: name, kind, profile, when it was written, its SHA-256."""
    counts: Any = Field(sa_type=JsonColumn)
    """By kind: how many records are new, and how many changed."""
    findings: Any = Field(sa_type=JsonColumn)
    """What could not be taken, with file, row and column; the first thousand."""


class ImportChangeTable(Base, table=True):
    """One record that an import added or changed; kept until another import changes something."""

    __tablename__ = "import_change"

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="import_run.id", index=True)
    kind: str
    docket_id: str
    before: Any = Field(default=None, sa_type=JsonColumn, nullable=True)
    """The record as it was; None for one that was new."""
