"""The month's reads are counted for all processes, and counting is in nobody's way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from connectors.qbo.metering import MonthlyReads
from connectors.qbo.throttle import Throttle
from tests.store.worlds import NOW, StillClock


async def test_reads_are_counted_by_the_month_and_writes_are_not(tmp_path: Path) -> None:
    clock = StillClock(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    first, second = (
        Throttle(clock, reads=MonthlyReads(tmp_path / "company.reads")) for _ in range(2)
    )
    for throttle in (first, second, first):
        async with throttle.slot(metered=True):
            pass
    async with first.slot(metered=False):
        pass
    assert MonthlyReads(tmp_path / "company.reads").count(NOW) == 3
    clock.pass_time(3600)
    async with first.slot(metered=True):
        pass
    reads = MonthlyReads(tmp_path / "company.reads")
    assert (reads.count(NOW), reads.count(clock.now())) == (3, 1)


def test_a_read_that_cannot_be_counted_now_is_counted_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "company.reads"
    reads = MonthlyReads(path)
    with FileLock(f"{path}.lock"):
        reads.add(NOW)
    assert reads.count(NOW) == 0
    reads.add(NOW)
    assert reads.count(NOW) == 2


@pytest.mark.parametrize("content", [b"\xff\0 9", b"2026-11 many\n", b"", b"2026-11 5\ntorn"])
def test_a_damaged_file_loses_at_most_its_damaged_lines(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "company.reads"
    path.write_bytes(content)
    reads = MonthlyReads(path)
    reads.add(NOW)
    assert reads.count(NOW) == (6 if b"5" in content else 1)
    assert reads.count(NOW + timedelta(days=365)) == 0


def test_a_folder_that_is_not_there_stops_nothing(tmp_path: Path) -> None:
    reads = MonthlyReads(tmp_path / "file" / "company.reads")
    (tmp_path / "file").write_text("")
    reads.add(NOW)
    assert reads.count(NOW) == 0
