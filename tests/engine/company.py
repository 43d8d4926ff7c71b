"""A whole practice company for the tests: both servers on loopback, a cache in tmp, a desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from connectors.docket.http import HttpDocketSource
from connectors.qbo.client import QboClient
from connectors.qbo.throttle import Limits, Throttle
from core.clock import SystemClock
from core.ids import SeededIds
from sandbox.main import Handle, SandboxOptions, running
from store.cache import Cache
from store.listing import Filter, Listing
from store.states import InvoiceStatus
from sync.desk import Desk
from sync.ports import QboPort
from sync.settings import EngineSettings

SETTINGS = EngineSettings(settle=0.3, in_flight=6, call_timeout=5.0)


class FixedTokens:
    """The sandbox's token set, never renewed."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def access_token(self) -> str:
        return self._token

    async def renewed(self, refused: str) -> str:
        return self._token


@dataclass
class Practice:
    """One practice company and the desk over its cache."""

    handle: Handle
    docket: HttpDocketSource
    qbo: QboClient
    path: Path
    cache: Cache
    desk: Desk
    http: httpx.AsyncClient

    def another_desk(self, qbo: QboPort | None = None, settings: EngineSettings = SETTINGS) -> Desk:
        """A desk over the same cache, as a process that starts anew has it."""
        self.cache.close()
        self.cache = Cache.open(self.path, clock=SystemClock(), ids=SeededIds(2))
        self.desk = _desk(self.cache, self.docket, qbo or self.qbo, settings, seed=3)
        return self.desk

    def pending(self) -> list[str]:
        listing = Listing(self.path)
        try:
            return listing.ids(Filter(status=InvoiceStatus.PENDING))
        finally:
            listing.close()

    def counts(self) -> dict[str, int]:
        listing = Listing(self.path)
        try:
            return {str(status): sums.count for status, sums in listing.tabs().items()}
        finally:
            listing.close()

    async def ledger(self) -> dict[str, Any]:
        answer = await self.http.get(
            f"{self.handle.qbo_url}/sandbox/ledger", params={"realm": self.handle.realm_id}
        )
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def edit_docket(self, **edit: Any) -> Any:
        answer = await self.http.post(f"{self.handle.docket_url}/sandbox/docket", json=edit)
        assert answer.status_code < 300, answer.text
        return answer.json()


@asynccontextmanager
async def practice(tmp_path: Path, *, invoices: int = 40, seed: int = 7) -> AsyncIterator[Practice]:
    """A practice company, nothing pulled yet."""
    clock, ids = SystemClock(), SeededIds(1)
    async with running(SandboxOptions(invoices=invoices, seed=seed)) as handle:
        throttle = Throttle(clock, Limits(per_minute=100_000, per_second=10_000))
        tokens = FixedTokens(handle.access_token)
        path = tmp_path / "cache.db"
        async with (
            HttpDocketSource(
                handle.docket_url, handle.docket_api_key, clock=clock, ids=ids
            ) as docket,
            QboClient(
                handle.qbo_url,
                handle.realm_id,
                tokens,
                clock=clock,
                ids=ids,
                throttle=throttle,
                timeout=5.0,
            ) as qbo,
            httpx.AsyncClient() as http,
        ):
            cache = Cache.open(path, clock=clock, ids=ids)
            desk = _desk(cache, docket, qbo, SETTINGS, seed=2)
            here = Practice(handle, docket, qbo, path, cache, desk, http)
            try:
                yield here
            finally:
                here.cache.close()


def _desk(
    cache: Cache, docket: HttpDocketSource, qbo: QboPort, settings: EngineSettings, seed: int
) -> Desk:
    return Desk(
        cache,
        docket=docket,
        qbo=qbo,
        clock=SystemClock(),
        ids=SeededIds(seed),
        actor="tester",
        settings=settings,
        reports=qbo if isinstance(qbo, QboClient) else None,
    )
