"""One posting's way to QuickBooks and back: look, freeze, send, weigh the answer.

Each step that the books could notice has its line in the journal before it (the
frozen body and the fence) and after it (the outcome), so that dying between any two
lines leaves something from which the truth can be found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from connectors.qbo.faults import QboError, QboRefused
from connectors.qbo.shapes import Answer
from core.errors import Trouble
from core.jsonio import JsonObject, loads
from sync.jobs import Job
from sync.judge import Absent, Adopt, Found, Hold, is_voided, judge, own_markers, sentence
from sync.lookup import LookUps, questions, questions_again
from sync.outcome import Judgement, Verdict, judge_error
from sync.planned import fill, freeze
from sync.ports import QboPort
from sync.settings import EngineSettings
from sync.settle import Settler
from sync.shapes import ConflictKind
from sync.verify import agrees, compare
from sync.words import fault_words

_TWIN = re.compile(r"TxnType=(?P<entity>[A-Za-z]+) with TxnId=(?P<id>\d+)")


class Sender:
    """Takes postings one by one; several may be under way at once.

    Args:
        qbo: the company.
        lookups: shared answers of looks before creates.
        settler: writes every step into the store.
        settings: how often a posting is sent.
    """

    def __init__(
        self,
        qbo: QboPort,
        lookups: LookUps,
        settler: Settler,
        settings: EngineSettings,
    ) -> None:
        self._qbo = qbo
        self._lookups = lookups
        self._settler = settler
        self._settings = settings

    async def work(self, job: Job) -> Judgement | None:
        """Take one posting as far as it goes now.

        Returns:
            What slowed it down or must stop the run; None if it was settled.
        """
        body = self._body(job)
        if body is None:
            self._settler.hold(
                job,
                ConflictKind.REFUSED,
                f"{job.planned.label} refers to a record that is no longer linked: try it again.",
            )
            return None
        try:
            found = await self._look(job, body)
        except QboError as error:
            return self._look_failed(job, judge_error(error))
        if not isinstance(found, Absent):
            self._settle_found(job, body, found)
            return None
        if job.unclear and job.attempts >= self._settings.rounds and not _asked_for(job):
            self._settler.hold(
                job,
                ConflictKind.REFUSED,
                f"Sent {job.attempts} times without a clear answer, and QuickBooks does not"
                " show it.",
            )
            return None
        return await self._send(job, body, voided_twin=found.number_of_voided)

    def _body(self, job: Job) -> JsonObject | None:
        """Return the body with Ids filled in; None if something it refers to is not linked."""
        if job.body is not None:
            frozen = loads(job.body)
            assert isinstance(frozen, dict)
            return frozen
        known = self._settler.known_ids(job.planned)
        if len(known) < len(job.planned.needs):
            return None
        return fill(job.planned.body, known)

    async def _look(self, job: Job, body: JsonObject, *, singly: bool = False) -> Found:
        if job.planned.operation != "create":
            return await self._look_at_target(job, body) if job.sent_before else Absent()
        if not (singly or job.sent_before):
            found = await self._lookups.find(questions(job.planned, body), singly=False)
            return self._judged(job, body, found)
        asked = questions_again(job.planned, body, job.first_sent_at)
        verdict = self._judged(job, body, await self._lookups.find(asked, singly=True))
        self._settler.looked(job, there=not isinstance(verdict, Absent))
        return verdict

    def _judged(
        self, job: Job, body: JsonObject, found: Mapping[str, Sequence[JsonObject]]
    ) -> Found:
        there = any(found.values())
        earlier = own_markers(self._qbo.realm_id, job.planned) if there else frozenset()
        return judge(job, body, found, self._settler.taken(job, found), earlier)

    async def _look_at_target(self, job: Job, body: JsonObject) -> Found:
        """Whether a change or void that was sent has been carried out."""
        planned = job.planned
        verb, _, token = planned.operation.partition("@")
        held = await self._qbo.read(planned.entity, str(body["Id"]))
        done = is_voided(held) if verb == "void" else not held.get("Active", True)
        if verb in ("void", "deactivate") and done:
            return Adopt(held, ours=True)
        if held.get("SyncToken") == token:
            return Absent()
        compared = compare(body, held, planned.entity) if verb == "update" else ()
        if compared and agrees(compared):
            return Adopt(held, ours=True)
        if self._settler.only_its_token_moved(job, held):
            return Hold(
                ConflictKind.CHANGED_IN_QBO,
                f"{sentence(planned.label)} was not sent: a payment was applied in QuickBooks at"
                " the same time. Refresh, then try it again.",
            )
        return Hold(
            ConflictKind.CHANGED_IN_QBO,
            f"{sentence(planned.label)} was not sent: somebody changed the record in QuickBooks"
            " meanwhile, and it was left as it is.",
        )

    def _settle_found(self, job: Job, body: JsonObject, found: Adopt | Hold) -> None:
        if isinstance(found, Adopt):
            self._settler.adopt(job, body, found.found, ours=found.ours)
        else:
            self._settler.hold(job, found.kind, found.words)

    def _look_failed(self, job: Job, judgement: Judgement) -> Judgement:
        """A look brought nothing: the posting waits as it is, nothing was sent."""
        if judgement.verdict is Verdict.REFUSED and job.planned.operation != "create":
            self._settler.hold(
                job,
                ConflictKind.REMOVED_IN_QBO,
                f"{job.planned.label} is no longer in QuickBooks.",
            )
            return judgement
        self._settler.wait(job)
        return judgement

    async def _send(self, job: Job, body: JsonObject, *, voided_twin: bool) -> Judgement | None:
        frozen = job.body if job.body is not None else freeze(body)
        self._settler.claim(job, frozen)
        try:
            answer = await self._call(job, frozen, voided_twin=voided_twin)
        except QboError as error:
            return await self._failed(job, body, judge_error(error))
        except Trouble:
            self._settler.not_executed(job, None)
            raise
        self._settler.answered(job, body, answer)
        return None

    async def _call(self, job: Job, frozen: bytes, *, voided_twin: bool) -> Answer:
        planned = job.planned
        if planned.operation == "create":
            return await self._qbo.create(
                planned.entity, frozen, job.request_id, allow_duplicate_number=voided_twin
            )
        if planned.operation.startswith("void@"):
            return await self._qbo.void(planned.entity, frozen, job.request_id)
        return await self._qbo.update(planned.entity, frozen, job.request_id)

    async def _failed(self, job: Job, body: JsonObject, judgement: Judgement) -> Judgement | None:
        verdict = judgement.verdict
        if verdict in (Verdict.LATER, Verdict.STOP):
            self._settler.not_executed(job, judgement)
            return judgement
        if verdict is Verdict.REFUSED:
            self._refuse(job, judgement)
            return None
        if verdict is Verdict.UNCLEAR:
            self._settler.unclear(job, judgement)
            return None
        return await self._perhaps_ours(job, body, judgement)

    async def _perhaps_ours(
        self, job: Job, body: JsonObject, judgement: Judgement
    ) -> Judgement | None:
        """A refusal that our own earlier success would also bring: look first."""
        try:
            found = await self._look(job, body, singly=True)
            if isinstance(found, Absent):
                found = await self._twin(job, body, judgement)
        except QboError:
            self._settler.unclear(job, judgement)
            return None
        if not isinstance(found, Absent):
            self._settler.answered_no(job, judgement)
            self._settle_found(job, body, found)
        elif judgement.code == "600":
            self._settler.unclear(job, judgement)
        else:
            self._refuse(job, judgement)
        return None

    async def _twin(self, job: Job, body: JsonObject, judgement: Judgement) -> Found:
        """Read the document that QuickBooks names as the owner of our number."""
        named = _TWIN.search(judgement.text)
        if named is None:
            return Absent()
        entity, qbo_id = named["entity"], named["id"]
        if entity != job.planned.entity:
            return Hold(
                ConflictKind.NUMBER_TAKEN,
                f"Its number is already used in QuickBooks, by a record of another kind"
                f" ({entity}).",
            )
        try:
            found = {entity: (await self._qbo.read(entity, qbo_id),)}
        except QboRefused:
            return Absent()
        return self._judged(job, body, found)

    def _refuse(self, job: Job, judgement: Judgement) -> None:
        self._settler.refuse(job, judgement, fault_words(judgement.code, judgement.text).sentence)


def _asked_for(job: Job) -> bool:
    """Whether a person sent it on its way again after it was held for being unclear too often.

    Its fault code is still that of the hold; the next unclear answer replaces it.
    """
    return job.fault_code == str(ConflictKind.REFUSED)
