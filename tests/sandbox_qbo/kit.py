"""A small company behind the HTTP API, and words to talk to it in tests."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx

from sandbox.clock import SandboxClock
from sandbox.qbo.app import build
from sandbox.qbo.company import Company
from sandbox.qbo.seed import open_books
from sandbox.qbo.wire import read_json, write_json
from sandbox.qbo.world import World

REALM = "9130000000000001"
OTHER_REALM = "9130000000000002"
CLIENT = "test-client"
START = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
"""Ten in the morning in California."""

Json = dict[str, Any]


def examples(usual: int) -> int:
    """How many examples a property is tried with; HYPOTHESIS_FACTOR makes it a campaign."""
    return usual * int(os.environ.get("HYPOTHESIS_FACTOR", "1"))


class Refusal(AssertionError):
    """The server answered a fault."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"{response.status_code} {response.text}")
        self.response = response
        body = read_json(response.content)
        self.errors: list[Json] = body["Fault"]["Error"]

    @property
    def code(self) -> str:
        """The first error's code."""
        return str(self.errors[0]["code"])

    @property
    def detail(self) -> str:
        """The first error's detail."""
        return str(self.errors[0]["Detail"])


@dataclass
class Books:
    """One company over HTTP."""

    world: World
    http: httpx.AsyncClient
    realm: str
    token: str

    @property
    def company(self) -> Company:
        """The company's insides."""
        return self.world.companies[self.realm]

    async def send(
        self, method: str, path: str, *, params: Json | None = None, **options: Any
    ) -> httpx.Response:
        """A raw request under the company's address."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        headers |= options.pop("headers", {})
        url = f"/v3/company/{self.realm}/{path}"
        return await self.http.request(method, url, params=params, headers=headers, **options)

    async def call(self, method: str, path: str, **options: Any) -> Json:
        """A request that must succeed; numbers come back as Decimal.

        Raises:
            Refusal: it did not.
        """
        response = await self.send(method, path, **options)
        if response.status_code != 200:
            raise Refusal(response)
        body: Json = read_json(response.content)
        return body

    async def post(self, entity: str, body: Json, **params: str) -> Json:
        """Write an entity; returns the object."""
        raw = write_json(body).encode()
        headers = {"Content-Type": "application/json"}
        answer = await self.call(
            "POST", entity.lower(), content=raw, params=params, headers=headers
        )
        found: Json = answer[entity]
        return found

    async def get(self, entity: str, key: str) -> Json:
        """Read an entity."""
        found: Json = (await self.call("GET", f"{entity.lower()}/{key}"))[entity]
        return found

    async def query(self, statement: str) -> Json:
        """The QueryResponse of a statement."""
        found: Json = (await self.call("GET", "query", params={"query": statement}))[
            "QueryResponse"
        ]
        return found

    async def do(self, **edits: Any) -> Json:
        """Bookkeeper's edits through the back door."""
        response = await self.http.post("/sandbox/company", json={"realm": self.realm} | edits)
        if response.status_code != 200:
            raise AssertionError(response.text)
        found: Json = read_json(response.content)
        return found

    async def customer(self, name: str = "Acme Hauling", **more: Any) -> str:
        """A new customer's id."""
        return str((await self.post("Customer", {"DisplayName": name} | more))["Id"])

    async def item(self, name: str = "10 Yard", **more: Any) -> str:
        """A new service's id."""
        body = {"Name": name, "Type": "Service", "IncomeAccountRef": {"value": "79"}} | more
        return str((await self.post("Item", body))["Id"])

    async def invoice(self, customer: str, amount: str | float = 100, **more: Any) -> Json:
        """A new invoice with one line."""
        body = {"CustomerRef": {"value": customer}, "Line": [line(amount)]} | more
        return await self.post("Invoice", body)

    async def payment(
        self, customer: str, total: float, applied: dict[str, float] | None = None, **more: Any
    ) -> Json:
        """A new payment applied to invoices by id."""
        lines = [
            {"Amount": amount, "LinkedTxn": [{"TxnId": key, "TxnType": "Invoice"}]}
            for key, amount in (applied or {}).items()
        ]
        body = {"CustomerRef": {"value": customer}, "TotalAmt": total, "Line": lines} | more
        return await self.post("Payment", body)


def line(amount: Any, item: str = "1", **detail: Any) -> Json:
    """A sales line."""
    return {
        "Amount": amount,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item}} | detail,
    }


def frozen_clock() -> SandboxClock:
    """A clock that stands at START until it is moved."""
    return SandboxClock(lambda: START)


def small_world(**preferences: Json) -> World:
    """Two companies with stock lists and one service each."""

    def opener(company: Company, birth: str) -> None:
        open_books(company, birth, {"CompanyName": f"Books {company.realm[-1]}"}, preferences)

    return World({REALM: opener, OTHER_REALM: opener}, frozen_clock())


async def open_small(**preferences: Json) -> Books:
    """The first of two small companies, connected, with item 1 "Services"."""
    world = small_world(**preferences)
    world.begin()
    token = world.tokens.connect(REALM, CLIENT)["access_token"]
    transport = httpx.ASGITransport(build(world), raise_app_exceptions=False)
    http = httpx.AsyncClient(transport=transport, base_url="http://qbo.test")
    books = Books(world, http, REALM, token)
    await books.item("Services")
    return books


def total_owed(company: Company) -> Decimal:
    """What the receivable account holds."""
    return company.accounts["84"]
