"""Two at once: on one cache, on two caches of one company, and one that was asleep.

Each meeting waits for a condition and never for a time: a process is stopped at a
named point and goes on when the other has got where it should be.
"""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from core.clock import SystemClock
from core.ids import SystemIds
from store.cache import Cache
from store.journal import get_run, last_run, postings_of
from store.states import PostingState
from tests.campaigns.launcher import Ended, Launcher
from tests.campaigns.points import Order
from tests.campaigns.verdict import Due, Verdict, judge
from tests.system.world import World

Meeting = Callable[[World, Launcher], Verdict]

POSTING_NOW = "is posting from this cache"
GONE_ON = "has gone on with this sync"
BULK = ("sync", "--all", "--yes")
RESUME = ("sync", "--resume", "--yes")
TRIES = 20


class Seat:
    """One cache of a company, and the processes that work on it."""

    def __init__(self, world: World, launcher: Launcher, name: str, **environ: str) -> None:
        self.world = world
        self.path = world.home / f"{name}.db"
        self._launcher = launcher
        self._environ = environ

    def start(self, words: Sequence[str], order: Order | None = None) -> int:
        places = ["--config", str(self.world.config), "--db", str(self.path)]
        environ = {**self.world.environ(), **self._environ}
        return self._launcher.start([*places, *words], environ, order)

    def wait(self, pid: int) -> Ended:
        return self._launcher.wait(pid)

    def run(self, *words: str) -> Ended:
        return self.wait(self.start(words))

    def ready(self) -> None:
        """Refresh, and pass a test sync."""
        pulled = self.run("pull")
        assert pulled.code == 0, pulled.err
        for row in self.plan()["invoices"]:
            if self.run("status", "--json").json()["bulk_open"]:
                return
            if row["outcome"] == "posted":
                self.run("sync", "--test", f"id:{row['docket_id']}", "--yes")
        raise AssertionError("no invoice passed a test sync")

    def plan(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        plan: Mapping[str, Sequence[Mapping[str, Any]]] = self.run(
            "preview", "--all", "--json"
        ).json()
        return plan

    def finish(self) -> None:
        """Go on until nothing is left to post."""
        for _ in range(TRIES):
            self.run(*RESUME)
            if self.run(*BULK).code in {0, 1}:
                return
        raise AssertionError(f"not done after {TRIES} syncs")

    def open(self) -> Cache:
        return Cache.open(self.path, clock=SystemClock(), ids=SystemIds())


def two_on_one_cache(world: World, launcher: Launcher) -> Verdict:
    """The second is sent away while the first one posts, and goes on when it is dead."""
    seat = Seat(world, launcher, "one")
    seat.ready()
    before, due = world.ledger(), Due()
    due.add(seat.plan())
    stop = Order(("payment.sent",), 1, signal.SIGSTOP)
    first = seat.start(BULK, stop)
    assert seat.wait(first).stopped
    refused = seat.run(*RESUME)
    os.kill(first, signal.SIGCONT)
    pids = [seat.start(BULK) for _ in range(2)]  # and both at once, whoever comes first
    os.kill(first, signal.SIGKILL)
    ended = [seat.wait(pid) for pid in (first, *pids)]
    seat.finish()
    wrong = [] if POSTING_NOW in refused.err else [f"not sent away: {refused.err}"]
    wrong += [f"ended with {one.code}: {one.err}" for one in ended if one.code < -signal.SIGKILL]
    return _verdict(judge(before, world.ledger(), due, [seat.path]), wrong)


def asleep_past_its_lease(point: str, **environ: str) -> Meeting:
    """One sleeps at `point` until its lease is over, and wakes when another has done its work.

    The lock is the system's and outlives a lease, so it keeps the other one out: that
    is looked at first. Then its file is lost, as on a disk that is cleaned or shared,
    and only the journal stands between the two.
    """

    def meet(world: World, launcher: Launcher) -> Verdict:
        sleeper = Seat(world, launcher, "one", **environ)
        other = Seat(world, launcher, "one")
        other.ready()
        before, due = world.ledger(), Due()
        due.add(other.plan())
        pid = sleeper.start(BULK, Order((point,), 2, signal.SIGSTOP))
        assert sleeper.wait(pid).stopped
        _wait_for_lease(sleeper)
        refused = other.run(*RESUME)
        sleeper.path.with_name(f"{sleeper.path.name}.posting").unlink()
        taken = other.run(*RESUME)
        written = _written(other)
        os.kill(pid, signal.SIGCONT)
        late = sleeper.wait(pid)
        wrong = [] if POSTING_NOW in refused.err else [f"not kept out: {refused.err}"]
        if taken.code not in {0, 1}:
            wrong.append(f"the other one did not finish: {taken.code} {taken.err}")
        if GONE_ON not in late.err + late.out:
            wrong.append(f"the sleeper did not notice: {late.code} {late.err} {late.out}")
        if _written(other) != written:
            wrong.append("the sleeper wrote over the other one's results")
        other.finish()
        return _verdict(judge(before, world.ledger(), due, [other.path]), tuple(wrong))

    return meet


def two_caches_on_one_company(world: World, launcher: Launcher) -> Verdict:
    """Two machines that know nothing of each other post the same invoices at the same time."""
    seats = [Seat(world, launcher, name) for name in ("one", "two")]
    for seat in seats:
        seat.ready()
    assert seats[0].run("pull").code == 0
    before, due = world.ledger(), Due()
    due.add(seats[0].plan())
    stop = Order(("invoice.sent",), 1, signal.SIGSTOP)
    pids = [seat.start(BULK, stop) for seat in seats]
    stopped = [launcher.wait(pid).stopped for pid in pids]
    for pid in pids:
        os.kill(pid, signal.SIGCONT)
    for pid in pids:
        launcher.wait(pid)
    for seat in seats:
        seat.finish()
    wrong = () if all(stopped) else ("the two did not meet",)
    paths = [seat.path for seat in seats]
    return _verdict(judge(before, world.ledger(), due, paths), wrong)


RIVALRIES: Mapping[str, Meeting] = {
    "two processes on one cache": two_on_one_cache,
    "asleep with a request under way": asleep_past_its_lease(
        "invoice.sent", DOCKET_QBO_QUICKBOOKS_TIMEOUT_SECONDS="2"
    ),
    "asleep with an answer in hand": asleep_past_its_lease(
        "answer.begun", DOCKET_QBO_QUICKBOOKS_TIMEOUT_SECONDS="2"
    ),
    "asleep before the first byte": asleep_past_its_lease(
        "claim.committed", DOCKET_QBO_QUICKBOOKS_TIMEOUT_SECONDS="2"
    ),
    "two caches on one company": two_caches_on_one_company,
}


def _wait_for_lease(seat: Seat) -> None:
    """Until no lease of a posting under way is good any more."""
    cache = seat.open()
    try:
        with cache.read() as session:
            rows = postings_of(session, states=[PostingState.SENDING])
    finally:
        cache.close()
    assert rows, "nothing was under way"
    ends = max(row.lease_until for row in rows if row.lease_until is not None)
    while (left := (ends - datetime.now(UTC)).total_seconds()) > 0:
        select.select([], [], [], left)


def _written(seat: Seat) -> object:
    """What the journal says of the last run and its postings."""
    cache = seat.open()
    try:
        with cache.read() as session:
            run = last_run(session)
            assert run is not None
            rows = postings_of(session, run_id=run.id)
            return get_run(session, run.id), [
                (row.id, row.state, row.fence, row.qbo_id, row.attempts) for row in rows
            ]
    finally:
        cache.close()


def _verdict(verdict: Verdict, wrong: Sequence[str]) -> Verdict:
    return replace(verdict, wrong=(*verdict.wrong, *wrong))
