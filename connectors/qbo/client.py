"""The REST API of one QuickBooks company, async, over one HTTP client.

Reads are tried again when they fail in passing. A write is sent once: whether an
unclear one may be sent again is the engine's decision, because only the journal
knows what was sent before. The exception is a 401, which says that nothing was done:
the token is renewed once and the same bytes leave again under the same request id.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

import httpx

from connectors.qbo.answers import read_answer, tid_of
from connectors.qbo.faults import (
    QboError,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
    QboUnreachable,
)
from connectors.qbo.hosts import require_api
from connectors.qbo.listing import walk
from connectors.qbo.query import PAGE, count_of, select
from connectors.qbo.shapes import Answer, Changes, read_changes, read_object, read_rows
from connectors.qbo.throttle import Throttle
from connectors.qbo.web import web_page
from core.clock import Clock
from core.config import is_loopback
from core.ids import Ids
from core.jsonio import JsonObject

MINOR_VERSION = "75"
TIMEOUT = 130.0
"""Seconds; a little over QuickBooks' own limit of 120, so that its 504 is seen."""
CONNECT_TIMEOUT = 15.0
KEEP_ALIVE = 3.0
"""Seconds; below every server's own, because a write on a connection that the server
is just closing would be unclear for nothing."""
READ_ATTEMPTS = 4
FIRST_WAIT = 0.5
LONGEST_WAIT = 20.0

_log = logging.getLogger(__name__)


class Tokens(Protocol):
    """Where the client gets its access token."""

    async def access_token(self) -> str:
        """A token that should be good for the next call."""
        ...

    async def renewed(self, refused: str) -> str:
        """Another token in place of one that was refused; renews once for all who ask."""
        ...


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
        self._tokens = tokens
        self._clock = clock
        self._ids = ids
        self._timeout = timeout
        self._http = httpx.AsyncClient(
            base_url=f"{self.base_url}/v3/company/{realm_id}/",
            headers={"Accept": "application/json", "User-Agent": "docket-qbo"},
            timeout=httpx.Timeout(timeout, connect=min(CONNECT_TIMEOUT, timeout)),
            limits=httpx.Limits(keepalive_expiry=KEEP_ALIVE),
            transport=transport,
            follow_redirects=False,  # a token goes to the address that was checked, nowhere else
            trust_env=not is_loopback(self.base_url),  # no proxy between this machine and itself
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
        await self._http.aclose()

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
        answer = await self._read("GET", f"{entity.lower()}/{qbo_id}")
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
        answer = await self._read(
            "GET", "cdc", params={"entities": ",".join(entities), "changedSince": instant}
        )
        return read_changes(answer.object, answer.intuit_tid)

    async def company_info(self) -> JsonObject:
        """Return CompanyInfo: name, country, time zone, subscription."""
        answer = await self._read("GET", f"companyinfo/{self.realm_id}")
        return read_object(answer.object, "CompanyInfo", answer.intuit_tid)

    async def preferences(self) -> JsonObject:
        """Return the company's Preferences."""
        answer = await self._read("GET", "preferences")
        return read_object(answer.object, "Preferences", answer.intuit_tid)

    def web_url(self, entity: str, qbo_id: str) -> str:
        """Return the address at which a person sees the object in QuickBooks."""
        return web_page(self.base_url, entity, qbo_id)

    async def _query(self, statement: str) -> JsonObject:
        answer = await self._read(
            "POST",
            "query",
            content=statement.encode(),
            headers={"Content-Type": "application/text"},
        )
        return answer.object

    async def _write(
        self, entity: str, body: bytes, request_id: str, extra: Mapping[str, str]
    ) -> Answer:
        answer = await self._send(
            "POST",
            entity.lower(),
            metered=False,
            params={"requestid": request_id, **extra},
            content=body,
            headers={"Content-Type": "application/json"},
        )
        found = read_object(answer.object, entity, answer.intuit_tid)
        return Answer(found, answer.intuit_tid, answer.status)

    async def _read(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send what changes nothing, again and again while the failure may pass."""
        attempt = 1
        while True:
            try:
                return await self._send(
                    method, path, metered=True, params=params, content=content, headers=headers
                )
            except (QboUnclear, QboUnreachable, QboThrottled) as error:
                if attempt == READ_ATTEMPTS:
                    raise
                if not isinstance(error, QboThrottled):  # the throttle waits for those
                    await self._clock.sleep(self._back_off(attempt))
            attempt += 1

    def _back_off(self, attempt: int) -> float:
        return min(FIRST_WAIT * 2.0**attempt * (0.5 + self._ids.fraction()), LONGEST_WAIT)

    async def _send(
        self,
        method: str,
        path: str,
        *,
        metered: bool,
        params: Mapping[str, str] | None,
        content: bytes | None,
        headers: Mapping[str, str] | None,
    ) -> Answer:
        """Send one request; after a 401 once more with another token."""
        request = self._http.build_request(
            method,
            path,
            params={"minorversion": MINOR_VERSION, **(params or {})},
            content=content,
            headers=headers,
        )
        token = await self._tokens.access_token()
        try:
            return await self._once(request, token, metered)
        except QboUnauthorized as error:
            if any(fault.code == "120" for fault in error.faults):
                raise  # the person lost access to the company; no token mends that
        return await self._once(request, await self._tokens.renewed(token), metered)

    async def _once(self, request: httpx.Request, token: str, metered: bool) -> Answer:
        request.headers["Authorization"] = f"Bearer {token}"
        async with self.throttle.slot(metered=metered):
            started = self._clock.monotonic()
            try:
                return await self._exchange(request)
            except QboThrottled as error:
                self.throttle.refused(error.retry_after)
                _note(request, error, self._clock.monotonic() - started)
                raise
            except QboError as error:
                _note(request, error, self._clock.monotonic() - started)
                raise

    async def _exchange(self, request: httpx.Request) -> Answer:
        """Send the request and read the whole answer, within the time-out."""
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._http.send(request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise QboUnreachable("no connection could be made") from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise QboUnclear("no answer in time") from error
        except httpx.RequestError as error:
            raise QboUnclear("the connection broke off") from error
        lowered = {name.lower(): value for name, value in response.headers.items()}
        body = read_answer(response.status_code, lowered, response.content)
        return Answer(body, tid_of(lowered), response.status_code)


def _note(request: httpx.Request, error: QboError, seconds: float) -> None:
    """Log a failed call by its shape; what it carried is the customer's, not the log's."""
    _log.warning(
        "%s %s: %s (%s), %.3f s",
        request.method,
        request.url.path,
        type(error).__name__,
        error,
        seconds,
    )
