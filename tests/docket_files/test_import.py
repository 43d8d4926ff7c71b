"""An import can be done again, adds up, names what it cannot take, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.docket_files.choosing import Wishes
from core.errors import ConnectionTrouble, Trouble
from store import company, links
from store.cache import Cache
from store.states import LinkOrigin
from tests.docket_files.world import (
    NOVEMBER,
    Held,
    changes,
    desk,
    imported,
    opened,
    quiet,
    sentences,
    sheets,
    written,
)

INVOICES = """\
Invoice #,Invoice Date,Customer,Display ID,Subtotal,Sales Tax,Total,PO #
1001,11/13/2026,Ann's Roofing,C1,$100.00,$8.25,$108.25,A-7
1002,11/14/2026,Bob Builder,C2,$50.00,$0.00,$50.00,
"""
LINES = """\
Invoice #,Item,Qty,Rate,Amount,Taxable
1001,20 Yard Dumpster,1,100.00,100.00,Yes
1002,Delivery Fee,2,25.00,50.00,No
"""
PAYMENTS = """\
Payment Date,Customer,Invoice #,Method,Check #,Amount
11/15/2026,Ann's Roofing,1001,Check,77,$108.25
11/15/2026,Bob Builder,1002,Cash,,$20.00
11/15/2026,Bob Builder,1002,Cash,,$20.00
"""


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with opened(tmp_path / "cache.db") as cache:
        yield cache


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    return [
        written(tmp_path / "invoices.csv", INVOICES),
        written(tmp_path / "line items.csv", LINES),
        written(tmp_path / "payments.csv", PAYMENTS),
    ]


async def test_the_same_files_twice_change_nothing(cache: Cache, three: list[Path]) -> None:
    first = await imported(cache, *three)
    assert changes(first) == {"client": (2, 0), "invoice": (2, 0), "payment": (3, 0)}
    before = Held(cache).invoices, Held(cache).payments, Held(cache).clients
    assert changes(await imported(cache, *three)) == {}
    assert (Held(cache).invoices, Held(cache).payments, Held(cache).clients) == before


async def test_equal_payments_without_number_stay_as_many_as_they_are(
    cache: Cache, three: list[Path]
) -> None:
    await imported(cache, *three)
    cash = [one for one in Held(cache).payments.values() if one.method == "Cash"]
    assert [one.amount for one in cash] == [2000, 2000]


async def test_a_newer_export_updates_and_leaves_alone_what_it_does_not_carry(
    cache: Cache, three: list[Path], tmp_path: Path
) -> None:
    await imported(cache, *three)
    text = "Invoice #,Invoice Date,Customer,Total,PO #\n1001,11/13/2026,Ann's Roofing,$108.25,B-1\n"
    newer = written(tmp_path / "invoices.csv", text, NOVEMBER + timedelta(days=1))
    assert changes(await imported(cache, newer)) == {"invoice": (0, 1)}
    held = Held(cache).invoice("1001")
    assert (held.po_number, held.tax, held.lines[0].name) == ("B-1", 825, "20 Yard Dumpster")
    assert Held(cache).invoice("1002").total == 5000, "a partial export deletes nothing"


async def test_an_older_export_adds_but_does_not_turn_back(
    cache: Cache, three: list[Path], tmp_path: Path
) -> None:
    await imported(cache, *three)
    old = "Invoice #,Invoice Date,Customer,Total\n1002,11/14/2026,Bob Builder,$40.00\n"
    old += "1000,11/01/2026,Bob Builder,$10.00\n"
    path = written(tmp_path / "invoices old.csv", old, NOVEMBER - timedelta(days=30))
    result = await imported(cache, path)
    assert changes(result) == {"invoice": (1, 0)}
    assert "older than what was imported before" in sentences(result)[0]
    assert Held(cache).invoice("1002").total == 5000


async def test_links_survive_an_export_with_more_columns(
    cache: Cache, three: list[Path], tmp_path: Path
) -> None:
    """A client that was known by name and display id; an invoice that gets Docket's own id."""
    await imported(cache, *three)
    before = set(Held(cache).clients), set(Held(cache).invoices)
    later = NOVEMBER + timedelta(days=1)
    clients = "Client ID,Display ID,Company,Email\ncl-9,C1,Ann's Roofing,ann@example.com\n"
    invoices = "Invoice ID,Invoice #,Invoice Date,Display ID,Total\n"
    invoices += "inv-1,1001,11/13/2026,C1,$108.25\n"
    result = await imported(
        cache,
        written(tmp_path / "clients.csv", clients, later),
        written(tmp_path / "invoices.csv", invoices, later),
    )
    assert (set(Held(cache).clients), set(Held(cache).invoices)) == before
    assert changes(result) == {"client": (0, 1)}
    assert Held(cache).client("Ann's Roofing").email == "ann@example.com"


async def test_two_totals_for_one_number_are_named_and_the_rest_comes_in(
    cache: Cache, tmp_path: Path
) -> None:
    text = INVOICES + "1001,11/13/2026,Ann's Roofing,C1,$100.00,$8.25,$109.25,A-7\n"
    result = await imported(cache, written(tmp_path / "invoices.csv", text))
    assert [one.number for one in Held(cache).invoices.values()] == ["1002"]
    assert sentences(result) == [
        "invoices.csv, row 4, column Total: it says $109.25 here and $108.25 in row 2 for the"
        " same record"
    ]


