"""All tables of the cache: Docket's side, QuickBooks' side, our own work, checked months."""

from __future__ import annotations

from sqlalchemy import MetaData

from store.tables import docket, month_end, quickbooks, work
from store.tables.base import Base, guard_cents, table_of

guard_cents(Base.metadata)

METADATA: MetaData = Base.metadata

__all__ = ["METADATA", "docket", "month_end", "quickbooks", "table_of", "work"]
