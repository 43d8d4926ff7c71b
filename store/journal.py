"""The journal: every write to QuickBooks, recorded before it is sent.

The functions here keep its rules whatever the caller does: a posting goes only the
ways that `journal_rows.WAYS` knows; the bytes under a request id are frozen by the
first claim; who claimed first and was overtaken can no longer write a result (the
fence). Each is one step inside the caller's transaction, together with the link and
the audit row that belong to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlmodel import Session

from core.jsonio import dumps
from store.journal_rows import (
    WAYS,
    BodyFrozen,
    IllegalStep,
    JournalError,
    NewPosting,
    PostingRow,
    RunRow,
    posting_from,
)
from store.runs import (
    all_runs,
    create_run,
    finish_run,
    get_run,
    last_run,
    set_run_state,
    unfinished_run,
)
from store.session import now as clock_now
from store.states import OPEN_STATES, PostingState
from store.tables import table_of
from store.tables.work import AttemptTable, PostingDependencyTable, PostingTable
from store.upsert import in_parts, insert_all

__all__ = [
    "BodyFrozen",
    "IllegalStep",
    "JournalError",
    "NewPosting",
    "PostingRow",
    "RunRow",
    "add_attempt",
    "add_posting",
    "all_runs",
    "claim",
    "create_run",
    "dependencies",
    "dependencies_of_run",
    "find_posting",
    "finish_run",
    "get_posting",
    "get_run",
    "last_run",
    "marked_postings",
    "move",
    "newest_generation",
    "open_postings",
    "postings_of",
    "quarantine",
    "recover",
    "set_run_state",
    "settle",
    "unfinished_run",
    "withdraw",
]

_POSTING = table_of(PostingTable)
_NEEDS = table_of(PostingDependencyTable)


def add_posting(session: Session, run_id: int, posting: NewPosting) -> int:
    """Approve a posting.

    One that was withdrawn before it was sent is taken up again under the same request
    id, with the new plan.

    Returns:
        The posting's id.

    Raises:
        JournalError: this generation is already in the journal, or another posting of
            the record still has a way to go.
    """
    before = find_posting(session, posting)
    values = _approved(session, run_id, posting)
    if before is None:
        _refuse_second(session, posting)
        made = insert(_POSTING).values(**values, fence=0, attempts=0, created_at=clock_now(session))
        posting_id = int(session.execute(made.returning(_POSTING.c.id)).scalar_one())
    elif before.state == PostingState.DRAFT and before.body is None:
        posting_id = before.id
        session.execute(update(_POSTING).where(_POSTING.c.id == posting_id).values(**values))
        session.execute(_NEEDS.delete().where(_NEEDS.c.posting_id == posting_id))
    else:
        raise JournalError(
            f"{posting.kind}:{posting.docket_id} {posting.operation} generation"
            f" {posting.generation} is already in the journal as {before.state}"
        )
    insert_all(
        session,
        PostingDependencyTable,
        [{"posting_id": posting_id, "needs_id": needed} for needed in posting.depends_on],
    )
    return posting_id


def claim(
    session: Session,
    posting_id: int,
    body: bytes,
    owner: str,
    lease_until: datetime,
    now: datetime,
) -> int:
    """Take an APPROVED or UNKNOWN posting to SENDING; commit this before a byte is sent.

    The first claim freezes the body. Every claim counts an attempt and raises the
    fence, which the result must name.

    Returns:
        The fence.

    Raises:
        BodyFrozen: other bytes were frozen before.
        IllegalStep: it is in another state.
        JournalError: what it depends on is not CONFIRMED, or it is not due yet.
    """
    row = _must_get(session, posting_id)
    _check_step(row, PostingState.SENDING)
    if row.body is not None and row.body != body:
        raise BodyFrozen(f"posting {posting_id} was frozen with other bytes")
    if row.next_try_at is not None and row.next_try_at > now:
        raise JournalError(f"posting {posting_id} is not due before {row.next_try_at}")
    waiting = [one.id for one in dependencies(session, posting_id) if not _is_confirmed(one)]
    if waiting:
        raise JournalError(f"posting {posting_id} waits for {waiting}")
    _set(
        session,
        row,
        PostingState.SENDING,
        body=body,
        body_sha256=hashlib.sha256(body).hexdigest(),
        attempts=row.attempts + 1,
        first_sent_at=row.first_sent_at or now,
        last_sent_at=now,
        next_try_at=None,
        lease_owner=owner,
        lease_until=lease_until,
        fence=row.fence + 1,
    )
    return row.fence + 1


def settle(
    session: Session,
    posting_id: int,
    fence: int,
    state: PostingState,
    *,
    qbo_id: str = "",
    sync_token: str = "",
    reason: str = "",
    fault_code: str = "",
    next_try_at: datetime | None = None,
    detail: object = None,
) -> bool:
    """Write what became of a posting, unless somebody else has taken it over.

    An APPROVED or UNKNOWN posting may keep its state, with another `next_try_at`.

    Returns:
        False if `fence` is no longer the posting's: nothing was written.

    Raises:
        IllegalStep: a posting does not go from its state to this one.
        JournalError: CONFIRMED without the Id that it got in QuickBooks.
    """
    row = _must_get(session, posting_id)
    if row.fence != fence:
        return False
    waits = state == row.state and state in (PostingState.APPROVED, PostingState.UNKNOWN)
    if not waits:
        _check_step(row, state)
    if state == PostingState.CONFIRMED and not qbo_id:
        raise JournalError(f"posting {posting_id} CONFIRMED without an Id")
    values: dict[str, Any] = {} if detail is None else {"detail": detail}
    _set(
        session,
        row,
        state,
        qbo_id=qbo_id or row.qbo_id,
        sync_token=sync_token or row.sync_token,
        reason=reason,
        fault_code=fault_code,
        next_try_at=next_try_at,
        lease_owner="",
        lease_until=None,
        **values,
    )
    return True


def move(
    session: Session,
    posting_id: int,
    before: PostingState,
    after: PostingState,
    *,
    reason: str = "",
    next_try_at: datetime | None = None,
) -> bool:
    """Take a posting elsewhere on a person's word: hold, retry, leave out.

    It raises the fence: whoever still works on the posting can no longer settle it.

    Returns:
        False if it is no longer in the state `before`: nothing was written.

    Raises:
        IllegalStep: a posting does not go from `before` to `after`.
    """
    row = _must_get(session, posting_id)
    if row.state != before:
        return False
    _check_step(row, after)
    _set(session, row, after, reason=reason, next_try_at=next_try_at, fence=row.fence + 1)
    return True


def withdraw(session: Session, posting_ids: Collection[int], reason: str) -> int:
    """Take APPROVED postings out of their run, so that a new plan may be made.

    One that was never sent becomes a DRAFT, to be approved again. One that was sent
    and certainly not carried out becomes REJECTED, because its bytes are frozen; the
    next plan raises the generation.

    Returns:
        How many were withdrawn; those in other states stay as they are.
    """
    count = 0
    for posting_id in posting_ids:
        row = _must_get(session, posting_id)
        if row.state != PostingState.APPROVED:
            continue
        after = PostingState.DRAFT if row.body is None else PostingState.REJECTED
        count += move(session, posting_id, PostingState.APPROVED, after, reason=reason)
    return count


def recover(session: Session, owner: str, settle_seconds: float, now: datetime) -> int:
    """Make UNKNOWN what a dead owner left in SENDING, to be looked up when it has settled.

    Call it under the posting lock: then whoever is not `owner` is dead.

    Returns:
        How many there were.
    """
    found = select(_POSTING).where(
        _POSTING.c.state == str(PostingState.SENDING), _POSTING.c.lease_owner != owner
    )
    rows = [posting_from(row) for row in session.execute(found.order_by(_POSTING.c.id))]
    for row in rows:
        due = (row.last_sent_at or now) + timedelta(seconds=settle_seconds)
        _to_unknown(session, row, due)
    return len(rows)


def quarantine(session: Session, settle_seconds: float, now: datetime) -> int:
    """Make UNKNOWN every open posting of a restored cache, due when all has settled.

    What the backup has as APPROVED may have been sent after it was made. Call
    `epoch.raise_epoch` in the same transaction.

    Returns:
        How many there were.
    """
    open_states = [PostingState.APPROVED, PostingState.SENDING, PostingState.UNKNOWN]
    found = _all(session, _POSTING.c.state.in_([str(state) for state in open_states]))
    for row in found:
        _to_unknown(session, row, now + timedelta(seconds=settle_seconds))
    return len(found)


def add_attempt(
    session: Session,
    posting_id: int,
    phase: str,
    started_at: datetime,
    ended_at: datetime | None = None,
    http_status: int | None = None,
    fault_code: str = "",
    fault_text: str = "",
    intuit_tid: str = "",
    outcome: str = "",
) -> None:
    """Append one call and its answer; `phase` is look, send or read."""
    row = {
        "posting_id": posting_id,
        "phase": phase,
        "started_at": started_at,
        "ended_at": ended_at,
        "http_status": http_status,
        "fault_code": fault_code,
        "fault_text": fault_text,
        "intuit_tid": intuit_tid,
        "outcome": outcome,
    }
    insert_all(session, AttemptTable, [row])


def get_posting(session: Session, posting_id: int) -> PostingRow | None:
    """Return a posting."""
    return _one(session, _POSTING.c.id == posting_id)


def find_posting(session: Session, posting: NewPosting) -> PostingRow | None:
    """Return the posting with the same record, operation and generation."""
    return _one(
        session,
        _POSTING.c.realm == posting.realm,
        _POSTING.c.kind == posting.kind,
        _POSTING.c.docket_id == posting.docket_id,
        _POSTING.c.operation == posting.operation,
        _POSTING.c.generation == posting.generation,
    )


def newest_generation(
    session: Session, realm: str, kind: str, docket_id: str, operation: str
) -> PostingRow | None:
    """Return the newest posting of a record and operation."""
    found = (
        select(_POSTING)
        .where(
            _POSTING.c.realm == realm,
            _POSTING.c.kind == kind,
            _POSTING.c.docket_id == docket_id,
            _POSTING.c.operation == operation,
        )
        .order_by(_POSTING.c.generation.desc())
        .limit(1)
    )
    row = session.execute(found).first()
    return None if row is None else posting_from(row)


def marked_postings(session: Session, markers: Collection[str]) -> dict[str, PostingRow]:
    """Return the postings that leave these markers, by marker."""
    rows: dict[str, PostingRow] = {}
    for some in in_parts(sorted(markers)):
        rows.update({row.marker: row for row in _all(session, _POSTING.c.marker.in_(some))})
    return rows


def open_postings(session: Session, run_id: int | None = None) -> list[PostingRow]:
    """Return what still has a way to go by itself, of a run or of all, in order."""
    states = [str(state) for state in sorted(OPEN_STATES - {PostingState.DRAFT})]
    conditions: list[ColumnElement[bool]] = [_POSTING.c.state.in_(states)]
    if run_id is not None:
        conditions.append(_POSTING.c.run_id == run_id)
    return _all(session, *conditions)


def postings_of(
    session: Session,
    *,
    run_id: int | None = None,
    kind: str | None = None,
    docket_ids: Sequence[str] | None = None,
    invoice_ids: Sequence[str] | None = None,
    states: Collection[PostingState] | None = None,
) -> list[PostingRow]:
    """Return the postings that fit all that is named, in the order they were approved."""
    fixed: list[ColumnElement[bool]] = []
    if run_id is not None:
        fixed.append(_POSTING.c.run_id == run_id)
    if kind is not None:
        fixed.append(_POSTING.c.kind == kind)
    if states is not None:
        fixed.append(_POSTING.c.state.in_(sorted(str(state) for state in states)))
    for column, wanted in (("docket_id", docket_ids), ("invoice_docket_id", invoice_ids)):
        if wanted is not None:
            rows = [
                row
                for some in in_parts(sorted(set(wanted)))
                for row in _all(session, *fixed, _POSTING.c[column].in_(some))
            ]
            if docket_ids is not None and invoice_ids is not None:
                rows = [one for one in rows if one.invoice_id in invoice_ids]
            return sorted(rows, key=lambda one: one.id)
    return _all(session, *fixed)


def dependencies(session: Session, posting_id: int) -> list[PostingRow]:
    """Return the postings that must be CONFIRMED before this one."""
    needed = select(_NEEDS.c.needs_id).where(_NEEDS.c.posting_id == posting_id)
    return _all(session, _POSTING.c.id.in_(needed))


def dependencies_of_run(session: Session, run_id: int) -> dict[int, tuple[int, ...]]:
    """Return, for the postings of a run that wait for others, the ids of those."""
    found = (
        select(_NEEDS.c.posting_id, _NEEDS.c.needs_id)
        .join(_POSTING, _POSTING.c.id == _NEEDS.c.posting_id)
        .where(_POSTING.c.run_id == run_id)
        .order_by(_NEEDS.c.id)
    )
    needs: dict[int, tuple[int, ...]] = {}
    for row in session.execute(found):
        needs[row[0]] = (*needs.get(row[0], ()), row[1])
    return needs


def _approved(session: Session, run_id: int, posting: NewPosting) -> dict[str, Any]:
    plan = dumps(posting.plan)
    return {
        "run_id": run_id,
        "realm": posting.realm,
        "kind": posting.kind,
        "docket_id": posting.docket_id,
        "invoice_docket_id": posting.invoice_id,
        "entity": posting.entity,
        "operation": posting.operation,
        "generation": posting.generation,
        "label": posting.label,
        "amount_cents": posting.amount,
        "currency": posting.currency,
        "state": str(PostingState.APPROVED),
        "plan": posting.plan,
        "plan_sha256": hashlib.sha256(plan.encode()).hexdigest(),
        "request_id": posting.request_id,
        "marker": posting.marker,
        "lease_owner": "",
        "qbo_id": "",
        "sync_token": "",
        "reason": "",
        "fault_code": "",
        "body_sha256": "",
        "next_try_at": None,
        "changed_at": clock_now(session),
    }


def _refuse_second(session: Session, posting: NewPosting) -> None:
    terminal = (PostingState.CONFIRMED, PostingState.EXCLUDED, PostingState.REJECTED)
    other = _one(
        session,
        _POSTING.c.realm == posting.realm,
        _POSTING.c.kind == posting.kind,
        _POSTING.c.docket_id == posting.docket_id,
        _POSTING.c.state.not_in([str(state) for state in terminal]),
    )
    if other is not None:
        raise JournalError(
            f"{posting.kind}:{posting.docket_id} has posting {other.id} under way ({other.state})"
        )


def _to_unknown(session: Session, row: PostingRow, due: datetime) -> None:
    _set(
        session,
        row,
        PostingState.UNKNOWN,
        next_try_at=due,
        lease_owner="",
        lease_until=None,
        fence=row.fence + 1,
    )


def _set(session: Session, row: PostingRow, state: PostingState, **values: Any) -> None:
    session.execute(
        update(_POSTING)
        .where(_POSTING.c.id == row.id)
        .values(state=str(state), changed_at=clock_now(session), **values)
    )


def _check_step(row: PostingRow, after: PostingState) -> None:
    if after not in WAYS[row.state]:
        raise IllegalStep(row.id, row.state, after)


def _is_confirmed(row: PostingRow) -> bool:
    return row.state == PostingState.CONFIRMED


def _must_get(session: Session, posting_id: int) -> PostingRow:
    row = get_posting(session, posting_id)
    if row is None:
        raise JournalError(f"there is no posting {posting_id}")
    return row


def _one(session: Session, *conditions: ColumnElement[bool]) -> PostingRow | None:
    row = session.execute(select(_POSTING).where(*conditions)).first()
    return None if row is None else posting_from(row)


def _all(session: Session, *conditions: ColumnElement[bool]) -> list[PostingRow]:
    found = select(_POSTING).where(*conditions).order_by(_POSTING.c.id)
    return [posting_from(row) for row in session.execute(found)]
