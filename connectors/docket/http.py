"""Docket over HTTP: the contract of docs/docket-api.yaml, read page by page.

Only reads, so everything that may pass by itself is tried again: no connection, a
time-out, a 5xx, a 429, a body cut short. What will not pass by itself (a refused
key, a record out of form) is raised at once, in sentences.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import Self

import httpx

from connectors.docket.answers import Again, Body, judge, too_large, unreachable
from connectors.docket.parse import parse_account, parse_page
from connectors.docket.source import ContractTrouble
from core.clock import Clock
from core.config import is_loopback
from core.errors import UsageTrouble
from core.ids import Ids
from core.records import Account, Kind, Page
from core.text import display

RESOURCES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CLIENT: "clients",
        Kind.PRODUCT: "products",
        Kind.INVOICE: "invoices",
        Kind.PAYMENT: "payments",
        Kind.REFUND: "refunds",
        Kind.CREDIT: "credits",
    }
)
PAGE_SIZE = 200
ATTEMPTS = 5
FIRST_WAIT = 0.5
LONGEST_WAIT = 60.0
TIMEOUT = 20.0
LARGEST_ANSWER = 64 * 2**20
"""Bytes after which an answer is no page of records any more."""
DRIP = 6
"""A whole answer may take this many time-outs; a server that drips bytes is cut off then."""


class HttpDocketSource:
    """A `DocketSource` over HTTP. Close it, or use it as an async context manager."""

    def __init__(
        self,
        base_url: str,
        api_key: str | Callable[[], str],
        *,
        clock: Clock,
        ids: Ids,
        transport: httpx.AsyncBaseTransport | None = None,
        timeout: float = TIMEOUT,
        page_size: int = PAGE_SIZE,
    ) -> None:
        """Check the address and the key; nothing is sent yet.

        Args:
            base_url: https, or http on this machine; may end in a path.
            api_key: sent as a bearer token, in no URL and no error; a call is made for it
                when the first request is due.
            clock: for waiting between attempts.
            ids: for jitter.
            transport: in place of the network, for tests.
            timeout: seconds without a byte after which an attempt is given up.
            page_size: records asked for at once.

        Raises:
            UsageTrouble: the address, or a key that is handed in, cannot be used.
        """
        url = _safe_url(base_url)
        self._host = display(url.netloc.decode("ascii"))
        self._clock = clock
        self._ids = ids
        self._timeout = timeout
        self._page_size = page_size
        self._tell_key = api_key if callable(api_key) else None
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Accept": "application/json"},
            timeout=timeout,
            transport=transport,
            trust_env=not is_loopback(str(url)),  # no proxy between this machine and itself
        )
        if not callable(api_key):
            self._use_key(api_key)

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

    async def account(self) -> Account:
        """The account behind the key; see `DocketSource`."""
        return parse_account(await self._get("account", None, {}))

    async def changes(self, kind: Kind, cursor: str | None) -> AsyncIterator[Page]:
        """Pages of changes, oldest first; see `DocketSource`."""
        while True:
            params = {"limit": str(self._page_size)}
            if cursor is not None:
                params["cursor"] = cursor
            page = parse_page(kind, await self._get(RESOURCES[kind], kind, params))
            if page.more and page.cursor == cursor:
                raise ContractTrouble(
                    f"{kind.value} page", "?", "next_cursor", "does not move although more follows"
                )
            cursor = page.cursor
            yield page
            if not page.more:
                return

    def _use_key(self, key: str) -> None:
        self._http.headers["Authorization"] = f"Bearer {_safe_key(key)}"

    async def _get(self, resource: str, kind: Kind | None, params: Mapping[str, str]) -> object:
        if self._tell_key is not None:
            self._use_key(self._tell_key())
            self._tell_key = None
        attempt = 1
        while isinstance(outcome := await self._attempt(resource, kind, params), Again):
            if attempt == ATTEMPTS:
                raise unreachable(self._host, outcome.reason, ATTEMPTS)
            await self._clock.sleep(self._wait(attempt, outcome.wait))
            attempt += 1
        return outcome.json

    async def _attempt(
        self, resource: str, kind: Kind | None, params: Mapping[str, str]
    ) -> Body | Again:
        try:
            async with (
                asyncio.timeout(self._timeout * DRIP),
                self._http.stream("GET", f"v1/{resource}", params=params) as response,
            ):
                content = await _whole(response, resource)
        except (TimeoutError, httpx.TimeoutException):
            return Again("it did not answer in time")
        except httpx.ConnectError:
            return Again("no connection could be made")
        except (httpx.TransportError, httpx.DecodingError):
            return Again("the connection broke off in the middle of an answer")
        return judge(response, content, resource, kind, self._clock.now())

    def _wait(self, attempt: int, wish: float | None) -> float:
        """Seconds before the next attempt: doubling with jitter, or longer if Docket wishes."""
        backoff = FIRST_WAIT * 2.0 ** (attempt - 1) * (0.5 + self._ids.fraction())
        return min(max(backoff, wish or 0.0), LONGEST_WAIT)


async def _whole(response: httpx.Response, resource: str) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise too_large(resource, LARGEST_ANSWER)
    return bytes(content)


def _safe_url(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL:
        url = httpx.URL("")
    plain = url.scheme == "http" and is_loopback(str(url))
    if not url.host or url.userinfo or url.query or not (plain or url.scheme == "https"):
        raise UsageTrouble(
            "Docket's address must begin with https:// (or lie on this machine) and hold "
            "nothing but host and path.",
            books="Nothing was sent.",
            fix="Correct Docket's address in the settings.",
        )
    return url


def _safe_key(key: str) -> str:
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise UsageTrouble(
            "Docket's API key is empty or holds blanks or special characters.",
            books="Nothing was sent.",
            fix="Copy the key again from Docket into the settings.",
        )
    return key
