"""Hostile rows and moving files; whole hostile files are a corpus of their own (tests/hostile)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from connectors.docket_files.findings import FileTrouble
from connectors.docket_files.tables import rows_of
from core.text import display
from tests.docket_files.world import chosen, desk, opened, quiet, sentences, sheets


async def test_findings_about_hostile_rows_are_safe_to_show(tmp_path: Path) -> None:
    path = tmp_path / "invoices.csv"
    path.write_text("Invoice #,Date\x1b[2J,Customer,Total\n1,\x1b]0;x\x07,Ann,1.00\n")
    with opened(tmp_path / "cache.db") as cache:
        result = await desk(cache).run(sheets([path]), quiet)
    assert result.findings
    for words in sentences(result):
        assert words == display(words)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "invoices.csv"
    path.write_text("Invoice #,Date,Customer,Total\n1,11/20/2026,Ann,1.00\n")
    (one,) = chosen([path])
    path.write_text("Invoice #,Date,Customer,Total\n1,11/20/2026,Ann,2.00\n")
    os.utime(path, (1, 1))
    with pytest.raises(FileTrouble, match="changed"):
        list(rows_of(one.table))
