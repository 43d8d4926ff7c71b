"""The engine with one bug each: what the rig must notice, or it proves nothing.

A mutant holds only inside its `with`; the seed and the world beside it are where it
shows. A bug in one of the two locks hides behind the other, so most show in one world
only. A survivor fails the build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from connectors.qbo.faults import QboError
from connectors.qbo.shapes import Answer
from core.jsonio import JsonObject
from store import journal
from store.states import PostingState
from sync import judge, reconcile, recover, sender, settle
from sync.commands import refresh
from sync.jobs import Job
from sync.judge import Absent, Adopt, Found
from sync.outcome import Judgement, Verdict, judge_error
from sync.planned import fill, freeze
from sync.sender import Sender
from sync.shapes import Compared
from tests.sim import simulation
from tests.sim.process import PostingLock, Process
from tests.sim.worlds import BY_NAME

_look, _call, _body = Sender._look, Sender._call, Sender._body


async def _new_id(self: Sender, job: Job, frozen: bytes, *, voided_twin: bool) -> Answer:
    job.request_id = f"{job.request_id[:26]}{job.attempts:06}"
    return await _call(self, job, frozen, voided_twin=voided_twin)


async def _no_id(self: Sender, job: Job, frozen: bytes, *, voided_twin: bool) -> Answer:
    job.request_id = ""
    return await _call(self, job, frozen, voided_twin=voided_twin)


async def _never_looks(self: Sender, job: Job, body: JsonObject, *, singly: bool = False) -> Found:
    if job.planned.operation == "create" and not job.planned.adopts:
        return Absent()
    return await _look(self, job, body, singly=singly)


async def _looks_late(self: Sender, job: Job, body: JsonObject, *, singly: bool = False) -> Found:
    if not job.sent_before:
        return await _never_looks(self, job, body, singly=singly)
    return await _look(self, job, body, singly=singly)


async def _sends_first(
    self: Sender, job: Job, body: JsonObject, *, voided_twin: bool
) -> Judgement | None:
    frozen = job.body if job.body is not None else freeze(body)
    try:
        answer = await self._call(job, frozen, voided_twin=voided_twin)
    except QboError as error:
        self._settler.claim(job, frozen)
        return await self._failed(job, body, judge_error(error))
    self._settler.claim(job, frozen)
    self._settler.answered(job, body, answer)
    return None


def _rebuilds(self: Sender, job: Job) -> JsonObject | None:
    known = self._settler.known_ids(job.planned)
    body = fill(job.planned.body, known)
    return {**body, "PrivateNote": f"attempt {job.attempts} {body.get('PrivateNote', '')}"}


def _claims_anew(self: settle.Settler, job: Job, frozen: bytes) -> None:
    with self._cache.write() as session:
        row = journal.get_posting(session, job.id)
        assert row is not None
        kept = row.body or frozen
    _claim(self, job, kept)
    job.body = None


_claim = settle.Settler.claim


def _time_out_is_nothing(error: QboError) -> Judgement:
    found = judge_error(error)
    if found.verdict is Verdict.UNCLEAR and found.status is None:
        return replace(found, verdict=Verdict.LATER)
    return found


def _server_error_is_no(error: QboError) -> Judgement:
    found = judge_error(error)
    if found.verdict is Verdict.UNCLEAR and found.status == 500:
        return replace(found, verdict=Verdict.REFUSED)
    return found


def _no_quarantine(*_: object) -> int:
    return 0


def _forgets_the_dead(session: Any, owner: str, seconds: float, now: Any) -> int:
    """What a dead process was sending counts as never sent."""
    rows = journal.postings_of(session, states=[PostingState.SENDING])
    for row in rows:
        journal.move(session, row.id, PostingState.SENDING, PostingState.APPROVED)
    return len(rows)


def _any_likeness(job: Job, body: JsonObject, free: Sequence[JsonObject]) -> Found:
    """Without a number, what looks the same is taken for ours, whoever's mark it bears."""
    same = [one for one in free if judge._same(job, body, one)]
    return Adopt(same[0], ours=False) if same else Absent()


def _never_differs(*_: object) -> tuple[Compared, ...]:
    return ()


def _lets_orphans_lie(*_: object) -> None:
    """What is ours and not linked stays so."""


@contextmanager
def _nobody_waits(self: PostingLock, process: Process) -> Iterator[None]:
    yield


@dataclass(frozen=True, slots=True)
class Mutant:
    """One bug: a world and a seed that show it, and what it replaces."""

    world: str
    seed: int
    patches: tuple[tuple[object, str, object], ...]

    @contextmanager
    def planted(self) -> Iterator[None]:
        undo = [patch.object(owner, name, new) for owner, name, new in self.patches]
        for one in undo:
            one.start()
        try:
            yield
        finally:
            for one in undo:
                one.stop()


BLIND, IGNORED, BOTH = "look-up blind", "ids ignored", "both locks"
MUTANTS: Mapping[str, Mutant] = {
    "a new id on each attempt": Mutant(BLIND, 5, ((Sender, "_call", _new_id),)),
    "no id sent": Mutant(BLIND, 1, ((Sender, "_call", _no_id),)),
    "no look": Mutant(IGNORED, 3, ((Sender, "_look", _never_looks),)),
    "a look only before re-sends": Mutant(IGNORED, 38, ((Sender, "_look", _looks_late),)),
    "no settle time": Mutant(
        IGNORED, 11, ((simulation, "SETTINGS", replace(simulation.SETTINGS, settle=0.0)),)
    ),
    "the journal written after the send": Mutant(IGNORED, 11, ((Sender, "_send", _sends_first),)),
    "a time-out taken for not sent": Mutant(
        IGNORED, 17, ((sender, "judge_error", _time_out_is_nothing),)
    ),
    "a 5xx taken for a refusal": Mutant(BLIND, 11, ((sender, "judge_error", _server_error_is_no),)),
    "the body rebuilt for each send": Mutant(
        BOTH, 10, ((Sender, "_body", _rebuilds), (settle.Settler, "claim", _claims_anew))
    ),
    "no quarantine of a restored cache": Mutant(
        IGNORED, 85, ((recover, "_quarantine", _no_quarantine),)
    ),
    "what a dead process sent taken for unsent": Mutant(
        IGNORED, 52, ((journal, "recover", _forgets_the_dead),)
    ),
    "no posting lock": Mutant(IGNORED, 174, ((PostingLock, "held_by", _nobody_waits),)),
    "any likeness taken for ours": Mutant(
        "own numbers", 11, ((judge, "_unnumbered", _any_likeness),)
    ),
    "an answer not compared with what was sent": Mutant(
        "rounds in its own way", 2, ((settle, "compare", _never_differs),)
    ),
    "an orphan not linked": Mutant(
        "lands when nobody waits",
        63,
        (
            (reconcile, "link_orphans", _lets_orphans_lie),
            (refresh, "link_orphans", _lets_orphans_lie),
        ),
    ),
}


def caught(name: str, seed: int | None = None) -> bool:
    """Whether the rig notices a mutant: a judgement against it, or it falls over itself."""
    mutant = MUTANTS[name]
    with mutant.planted():
        try:
            chosen = mutant.seed if seed is None else seed
            return not simulation.simulate(chosen, BY_NAME[mutant.world]).good
        except Exception:  # noqa: BLE001 - whatever breaks under a planted bug has caught it
            return True


def first_seed(name: str, seeds: range) -> int | None:
    """Return the first seed that catches a mutant in its world."""
    return next((seed for seed in seeds if caught(name, seed)), None)
