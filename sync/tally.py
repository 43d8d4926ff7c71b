"""What has become of each selected invoice so far, in the eight words that add up.

Kept while the run goes on, so that a snapshot costs nothing; the same rules make
the result at the end and after a restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.money import Cents
from store.states import PostingState
from sync.jobs import Job
from sync.shapes import CountAndMoney, InvoiceResult, Outcome

_DEAD = frozenset({PostingState.HOLD, PostingState.REJECTED})


@dataclass(frozen=True, slots=True)
class Selected:
    """One selected invoice as it was confirmed."""

    docket_id: str
    number: str
    client: str
    total: Cents
    outcome: Outcome
    reason: str
    postings: int
    """How many were confirmed for it."""


class Tally:
    """Outcomes of the selected invoices.

    Args:
        selected: in the plan's order.
        jobs: the run's postings.
    """

    def __init__(self, selected: Sequence[Selected], jobs: Iterable[Job]) -> None:
        self._selected = {one.docket_id: one for one in selected}
        self._jobs: dict[str, list[Job]] = {}
        for job in jobs:
            self._jobs.setdefault(job.planned.invoice_id, []).append(job)
        self._results = {one.docket_id: self._result(one, {}) for one in selected}
        self.totals = dict.fromkeys(Outcome, CountAndMoney())
        for result in self._results.values():
            self._count(result, 1)
        self.selected = CountAndMoney(len(selected), sum(one.total for one in selected))

    def update(self, invoice_id: str, blocked: Mapping[int, str]) -> None:
        """Weigh an invoice again after one of its postings moved.

        Args:
            invoice_id: Docket's id.
            blocked: why postings that wait for another will not go, by posting id.
        """
        selected = self._selected.get(invoice_id)
        if selected is None:
            return
        before, after = self._results[invoice_id], self._result(selected, blocked)
        if before != after:
            self._count(before, -1)
            self._count(after, 1)
            self._results[invoice_id] = after

    def results(self) -> tuple[InvoiceResult, ...]:
        """Every selected invoice with its outcome, in the plan's order."""
        return tuple(self._results.values())

    def outcome(self, invoice_id: str) -> Outcome | None:
        """The outcome of one invoice; None if it was not selected."""
        result = self._results.get(invoice_id)
        return None if result is None else result.outcome

    def _count(self, result: InvoiceResult, sign: int) -> None:
        now = self.totals[result.outcome]
        self.totals[result.outcome] = CountAndMoney(
            now.count + sign, now.amount + sign * result.total
        )

    def _result(self, one: Selected, blocked: Mapping[int, str]) -> InvoiceResult:
        outcome, reason = self._outcome(one, blocked)
        return InvoiceResult(one.docket_id, one.number, one.client, one.total, outcome, reason)

    def _outcome(self, one: Selected, blocked: Mapping[int, str]) -> tuple[Outcome, str]:
        jobs = self._jobs.get(one.docket_id, [])
        if not one.postings:
            return one.outcome, one.reason
        if not jobs:
            return Outcome.NOT_SENT, ""
        for job in jobs:
            if job.state in _DEAD:
                return Outcome.NEEDS_YOU, job.reason
        for job in jobs:
            if job.state in (PostingState.UNKNOWN, PostingState.SENDING):
                return (
                    Outcome.CHECKING,
                    f"QuickBooks has not said what became of {job.planned.label}",
                )
        for job in jobs:
            if job.state != PostingState.CONFIRMED and job.id in blocked:
                return Outcome.NEEDS_YOU, blocked[job.id]
        if any(job.state != PostingState.CONFIRMED for job in jobs):
            return Outcome.NOT_SENT, ""
        linked = any(job.planned.kind == "invoice" and job.adopted for job in jobs)
        return (Outcome.LINKED if linked else one.outcome), ""
