"""Which posting goes next.

Names one at a time, documents in parallel, a child when its parents are confirmed,
what waits when its time has come. The first invoice of a bulk run goes alone, and
so does the first posting that uses a new choice: until QuickBooks' answer agrees
with what was sent, nobody follows. No clock of its own and no I/O.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from store.states import PostingState
from sync.jobs import Job
from sync.phases import by_phase, phase_of, steps
from sync.shapes import StepCount

Choice = tuple[str, str]

_AHEAD = 200
"""How many open postings ahead a shared look-up may reach."""


class Order:
    """The postings of a run, ready or waiting.

    Args:
        jobs: in the order of the plan.
        prove_first: the first invoice goes alone until one agreed.
    """

    def __init__(self, jobs: Sequence[Job], *, prove_first: bool) -> None:
        self.jobs = {job.id: job for job in jobs}
        self.in_flight: dict[int, Job] = {}
        self.blocked: dict[int, str] = {}
        """Why a posting that waits for another will not go, by posting id."""
        self._unproven = prove_first
        self._could_prove = {job.id for job in jobs if job.open and _proves(job)}
        self.open = sum(job.open for job in jobs)
        """Postings that the run can still take further."""
        self.open_links = sum(job.open and job.is_link for job in jobs)
        """Of these, the ones that only link."""
        self._by_phase = by_phase(jobs)
        self._left_by_phase = by_phase(job for job in jobs if job.open)
        self._sequence = list(jobs)
        self._rank = {job.id: rank for rank, job in enumerate(jobs)}
        self._children: dict[int, list[Job]] = {}
        for job in jobs:
            for parent in job.parents:
                self._children.setdefault(parent, []).append(job)
        self._ahead = {
            names: deque(job for job in jobs if job.is_name is names) for names in (True, False)
        }
        self._queued: set[int] = set()
        """Ready or put off: a child of two parents that are answered together is placed once."""
        self._names: list[int] = []
        self._documents: list[int] = []
        self._later: list[tuple[datetime, int]] = []
        self._parked: dict[Choice, list[Job]] = {}
        self._on_trial: dict[Choice, int] = {}
        self._proven: set[Choice] = set()
        self._just_blocked: list[Job] = []
        for job in jobs:
            if not job.open and job.state != PostingState.CONFIRMED:
                self._block_children(job)
        for job in jobs:
            self._place(job)

    @property
    def first_alone(self) -> bool:
        """Whether an invoice still has to agree before documents go side by side.

        A run that posts no invoice has nothing to wait for.
        """
        return self._unproven and bool(self._could_prove)

    @property
    def steps(self) -> tuple[StepCount, ...]:
        """How far each phase of the run is."""
        return steps(self._by_phase, self._left_by_phase)

    def take(self, now: datetime, at_once: int) -> Job | None:
        """Return the next posting to work on, now in flight; None if none may start.

        Args:
            now: what was put off until then is ready.
            at_once: how many may be in flight.
        """
        while self._later and self._later[0][0] <= now:
            self._push(self._sequence[heapq.heappop(self._later)[1]])
        if len(self.in_flight) >= at_once:
            return None
        if not any(job.is_name for job in self.in_flight.values()):
            name = self._pop(self._names)
            if name is not None:
                return name
        if self.first_alone and any(not job.is_name for job in self.in_flight.values()):
            return None
        while (job := self._pop(self._documents)) is not None:
            if self._may_use_its_choice(job):
                return job
            del self.in_flight[job.id]
        return None

    def done(self, job: Job) -> None:
        """Put a posting that was worked on where it belongs now."""
        del self.in_flight[job.id]
        choice = job.planned.uses_choice
        if not job.open:
            self._could_prove.discard(job.id)
        if job.state == PostingState.CONFIRMED:
            self._close(job)
            if _proves(job) and not job.adopted:
                self._unproven = False
            if choice is not None:
                self._proven.add(choice)
                self._unpark(choice)
            for child in self._children.get(job.id, ()):
                self._place(child)
            return
        if job.open:
            self._place(job)
        else:
            self._close(job)
            self._block_children(job)
        if choice is not None and self._on_trial.get(choice) == job.id:
            del self._on_trial[choice]  # it proved nothing: another may try, alone
            self._unpark(choice)

    def proven(self, choice: Choice) -> bool:
        """Whether a posting that used this choice has agreed in this run."""
        return choice in self._proven

    def refuse_choice(self, choice: Choice, words: str) -> None:
        """Take out all that share a choice, because the first that used it came back different."""
        self._parked.pop(choice, None)
        for job in self._sequence:
            if job.planned.uses_choice == choice and job.open and job.id not in self.in_flight:
                self.block(job, words)

    def block(self, job: Job, words: str) -> None:
        """Take a posting, and all that wait for it, out of the run."""
        if job.id in self.blocked or not job.open:
            return
        self.blocked[job.id] = words
        self._could_prove.discard(job.id)
        self._close(job)
        self._just_blocked.append(job)
        for child in self._children.get(job.id, ()):
            self.block(child, words)

    def newly_blocked(self) -> list[Job]:
        """Return the postings blocked since the last call."""
        fresh, self._just_blocked = self._just_blocked, []
        return fresh

    def next_due(self) -> datetime | None:
        """When the next waiting posting may be tried."""
        while self._later and not self._live(self._sequence[self._later[0][1]]):
            heapq.heappop(self._later)
        return self._later[0][0] if self._later else None

    def ahead(self, *, names: bool) -> Iterator[Job]:
        """The next open names, or documents, that have not been sent yet, nearest first."""
        lane = self._ahead[names]
        while lane and not self._live(lane[0]):
            lane.popleft()
        fresh = (job for job in lane if self._live(job) and not job.sent_before)
        return islice(fresh, _AHEAD)

    def _close(self, job: Job) -> None:
        self.open -= 1
        self.open_links -= job.is_link
        self._left_by_phase[phase_of(job)] -= 1

    def _live(self, job: Job) -> bool:
        return job.open and job.id not in self.blocked

    def _place(self, job: Job) -> None:
        """Queue a posting, if nothing but time stands before it."""
        free = all(self._confirmed(parent) for parent in job.parents)
        if not self._live(job) or not free or job.id in self._queued or job.id in self.in_flight:
            return
        self._queued.add(job.id)
        if job.next_try_at is None:
            self._push(job)
        else:
            heapq.heappush(self._later, (job.next_try_at, self._rank[job.id]))

    def _confirmed(self, posting_id: int) -> bool:
        parent = self.jobs.get(posting_id)
        return parent is None or parent.state == PostingState.CONFIRMED

    def _push(self, job: Job) -> None:
        heapq.heappush(self._names if job.is_name else self._documents, self._rank[job.id])

    def _pop(self, heap: list[int]) -> Job | None:
        while heap:
            job = self._sequence[heapq.heappop(heap)]
            self._queued.discard(job.id)
            if self._live(job):
                self.in_flight[job.id] = job
                return job
        return None

    def _may_use_its_choice(self, job: Job) -> bool:
        choice = job.planned.uses_choice
        if choice is None or choice in self._proven or job.sent_before:
            return True
        if self._on_trial.setdefault(choice, job.id) == job.id:
            return True
        self._parked.setdefault(choice, []).append(job)
        return False

    def _unpark(self, choice: Choice) -> None:
        for job in self._parked.pop(choice, ()):
            self._place(job)

    def _block_children(self, job: Job) -> None:
        for child in self._children.get(job.id, ()):
            self.block(child, f"waits for {job.planned.label}, which needs you")


def _proves(job: Job) -> bool:
    """Whether its answer shows that invoices come out as they were sent."""
    return job.planned.kind == "invoice" and not job.planned.adopts
