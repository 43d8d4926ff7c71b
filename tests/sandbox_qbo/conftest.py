"""Fixtures: a fresh small company for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.sandbox_qbo.kit import Books, open_small


@pytest_asyncio.fixture
async def books() -> AsyncIterator[Books]:
    """A small company without sales tax."""
    opened = await open_small()
    yield opened
    await opened.http.aclose()


@pytest_asyncio.fixture
async def taxed() -> AsyncIterator[Books]:
    """A small company with automated sales tax; California unless an address says otherwise."""
    prefs = {"UsingSalesTax": True, "PartnerTaxEnabled": True, "TaxGroupCodeRef": {"value": "2"}}
    opened = await open_small(TaxPrefs=prefs)
    yield opened
    await opened.http.aclose()
