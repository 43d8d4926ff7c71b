"""Docket by its export files: a `DocketSource` over tables whose columns are known.

Only what differs from the cache is yielded, so the same file twice changes nothing; a
record that no file names is not touched, so a partial export deletes nothing. Clients and
products come first: later kinds refer to what the caller has kept of them.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from connectors.docket_files.assembly import Assembly
from connectors.docket_files.findings import Finding, Findings
from connectors.docket_files.group import Sheet
from connectors.docket_files.intake import Intake
from connectors.docket_files.known import Known
from core.records import Account, Kind, Page, Record

ACCOUNT = Account("docket-exports", "Docket's export files")
PAGE_SIZE = 4_000
"""Records kept in one transaction: of few, each writes the same pages of the indexes again."""
Finds = tuple[Sequence[Sheet], Sequence[Finding]]
"""Tables, oldest first and numbered from 0; and what is wrong with files that have none."""
_STALE = "it is older than what was imported before: new records came in, known ones stay"


class FileDocketSource:
    """A `DocketSource` over files. Close it: rows are kept on disk meanwhile.

    The reading is done in a thread, page by page; between pages it can be cancelled.
    """

    def __init__(
        self,
        find: Callable[[], Finds],
        known: Known,
        heard: Callable[[str, int], None] = lambda name, rows: None,
    ) -> None:
        """Nothing is read yet.

        Args:
            find: looks for the tables; asked at every `look`.
            known: what the cache holds; it must show what the caller kept of earlier pages.
            heard: told now and then which file is read and how many rows it was so far.
        """
        self.heard = heard
        self.sheets: Sequence[Sheet] = ()
        self.findings = Findings()
        """What could not be taken, complete when all kinds were read."""
        self._find = find
        self._known = known
        self._intake: Intake | None = None
        self._assembly: Assembly | None = None

    async def look(self) -> None:
        """See which files there are now; what was found and read before is forgotten.

        Raises:
            UsageTrouble: there is nothing to read.
        """
        self.close()
        self.findings = Findings()
        self._assembly = None
        self.sheets, troubles = await asyncio.to_thread(self._find)
        for trouble in troubles:
            self.findings.add(trouble)

    def mark_stale(self, newest: Mapping[str, datetime]) -> None:
        """Let files only add that are older than the newest of their kind that was imported."""
        self.sheets = [
            replace(
                one, stale=one.table.written_at < newest.get(str(one.kind), one.table.written_at)
            )
            for one in self.sheets
        ]
        for sheet in self.sheets:
            if sheet.stale:
                self.findings.add(sheet.finding(0, "", _STALE))

    async def account(self) -> Account:
        """The same for all files: a cache is filled from files or over HTTP, not both."""
        return ACCOUNT

    @property
    def cursor(self) -> str:
        """What stands for these very files, read by these profiles."""
        about = [(one.table.sha256, one.table.sheet, one.profile.as_toml()) for one in self.sheets]
        return hashlib.sha256(repr(about).encode("utf-8", "surrogatepass")).hexdigest()

    async def changes(self, kind: Kind, cursor: str | None) -> AsyncIterator[Page]:
        """Pages of what differs from the cache; see `DocketSource`.

        Only the last page has a cursor: a pull that is cut short begins again.

        Raises:
            FileTrouble: a file is broken further down.
        """
        if cursor != self.cursor:
            pages = self._pages(kind)
            while (page := await asyncio.to_thread(_next, pages)) is not None:
                yield page
        yield Page(kind, (), cursor=self.cursor)

    def close(self) -> None:
        """Remove what is on disk."""
        if self._intake is not None:
            self._intake.close()
            self._intake = None

    async def aclose(self) -> None:
        """As `close`, for those who close connectors."""
        self.close()

    def _pages(self, kind: Kind) -> Iterator[Page]:
        if self._assembly is None:
            self._intake = Intake(self.sheets, self.findings, lambda *at: self.heard(*at))
            self._intake.read()
            self._assembly = Assembly(self._intake, self._known, self.findings)
        page: list[Record] = []
        for record in self._assembly.records(kind):
            page.append(record)
            if len(page) == PAGE_SIZE:
                yield Page(kind, tuple(page), more=True)
                page = []
        if page:
            yield Page(kind, tuple(page), more=True)
        if kind is Kind.CREDIT:
            self._assembly.check_ageing()


def _next(pages: Iterator[Page]) -> Page | None:
    return next(pages, None)
