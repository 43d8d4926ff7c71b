"""An office at work on a practice company, all in one process and in a time of its own.

Everything goes the real way: connectors over loopback, desk, engine, cache. Only the
clock and the ids are made up, so that what happens can happen again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from connectors.docket.http import HttpDocketSource
from connectors.qbo.client import QboClient
from connectors.qbo.throttle import Limits, Throttle
from core.ids import SeededIds
from core.jsonio import dumps, loads
from core.text import name_key
from sandbox.main import Handle, SandboxOptions, running
from store.books import Books, InvoiceFile
from store.cache import Cache
from store.load import load_books
from store.states import InvoiceStatus
from sync.control import RunControl
from sync.desk import Desk
from sync.settings import EngineSettings
from sync.shapes import CountAndMoney, Outcome, RunProgress, RunResult

INVOICES, SEED = 70, 7
MORNING = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""Nine o'clock at the sample company, on the last day of its data."""
ACTOR = "office"


class StoryClock:
    """Time that passes when somebody waits, a little with every look, and when the story says."""

    def __init__(self) -> None:
        self._passed = 0.0

    def now(self) -> datetime:
        self._passed += 0.001
        return MORNING + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.002))
        self._passed += seconds

    def later(self, hours: float) -> None:
        self._passed += hours * 3600


class StoryTokens:
    """An access token, and a new one whenever an hour of the story has passed."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._token = handle.access_token

    async def access_token(self) -> str:
        return self._token

    async def renewed(self, refused: str) -> str:
        tokens, realm = self._handle.qbo.tokens, self._handle.realm_id
        self._token = str(tokens.hand_out(self._handle.client_id, realm)["access_token"])
        return self._token


class Office:
    """The office manager's desk, and the doors through which others change both sides."""

    def __init__(self, cache: Cache, desk: Desk, handle: Handle, http: httpx.AsyncClient) -> None:
        self.cache = cache
        self.desk = desk
        self._handle = handle
        self._http = http

    def books(self) -> Books:
        return load_books(self.cache)

    def of_status(self, status: InvoiceStatus) -> list[InvoiceFile]:
        files = [file for file in self.books().invoices.values() if file.status is status]
        return sorted(files, key=lambda file: (file.invoice.number, file.invoice.id))

    async def docket(self, **edit: Any) -> dict[str, Any]:
        """Do in Docket what one of its users would; return the first record that changed."""
        answer = await self._post(f"{self._handle.docket_url}/sandbox/docket", edit)
        record: dict[str, Any] = answer["changed"][0]["record"]
        return record

    async def bookkeeper(self, **edits: Any) -> None:
        """Do in QuickBooks what its bookkeeper would."""
        await self._post(f"{self._handle.qbo_url}/sandbox/company", edits)

    async def trouble(self, **fault: Any) -> None:
        """Let something go wrong on the way to QuickBooks."""
        await self._post(f"{self._handle.qbo_url}/sandbox/faults", fault)

    async def post(self, ids: list[str], *, stop_when_unclear: bool = False) -> RunResult:
        """Bulk-sync; like a person who stops it when the line drops, if so told."""
        control = RunControl()

        def watch(progress: RunProgress) -> None:
            if progress.totals.get(Outcome.CHECKING, CountAndMoney()).count >= 2:
                control.stop()

        plan = self.desk.preview(ids)
        return await self.desk.bulk_sync(plan, watch if stop_when_unclear else None, control)

    async def _post(self, url: str, body: Mapping[str, Any]) -> Any:
        answer = await self._http.post(url, content=dumps(body))
        assert answer.status_code < 300, answer.text
        return loads(answer.content)

    def invoice(self, number: str) -> InvoiceFile:
        return next(
            file for file in self.books().invoices.values() if file.invoice.number == number
        )

    def ids(self, *numbers: str) -> list[str]:
        return [self.invoice(number).invoice.id for number in numbers]

    def pending(self, *, but: tuple[str, ...] = (), through: str = "99999") -> list[str]:
        """Docket ids of what is pending, without these numbers, up to a number."""
        files = self.of_status(InvoiceStatus.PENDING)
        numbers = {file.invoice.id: file.invoice.number for file in files}
        return [key for key, number in numbers.items() if number <= through and number not in but]

    def held(self, number: str) -> Mapping[str, Any]:
        """What QuickBooks holds of an invoice, as last seen."""
        books = self.books()
        link = books.links["invoice", self.invoice(number).invoice.id]
        return books.documents[link.entity, link.qbo_id].body

    async def edit_there(self, number: str) -> None:
        """The bookkeeper adds a fuel surcharge to an invoice in QuickBooks."""
        held = self.held(number)
        lines = [line for line in held["Line"] if line["DetailType"] == "SalesItemLineDetail"]
        more = {"DetailType": "SalesItemLineDetail", "Amount": 25, "Description": "Fuel surcharge"}
        item = {**lines[0]["SalesItemLineDetail"], "Qty": 1, "UnitPrice": 25}
        body = {"Line": [*lines, {**more, "SalesItemLineDetail": item}]}
        await self.bookkeeper(edit={"entity": "Invoice", "id": held["Id"], "body": body})

    async def copy_there(self, number: str) -> None:
        """Somebody keys in QuickBooks what stands there already, without its number."""
        held = self.held(number)
        body = {name: held[name] for name in ("CustomerRef", "TxnDate", "TxnTaxDetail")}
        lines = [line for line in held["Line"] if line["DetailType"] == "SalesItemLineDetail"]
        await self.bookkeeper(create={"entity": "Invoice", "body": {**body, "Line": lines}})

    async def customer(self, number: str, **fields: Any) -> None:
        """The bookkeeper edits the customer that an invoice's client is called like."""
        books = self.books()
        name = books.clients[self.invoice(number).invoice.client_id].customer_name
        there = next(one for one in books.names if one.key == name_key(name))
        await self.bookkeeper(edit={"entity": "Customer", "id": there.qbo_id, "body": fields})


@asynccontextmanager
async def open_office(folder: Path, clock: StoryClock) -> AsyncIterator[Office]:
    """A practice company, both connectors and a desk, all in this process."""
    ids = SeededIds(SEED)
    options = SandboxOptions(invoices=INVOICES, seed=SEED, now=clock.now)
    async with running(options) as handle:
        _spoil_a_sum(handle, "24068")
        throttle = Throttle(clock, Limits(per_minute=100_000, per_second=10_000))
        async with (
            HttpDocketSource(
                handle.docket_url, handle.docket_api_key, clock=clock, ids=ids
            ) as docket,
            QboClient(
                handle.qbo_url,
                handle.realm_id,
                StoryTokens(handle),
                clock=clock,
                ids=ids,
                throttle=throttle,
                timeout=5.0,
            ) as qbo,
            httpx.AsyncClient() as http,
        ):
            cache = Cache.open(folder / "sync.db", clock=clock, ids=ids)
            desk = Desk(
                cache,
                docket=docket,
                qbo=qbo,
                clock=clock,
                ids=ids,
                actor=ACTOR,
                settings=EngineSettings(settle=20.0, in_flight=1, call_timeout=5.0),
            )
            try:
                yield Office(cache, desk, handle, http)
            finally:
                cache.close()


def _spoil_a_sum(handle: Handle, number: str) -> None:
    """Make Docket's own figures of one invoice disagree, which its edits never do."""
    state = handle.docket.snapshot()
    for key, record in state["records"]["invoices"].items():
        if record["number"] == number:
            state["records"]["invoices"][key] = {**record, "total": "999.99"}
    handle.docket.restore(state)
