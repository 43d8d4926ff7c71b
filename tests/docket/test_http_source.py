"""Docket over HTTP when the network, the key or the server is not as it should be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import respx

from connectors.docket.http import ATTEMPTS, LONGEST_WAIT
from connectors.docket.source import ContractTrouble, CursorExpired
from core.errors import ConnectionTrouble, Trouble, UsageTrouble
from core.records import Kind
from tests.docket.world import KEY, CountingClock, pull, source

URL = "https://docket.example/api"
EMPTY = {"data": [], "deleted": [], "next_cursor": "c1", "has_more": False}


def product(record_id: str) -> dict[str, Any]:
    return {
        "id": record_id,
        "name": "Dry Run",
        "sku": "",
        "category": "",
        "description": "",
        "unit_price": "125.00",
        "taxable": False,
        "updated_at": "2026-11-02T14:00:00Z",
    }


def page(*ids: str, cursor: str, more: bool) -> dict[str, Any]:
    return {
        "data": [product(one) for one in ids],
        "deleted": [],
        "next_cursor": cursor,
        "has_more": more,
    }


@respx.mock
async def test_pages_are_followed_by_cursor_until_there_is_no_more() -> None:
    route = respx.get(f"{URL}/v1/products").mock(
        side_effect=[
            httpx.Response(200, json=page("a", "b", cursor="c1", more=True)),
            httpx.Response(200, json=page("c", cursor="c2", more=False)),
        ]
    )
    async with source(URL) as docket:
        pages = await pull(docket, Kind.PRODUCT)
    assert [[record.id for record in one.records] for one in pages] == [["a", "b"], ["c"]]
    assert [one.cursor for one in pages] == ["c1", "c2"]
    assert [dict(call.request.url.params) for call in route.calls] == [
        {"limit": "200"},
        {"limit": "200", "cursor": "c1"},
    ]


@respx.mock
async def test_the_key_goes_into_the_header_and_nowhere_else() -> None:
    route = respx.get(f"{URL}/v1/products").respond(200, json=EMPTY)
    async with source(URL) as docket:
        await pull(docket, Kind.PRODUCT, "c0")
    request = route.calls.last.request
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in str(request.url)


@respx.mock
@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut"),
        httpx.Response(500, text="oops"),
        httpx.Response(503),
        httpx.Response(200, content=b'{"data": [{"id": "a", "na'),
        httpx.Response(200, text="<html>A proxy says hello</html>"),
        httpx.Response(200, content=b"[" * 200_000),
    ],
)
async def test_what_may_pass_by_itself_is_tried_again(failure: Any) -> None:
    good = httpx.Response(200, json=page("a", cursor="c1", more=False))
    respx.get(f"{URL}/v1/products").mock(side_effect=[failure, failure, good])
    clock = CountingClock()
    async with source(URL, clock) as docket:
        pages = await pull(docket, Kind.PRODUCT)
    assert len(pages[0].records) == 1
    first, second = clock.slept
    assert 0.25 <= first < 0.75
    assert 0.5 <= second < 1.5


@respx.mock
@pytest.mark.parametrize(
    ("failure", "word"),
    [
        (httpx.ConnectError(f"refused {KEY}"), "connection"),
        (httpx.ReadTimeout("slow"), "in time"),
        (httpx.Response(502), "502"),
        (httpx.Response(200, content=b'{"data": ['), "cut short"),
        (httpx.Response(429), "slow down"),
    ],
)
async def test_attempts_end_in_a_clear_sentence_and_yield_nothing(failure: Any, word: str) -> None:
    route = respx.get(f"{URL}/v1/products").mock(side_effect=[failure] * 99)
    async with source(URL) as docket:
        with pytest.raises(ConnectionTrouble) as caught:
            await pull(docket, Kind.PRODUCT)
    assert route.call_count == ATTEMPTS
    assert word in caught.value.what
    assert "docket.example" in caught.value.what
    assert KEY not in caught.value.sentences()


@respx.mock
async def test_429_waits_as_long_as_docket_asks_but_not_for_ever() -> None:
    good = httpx.Response(200, json=EMPTY)
    respx.get(f"{URL}/v1/products").mock(
        side_effect=[
            httpx.Response(429, headers={"Retry-After": "17"}),
            httpx.Response(429, headers={"Retry-After": "86400"}),
            httpx.Response(429, headers={"Retry-After": "Mon, 23 Nov 2026 12:01:57 GMT"}),
            good,
        ]
    )
    clock = CountingClock()
    async with source(URL, clock) as docket:
        await pull(docket, Kind.PRODUCT)
    assert clock.slept == [17.0, LONGEST_WAIT, 40.0]


@respx.mock
@pytest.mark.parametrize(
    ("status", "word"),
    [(401, "does not accept the API key"), (403, "not allowed to read products")],
)
async def test_a_refused_key_is_not_tried_again(status: int, word: str) -> None:
    error = {"error": {"code": "no", "message": "\x1b[2Jgo away"}}
    route = respx.get(f"{URL}/v1/products").respond(status, json=error)
    async with source(URL) as docket:
        with pytest.raises(ConnectionTrouble) as caught:
            await pull(docket, Kind.PRODUCT)
    assert route.call_count == 1
    assert word in caught.value.what
    assert KEY not in caught.value.sentences()
    assert "\x1b" not in caught.value.sentences()


@respx.mock
async def test_a_redirect_is_not_followed_with_the_key() -> None:
    respx.get(f"{URL}/v1/account").respond(302, headers={"Location": "https://evil.example/"})
    other = respx.get("https://evil.example/").respond(200, json={})
    async with source(URL) as docket:
        with pytest.raises(ConnectionTrouble, match="elsewhere"):
            await docket.account()
    assert not other.called


@respx.mock
async def test_an_expired_cursor_is_told_apart() -> None:
    respx.get(f"{URL}/v1/invoices").respond(410, json={"error": {"code": "x", "message": "y"}})
    async with source(URL) as docket:
        with pytest.raises(CursorExpired) as caught:
            await pull(docket, Kind.INVOICE, "old")
    assert caught.value.kind is Kind.INVOICE


@respx.mock
async def test_something_else_than_docket_is_recognised() -> None:
    respx.get(f"{URL}/v1/account").respond(404, text="<h1>Not found</h1>")
    async with source(URL) as docket:
        with pytest.raises(ConnectionTrouble, match="404"):
            await docket.account()


@respx.mock
async def test_a_record_out_of_form_stops_at_its_page_and_keeps_the_pages_before() -> None:
    bad = page("c", cursor="c2", more=False)
    bad["data"][0]["unit_price"] = "a lot"
    respx.get(f"{URL}/v1/products").mock(
        side_effect=[
            httpx.Response(200, json=page("a", cursor="c1", more=True)),
            httpx.Response(200, json=bad),
        ]
    )
    async with source(URL) as docket:
        pages = docket.changes(Kind.PRODUCT, None)
        first = await anext(pages)
        with pytest.raises(ContractTrouble, match=r"product c .*unit_price"):
            await anext(pages)
    assert [record.id for record in first.records] == ["a"]
    assert first.cursor == "c1"


@respx.mock
async def test_a_cursor_that_does_not_move_is_no_endless_loop() -> None:
    respx.get(f"{URL}/v1/products").respond(200, json=page("a", cursor="c1", more=True))
    async with source(URL) as docket:
        with pytest.raises(ContractTrouble, match="next_cursor"):
            await pull(docket, Kind.PRODUCT)


async def endless(sent: list[int]) -> AsyncIterator[bytes]:
    while True:
        sent.append(1)
        yield b" " * 2**20


@respx.mock
async def test_an_endless_answer_is_cut_off() -> None:
    sent: list[int] = []
    respx.get(f"{URL}/v1/products").mock(return_value=httpx.Response(200, content=endless(sent)))
    async with source(URL) as docket:
        with pytest.raises(ConnectionTrouble, match="larger than 64 MB"):
            await pull(docket, Kind.PRODUCT)
    assert len(sent) < 70


@pytest.mark.parametrize(
    "url",
    [
        "http://docket.example",
        "ftp://docket.example",
        "docket.example",
        "https://",
        "",
        "https://user:pass@docket.example",
        "https://docket.example/?key=1",
        "http://127.0.0.1.evil.example",
        "https://[::1",
    ],
)
def test_an_address_that_could_leak_the_key_is_refused(url: str) -> None:
    with pytest.raises(UsageTrouble):
        source(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8766", "http://localhost:1", "http://[::1]:5", "https://d.example/x/"]
)
async def test_https_and_this_machine_are_taken(url: str) -> None:
    async with source(url):
        pass


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "schlüssel"])
def test_a_key_that_no_header_can_carry_is_refused_without_being_repeated(key: str) -> None:
    with pytest.raises(Trouble) as caught:
        source(URL, key=key)
    assert not key or key not in caught.value.sentences()
