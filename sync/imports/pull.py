"""Brings export files into the cache as a pull does, and keeps what it changed for an undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from sqlmodel import Session

from connectors.docket.source import DocketSource
from connectors.docket_files.source import ACCOUNT, FileDocketSource
from core.errors import ConnectionTrouble
from core.records import Kind, Page
from core.text import display
from store import company as company_store
from store import docket as docket_store
from store import imports as store
from store.cache import Cache
from store.heap import no_collection
from sync.imports.known import CachedBooks
from sync.ports import Aside
from sync.pull_docket import KINDS, SOURCE
from sync.shapes import PullProgress

WatchPull = Callable[[PullProgress], None]


class FilePull:
    """One refresh of Docket's side from files; page and undo are kept in one transaction."""

    def __init__(
        self,
        cache: Cache,
        docket: FileDocketSource,
        watch: WatchPull,
        actor: str,
        aside: Aside,
    ) -> None:
        self._cache = cache
        self._docket = docket
        self._watch = watch
        self._actor = actor
        self._aside = aside
        self._known = CachedBooks(cache)
        self._import_id: int | None = None
        self.counts: dict[str, dict[str, int]] = defaultdict(lambda: {"new": 0, "changed": 0})
        docket.heard = lambda name, rows: watch(PullProgress(f"reading {name}", rows, None))

    async def check_account(self) -> None:
        """Insist that the cache is filled from files; look which there are.

        Raises:
            ConnectionTrouble: the cache was filled over Docket's API.
            UsageTrouble: there is no file.
        """
        with self._cache.read() as session:
            known = company_store.known_accounts(session, SOURCE)
        if known and known[0][0] != ACCOUNT.id:
            raise ConnectionTrouble(
                f"This cache was filled from the Docket account {display(known[0][1])} itself;"
                " from files every record would come a second time, under another id.",
                books="Nothing was read; the cache and QuickBooks are unchanged.",
                fix="Import into a cache of its own: --db FILE.",
            )
        await self._docket.look()
        with self._cache.read() as session:
            newest = store.newest_files(session)
        self._docket.mark_stale(newest)

    async def run(self, *, full: bool) -> dict[str, int]:
        """Read what differs from the cache; records by kind. Cut short, it may be done again.

        Raises:
            FileTrouble: a file is broken further down; what came before it is kept.
        """
        with self._cache.read() as session:
            begin = {} if full else docket_store.get_cursors(session, SOURCE)
        try:
            with no_collection():
                for kind in KINDS:
                    await self._kind(kind, begin.get(kind.value))
        finally:
            self._docket.close()
        if self._import_id is not None or self._docket.findings.count:
            await self._aside(self._end)
        return {kind.value: sum(self.counts[kind.value].values()) for kind in KINDS}

    async def _kind(self, kind: Kind, cursor: str | None) -> None:
        seen = 0
        async for page in self._docket.changes(kind, cursor):
            if page.cursor == cursor and not page.records:
                continue
            await self._aside(lambda page=page: self._keep(page))  # type: ignore[misc]
            seen += len(page.records)
            self._watch(PullProgress(f"Docket {kind.value}s", seen, None))

    def _keep(self, page: Page) -> None:
        ids = [one.id for one in page.records]
        before = self._known.records(page.kind, ids)
        with self._cache.write() as session:
            if page.records:
                number = self._number(session)
                store.note_changes(session, number, page.kind, ids, before)
                docket_store.save_page(session, page)
            docket_store.save_cursor(session, SOURCE, page.kind.value, page.cursor)
        self.counts[page.kind.value]["changed"] += len(before)
        self.counts[page.kind.value]["new"] += len(ids) - len(before)

    def _number(self, session: Session) -> int:
        if self._import_id is None:
            company_store.note_connection(session, SOURCE, "", ACCOUNT.id, ACCOUNT.name)
            self._import_id = store.begin_import(session, self._actor, self._files())
        return self._import_id

    def _end(self) -> None:
        counts: Mapping[str, Mapping[str, int]] = dict(self.counts)
        findings = [one.as_json() for one in self._docket.findings.kept]
        with self._cache.write() as session:
            store.end_import(session, self._number(session), counts, findings)

    def _files(self) -> list[dict[str, str]]:
        return [
            store.file_json(
                one.table.name,
                str(one.kind),
                one.profile.name,
                one.table.written_at,
                one.table.sha256,
            )
            for one in self._docket.sheets
        ]


def left_out(docket: DocketSource) -> list[str]:
    """What a refresh says of rows that could not be taken; nothing of a source that is no files."""
    if not isinstance(docket, FileDocketSource) or not docket.findings.count:
        return []
    shown = [one.sentence() for one in docket.findings.kept[:3]]
    more = docket.findings.count - len(shown)
    rest = [f"{more} more of the kind; `docket-qbo import --log` lists them."] if more else []
    return [*shown, *rest]
