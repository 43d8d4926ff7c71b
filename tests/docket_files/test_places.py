"""Service addresses: kept with their client, found again by whatever an export says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.docket_files.places import place_ref
from core.records import Address
from store.cache import Cache
from tests.docket_files.world import NOVEMBER, Held, changes, imported, opened, sentences, written

CLIENTS = """\
Display ID,Company,Site ID,Site Name,Site Address,Site City,Site State,Site Zip
C1,Ann's Roofing,s1,Yard,1 Elm St,Austin,TX,78701
C1,Ann's Roofing,s2,Depot,2 Oak St,Enid,OK,73701
C2,Bob Builder,,,,,,
"""
INVOICES = """\
Invoice #,Invoice Date,Display ID,Total,Service Address
1001,11/13/2026,C1,$5.00,"1 Elm St, Austin, TX 78701"
1002,11/14/2026,C2,$6.00,"7 Ash Ln, Suite 4, Kyle, TX 78640"
1003,11/15/2026,C1,$7.00,
"""


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with opened(tmp_path / "cache.db") as cache:
        yield cache


async def test_places_come_with_clients_and_with_invoices(cache: Cache, tmp_path: Path) -> None:
    files = [
        written(tmp_path / "clients.csv", CLIENTS),
        written(tmp_path / "invoices.csv", INVOICES),
    ]
    result = await imported(cache, *files)
    assert not sentences(result)
    assert changes(result) == {"client": (2, 0), "invoice": (3, 0)}
    held = Held(cache)
    ann, bob = held.client("Ann's Roofing"), held.client("Bob Builder")
    assert [(one.id, one.name) for one in ann.service_addresses] == [
        ("s1", "Yard"),
        ("s2", "Depot"),
    ]
    (ash,) = bob.service_addresses
    assert ash.address == Address("7 Ash Ln, Suite 4", "", "Kyle", "TX", "78640")
    at = {one.number: one.service_address_id for one in held.invoices.values()}
    assert at == {"1001": "s1", "1002": ash.id, "1003": None}
    assert changes(await imported(cache, *files)) == {}


async def test_a_place_keeps_its_id_when_a_later_export_says_more(
    cache: Cache, tmp_path: Path
) -> None:
    await imported(cache, written(tmp_path / "invoices.csv", INVOICES))
    before = {one.number: one.service_address_id for one in Held(cache).invoices.values()}
    later = CLIENTS.replace("Yard,1 Elm", "Main yard,1  ELM")
    await imported(cache, written(tmp_path / "clients.csv", later, NOVEMBER + timedelta(days=1)))
    held = Held(cache)
    yard, depot = held.client("Ann's Roofing").service_addresses
    assert (yard.id, yard.name, yard.address.line1) == (before["1001"], "Main yard", "1  ELM St")
    assert depot.id == "s2"
    assert {one.number: one.service_address_id for one in held.invoices.values()} == before


async def test_an_address_that_two_places_have_is_named_not_guessed(
    cache: Cache, tmp_path: Path
) -> None:
    clients = CLIENTS.replace("2 Oak St,Enid,OK,73701", "1 Elm St,Austin,TX,78701")
    result = await imported(
        cache,
        written(tmp_path / "clients.csv", clients),
        written(tmp_path / "invoices.csv", INVOICES),
    )
    assert sentences(result) == [
        "invoices.csv, row 2, column Service Address: 2 places of the client fit; which is meant is"
        " not said"
    ]


def test_an_address_in_one_cell_is_taken_apart_only_where_it_is_plain() -> None:
    def read(text: str) -> Address:
        cells = {"service_address_line1": text}
        return place_ref(lambda name: cells.get(name, "")).address

    assert read("1 Elm St\nAustin, tx 78701-1234, USA") == Address(
        "1 Elm St", "", "Austin", "tx", "78701-1234"
    )
    for text in ("1 Elm St", "Gate 4, ask for Bob", "12 High St, Leeds LS1 4AP", "x, " * 200):
        assert read(text) == Address(text)
