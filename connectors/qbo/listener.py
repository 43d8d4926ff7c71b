"""The redirect of Intuit's page, taken on this machine: one answer, then nothing listens.

Development keys may name `http://localhost:PORT/callback`. Whatever runs on this
machine, and every page in its browsers, can knock at that port: so it listens on the
loopback address alone, while a question is open, reads a bounded request, and whoever
comes without our state gets a sentence and changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from html import escape
from types import TracebackType
from typing import Self

from connectors.qbo.consent import Consent
from core.clock import Clock
from core.errors import ConnectionTrouble, Trouble, UsageTrouble
from core.text import display

PATH = "/callback"
_MOST = 16_384
"""Bytes of a request; the code has up to 512 characters, browsers add some headers."""
_PATIENCE = 10.0
"""Seconds for one request; a connection that says nothing is closed."""
_HERE = ("localhost", "127.0.0.1")
_BOOKS = "Nothing was connected; what was connected before stays so."

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>docket-qbo</title>
<body style="font: 1.1rem system-ui; margin: 4rem auto; max-width: 34rem">
<h1>{title}</h1><p>{words}</p>"""


def redirect_uri(port: int) -> str:
    """Return the address that is registered with the app at Intuit, to the letter."""
    return f"http://localhost:{port}{PATH}"


class RedirectListener:
    """Waits for the answer; an async context manager that holds the port meanwhile.

    Args:
        port: on 127.0.0.1.
        read: reads the address a browser was sent to; a Trouble says why it is no answer.
        is_over: whether the question is settled, also by a refusal.
        clock: for the end of waiting.
    """

    def __init__(
        self,
        port: int,
        read: Callable[[str], Consent],
        is_over: Callable[[], bool],
        *,
        clock: Clock,
    ) -> None:
        self._port = port
        self._read = read
        self._is_over = is_over
        self._clock = clock
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._answer: asyncio.Future[Consent] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> Self:
        """Listen.

        Raises:
            UsageTrouble: the port is taken.
        """
        try:
            self._server = await asyncio.start_server(
                self._serve, "127.0.0.1", self._port, limit=_MOST
            )
        except OSError as error:
            raise UsageTrouble(
                f"Port {self._port} of this machine is in use: Intuit's answer could not arrive.",
                books=_BOOKS,
                fix="Close the other program that uses it, or set redirect_port under"
                " [quickbooks] and register that address too; or use --paste.",
            ) from error
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            for writer in self._open:
                writer.close()  # what was written to it still leaves
            await self._server.wait_closed()
        if self._answer.done() and not self._answer.cancelled():
            self._answer.exception()  # it was told, or somebody gave up before

    async def answer(self, within: float) -> Consent:
        """Return what the page said.

        Args:
            within: seconds to wait at most.

        Raises:
            ConnectionTrouble: consent was declined, came late, or did not come.
        """
        late = asyncio.ensure_future(self._give_up(within))
        try:
            return await self._answer
        finally:
            late.cancel()

    async def _give_up(self, after: float) -> None:
        await self._clock.sleep(after)
        if not self._answer.done():
            self._answer.set_exception(
                ConnectionTrouble(
                    "No answer came from Intuit's page within ten minutes.",
                    books=_BOOKS,
                    fix="Start again. If the browser runs on another computer (ssh), use --paste.",
                )
            )

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            async with asyncio.timeout(_PATIENCE):
                request = await reader.readuntil(b"\r\n\r\n")
                status, page = self._judge(request.decode("latin-1"))
                writer.write(_response(status, page))
                await writer.drain()
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            pass  # whoever that was did not finish; the question stays open
        finally:
            self._open.discard(writer)
            writer.close()

    def _judge(self, request: str) -> tuple[str, str]:
        """Status and page for one request; the answer, if it is one, is kept."""
        first, *lines = request.split("\r\n")
        method, _, rest = first.partition(" ")
        target = rest.rpartition(" ")[0]
        headers = dict(line.lower().split(":", 1) for line in lines if ":" in line)
        host = headers.get("host", "").strip()
        if host not in {f"{name}:{self._port}" for name in _HERE}:
            return "400 Bad Request", _page("Not here", "This address is not ours.")
        if method != "GET" or target.partition("?")[0] != PATH:
            return "404 Not Found", _page("Nothing here", "There is nothing at this address.")
        if self._answer.done():
            return "410 Gone", _page("Answered already", "You can close this window.")
        return self._taken(f"http://localhost:{self._port}{target}")

    def _taken(self, address: str) -> tuple[str, str]:
        try:
            consent = self._read(address)
        except Trouble as trouble:
            if self._is_over():
                self._answer.set_exception(trouble)
            return "400 Bad Request", _page("Not connected", f"{trouble.what} {trouble.books}")
        self._answer.set_result(consent)
        words = "docket-qbo has the answer. Close this window and go back to it."
        return "200 OK", _page("Thank you", words)


def _page(title: str, words: str) -> str:
    return _PAGE.format(title=escape(title), words=escape(display(words, 400)))


def _response(status: str, page: str) -> bytes:
    body = page.encode()
    head = (
        f"HTTP/1.1 {status}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
        "Connection: close",
    )
    return "\r\n".join((*head, "", "")).encode() + body
