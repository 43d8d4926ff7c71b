"""The wire: headers, paths, strictness, request ids, limits, both dialects of faults."""

import gzip
import json
from datetime import timedelta

import pytest

from sandbox.clock import SandboxClock
from tests.sandbox_qbo.kit import OTHER_REALM, START, Books, Refusal, line


async def test_a_success_carries_what_recorded_ones_carry(books: Books) -> None:
    response = await books.send("GET", "companyinfo/" + books.realm)
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    assert response.headers["intuit_tid"]
    assert response.headers["qbo-version"]
    assert response.headers["service-time"].startswith("total=")
    assert "no-cache" in response.headers["cache-control"]
    body = response.json()
    assert body["time"] == "2026-11-23T10:00:00.000-08:00"
    assert body["CompanyInfo"]["Id"] == "1"


async def test_a_fault_has_no_version_and_a_length(books: Books) -> None:
    response = await books.send("GET", "customer/99")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json"
    assert "qbo-version" not in response.headers
    assert response.headers["intuit_tid"]
    assert int(response.headers["content-length"]) == len(response.content)


@pytest.mark.parametrize(
    ("method", "path", "code", "timed"),
    [
        ("GET", "customer/1/5", "500", True),
        ("GET", "customer/1.5", "2030", False),
        ("GET", "Customer/1", "500", True),
        ("GET", "customer", "500", True),
        ("GET", "widget/1", "500", True),
        ("DELETE", "customer/1", "500", True),
        ("PUT", "customer", "500", True),
        ("GET", "customer/99", "610", True),
        ("GET", "", "500", True),
        ("POST", "taxcode", "500", True),
        ("GET", "reports/Nonsense", "500", True),
    ],
)
async def test_a_wrong_path_is_400_with_a_code(
    books: Books, method: str, path: str, code: str, timed: bool
) -> None:
    body = {"Name": "x"} if method == "POST" else None
    response = await books.send(method, path, json=body)
    assert response.status_code == 400
    assert response.json()["Fault"]["Error"][0]["code"] == code
    assert ("time" in response.json()) is timed


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"{}",
        b'{"DisplayName": NaN}',
        b'{"DisplayName": {"a": 1}}',
        b'{"DisplayName": "x", "Active": "maybe"}',
        b'{"DisplayName": "x", "PrimaryPhone": "text"}',
        b'{"DisplayName": "x", "BillAddr": []}',
        b'{"DisplayName": "x", "SalesTermRef": 3}',
        b'{"DisplayName": "x", "TaxExemptionReasonId": "1e999999999"}',
        b'{"DisplayName": "x", "displayName": "y"}',
        b"[" * 100_000,
    ],
)
async def test_a_body_that_cannot_be_bound_is_2010(books: Books, body: bytes) -> None:
    response = await books.send("POST", "customer", content=body)
    assert response.status_code == 400
    assert response.json()["Fault"]["Error"][0]["code"] == "2010"


async def test_an_unknown_property_is_named_in_jacksons_words(books: Books) -> None:
    with pytest.raises(Refusal) as refused:
        await books.post("Invoice", {"BadJson": True})
    assert refused.value.detail.startswith(
        'Property Name:Unrecognized field "BadJson" (class com.intuit.schema.finance.v3.Invoice), '
        "not marked as ignorable ("
    )
    assert refused.value.detail.endswith("specified is unsupported or invalid")
    inner = line(1)
    inner["SalesItemLineDetail"]["Quantity"] = 1
    with pytest.raises(Refusal) as refused:
        await books.post("Invoice", {"Line": [inner]})
    assert "v3.SalesItemLineDetail)" in refused.value.detail


async def test_broken_utf8_is_code_500_with_status_400(books: Books) -> None:
    response = await books.send("POST", "customer", content=b'{"DisplayName": "\xff"}')
    assert response.status_code == 400
    assert "MalformedByteSequenceException" in response.text


