"""One seed: a company's life with the program, in virtual time, with everything that goes wrong.

A person starts the program again and again, refreshes, tests, syncs and goes on with
what was cut short, while the line fails, processes die, backups are restored, laptops
sleep and others work in QuickBooks. Then the weather clears, the person tries again
what waits for somebody, and the books are judged.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.errors import Trouble
from core.jsonio import JsonObject
from core.records import Invoice
from store import journal
from store.heap import no_collection
from store.states import PostingState
from sync.control import RunControl
from sync.desk import Desk
from sync.settings import EngineSettings
from sync.shapes import Plan, PlanChanged
from tests.engine.bench import inline
from tests.sim import files
from tests.sim.docket import Docket
from tests.sim.files import Disk
from tests.sim.judging import Judgement, judged, unlinked
from tests.sim.loop import SeededLoop
from tests.sim.port import TIMEOUT, Port, Weather
from tests.sim.process import (
    Died,
    PostingLock,
    Process,
    ProcessCache,
    ProcessClock,
    WallClock,
)
from tests.sim.server import Key, Server, key_of
from tests.sim.tokens import Connection
from tests.sim.worlds import World, world_of

SETTINGS = EngineSettings(call_timeout=TIMEOUT, longest_nap=20.0)
CLEAR = Weather(0.0, 0.0)
INVOICES = (1, 1, 1, 1, 2, 2, 2, 3, 3, 6)
"""How many a company has, each as likely: small ones, on which more goes wrong per posting."""
_AFTERMATH = 1000.0
"""Seconds until the last zombie has landed in any world."""

Session = Callable[["Simulation", Process, Desk], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Report:
    """What one seed came to."""

    seed: int
    world: str
    hours: float
    starts: int
    crashes: int
    restores: int
    faults: Counter[str]
    postings: int
    judgement: Judgement
    digest: str
    """Of the event log: the same seed gives the same."""
    events: tuple[str, ...] = field(repr=False, default=())

    @property
    def good(self) -> bool:
        return self.judgement.good


class Simulation:
    """The state of one seed; `play` is what happens."""

    def __init__(self, seed: int, world: World, disk: Disk, chance: random.Random) -> None:
        self.seed = seed
        self.world = world
        self.chance = chance
        self.clock = WallClock()
        self.docket = Docket(chance, chance.choice(INVOICES), alike=world.own_numbers)
        self.server = Server(world, chance)
        self.weather = Weather(chance.choice([0.2, 0.5, 0.8]), chance.choice([0.0, 0.02, 0.05]))
        self.touched: set[Key] = set()
        """Whose records people changed meanwhile; they may wait for a person at the end."""
        self.faults: Counter[str] = Counter()
        self.events: list[str] = []
        self.crashes = self.starts = self.restores = 0
        self.lock = PostingLock()
        self.connection = Connection(chance)
        self.unlinked: set[str] = set()
        """What was ours, was shown by a refresh, waited for nobody, and was not linked."""
        self.spoiled: set[Key] = set()
        """Invoices of which QuickBooks stored another total than was sent."""
        self.server.spoil = self._spoil
        self._disk = disk
        self._processes: list[Process] = []
        self._caches: dict[Process, ProcessCache] = {}

    def log(self, what: str) -> None:
        told = what.replace(str(self._disk.path), self._disk.path.name)  # elsewhere each time
        self.events.append(f"{self.clock.monotonic():.3f} {told}")

    async def play(self) -> Judgement:
        """From a fresh cache to the judgement."""
        self.begin()
        if self.chance.random() < 0.15:
            storm, self.weather = self.weather, CLEAR
            await self.start(work, mortal=False)
            self.weather = storm
        for _ in range(self.chance.choice([2, 2, 3, 4])):
            await self._day()
        return await self.end()

    async def end(self) -> Judgement:
        """The weather clears, the person mends what waits, and the books are judged."""
        self.weather = CLEAR
        self.connection.reconnect()
        await self.start(mend, mortal=False)
        await self.clock.sleep(_AFTERMATH)
        found: list[Judgement] = []

        async def mend_and_judge(here: Simulation, process: Process, desk: Desk) -> None:
            found.clear()
            await mend(here, process, desk)
            wrong = here._judge(here._caches[process])
            found.append(replace(wrong, broken=(*wrong.broken, *sorted(here.unlinked))))

        for _ in range(12):
            before = len(self.events)
            await self.start(mend_and_judge, mortal=False)
            if len(self.events) == before:
                break
            await self.clock.sleep(300)
        return found[0]

    async def start(
        self, session: Session, *, mortal: bool = True, lifetime: int | None = None
    ) -> None:
        """Start the program once; it ends, or it dies after `lifetime` crossings of a port."""
        self.starts += 1
        if lifetime is None and mortal and self.chance.random() < 0.85:
            lifetime = int(self.chance.expovariate(1 / 8)) + 1
        process = Process(
            self.seed * 1000 + self.starts,
            self.clock,
            self.lock,
            lifetime,
            self._died,
            armed=self.chance.random() < 0.1,
        )
        self._processes.append(process)
        task = asyncio.ensure_future(self._process(process, session))
        await asyncio.wait([task, process.died], return_when=asyncio.FIRST_COMPLETED)
        if process.dead:
            self._close(process)
        else:
            task.result()

    async def _process(self, process: Process, session: Session) -> None:
        self._caches[process] = cache = ProcessCache(process, self._disk)
        process.disk_is_full = self._disk_is_full
        port = Port(
            process,
            self.server,
            self.weather,
            self.chance,
            self.log,
            self.faults,
            self.connection,
        )
        desk = Desk(
            cache,
            docket=self.docket,
            qbo=port,
            clock=ProcessClock(process),
            ids=process.ids,
            actor="tester",
            settings=replace(SETTINGS, rounds=self.world.rounds),
            aside=inline,
        )
        try:
            await session(self, process, desk)
        except Trouble as trouble:
            self.log(f"trouble: {trouble.what}")
        except PlanChanged:
            self.log("plan changed")
        self._close(process)

    def _disk_is_full(self) -> bool:
        full = bool(self.weather.writes) and self.chance.random() < 0.005
        self.faults["disk full"] += full
        return full

    def _died(self, process: Process) -> None:
        self.crashes += 1
        self.log("crash")

    def _close(self, process: Process) -> None:
        self._caches.pop(process, None)

    # --- what people and machines do

    def begin(self) -> None:
        """What stands in QuickBooks before: the item, most customers, perhaps a hand-keyed twin."""
        self.server.add(
            "Item", Name="20 Yard Dumpster", FullyQualifiedName="20 Yard Dumpster", Type="Service"
        )
        ids = {}
        for client in self.docket.clients:
            if self.chance.random() < 0.6:
                made = self.server.add("Customer", DisplayName=client.company_name)
                ids[client.id] = made["Id"]
        one = self.docket.invoices[0]
        findable = not (self.world.blind or self.world.own_numbers)
        if one.client_id in ids and findable and self.chance.random() < 0.3:
            self._keyed_by_hand(one, ids[one.client_id])

    def _keyed_by_hand(self, one: Invoice, customer: str) -> None:
        self.log(f"hand-keyed twin of {one.number}")
        self.server.add_twin(one.number, customer, one.issued_on.isoformat(), one.total)

    def _spoil(self, entity: str, made: JsonObject) -> None:
        """QuickBooks rounds in its own way, now and then."""
        luck = self.chance.random()
        if entity != "Invoice" or not self.weather.writes or luck > self.world.spoils:
            return
        made["TotalAmt"] += Decimal("0.01")
        made["Balance"] += Decimal("0.01")
        key = key_of(entity, made)
        self.spoiled.add(key)
        one = next(one for one in self.docket.invoices if one.number == key[1])
        self.touched |= self.docket.keys_of(one)
        self.log(f"spoils {one.number}")

    async def _day(self) -> None:
        """One start of the program, or two at once, and what happens around it."""
        chance = self.chance
        if self.connection.lost and chance.random() < 0.7:
            self.log("connects anew")
            self.connection.reconnect()
        happening = chance.random()
        if happening < 0.15:
            await asyncio.gather(self.start(work), self.start(work))
        elif happening < 0.35:
            await asyncio.gather(self.start(work), self._meanwhile())
        else:
            await self.start(work)
        if chance.random() < 0.4:
            await self.restore_or_back_up()
        if chance.random() < 0.15:
            self.jump()
        await self.clock.sleep(chance.choice([0.0, 1.0, 30.0, 150.0, 400.0, 4000.0]))

    async def _meanwhile(self) -> None:
        """Somebody else works while the program does."""
        await self.clock.sleep(self.chance.expovariate(1 / 60))
        if self.chance.random() < 0.5:
            self.edit_docket()
        else:
            self.touch_quickbooks()

    def edit_docket(self) -> None:
        one = self.chance.choice(self.docket.invoices)
        self.touched |= self.docket.keys_of(one)
        self.docket.edit(one)
        self.log(f"docket edits {one.number}")

    def touch_quickbooks(self) -> None:
        found = self.server.all("Invoice")
        if not found:
            return
        one = self.chance.choice(found)
        for invoice in self.docket.invoices:
            if invoice.number == key_of("Invoice", one)[1]:
                self.touched |= self.docket.keys_of(invoice)
        act = self.chance.choice(
            [self.server.void_by_hand, self.server.edit_by_hand, self.server.delete]
        )
        self.log(f"{act.__name__} {one.get('DocNumber')}")
        act("Invoice", one["Id"])

    async def restore_or_back_up(self) -> None:
        if self._disk.backup.exists() and self.chance.random() < 0.7:
            self.restores += 1
            self.log("restore")
            self._disk.restore()
            return
        self._disk.backup.unlink(missing_ok=True)
        await self.start(back_up, mortal=False)

    def jump(self) -> None:
        """Somebody sets the clock: back, or where both locks hold also forward."""
        span = self.chance.choice([-3600.0, -60.0, 3600.0])
        self.log(f"clock {span:+.0f}")
        self.clock.offset += span if span < 0 or not self.world.one_lock else -span

    def _judge(self, cache: ProcessCache) -> Judgement:
        return judged(
            cache,
            self.docket,
            self.server,
            self.touched,
            self.spoiled,
            restored=self.restores > 0,
        )


async def work(here: Simulation, process: Process, desk: Desk) -> None:
    """Refresh, then sync; who goes on with what was cut short may leave out the refresh."""
    if here.chance.random() < 0.5 or desk.unfinished() is None:
        await desk.pull()
    await sync(here, process, desk)


async def sync(here: Simulation, process: Process, desk: Desk) -> None:
    """Go on with what was cut short, or test, or sync everything."""
    control = RunControl()
    stopper = asyncio.ensure_future(_stop_at_some_time(here, process, control))
    try:
        if desk.unfinished() is not None:
            result = await desk.resume(control=control)
        elif not desk.lock().open:
            plan = _test_plan(here, desk)
            if plan is None:
                return
            result = await desk.test_sync(plan)
        else:
            plan = desk.preview([one.id for one in here.docket.invoices])
            if not any(one.postings for one in plan.invoices):
                return
            result = await desk.bulk_sync(plan, control=control)
    finally:
        stopper.cancel()
    here.log(
        f"result {result.kind} {result.stopped_because!r} difference {result.proof.difference}"
    )


def _test_plan(here: Simulation, desk: Desk) -> Plan | None:
    """The proposed test; where all is in QuickBooks already, one invoice after the other."""
    proposed = desk.propose_test()
    others = [one.id for one in here.docket.invoices]
    for docket_id in others if proposed is None else [proposed]:
        plan = desk.preview([docket_id])
        if plan.invoices[0].postings:
            return plan
    return None


async def mend(here: Simulation, process: Process, desk: Desk) -> None:
    """Refresh, try again what waits for a person, then work."""
    await desk.pull()
    cache = here._caches[process]
    here.unlinked |= unlinked(cache, here.server)
    with cache.read() as session:
        rows = journal.postings_of(session, states=(PostingState.HOLD, PostingState.REJECTED))
    changed = {here.docket.owed()[key][:2] for key in here.touched if key in here.docket.owed()}
    for row in rows:
        if (row.kind, row.docket_id) in changed:
            continue  # a person decides otherwise than by trying again
        with suppress(Trouble):
            desk.retry(row.id)
            here.log(f"retry {row.kind}:{row.docket_id} {row.reason}")
    await sync(here, process, desk)


async def back_up(here: Simulation, process: Process, desk: Desk) -> None:
    """Keep a copy of the cache."""
    here._caches[process].backup(here._disk.backup)
    here.log("backup")


async def _stop_at_some_time(here: Simulation, process: Process, control: RunControl) -> None:
    """The person stops the run, or shuts the lid of the laptop."""
    fate = here.chance.random()
    if fate > 0.25:
        return
    await here.clock.sleep(here.chance.expovariate(1 / 60))
    if fate < 0.1:
        control.stop()
    else:
        here.log("lid shut")
        process.freeze(here.chance.choice([60.0, 600.0]))


def simulate(seed: int, world: World | None = None) -> Report:
    """Play one seed and return what it came to."""
    chance = random.Random(seed)
    loop = SeededLoop(chance)
    with no_collection(), files.disk() as disk:
        here = Simulation(seed, world or world_of(seed), disk, chance)
        try:
            judgement = loop.run_until_complete(here.play())
            return _report(here, judgement, loop.time())
        finally:
            bury(loop)


def _report(here: Simulation, judgement: Judgement, seconds: float) -> Report:
    events = (*here.events, *judgement.lines())
    return Report(
        seed=here.seed,
        world=here.world.name,
        hours=seconds / 3600,
        starts=here.starts,
        crashes=here.crashes,
        restores=here.restores,
        faults=here.faults,
        postings=len(here.server.writes),
        judgement=judgement,
        digest=hashlib.sha256("\n".join(events).encode()).hexdigest(),
        events=events,
    )


def bury(loop: SeededLoop) -> None:
    """Unwind what the dead left behind; whatever it tries, it can reach nothing any more."""
    for task in asyncio.all_tasks(loop):
        task._log_destroy_pending = False  # type: ignore[attr-defined]  # meant to be dropped
        with suppress(Died, RuntimeError):
            task.get_coro().close()
    loop.close()
