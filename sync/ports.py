"""What the acting part of sync needs from the outside, as protocols.

`connectors.qbo.client.QboClient` fits `QboPort`; a simulation hands in its own.
Docket's protocol is `connectors.docket.source.DocketSource`. Everything else the
engine touches is the store, whose calls are short and inline, and core's clock and
ids: no threads, so that the whole runs under a simulated clock.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from connectors.qbo.shapes import Answer, Changes
from core.jsonio import JsonObject

T = TypeVar("T")


class Aside(Protocol):
    """Does what takes longer than a frame without holding up the screen.

    `asyncio.to_thread` in the program; a simulation hands in one that does it inline.
    """

    async def __call__(self, work: Callable[[], T], /) -> T:
        """Do it and return what it returns."""
        ...


class Counted(Protocol):
    """What was sent since the start."""

    @property
    def calls(self) -> int:
        """All calls, of which QuickBooks allows so many a minute."""
        ...

    @property
    def metered(self) -> int:
        """Reads, queries and CDC calls, which Intuit counts by the month."""
        ...


class Meter(Protocol):
    """The throttle that all calls to the company pass."""

    @property
    def counts(self) -> Counted:
        """What was sent since the start."""
        ...

    @property
    def blocked_for(self) -> float:
        """Seconds until calls may leave again after a 429; 0 when nobody is held up."""
        ...


class QboPort(Protocol):
    """One QuickBooks company over its API.

    Every call raises one of `connectors.qbo.faults`: refused (a definite no), not
    executed, or unclear; or a Trouble where the connection itself needs a person.
    """

    @property
    def realm_id(self) -> str:
        """The company's id."""
        ...

    @property
    def base_url(self) -> str:
        """Where the API is; tells a live company from a practice one."""
        ...

    @property
    def throttle(self) -> Meter:
        """For what was counted and how long everybody waits."""
        ...

    async def query(self, statement: str) -> list[JsonObject]:
        """The rows of one statement, at most 1000."""
        ...

    def query_all(
        self, entity: str, where: str = "", page: int = 1000
    ) -> AsyncIterator[list[JsonObject]]:
        """All rows in the order of their Ids, page by page."""
        ...

    async def read(self, entity: str, qbo_id: str) -> JsonObject:
        """One object by its Id."""
        ...

    async def create(
        self,
        entity: str,
        body: bytes,
        request_id: str,
        *,
        allow_duplicate_number: bool = False,
    ) -> Answer:
        """Send a new object, once."""
        ...

    async def update(self, entity: str, body: bytes, request_id: str) -> Answer:
        """Send a change, once."""
        ...

    async def void(self, entity: str, body: bytes, request_id: str) -> Answer:
        """Void a transaction, once."""
        ...

    async def changes(self, entities: Sequence[str], since: datetime) -> Changes:
        """What changed since an instant, at most 30 days ago."""
        ...

    async def company_info(self) -> JsonObject:
        """CompanyInfo: name, country, time zone, subscription."""
        ...

    async def preferences(self) -> JsonObject:
        """The company's Preferences."""
        ...

    def web_url(self, entity: str, qbo_id: str) -> str:
        """Where a person sees the object in QuickBooks."""
        ...
