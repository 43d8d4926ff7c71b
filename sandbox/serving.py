"""Serving an ASGI app on loopback inside this event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from sandbox.transport import BreakableProtocol


class _Server(uvicorn.Server):
    """A server that leaves signals to its owner and says when it accepts."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.accepting = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.accepting.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bound(port: int, *, pick_free: bool) -> socket.socket:
    """A listening socket on loopback.

    Raises:
        OSError: the port is taken and no other was allowed.
    """
    # Named as TCP, so that asyncio switches Nagle off; else every answer waits 40 ms.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(("127.0.0.1", port))
    except OSError as error:
        if not pick_free:
            sock.close()
            raise OSError(error.errno, f"port {port}: {error.strerror}") from error
        sock.bind(("127.0.0.1", 0))
    return sock


@asynccontextmanager
async def listening(app: ASGIApp, sock: socket.socket) -> AsyncIterator[str]:
    """Serve an app on a socket; yields its address once it accepts."""
    config = uvicorn.Config(
        app,
        http=BreakableProtocol,
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        await server.accepting.wait()
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        sock.close()
