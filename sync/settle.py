"""What became of a posting, written into the store: each step in one transaction.

A result is the posting, its link, what QuickBooks holds, the invoice's status and a
line of the audit: all of them or none. It is fenced: a process that was put to sleep
and overtaken cannot write over the one that went on.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from connectors.qbo.shapes import Answer
from core.clock import Clock
from core.jsonio import JsonObject
from core.money import exact_cents
from core.text import display
from store import journal, links, mirror
from store.cache import Cache
from store.settings import all_settings
from store.states import LinkOrigin, PostingState
from sync.content import same_content
from sync.jobs import Job
from sync.ledger import Call, Ledger, Step, still_ours
from sync.outcome import Judgement
from sync.policy import Policy
from sync.settings import EngineSettings
from sync.shapes import Compared, ConflictKind, PlannedPosting
from sync.verify import compare

_A_MOMENT = timedelta(seconds=5)
_log = logging.getLogger(__name__)


class Settler:
    """The store's side of a run.

    Args:
        cache: where everything is written.
        realm: the company.
        clock: for what is due when.
        settings: settle time and lease.
        owner: this process's name on its leases.
        ledger: writes the lines of a step.
    """

    def __init__(
        self,
        cache: Cache,
        realm: str,
        clock: Clock,
        settings: EngineSettings,
        owner: str,
        ledger: Ledger,
    ) -> None:
        self._cache = cache
        self._realm = realm
        self._clock = clock
        self._settings = settings
        self._owner = owner
        self._ledger = ledger

    def known_ids(self, planned: PlannedPosting) -> Mapping[str, str]:
        """Return the Ids of what a body refers to, by placeholder; unlinked ones are missing."""
        known = {}
        with self._cache.read() as session:
            for need in planned.needs:
                link = links.find_link(session, self._realm, need.kind, need.docket_id)
                if link is not None:
                    known[need.placeholder] = link.qbo_id
        return known

    def taken(self, job: Job, found: Mapping[str, Sequence[JsonObject]]) -> Mapping[str, str]:
        """Return whose the documents are that were found, by Id; names may be shared."""
        entity = job.planned.entity
        ids = [str(one["Id"]) for one in found.get(entity, ())]
        if job.is_name or not ids:
            return {}
        me = (job.planned.kind, job.planned.docket_id)
        with self._cache.read() as session:
            owners = links.owners_of(session, self._realm, entity, ids)
        return {
            link.qbo_id: f"Docket {link.kind} {display(link.docket_id, 40)}"
            for link in owners
            if (link.kind, link.docket_id) != me
        }

    def only_its_token_moved(self, job: Job, held: JsonObject) -> bool:
        """Whether a record says what it said when its change was planned, under a newer token."""
        entity, qbo_id = job.planned.entity, str(held["Id"])
        with self._cache.read() as session:
            known = mirror.known_bodies(session, self._realm, entity, [qbo_id]).get(qbo_id)
        if known is None:
            return False
        token, body = known
        return job.planned.operation.endswith(f"@{token}") and same_content(body, held)

    def looked(self, job: Job, *, there: bool) -> None:
        """Note a look that was made for this posting alone."""
        with self._cache.write() as session:
            self._ledger.attempt(session, job, "look", Call(f"found {int(there)}"))

    def claim(self, job: Job, frozen: bytes) -> None:
        """Freeze the body and take the posting, on disk before the first byte leaves.

        Raises:
            Overtaken: another process has gone on with it.
        """
        now = self._clock.now()
        until = now + timedelta(seconds=self._settings.lease)
        with self._cache.write() as session, still_ours(session, job):
            fence = journal.claim(session, job.id, frozen, self._owner, until, now)
        job.fence = fence
        job.body = frozen
        job.state = PostingState.SENDING
        job.attempts += 1
        job.last_sent_at = now
        job.first_sent_at = job.first_sent_at or now
        job.next_try_at = None

    def answered(self, job: Job, body: JsonObject, answer: Answer) -> None:
        """QuickBooks gave the object: confirm it, or hold it where it differs.

        Either way it is linked, so that it is never posted a second time.
        """
        call = Call("answered", answer.status, intuit_tid=answer.intuit_tid or "")
        self._is_there(job, body, answer.object, LinkOrigin.CREATED, "sent", call)

    def adopt(self, job: Job, body: JsonObject, held: JsonObject, *, ours: bool) -> None:
        """It is in QuickBooks already: link it. What we made ourselves is compared too."""
        job.found = job.found or (ours and job.unclear)
        job.adopted = not ours
        if ours:
            self._is_there(job, body, held, LinkOrigin.CREATED, "found", None)
        else:
            self._is_there(job, body, held, LinkOrigin.ADOPTED, "linked", None)

    def hold(self, job: Job, kind: ConflictKind, words: str) -> None:
        """A person has to look."""
        self._step(job, Step(PostingState.HOLD, reason=words, fault_code=str(kind)))

    def refuse(self, job: Job, judgement: Judgement, words: str) -> None:
        """QuickBooks said no, definitely."""
        step = Step(PostingState.REJECTED, reason=words, fault_code=judgement.code)
        self._step(job, step, judgement)

    def unclear(self, job: Job, judgement: Judgement) -> None:
        """Nobody knows what became of it: wait until the truth can be seen.

        The wait begins now, not at the claim: the bytes may have left much later than
        that, after a 429 or a closed lid.
        """
        job.unclear = True
        due = self._clock.now() + timedelta(seconds=self._settings.settle)
        self._step(job, Step(PostingState.UNKNOWN, next_try_at=due), judgement)

    def not_executed(self, job: Job, judgement: Judgement | None) -> None:
        """This send never reached the books: the same again later, under the same id.

        One whose earlier send is unclear stays so, lest it be withdrawn as unsent.
        """
        due = self._clock.now() + _A_MOMENT
        state = PostingState.UNKNOWN if job.unclear else PostingState.APPROVED
        self._step(job, Step(state, next_try_at=due), judgement)

    def answered_no(self, job: Job, judgement: Judgement) -> None:
        """Keep a refusal that a look then explained."""
        with self._cache.write() as session:
            self._ledger.attempt(session, job, "send", _call(judgement))

    def wait(self, job: Job) -> None:
        """A look brought no answer: look again in a moment; nothing was sent."""
        job.next_try_at = self._clock.now() + _A_MOMENT

    def _step(self, job: Job, step: Step, judgement: Judgement | None = None) -> None:
        with self._cache.write() as session:
            if judgement is not None:
                self._ledger.attempt(session, job, "send", _call(judgement))
            self._ledger.step(session, job, step)
        self._ledger.follow(job, step)
        _log.info(
            "posting %s (%s) is %s; fault %s, status %s, intuit_tid %s",
            job.id,
            job.planned.entity,
            step.state,
            judgement.code if judgement else step.fault_code or "-",
            judgement.status if judgement else "-",
            judgement.intuit_tid if judgement else "-",
        )

    def _tolerance(self, planned: PlannedPosting) -> int:
        """Return the cents by which a computed tax may differ: the company's setting."""
        if planned.entity in ("Customer", "Item", "Payment"):
            return 0
        with self._cache.read() as session:
            return Policy.from_settings(all_settings(session)).tax_tolerance

    def _is_there(
        self,
        job: Job,
        body: JsonObject,
        held: JsonObject,
        origin: LinkOrigin,
        how: str,
        call: Call | None,
    ) -> None:
        planned = job.planned
        voids = planned.operation.startswith(("void@", "deactivate@"))
        job.held = exact_cents(held.get("TotalAmt", 0))
        if origin is LinkOrigin.CREATED and not voids:
            if planned.entity == "Payment" and job.body is None:
                # Sent in a life that a restored cache forgot, and planned anew while what it
                # pays was paid by it: where it is applied, the next check compares with Docket.
                body = {**body, "Line": held.get("Line", [])}
            job.compared = compare(
                body,
                held,
                planned.entity,
                docket=planned.amount,
                tolerance=self._tolerance(planned),
            )
        step = Step(
            PostingState.CONFIRMED,
            qbo_id=str(held["Id"]),
            sync_token=str(held.get("SyncToken", "")),
            how=how,
        )
        differences = [row for row in job.compared if not row.equal]
        if differences:
            step = replace(
                step,
                state=PostingState.HOLD,
                reason=_differs(planned, differences[0]),
                fault_code=str(ConflictKind.DIFFERS),
            )
        with self._cache.write() as session:
            if call is not None:
                self._ledger.attempt(session, job, "send", call)
            if voids:
                links.remove_links(session, self._realm, planned.kind, [planned.docket_id])
            else:
                self._ledger.link(session, job, held, origin)
            mirror.save_objects(
                session,
                self._realm,
                planned.entity,
                [held],
                source="answer",
                seen_at=self._clock.now(),
            )
            self._ledger.step(session, job, step)
        self._ledger.follow(job, step)


def _call(judgement: Judgement) -> Call:
    return Call(
        str(judgement.verdict),
        judgement.status,
        judgement.code,
        judgement.text,
        judgement.intuit_tid,
    )


def _differs(planned: PlannedPosting, row: Compared) -> str:
    return (
        f"{planned.label} is in QuickBooks, but not as it was sent: {row.field} was sent as"
        f" {row.sent}, QuickBooks holds {row.held}."
    )
