"""A company's days with the real desk, engine and store, captured: refresh, test, bulk syncs."""

from __future__ import annotations

import random
from itertools import cycle
from pathlib import Path
from unittest.mock import patch

from core.ids import SeededIds
from store import sqlite
from store.cache import Cache
from sync.desk import Desk
from sync.settings import EngineSettings
from tests.engine.bench import inline
from tests.engine.fake_qbo import FakeQbo
from tests.engine.virtual import VirtualClock, run
from tests.power.capture import Event, capturing
from tests.sim.docket import Docket

_WEATHER = (None, None, "lost_answer", None, "429", None, "lost_request", None, None, "500_after")
"""What befalls the writes, in turn."""


def captured_days(
    place: Path, invoices: int, *, days: int, wal: bool = True, seed: int = 1
) -> list[Event]:
    """Play a company from an empty folder on, and return what the store did to the disk.

    Args:
        place: an empty folder.
        invoices: how many Docket has; each day's bulk sync takes its share.
        days: how many bulk syncs, each an approval and a start of its own.
        wal: whether the store is to take its SQLite for one without the WAL-reset bug.
        seed: decides the amounts and which payments there are.
    """
    office = _Office(place / "cache.db", Docket(random.Random(seed), invoices))
    with patch.object(sqlite, "WAL", wal), capturing(office.path) as events:
        run(office.life(days))
    return events


class _Office:
    def __init__(self, path: Path, docket: Docket) -> None:
        self.path = path
        self._clock = VirtualClock()
        self._docket = docket
        self._qbo = FakeQbo(self._clock)
        self._qbo.add(
            "Item", Name="20 Yard Dumpster", FullyQualifiedName="20 Yard Dumpster", Type="Service"
        )
        self._qbo.add("Customer", DisplayName=docket.clients[0].company_name)
        weather = cycle(_WEATHER)
        self._qbo.on_write = lambda entity, body: next(weather)

    async def life(self, days: int) -> None:
        """A test sync, then a bulk sync a day; every day is a start of the program."""
        await self._start(0, [])
        every = [one.id for one in self._docket.invoices]
        for day in range(days):
            await self._start(day + 1, every[day::days])
            await self._clock.sleep(86_400)

    async def _start(self, number: int, share: list[str]) -> None:
        ids = SeededIds(number)
        cache = Cache.open(self.path, clock=self._clock, ids=ids)
        try:
            desk = Desk(
                cache,
                docket=self._docket,
                qbo=self._qbo,
                clock=self._clock,
                ids=ids,
                actor="tester",
                settings=EngineSettings(),
                aside=inline,
            )
            await desk.pull()
            if desk.unfinished() is not None:
                await desk.resume()
            if share:
                await desk.bulk_sync(desk.preview(share))
            else:
                proposed = desk.propose_test()
                assert proposed is not None
                await desk.test_sync(desk.preview([proposed]))
        finally:
            cache.close()
