"""Counts the reads that Intuit meters by the month, for all processes of this user.

Reads, queries, CDC and reports count, writes do not (Intuit's App Partner Program); the
free tier has 500,000 a month for all companies of an app. The count is made where a call
leaves, so it is never too low by what failed. It is a figure to look at, not a limit:
where its file cannot be written just now, the reads are added with the next one.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from pathlib import Path

MONTHLY_ALLOWANCE = 500_000
"""Of the free tier, for all companies of the app together."""
_MONTHS_KEPT = 24
_MOST_BYTES = 4096
_LINE = re.compile(r"([0-9]{4}-[0-9]{2}) ([0-9]{1,12})")

_log = logging.getLogger(__name__)


class MonthlyReads:
    """The count in a small file, one line for each month.

    Args:
        path: the same for every process that calls this company. Made when it is missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: dict[str, int] = {}

    def add(self, now: datetime) -> None:
        """Count one read; never fails and never waits."""
        from filelock import FileLock, Timeout

        month = _month(now)
        self._waiting[month] = self._waiting.get(month, 0) + 1
        try:
            with FileLock(f"{self._path}.lock", blocking=False):
                counts = self._read()
                for one, reads in self._waiting.items():
                    counts[one] = counts.get(one, 0) + reads
                self._write(counts)
        except (OSError, Timeout) as error:
            _log.debug("a read waits to be counted: %s", type(error).__name__)
        else:
            self._waiting.clear()

    def count(self, now: datetime) -> int:
        """Return how many were made in the month (UTC) of an instant."""
        try:
            return self._read().get(_month(now), 0)
        except OSError:
            return 0

    def _read(self) -> dict[str, int]:
        """What the file says; nothing is believed of a line that is damaged."""
        try:
            with self._path.open("rb") as file:
                text = file.read(_MOST_BYTES).decode("ascii", "replace")
        except FileNotFoundError:
            return {}
        lines = (_LINE.fullmatch(line) for line in text.splitlines())
        return {line[1]: int(line[2]) for line in lines if line}

    def _write(self, counts: dict[str, int]) -> None:
        newest = sorted(counts)[-_MONTHS_KEPT:]
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_text("".join(f"{one} {counts[one]}\n" for one in newest), encoding="ascii")
        fresh.replace(self._path)


def _month(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y-%m}"