@pytest.mark.parametrize("name", ["a:b", "a\tb", "a\nb"])
async def test_names_hold_no_colon_tab_or_line_break(books: Books, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        await books.customer(name)
    assert refused.value.code == "2040"


async def test_text_comes_back_as_it_was_sent(books: Books) -> None:
    odd = 'Zoë & <b>"Sons"</b> 🚛 \\ / \x7f \' %'
    key = await books.customer(odd)
    response = await books.send("GET", f"customer/{key}")
    assert response.json()["Customer"]["DisplayName"] == odd.strip()
    assert "Zoë & <b>" in response.text


async def test_a_lone_surrogate_does_no_harm(books: Books) -> None:
    response = await books.send("POST", "customer", content=b'{"DisplayName": "a\\ud800b"}')
    assert response.status_code == 200


async def test_bodies_and_answers_may_be_packed(books: Books) -> None:
    raw = gzip.compress(json.dumps({"DisplayName": "Packed"}).encode())
    response = await books.send(
        "POST",
        "customer",
        content=raw,
        headers={"Content-Encoding": "gzip", "Accept-Encoding": "gzip"},
    )
    assert response.headers["content-encoding"] == "gzip"
    assert response.json()["Customer"]["DisplayName"] == "Packed"


async def test_a_bad_token_gets_the_gateways_dialect(books: Books) -> None:
    for token, said in (("x" * 40, "Token expired: "), ("short", "Malformed bearer token")):
        response = await books.send(
            "GET", "customer/1", headers={"Authorization": f"Bearer {token}"}
        )
        assert response.status_code == 401
        body = response.json()
        error = body["fault"]["error"][0]
        assert error["code"] == "3200"
        assert error["message"] == (
            "message=AuthenticationFailed; errorCode=003200; statusCode=401"
        )
        assert error["detail"].startswith(said)
        assert body["fault"]["type"] == "AUTHENTICATION"
        assert (body["cdcresponse"], body["queryResponse"]) == ([], None)
        assert isinstance(body["time"], int)
        assert "invalid_token" in response.headers["www-authenticate"]


async def test_a_token_opens_only_its_own_company(books: Books) -> None:
    other = Books(books.world, books.http, OTHER_REALM, books.token)
    response = await other.send("GET", "customer/1")
    assert response.status_code == 403
    assert response.json()["fault"]["error"][0]["code"] == "3100"


async def test_an_access_token_ends_after_an_hour(books: Books) -> None:
    books.world.clock.advance(3599)
    assert (await books.send("GET", "term/1")).status_code == 200
    books.world.clock.advance(2)
    assert (await books.send("GET", "term/1")).status_code == 401


async def test_a_repeated_request_id_is_answered_and_not_done_again(books: Books) -> None:
    body = {"DisplayName": "Once"}
    first = await books.send("POST", "customer", json=body, params={"requestid": "r1"})
    books.world.clock.advance(10)
    second = await books.send("POST", "customer", json=body, params={"requestid": "r1"})
    assert second.content == first.content
    assert (await books.query("select count(*) from Customer"))["totalCount"] == 1


async def test_another_body_under_the_same_id_is_600_or_a_replay(books: Books) -> None:
    first = await books.post("Customer", {"DisplayName": "One"}, requestid="r1")
    with pytest.raises(Refusal) as refused:
        await books.post("Customer", {"DisplayName": "Two"}, requestid="r1")
    assert refused.value.code == "600"
    await books.do(switches={"request_reuse": "replay"})
    assert await books.post("Customer", {"DisplayName": "Two"}, requestid="r1") == first


async def test_a_refused_request_is_not_remembered(books: Books) -> None:
    with pytest.raises(Refusal):
        await books.post("Invoice", {"Line": [line(1)]}, requestid="r1")
    customer = await books.customer()
    body = {"CustomerRef": {"value": customer}, "Line": [line(1)]}
    assert (await books.post("Invoice", body, requestid="r1"))["TotalAmt"] == 1


async def test_request_ids_are_forgotten_and_belong_to_a_company(books: Books) -> None:
    customer = await books.customer()
    await books.payment(customer, 5)
    body = {"CustomerRef": {"value": customer}, "TotalAmt": 7}
    first = await books.post("Payment", body, requestid="r1")
    books.world.clock.advance(86_400 - 3600)
    books.token = books.world.tokens.connect(books.realm, "again")["access_token"]
    assert (await books.post("Payment", body, requestid="r1"))["Id"] == first["Id"]
    books.world.clock.advance(3600)
    books.token = books.world.tokens.connect(books.realm, "again")["access_token"]
    assert (await books.post("Payment", body, requestid="r1"))["Id"] != first["Id"]
    await books.do(switches={"request_memory": 0})
    one = await books.post("Payment", body, requestid="r2")
    assert (await books.post("Payment", body, requestid="r2"))["Id"] != one["Id"]


async def test_a_request_id_has_at_most_fifty_characters(books: Books) -> None:
    await books.post("Customer", {"DisplayName": "Fifty"}, requestid="r" * 50)
    with pytest.raises(Refusal) as refused:
        await books.post("Customer", {"DisplayName": "More"}, requestid="r" * 68)
    assert "which is 68 characters" in refused.value.detail


async def test_a_repeated_batch_is_replayed_or_refused_item_by_item(books: Books) -> None:
    body = {"BatchItemRequest": [{"bId": "1", "Customer": {"DisplayName": "B"}}]}
    first = await books.call("POST", "batch", json=body, params={"requestid": "b"})
    assert await books.call("POST", "batch", json=body, params={"requestid": "b"}) == first
    await books.do(switches={"batch_replay": "6000"})
    again = await books.call("POST", "batch", json=body, params={"requestid": "b"})
    assert again["BatchItemResponse"][0]["Fault"]["Error"][0]["code"] == "6000"


async def test_limits_are_counted_and_enforced_only_when_asked(books: Books) -> None:
    for _ in range(12):
        assert (await books.send("GET", "term/1")).status_code == 200
    books.world.throttle.enforced = True
    limited = await books.send("GET", "term/1")
    assert limited.status_code == 429
    error = limited.json()["fault"]["error"][0]
    assert (error["code"], error["detail"]) == (
        "3001",
        "The request limit was reached.  Try again later",
    )
    books.world.clock.advance(2)
    assert (await books.send("GET", "term/1")).status_code == 200
    counters = (await books.http.get("/sandbox/counters")).json()
    assert counters["requests"]["read term"] == 13
    assert counters["refused"] == 1
    assert counters["most_in_a_second"] == sum(counters["requests"].values()) - 1
    forgotten = (await books.http.delete("/sandbox/counters")).json()
    assert (forgotten["most_in_a_minute"], forgotten["requests"]) == (0, {})


def test_a_faster_clock_passes_faster_everywhere() -> None:
    instants = iter([START, START + timedelta(seconds=3)])
    clock = SandboxClock(lambda: next(instants), speed=10)
    assert clock.now() == START + timedelta(seconds=30)
    clock.advance(5)
    assert clock.moved == 5


async def test_five_hundred_a_minute_and_forty_batches(books: Books) -> None:
    throttle = books.world.throttle
    throttle.reset()
    throttle.enforced = True
    admitted = 0
    for _ in range(55):
        admitted += sum(throttle.admit(books.realm, "query") for _ in range(10))
        books.world.clock.advance(1.01)
    assert admitted == 500
    books.world.clock.advance(61)
    batches = 0
    for _ in range(50):
        batches += throttle.admit(books.realm, "batch")
        books.world.clock.advance(1)
    assert batches == 40


async def test_reads_are_metered_and_may_run_out_for_the_month(books: Books) -> None:
    await books.do(switches={"monthly_reads": 2})
    statuses = [(await books.send("GET", "term/1")).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    await books.customer("Writes go on")


async def test_armed_faults_hit_as_often_as_asked_and_say_what_was_done(books: Books) -> None:
    async def arm(**fault: object) -> None:
        response = await books.http.post("/sandbox/faults", json=fault)
        assert response.status_code == 200, response.text

    await arm(kind="status-before", status=503, path="/customer", method="POST")
    body = {"DisplayName": "Never"}
    assert (await books.send("POST", "customer", json=body)).status_code == 503
    assert (await books.query("select count(*) from Customer"))["totalCount"] == 0
    await arm(kind="status-after", status=502, path="/customer", method="POST", count=1)
    assert (await books.send("POST", "customer", json=body)).status_code == 502
    assert (await books.query("select count(*) from Customer"))["totalCount"] == 1
    await arm(kind="throttle", xml=True, retry_after=7)
    limited = await books.send("GET", "term/1")
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    assert limited.text.startswith("<?xml")
    assert 'code="3001"' in limited.text
    await arm(kind="unauthorized", after_matches=1, path="/term")
    statuses = [(await books.send("GET", "term/1")).status_code for _ in range(3)]
    assert statuses == [200, 401, 200]
    await arm(kind="malformed", path="/term")
    with pytest.raises(json.JSONDecodeError):
        (await books.send("GET", "term/1")).json()
    await arm(kind="status-before", status=500, probability=0.5, count=None, path="/term")
    statuses = [(await books.send("GET", "term/1")).status_code for _ in range(40)]
    assert {200, 500} == set(statuses)
    await books.http.delete("/sandbox/faults")
    assert (await books.send("GET", "term/1")).status_code == 200


async def test_a_fault_that_makes_no_sense_is_not_armed(books: Books) -> None:
    for wrong in (
        {"kind": "meteor"},
        {"kind": "latency", "when": 1},
        {"kind": "slow", "path": "("},
    ):
        assert (await books.http.post("/sandbox/faults", json=wrong)).status_code == 400


async def test_reset_goes_back_to_the_seed_with_a_new_birth(books: Books) -> None:
    await books.customer("Gone soon")
    before = books.company.info("SandboxBirthId")
    await books.http.post("/sandbox/clock", json={"advance": 100})
    await books.http.post("/sandbox/faults", json={"kind": "status-before", "count": 5})
    await books.http.post("/sandbox/reset")
    assert books.company.info("SandboxBirthId") != before
    assert books.world.clock.moved == 0
    assert (await books.query("select * from Customer")) == {}


async def test_the_ledger_tells_deleted_and_voided_records(books: Books) -> None:
    customer = await books.customer()
    one, two = await books.invoice(customer), await books.invoice(customer)
    await books.post("Invoice", {"Id": one["Id"], "SyncToken": "0"}, operation="void")
    await books.post("Invoice", {"Id": two["Id"], "SyncToken": "0"}, operation="delete")
    ledger = (await books.http.get("/sandbox/ledger", params={"realm": books.realm})).json()
    assert ledger["realm_id"] == books.realm
    assert [entry["status"] for entry in ledger["Invoice"]] == ["Voided", "Deleted"]
    assert "status" not in ledger["Customer"][0]
    assert not [key for key in ledger["Invoice"][0] if key.startswith("_")]


async def test_the_page_shows_invoices_and_escapes_everything(books: Books) -> None:
    customer = await books.customer("<script>alert(1)</script> & Co")
    invoice = await books.invoice(customer, 70, PrivateNote="<img src=x>", DocNumber="<b>7")
    await books.payment(customer, 20, {invoice["Id"]: 20}, PaymentRefNum="<i>")
    home = (await books.http.get("/")).text
    assert "&lt;script&gt;" in home
    shown = (await books.http.get(f"/invoice/{invoice['Id']}")).text
    assert "Partly paid" in shown
    assert "50.00" in shown
    for text in (home, shown):
        assert not [tag for tag in ("<script>alert", "<img", "<b>7", "<i>") if tag in text]
    assert (await books.http.get("/invoice/999")).status_code == 404
    assert "&lt;script" in (await books.http.get("/", params={"q": "script"})).text
    assert "(0)" in (await books.http.get("/", params={"q": "nothing like it"})).text


async def test_a_line_break_in_a_path_is_an_id_like_any_wrong_one(books: Books) -> None:
    answer = await books.send("GET", "customer/%0A1")
    assert answer.status_code == 400
    assert answer.json()["Fault"]["Error"][0]["code"] == "2030"
