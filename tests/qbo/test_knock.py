"""A knock says whether somebody is there and what time it is, and takes no key along."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest

from connectors.knock import knock
from tests.store.worlds import NOW, StillClock


def answering(**headers: str) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(302, headers={"location": "https://evil.example.com/", **headers})

    return httpx.MockTransport(answer), seen


@pytest.mark.parametrize(
    ("theirs", "ahead"),
    [(0, 0), (-0.9, 0), (600, -599), (-600, 599), (None, None)],
)
async def test_the_difference_of_two_clocks_is_told_beyond_the_second(
    theirs: float | None, ahead: int | None
) -> None:
    headers = {}
    if theirs is not None:
        headers["date"] = format_datetime(NOW + timedelta(seconds=theirs), usegmt=False)
    transport, seen = answering(**headers)
    found = await knock("https://quickbooks.api.intuit.com/", StillClock(), transport=transport)
    assert found.status == 302
    assert found.ahead == ahead
    (request,) = seen
    assert request.url.host == "quickbooks.api.intuit.com", "nothing is followed"
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (httpx.ConnectTimeout("x"), "in time"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] x"), "certificate"),
        (httpx.ConnectError("x"), "no connection"),
        (httpx.RemoteProtocolError("x"), "no connection"),
    ],
)
async def test_why_nobody_answers_is_told(error: httpx.TransportError, why: str) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error

    transport = httpx.MockTransport(fail)
    found = await knock("https://docket.example.com/", StillClock(), transport=transport)
    assert found.status is None
    assert why in found.why


async def test_an_odd_date_is_no_date() -> None:
    transport, _ = answering(date="the day before yesterday")
    found = await knock("https://docket.example.com/", StillClock(), transport=transport)
    assert found.ahead is None
