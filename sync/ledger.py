"""The lines that one step of a posting writes, inside the caller's transaction.

The posting's state, its attempt, its link, the audit and the invoice's status belong
together; `sync.settle` decides which of them a step needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.clock import Clock
from core.errors import StoreTrouble
from core.jsonio import JsonObject, dumps, loads
from store import audit, journal, links, statuses
from store.states import InvoiceStatus, LinkOrigin, PostingState
from sync.jobs import Job
from sync.results import compared_to_json

_ENVELOPE = frozenset({"Id", "SyncToken", "sparse"})
_STUCK = frozenset({PostingState.HOLD, PostingState.REJECTED})


@dataclass(frozen=True, slots=True)
class Call:
    """One call to QuickBooks as the journal keeps it."""

    outcome: str
    status: int | None = None
    code: str = ""
    text: str = ""
    intuit_tid: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a posting goes, and what is known with it."""

    state: PostingState
    qbo_id: str = ""
    sync_token: str = ""
    reason: str = ""
    fault_code: str = ""
    next_try_at: datetime | None = None
    how: str = ""
    """What told us: sent, found, linked."""


class Overtaken(StoreTrouble):
    """Another process has gone on with this run: it is that one's, and this one writes no more."""

    def __init__(self) -> None:
        super().__init__(
            "Another window has gone on with this sync.",
            books="What it has posted stands in the sync log; nothing is posted twice.",
            fix="Close one of the two windows, then refresh.",
        )


@contextmanager
def still_ours(session: Session, job: Job) -> Iterator[None]:
    """Tell a step that the journal refuses because another process took it from one that is a bug.

    Raises:
        Overtaken: the posting is no longer as this process knows it. Under the posting
            lock nobody else moves it, so the lock was lost.
    """
    try:
        yield
    except journal.JournalError as error:
        row = journal.get_posting(session, job.id)
        if row is not None and (row.state, row.fence) == (job.state, job.fence):
            raise
        raise Overtaken from error


class Ledger:
    """Writes for one run.

    Args:
        realm: the company.
        clock: for when.
        actor: who confirmed the run.
        jobs: the run's postings, for the status of an invoice that has several.
    """

    def __init__(self, realm: str, clock: Clock, actor: str, jobs: Sequence[Job]) -> None:
        self._realm = realm
        self._clock = clock
        self._actor = actor
        self._of_invoice: dict[str, list[Job]] = {}
        for job in jobs:
            self._of_invoice.setdefault(job.planned.invoice_id, []).append(job)

    def attempt(self, session: Session, job: Job, phase: str, call: Call) -> None:
        """Append a call and its answer."""
        now = self._clock.now()
        began = job.last_sent_at if phase == "send" and job.last_sent_at else now
        journal.add_attempt(
            session,
            job.id,
            phase=phase,
            started_at=began,
            ended_at=now,
            http_status=call.status,
            fault_code=call.code,
            fault_text=call.text,
            intuit_tid=call.intuit_tid,
            outcome=call.outcome,
        )

    def link(self, session: Session, job: Job, held: JsonObject, origin: LinkOrigin) -> None:
        """Link the Docket record with what QuickBooks holds, or renew the link.

        What a change did not carry is as it was posted before.
        """
        planned = job.planned
        if planned.replaces:
            self._unlink(session, job)
        links.add_link(
            session,
            self._realm,
            job.planned.kind,
            job.planned.docket_id,
            job.planned.entity,
            str(held["Id"]),
            origin,
            str(held.get("SyncToken", "")),
            body_as_posted=_as_posted(session, self._realm, job),
            snapshot=job.snapshot,
            fingerprint=job.fingerprint,
        )

    def _unlink(self, session: Session, job: Job) -> None:
        """Forget the link to the document that is gone in QuickBooks and is posted anew."""
        planned = job.planned
        link = links.find_link(session, self._realm, planned.kind, planned.docket_id)
        if link is None or link.qbo_id != planned.replaces:
            return
        links.remove_links(session, self._realm, planned.kind, [planned.docket_id])
        audit.append(
            session,
            self._clock.now(),
            self._actor,
            "link taken over",
            f"{planned.kind}:{planned.docket_id}",
            before={"entity": link.entity, "qbo_id": link.qbo_id},
            after={"reason": "gone in QuickBooks, posted anew"},
            request_id=job.request_id,
        )

    def step(self, session: Session, job: Job, step: Step) -> None:
        """Bring a posting to a state, with its line in the audit and its invoice's status.

        Raises:
            Overtaken: another process has gone on with the posting.
        """
        with still_ours(session, job):
            kept = journal.settle(
                session,
                job.id,
                job.fence,
                step.state,
                qbo_id=step.qbo_id,
                sync_token=step.sync_token,
                reason=step.reason,
                fault_code=step.fault_code,
                next_try_at=step.next_try_at,
                detail=_detail(job),
            )
        if not kept:
            raise Overtaken
        audit.append(
            session,
            self._clock.now(),
            self._actor,
            f"posting {step.state}",
            f"{job.planned.kind}:{job.planned.docket_id}",
            before={"state": str(job.state)},
            after={
                "state": str(step.state),
                "qbo_id": step.qbo_id,
                "how": step.how,
                "reason": step.reason,
            },
            request_id=job.request_id,
        )
        self._show(session, job, step)

    def follow(self, job: Job, step: Step) -> None:
        """Bring the copy in memory to the same state, once the transaction is on the disk."""
        job.state, job.reason, job.fault_code = step.state, step.reason, step.fault_code
        job.next_try_at = step.next_try_at
        job.qbo_id = step.qbo_id or job.qbo_id

    def _show(self, session: Session, job: Job, step: Step) -> None:
        """Give the invoice its status for now; the check after the run weighs everything."""
        others = [one for one in self._of_invoice.get(job.planned.invoice_id, ()) if one is not job]
        stuck = next((one for one in others if one.state in _STUCK), None)
        states = {one.state for one in others} | {step.state}
        if step.state in _STUCK:
            shown = InvoiceStatus.CONFLICTED, step.fault_code, step.reason
        elif stuck is not None:
            shown = InvoiceStatus.CONFLICTED, stuck.fault_code, stuck.reason
        elif PostingState.UNKNOWN in states:
            shown = InvoiceStatus.SYNCING, "checking", "checking with QuickBooks"
        elif states != {PostingState.CONFIRMED}:
            shown = InvoiceStatus.SYNCING, "approved", "confirmed, and waiting in a sync"
        else:
            shown = InvoiceStatus.SYNCED, "synced", "in QuickBooks"
        statuses.set_status(session, job.planned.invoice_id, *shown)


def _as_posted(session: Session, realm: str, job: Job) -> bytes | None:
    """Return the body as posted: for a change, what stood before with the change laid over it."""
    planned = job.planned
    if job.body is None or not planned.operation.startswith("update@"):
        return job.body
    before, _ = links.posted_body(session, realm, planned.kind, planned.docket_id)
    if before is None:
        return None
    change = {key: part for key, part in loads(job.body).items() if key not in _ENVELOPE}
    return dumps({**loads(before), **change}).encode()


def _detail(job: Job) -> JsonObject | None:
    """Return what a resumed run, and the detail on screen, have to know of the answer."""
    if job.held is None and not job.compared:
        return None
    return {
        "held": job.held,
        "compared": compared_to_json(job.compared),
        "adopted": job.adopted,
        "found": job.found,
    }
