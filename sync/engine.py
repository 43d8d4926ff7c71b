"""The loop that takes a run to its end: who starts now, what to wait for, when to stop.

One event loop, no threads; the clock, the company and the store come in through
ports, so the whole runs under a simulated clock with a seeded schedule. Collections
that decide an order are ordered: the same seed gives the same run.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime

from core.clock import Clock
from store.states import PostingState
from sync.control import RunControl
from sync.jobs import Job
from sync.order import Order
from sync.outcome import Judgement
from sync.pace import Pace
from sync.phases import phase_of
from sync.ports import Meter
from sync.sender import Sender
from sync.settings import EngineSettings
from sync.shapes import ConflictKind, RunProgress
from sync.tally import Tally

Watch = Callable[[RunProgress], None]

DIFFERS = str(ConflictKind.DIFFERS)
_TOLD = 3
"""How many of those that need somebody are told while the run goes on."""


class Engine:
    """One run under way.

    Args:
        run_id: of the journal.
        order: which posting goes next.
        sender: takes one posting to QuickBooks and back.
        tally: what became of the selected invoices.
        clock: time and waiting.
        meter: the throttle's counters.
        settings: times and limits.
        control: pause, resume, stop.
        watch: gets a snapshot after every step.
        not_before: a restored cache sends nothing before this instant.
    """

    def __init__(
        self,
        run_id: int,
        *,
        order: Order,
        sender: Sender,
        tally: Tally,
        clock: Clock,
        meter: Meter,
        settings: EngineSettings,
        control: RunControl,
        watch: Watch,
        not_before: datetime | None = None,
    ) -> None:
        self.run_id = run_id
        self._order = order
        self._links = sum(job.is_link for job in order.jobs.values())
        self._sender = sender
        self._tally = tally
        self._clock = clock
        self._meter = meter
        self._metered_before = meter.counts.metered
        self._settings = settings
        self._control = control
        self._watch = watch
        self._pace = Pace(settings, clock.now())
        if not_before is not None:
            self._pace.hold_until(not_before, "This cache was restored from a copy, waiting")
        self._tasks: dict[int, asyncio.Task[Judgement | None]] = {}
        self._last = ""
        self._needs: deque[str] = deque(maxlen=_TOLD)
        self._stop_because = ""

    @property
    def metered_reads(self) -> int:
        """Reads of this run that Intuit counts."""
        return self._meter.counts.metered - self._metered_before

    async def run(self) -> str:
        """Work until nothing is left, or until something stops the run.

        Returns:
            Why it stopped, in words; empty when it ran to its end.

        Raises:
            Trouble: the cache or the connection needs a person; the journal is whole.
        """
        turned = asyncio.ensure_future(self._control.turned())
        try:
            while True:
                self._start_what_may()
                self._show()
                if not self._tasks and self._over():
                    return self._stop_because
                await self._something_happens(turned)
                if turned.done():
                    turned = asyncio.ensure_future(self._control.turned())
                self._reap()
        except Exception:
            await self._let_fly()
            raise
        finally:
            turned.cancel()
            for task in self._tasks.values():  # only when cancelled: recovery takes them over
                task.cancel()

    def _start_what_may(self) -> None:
        now = self._clock.now()
        while not self._held_back(now):
            job = self._order.take(now, self._settings.in_flight)
            if job is None:
                return
            self._tasks[job.id] = asyncio.ensure_future(self._sender.work(job))

    def _held_back(self, now: datetime) -> bool:
        return (
            bool(self._stop_because)
            or self._control.stopping
            or self._control.paused
            or not self._pace.may_start(now)
        )

    def _over(self) -> bool:
        if self._stop_because:
            return True
        if not self._order.open:
            return True
        if self._control.stopping:
            self._stop_because = "You stopped it."
            return True
        return False

    async def _something_happens(self, turned: asyncio.Task[None]) -> None:
        """Wait for an answer, a switch, or the time at which something is due."""
        waiting: list[asyncio.Task[object]] = [turned, *self._tasks.values()]
        nap = asyncio.ensure_future(self._clock.sleep(self._nap()))
        waiting.append(nap)
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            nap.cancel()

    def _nap(self) -> float:
        now = self._clock.now()
        dues = [due for due in (self._order.next_due(), self._pace.not_before) if due is not None]
        spans = [(due - now).total_seconds() for due in dues if due > now]
        return min([*spans, self._settings.longest_nap])

    def _reap(self) -> None:
        for posting_id in [key for key, task in self._tasks.items() if task.done()]:
            task = self._tasks.pop(posting_id)
            job = self._order.jobs[posting_id]
            judgement = task.result()
            alone = self._order.first_alone
            self._order.done(job)
            self._note(job, judgement, alone=alone)

    def _note(self, job: Job, judgement: Judgement | None, *, alone: bool) -> None:
        now = self._clock.now()
        if judgement is not None:
            self._pace.slowed(judgement, now)
            self._stop_because = self._stop_because or self._pace.stop_because
        elif not job.open:
            self._pace.wrote(now)
            self._last = f"{job.planned.label} {_became(job)}"
            if job.state != PostingState.CONFIRMED:
                self._needs.append(f"{job.planned.label}: {job.reason or _became(job)}")
        if job.state == PostingState.HOLD and job.fault_code == DIFFERS:
            self._differs(job, alone=alone)
        self._tally.update(job.planned.invoice_id, self._order.blocked)
        for blocked in self._order.newly_blocked():
            self._tally.update(blocked.planned.invoice_id, self._order.blocked)

    def _differs(self, job: Job, *, alone: bool) -> None:
        """QuickBooks holds something else than was sent: those who would be alike stop."""
        choice = job.planned.uses_choice
        if choice is not None and not self._order.proven(choice):
            self._order.refuse_choice(
                choice,
                f"not sent: {job.planned.label}, the first with this choice, came back different",
            )
        if alone:
            self._stop_because = (
                f"The first one, {job.planned.label}, came back different from what was sent."
                " Nothing else was posted: look at the difference first."
            )

    async def _let_fly(self) -> None:
        """Wait for what is in flight when something else broke; their outcomes are journalled."""
        if self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            self._tasks.clear()

    def _show(self) -> None:
        now = self._clock.now()
        open_writes = self._order.open - self._order.open_links
        writes = len(self._order.jobs) - self._links
        self._watch(
            RunProgress(
                run_id=self.run_id,
                phase=self._phase(),
                totals=dict(self._tally.totals),
                selected=self._tally.selected,
                writes_done=writes - open_writes,
                writes_total=writes,
                per_minute=self._pace.per_minute(now),
                seconds_left=self._pace.seconds_left(now, self._order.open),
                waiting=self._pace.waiting(now, self._meter.blocked_for),
                last=self._last,
                metered_reads=self.metered_reads,
                links_done=self._links - self._order.open_links,
                links_total=self._links,
                steps=self._order.steps,
                calls=self._pace.calls(now, self._meter.counts.calls),
                ceiling=self._settings.ceiling,
                needs=tuple(self._needs),
            )
        )

    def _phase(self) -> str:
        if self._control.paused:
            return "paused"
        flying = list(self._order.in_flight.values())
        if not flying:
            return "checking" if self._order.open else "done"
        phases = {phase_of(job) for job in flying}
        firsts = ("invoices", "customers", "products")
        return next((phase for phase in firsts if phase in phases), "payments")


def _became(job: Job) -> str:
    if job.state == PostingState.CONFIRMED:
        return "linked" if job.adopted else "posted"
    return "needs you"
