"""Test sync, bulk sync, and going on with a run that was cut short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from connectors.qbo.faults import QboError
from core.errors import ConnectionTrouble, LockedTrouble, Trouble, UsageTrouble
from core.jsonio import JsonObject, loads
from store import audit, journal, links, mirror
from store.cache import Cache
from store.journal_rows import RunRow
from store.runs import last_run
from store.states import LinkOrigin, PostingState, RunKind, RunState
from sync.commands.unlock import keep_unlocked, lock_of, proves
from sync.control import RunControl
from sync.engine import Watch
from sync.jobs import Job
from sync.journal import approve, job_of, selected_of
from sync.phases import by_phase, steps
from sync.plan import make_plan
from sync.reconcile import reconcile
from sync.running import Run, Workshop, at_work
from sync.shapes import Plan, PlanChanged, PullProgress, RunProgress, RunResult
from sync.tally import Tally
from sync.verify import applied_to, compare
from sync.view import View

_AT_REST = (RunState.STOPPED, RunState.FINISHED)
_UNCLEAR = (PostingState.SENDING, PostingState.UNKNOWN)
_READ_BACK = frozenset({"Invoice", "Payment", "CreditMemo", "RefundReceipt"})


class Posting:
    """The runs that post."""

    def __init__(self, shop: Workshop, view: View) -> None:
        self._shop = shop
        self._view = view

    async def test(self, plan: Plan, watch: Watch, control: RunControl) -> RunResult:
        """Post one invoice with all that belongs to it, and read it back by Id.

        Raises:
            UsageTrouble: the plan is not of exactly one invoice with something to post.
            PlanChanged: the data changed since the preview.
        """
        if len(plan.invoices) != 1 or not plan.invoices[0].postings:
            raise UsageTrouble(
                "A test sync posts exactly one invoice that can be posted.",
                books="Nothing was sent.",
                fix="Choose one pending invoice.",
            )
        return await self._start(plan, RunKind.TEST, watch, control)

    async def bulk(self, plan: Plan, watch: Watch, control: RunControl) -> RunResult:
        """Post everything that a confirmed plan holds.

        Raises:
            LockedTrouble: no test has succeeded yet, or a live company has no start date.
            PlanChanged: the data changed since the preview.
        """
        if not plan.links_only:
            require_unlocked(self._shop.cache, self._view)
        return await self._start(plan, RunKind.BULK, watch, control)

    async def resume(self, watch: Watch, control: RunControl) -> RunResult:
        """Go on with the run that was cut short."""
        with at_work(self._shop) as owner:
            run = self._left()
            return await self._carry_out(run.id, owner, watch, control)

    def _left(self) -> RunRow:
        run = unfinished(self._shop.cache)
        if run is None:
            raise UsageTrouble(
                "There is no sync to go on with.",
                books="Nothing was sent.",
                fix="Start a new one.",
            )
        return run

    async def _start(
        self, plan: Plan, kind: RunKind, watch: Watch, control: RunControl
    ) -> RunResult:
        shop = self._shop
        with at_work(shop) as owner:
            self._refuse_unfinished()
            run_id = await shop.aside(lambda: self._approve(plan, kind))
            return await self._carry_out(run_id, owner, watch, control)

    def _approve(self, plan: Plan, kind: RunKind) -> int:
        self._insist_unchanged(plan)
        return approve(self._shop.cache, self._view.books(), plan, kind, self._shop.actor)

    async def _carry_out(
        self, run_id: int, owner: str, watch: Watch, control: RunControl
    ) -> RunResult:
        run = Run(self._shop, run_id, owner)

        async def afterwards(jobs: Sequence[Job]) -> str:
            trouble = ""
            if run.row.kind is RunKind.TEST:
                trouble = await self._read_back(jobs)
            await self._look_back()
            return trouble

        result = await run.carry_out(watch, control, afterwards)
        await self._shop.aside(self._view.recheck)
        if run.row.kind is RunKind.TEST and proves(result):
            books = self._view.books()
            with self._shop.cache.write() as session:
                keep_unlocked(session, books)
                after = {"run": run.row.id, "reason": "a test came back equal to the cent"}
                at = self._shop.clock.now()
                audit.append(session, at, self._shop.actor, "bulk sync opened", "bulk", after=after)
        return result

    async def _read_back(self, jobs: Sequence[Job]) -> str:
        """Compare what QuickBooks holds now, read by Id, with what was sent."""
        qbo, cache = self._shop.qbo, self._shop.cache
        payments = {
            job.qbo_id: loads(job.body)
            for job in jobs
            if job.planned.entity == "Payment" and job.qbo_id and job.body is not None
        }
        for job in jobs:
            there = job.state == PostingState.CONFIRMED and job.planned.entity in _READ_BACK
            if not there or job.adopted or job.body is None:
                continue
            try:
                held = await qbo.read(job.planned.entity, job.qbo_id)
            except QboError as error:
                return f"{job.planned.label} was posted, but could not be read back: {error.reason}"
            applied = applied_to(job.qbo_id, held, payments)
            job.compared = compare(
                loads(job.body),
                held,
                job.planned.entity,
                applied,
                docket=job.planned.amount,
                tolerance=self._view.policy().tax_tolerance,
            )
            with cache.write() as session:
                keep_as_read(session, qbo.realm_id, job, held, self._shop.clock.now())
        return ""

    async def _look_back(self) -> None:
        """See what changed in QuickBooks meanwhile; the run stands without it too."""
        shop = self._shop
        try:
            await reconcile(shop.cache, shop.qbo, shop.clock, shop.actor)
        except (QboError, ConnectionTrouble):
            return  # the next refresh begins at the same cursor

    def _refuse_unfinished(self) -> None:
        run = unfinished(self._shop.cache)
        if run is not None and run.state not in _AT_REST:
            raise Trouble(
                "An earlier sync was cut short and has postings under way.",
                books="They are safe in the sync log; nothing is posted twice.",
                fix="Go on with it first.",
            )

    def _insist_unchanged(self, plan: Plan) -> None:
        books = self._view.books()
        selection = [one.docket_id for one in plan.invoices]
        view = self._view
        now = make_plan(
            books,
            view.policy(),
            view.checked(),
            selection,
            plan.also,
            links_only=plan.links_only,
        )
        if now.digest != plan.digest:
            raise PlanChanged(now)


def require_unlocked(cache: Cache, view: View) -> None:
    """Insist that bulk sync is open.

    Raises:
        LockedTrouble: no test has succeeded yet, or a live company has no start date.
    """
    books = view.books()
    with cache.read() as session:
        lock = lock_of(session)
    if not lock.open:
        raise LockedTrouble("Bulk sync is locked.", books="Nothing was sent.", fix=lock.words)
    if books.company.live and books.company.start_date is None:
        raise LockedTrouble(
            "This live company has no start date yet: from which day on are invoices posted?",
            books="Nothing was sent.",
            fix="Choose the start date in the settings; earlier invoices are never posted.",
        )


def keep_as_read(
    session: Session, realm: str, job: Job, held: JsonObject, seen_at: datetime
) -> None:
    """Keep an object as it was read back: the link's token says later whether it was touched."""
    planned = job.planned
    mirror.save_objects(session, realm, planned.entity, [held], source="answer", seen_at=seen_at)
    links.add_link(
        session,
        realm,
        planned.kind,
        planned.docket_id,
        planned.entity,
        job.qbo_id,
        LinkOrigin.CREATED,
        str(held.get("SyncToken", "")),
        fingerprint=job.fingerprint,
    )


