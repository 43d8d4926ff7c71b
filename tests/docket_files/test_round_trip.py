"""Files made from a company, in any layout, order and form, import to that company.

`make import-files` plays the two properties with as many examples as one has time for.
"""

from __future__ import annotations

import contextlib
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.docket_files import values
from connectors.docket_files.catalogue import FileKind
from tests.docket_files.imported import imported, meant
from tests.docket_files.layouts import File, Look, Made, companies, day, files_of, looks, money

BAD = ("n/a", "12.345.67,8.9", "31/31/2026", "--", "1,2,3")
"""Neither a date nor an amount nor a quantity, in any order and style."""
few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def import_is_the_company(company: list[Made], look: Look) -> None:
    """Everything comes in as it was, by the columns that are proposed."""
    held, findings = imported(files_of(company, look), look)
    assert [one.sentence() for one in findings] == []
    assert held == meant(company, look)


def bad_value_is_named(company: list[Made], look: Look, at: int, bad: str) -> None:
    """One value is spoiled: its row and column are named, and all else comes in."""
    files = files_of(company, look)
    file, number, row, name = _spoiled(files, at, bad)
    held, findings = imported(files, look, mapped=True)
    header = next(one for one, field in file.columns.items() if field == name)
    named = {one.row for one in findings if one.file.startswith(file.name) and one.column == header}
    assert named, [one.sentence() for one in findings]
    # Rows of one record that disagree are named together: either may be the wrong one.
    assert named <= set(file.rows[number])
    if name in ("quantity", "line_amount"):
        assert row in named
    expected = meant(company, look)
    del expected[number]
    assert held == expected


def _spoiled(files: list[File], at: int, bad: str) -> tuple[File, str, int, str]:
    """Write a bad value over a date, an amount or a quantity; return where."""
    cells = [
        (file, number, row, name)
        for file in files
        if file.kind in (FileKind.INVOICES, FileKind.LINES)  # money is for one that stands
        for number, rows in file.rows.items()
        for row in rows
        for name in ("issued_on", "total", "tax", "quantity", "line_amount")
        if name in file.columns.values() and file.table[row - 1][file.place(name)]
    ]
    file, number, row, name = cells[at % len(cells)]
    file.table[row - 1][file.place(name)] = bad
    return file, number, row, name


@few
@given(companies, looks)
def test_what_was_written_is_what_comes_in(company: list[Made], look: Look) -> None:
    import_is_the_company(company, look)


@few
@given(companies, looks, st.integers(0, 999), st.sampled_from(BAD))
def test_a_value_that_cannot_be_read_is_named_and_all_else_comes_in(
    company: list[Made], look: Look, at: int, bad: str
) -> None:
    bad_value_is_named(company, look, at, bad)


@given(st.integers(-(10**11), 10**11), looks)
def test_an_amount_reads_back_in_its_style(cents: int, look: Look) -> None:
    assert values.money(money(cents, look), look.decimals) == cents


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), looks)
def test_a_date_reads_back_in_its_order(on: date, look: Look) -> None:
    assert values.day(day(on, look), look.dates) == on


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_a_reason(text: str) -> None:
    for read in (
        lambda: values.money(text, "dot"),
        lambda: values.money(text, "comma"),
        lambda: values.day(text, "mdy"),
        lambda: values.instant(text, "dmy"),
        lambda: values.flag(text),
        lambda: values.whole(text),
    ):
        with contextlib.suppress(ValueError):  # anything else is a bug
            read()
