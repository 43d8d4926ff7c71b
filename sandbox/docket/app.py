"""The Docket server: routes, the key, errors in the contract's form.

`build` returns a `DocketServer`: the ASGI app and what the sandbox's main needs to
reset it and to keep its state in a file. The records listed are those of
docs/docket-api.yaml, which is served at `/openapi.yaml`. Beside the contract there
are `POST /sandbox/docket` (edits.py), `POST` and `DELETE /sandbox/faults` (mishaps.py)
and `POST /sandbox/reset`; they need no key, as everything here is on loopback.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.docket.amounts import Record
from sandbox.docket.books import RESOURCES, Books, UnknownCursor
from sandbox.docket.edits import perform
from sandbox.docket.forms import NotPossible
from sandbox.docket.mishaps import refusal, strike
from sandbox.faults import Faults

DESCRIPTION = Path(__file__).resolve().parents[2] / "docs" / "docket-api.yaml"
LIMIT = 200
LARGEST_LIMIT = 500


def build(
    data: Mapping[str, Any], *, api_key: str, now: Callable[[], datetime] | None = None
) -> DocketServer:
    """Build a server over `data`.

    Args:
        data: `account` and a list for each resource, in the contract's form.
        api_key: the one bearer token that is let in.
        now: the server's clock, aware; the machine's in UTC by default.
    """
    return DocketServer(data, api_key, now or _utc_now)


class DocketServer:
    """One Docket account being served.

    `on_change` is called after every edit and reset, so that state can be written;
    `on_reset`, if set, takes over `POST /sandbox/reset` (it may reset more than this).
    """

    def __init__(self, data: Mapping[str, Any], api_key: str, now: Callable[[], datetime]) -> None:
        """Take the data; `app` is ready then."""
        self._data = data
        self._key = api_key
        self._now = now
        self._books = Books(data)
        self._faults = Faults(seed=1)
        self.on_change: Callable[[], None] | None = None
        self.on_reset: Callable[[], None] | None = None
        self.app = Starlette(
            routes=[
                Route("/openapi.yaml", self._describe),
                Route("/v1/account", self._account),
                Route("/v1/{resource}", self._list),
                Route("/sandbox/docket", self._edit, methods=["POST"]),
                Route("/sandbox/faults", self._arm, methods=["POST"]),
                Route("/sandbox/faults", self._disarm, methods=["DELETE"]),
                Route("/sandbox/reset", self._reset, methods=["POST"]),
            ]
        )

    def reset(self) -> None:
        """Back to the data it was built with; cursors given out before are void."""
        self._books = Books(self._data)
        self._faults.reset()
        self._changed()

    def snapshot(self) -> Record:
        """All state as plain JSON; write it out before the next edit."""
        return self._books.snapshot()

    def restore(self, state: Mapping[str, Any]) -> None:
        """Become what `snapshot` returned."""
        self._books.restore(state)

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()

    async def _describe(self, request: Request) -> Response:
        return PlainTextResponse(
            DESCRIPTION.read_text(encoding="utf-8"), media_type="application/yaml"
        )

    async def _account(self, request: Request) -> Response:
        response = self._refusal(request) or JSONResponse(self._books.account)
        return await strike(self._faults, request, response)

    async def _list(self, request: Request) -> Response:
        response = self._refusal(request) or self._page(request)
        return await strike(self._faults, request, response)

    def _refusal(self, request: Request) -> Response | None:
        given = request.headers.get("Authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {self._key}".encode()):
            return None
        return refusal(401, "unauthorized", "The API key is missing or wrong.")

    def _page(self, request: Request) -> Response:
        resource = request.path_params["resource"]
        if resource not in RESOURCES:
            return refusal(404, "not_found", f"There is no {resource}.")
        limit = request.query_params.get("limit", str(LIMIT))
        if not limit.isdecimal() or not 1 <= int(limit) <= LARGEST_LIMIT:
            return refusal(400, "bad_limit", f"limit must be 1 to {LARGEST_LIMIT}.")
        try:
            page = self._books.page(resource, request.query_params.get("cursor"), int(limit))
        except UnknownCursor:
            return refusal(410, "cursor_expired", "The cursor is not known here any more.")
        return JSONResponse(
            {
                "data": page.data,
                "deleted": page.deleted,
                "next_cursor": page.next_cursor,
                "has_more": page.has_more,
            }
        )

    async def _edit(self, request: Request) -> Response:
        try:
            perform(self._books, await _json_object(request), self._now())
        except (NotPossible, ArithmeticError, ValueError) as error:
            return refusal(400, "not_possible", f"Not done: {error}")
        changed, deleted = [], []
        for resource, record_id in self._books.touched():
            record = self._books.get(resource, record_id)
            if record is None:
                deleted.append({"resource": resource, "id": record_id})
            else:
                changed.append({"resource": resource, "record": record})
        self._changed()
        return JSONResponse({"changed": changed, "deleted": deleted})

    async def _arm(self, request: Request) -> Response:
        try:
            self._faults.arm(await _json_object(request, number=float))
        except (TypeError, ValueError) as error:
            return refusal(400, "not_possible", f"Not armed: {error}")
        return JSONResponse({"armed": True})

    async def _disarm(self, request: Request) -> Response:
        self._faults.reset()
        return JSONResponse({"armed": False})

    async def _reset(self, request: Request) -> Response:
        (self.on_reset or self.reset)()
        return JSONResponse({"reset": True})


async def _json_object(request: Request, number: Callable[[str], object] = str) -> Record:
    """The request's JSON; `number` reads what has a point, as text so that no cent is lost.

    Raises:
        ValueError: it is no JSON object.
    """
    body = json.loads(await request.body(), parse_float=number)
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")
    return body


def _utc_now() -> datetime:
    return datetime.now(UTC)
