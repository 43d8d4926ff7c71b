"""The journal: every write to QuickBooks, recorded before it is sent.

The functions here keep its rules whatever the caller does: a posting goes only the
ways that `journal_rows.WAYS` knows; the bytes under a request id are frozen by the
first claim; who claimed first and was overtaken can no longer write a result (the
fence). Each is one step inside the caller's transaction, together with the link and
the audit row that belong to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from core.jsonio import dumps
from store.epoch import raise_epoch
from store.journal_moves import move, quarantine, recover, withdraw, withdraw_waiting
from store.journal_reads import (
    dependencies,
    dependencies_of_run,
    find_posting,
    get_posting,
    marked_postings,
    newest_generation,
    open_postings,
    other_under_way,
    postings_of,
    waits_for_somebody,
)
from store.journal_rows import (
    BodyFrozen,
    IllegalStep,
    JournalError,
    NewPosting,
    PostingRow,
    RunRow,
)
from store.journal_steps import check_step, must_get, set_state
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
from store.states import PostingState
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
    "add_postings",
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
    "waits_for_somebody",
    "withdraw",
    "withdraw_waiting",
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


def add_postings(
    session: Session,
    run_id: int,
    postings: Sequence[NewPosting],
    waits_for: Sequence[Sequence[int]],
) -> list[int]:
    """Approve many postings; a run of 20,000 takes a second instead of half a minute.

    Args:
        session: the open transaction.
        run_id: the run they are approved in.
        postings: parents first; their own `depends_on` are added to `waits_for`.
        waits_for: for each, the positions in `postings` of those it waits for.

    Returns:
        Their ids, in the same order.

    Raises:
        JournalError: as `add_posting`.
    """
    known = _known_records(session, postings)
    rows = [
        {
            **_approved(session, run_id, posting),
            "fence": 0,
            "attempts": 0,
            "created_at": clock_now(session),
        }
        for posting in postings
        if (posting.kind, posting.docket_id) not in known
    ]
    fresh: Iterator[int] = iter(())
    if rows:
        made = insert(_POSTING).returning(_POSTING.c.id, sort_by_parameter_order=True)
        fresh = iter(list(session.execute(made, rows).scalars()))
    ids = [
        add_posting(session, run_id, replace(posting, depends_on=()))
        if (posting.kind, posting.docket_id) in known
        else next(fresh)
        for posting in postings
    ]
    needs = [
        {"posting_id": posting_id, "needs_id": needed}
        for posting_id, posting, places in zip(ids, postings, waits_for, strict=True)
        for needed in (*posting.depends_on, *(ids[place] for place in places))
    ]
    insert_all(session, PostingDependencyTable, needs)
    return ids


def _known_records(session: Session, postings: Sequence[NewPosting]) -> set[tuple[str, str]]:
    """Return the records among these that the journal has a posting of, of any age."""
    known: set[tuple[str, str]] = set()
    for some in in_parts(sorted({posting.docket_id for posting in postings})):
        found = select(_POSTING.c.kind, _POSTING.c.docket_id).where(_POSTING.c.docket_id.in_(some))
        known.update((row[0], row[1]) for row in session.execute(found))
    return known


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
    fence, which the result must name; it raises the epoch too, or a backup made between
    approval and send would not be known as one when it is restored.

    Returns:
        The fence.

    Raises:
        BodyFrozen: other bytes were frozen before.
        IllegalStep: it is in another state.
        JournalError: what it depends on is not CONFIRMED, or it is not due yet.
    """
    row = must_get(session, posting_id)
    check_step(row, PostingState.SENDING)
    if row.body is not None and row.body != body:
        raise BodyFrozen(f"posting {posting_id} was frozen with other bytes")
    if row.next_try_at is not None and row.next_try_at > now:
        raise JournalError(f"posting {posting_id} is not due before {row.next_try_at}")
    waiting = [one.id for one in dependencies(session, posting_id) if not _is_confirmed(one)]
    if waiting:
        raise JournalError(f"posting {posting_id} waits for {waiting}")
    set_state(
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
    raise_epoch(session)
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
    row = must_get(session, posting_id)
    if row.fence != fence:
        return False
    waits = state == row.state and state in (PostingState.APPROVED, PostingState.UNKNOWN)
    if not waits:
        check_step(row, state)
    if state == PostingState.CONFIRMED and not qbo_id:
        raise JournalError(f"posting {posting_id} CONFIRMED without an Id")
    values: dict[str, Any] = {} if detail is None else {"detail": detail}
    set_state(
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
    other = other_under_way(session, posting)
    if other is not None:
        raise JournalError(
            f"{posting.kind}:{posting.docket_id} has posting {other.id} under way ({other.state})"
        )


def _is_confirmed(row: PostingRow) -> bool:
    return row.state == PostingState.CONFIRMED
