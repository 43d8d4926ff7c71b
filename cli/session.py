"""Builds the rooms for one call: cache, connectors, and the desk over them.

The only place that knows all of them; everything below gets what it needs handed in.
"""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.logs import set_up_logging
from store.cache import Cache
from sync.desk import Desk

from cli.places import Places, find_places
from connectors.docket.http import HttpDocketSource
from core.clock import SystemClock
from core.errors import UsageTrouble
from core.ids import SystemIds

DOCKET_KEY = "docket_api_key"


@dataclass(frozen=True, slots=True)
class Session:
    """One call's places, cache and desk."""

    places: Places
    cache: Cache
    desk: Desk


@asynccontextmanager
async def open_session(
    args: argparse.Namespace, *, connected: bool = True, read_only: bool = False
) -> AsyncIterator[Session]:
    """Open the cache and, where the configuration has addresses, both connectors.

    `connected` says that the command needs them.

    Raises:
        UsageTrouble: the command needs a company and none is configured.
        StoreTrouble: the cache cannot be opened.
    """
    places = find_places(args)
    config = places.config
    set_up_logging(config.log, places.paths.log_file)
    if connected and not config.connected:
        raise UsageTrouble(
            "No company is connected yet: there is no address of Docket and QuickBooks.",
            books="Nothing was started.",
            fix="Try `docket-qbo demo`, or name a configuration with --config.",
        )
    clock, ids = SystemClock(), SystemIds()
    cache = Cache.open(places.cache_file, clock=clock, ids=ids, read_only=read_only)
    try:
        if not config.connected:
            yield Session(places, cache, _desk(cache, None, None, places))
            return
        secrets = find_secrets(places)
        async with (
            HttpDocketSource(
                config.docket.url,
                secrets.get(DOCKET_KEY) or "",
                clock=clock,
                ids=ids,
                timeout=config.docket.timeout_seconds,
            ) as docket,
            _quickbooks(places, secrets) as qbo,
        ):
            yield Session(places, cache, _desk(cache, docket, qbo, places))
    finally:
        cache.close()
