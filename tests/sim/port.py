"""A process's way to the simulated QuickBooks, on which anything may happen to a request."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from connectors.qbo.faults import (
    Fault,
    QboRefused,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
    QboUnreachable,
)
from connectors.qbo.shapes import Answer, Changes
from core.jsonio import JsonObject
from tests.engine.fake_qbo import FakeThrottle
from tests.sim.process import Process
from tests.sim.server import Server
from tests.sim.tokens import Connection

T = TypeVar("T")
Log = Callable[[str], None]

TIMEOUT = 130.0
"""Seconds after which the client gives a request up; the engine's `call_timeout`."""
_REFUSED = "200 with Fault"
_AT_ONCE = ("unreachable", "429", "429 with Retry-After", "401", _REFUSED)
"""What is certainly not carried out."""
WRITE_FAULTS = {
    "unreachable": 2,
    "429": 2,
    "429 with Retry-After": 2,
    "401": 1,
    "lost request": 4,
    "lost answer": 4,
    "zombie": 5,
    "500 before": 3,
    "500 after": 3,
    "malformed": 2,
    _REFUSED: 1,
}
"""What may happen to a write, with its weight."""
READ_FAULTS = {"unreachable": 1, "429": 1, "lost": 2}


@dataclass(frozen=True, slots=True)
class Weather:
    """How bad the line is: the share of requests that something happens to."""

    writes: float
    reads: float


class Port:
    """One process's client; stands in for `connectors.qbo.client.QboClient`.

    Args:
        process: whose.
        server: the books.
        weather: of this start.
        chance: the seed's.
        log: the simulation's event log.
        faults: counts what happened.
        connection: lets a call in, or does not.
    """

    def __init__(
        self,
        process: Process,
        server: Server,
        weather: Weather,
        chance: random.Random,
        log: Log,
        faults: Counter[str],
        connection: Connection,
    ) -> None:
        self._process = process
        self._server = server
        self._weather = weather
        self._chance = chance
        self._log = log
        self._faults = faults
        self._connection = connection
        self.throttle = FakeThrottle()
        self.realm_id = server.realm_id
        self.base_url = server.base_url

    def web_url(self, entity: str, qbo_id: str) -> str:
        return self._server.web_url(entity, qbo_id)

    # --- reads

    async def query(self, statement: str) -> list[JsonObject]:
        return await self._read(lambda: self._server.query(statement))

    async def query_all(
        self, entity: str, where: str = "", page: int = 1000
    ) -> AsyncIterator[list[JsonObject]]:
        async def pages() -> list[list[JsonObject]]:
            return [rows async for rows in self._server.query_all(entity, where, page)]

        for rows in await self._read(pages):
            yield rows

    async def read(self, entity: str, qbo_id: str) -> JsonObject:
        return await self._read(lambda: self._server.read(entity, qbo_id))

    async def changes(self, entities: Sequence[str], since: datetime) -> Changes:
        return await self._read(lambda: self._server.changes(entities, since))

    async def company_info(self) -> JsonObject:
        return await self._read(self._server.company_info)

    async def preferences(self) -> JsonObject:
        return await self._read(self._server.preferences)

    async def _read(self, ask: Callable[[], Awaitable[T]]) -> T:
        self.throttle.counts.metered += 1
        await self._connection.let_in(self._process, self._weather.reads)
        await self._process.cross()
        fault = self._draw(READ_FAULTS, self._weather.reads)
        if fault == "unreachable":
            raise QboUnreachable("no connection could be made")
        if fault == "429":
            raise QboThrottled(None)
        answer = await ask()
        await self._process.cross()
        if fault == "lost":
            raise QboUnclear("the connection broke off")
        return answer

    # --- writes

    async def create(
        self, entity: str, body: bytes, request_id: str, *, allow_duplicate_number: bool = False
    ) -> Answer:
        def make() -> JsonObject:
            return self._server.make(entity, body, allow_duplicate_number)

        return await self._write(entity, request_id, body, make)

    async def update(self, entity: str, body: bytes, request_id: str) -> Answer:
        def change() -> JsonObject:
            return self._server.change(entity, body)

        return await self._write(entity, request_id, body, change)

    async def void(self, entity: str, body: bytes, request_id: str) -> Answer:
        def void() -> JsonObject:
            return self._server.void_it(entity, body)

        return await self._write(entity, request_id, body, void)

    async def _write(
        self, entity: str, request_id: str, body: bytes, act: Callable[[], JsonObject]
    ) -> Answer:
        self._process.armed = True
        await self._connection.let_in(self._process, self._weather.reads)
        await self._process.cross()
        self._server.note(entity, request_id, body)
        fault = self._draw(WRITE_FAULTS, self._weather.writes)
        if fault == _REFUSED and self._server.decided(request_id):
            self._faults[fault] -= 1
            fault = ""
        self._log(f"send {entity} {request_id[:8]} {fault or 'well'}")
        try:
            answer = await self._exchange(entity, request_id, act, fault)
        except (QboUnclear, QboRefused):
            await self._process.cross()
            raise
        await self._process.cross()
        return answer

    async def _exchange(
        self, entity: str, request_id: str, act: Callable[[], JsonObject], fault: str
    ) -> Answer:
        chance = self._chance
        self._refuse_at_once(fault, request_id)
        delay = chance.uniform(0.05, 1.0) if chance.random() < 0.9 else chance.uniform(1, 60)
        if fault in ("lost request", "500 before"):
            await self._process.clock.sleep(delay if fault == "500 before" else self._cut())
            raise QboUnclear("the connection broke off", status=500 if "500" in fault else None)
        cut = self._cut()
        if fault == "zombie":
            delay = cut + chance.uniform(0, max(self._server.world.zombie - cut, 1.0))
        under_way = asyncio.ensure_future(
            self._server.carry_out(entity, request_id, act, delay=delay)
        )
        under_way.add_done_callback(_seen)
        if fault == "zombie":
            await self._process.clock.sleep(cut)
            raise QboUnclear("no answer in time")
        answer = await asyncio.shield(under_way)
        if fault in ("lost answer", "500 after", "malformed"):
            raise QboUnclear(fault, status=500 if fault == "500 after" else None)
        return answer

    def _refuse_at_once(self, fault: str, request_id: str) -> None:
        if fault in _AT_ONCE:
            self._server.denied.add(request_id)
        if fault == "unreachable":
            raise QboUnreachable("no connection could be made")
        if fault == "429":
            raise QboThrottled(None)
        if fault == "429 with Retry-After":
            raise QboThrottled(self._chance.uniform(1, 90))
        if fault == "401":
            raise QboUnauthorized("the token is not accepted", status=401)
        if fault == _REFUSED:
            self._server.refusals.add(request_id)
            raise QboRefused([Fault("6000", "A business validation error has occurred")], 200, None)

    def _cut(self) -> float:
        """When the client stops waiting: the connection breaks, or its time is over."""
        return TIMEOUT if self._chance.random() < 0.3 else self._chance.uniform(0.1, 20)

    def _draw(self, faults: dict[str, int], share: float) -> str:
        if self._chance.random() >= share:
            return ""
        fault = self._chance.choices(list(faults), list(faults.values()))[0]
        self._faults[fault] += 1
        return fault


def _seen(task: asyncio.Future[Answer]) -> None:
    if not task.cancelled():
        task.exception()
