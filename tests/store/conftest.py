"""An open cache in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.ids import SeededIds
from store.cache import Cache
from tests.store.worlds import StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def cache_file(tmp_path: Path) -> Path:
    return tmp_path / "sync.db"


@pytest.fixture
def cache(cache_file: Path, clock: StillClock) -> Iterator[Cache]:
    opened = Cache.open(cache_file, clock=clock, ids=SeededIds(1))
    yield opened
    opened.close()
