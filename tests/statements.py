"""One memory for SQLAlchemy's statements, for all caches of a process.

An engine of its own compiles every statement anew, which is half of what a short test or
a simulated life would cost. How a statement reads depends on the tables alone.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Engine, create_engine

from store import sqlite

_KEPT = 4000
"""Statements: more than the program has."""


def keep_statements(engine: Engine) -> None:
    """Let an engine that was not used yet compile only what no other one has compiled."""
    first = _first()
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache


@cache
def _first() -> Engine:
    engine = create_engine("sqlite://", module=sqlite.dbapi, query_cache_size=_KEPT)
    with engine.connect():
        pass  # its dialect gets to know the driver
    engine.dispose()
    return engine
