"""Brings what changed in Docket into the cache, page by page.

A page and its cursor are saved in one transaction: whatever dies in between, the
next refresh goes on exactly after the last page that was kept.
"""

from __future__ import annotations

from collections.abc import Callable

from connectors.docket.source import CursorExpired, DocketSource
from core.errors import ConnectionTrouble
from core.records import Kind
from core.text import display
from store import company as company_store
from store import docket as docket_store
from store.cache import Cache
from sync.shapes import PullProgress

SOURCE = "docket"
KINDS = (Kind.CLIENT, Kind.PRODUCT, Kind.INVOICE, Kind.PAYMENT, Kind.REFUND, Kind.CREDIT)
"""Parents before children, so that a refresh that is cut short leaves whole records."""


class DocketPull:
    """One refresh of Docket's side."""

    def __init__(
        self, cache: Cache, docket: DocketSource, watch: Callable[[PullProgress], None]
    ) -> None:
        self._cache = cache
        self._docket = docket
        self._watch = watch

    async def check_account(self) -> None:
        """Bind the cache to Docket's account at the first refresh; later insist on it.

        Raises:
            ConnectionTrouble: the key belongs to another account than the cache.
        """
        account = await self._docket.account()
        with self._cache.read() as session:
            known = company_store.known_accounts(session, SOURCE)
        if known and known[0][0] != account.id:
            raise ConnectionTrouble(
                f"This cache belongs to the Docket account {display(known[0][1])}, but the key"
                f" is for {display(account.name)}.",
                books="Nothing was read; the cache and QuickBooks are unchanged.",
                fix="Use this account's own cache, or the key of the account it belongs to.",
            )
        with self._cache.write() as session:
            company_store.note_connection(session, SOURCE, "", account.id, account.name)

    async def run(self, *, full: bool) -> dict[str, int]:
        """Read what changed since the last refresh, or everything; records by kind."""
        with self._cache.read() as session:
            begin = {} if full else docket_store.get_cursors(session, SOURCE)
        changed = {}
        for kind in KINDS:
            try:
                changed[kind.value] = await self._kind(kind, begin.get(kind.value))
            except CursorExpired:
                changed[kind.value] = await self._kind(kind, None)
        return changed

    async def _kind(self, kind: Kind, cursor: str | None) -> int:
        changed = seen = 0
        self._watch(PullProgress(f"Docket {kind.value}s", 0, None))
        async for page in self._docket.changes(kind, cursor):
            if page.cursor == cursor and not page.records and not page.tombstones:
                continue  # nothing changed: no need to wait for the disk
            with self._cache.write() as session:
                changed += docket_store.save_page(session, page)
                docket_store.save_cursor(session, SOURCE, kind.value, page.cursor)
            seen += len(page.records) + len(page.tombstones)
            self._watch(PullProgress(f"Docket {kind.value}s", seen, None))
        return changed
