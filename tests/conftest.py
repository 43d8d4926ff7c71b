"""What a test process makes once instead of once for each test.

Most tests open a cache and some HTTP clients of their own. What costs most of that never
differs: how each statement reads in SQLite's words, and whom a TLS connection trusts.
One long process keeps both, and so do the tests.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, create_engine

from tests.statements import keep_statements


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.engine.create_engine", _engine)
        patch.setattr(
            "httpx._transports.default.create_ssl_context", cache(httpx.create_ssl_context)
        )
        yield


def _engine(url: str, **options: Any) -> Engine:
    engine = create_engine(url, **options)
    keep_statements(engine)
    return engine


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected is never garbage: no collection needs to look at it."""
    gc.collect()
    gc.freeze()
