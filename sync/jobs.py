"""One posting while a run works on it: the journal's row, held in memory.

The row in the store is the truth; this copy only saves reading it back. It is
changed by `sync.settle` in the same breath as the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.jsonio import JsonObject
from core.money import Cents
from store.states import PostingState
from sync.shapes import Compared, PlannedPosting

NAME_KINDS = frozenset({"client", "product"})
"""Written one at a time: QuickBooks takes names serially (docs/qbo-facts.md)."""

GOES_ON = frozenset({PostingState.APPROVED, PostingState.UNKNOWN})
"""States from which a run takes a posting further."""


@dataclass(slots=True)
class Job:
    """A posting of the run under way."""

    id: int
    run_id: int
    planned: PlannedPosting
    fingerprint: str
    """Of the Docket record as it was confirmed."""
    snapshot: JsonObject | None
    request_id: str
    marker: str
    parents: tuple[int, ...]
    """Posting ids that must be CONFIRMED first."""
    state: PostingState
    attempts: int
    body: bytes | None
    """The frozen bytes, once it was sent."""
    last_sent_at: datetime | None
    next_try_at: datetime | None
    first_sent_at: datetime | None = None
    fence: int = 0
    qbo_id: str = ""
    reason: str = ""
    fault_code: str = ""
    adopted: bool = False
    """Linked to a record that somebody else made."""
    unclear: bool = False
    """Its outcome was unclear at least once since this run began or stopped."""
    found: bool = False
    """It was unclear and turned out to be in QuickBooks."""
    compared: tuple[Compared, ...] = ()
    held: Cents | None = None
    """The total of the document by QuickBooks' own answer."""

    @property
    def is_name(self) -> bool:
        """Whether it writes to a list of names."""
        return self.planned.kind in NAME_KINDS

    @property
    def is_link(self) -> bool:
        """Whether it was planned as a link: nothing is written for it."""
        return bool(self.planned.adopts)

    @property
    def sent_before(self) -> bool:
        """Whether an earlier send may have gone through."""
        return self.attempts > 0

    @property
    def open(self) -> bool:
        """Whether the run still has something to do for it."""
        return self.state in GOES_ON

    def due(self, now: datetime) -> bool:
        """Whether its waiting time is over at `now`."""
        return self.open and (self.next_try_at is None or self.next_try_at <= now)
