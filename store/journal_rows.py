"""The journal's values: what is approved, what a posting is now, and which way it may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from core.jsonio import JsonObject
from core.money import Cents
from store.states import PostingState, RunKind, RunState

_S = PostingState
WAYS: Mapping[PostingState, frozenset[PostingState]] = {
    _S.DRAFT: frozenset({_S.APPROVED, _S.EXCLUDED}),
    _S.APPROVED: frozenset(
        {_S.DRAFT, _S.SENDING, _S.UNKNOWN, _S.CONFIRMED, _S.HOLD, _S.REJECTED, _S.EXCLUDED}
    ),
    _S.SENDING: frozenset({_S.APPROVED, _S.UNKNOWN, _S.CONFIRMED, _S.HOLD, _S.REJECTED}),
    _S.UNKNOWN: frozenset({_S.DRAFT, _S.SENDING, _S.CONFIRMED, _S.HOLD, _S.REJECTED}),
    _S.HOLD: frozenset({_S.APPROVED, _S.UNKNOWN, _S.CONFIRMED, _S.REJECTED, _S.EXCLUDED}),
    _S.REJECTED: frozenset({_S.EXCLUDED}),
    _S.CONFIRMED: frozenset(),
    _S.EXCLUDED: frozenset(),
}
"""Where a posting may go from each state. A refused one is followed by a new generation."""


class JournalError(Exception):
    """The caller asked for something that would break the journal; a bug, never shown."""


class IllegalStep(JournalError):
    """A posting may not go from the state it is in to the one asked for."""

    def __init__(self, posting_id: int, before: str, after: str) -> None:
        """Name the step."""
        super().__init__(f"posting {posting_id} may not go from {before} to {after}")


class BodyFrozen(JournalError):
    """Other bytes were handed in than those that were frozen under this request id."""


@dataclass(frozen=True, slots=True)
class NewPosting:
    """A posting as it is approved; `plan` is the planned posting as JSON."""

    realm: str
    kind: str
    docket_id: str
    invoice_id: str
    entity: str
    operation: str
    generation: int
    label: str
    amount: Cents
    plan: JsonObject
    request_id: str
    marker: str
    depends_on: tuple[int, ...] = ()
    currency: str = ""


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as the journal has it; of a withdrawn one the state is DRAFT."""

    id: int
    run_id: int
    realm: str
    kind: str
    docket_id: str
    invoice_id: str
    entity: str
    operation: str
    generation: int
    label: str
    amount: Cents
    state: PostingState
    plan: JsonObject
    plan_sha256: str
    body: bytes | None
    request_id: str
    marker: str
    attempts: int
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    next_try_at: datetime | None
    lease_owner: str
    lease_until: datetime | None
    fence: int
    qbo_id: str
    sync_token: str
    reason: str
    fault_code: str
    detail: Any
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as the journal has it."""

    id: int
    kind: RunKind
    state: RunState
    selection: tuple[str, ...]
    plan_digest: str
    plan: JsonObject
    actor: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    result: JsonObject | None


def posting_from(row: Row[Any]) -> PostingRow:
    """A posting from its row."""
    return PostingRow(
        id=row.id,
        run_id=row.run_id,
        realm=row.realm,
        kind=row.kind,
        docket_id=row.docket_id,
        invoice_id=row.invoice_docket_id,
        entity=row.entity,
        operation=row.operation,
        generation=row.generation,
        label=row.label,
        amount=row.amount_cents,
        state=PostingState(row.state),
        plan=row.plan,
        plan_sha256=row.plan_sha256,
        body=row.body,
        request_id=row.request_id,
        marker=row.marker,
        attempts=row.attempts,
        first_sent_at=row.first_sent_at,
        last_sent_at=row.last_sent_at,
        next_try_at=row.next_try_at,
        lease_owner=row.lease_owner,
        lease_until=row.lease_until,
        fence=row.fence,
        qbo_id=row.qbo_id,
        sync_token=row.sync_token,
        reason=row.reason,
        fault_code=row.fault_code,
        detail=row.detail,
        changed_at=row.changed_at,
    )


def run_from(row: Row[Any]) -> RunRow:
    """A run from its row."""
    return RunRow(
        id=row.id,
        kind=RunKind(row.kind),
        state=RunState(row.state),
        selection=tuple(row.selection),
        plan_digest=row.plan_digest,
        plan=row.plan,
        actor=row.actor,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        result=row.result,
    )
