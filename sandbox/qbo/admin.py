"""The back door: what a test, a demo or a bookkeeper does outside the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.qbo import bookkeeper
from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fault import Refused
from sandbox.qbo.fields import Record
from sandbox.qbo.openapi import description
from sandbox.qbo.operations import shown
from sandbox.qbo.proof import prove
from sandbox.qbo.wire import read_json, write_json
from sandbox.qbo.world import World


def routes(world: World, reset_all: Callable[[], None], saved: Callable[[], None]) -> list[Route]:
    """The endpoints under /sandbox."""

    async def reset(request: Request) -> Response:
        reset_all()
        saved()
        births = {realm: _birth(company) for realm, company in world.companies.items()}
        return JSONResponse({"births": births})

    async def read_ledger(request: Request) -> Response:
        realm = request.query_params.get("realm") or next(iter(world.companies))
        company = world.companies.get(realm)
        if company is None:
            return JSONResponse({"error": f"no company {realm}"}, 404)
        return _json(ledger(company))

    async def faults(request: Request) -> Response:
        if request.method == "DELETE":
            world.faults.reset()
        if request.method == "POST":
            wanted = await _sent(request)
            for one in wanted if isinstance(wanted, list) else [wanted]:
                world.faults.arm(_native(one))
        return JSONResponse({"armed": [asdict(armed) for armed in world.faults.armed]})

    async def clock(request: Request) -> Response:
        world.clock.advance(float((await _sent(request))["advance"]))
        saved()
        return JSONResponse({"now": world.clock.now().isoformat()})

    async def company(request: Request) -> Response:
        wanted = await _sent(request)
        realm = str(wanted.pop("realm", next(iter(world.companies))))
        if realm not in world.companies:
            raise ValueError(f"no company {realm}")
        done = bookkeeper.do(world.companies[realm], wanted)
        saved()
        return _json(done)

    async def settings(request: Request) -> Response:
        wanted = await _sent(request)
        if "rotate_always" in wanted:
            world.tokens.rotate_always = bool(wanted["rotate_always"])
        if "limits" in wanted:
            world.throttle.enforced = bool(wanted["limits"])
        if "latency" in wanted:
            world.latency = str(wanted["latency"])
        saved()
        return JSONResponse(
            {
                "rotate_always": world.tokens.rotate_always,
                "limits": world.throttle.enforced,
                "latency": world.latency,
            }
        )

    async def counters(request: Request) -> Response:
        counts = world.throttle
        if request.method == "DELETE":
            counts.reset()
        return JSONResponse(
            {
                "requests": dict(sorted(counts.kinds.items())),
                "metered": dict(counts.metered),
                "refused": counts.refused,
                "most_in_a_minute": counts.most_in_a_minute,
                "most_in_a_second": counts.most_in_a_second,
            }
        )

    def asked(request: Request) -> Company:
        realm = request.query_params.get("realm") or next(iter(world.companies))
        if realm not in world.companies:
            raise ValueError(f"no company {realm}")
        return world.companies[realm]

    async def proof(request: Request) -> Response:
        return _json(prove(asked(request)))

    async def described(request: Request) -> Response:
        return JSONResponse(description(str(request.base_url).rstrip("/"), asked(request)))

    return [
        Route("/sandbox/reset", reset, methods=["POST"]),
        Route("/sandbox/ledger", read_ledger),
        Route("/sandbox/faults", _guarded(faults), methods=["GET", "POST", "DELETE"]),
        Route("/sandbox/clock", _guarded(clock), methods=["POST"]),
        Route("/sandbox/company", _guarded(company), methods=["POST"]),
        Route("/sandbox/settings", _guarded(settings), methods=["POST"]),
        Route("/sandbox/counters", counters, methods=["GET", "DELETE"]),
        Route("/sandbox/proof", _guarded(proof)),
        Route("/sandbox/openapi.json", _guarded(described)),
    ]


Handler = Callable[[Request], Awaitable[Response]]


def _guarded(handler: Handler) -> Handler:
    """Answers a request that makes no sense with 400 and the reason."""

    async def guarded(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return JSONResponse({"Fault": refused.fault()}, 400)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    return guarded


def _birth(company: Company) -> str | None:
    return company.info("SandboxBirthId")


async def _sent(request: Request) -> Any:
    return read_json(await request.body() or b"{}")


def _native(value: Any) -> Any:
    """JSON numbers as Python's: whole ones int, others float; here they are no money."""
    plain: dict[str, Any] = {}
    for name, inner in value.items():
        if type(inner).__name__ == "Decimal":
            plain[name] = int(inner) if inner == inner.to_integral_value() else float(inner)
        else:
            plain[name] = inner
    return plain


def _json(body: Record) -> Response:
    return Response(write_json(body).encode("utf-8", "replace"), media_type="application/json")


def ledger(company: Company, names: Collection[str] = ENTITIES) -> Record:
    """Every record by entity, or of those named; deleted and voided ones say so in `status`."""
    found: Record = {"realm_id": company.realm}
    for name in names:
        entity, table = ENTITIES[name], company.tables[name]
        records = sorted(
            (*table.records.values(), *table.deleted.values()),
            key=lambda one: (len(one["Id"]), one["Id"]),
        )
        found[name] = [shown(company, entity, one) | _status(one) for one in records]
    return found


def _status(record: Record) -> Record:
    status = "Deleted" if record.get("_deleted") else "Voided" if record.get("_voided") else ""
    return {"status": status} if status else {}