async def test_lines_that_do_not_sum_and_a_payment_for_no_invoice_are_named(
    cache: Cache, tmp_path: Path
) -> None:
    result = await imported(
        cache,
        written(tmp_path / "invoices.csv", INVOICES),
        written(tmp_path / "line items.csv", LINES.replace("2,25.00,50.00", "2,24.00,48.00")),
        written(tmp_path / "payments.csv", PAYMENTS.replace(",1001,", ",1009,")),
    )
    assert [one.number for one in Held(cache).invoices.values()] == ["1001"]
    words = sentences(result)
    assert "invoices.csv, row 3, column Subtotal: the lines come to 48.00" in words[0]
    assert "payments.csv, row 2, column Invoice #: there is no invoice 1009" in words[1]
    assert all("no invoice 1002" in one for one in words[2:])


async def test_a_value_that_cannot_be_read_is_named_by_row_and_column(
    cache: Cache, tmp_path: Path
) -> None:
    text = INVOICES.replace("$50.00,$0.00,$50.00", "$50.00,$0.00,$50.005")
    result = await imported(cache, written(tmp_path / "invoices.csv", text))
    assert sentences(result) == [
        "invoices.csv, row 3, column Total: $50.005 holds a fraction of a cent"
    ]


async def test_an_ageing_report_is_a_check_and_no_more(
    cache: Cache, three: list[Path], tmp_path: Path
) -> None:
    text = "A/R Aging\n\nInvoice #,Customer,0-30,31-60,61-90,90+\n"
    text += "1001,Ann's Roofing,0.00,,,\n1002,Bob Builder,11.00,,,\n"
    result = await imported(cache, *three, written(tmp_path / "aging.csv", text))
    (said,) = sentences(result)
    assert "says 11.00 is open of invoice 1002; by its payments and credits it is 10.00" in said
    assert Held(cache).invoice("1002").total == 5000


async def test_the_first_line_alone_may_say_the_number(cache: Cache, tmp_path: Path) -> None:
    text = "Invoice #,Date,Customer,Item,Amount\n7,11/13/2026,Ann,Dumpster,90.00\n,,,Fuel,10.00\n"
    await imported(cache, written(tmp_path / "lines.csv", text))
    held = Held(cache).invoice("7")
    assert [line.name for line in held.lines] == ["Dumpster", "Fuel"]
    assert held.total == 10000


async def test_an_invoice_without_lines_gets_one_until_they_come(
    cache: Cache, tmp_path: Path
) -> None:
    await imported(cache, written(tmp_path / "invoices.csv", INVOICES))
    assert Held(cache).invoice("1001").lines[0].name == "As invoiced"
    await imported(cache, written(tmp_path / "line items.csv", LINES))
    (line,) = Held(cache).invoice("1002").lines
    assert (line.name, line.quantity, line.unit_price) == ("Delivery Fee", Decimal(2), Decimal(25))


async def test_a_preview_says_what_the_import_does_and_leaves_the_cache(
    cache: Cache, three: list[Path]
) -> None:
    preview = await desk(cache).preview(sheets(three), quiet)
    assert not Held(cache).invoices
    assert preview.counts == (await imported(cache, *three)).counts


async def test_undo_puts_back_what_was_and_takes_out_what_came(
    cache: Cache, three: list[Path], tmp_path: Path
) -> None:
    await imported(cache, *three)
    before = Held(cache).invoices, Held(cache).clients, Held(cache).payments
    text = INVOICES.replace("A-7", "B-9") + "1003,11/19/2026,Cid,C3,$5.00,$0.00,$5.00,\n"
    newer = written(tmp_path / "invoices.csv", text, NOVEMBER + timedelta(days=1))
    assert changes(await imported(cache, newer)) == {"client": (1, 0), "invoice": (1, 1)}
    await desk(cache).undo()
    assert (Held(cache).invoices, Held(cache).clients, Held(cache).payments) == before
    with pytest.raises(Trouble, match="no import to take back"):
        await desk(cache).undo()
    assert [one.state for one in desk(cache).log()] == ["UNDONE", "DONE"]
    assert changes(await imported(cache, newer)) == {"client": (1, 0), "invoice": (1, 1)}


async def test_an_import_that_only_found_faults_leaves_the_one_before_undoable(
    cache: Cache, three: list[Path], tmp_path: Path
) -> None:
    await imported(cache, *three)
    bad = "Payment Date,Invoice #,Amount\n11/15/2026,9999,$1.00\n"
    assert sentences(await imported(cache, written(tmp_path / "payments 2.csv", bad)))
    await desk(cache).undo()
    assert not Held(cache).invoices


async def test_what_was_linked_since_cannot_be_taken_back(cache: Cache, three: list[Path]) -> None:
    await imported(cache, *three)
    one = Held(cache).invoice("1001")
    with cache.write() as session:
        links.add_link(session, "9130", "invoice", one.id, "Invoice", "17", LinkOrigin.ADOPTED, "0")
    with pytest.raises(Trouble, match="posted to QuickBooks, or linked"):
        await desk(cache).undo()
    assert Held(cache).invoice("1001") == one


async def test_a_cache_filled_over_http_is_not_filled_from_files(
    cache: Cache, three: list[Path]
) -> None:
    with cache.write() as session:
        company.note_connection(session, "docket", "", "acct-7", "Acme Roll-Off LLC")
    with pytest.raises(ConnectionTrouble, match="a second time"):
        await imported(cache, *three)


async def test_ambiguous_dates_are_asked_for(cache: Cache, tmp_path: Path) -> None:
    text = INVOICES.replace("11/13", "11/03").replace("11/14", "11/04")
    path = written(tmp_path / "invoices.csv", text)
    with pytest.raises(AssertionError, match="--dates"):
        sheets([path])
    await imported(cache, path, wishes=Wishes(dates="dmy"))
    assert Held(cache).invoice("1001").issued_on == date(2026, 3, 11)
