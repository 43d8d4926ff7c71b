"""Time that only moves when it is waited for, tokens without a server, a token server."""

from __future__ import annotations

import asyncio
import selectors
import threading
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from connectors.qbo.intuit import Grant, OAuthRefused, OAuthUnclear
from core.secrets import Secret

T = TypeVar("T")
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Does not wait: moves the loop's clock on instead."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout:
            self.passed += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time passes at once."""

    def __init__(self) -> None:
        self.chooser = _Selector()
        super().__init__(self.chooser)

    def time(self) -> float:
        return self.chooser.passed


def run_virtually(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end in virtual time."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(main)
    finally:
        loop.close()


class LoopClock:
    """A clock that shows the running loop's time."""

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class HandClock:
    """A clock moved by hand; a sleep moves it too. Safe to read from a thread."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.sleeps: list[float] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.passed += seconds
        await asyncio.sleep(0)


class FakeTokens:
    """Access tokens t1, t2 … ; counts renewals."""

    def __init__(self) -> None:
        self.current = 1
        self.renewals = 0

    async def access_token(self) -> str:
        return f"t{self.current}"

    async def renewed(self, refused: str) -> str:
        await asyncio.sleep(0)
        if refused == f"t{self.current}":
            self.current += 1
            self.renewals += 1
        return f"t{self.current}"


class MemorySecrets:
    """A `SecretStore` without a file."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class TokenServer:
    """Intuit's token endpoint at its strictest: each refresh kills the value it used."""

    def __init__(self, first: str = "refresh-0") -> None:
        self.valid = first
        self.count = 0
        self.unclear = 0
        self.lost = 0
        self.asked: list[str] = []
        self._one = threading.Lock()

    def refresh(self, refresh_token: Secret) -> Grant:
        with self._one:
            self.asked.append(refresh_token.reveal())
            if self.unclear:
                self.unclear -= 1
                raise OAuthUnclear("down")
            if refresh_token.reveal() != self.valid:
                raise OAuthRefused("invalid_grant", 400, "tid-1")
            self.count += 1
            self.valid = f"refresh-{self.count}"
            if self.lost:
                self.lost -= 1
                raise OAuthUnclear("the answer was lost")
            return Grant(
                access_token=Secret(f"access-{self.count}"),
                refresh_token=Secret(self.valid),
                expires_in=3600,
                refresh_expires_in=8_640_000,
                hard_expires_in=157_680_000,
            )
