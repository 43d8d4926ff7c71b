"""Breaking connections on purpose, below HTTP.

An ASGI application cannot reset a connection, so the server's protocol class
notes which transport belongs to which client address.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORTS: MutableMapping[tuple[str, int], asyncio.Transport] = {}


class BreakableProtocol(H11Protocol):
    """HTTP/1.1 whose connections a fault can find and break."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows it the same way
        """Note the transport."""
        super().connection_made(transport)
        self._peer: tuple[str, int] = transport.get_extra_info("peername")
        _TRANSPORTS[self._peer] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the transport."""
        super().connection_lost(exc)
        _TRANSPORTS.pop(self._peer, None)


def abort(scope: Scope) -> None:
    """Reset the connection that a request came in on; nothing is answered.

    Raises:
        ConnectionResetError: always, so that no one goes on to answer.
    """
    transport = _TRANSPORTS.get(tuple(scope.get("client") or ("", 0)))
    if transport is not None:
        transport.abort()
    raise ConnectionResetError("armed fault: connection reset")


def cut_off(scope: Scope, body: bytes, media: str) -> Response:
    """A response that promises the whole body, sends half and hangs up."""
    return _CutOff(scope, body, media)


class _CutOff(Response):
    def __init__(self, scope: Scope, body: bytes, media: str) -> None:
        super().__init__(body, 200, {"Content-Type": media})
        self._client = tuple(scope.get("client") or ("", 0))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Half of what the headers say, then the end."""
        start: dict[str, Any] = {
            "type": "http.response.start",
            "status": self.status_code,
            "headers": self.raw_headers,
        }
        await send(start)
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        transport = _TRANSPORTS.get(self._client)
        if transport is not None:
            transport.close()
