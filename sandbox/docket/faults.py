"""Faults that a test arms: slow answers, failures, throttling, bodies cut short."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

KINDS = ("latency", "status", "throttle", "cut")


@dataclass(frozen=True)
class Fault:
    """One armed fault.

    `path` is a part of the path that must match; `left` says for how many requests.
    `seconds` is the latency, or Retry-After of a throttle; `status` the failure's.
    """

    kind: str
    path: str = ""
    left: int = 1
    seconds: float = 0.0
    status: int = 500


class Faults:
    """The faults of one server, in the order in which they were armed."""

    def __init__(self) -> None:
        """Nothing armed."""
        self._armed: list[Fault] = []

    def arm(self, asked: Mapping[str, Any]) -> None:
        """Arm `{"fault", "path"?, "count"?, "seconds"?, "status"?}`.

        Raises:
            ValueError: there is no such fault, or a value has another form.
        """
        if asked.get("fault") not in KINDS:
            raise ValueError(f"'fault' must be one of {', '.join(KINDS)}")
        try:
            fault = Fault(
                kind=str(asked["fault"]),
                path=str(asked.get("path", "")),
                left=int(asked.get("count", 1)),
                seconds=float(asked.get("seconds", 0)),
                status=int(asked.get("status", 500)),
            )
        except TypeError as error:
            raise ValueError(str(error)) from error
        self._armed.append(fault)

    def clear(self) -> None:
        """Disarm everything."""
        self._armed = []

    async def apply(self, request: Request, response: Response) -> Response:
        """The answer that goes out in place of `response`, if a fault is armed for it."""
        fault = self._take(request.url.path)
        if fault is None:
            return response
        if fault.kind == "latency":
            await asyncio.sleep(fault.seconds)
            return response
        if fault.kind == "cut":
            return Response(response.body[: len(response.body) // 2], media_type="application/json")
        if fault.kind == "throttle":
            error = {"code": "slow_down", "message": "Too many requests."}
            wait = {"Retry-After": f"{fault.seconds:.0f}"} if fault.seconds else {}
            return JSONResponse({"error": error}, 429, wait)
        error = {"code": "server_error", "message": "A fault that was armed."}
        return JSONResponse({"error": error}, fault.status)

    def _take(self, path: str) -> Fault | None:
        for place, fault in enumerate(self._armed):
            if fault.path in path:
                if fault.left <= 1:
                    del self._armed[place]
                else:
                    self._armed[place] = replace(fault, left=fault.left - 1)
                return fault
        return None
