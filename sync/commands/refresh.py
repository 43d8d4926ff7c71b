"""Refresh: bring both sides into the cache, then check everything."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from connectors.docket.source import DocketSource
from connectors.docket_files.source import FileDocketSource
from connectors.qbo.faults import QboError
from core.clock import Clock, iso
from core.jsonio import JsonObject
from core.text import display
from store.cache import Cache
from store.company import load_company
from store.docket import oldest_open_day
from store.settings import get_setting, put_setting
from sync.checks.document import READ_ONLY
from sync.imports.pull import FilePull, left_out
from sync.ports import Aside, QboPort
from sync.pull_docket import DocketPull
from sync.pull_qbo import QboPull
from sync.reconcile import link_orphans
from sync.shapes import PullProgress, PullResult
from sync.trouble import connection_trouble
from sync.view import View

REFRESHED_AT = "refreshed_at"
ACTOR = "refresh"
"""In the audit log, for what a refresh does without anybody having asked for it."""
_log = logging.getLogger(__name__)

WatchPull = Callable[[PullProgress], None]


class Refresh:
    """One refresh. It can be cancelled at any moment: what was read is kept."""

    def __init__(
        self,
        cache: Cache,
        docket: DocketSource,
        qbo: QboPort,
        clock: Clock,
        view: View,
        aside: Aside,
    ) -> None:
        self._cache = cache
        self._docket = docket
        self._qbo = qbo
        self._clock = clock
        self._view = view
        self._aside = aside

    async def run(self, watch: WatchPull, *, full: bool) -> PullResult:
        """Read both sides, then check everything.

        Raises:
            ConnectionTrouble: a side cannot be reached, or is not the cache's.
        """
        try:
            return await self._run(watch, full=full)
        except QboError as error:
            raise connection_trouble(error) from error

    def _arrived(self, objects: Mapping[str, Sequence[JsonObject]]) -> None:
        link_orphans(self._cache, self._qbo.realm_id, ACTOR, objects)

    def _docket_pull(self, watch: WatchPull) -> DocketPull | FilePull:
        if isinstance(self._docket, FileDocketSource):
            return FilePull(self._cache, self._docket, watch, ACTOR, self._aside)
        return DocketPull(self._cache, self._docket, watch)

    async def _run(self, watch: WatchPull, *, full: bool) -> PullResult:
        with self._cache.read() as session:
            first = get_setting(session, REFRESHED_AT) is None
            before = load_company(session)
        docket = self._docket_pull(watch)
        quickbooks = QboPull(self._cache, self._qbo, self._clock, watch, self._arrived)
        company = await quickbooks.check_company()
        await docket.check_account()
        from_docket = await docket.run(full=full)
        with self._cache.read() as session:
            oldest = oldest_open_day(session)
        from_quickbooks = await quickbooks.run(full=full, oldest_open=oldest)
        with self._cache.write() as session:
            put_setting(session, REFRESHED_AT, iso(self._clock.now()))
        watch(PullProgress("checking", 0, None))
        await self._aside(self._view.recheck)
        warnings = left_out(self._docket)
        if before is not None and before.name != company.name:
            warnings.append(
                f"The company is called {display(company.name)} now; it was"
                f" {display(before.name)} at the last refresh."
            )
        if company.subscription in READ_ONLY:
            warnings.append(
                "The QuickBooks subscription of this company has ended or is on hold:"
                " nothing can be posted to it."
            )
        _log.info(
            "refreshed: %s records of Docket, %s of QuickBooks",
            sum(from_docket.values()),
            sum(from_quickbooks.values()),
        )
        return PullResult(from_docket, from_quickbooks, first, company.name, tuple(warnings))
