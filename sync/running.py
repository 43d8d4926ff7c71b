"""Carries out a run that stands in the journal, from its first posting to its result.

The same way for a new run and for one that was cut short: take over what was left,
work, withdraw what was not sent, look whether QuickBooks changed, write the result.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlmodel import Session

from core.clock import Clock
from core.errors import Trouble
from core.ids import Ids
from store import audit, journal
from store.cache import Cache
from store.epoch import raise_epoch
from store.heap import nothing_looked_through
from store.journal_rows import RunRow
from store.runs import get_run
from store.states import PostingState, RunKind, RunState
from sync.control import RunControl
from sync.engine import Engine, Watch
from sync.jobs import Job
from sync.journal import job_of, selected_of
from sync.ledger import Ledger, Overtaken
from sync.lookup import LookUps, Question, questions
from sync.order import Order
from sync.ports import Aside, QboPort
from sync.recover import quarantined_until, recover
from sync.results import Ending, make_result, result_to_json
from sync.sender import Sender
from sync.settings import EngineSettings
from sync.settle import Settler
from sync.shapes import RunResult
from sync.tally import Tally

_UNCLEAR = frozenset({PostingState.UNKNOWN, PostingState.SENDING})
_WAITS = "waits for something that needs you"
_log = logging.getLogger(__name__)

Afterwards = Callable[[Sequence[Job]], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every run needs."""

    cache: Cache
    qbo: QboPort
    clock: Clock
    ids: Ids
    settings: EngineSettings
    actor: str
    aside: Aside


@contextmanager
def at_work(shop: Workshop) -> Iterator[str]:
    """Be the only one that posts, with what a dead process left taken over.

    Whatever is approved is approved in here: an approval raises the epoch by which a
    restored cache is noticed, so the look for that comes first.

    Returns:
        This process's name on its leases.

    Raises:
        StoreTrouble: another process is posting, or the cache cannot be written.
    """
    owner = shop.ids.new()
    with shop.cache.posting_lock():
        recover(shop.cache, owner, shop.settings, shop.clock, shop.actor)
        yield owner


