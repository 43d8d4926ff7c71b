"""Import, preview, log and undo: the few calls that the front ends use."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from connectors.docket_files.findings import Finding as Finding
from connectors.docket_files.group import Sheet
from connectors.docket_files.source import FileDocketSource
from core.errors import Trouble
from core.jsonio import JsonObject
from store import audit, sqlite
from store import imports as store
from store.cache import Cache
from store.company import load_company
from store.imports import ImportRow
from sync.imports.known import CachedBooks
from sync.imports.pull import FilePull
from sync.ports import Aside
from sync.shapes import PullProgress
from sync.view import View

WatchPull = Callable[[PullProgress], None]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import changed, or would change; `counts` has new and changed by kind."""

    counts: Mapping[str, Mapping[str, int]]
    findings: Sequence[Finding]
    findings_count: int

    def as_json(self) -> JsonObject:
        """For `--json`."""
        return {
            "counts": {kind: dict(one) for kind, one in self.counts.items()},
            "findings": [one.as_json() for one in self.findings],
            "findings_count": self.findings_count,
        }


class ImportDesk:
    """Imports into one cache."""

    def __init__(self, cache: Cache, actor: str, aside: Aside = asyncio.to_thread) -> None:
        """Work on this cache, in this person's name."""
        self._cache = cache
        self._actor = actor
        self._aside = aside

    async def run(self, sheets: Sequence[Sheet], watch: WatchPull) -> ImportResult:
        """Import tables whose columns are known, then check every invoice.

        Raises:
            Trouble: a file is broken, or the cache is not for files.
        """
        result = await self._into(self._cache, sheets, watch)
        await self._aside(self._check)
        return result

    async def preview(self, sheets: Sequence[Sheet], watch: WatchPull) -> ImportResult:
        """Work out what `run` would change, by doing it to a copy of the cache.

        Raises:
            Trouble: as `run`.
        """
        with tempfile.TemporaryDirectory(prefix="docket-qbo-preview-") as folder:
            path = Path(folder) / "preview.db"
            await self._aside(lambda: sqlite.copy(self._cache.reader(), path))
            clock, ids = self._cache.clock, self._cache.ids
            copy = Cache.open(path, clock=clock, ids=ids, scratch=True)
            try:
                return await self._into(copy, sheets, watch)
            finally:
                copy.close()

    def log(self, limit: int = 100) -> list[ImportRow]:
        """Return the import log, newest first."""
        with self._cache.read() as session:
            return store.imports(session, limit)

    async def undo(self) -> Mapping[str, int]:
        """Take the last import back; return the records put back or taken out, by kind.

        Raises:
            Trouble: there is none, or something was posted from it.
        """
        return await self._aside(self._undo)

    async def _into(self, cache: Cache, sheets: Sequence[Sheet], watch: WatchPull) -> ImportResult:
        source = FileDocketSource(lambda: (sheets, ()), CachedBooks(cache))
        try:
            pull = FilePull(cache, source, watch, self._actor, self._aside)
            await pull.check_account()
            await pull.run(full=True)
        finally:
            source.close()
        return ImportResult(dict(pull.counts), source.findings.kept, source.findings.count)

    def _undo(self) -> Mapping[str, int]:
        with self._cache.write() as session:
            last = store.last_change(session)
            if last is None:
                raise Trouble(
                    "There is no import to take back; only the last one can be.",
                    books="The cache and QuickBooks are unchanged.",
                    fix="`docket-qbo import --log` lists the imports.",
                )
            posted = store.posted_since(session, last)
            if posted:
                raise Trouble(
                    f"The last import cannot be taken back: {posted} of its records were posted to"
                    " QuickBooks, or linked, since.",
                    books="The cache and QuickBooks are unchanged.",
                    fix="Correct the records in Docket and import a new export.",
                )
            counts = store.undo_import(session, last)
            at = self._cache.clock.now()
            subject = f"import:{last}"
            audit.append(session, at, self._actor, "import undone", subject, None, counts)
        self._check()
        return counts

    def _check(self) -> None:
        with self._cache.read() as session:
            fetched = load_company(session) is not None
        if fetched:
            View(self._cache).recheck()
