"""No text from outside becomes a formula; our own amounts stay numbers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.sheets import FORMULA, Money, Sheet, csv_rows, write_csv, write_xlsx
from core.errors import UsageTrouble

DANGEROUS = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@given(st.text(max_size=20), st.integers(-(10**12), 10**12))
@settings(max_examples=100)
def test_a_text_never_begins_a_formula_and_money_stays_a_number(name: str, cents: int) -> None:
    ((text, amount),) = csv_rows([(name, Money(cents))])
    assert not text.startswith(FORMULA)
    assert text in (name, f"'{name}")
    assert int(amount.replace(".", "")) == cents


def test_csv_reads_back_as_it_was_with_a_quote_before_formulas(tmp_path: Path) -> None:
    rows = [(name, 3, Money(-525)) for name in [*DANGEROUS, 'Smith, "Bob"\r\nand Söhne']]
    write_csv(tmp_path / "a.csv", Sheet("a", ["name", "n", "amount"], rows))
    text = (tmp_path / "a.csv").read_bytes().decode()
    back = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [row[1:] for row in back] == [["3", "-5.25"]] * len(rows)
    assert [row[0] for row in back] == [f"'{name}" for name in DANGEROUS] + [rows[-1][0]]


def test_excel_gets_typed_cells_and_no_formula(tmp_path: Path) -> None:
    rows = [(name, 3, Money(-525)) for name in [*DANGEROUS, "\x00bad", "plain"]]
    write_xlsx(tmp_path / "a.xlsx", [Sheet("Sums", ["=name", "n", "amount"], rows)])
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["Sums"]
    for row in page.iter_rows(min_row=2):
        assert [cell.data_type for cell in row] == ["s", "n", "n"]
        assert row[2].value == -5.25
        assert row[2].number_format == "#,##0.00"
    assert page["A1"].data_type == "s"


def test_a_file_that_cannot_be_written_is_said_in_plain_words(tmp_path: Path) -> None:
    for write in (write_csv, lambda path, sheet: write_xlsx(path, [sheet])):
        with pytest.raises(UsageTrouble, match="cannot be written"):
            write(tmp_path / "no" / "a.out", Sheet("a", ["b"], []))
