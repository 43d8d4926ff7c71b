"""Which rows of a report are records, and what the numbers of a workbook are."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from tests.docket_files.world import Held, desk, opened, quiet, sentences, sheets, written


async def test_totals_are_no_records_and_a_client_called_total_is_one(tmp_path: Path) -> None:
    head = "Invoice #,Date,Customer,Subtotal,Tax,Total,Balance,Note\n"
    text = (
        f"{head}1001,11/13/2026,Total of Texas,$100.00,$8.25,$108.25,$0.00,\n"
        "Subtotal for Total of Texas,,,$100.00,$8.25,$108.25,$0.00,\n"
        "1002,11/14/2026,Total,$40.00,$0.00,$40.00,$40.00,\n"
        "Grand Total,,,$140.00,$8.25,$148.25,$40.00,\n"
    )
    clients = "Customer,Phone,City\nTotal of Texas,5551234,\nTotal Demolition,5551235,Tulsa\n"
    ageing = "Client,Invoice,0-30,31-60,61-90,90+,Total Due\nTotal,1002,40.00,0,0,0,40.00\n"
    ageing += "Total,,40.00,0.00,0.00,0.00,40.00\n"
    texts = {"invoices": text, "clients": clients, "ageing": ageing}
    paths = [written(tmp_path / f"{name}.csv", one) for name, one in texts.items()]
    with opened(tmp_path / "cache.db") as cache:
        result = await desk(cache).run(sheets(paths), quiet)
        held = Held(cache)
    assert sentences(result) == []
    assert {one.number: one.total for one in held.invoices.values()} == {
        "1001": 108_25,
        "1002": 40_00,
    }
    names = {one.customer_name for one in held.clients.values()}
    assert names == {"Total of Texas", "Total", "Total Demolition"}


async def test_a_number_of_a_workbook_is_that_number_in_any_style(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Report")
    rows: list[list[str | float]] = [
        ["Invoice #", "Date", "Customer", "Item", "Qty", "Unit Price", "Line Total", "Total"],
        ["1001", "13.11.2026", "Ann", "Haul", 2.125, "1.000,00", 2125, "2.125,00"],
    ]
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "lines.xlsx")
    with opened(tmp_path / "cache.db") as cache:
        result = await desk(cache).run(sheets([tmp_path / "lines.xlsx"]), quiet)
        (line,) = Held(cache).invoice("1001").lines
    assert sentences(result) == []
    assert (line.quantity, line.amount) == (Decimal("2.125"), 2_125_00)
