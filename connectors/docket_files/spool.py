"""Rows on disk, put together by what they belong to, so that no import needs them all at once.

A million lines in no order do not fit into memory; in parts by the hash of their invoice
number they do, and all rows of one invoice are in one part. The parts are files in a
folder of their own that nobody else may enter and that goes with the spool.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO
from zlib import crc32

PART_BYTES = 1_500_000
"""A part's rows take some twenty times this in memory."""
MOST_PARTS = 200
_END = 2
"""Characters at the end of a number by which neighbours differ: up to a hundred of them."""

SpooledRow = list[str]
"""Number of the file, number of the row in it, then the fields of the kind in their order."""


class Spool:
    """Rows of one kind. Close it: that removes the files."""

    def __init__(self, expected_bytes: int) -> None:
        """Make room for about so many bytes of rows."""
        self._folder = tempfile.TemporaryDirectory(prefix="docket-qbo-import-")
        count = min(max(expected_bytes // PART_BYTES, 1), MOST_PARTS)
        self._paths = [Path(self._folder.name) / f"{number}.csv" for number in range(count)]
        self._files: list[TextIO] = [
            path.open("w", encoding="utf-8", errors="surrogatepass", newline="")
            for path in self._paths
        ]
        self._writers = [csv.writer(file) for file in self._files]
        self.rows = 0

    def put(self, key: str, row: Sequence[str]) -> None:
        """Add a row to the part of its key.

        Keys that differ in their end only are in one part: neighbours by number then come
        to the cache together, and fall into the same pages of its indexes.
        """
        alike = key[:-_END].encode("utf-8", "surrogatepass")
        self._writers[crc32(alike) % len(self._writers)].writerow(row)
        self.rows += 1

    def parts(self) -> Iterator[list[SpooledRow]]:
        """Yield the rows part by part, in the order in which they were put."""
        for file in self._files:
            file.flush()
        if not self.rows:
            return
        for path in self._paths:
            with path.open(encoding="utf-8", errors="surrogatepass", newline="") as file:
                rows = list(csv.reader(file))
            if rows:
                yield rows

    def close(self) -> None:
        """Remove the files."""
        for file in self._files:
            file.close()
        self._folder.cleanup()
