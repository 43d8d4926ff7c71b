"""All tables of the cache: Docket, QuickBooks, our own work, checked months, imports."""

from __future__ import annotations

from sqlalchemy import MetaData

from store.tables import docket, imports, month_end, quickbooks, work
from store.tables.base import Base, guard_cents, table_of

guard_cents(Base.metadata)

METADATA: MetaData = Base.metadata

__all__ = ["METADATA", "docket", "imports", "month_end", "quickbooks", "table_of", "work"]
