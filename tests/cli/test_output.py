"""Tables, CSV and JSON of the command line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cli.output import put, put_csv, put_table


def test_columns_line_up_also_behind_wide_characters(capsys: pytest.CaptureFixture[str]) -> None:
    put_table(["client", "total"], [["東京ガーデン", "1.00"], ["Acme", "12.50"]], right=(1,))
    lines = capsys.readouterr().out.splitlines()
    assert {cell_len(line) for line in lines} == {len("東京ガーデン") * 2 + 2 + 5}


def test_nothing_that_acts_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    put("Acme \x1b]52;c;AAAA\x07\nsecond")
    put_table(["client"], [["Acme \x1b[2J"]])
    assert not set(capsys.readouterr().out) & {"\x1b", "\x07"}


@given(st.text(max_size=30))
def test_a_csv_cell_never_starts_as_a_formula_and_is_otherwise_kept(text: str) -> None:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        put_csv(["name"], [[text]])
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    cell = rows[1][0] if len(rows) > 1 and rows[1] else ""
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert not cell.startswith(("=", "+", "@")) or cell.lstrip("+-").replace(".", "", 1).isdigit()


def test_an_amount_below_zero_stays_a_number_in_csv(capsys: pytest.CaptureFixture[str]) -> None:
    put_csv(["total"], [["-3345.60"]])
    assert capsys.readouterr().out == "total\r\n-3345.60\r\n"
