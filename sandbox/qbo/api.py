"""The REST API of a company: which request means what, and what it is answered.

Pure of transport: a `Call` comes in, an `Answer` goes out, nothing waits in
between, so a request is atomic. Faults, latency and headers are `app`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import pacific_millis
from sandbox.qbo import batch, changes, pdf, rates, reports, search, taxservice, uploads
from sandbox.qbo.company import Company
from sandbox.qbo.entities import BY_PATH
from sandbox.qbo.entity import Entity
from sandbox.qbo.fault import (
    NOT_THIS_REALM,
    THROTTLED,
    GatewayFault,
    Refused,
    Wrong,
    missing,
    not_parsed,
    refused,
    token_refused,
)
from sandbox.qbo.fields import Record
from sandbox.qbo.operations import Options, existing, shown, write
from sandbox.qbo.replay import fingerprint
from sandbox.qbo.tokens import ACCOUNTING
from sandbox.qbo.wire import read_json, write_json
from sandbox.qbo.world import World

GOOD = "application/json;charset=utf-8"
PLAIN = "application/json"
_BAD_UTF8 = (
    "Operation com.sun.org.apache.xerces.internal.impl.io.MalformedByteSequenceException: "
    "Invalid byte 1 of 1-byte UTF-8 sequence is not supported."
)


@dataclass(frozen=True)
class Call:
    """A request under /v3/company/{realm}/."""

    method: str
    realm: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    bearer: str
    body: bytes = b""
    media: str = ""

    @property
    def kind(self) -> str:
        """What the counters call it: "query", "create invoice", "read customer" and so on."""
        head = self.path[0] if self.path else ""
        if head in ("query", "cdc", "batch", "reports", "upload"):
            return head
        if self.method == "GET":
            return f"read {head}"
        operation = self.query.get("operation", "")
        if "void" in self.query.get("include", ""):
            operation = "void"
        if operation in ("", "update"):
            changes_one = operation == "update" or re.search(rb'"Id"\s*:\s*"?\d', self.body)
            operation = "update" if changes_one else "create"
        return f"{operation} {head}"

    @property
    def metered(self) -> bool:
        """Whether it counts as a read of the monthly meter; batches do, also when they write."""
        return self.method == "GET" or self.path[:1] in (("query",), ("batch",))


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes
    media: str = GOOD
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether it is a success, which is what carries QBO-Version and Service-Time."""
        return self.status == 200


def gateway(world: World, fault: GatewayFault, *, xml: bool = False) -> Answer:
    """A refusal by the gateway."""
    now = world.clock.now()
    headers = {}
    if fault.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="Intuit", error="invalid_token"'
    if xml:
        return Answer(fault.status, fault.xml(now).encode(), "application/xml", headers)
    return Answer(fault.status, write_json(fault.show(now)).encode(), PLAIN, headers)


def refusal(world: World, refusal: Refused) -> Answer:
    """A refusal by the books."""
    body: Record = {"Fault": refusal.fault()}
    if refusal.timed:
        body["time"] = pacific_millis(world.clock.now())
    return Answer(refusal.status, write_json(body).encode("utf-8", "replace"), PLAIN)


def respond(world: World, call: Call) -> Answer:
    """Answer a request: who may, how often, then what."""
    opened = world.tokens.realm_of(call.bearer)
    if opened is None:
        detail = (
            f"Token expired: {call.bearer[:50]}"
            if len(call.bearer) > 20
            else "Malformed bearer token: too short or too long"
        )
        return gateway(world, token_refused(detail))
    realm, scope = opened
    company = world.companies.get(call.realm)
    if realm != call.realm or company is None or ACCOUNTING not in scope.split():
        return gateway(world, NOT_THIS_REALM)
    if not world.throttle.admit(call.realm, call.kind):
        return gateway(world, THROTTLED)
    if call.metered and not world.throttle.meter(call.realm, company.switches.monthly_reads):
        return gateway(world, THROTTLED)
    try:
        return _once(world, company, call)
    except Refused as refused_by:
        return refusal(world, refused_by)


def _once(world: World, company: Company, call: Call) -> Answer:
    """Do a write with a request id once; answer its repetition from memory."""
    request_id = call.query.get("requestid", "")
    head = call.path[:1]
    if call.method != "POST" or not request_id or head == ("query",):
        return _route(world, company, call)
    rest = sorted((name, value) for name, value in call.query.items() if name != "requestid")
    mark = fingerprint("/".join(call.path), repr(rest), call.body)
    before = world.replay.recall(company, request_id, mark)
    if before is not None:
        if head == ("batch",) and company.switches.batch_replay == "6000":
            return _json(world, batch.refused_again(read_json(call.body)))
        return Answer(200, before.encode())
    answer = _route(world, company, call)
    if answer.good and answer.media == GOOD:
        world.replay.remember(company, request_id, mark, answer.body.decode())
    return answer


