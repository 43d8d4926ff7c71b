"""The program itself, posting at the ceiling; started by `tests.campaigns.throughput`.

    python -m tests.campaigns.throughput_client --config FILE --prepare
    python -m tests.campaigns.throughput_client --config FILE --speed 10 --pairs 10000

Everything is what `docket-qbo sync` builds, but for a clock that passes faster, as the
practice company's does. `--prepare` pulls and passes the test sync that opens bulk sync;
a run prints one JSON line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from cli.session import Session, open_session
from sync.control import RunControl
from sync.shapes import InvoicePlan, Outcome, Plan, RunProgress, RunResult


class FastClock:
    """Passes `speed` times as fast as the real one."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._start = datetime.now(UTC)

    def now(self) -> datetime:
        return self._start + (datetime.now(UTC) - self._start) * self.speed

    def monotonic(self) -> float:
        return time.monotonic() * self.speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)


class Stopwatch:
    """Watches a run: when it began to send, and when it has run for long enough."""

    def __init__(self, clock: FastClock, control: RunControl, seconds: float) -> None:
        self._clock, self._control, self._seconds = clock, control, seconds
        self.begun = self.ended = 0.0
        self.cpu = 0.0
        self.done = 0

    def watch(self, progress: RunProgress) -> None:
        now = self._clock.monotonic()
        if not self.begun:
            self.begun, self.cpu = now, time.process_time()
        self.ended, self.done = now, progress.writes_done
        if self._seconds and now - self.begun >= self._seconds:
            self._control.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--prepare", action="store_true")
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=0, help="stop after that long; 0: never")
    args = parser.parse_args()
    args.db = None
    asyncio.run(prepare(args) if args.prepare else post(args))
    return 0


async def prepare(args: argparse.Namespace) -> None:
    async with open_session(args) as session:
        await session.desk.pull()
        invoice = session.desk.propose_test()
        assert invoice is not None
        result = await session.desk.test_sync(session.desk.preview([invoice]))
        assert result.agreed


async def post(args: argparse.Namespace) -> None:
    clock = FastClock(args.speed)
    async with open_session(args, clock=clock) as session:
        plan = pairs(session, args.pairs)
        control = RunControl()
        stopwatch = Stopwatch(clock, control, args.seconds)
        result = await session.desk.bulk_sync(plan, stopwatch.watch, control)
        print(json.dumps(figures(plan, stopwatch, result)))


def pairs(session: Session, count: int) -> Plan:
    """The plan for the first invoices that will be posted, each with one payment.

    A payment over several invoices goes only if all of them do, so the choice is tried.
    """
    plan = session.desk.preview(list(session.books().invoices))
    while True:
        chosen = [row.docket_id for row in plan.invoices if is_pair(row)]
        if len(chosen) == len(plan.invoices):
            break
        plan = session.desk.preview(chosen)
    assert len(chosen) >= count, f"only {len(chosen)} invoices with one payment"
    return session.desk.preview(chosen[:count])


def is_pair(row: InvoicePlan) -> bool:
    documents = [one for one in row.postings if one.entity not in {"Customer", "Item"}]
    sent = [one.entity for one in documents if not one.adopts]
    whole = len(sent) == len(documents)
    return row.outcome is Outcome.POSTED and sent == ["Invoice", "Payment"] and whole


def figures(plan: Plan, stopwatch: Stopwatch, result: RunResult) -> dict[str, object]:
    return {
        "pairs": len(plan.invoices),
        "planned": plan.writes,
        "writes": stopwatch.done,
        "seconds": stopwatch.ended - stopwatch.begun,
        "cpu": time.process_time() - stopwatch.cpu,
        "metered": result.metered_reads,
        "posted": result.totals[Outcome.POSTED].count,
        "finished": result.finished,
        "agreed": result.agreed,
        "stopped_because": result.stopped_because,
    }


if __name__ == "__main__":
    sys.exit(main())
