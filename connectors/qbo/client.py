"""The REST API of one QuickBooks company, async: what can be asked and sent.

How it travels is `wire`'s business, what an answer means `answers`' and `shapes`'.
Nothing is kept between calls but connections.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from connectors.qbo.faults import QboUnclear
from connectors.qbo.hosts import require_api
from connectors.qbo.listing import walk
from connectors.qbo.query import PAGE, count_of, select
from connectors.qbo.shapes import Answer, Changes, read_changes, read_object, read_rows
from connectors.qbo.throttle import Throttle
from connectors.qbo.web import web_page
from connectors.qbo.wire import Tokens, Wire
from core.clock import Clock
from core.errors import posts_nothing
from core.ids import Ids
from core.jsonio import JsonObject

TIMEOUT = 130.0
"""Seconds; a little over QuickBooks' own limit of 120, so that its 504 is seen."""


class QboClient:
    """One company. Close it, or use it as an async context manager."""

    def __init__(
        self,
        base_url: str,
        realm_id: str,
        tokens: Tokens,
        *,
        clock: Clock,
        ids: Ids,
        throttle: Throttle,
        timeout: float = TIMEOUT,
        read_only: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Check the address; nothing is sent yet.

        Args:
            base_url: Intuit's API, or a sandbox on this machine.
            realm_id: the company's id, decimal digits as text.
            tokens: for access tokens of this company.
            clock: for waiting between attempts of a read.
            ids: for jitter.
            throttle: shared with whatever else talks to this company.
            timeout: seconds for a whole call, from sending to the last byte.
            read_only: whether every write is refused here, before it leaves.
            transport: in place of the network, for tests.

        Raises:
            UsageTrouble: the address is neither Intuit's nor on this machine.
            ValueError: `realm_id` is no realm id.
        """
        if not (realm_id.isascii() and realm_id.isdecimal()):
            raise ValueError("a realm id is made of digits")
        self.base_url = require_api(base_url)
        self.realm_id = realm_id
        self.throttle = throttle
        self._read_only = read_only
        self._wire = Wire(
            f"{self.base_url}/v3/company/{realm_id}/",
            tokens,
            clock=clock,
            ids=ids,
            throttle=throttle,
            timeout=timeout,
            transport=transport,
        )

    async def __aenter__(self) -> Self:
        """Itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._wire.aclose()

    async def query(self, statement: str) -> list[JsonObject]:
        """Return the rows of one statement; at most 1000, and none past the end."""
        return read_rows(await self._query(statement))

    async def count(self, entity: str, where: str = "") -> int:
        """Return how many there are; `where` as in `select`."""
        answer = await self._query(count_of(entity, where))
        total = answer.get("QueryResponse", {}).get("totalCount")
        if not isinstance(total, int):
            raise QboUnclear("the answer holds no count", status=200)
        return total

    async def query_all(
        self, entity: str, where: str = "", page: int = PAGE
    ) -> AsyncIterator[list[JsonObject]]:
        """Yield all rows of an entity in the order of their Ids, each once, page by page."""

        async def ask(start: int) -> list[JsonObject]:
            return await self.query(select(entity, where, start=start, rows=page))

        async for rows in walk(ask, page):
            yield rows

    async def read(self, entity: str, qbo_id: str) -> JsonObject:
        """Return one object.

        Raises:
            QboRefused: code 610, there is none of this id or it was deleted.
        """
        if not (qbo_id.isascii() and qbo_id.isalnum()):
            raise ValueError("an id is made of digits")
        answer = await self._wire.read("GET", f"{entity.lower()}/{qbo_id}")
        return read_object(answer.object, entity, answer.intuit_tid)

    async def create(
        self,
        entity: str,
        body: bytes,
        request_id: str,
        *,
        allow_duplicate_number: bool = False,
    ) -> Answer:
        """Send a new object, once.

        Args:
            entity: QuickBooks' name of it.
            body: JSON, sent as it is.
            request_id: up to 50 characters; the same for the same posting, always.
            allow_duplicate_number: do not refuse a number that is taken (6140).

        Raises:
            QboRefused: a definite no.
            QboNotExecuted: it did not reach the books.
            QboUnclear: it may have been done.
            UsageTrouble: this client is read-only.
        """
        extra = {"include": "allowduplicatedocnum"} if allow_duplicate_number else {}
        return await self._write(entity, body, request_id, extra)

    async def update(self, entity: str, body: bytes, request_id: str) -> Answer:
        """Send a change, once; `body` holds Id, SyncToken and `sparse`. Raises as `create`."""
        return await self._write(entity, body, request_id, {})

    async def void(self, entity: str, body: bytes, request_id: str) -> Answer:
        """Void a transaction, once; `body` holds Id and SyncToken. Raises as `create`."""
        if entity == "Invoice":
            return await self._write(entity, body, request_id, {"operation": "void"})
        extra = {"operation": "update", "include": "void"}
        return await self._write(entity, body, request_id, extra)

    async def changes(self, entities: Sequence[str], since: datetime) -> Changes:
        """Return what changed in the company since an instant, at most 30 days ago."""
        instant = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = await self._wire.read(
            "GET", "cdc", params={"entities": ",".join(entities), "changedSince": instant}
        )
        return read_changes(answer.object, answer.intuit_tid)

    async def company_info(self) -> JsonObject:
        """Return CompanyInfo: name, country, time zone, subscription."""
        answer = await self._wire.read("GET", f"companyinfo/{self.realm_id}")
        return read_object(answer.object, "CompanyInfo", answer.intuit_tid)

    async def preferences(self) -> JsonObject:
        """Return the company's Preferences."""
        answer = await self._wire.read("GET", "preferences")
        return read_object(answer.object, "Preferences", answer.intuit_tid)

    async def report(self, name: str, params: Mapping[str, str]) -> JsonObject:
        """Return a report, such as AgedReceivables, as QuickBooks sends it."""
        if not (name.isascii() and name.isalpha()):
            raise ValueError("a report's name is made of letters")
        answer = await self._wire.read("GET", f"reports/{name}", params=params)
        return answer.object

    def web_url(self, entity: str, qbo_id: str) -> str:
        """Return the address at which a person sees the object in QuickBooks."""
        return web_page(self.base_url, entity, qbo_id)

    async def _query(self, statement: str) -> JsonObject:
        answer = await self._wire.read(
            "POST",
            "query",
            content=statement.encode(),
            headers={"Content-Type": "application/text"},
        )
        return answer.object

    async def _write(
        self, entity: str, body: bytes, request_id: str, extra: Mapping[str, str]
    ) -> Answer:
        if self._read_only:
            raise posts_nothing()
        params = {"requestid": request_id, **extra}
        answer = await self._wire.write(entity.lower(), params, body)
        found = read_object(answer.object, entity, answer.intuit_tid)
        return Answer(found, answer.intuit_tid, answer.status)
