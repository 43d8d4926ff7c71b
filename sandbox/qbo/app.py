"""The QBO server as an ASGI application: transport, headers, faults, latency."""

from __future__ import annotations

import gzip
import hashlib
import logging
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.applications import Starlette
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.faults import Armed
from sandbox.qbo import admin, oauth, pages, uploads
from sandbox.qbo.api import PLAIN, Answer, Call, gateway, respond
from sandbox.qbo.fault import THROTTLED, Refused, Wrong, token_refused
from sandbox.qbo.latency import recorded
from sandbox.qbo.wire import write_json
from sandbox.qbo.world import World
from sandbox.transport import abort, cut_off

_NO_CACHE = "max-age=0, no-cache, no-store, must-revalidate, private"
_OUTAGE = b"<html><body><h1>Service unavailable</h1></body></html>"


class _Anything(PathConvertor):
    """The rest of a path, line breaks included: QBO answers those with a fault too."""

    regex = "(?s:.*)"


register_url_convertor("anything", _Anything())


def build(
    world: World,
    *,
    reset: Callable[[], None] | None = None,
    after_write: Callable[[], None] | None = None,
) -> Starlette:
    """The application over a world.

    Args:
        world: companies, tokens, clock; shared with whoever asserts on it.
        reset: what `POST /sandbox/reset` does; the world alone by default.
        after_write: called once each request is done, to save what it changed.
    """

    async def company(request: Request) -> Response:
        return await _serve(world, request, after_write or _nothing)

    def breakable(handler: oauth.Handler) -> oauth.Handler:
        """Lets armed faults hit an endpoint outside the API."""

        async def armed(request: Request) -> Response:
            fault = world.faults.take(request.method, request.url.path)
            early = await _before(world, fault, request)
            if early is not None:
                return _sent(world, request, early, 0)
            response = await handler(request)
            if fault is None:
                return response
            media = response.media_type or PLAIN
            answer = Answer(response.status_code, bytes(response.body), media)
            return await _after(world, fault, request, answer, 0)

        return armed

    async def file(request: Request) -> Response:
        """A file by its secret address, which lasts as long as the file."""
        path = request.path_params
        found = uploads.content(world.companies.get(path["realm"]), path["key"], path["secret"])
        if found is None:
            return Response(status_code=404)
        return Response(found[0], 200, {"Content-Type": found[1] or "application/octet-stream"})

    routes = [
        Route("/files/{realm}/{key}/{secret}", file),
        Route(
            "/v3/company/{realm}/{rest:anything}", company, methods=["GET", "POST", "PUT", "DELETE"]
        ),
        *oauth.routes(world, after_write or _nothing, breakable),
        *admin.routes(world, reset or world.reset, after_write or _nothing),
        *pages.routes(world),
    ]
    app = Starlette(routes=routes, exception_handlers={Exception: _crashed})
    app.state.world = world
    return app


async def _crashed(request: Request, error: Exception) -> Response:
    """A mistake of ours: QBO's system fault to the client, the traceback to stderr."""
    if not isinstance(error, ConnectionResetError):
        logging.getLogger("sandbox").error("unarmed failure", exc_info=error)
    detail = "System Failure Error: an unexpected error in the practice company"
    fault = Refused([Wrong("10000", detail)], status=500, kind="SystemFault").fault()
    return Response(write_json({"Fault": fault}), 500, media_type="application/json")


def _nothing() -> None:
    """No one listens."""


async def _serve(world: World, request: Request, saved: Callable[[], None]) -> Response:
    """One API request, with whatever was armed against it."""
    raw_path = request.url.path
    target = f"{raw_path}?{request.url.query}" if request.url.query else raw_path
    fault = world.faults.take(request.method, target)
    try:
        body = await _body(request)
    except ClientDisconnect:
        return Response(status_code=400)
    call = Call(
        request.method,
        request.path_params["realm"],
        tuple(request.path_params["rest"].split("/")),
        dict(parse_qsl(request.url.query, keep_blank_values=True)),
        _bearer(request.headers.get("authorization", "")),
        body,
        request.headers.get("content-type", ""),
    )
    early = await _before(world, fault, request)
    if early is not None:
        return _sent(world, request, early, 0)
    if call.realm in world.companies:
        world.companies[call.realm].address = str(request.base_url).rstrip("/")
    answer = respond(world, call)
    saved()
    wait = recorded(call.kind, call.body) if world.latency == "recorded" else 0
    await world.clock.sleep(wait / 1000)
    return await _after(world, fault, request, answer, wait)


