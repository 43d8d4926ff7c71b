"""What a run came to: made from the journal, kept as JSON, read back for any screen.

The totals are those of the tally; the proof is Docket's sum of what was posted
against the sum of the totals in QuickBooks' own answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.clock import iso, parse_instant
from core.jsonio import JsonObject
from store.states import PostingState, RunKind
from sync.jobs import Job
from sync.shapes import (
    Compared,
    ConflictKind,
    CountAndMoney,
    InvoiceResult,
    Outcome,
    PostingResult,
    Proof,
    RunResult,
)
from sync.tally import Tally

_ATTENTION = frozenset({PostingState.HOLD, PostingState.REJECTED, PostingState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Ending:
    """How and when a run ended."""

    run_id: int
    kind: RunKind
    stopped_because: str
    metered_reads: int
    started_at: datetime
    ended_at: datetime


def make_result(
    ending: Ending, tally: Tally, jobs: Sequence[Job], web_url: Callable[[str, str], str]
) -> RunResult:
    """Return the result of a run.

    Args:
        ending: how it ended.
        tally: what became of the selected invoices.
        jobs: all its postings.
        web_url: where a person sees a record in QuickBooks.
    """
    shown = [job for job in jobs if ending.kind is not RunKind.BULK or job.state in _ATTENTION]
    differs = any(job.fault_code == str(ConflictKind.DIFFERS) for job in jobs)
    return RunResult(
        run_id=ending.run_id,
        kind=str(ending.kind),
        finished=not ending.stopped_because,
        stopped_because=ending.stopped_because,
        totals=dict(tally.totals),
        selected=tally.selected,
        invoices=tally.results(),
        proof=proof_of(jobs),
        agreed=not differs,
        postings=tuple(posting_result(job, web_url) for job in shown),
        unclear_found=sum(job.found for job in jobs),
        unclear_resent=sum(
            job.unclear and not job.found and job.state == PostingState.CONFIRMED for job in jobs
        ),
        metered_reads=ending.metered_reads,
        started_at=ending.started_at,
        ended_at=ending.ended_at,
    )


def proof_of(jobs: Sequence[Job]) -> Proof:
    """Return both sums of the invoices that are in QuickBooks now by this run.

    A run that posted payments alone is proven by its payments.
    """
    there = [job for job in jobs if job.held is not None and job.qbo_id]
    of_kind = [job for job in there if job.planned.kind == "invoice"] or [
        job for job in there if job.planned.kind in ("payment", "credit")
    ]
    return Proof(
        docket=sum(job.planned.amount for job in of_kind),
        quickbooks=sum(job.held or 0 for job in of_kind),
    )


def posting_result(job: Job, web_url: Callable[[str, str], str]) -> PostingResult:
    """Return what became of one posting."""
    planned = job.planned
    return PostingResult(
        label=planned.label,
        kind=planned.kind,
        entity=planned.entity,
        state=str(job.state),
        qbo_id=job.qbo_id,
        adopted=job.adopted,
        amount=planned.amount,
        compared=job.compared,
        reason=job.reason,
        web_url=web_url(planned.entity, job.qbo_id) if job.qbo_id else "",
    )


def result_to_json(result: RunResult) -> JsonObject:
    """Return a result as it is kept."""
    return {
        "run_id": result.run_id,
        "kind": result.kind,
        "finished": result.finished,
        "stopped_because": result.stopped_because,
        "totals": {str(word): [sums.count, sums.amount] for word, sums in result.totals.items()},
        "selected": [result.selected.count, result.selected.amount],
        "invoices": [
            [one.docket_id, one.number, one.client, one.total, str(one.outcome), one.reason]
            for one in result.invoices
        ],
        "proof": [result.proof.docket, result.proof.quickbooks],
        "agreed": result.agreed,
        "postings": [_posting_to_json(one) for one in result.postings],
        "unclear_found": result.unclear_found,
        "unclear_resent": result.unclear_resent,
        "metered_reads": result.metered_reads,
        "started_at": iso(result.started_at),
        "ended_at": iso(result.ended_at),
        "audit_head": result.audit_head,
    }


def result_from_json(raw: JsonObject) -> RunResult:
    """Read a kept result back."""
    return RunResult(
        run_id=raw["run_id"],
        kind=raw["kind"],
        finished=raw["finished"],
        stopped_because=raw["stopped_because"],
        totals={Outcome(word): CountAndMoney(*sums) for word, sums in raw["totals"].items()},
        selected=CountAndMoney(*raw["selected"]),
        invoices=tuple(
            InvoiceResult(one[0], one[1], one[2], one[3], Outcome(one[4]), one[5])
            for one in raw["invoices"]
        ),
        proof=Proof(*raw["proof"]),
        agreed=raw["agreed"],
        postings=tuple(_posting_from_json(one) for one in raw["postings"]),
        unclear_found=raw["unclear_found"],
        unclear_resent=raw["unclear_resent"],
        metered_reads=raw["metered_reads"],
        started_at=parse_instant(raw["started_at"]),
        ended_at=parse_instant(raw["ended_at"]),
        audit_head=raw.get("audit_head", ""),
    )


def compared_to_json(rows: Sequence[Compared]) -> list[list[object]]:
    """Return what was compared as it is kept."""
    return [[row.field, row.sent, row.held, row.equal] for row in rows]


def compared_from_json(raw: Sequence[Sequence[str]]) -> tuple[Compared, ...]:
    """Read what was compared back."""
    return tuple(Compared(row[0], row[1], row[2], bool(row[3])) for row in raw)


def _posting_to_json(one: PostingResult) -> JsonObject:
    return {
        "label": one.label,
        "kind": one.kind,
        "entity": one.entity,
        "state": one.state,
        "qbo_id": one.qbo_id,
        "adopted": one.adopted,
        "amount": one.amount,
        "compared": compared_to_json(one.compared),
        "reason": one.reason,
        "web_url": one.web_url,
    }


def _posting_from_json(raw: JsonObject) -> PostingResult:
    fields = dict(raw)
    fields["compared"] = compared_from_json(raw["compared"])
    return PostingResult(**fields)
