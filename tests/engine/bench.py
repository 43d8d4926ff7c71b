"""A run over a real store and a company in memory, on virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from core.ids import SeededIds
from store import audit, journal
from store.cache import Cache
from store.journal_rows import PostingRow
from store.links import find_link
from store.states import RunKind
from sync.control import RunControl
from sync.jobs import Job
from sync.journal import write_run
from sync.planned import PlanRow
from sync.running import Run, Workshop, at_work
from sync.settings import EngineSettings
from sync.shapes import Outcome, PlannedPosting, RunProgress, RunResult
from tests.engine.fake_qbo import FakeQbo
from tests.engine.make import REALM, need, planned
from tests.engine.virtual import VirtualClock, run, run_and_die

T = TypeVar("T")
SETTINGS = EngineSettings()


class Bench:
    """One cache and one company; each `go` is a process of its own."""

    def __init__(self, path: Path, settings: EngineSettings = SETTINGS) -> None:
        self.clock = VirtualClock()
        self.path = path / "cache.db"
        self.settings = settings
        self.qbo = FakeQbo(self.clock)
        self.cache = Cache.open(self.path, clock=self.clock, ids=SeededIds(1))
        self.control = RunControl()
        self.seen: list[RunProgress] = []
        self._seed = 10

    def close(self) -> None:
        self.cache.close()

    def approve(self, postings: Sequence[PlannedPosting], kind: RunKind = RunKind.BULK) -> int:
        """Write a run as an approval does; every invoice id is a selected invoice."""
        invoices = list(dict.fromkeys(one.invoice_id for one in postings))
        totals = {one.docket_id: one.amount for one in postings if one.kind == "invoice"}
        selected = [
            {
                "docket_id": key,
                "number": key,
                "client": "Acme",
                "total": totals.get(key, 0),
                "outcome": str(Outcome.POSTED),
                "reason": "",
                "postings": sum(one.invoice_id == key for one in postings),
            }
            for key in invoices
        ]
        rows = [PlanRow(one, "1:abc", None) for one in postings]
        return write_run(
            self.cache, REALM, kind, invoices, "digest", {"invoices": selected}, rows, "tester"
        )

    def go(self, run_id: int, watch: Callable[[RunProgress], None] | None = None) -> RunResult:
        """Carry a run out to its end, on virtual time."""
        return run(self._process(run_id, watch), self.clock.monotonic())

    def die(self, run_id: int, after: float) -> None:
        """Carry a run out for some seconds, then drop it dead."""
        run_and_die(self._process(run_id), self.clock.monotonic(), after)

    def cancel(self, run_id: int, after: float) -> None:
        """Carry a run out for some seconds, then cancel it as a closing window does."""
        run(_cancelled(self._process(run_id), after), self.clock.monotonic())

    async def _process(
        self, run_id: int, watch: Callable[[RunProgress], None] | None = None
    ) -> RunResult:
        """What one process does: a fresh owner, the lock, the run."""
        self._seed += 1
        ids = SeededIds(self._seed)
        shop = Workshop(self.cache, self.qbo, self.clock, ids, self.settings, "tester", inline)
        self.control = RunControl()

        def seen(progress: RunProgress) -> None:
            self.seen.append(progress)
            if watch is not None:
                watch(progress)

        with at_work(shop) as owner:
            return await Run(shop, run_id, owner).carry_out(seen, self.control, _nothing)

    def later(self, seconds: float) -> None:
        """Let time pass while nothing runs."""

        async def wait() -> None:
            await self.clock.sleep(seconds)
            self.clock.monotonic()  # the clock remembers when the loop ended

        run(wait(), begin=self.clock.monotonic())

    def postings(self) -> dict[str, PostingRow]:
        with self.cache.read() as session:
            return {f"{row.kind}:{row.docket_id}": row for row in journal.postings_of(session)}

    def states(self) -> dict[str, str]:
        return {key: str(row.state) for key, row in self.postings().items()}

    def linked(self, kind: str, docket_id: str) -> str:
        with self.cache.read() as session:
            link = find_link(session, REALM, kind, docket_id)
        return link.qbo_id if link else ""

    def audit_holds(self) -> bool:
        with self.cache.read() as session:
            return audit.verify(session)


def invoice(
    key: str, *, customer: str = "", amount: int = 10_000, **fields: object
) -> PlannedPosting:
    """An invoice for customer 7, or for one that the run makes."""
    one = planned("invoice", key, amount=amount, **fields)
    if customer:
        one.body["CustomerRef"] = {"value": f"@client:{customer}"}
        return planned(
            "invoice",
            key,
            amount=amount,
            body=one.body,
            needs=(need("client", customer),),
            **fields,
        )
    return one


def payment(key: str, of: str, amount: int = 10_000) -> PlannedPosting:
    one = planned("payment", key, amount=amount, invoice_id=of)
    one.body["Line"][0]["LinkedTxn"][0]["TxnId"] = f"@invoice:{of}"
    return planned(
        "payment", key, amount=amount, invoice_id=of, body=one.body, needs=(need("invoice", of),)
    )


async def _cancelled(work: Coroutine[Any, Any, RunResult], after: float) -> None:
    task = asyncio.ensure_future(work)
    await asyncio.wait([task], timeout=after)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def inline(work: Callable[[], T], /) -> T:
    """Do it here and now."""
    return work()


async def _nothing(jobs: Sequence[Job]) -> str:
    return ""
