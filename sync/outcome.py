"""What a failed call means for the posting that was sent. Pure.

The whole question is whether QuickBooks may have carried it out: a refusal is a
definite no, a call that never reached the books may be sent again under the same
id, and everything else is unclear until a look has settled it. Three refusals of a
send may be the echo of our own earlier success, so a look comes before belief.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from connectors.qbo.faults import (
    QboError,
    QboForbidden,
    QboRefused,
    QboThrottled,
    QboUnauthorized,
    QboUnclear,
    QboUnreachable,
)

DUPLICATE_CODES = frozenset({"600", "6140", "6240"})
STALE_CODE = "5010"
READ_ONLY_CODE = "6190"


class Verdict(StrEnum):
    """What happens next to a posting whose call brought no object."""

    REFUSED = "refused"  # a definite no
    LOOK = "look"  # perhaps our own success: look before believing it
    STALE = "stale"  # somebody changed the record, or we did
    LATER = "later"  # not executed; the same again in a while
    STOP = "stop"  # not executed, and nothing else will be
    UNCLEAR = "unclear"  # settle, look, then adopt or send again


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with what the journal and the person get to know."""

    verdict: Verdict
    code: str
    text: str
    """QuickBooks' own words."""
    status: int | None
    intuit_tid: str
    retry_after: float | None = None
    unreachable: bool = False


def judge_error(error: QboError) -> Judgement:
    """Return what a failed call means."""
    verdict, retry_after = _verdict(error)
    return Judgement(
        verdict=verdict,
        code=error.code,
        text=error.reason,
        status=error.status,
        intuit_tid=error.intuit_tid or "",
        retry_after=retry_after,
        unreachable=isinstance(error, QboUnreachable),
    )


def _verdict(error: QboError) -> tuple[Verdict, float | None]:
    if isinstance(error, QboUnclear):
        return Verdict.UNCLEAR, None
    if isinstance(error, QboUnauthorized | QboForbidden):
        return Verdict.STOP, None
    if isinstance(error, QboThrottled):
        return Verdict.LATER, 60.0 if error.retry_after is None else error.retry_after
    if isinstance(error, QboUnreachable):
        return Verdict.LATER, None
    if isinstance(error, QboRefused):
        return _refusal(error), None
    return Verdict.UNCLEAR, None


def _refusal(error: QboRefused) -> Verdict:
    codes = {fault.code for fault in error.faults}
    if codes & DUPLICATE_CODES:
        return Verdict.LOOK
    if STALE_CODE in codes:
        return Verdict.STALE
    if READ_ONLY_CODE in codes:
        return Verdict.STOP
    return Verdict.LATER if error.passing else Verdict.REFUSED
