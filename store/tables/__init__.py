"""All tables of the cache, in three files: Docket's side, QuickBooks' side, our own work."""

from __future__ import annotations

from sqlalchemy import MetaData

from store.tables import docket, quickbooks, work
from store.tables.base import Base, guard_cents, table_of

guard_cents(Base.metadata)

METADATA: MetaData = Base.metadata

__all__ = ["METADATA", "docket", "quickbooks", "table_of", "work"]
