"""A browser and a practice company for the pages' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.chromium import NEEDED, Page, browser, program
from tests.system.world import World, practice


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    """A tab of a headless Chromium."""
    path = program()
    if path is None:
        pytest.exit(NEEDED, returncode=2)
    with browser(path) as tab:
        yield tab


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The roll-off company with its servers."""
    with practice(tmp_path_factory.mktemp("company"), "--invoices", "120") as company:
        yield company