def _bearer(header: str) -> str:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def _body(request: Request) -> bytes:
    """The body, unpacked if it came packed; a broken packing reads as it is."""
    raw = await request.body()
    coding = request.headers.get("content-encoding", "").lower()
    try:
        if coding == "gzip":
            return gzip.decompress(raw)
        if coding == "deflate":
            return zlib.decompress(raw)
    except (OSError, EOFError, zlib.error):
        return raw
    return raw


async def _before(world: World, fault: Armed | None, request: Request) -> Answer | None:
    """What an armed fault does instead of the request."""
    if fault is None:
        return None
    if fault.kind == "latency":
        await world.clock.sleep(fault.seconds)
    elif fault.kind == "reset-before":
        abort(request.scope)
    elif fault.kind == "status-before":
        return Answer(fault.status or 500, _OUTAGE, "text/html")
    elif fault.kind == "fault":
        wrong = Refused([Wrong(fault.code, fault.detail or f"armed {fault.code}")])
        body = write_json({"Fault": wrong.fault()}).encode()
        return Answer(fault.status or 400, body, "application/json")
    elif fault.kind == "unauthorized":
        return gateway(world, token_refused("Token expired: armed"))
    elif fault.kind == "throttle":
        answer = gateway(world, THROTTLED, xml=fault.xml)
        wait = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return Answer(answer.status, answer.body, answer.media, wait)
    return None


async def _after(
    world: World, fault: Armed | None, request: Request, answer: Answer, wait: int
) -> Response:
    """The answer, or what an armed fault makes of it once the work is done."""
    if fault is not None:
        if fault.kind == "slow":
            await world.clock.sleep(fault.seconds)
        elif fault.kind == "reset-after":
            abort(request.scope)
        elif fault.kind == "status-after":
            answer = Answer(fault.status or 500, _OUTAGE, "text/html")
        elif fault.kind == "malformed":
            answer = Answer(answer.status, answer.body[: len(answer.body) // 2], answer.media)
        elif fault.kind == "truncate":
            return cut_off(request.scope, answer.body, answer.media)
    return _sent(world, request, answer, wait)


class _Chunked(Response):
    """A response without Content-Length: the server sends it in chunks, as QBO does."""

    def init_headers(self, headers: Any = None) -> None:
        super().init_headers(headers)
        self.raw_headers = [pair for pair in self.raw_headers if pair[0] != b"content-length"]


def _sent(world: World, request: Request, answer: Answer, wait: int) -> Response:
    """The answer with QBO's headers."""
    world.sent += 1
    digest = hashlib.sha256(f"{world.seed}|{world.births}|{world.sent}".encode()).hexdigest()
    stamp = f"{int(world.clock.now().timestamp()):x}"
    trace = f"1-{stamp}-{digest[:24]}"
    headers = {
        "intuit_tid": trace,
        "X-Spanid": str(UUID(digest[24:56])),
        "X-Amzn-Trace-Id": f"Root={trace}",
        "Cache-Control": _NO_CACHE,
        "Expires": "0",
        "Strict-Transport-Security": "max-age=15552000",
        "Server": "nginx",
        "Content-Type": answer.media,
        **answer.headers,
    }
    if not answer.good:
        return Response(answer.body, answer.status, headers)
    headers |= {"QBO-Version": "1994.170", "Service-Time": f"total={wait or 1}, db={wait // 3}"}
    body = answer.body
    if "gzip" in request.headers.get("accept-encoding", "") and len(body) > 500:
        body = gzip.compress(body, 1)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return _Chunked(body, answer.status, headers)
