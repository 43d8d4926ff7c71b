"""Months that a person has checked, as they were then; appended, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from store.tables.base import Base, InstantColumn, JsonColumn


class MonthCheckTable(Base, table=True):
    """That a person found a month right: by what figures, and of which records they are."""

    __tablename__ = "month_check"
    __table_args__ = (Index("ix_month_check_month", "month", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    month: str
    """Such as 2026-10."""
    checked_at: datetime = Field(sa_type=InstantColumn)
    name: str
    """The person, as they wrote it."""
    actor: str
    """Who was logged in."""
    figures: Any = Field(sa_type=JsonColumn)
    """The sums of both sides and the checklist, as the person saw them."""
    records: Any = Field(sa_type=JsonColumn)
    """Every record of the month on both sides, so that a later change can be named."""
    audit_head: str
    """The audit log's newest hash at that moment."""