def _route(world: World, company: Company, call: Call) -> Answer:
    match call.method, call.path:
        case "GET", ("query",):
            return _query(world, company, call.query.get("query", ""))
        case "POST", ("query",):
            if "json" in call.media:
                raise refused("4000", "QueryParserError: null")
            return _query(world, company, _text(call.body))
        case "GET", ("cdc",):
            entities = call.query.get("entities", "")
            return _json(
                world, changes.answer(company, entities, call.query.get("changedSince", ""))
            )
        case "POST", ("batch",):
            return _json(world, batch.answer(company, _json_body(call.body)))
        case "POST", ("upload",):
            stored = uploads.upload(company, call.body, call.media)
            return _json(world, {"AttachableResponse": stored})
        case "GET", ("download", key):
            return Answer(200, uploads.download(company, _id(key)).encode(), "text/plain")
        case "GET", ("exchangerate",):
            return _json(world, {"ExchangeRate": rates.answer(company, call.query)})
        case "POST", ("exchangerate",):
            made = rates.write_rate(company, _json_body(call.body))
            return _json(world, {"ExchangeRate": made})
        case "POST", ("taxservice", "taxcode"):
            made = taxservice.create(company, _json_body(call.body))
            return Answer(200, write_json(made).encode())
        case "GET", ("reports", name):
            report = reports.answer(company, name, call.query)
            if report is not None:
                return Answer(200, write_json(report).encode("utf-8", "replace"))
        case "GET", ("companyinfo", key) if key == company.realm:
            return _read(world, company, BY_PATH["companyinfo"], "1")
        case "GET", ("preferences",):
            return _read(world, company, BY_PATH["preferences"], "1")
        case "GET", (name, key) if name in BY_PATH:
            return _read(world, company, BY_PATH[name], _id(key))
        case "POST", (name,) if name in BY_PATH:
            return _write(world, company, BY_PATH[name], call)
        case "GET", ("invoice" | "estimate" | "salesreceipt" as name, key, "pdf"):
            form = existing(company, BY_PATH[name], _id(key))
            return Answer(200, pdf.printed(company, BY_PATH[name], form), "application/pdf")
        case "POST", ("invoice" | "estimate" | "salesreceipt" as name, key, "send"):
            return _send(world, company, BY_PATH[name], _id(key), call.query.get("sendTo"))
    raise unknown_path(call)


def unknown_path(call: Call) -> Refused:
    """400 with code 500: there is no such resource."""
    path = "/".join(("/v3/company", call.realm, *call.path))
    host = "https://c50.sandbox.qbo.intuit.com/qbo50"
    return refused(
        "500",
        f"Operation Could not find resource for relative : {path} "
        f"of full path: {host}{path} is not supported.",
    )


def _json(world: World, body: Record) -> Answer:
    timed = body | {"time": pacific_millis(world.clock.now())}
    return Answer(200, write_json(timed).encode("utf-8", "replace"))


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise refused("500", _BAD_UTF8) from None


def _json_body(raw: bytes) -> Any:
    text = _text(raw)
    try:
        return read_json(text)
    except (ValueError, RecursionError):
        raise not_parsed() from None


def _id(key: str) -> str:
    """An id from a path: digits, or one of the tax codes with a word for an id."""
    if (key.isascii() and key.isdigit()) or key in ("TAX", "NON"):
        return key
    detail = f"Id should be a valid number. Supplied value:{key}"
    raise Refused([Wrong("2030", detail, "Id")], timed=False)


def _query(world: World, company: Company, statement: str) -> Answer:
    return _json(world, {"QueryResponse": search.answer(company, statement)})


def _read(world: World, company: Company, entity: Entity, key: str) -> Answer:
    record = existing(company, entity, key)
    return _json(world, {entity.name: shown(company, entity, record)})


def _write(world: World, company: Company, entity: Entity, call: Call) -> Answer:
    include = frozenset(call.query.get("include", "").split(",")) - {""}
    options = Options(call.query.get("operation", ""), include)
    return _json(world, {entity.name: write(company, entity, _json_body(call.body), options)})


def _send(world: World, company: Company, entity: Entity, key: str, to: str | None) -> Answer:
    """Mark a form as mailed; nothing leaves the practice company."""
    record = existing(company, entity, key)
    address = {"Address": to} if to else record.get("BillEmail")
    if address is None:
        raise Refused([missing("BillEmail")])
    errors = list(entity.by_name["BillEmail"].check(address))
    if errors:
        raise Refused(errors)
    delivered = {
        "DeliveryType": "Email",
        "DeliveryTime": pacific_millis(world.clock.now()),
    }
    mailed = {"BillEmail": address, "EmailStatus": "EmailSent", "DeliveryInfo": delivered}
    with company.unit():
        stored = company.write(entity.name, record | mailed)
    return _json(world, {entity.name: shown(company, entity, stored)})
