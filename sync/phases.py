"""The phases of a run, and how far each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sync.jobs import Job
from sync.shapes import StepCount

PHASES = ("customers", "products", "invoices", "payments")
"""In the order in which a run goes through them; money of all kinds is the last."""
_OF_KIND: Mapping[str, str] = {"client": "customers", "product": "products", "invoice": "invoices"}


def phase_of(job: Job) -> str:
    """Return the phase to which a posting belongs."""
    return _OF_KIND.get(job.planned.kind, "payments")


def by_phase(jobs: Iterable[Job]) -> Counter[str]:
    """Count postings by phase."""
    return Counter(phase_of(job) for job in jobs)


def steps(every: Mapping[str, int], left: Mapping[str, int]) -> tuple[StepCount, ...]:
    """Return the phases that a run has, with what is done of `every` posting of theirs.

    Args:
        every: the run's postings by phase.
        left: those of them that are still open.
    """
    return tuple(
        StepCount(phase, total - left.get(phase, 0), total)
        for phase in PHASES
        if (total := every.get(phase, 0))
    )
