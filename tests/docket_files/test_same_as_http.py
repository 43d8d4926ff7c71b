"""The practice company by its export files is the practice company over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.records import Allocation, Invoice
from sandbox import rolloff
from sandbox.docket.app import build
from sandbox.docket.exports import write_exports
from store.cache import Cache
from sync.pull_docket import DocketPull
from tests.docket.world import KEY, source
from tests.docket_files.world import Held, dated, imported, opened, quiet, sentences

BOOKS = rolloff.generate(7, 60).docket


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with opened(tmp_path / "files.db") as cache:
        yield cache


@pytest.fixture(scope="module")
def over_http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    import asyncio

    async def pulled(cache: Cache) -> None:
        server = build(BOOKS, api_key=KEY)
        transport = httpx.ASGITransport(server.app)
        async with source("http://127.0.0.1:1", transport=transport) as docket:
            pull = DocketPull(cache, docket, quiet)
            await pull.check_account()
            await pull.run(full=True)

    with opened(tmp_path_factory.mktemp("http") / "http.db") as cache:
        asyncio.run(pulled(cache))
        yield Held(cache)


def exported(layout: str, folder: Path) -> list[Path]:
    return [dated(path) for path in write_exports(BOOKS, layout, folder)]


async def test_the_full_layout_is_the_same_in_every_field(
    cache: Cache, over_http: Held, tmp_path: Path
) -> None:
    result = await imported(cache, *exported("full", tmp_path / "full"))
    held = Held(cache)
    assert not sentences(result)
    assert held.clients == over_http.clients
    assert held.products == over_http.products
    assert held.invoices == over_http.invoices
    assert held.payments == over_http.payments
    assert held.refunds == over_http.refunds
    assert held.credits == over_http.credits


def _printable(text: str) -> str:
    return "".join(mark for mark in text if mark >= " ")


async def test_the_workbook_is_the_same_in_money_dates_and_ids(
    cache: Cache, over_http: Held, tmp_path: Path
) -> None:
    result = await imported(cache, *exported("workbook", tmp_path / "workbook"))
    held = Held(cache)
    assert not sentences(result)
    assert {key: replace(one, memo="") for key, one in held.invoices.items()} == {
        key: replace(one, memo="") for key, one in over_http.invoices.items()
    }
    assert held.payments == over_http.payments
    assert {key: one.customer_name for key, one in held.clients.items()} == {
        key: _printable(one.customer_name) for key, one in over_http.clients.items()
    }


async def test_the_office_layout_has_the_same_invoices_by_number(
    cache: Cache, over_http: Held, tmp_path: Path
) -> None:
    result = await imported(cache, *exported("office", tmp_path / "office"))
    held = Held(cache)
    twice = _numbers_used_twice(over_http)
    by_number = {one.number: one for one in held.invoices.values()}
    display = {key: one.display_id for key, one in held.clients.items()}
    for one in over_http.invoices.values():
        if one.number in twice:
            assert one.number not in by_number
            continue
        found = by_number.pop(one.number)
        assert display[found.client_id] == over_http.clients[one.client_id].display_id
        for name in ("issued_on", "due_on", "po_number", "subtotal", "discount", "tax", "total"):
            assert getattr(found, name) == getattr(one, name), (one.number, name)
        assert bool(found.voided_at) == bool(one.voided_at)
        assert [_line(line) for line in found.lines] == [_line(line) for line in one.lines]
        assert _site(held, found) == _site(over_http, one)
    assert not by_number
    assert len(sentences(result)) >= len(twice)
    numbers = {key: one.number for key, one in held.invoices.items()}
    theirs = {key: one.number for key, one in over_http.invoices.items()}
    paid = {one.number: one for one in over_http.payments.values()}
    for payment in held.payments.values():
        same = paid[payment.number]
        if sum(part.amount for part in same.allocations) != same.amount and same.allocations:
            continue  # this report says the parts only, not what was left unapplied
        assert (payment.amount, payment.received_on, payment.method, payment.reference) == (
            same.amount,
            same.received_on,
            same.method,
            same.reference,
        )
        assert _by_number(payment.allocations, numbers) == _by_number(same.allocations, theirs)


async def test_the_continental_layout_has_the_same_totals_and_payments(
    cache: Cache, over_http: Held, tmp_path: Path
) -> None:
    await imported(cache, *exported("continental", tmp_path / "continental"))
    held = Held(cache)
    twice = _numbers_used_twice(over_http)
    theirs = {
        one.number: (one.total, one.tax, one.issued_on, one.due_on)
        for one in over_http.invoices.values()
        if one.number not in twice and not one.voided_at
    }
    ours = {
        one.number: (one.total, one.tax, one.issued_on, one.due_on)
        for one in held.invoices.values()
    }
    assert {key: ours[key] for key in theirs if key in ours} == {
        key: one for key, one in theirs.items() if key in ours
    }
    assert len(theirs) - len(ours) <= len(twice)
    assert all(one.lines[0].name == "As invoiced" for one in held.invoices.values())


def _site(held: Held, invoice: Invoice) -> str:
    """Where the work was done, on one line."""
    places = held.clients[invoice.client_id].service_addresses
    found = [one.address for one in places if one.id == invoice.service_address_id]
    return ", ".join(part for at in found for part in astuple(at) if part)


def _line(line: Any) -> tuple[Any, ...]:
    return (
        line.name,
        line.description,
        line.quantity,
        line.unit_price,
        line.amount,
        line.taxable,
        line.service_date,
    )


def _by_number(parts: tuple[Allocation, ...], numbers: dict[str, str]) -> dict[str, int]:
    return {numbers.get(part.invoice_id, ""): part.amount for part in parts}


def _numbers_used_twice(held: Held) -> set[str]:
    numbers = [one.number for one in held.invoices.values()]
    return {one for one in numbers if numbers.count(one) > 1}
