"""A practice company for the tests of one module: refreshed, and past its test sync."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.system.world import World, practice, ready


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Sixty invoices of the roll-off company; bulk sync is open."""
    with practice(tmp_path_factory.mktemp("company"), "--invoices", "60") as company:
        ready(company)
        yield company
