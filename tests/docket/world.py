"""What the tests of this room share: a clock that only counts, records to and from the wire."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import uvicorn

from connectors.docket.http import HttpDocketSource
from connectors.docket.source import DocketSource
from core.clock import iso
from core.ids import SeededIds
from core.money import plain_cents
from core.records import Kind, Page, Record
from sandbox.docket.app import DocketServer
from sandbox.transport import BreakableProtocol

KEY = "dk_test_5ecret"
CENTS = {"amount", "taxable_amount", "subtotal", "discount", "tax", "total"}


class CountingClock:
    """A clock that never waits; it remembers how long it was asked to."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(seconds=sum(self.slept))

    def monotonic(self) -> float:
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def source(url: str, clock: CountingClock | None = None, key: str = KEY, **more: Any) -> Any:
    return HttpDocketSource(url, key, clock=clock or CountingClock(), ids=SeededIds(7), **more)


async def pull(docket: DocketSource, kind: Kind, cursor: str | None = None) -> list[Page]:
    return [page async for page in docket.changes(kind, cursor)]


def wire(record: Record) -> dict[str, Any]:
    """A record as the contract writes it; the opposite of connectors.docket.parse."""
    written = _written(dataclasses.asdict(record))
    assert isinstance(written, dict)
    return written


def _written(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _written(one, key) for key, one in value.items() if key != "deleted_at"}
    if isinstance(value, list | tuple):
        return [_written(one) for one in value]
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int) and not isinstance(value, bool) and name in CENTS:
        return plain_cents(value)
    return value


@contextmanager
def served(server: DocketServer) -> Iterator[str]:
    """The server on a free loopback port, in a thread; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        server.app, http=BreakableProtocol, log_config=None, lifespan="off", ws="none"
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join()
        listener.close()
