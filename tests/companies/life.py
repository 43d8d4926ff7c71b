"""A whole company in one process: both practice servers without a socket, on virtual time.

The program is the real one, from its HTTP clients down: they call the servers' ASGI
applications, so every rule, total and tax is the practice QuickBooks' own. A start of
the program may die at any crossing of the line or of the store, and answers may be lost.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Any

import httpx

from connectors.docket.http import HttpDocketSource
from connectors.qbo.client import QboClient
from connectors.qbo.throttle import Limits, Throttle
from core.errors import Trouble
from sandbox.clock import SandboxClock
from sandbox.docket.app import DocketServer
from sandbox.docket.app import build as build_docket
from sandbox.qbo import bookkeeper
from sandbox.qbo.admin import ledger
from sandbox.qbo.app import build as build_qbo
from sandbox.qbo.company import Company
from sandbox.qbo.fault import Refused
from sandbox.qbo.seed import Applier, open_books
from sandbox.qbo.world import World
from sandbox.rolloff import quickbooks
from sandbox.rolloff.company import TODAY
from store.heap import no_collection
from sync.desk import Desk
from sync.settings import EngineSettings
from sync.shapes import PlanChanged
from tests.engine.bench import inline
from tests.engine.company import FixedTokens
from tests.sim import files
from tests.sim.files import Disk
from tests.sim.loop import SeededLoop
from tests.sim.process import Died, PostingLock, Process, ProcessCache, ProcessClock, WallClock
from tests.sim.simulation import bury

REALM = "9130000000000001"
KEY = "sandbox-docket-key"
CUSTOMERS = ("Kestrel Fencing LLC", "ACME BUILDERS", "Juniper & Sons", "Lone Star Roofing Inc")
"""As QuickBooks has them: Docket writes one in other letters, one almost alike, one not at all."""
CLIENTS = ("Kestrel Fencing LLC", "Acme Builders", "Juniper and Sons", "Newcomer Homes")
PRODUCTS = (
    ("Delivery Fee", "100.00", False),
    ("20 Yard Dumpster", "385.00", True),
    ("Overage per Ton", "61.25", True),
    ("Portable Toilet", "95.00", True),
)
"""Docket's products; QuickBooks lacks the last one."""
SETTINGS = EngineSettings()
Record = dict[str, Any]
Session = Callable[["Life", Desk], Awaitable[None]]


class Line(httpx.AsyncBaseTransport):
    """One start's way to a server: it may die on it, and an answer may be lost.

    Args:
        process: whose.
        app: the server.
        loses: says of each call whether its answer gets lost.
    """

    def __init__(self, process: Process, app: Any, loses: Callable[[], bool]) -> None:
        self._process = process
        self._server = httpx.ASGITransport(app)
        self._loses = loses

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._process.cross()
        answer = await self._server.handle_async_request(request)
        await self._process.cross()
        if not request.url.path.endswith("/query") and self._loses():
            raise httpx.ReadError("the connection broke off")
        return answer


