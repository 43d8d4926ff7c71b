"""The order in which candidates are offered to a person."""

from __future__ import annotations

from collections.abc import Iterable

from sync.shapes import Candidate


def ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates best first: usable ones, then by likeness and evidence."""
    return tuple(
        sorted(
            candidates,
            key=lambda one: (
                not one.usable,
                -(one.likeness + 10 * sum(said.startswith("same") for said in one.evidence)),
                one.name,
                one.qbo_id,
            ),
        )
    )
