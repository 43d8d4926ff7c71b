"""No file of the hostile corpus brings the program down, fills its memory or reaches a terminal."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.docket_files.findings import FileTrouble
from connectors.docket_files.tables import rows_of
from core.errors import Trouble
from core.text import display
from tests.docket_files.hostile import CASES
from tests.docket_files.world import Held, chosen, desk, opened, quiet, sentences, sheets

MOST_BYTES = 40 * 2**20


async def _read(path: Path, cache_file: Path) -> list[str]:
    """Everything that a person is shown of a file."""
    shown: list[str] = []
    try:
        for one in chosen([path]):
            shown += [*one.table.headers, one.table.name]
        with opened(cache_file) as cache:
            result = await desk(cache).run(sheets([path]), quiet)
            shown += sentences(result)
            shown += [one.customer_name for one in Held(cache).clients.values()]
    except Trouble as trouble:
        shown.append(trouble.what)
    return shown


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_it_is_refused_or_contained_in_bounded_memory(
    case: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = case(tmp_path)
    tracemalloc.start()
    try:
        shown = await _read(path, tmp_path / "cache.db")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES
    expected = CASES[case]
    if expected:
        assert expected in shown[-1], shown[-1]
        assert shown[-1] == display(shown[-1]), "a sentence about a file is safe to show"
        with opened(tmp_path / "cache.db") as cache:
            assert not Held(cache).invoices


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
