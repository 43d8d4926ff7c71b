"""The practice QuickBooks in a process of its own, with a wire to the judge of token races.

The judge must know what the server granted to whom, also when the one who asked is
dead: so every exchange is written down here, on the server's side.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from sandbox.main import Handle, SandboxOptions, running


@dataclass(frozen=True, slots=True)
class Exchange:
    """One refresh that the server granted: the value that was used, and the one given for it."""

    used: str
    given: str


@dataclass(frozen=True, slots=True)
class TokenServer:
    """A running server, asked through a pipe."""

    qbo_url: str
    realm_id: str
    client_secret: str
    wire: Connection

    @property
    def discovery_url(self) -> str:
        """Where the OAuth library begins."""
        return f"{self.qbo_url}/.well-known/openid_configuration"

    def exchanges(self) -> list[Exchange]:
        """All refreshes that were granted since the start, in order."""
        self.wire.send(("exchanges", ""))
        told: list[Exchange] = self.wire.recv()
        return told

    def connect(self, client_id: str) -> dict[str, Any]:
        """A new consent for an app; returns what the token endpoint would."""
        self.wire.send(("connect", client_id))
        told: dict[str, Any] = self.wire.recv()
        return told

    def opens(self, access_token: str) -> bool:
        """Whether the API lets this access token in."""
        self.wire.send(("opens", access_token))
        return bool(self.wire.recv())


@contextmanager
def token_server() -> Iterator[TokenServer]:
    """Run the server for the time of the block, each refresh changing the value."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        url, realm_id, client_secret = ours.recv()
        yield TokenServer(url, realm_id, client_secret, ours)
    finally:
        ours.send(("stop", ""))
        process.join(60)
        ours.close()
        theirs.close()


def _serve(wire: Connection) -> None:
    asyncio.run(_answer(wire))


async def _answer(wire: Connection) -> None:
    async with running(SandboxOptions(invoices=1)) as handle:
        handle.qbo.tokens.rotate_always = True
        granted = _written_down(handle)
        wire.send((handle.qbo_url, handle.realm_id, handle.client_secret))
        while True:
            match await _received(wire):
                case "exchanges", _:
                    wire.send(granted)
                case "connect", client_id:
                    wire.send(handle.qbo.tokens.connect(handle.realm_id, client_id))
                case "opens", access_token:
                    wire.send(handle.qbo.tokens.realm_of(access_token) is not None)
                case _:
                    return


async def _received(wire: Connection) -> tuple[str, str]:
    """The judge's next question and what it is about; the server goes on serving meanwhile."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(wire.fileno(), ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(wire.fileno())
    asked: tuple[str, str] = wire.recv()
    return asked


def _written_down(handle: Handle) -> list[Exchange]:
    granted: list[Exchange] = []
    refresh = handle.qbo.tokens.refresh

    def writing(value: str, client: str) -> dict[str, Any]:
        answer = refresh(value, client)
        granted.append(Exchange(value, answer["refresh_token"]))
        return answer

    handle.qbo.tokens.refresh = writing  # type: ignore[method-assign]  # to look on from inside
    return granted
