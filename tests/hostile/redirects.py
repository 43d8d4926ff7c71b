"""Ways to have a key or a token sent to somebody else.

Either by an answer that says "go there", or by an address that looks like Intuit's. A
bearer token goes to Intuit's hosts over verified TLS, or to this machine, and nowhere else;
there is no setting that changes that.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import httpx
import pytest

from connectors.docket.http import HttpDocketSource
from connectors.knock import knock
from connectors.qbo.client import QboClient
from connectors.qbo.faults import QboError
from connectors.qbo.hosts import require_api, require_oauth
from connectors.qbo.throttle import Throttle
from core.errors import Trouble, UsageTrouble
from core.ids import SeededIds
from tests.qbo.fakes import FakeTokens, HandClock

QBO, DOCKET = "https://quickbooks.api.intuit.com", "https://docket.example.com"
PLACES = {
    "another_host": "https://evil.example.com/v3/company/1/invoice",
    "without_a_scheme": "//evil.example.com/",
    "to_plain_http": "http://quickbooks.api.intuit.com/v3/company/1/invoice",
    "another_port": "https://quickbooks.api.intuit.com:444/",
    "a_host_of_intuits": "https://accounts.intuit.com/",
    "user_before_the_host": "https://quickbooks.api.intuit.com@evil.example.com/",
    "this_machine": "http://127.0.0.1:1/",
    "the_clouds_own": "http://169.254.169.254/latest/meta-data/",
    "no_address": "::::",
}
STATUSES = (301, 302, 303, 307, 308)
NOT_THE_API = {
    "longer": "https://quickbooks.api.intuit.com.evil.example.com",
    "user": "https://quickbooks.api.intuit.com@evil.example.com",
    "user_and_password": "https://quickbooks.api.intuit.com:443@evil.example.com",
    "path": "https://evil.example.com/quickbooks.api.intuit.com",
    "query": "https://evil.example.com?quickbooks.api.intuit.com",
    "fragment": "https://evil.example.com#quickbooks.api.intuit.com",
    "plain_http": "http://quickbooks.api.intuit.com",
    "port": "https://quickbooks.api.intuit.com:444",
    "other_letters": "https://quickbooks.аpi.intuit.com",
    "backslash": "https://evil.example.com\\.quickbooks.api.intuit.com",
    "tab": "https://quickbooks.api.intuit.com\t.evil.example.com",
    "line_break": "https://quickbooks.api.intuit.com\n.evil.example.com",
    "blank": "https://evil.example.com .intuit.com",
    "loopback_name": "http://127.0.0.1.evil.example.com",
    "loopback_user": "http://127.0.0.1@evil.example.com",
    "localhost_name": "http://localhost.evil.example.com",
    "any_address": "http://0.0.0.0",
    "number": "http://3232235777",
    "file": "file:///etc/passwd",
    "no_scheme": "quickbooks.api.intuit.com",
    "nothing": "",
    "brackets": "https://[evil.example.com].intuit.com",
}
NOT_OAUTH = {
    "like_intuit": "https://evilintuit.com/token",
    "longer": "https://oauth.platform.intuit.com.evil.example.com/token",
    "port_that_is_a_name": "https://evil.example.com:x.intuit.com/token",
    "other_port": "https://oauth.platform.intuit.com:444/token",
    "semicolon": "https://evil.example.com;.intuit.com/token",
    "user": "https://a.intuit.com@evil.example.com/token",
    "plain_http": "http://oauth.platform.intuit.com/token",
    "tab": "https://evil.example.com\t.intuit.com/token",
    "javascript": "javascript:alert(1)//.intuit.com",
}


class Sent:
    """A network that redirects everything, and remembers what came."""

    def __init__(self, status: int, place: str) -> None:
        self.requests: list[httpx.Request] = []
        self._answer = (status, {"location": place})

    @property
    def transport(self) -> httpx.MockTransport:
        def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            status, headers = self._answer
            return httpx.Response(status, headers=headers)

        return httpx.MockTransport(answer)


async def _posting(sent: Sent) -> None:
    clock = HandClock()
    async with QboClient(
        QBO,
        "9130000000000001",
        FakeTokens(),
        clock=clock,
        ids=SeededIds(1),
        throttle=Throttle(clock),
        transport=sent.transport,
    ) as client:
        with pytest.raises(QboError):
            await client.create("Invoice", b"{}", "request-1")
        with pytest.raises(QboError):
            await client.company_info()


async def _docket(sent: Sent) -> None:
    async with HttpDocketSource(
        DOCKET, "key-1", clock=HandClock(), ids=SeededIds(1), transport=sent.transport
    ) as source:
        with pytest.raises(Trouble):
            await source.account()


async def _knocking(sent: Sent) -> None:
    found = await knock(f"{QBO}/", HandClock(), transport=sent.transport)
    assert found.status or found.why


async def _followed_nowhere(ask: Callable[[Sent], Awaitable[None]], place: str) -> None:
    for status in STATUSES:
        sent = Sent(status, place)
        await ask(sent)
        assert sent.requests
        for request in sent.requests:
            assert str(request.url).startswith((f"{QBO}/", f"{DOCKET}/"))


async def _refused(check_url: Callable[[str], str], url: str) -> None:
    with pytest.raises(UsageTrouble):
        check_url(url)


CASES: dict[str, Callable[[], Awaitable[None]]] = {
    **{
        f"{who}_{name}": partial(_followed_nowhere, ask, place)
        for who, ask in (("posting", _posting), ("docket", _docket), ("knocking", _knocking))
        for name, place in PLACES.items()
    },
    **{f"api_{name}": partial(_refused, require_api, url) for name, url in NOT_THE_API.items()},
    **{f"oauth_{name}": partial(_refused, require_oauth, url) for name, url in NOT_OAUTH.items()},
}


async def check(name: str, folder: Path) -> None:
    """Play it."""
    await CASES[name]()
