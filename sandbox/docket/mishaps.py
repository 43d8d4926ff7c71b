"""What an armed fault (sandbox/faults.py) makes of an answer of the Docket server.

Docket is only read here, so it does not matter on which side of the work a fault
strikes; the kinds are the same as on the QBO server, so that a test needs to know
only one list.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.faults import Faults
from sandbox.transport import abort, cut_off


def refusal(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> Response:
    """An error in the contract's form."""
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)


async def strike(faults: Faults, request: Request, response: Response) -> Response:
    """The answer, or what the fault that hits this request makes of it."""
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    fault = faults.take(request.method, target)
    if fault is None:
        return response
    body, media = bytes(response.body), "application/json"
    match fault.kind:
        case "latency" | "slow":
            await asyncio.sleep(fault.seconds)
        case "reset-before" | "reset-after":
            abort(request.scope)
        case "status-before" | "status-after":
            return refusal(fault.status or 500, "armed", "A fault that was armed.")
        case "unauthorized":
            return refusal(401, "unauthorized", "The API key is refused: armed.")
        case "throttle":
            wait = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
            return refusal(429, "slow_down", "Too many requests.", wait)
        case "malformed":
            return Response(body[: len(body) // 2], media_type=media)
        case "truncate":
            return cut_off(request.scope, body, media)
    return response
