"""The client against QuickBooks' answers, good and bad."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal

import httpx
import pytest
import respx

from connectors.qbo.client import QboClient
from connectors.qbo.faults import (
    QboForbidden,
    QboRefused,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
    QboUnreachable,
)
from connectors.qbo.throttle import Throttle
from connectors.qbo.wire import READ_ATTEMPTS
from core.errors import UsageTrouble
from core.ids import SeededIds
from tests.qbo.fakes import FakeTokens, HandClock
from tests.qbo.test_faults import XML_429

BASE = "https://quickbooks.api.intuit.com"
COMPANY = f"{BASE}/v3/company/9130000000000001"
EXPIRED = {"fault": {"error": [{"message": "m", "code": "003200"}], "type": "AUTHENTICATION"}}
REFUSED = {"Fault": {"Error": [{"Message": "M", "Detail": "D", "code": "6140"}], "type": "V"}}
HTML_503 = httpx.Response(503, html="<html>Sorry</html>")


class Company:
    """A client on fakes, and the routes it meets."""

    def __init__(self, router: respx.MockRouter) -> None:
        self.clock = HandClock()
        self.tokens = FakeTokens()
        self.throttle = Throttle(self.clock)
        self.router = router
        self.client = QboClient(
            BASE + "/",
            "9130000000000001",
            self.tokens,
            clock=self.clock,
            ids=SeededIds(1),
            throttle=self.throttle,
        )


@pytest.fixture
async def company() -> AsyncIterator[Company]:
    with respx.mock(assert_all_called=False) as router:
        made = Company(router)
        async with made.client:
            yield made


async def test_a_read_only_client_reads_and_lets_no_write_leave() -> None:
    with respx.mock(assert_all_called=False) as router:
        read = router.get(f"{COMPANY}/companyinfo/9130000000000001").respond(
            200, json={"CompanyInfo": {"Id": "1", "CompanyName": "Acme"}}
        )
        clock = HandClock()
        client = QboClient(
            BASE,
            "9130000000000001",
            FakeTokens(),
            clock=clock,
            ids=SeededIds(1),
            throttle=Throttle(clock),
            read_only=True,
        )
        async with client:
            assert (await client.company_info())["CompanyName"] == "Acme"
            for write in (client.create, client.update, client.void):
                with pytest.raises(UsageTrouble, match="read-only"):
                    await write("Invoice", b"{}", "rid-1")
        assert [call.request.method for call in router.calls] == ["GET"]
        assert read.called


async def test_a_write_carries_its_id_its_bytes_and_nothing_is_read_into_floats(
    company: Company,
) -> None:
    route = company.router.post(f"{COMPANY}/invoice").respond(
        200,
        content=b'{"Invoice":{"Id":"7","TotalAmt":412.50},"time":"x"}',
        headers={"intuit_tid": "tid-1"},
    )
    answer = await company.client.create("Invoice", b'{"a":1}', "rid-1")
    sent = route.calls.last.request
    assert dict(sent.url.params) == {"minorversion": "75", "requestid": "rid-1"}
    assert sent.content == b'{"a":1}'
    assert sent.headers["Authorization"] == "Bearer t1"
    assert sent.headers["Accept"] == "application/json"
    assert answer.object["TotalAmt"] == Decimal("412.50")
    assert (answer.intuit_tid, answer.status) == ("tid-1", 200)


async def test_each_way_to_void_and_to_keep_a_double_number(company: Company) -> None:
    route = company.router.post(url__regex=COMPANY + "/.*").mock(
        side_effect=lambda request: httpx.Response(
            200, json={"Invoice": {"Id": "1"}, "Payment": {"Id": "2"}}
        )
    )
    await company.client.void("Invoice", b"{}", "r1")
    await company.client.void("Payment", b"{}", "r2")
    await company.client.create("Invoice", b"{}", "r3", allow_duplicate_number=True)
    await company.client.update("Invoice", b"{}", "r4")
    sent = [dict(call.request.url.params) for call in route.calls]
    for params in sent:
        del params["minorversion"], params["requestid"]
    assert sent == [
        {"operation": "void"},
        {"operation": "update", "include": "void"},
        {"include": "allowduplicatedocnum"},
        {},
    ]


async def test_a_401_renews_once_for_all_and_sends_the_same_again(company: Company) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["Authorization"] == "Bearer t1":
            return httpx.Response(401, json=EXPIRED)
        return httpx.Response(200, json={"Invoice": {"Id": "1"}})

    route = company.router.post(f"{COMPANY}/invoice").mock(side_effect=answer)
    await asyncio.gather(*(company.client.create("Invoice", b"%d" % n, f"r{n}") for n in range(5)))
    assert company.tokens.renewals == 1
    sent = [(call.request.url.params["requestid"], call.request.content) for call in route.calls]
    for n in range(5):
        assert {pair for pair in sent if pair[0] == f"r{n}"} == {(f"r{n}", b"%d" % n)}


async def test_a_second_401_is_the_end(company: Company) -> None:
    route = company.router.post(f"{COMPANY}/invoice").respond(401, json=EXPIRED)
    with pytest.raises(QboUnauthorized):
        await company.client.create("Invoice", b"{}", "r")
    assert route.call_count == 2


async def test_a_person_who_lost_access_is_not_helped_by_another_token(company: Company) -> None:
    fault = {"Fault": {"Error": [{"Message": "Authorization Failure", "code": "120"}]}}
    company.router.post(f"{COMPANY}/invoice").respond(401, json=fault)
    with pytest.raises(QboUnauthorized):
        await company.client.create("Invoice", b"{}", "r")
    assert company.tokens.renewals == 0


@pytest.mark.parametrize("body", [json.dumps(EXPIRED).encode(), XML_429, b""])
async def test_a_429_on_a_write_is_told_to_the_throttle_and_to_the_caller(
    company: Company, body: bytes
) -> None:
    route = company.router.post(f"{COMPANY}/invoice").respond(429, content=body)
    with pytest.raises(QboThrottled):
        await company.client.create("Invoice", b"{}", "r")
    assert route.call_count == 1
    assert company.throttle.blocked_for == 60.0
    assert company.throttle.counts.throttled == 1


async def test_a_429_on_a_read_is_waited_out(company: Company) -> None:
    company.router.get(f"{COMPANY}/customer/5").mock(
        side_effect=[
            httpx.Response(429, content=XML_429, headers={"Retry-After": "7"}),
            httpx.Response(200, json={"Customer": {"Id": "5"}}),
        ]
    )
    assert await company.client.read("Customer", "5") == {"Id": "5"}
    assert company.clock.passed >= 7


async def test_a_403_is_not_executed_and_not_tried_again(company: Company) -> None:
    route = company.router.get(f"{COMPANY}/preferences").respond(403, json=EXPIRED)
    with pytest.raises(QboForbidden):
        await company.client.preferences()
    assert route.call_count == 1


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ConnectError("no"), QboUnreachable),
        (httpx.ConnectTimeout("no"), QboUnreachable),
        (httpx.PoolTimeout("no"), QboUnreachable),
        (httpx.ReadTimeout("no"), QboUnclear),
        (httpx.WriteTimeout("no"), QboUnclear),
        (httpx.ReadError("reset"), QboUnclear),
        (httpx.WriteError("reset"), QboUnclear),
        (httpx.RemoteProtocolError("cut"), QboUnclear),
        (httpx.DecodingError("gzip"), QboUnclear),
        (HTML_503, QboUnclear),
        (httpx.Response(504), QboUnclear),
        (httpx.Response(200, content=b'{"Invoice":{"Id":"7"'), QboUnclear),
        (httpx.Response(200, json={"time": "x"}), QboUnclear),
        (httpx.Response(200, json={"Invoice": {}}), QboUnclear),
        (httpx.Response(302, headers={"Location": "https://evil.example"}), QboUnclear),
        (httpx.Response(200, json=REFUSED), QboRefused),
        (httpx.Response(400, json=REFUSED), QboRefused),
    ],
)
async def test_a_write_is_sent_once_whatever_comes_back(
    company: Company, failure: Exception | httpx.Response, kind: type[Exception]
) -> None:
    route = company.router.post(f"{COMPANY}/invoice").mock(side_effect=[failure])
    with pytest.raises(kind):
        await company.client.create("Invoice", b"{}", "r")
    assert route.call_count == 1


async def test_a_read_is_tried_again_while_it_may_pass(company: Company) -> None:
    route = company.router.get(f"{COMPANY}/companyinfo/9130000000000001").mock(
        side_effect=[
            httpx.ConnectError("no"),
            HTML_503,
            httpx.Response(200, json={"CompanyInfo": {"Id": "1", "CompanyName": "Acme"}}),
        ]
    )
    assert (await company.client.company_info())["CompanyName"] == "Acme"
    assert route.call_count == 3
    assert company.clock.sleeps == sorted(company.clock.sleeps)


async def test_a_read_gives_up_in_the_end(company: Company) -> None:
    route = company.router.post(f"{COMPANY}/query").mock(side_effect=httpx.ReadTimeout("no"))
    with pytest.raises(QboUnclear):
        await company.client.query("select * from Invoice")
    assert route.call_count == READ_ATTEMPTS


async def test_a_refused_read_is_not_tried_again(company: Company) -> None:
    route = company.router.get(f"{COMPANY}/invoice/9").respond(400, json=REFUSED)
    with pytest.raises(QboRefused):
        await company.client.read("Invoice", "9")
    assert route.call_count == 1


async def test_all_pages_are_read_in_order_until_nothing_follows(company: Company) -> None:
    statements = []

    def answer(request: httpx.Request) -> httpx.Response:
        statement = request.content.decode()
        statements.append(statement)
        assert request.headers["Content-Type"] == "application/text"
        start = int(statement.split("startposition ")[1].split()[0])
        rows = [{"Id": str(n)} for n in range(1, 6)][start - 1 : start + 1]
        return httpx.Response(200, json={"QueryResponse": {"Invoice": rows} if rows else {}})

    company.router.post(f"{COMPANY}/query").mock(side_effect=answer)
    pages = [
        [row["Id"] for row in page]
        async for page in company.client.query_all("Invoice", "Balance > '0'", page=2)
    ]
    assert pages == [["1", "2"], ["3"], ["4"], ["5"]]
    assert statements[0] == (
        "select * from Invoice where Balance > '0' orderby Id startposition 1 maxresults 2"
    )
    assert company.throttle.counts.metered == len(statements)


async def test_counting(company: Company) -> None:
    company.router.post(f"{COMPANY}/query").respond(
        200, json={"QueryResponse": {"totalCount": 26}, "time": "x"}
    )
    assert await company.client.count("Vendor") == 26


async def test_changes_are_taken_by_name_with_deletions_apart(company: Company) -> None:
    route = company.router.get(f"{COMPANY}/cdc").respond(
        200,
        json={
            "CDCResponse": [
                {
                    "QueryResponse": [
                        {},
                        {
                            "Invoice": [
                                {"Id": "34", "TotalAmt": 1},
                                {
                                    "status": "Deleted",
                                    "domain": "QBO",
                                    "Id": "979",
                                    "MetaData": {"LastUpdatedTime": "2015-12-23T12:55:50-08:00"},
                                },
                            ],
                            "startPosition": 1,
                            "maxResults": 2,
                            "totalCount": 2,
                        },
                    ]
                }
            ],
            "time": "2015-12-23T12:56:06.19-08:00",
        },
    )
    since = datetime(2015, 12, 1, tzinfo=UTC)
    changes = await company.client.changes(["Customer", "Invoice"], since)
    assert dict(route.calls.last.request.url.params) == {
        "minorversion": "75",
        "entities": "Customer,Invoice",
        "changedSince": "2015-12-01T00:00:00Z",
    }
    assert changes.objects == {"Invoice": [{"Id": "34", "TotalAmt": 1}]}
    assert changes.deleted == {"Invoice": [("979", datetime(2015, 12, 23, 20, 55, 50, tzinfo=UTC))]}
    assert changes.at == datetime(2015, 12, 23, 20, 56, 6, 190000, tzinfo=UTC)
    assert changes.complete


async def test_a_full_answer_of_changes_is_known_to_be_cut(company: Company) -> None:
    rows = [{"Id": str(n)} for n in range(1000)]
    company.router.get(f"{COMPANY}/cdc").respond(
        200,
        json={"CDCResponse": [{"QueryResponse": [{"Item": rows}]}], "time": "2026-01-01T00:00:00Z"},
    )
    changes = await company.client.changes(["Item"], datetime(2026, 1, 1, tzinfo=UTC))
    assert not changes.complete


@pytest.mark.parametrize(
    "answer",
    [
        {"time": "2026-01-01T00:00:00Z"},
        {"CDCResponse": [None], "time": "2026-01-01T00:00:00Z"},
        {"CDCResponse": [{"QueryResponse": [7]}], "time": "2026-01-01T00:00:00Z"},
        {"CDCResponse": [{"QueryResponse": [{}]}]},
        {"CDCResponse": [{"QueryResponse": [{"Item": [{"x": 1}]}]}], "time": "2026-01-01T00:00Z"},
    ],
)
async def test_changes_of_another_shape_are_unclear(
    company: Company, answer: dict[str, object]
) -> None:
    company.router.get(f"{COMPANY}/cdc").respond(200, json=answer)
    with pytest.raises(QboUnclear):
        await company.client.changes(["Item"], datetime(2026, 1, 1, tzinfo=UTC))


async def test_a_whole_call_has_one_time_out_even_if_bytes_keep_dripping() -> None:
    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.01)

    clock = HandClock()
    async with QboClient(
        "http://127.0.0.1:9",
        "1",
        FakeTokens(),
        clock=clock,
        ids=SeededIds(1),
        throttle=Throttle(clock),
        timeout=0.1,
        transport=httpx.MockTransport(lambda _: httpx.Response(200, content=drip())),
    ) as client:
        with pytest.raises(QboUnclear):
            await client.create("Invoice", b"{}", "r")


@pytest.mark.parametrize(
    "url",
    [
        "http://quickbooks.api.intuit.com",
        "https://evil.example",
        "https://quickbooks.api.intuit.com.evil.example",
        "https://quickbooks.api.intuit.com@evil.example",
        "https://evil.example\\@quickbooks.api.intuit.com",
        "https://quickbooks.api.intuit.com/../x",
        "http://127.0.0.1.evil.example",
        "ftp://127.0.0.1",
        "http://[::1",
        "",
    ],
)
def test_tokens_go_to_intuit_or_to_this_machine_only(url: str) -> None:
    clock = HandClock()
    with pytest.raises(UsageTrouble):
        QboClient(url, "1", FakeTokens(), clock=clock, ids=SeededIds(1), throttle=Throttle(clock))


async def test_where_a_person_sees_a_record(company: Company) -> None:
    assert company.client.web_url("Invoice", "7") == (
        "https://app.qbo.intuit.com/app/invoice?txnId=7"
    )
