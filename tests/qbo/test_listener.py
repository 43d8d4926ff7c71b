"""Intuit's redirect, taken on this machine: one answer of our own page, and nothing else."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlencode

import httpx
import pytest

from connectors.qbo.consent import Consent, ConsentRequest
from connectors.qbo.listener import RedirectListener, redirect_uri
from core.errors import ConnectionTrouble, UsageTrouble
from core.secrets import Secret
from tests.qbo.fakes import START

STATE = "vw-7kZ2S-the-state-of-this-test-0123456789a"
GOOD = {"code": "AB11-marked-code", "state": STATE, "realmId": "9130000000000001"}
LONG = 600.0


class Waiting:
    """A clock whose sleeps end when the test says so."""

    def __init__(self) -> None:
        self.over = asyncio.Event()

    def now(self):  # type: ignore[no-untyped-def]
        return START

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        assert seconds == LONG
        await self.over.wait()


def free_port() -> int:
    """A free port below those that outgoing connections are given by chance."""
    first = 20_000 + os.getpid() % 10_000
    for port in range(first, first + 2_000):
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


class Asked:
    """A listener with an open question, and a browser."""

    def __init__(self, read: Callable[[str], Consent] | None = None) -> None:
        self.port = free_port()
        self.clock = Waiting()
        self.request = ConsentRequest(redirect_uri(self.port), Secret(STATE), START)
        self.listener = RedirectListener(
            self.port,
            read or (lambda address: self.request.answer(address, START)),
            lambda: self.request.is_over,
            clock=self.clock,
        )

    async def get(self, path: str = "/callback", host: str = "", **query: str) -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False) as browser:
            return await browser.get(
                f"http://127.0.0.1:{self.port}{path}?{urlencode(query)}",
                headers={"Host": host or f"localhost:{self.port}"},
            )


@asynccontextmanager
async def listening(
    read: Callable[[str], Consent] | None = None,
) -> AsyncIterator[tuple[Asked, asyncio.Task[Consent]]]:
    asked = Asked(read)
    async with asked.listener:
        waiting = asyncio.ensure_future(asked.listener.answer(LONG))
        try:
            yield asked, waiting
        finally:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)


async def test_the_answer_of_our_page_arrives_and_is_good_once() -> None:
    async with listening() as (asked, waiting):
        page = await asked.get(**GOOD)
        again = await asked.get(**GOOD)
        consent = await waiting
    assert (page.status_code, again.status_code) == (200, 410)
    assert consent.code.reveal() == GOOD["code"]
    assert consent.realm_id == GOOD["realmId"]
    assert page.headers["cache-control"] == "no-store"
    assert GOOD["code"] not in page.text
    with pytest.raises(httpx.ConnectError):
        await asked.get(**GOOD)


async def test_who_knocks_without_our_state_changes_nothing() -> None:
    async with listening() as (asked, waiting):
        wrong = [
            await asked.get(**{**GOOD, "state": "another"}),
            await asked.get(code="c", realmId="1"),
            await asked.get(path="/favicon.ico"),
            await asked.get(host="evil.example:80", **GOOD),
        ]
        assert [one.status_code for one in wrong] == [400, 400, 404, 400]
        assert "does not belong" in wrong[0].text
        assert not waiting.done()
        await asked.get(**GOOD)
        assert (await waiting).realm_id == GOOD["realmId"]


async def test_a_refusal_on_the_page_is_told_on_both_sides() -> None:
    async with listening() as (asked, waiting):
        page = await asked.get(error="access_denied", state=STATE)
        with pytest.raises(ConnectionTrouble, match="declined"):
            await waiting
    assert page.status_code == 400
    assert "declined" in page.text


async def test_another_company_than_the_one_meant_ends_the_question() -> None:
    def other(address: str) -> Consent:
        asked.request.answer(address, START)
        raise ConnectionTrouble("another <company> was chosen", books="Nothing.", fix="Again.")

    async with listening(other) as (asked, waiting):
        page = await asked.get(**GOOD)
        with pytest.raises(ConnectionTrouble, match="another"):
            await waiting
    assert "another &lt;company&gt; was chosen" in page.text


async def test_after_ten_minutes_nobody_waits_any_more() -> None:
    async with listening() as (asked, waiting):
        asked.clock.over.set()
        with pytest.raises(ConnectionTrouble, match="ten minutes") as caught:
            await waiting
    assert "--paste" in caught.value.fix


async def test_noise_and_floods_are_not_answers() -> None:
    async with listening() as (asked, waiting):
        for noise in (b"\x16\x03\x01\r\n\r\n", b"GET\r\n\r\n", b"x" * 70_000, b""):
            reader, writer = await asyncio.open_connection("127.0.0.1", asked.port)
            writer.write(noise)
            if writer.can_write_eof():
                writer.write_eof()
            try:
                said = await reader.read()
            except ConnectionError:
                said = b""
            assert b"200 OK" not in said
            writer.close()
        assert not waiting.done()
        await asked.get(**GOOD)
        assert (await waiting).realm_id == GOOD["realmId"]


async def test_a_taken_port_is_said_with_the_ways_around_it() -> None:
    asked = Asked()
    with socket.socket() as other:
        other.bind(("127.0.0.1", asked.port))
        other.listen()
        with pytest.raises(UsageTrouble, match=f"Port {asked.port}") as caught:
            async with asked.listener:
                pass
    assert "redirect_port" in caught.value.fix