class Life:
    """One company, from nothing to the judgement."""

    def __init__(self, disk: Disk, chance: random.Random) -> None:
        self.clock = WallClock()
        self.chance = chance
        sandbox_clock = SandboxClock(self.clock.now)
        self.world = World({REALM: _open}, sandbox_clock)
        self.world.begin()
        self.world.tokens.connect(REALM, "client")
        self._token = self.world.tokens.hand_out("client", REALM)["access_token"]
        self._qbo = build_qbo(self.world)
        self.docket_server: DocketServer = build_docket(
            {"account": {"id": "acct-1", "name": "Acme Roll-Off LLC"}},
            api_key=KEY,
            now=self.clock.now,
        )
        self._docket = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.docket_server.app), base_url="http://127.0.0.1"
        )
        self._disk = disk
        self._lock = PostingLock()
        self.cache: ProcessCache | None = None
        self.told: Counter[str] = Counter()
        """What happened, for the campaign's figures."""

    @property
    def company(self) -> Company:
        """QuickBooks' books."""
        return self.world.companies[REALM]

    def standing(self, entity: str) -> list[Record]:
        """What stands in QuickBooks of a kind, oldest first."""
        return [one for one in ledger(self.company, [entity])[entity] if "status" not in one]

    def records(self, resource: str) -> list[Record]:
        """Docket's records, in the order in which they were made."""
        return list(self.docket_server.snapshot()["records"][resource].values())

    async def docket(self, **edit: Any) -> bool:
        """Do what one of Docket's users would; False if Docket does not allow it."""
        answer = await self._docket.post("/sandbox/docket", json=edit)
        done = answer.status_code == 200
        self.told["edits in Docket" if done else "edits refused by Docket"] += 1
        return done

    def office(self, **edits: Any) -> bool:
        """Do what somebody in the office would; False if QuickBooks does not allow it."""
        try:
            bookkeeper.do(self.company, json.loads(json.dumps(edits), parse_float=Decimal))
        except Refused:
            self.told["edits refused by QuickBooks"] += 1
            return False
        self.told["edits in QuickBooks"] += 1
        return True

    async def begin(self) -> None:
        """Docket's clients and products."""
        for name in CLIENTS:
            await self.docket(action="add_client", company_name=name)
        for name, price, taxable in PRODUCTS:
            await self.docket(action="add_product", name=name, unit_price=price, taxable=taxable)
        self.told.clear()

    async def start(self, session: Session, dies_after: int | None = None, lost: int = 0) -> bool:
        """Start the program once; False if it died.

        Args:
            session: what the person does.
            dies_after: crossings of the line or the store until it dies.
            lost: of a hundred answers to a write, how many get lost.
        """
        self.told["starts"] += 1
        process = Process(self.told["starts"], self.clock, self._lock, dies_after, _nothing)
        task = asyncio.ensure_future(self._run(process, session, lost))
        await asyncio.wait([task, process.died], return_when=asyncio.FIRST_COMPLETED)
        if process.dead:
            self.told["crashes"] += 1
            return False
        task.result()
        return True

    async def _run(self, process: Process, session: Session, lost: int) -> None:
        self.cache = cache = ProcessCache(process, self._disk)
        clock = ProcessClock(process)

        def loses() -> bool:
            gone = self.chance.randrange(100) < lost
            self.told["answers lost"] += gone
            return gone

        docket = HttpDocketSource(
            "http://127.0.0.1",
            KEY,
            clock=clock,
            ids=process.ids,
            transport=Line(process, self.docket_server.app, lambda: False),
        )
        qbo = QboClient(
            "http://127.0.0.1",
            REALM,
            FixedTokens(self._token),
            clock=clock,
            ids=process.ids,
            throttle=Throttle(clock, Limits(per_minute=100_000, per_second=10_000)),
            transport=Line(process, self._qbo, loses),
        )
        desk = Desk(
            cache,
            docket=docket,
            qbo=qbo,
            clock=clock,
            ids=process.ids,
            actor="tester",
            settings=SETTINGS,
            aside=inline,
            reports=qbo,
        )
        try:
            await session(self, desk)
        except Trouble as trouble:
            self.told[f"trouble: {trouble.what}"] += 1
        except PlanChanged:
            self.told["plan changed"] += 1


async def sync(life: Life, desk: Desk) -> bool:
    """Go on with what was cut short, or test, or sync everything; False if nothing was to do."""
    life.told["syncs"] += 1
    if desk.unfinished() is not None:
        await desk.resume()
        return True
    loose = [row.key for row in desk.money.loose() if row.due]
    plan = desk.preview([*(one["id"] for one in life.records("invoices")), *loose])
    due = [one.docket_id for one in plan.invoices if one.postings]
    if not due:
        return False
    if desk.lock().open:
        await desk.bulk_sync(plan)
    elif proposed := desk.propose_test():
        await desk.test_sync(desk.preview([proposed]))
    elif (links := desk.link_preview()).invoices:
        await desk.bulk_sync(links)
    else:
        await desk.test_sync(desk.preview(due[:1]))
    return True


def live(play: Callable[[Life], Awaitable[None]], seed: int) -> Counter[str]:
    """Play a company on a loop of its own; return what happened."""
    chance = random.Random(seed)
    loop = SeededLoop(chance)
    with no_collection(), files.disk() as disk:
        life = Life(disk, chance)
        try:
            loop.run_until_complete(_played(life, play))
            return life.told
        finally:
            with suppress(Died):
                bury(loop)


async def _played(life: Life, play: Callable[[Life], Awaitable[None]]) -> None:
    await life.begin()
    await play(life)


def _nothing(process: Process) -> None:
    """Nobody looks at a death but who waits for it."""


def _open(company: Company, birth: str) -> None:
    open_books(company, birth, quickbooks.company_info(), _preferences())
    steps: list[tuple[str, str, Mapping[str, Any]]] = [
        ("Customer", "create", {"DisplayName": name, "CompanyName": name}) for name in CUSTOMERS
    ]
    steps += [
        (
            "Item",
            "create",
            {
                "Name": name,
                "Type": "Service",
                "UnitPrice": price,
                "Taxable": taxable,
                "IncomeAccountRef": {"value": "1"},
            },
        )
        for name, price, taxable in PRODUCTS[:-1]
    ]
    Applier(company).apply_all(steps)


@cache
def _preferences() -> Mapping[str, Any]:
    found = quickbooks.preferences(TODAY)
    return {**found, "AccountingInfoPrefs": {}}  # the books are open until somebody closes them