def unfinished(cache: Cache) -> RunRow | None:
    """Return the run that can be gone on with: cut short, or with unclear postings.

    A posting may be unclear after its run, when its process died at the very end or a
    person has it looked at once more; then the newest run takes it along. One that
    waits for something which waits for a person is nothing to go on with.
    """
    with cache.read() as session:
        run = last_run(session)
        if run is None or run.state not in _AT_REST:
            return run
        left = journal.postings_of(session, states=_UNCLEAR)
        if run.state == RunState.STOPPED:
            left += journal.open_postings(session, run.id)
        return run if any(not journal.waits_for_somebody(session, row) for row in left) else None


def progress_of(cache: Cache, run: RunRow) -> RunProgress:
    """Return where an unfinished run stands, from the journal alone."""
    with cache.read() as session:
        rows = journal.postings_of(session, run_id=run.id)
        needs = journal.dependencies_of_run(session, run.id)
    jobs = [job_of(row, needs) for row in rows]
    tally = Tally(selected_of(run.plan), jobs)
    left = [job for job in jobs if job.open or job.state == PostingState.SENDING]
    links, links_left = (sum(job.is_link for job in some) for some in (jobs, left))
    return RunProgress(
        run_id=run.id,
        phase="checking" if run.state in _AT_REST else "paused",
        totals=dict(tally.totals),
        selected=tally.selected,
        writes_done=len(jobs) - links - (len(left) - links_left),
        writes_total=len(jobs) - links,
        per_minute=0,
        seconds_left=None,
        waiting="",
        last="",
        metered_reads=0,
        links_done=links - links_left,
        links_total=links,
        steps=steps(by_phase(jobs), by_phase(left)),
    )


def _unwatched(progress: PullProgress) -> None:
    """For looks that no screen follows."""