class Run:
    """One run of the journal, carried out by this process while it is `at_work`."""

    def __init__(self, shop: Workshop, run_id: int, owner: str) -> None:
        self._shop = shop
        self._owner = owner
        with shop.cache.read() as session:
            run = get_run(session, run_id)
        assert run is not None
        self.row: RunRow = run
        self.jobs: list[Job] = []

    async def carry_out(
        self, watch: Watch, control: RunControl, afterwards: Afterwards
    ) -> RunResult:
        """Work until the run ends, and return what came of it.

        Args:
            watch: gets a snapshot after every step.
            control: pause, resume, stop.
            afterwards: called when nothing is in flight any more, before the result is
                made; a look back at QuickBooks. Returns what went wrong with it, or nothing.

        Raises:
            StoreTrouble: the cache cannot be written.
        """
        shop = self._shop
        started_at = self.row.started_at or shop.clock.now()
        self.jobs = self._load()
        tally = Tally(selected_of(self.row.plan), self._own())
        order = Order(self.jobs, prove_first=self._prove_first())
        metered_before = shop.qbo.throttle.counts.metered
        with shop.cache.write() as session:
            journal.set_run_state(session, self.row.id, RunState.RUNNING)
            raise_epoch(session)  # a copy made since the approval lacks what is sent from here
        _log.info("run %s (%s) begins: %s postings", self.row.id, self.row.kind, len(self.jobs))
        why = await self._work(self._engine(order, tally, watch, control))
        self._withdraw(order)
        why = why or await afterwards(self._own())
        for job in self._own():
            tally.update(job.planned.invoice_id, order.blocked)
        ending = Ending(
            run_id=self.row.id,
            kind=self.row.kind,
            stopped_because=why,
            metered_reads=shop.qbo.throttle.counts.metered - metered_before,
            started_at=started_at,
            ended_at=shop.clock.now(),
        )
        result = self._finish(make_result(ending, tally, self._own(), shop.qbo.web_url))
        _log.info(
            "run %s ends: %s; %s metered reads",
            self.row.id,
            ", ".join(f"{sums.count} {name}" for name, sums in result.totals.items() if sums.count),
            result.metered_reads,
        )
        return result

    async def _work(self, engine: Engine) -> str:
        """Run the engine; a connection that needs a person stops it without losing anything."""
        try:
            with nothing_looked_through():
                return await engine.run()
        except Overtaken:
            raise  # the run is another process's: not even its result is ours to write
        except Trouble as trouble:
            return f"{trouble.what} {trouble.fix}"

    def _load(self) -> list[Job]:
        """Return the run's postings, and those of earlier runs that are still unclear."""
        run_id = self.row.id
        with self._shop.cache.read() as session:
            rows = journal.postings_of(session, run_id=run_id)
            needs = journal.dependencies_of_run(session, run_id)
            older = [row for row in journal.open_postings(session) if row.run_id != run_id]
            for row in older:
                needs.update(journal.dependencies_of_run(session, row.run_id))
            unclear = [
                row
                for row in older
                if row.state == PostingState.UNKNOWN
                and not journal.waits_for_somebody(session, row)
            ]
        return [job_of(row, needs) for row in (*rows, *unclear)]

    def _own(self) -> list[Job]:
        return [job for job in self.jobs if job.run_id == self.row.id]

    def _prove_first(self) -> bool:
        """Whether the first invoice goes alone: in a bulk run that has not posted one yet."""
        posted = any(
            job.state == PostingState.CONFIRMED
            and job.planned.kind == "invoice"
            and not job.adopted
            for job in self._own()
        )
        return self.row.kind is RunKind.BULK and not posted

    def _engine(self, order: Order, tally: Tally, watch: Watch, control: RunControl) -> Engine:
        shop = self._shop
        ledger = Ledger(shop.qbo.realm_id, shop.clock, shop.actor, self.jobs)
        settler = Settler(
            shop.cache, shop.qbo.realm_id, shop.clock, shop.settings, self._owner, ledger
        )

        def upcoming(names: bool) -> Iterator[Question]:
            for job in order.ahead(names=names):
                if job.planned.operation == "create":
                    yield from questions(job.planned, job.planned.body)

        lookups = LookUps(shop.qbo, shop.clock, upcoming, shop.settings.look_fresh)
        return Engine(
            self.row.id,
            order=order,
            sender=Sender(shop.qbo, lookups, settler, shop.settings),
            tally=tally,
            clock=shop.clock,
            meter=shop.qbo.throttle,
            settings=shop.settings,
            control=control,
            watch=watch,
            not_before=quarantined_until(shop.cache),
        )

    def _withdraw(self, order: Order) -> None:
        """Take back what was not sent, so that a new preview may plan it again."""
        unsent = [job for job in self._own() if job.state == PostingState.APPROVED]
        with self._shop.cache.write() as session:
            for job in unsent:
                reason = order.blocked.get(job.id, "not sent yet")
                if journal.withdraw(session, [job.id], reason):
                    planned = job.planned
                    one = f"{planned.kind}:{planned.docket_id}"
                    self._note(session, one, job.state, job.request_id, reason)
            for row in journal.withdraw_waiting(session, _WAITS):
                one = f"{row.kind}:{row.docket_id}"
                self._note(session, one, row.state, row.request_id, _WAITS)

    def _note(
        self, session: Session, one: str, state: PostingState, request_id: str, reason: str
    ) -> None:
        """Say in the audit that a posting was taken back before it was sent."""
        audit.append(
            session,
            self._shop.clock.now(),
            self._shop.actor,
            "posting withdrawn",
            one,
            before={"state": str(state)},
            after={"reason": reason},
            request_id=request_id,
        )

    def _finish(self, result: RunResult) -> RunResult:
        """Write the result, under the audit log's head; return it with that head.

        A run with unclear postings can be gone on with; one that is still being sent here
        got its answer when the disk was full.
        """
        unclear = any(job.state in _UNCLEAR for job in self._own())
        state = RunState.STOPPED if unclear else RunState.FINISHED
        totals = {str(one): [sums.count, sums.amount] for one, sums in result.totals.items()}
        after = {
            "state": str(state),
            "totals": totals,
            "docket": result.proof.docket,
            "quickbooks": result.proof.quickbooks,
            "reason": result.stopped_because,
        }
        shop = self._shop
        with shop.cache.write() as session:
            subject = f"run:{self.row.id}"
            at = shop.clock.now()
            head = audit.append(session, at, shop.actor, "run ended", subject, after=after)
            signed = replace(result, audit_head=head)
            kept = replace(signed, postings=signed.postings[:1000])
            journal.finish_run(session, self.row.id, state, result_to_json(kept))
        return signed
