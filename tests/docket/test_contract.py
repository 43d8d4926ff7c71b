"""Everything the practice server answers is what docs/docket-api.yaml promises."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from connectors.docket.http import RESOURCES
from core.records import Kind
from sandbox.docket.app import build
from sandbox.docket.edits import ACTIONS
from sandbox.rolloff import generate
from tests.docket.world import KEY

FILE = Path(__file__).parents[2] / "docs" / "docket-api.yaml"
API: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
COMPANY = generate(5, 40)


def closed(schema: Any) -> Any:
    """The schema without room for fields that it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(one) for name, one in schema.items()}
    own = "properties" in inner and "required" in inner and "data" not in inner["properties"]
    return inner | {"additionalProperties": False} if own else inner


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": closed(API["components"])})


def promised(path: str, status: int) -> Draft202012Validator:
    responses = API["paths"][path]["get"]["responses"]
    response = responses.get(str(status), responses["default"])
    if "$ref" in response:
        response = API["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    return validator(response["content"]["application/json"]["schema"])


async def ask(
    app: Any, method: str, path: str, *, key: str = KEY, **more: Any
) -> tuple[int, Any, httpx.Headers]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://docket") as http:
        headers = {"Authorization": f"Bearer {key}"}
        answer = await http.request(method, path, headers=headers, **more)
    return (
        answer.status_code,
        answer.json() if path != "/openapi.yaml" else answer.text,
        (answer.headers),
    )


async def fits(app: Any, path: str, status: int = 200, **more: Any) -> Any:
    got, body, _ = await ask(app, "GET", path, **more)
    assert got == status
    promised(path, status).validate(body)
    return body


def test_the_description_is_openapi_with_sound_schemas() -> None:
    assert API["openapi"].startswith("3.1.")
    for schema in API["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert "ours, not Docket's" in API["info"]["description"]


def test_it_describes_every_resource_that_is_read() -> None:
    assert set(API["paths"]) == {"/v1/account", *(f"/v1/{RESOURCES[kind]}" for kind in Kind)}


async def test_the_server_serves_its_description() -> None:
    status, text, headers = await ask(
        build(COMPANY.docket, api_key=KEY).app, "GET", "/openapi.yaml"
    )
    assert status == 200
    assert headers["Content-Type"].startswith("application/yaml")
    assert yaml.safe_load(text) == API


@pytest.mark.parametrize("path", sorted(API["paths"]))
async def test_every_listing_and_every_error_fits(path: str) -> None:
    app = build(COMPANY.docket, api_key=KEY).app
    await fits(app, path)
    await fits(app, path, 401, key="other")
    if path != "/v1/account":
        await fits(app, path, 400, params={"limit": "0"})
        await fits(app, path, 410, params={"cursor": "elsewhere-5"})
    for fault, status in (
        ({"kind": "throttle", "retry_after": 1}, 429),
        ({"kind": "status-before", "status": 503}, 503),
    ):
        await ask(app, "POST", "/sandbox/faults", json=fault)
        await fits(app, path, status)


CLIENT, INVOICE, PAYMENT = "cl-00003", "inv-000020", "pay-000005"
VALUES = st.sampled_from(
    ["10.00", "0.5", "-3", "2026-11-01", "Check", "memo", "pr-weight", "", "ü"]
)
EDITS = st.fixed_dictionaries(
    {"action": st.sampled_from(sorted(ACTIONS))},
    optional={
        "client": st.just(CLIENT),
        "invoice": st.just(INVOICE),
        "payment": st.just(PAYMENT),
        "refund": st.just("ref-00001"),
        "credit": st.just("cr-00001"),
        "product": st.just("pr-weight"),
        "line": st.just(f"{INVOICE}-1"),
        "amount": VALUES,
        "name": VALUES,
        "memo": VALUES,
        "quantity": VALUES,
        "unit_price": VALUES,
        "discount_percent": st.none() | VALUES,
        "reference": VALUES,
        "kind": VALUES,
        "terms_days": st.none() | st.integers(-5, 90) | VALUES,
        "lines": st.lists(st.fixed_dictionaries({"product": st.just("pr-day")}), max_size=2),
    },
)


@settings(max_examples=25, deadline=None)
@given(st.lists(EDITS, max_size=12))
def test_no_edit_makes_a_listing_break_the_contract(edits: list[dict[str, Any]]) -> None:
    async def run() -> None:
        app = build(COMPANY.docket, api_key=KEY).app
        for asked in edits:
            status, body, _ = await ask(app, "POST", "/sandbox/docket", json=asked)
            assert status in (200, 400), body
        for path in sorted(API["paths"]):
            await fits(app, path, params={"limit": "500"} if path != "/v1/account" else None)

    asyncio.run(run())
