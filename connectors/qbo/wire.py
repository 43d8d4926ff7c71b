"""Sends requests to one company: within the limits, with a good token, within the time.

What changes nothing is sent again while its failure may pass. A write is sent once:
whether an unclear one may be sent again is the engine's decision, because only the
journal knows what was sent before. The exception is a 401, which says that nothing
was done: the token is renewed once and the same bytes leave again under the same
request id.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Protocol

import httpx

from connectors.qbo.answers import read_answer, tid_of
from connectors.qbo.faults import (
    QboError,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
    QboUnreachable,
)
from connectors.qbo.shapes import Answer
from connectors.qbo.throttle import Throttle
from core.clock import Clock
from core.config import is_loopback
from core.ids import Ids

MINOR_VERSION = "75"
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


class Wire:
    """The connections to one company; arguments as for `QboClient`."""

    def __init__(
        self,
        company_url: str,
        tokens: Tokens,
        *,
        clock: Clock,
        ids: Ids,
        throttle: Throttle,
        timeout: float,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self._tokens = tokens
        self._clock = clock
        self._ids = ids
        self._throttle = throttle
        self._timeout = timeout
        self._http = httpx.AsyncClient(
            base_url=company_url,
            headers={"Accept": "application/json", "User-Agent": "docket-qbo"},
            timeout=httpx.Timeout(timeout, connect=min(CONNECT_TIMEOUT, timeout)),
            limits=httpx.Limits(keepalive_expiry=KEEP_ALIVE),
            transport=transport,
            follow_redirects=False,  # a token goes to the address that was checked, nowhere else
            trust_env=not is_loopback(company_url),  # no proxy between this machine and itself
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def write(self, path: str, params: Mapping[str, str], body: bytes) -> Answer:
        """Send JSON that changes something, once.

        Raises:
            QboError: one of its kinds.
            ConnectionTrouble: there is no token, and none can be had; nothing was sent.
        """
        return await self._send(
            "POST",
            path,
            metered=False,
            params=params,
            content=body,
            headers={"Content-Type": "application/json"},
        )

    async def read(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send what changes nothing, again while its failure may pass. Raises as `write`."""
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
        async with self._throttle.slot(metered=metered):
            started = self._clock.monotonic()
            try:
                return await self._exchange(request)
            except QboThrottled as error:
                await self._throttle.refused(error.retry_after)
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
