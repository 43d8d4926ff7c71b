"""The parts of a tax: from columns, from lines, or their sum; never more or less than the tax."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from core.records import TaxLine
from store.cache import Cache
from tests.docket_files.world import Held, imported, opened, sentences, written

HEAD = "Invoice #,Invoice Date,Customer,Subtotal,Total"
ROW = "1001,11/13/2026,Ann,$100.00,$108.25"
LINES = """\
Invoice #,Invoice Date,Customer,Item,Line Total,Tax Code,Item Tax Rate,Item Tax,Sales Tax
7,11/13/2026,Ann,Dumpster,10.05,Kyle,8.25,0.83,1.66
7,11/13/2026,Ann,Fuel,10.05,Kyle,8.25,0.83,1.66
7,11/13/2026,Ann,Permit,5.00,,,0.00,1.66
"""


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with opened(tmp_path / "cache.db") as cache:
        yield cache


async def taxed(cache: Cache, path: Path, header: str, cells: str) -> list[TaxLine]:
    result = await imported(cache, written(path, f"{HEAD},{header}\n{ROW},{cells}\n"))
    assert not sentences(result)
    return list(Held(cache).invoice("1001").tax_lines)


async def test_parts_have_columns_of_their_own(cache: Cache, tmp_path: Path) -> None:
    header = "Tax 1 Name,Tax 1 Agency,Tax 1 Rate,Tax 1 Amount,Tax 2 Name,Tax 2 Amount"
    found = await taxed(cache, tmp_path / "invoices.csv", header, "State,TX,6.25,6.25,City,2.00")
    assert found == [
        TaxLine("State", "TX", Decimal("6.25"), 100_00, 6_25),
        TaxLine("City", "", Decimal("2"), 100_00, 2_00),
    ]
    assert Held(cache).invoice("1001").tax == 8_25


async def test_a_column_called_county_tax_is_its_own_name(cache: Cache, tmp_path: Path) -> None:
    path = tmp_path / "invoices.csv"
    found = await taxed(cache, path, "Sales Tax,State Tax,County Tax,City Tax", "8.25,8.25,0,")
    assert [(one.name, one.amount) for one in found] == [("State Tax", 8_25)]


async def test_rates_alone_share_the_tax(cache: Cache, tmp_path: Path) -> None:
    header = "Sales Tax,Tax 1 Name,Tax 1 Rate,Tax 2 Name,Tax 2 Rate"
    found = await taxed(cache, tmp_path / "invoices.csv", header, "8.25,State,6.25,City,2")
    assert [(one.name, one.amount) for one in found] == [("State", 6_25), ("City", 2_00)]


async def test_parts_that_do_not_come_to_the_tax_are_named(cache: Cache, tmp_path: Path) -> None:
    text = f"{HEAD},Sales Tax,State Tax,City Tax\n{ROW},8.25,6.25,1.00\n"
    result = await imported(cache, written(tmp_path / "invoices.csv", text))
    assert sentences(result) == [
        "invoices.csv, row 2, column Sales Tax: its parts come to 7.25, but the tax is 8.25"
    ]


@pytest.mark.parametrize("tax", ["1.66", "1.65"])
async def test_taxes_of_lines_are_put_together_by_name(
    tax: str, cache: Cache, tmp_path: Path
) -> None:
    """Rounded line by line they may be cents apart from the tax on the whole."""
    text = LINES.replace("1.66", tax)
    assert not sentences(await imported(cache, written(tmp_path / "lines.csv", text)))
    held = Held(cache).invoice("7")
    assert [one.taxable for one in held.lines] == [True, True, False]
    assert list(held.tax_lines) == [
        TaxLine("Kyle", "", Decimal("8.25"), 20_10, int(tax.replace(".", "")))
    ]
