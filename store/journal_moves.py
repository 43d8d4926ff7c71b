"""Postings that are taken elsewhere from outside: by a person, after a death, after a restore.

Each of these raises the fence, so that whoever still works on the posting can no
longer write a result.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from store.journal_reads import postings_of, waits_for_somebody
from store.journal_rows import PostingRow
from store.journal_steps import check_step, must_get, set_state
from store.states import WITHDRAWN, PostingState


def move(
    session: Session,
    posting_id: int,
    before: PostingState,
    after: PostingState,
    *,
    reason: str = "",
    next_try_at: datetime | None = None,
    fault_code: str | None = None,
) -> bool:
    """Take a posting elsewhere on a person's word: hold, retry, leave out.

    It raises the fence: whoever still works on the posting can no longer settle it.
    Without `fault_code` the posting keeps the one it has.

    Returns:
        False if it is no longer in the state `before`: nothing was written.

    Raises:
        IllegalStep: a posting does not go from `before` to `after`.
    """
    row = must_get(session, posting_id)
    if row.state != before:
        return False
    check_step(row, after)
    code = row.fault_code if fault_code is None else fault_code
    set_state(
        session,
        row,
        after,
        reason=reason,
        fault_code=code,
        next_try_at=next_try_at,
        fence=row.fence + 1,
    )
    return True


def withdraw(session: Session, posting_ids: Collection[int], reason: str) -> int:
    """Take APPROVED postings out of their run, so that a new plan may be made.

    One that was never sent becomes a DRAFT, to be approved again. One that was sent
    and certainly not carried out becomes REJECTED, because its bytes are frozen; the
    next plan raises the generation. Its fault code, WITHDRAWN, tells it from a refusal.

    Returns:
        How many were withdrawn; those in other states stay as they are.
    """
    count = 0
    for posting_id in posting_ids:
        row = must_get(session, posting_id)
        if row.state != PostingState.APPROVED:
            continue
        sent = row.body is not None
        after = PostingState.REJECTED if sent else PostingState.DRAFT
        check_step(row, after)
        code = WITHDRAWN if sent else ""
        set_state(session, row, after, reason=reason, fault_code=code, fence=row.fence + 1)
        count += 1
    return count


def withdraw_waiting(session: Session, reason: str) -> list[PostingRow]:
    """Make drafts of what a restored cache has put in quarantine, and which waits for a person.

    It cannot be looked up: what it refers to by Id is held, refused or left out. As a
    draft it does not hold up the rest, and is approved again under the same request id,
    which is looked up before it is sent.

    Returns:
        What was withdrawn, as it was.
    """
    found = []
    for row in postings_of(session, states=[PostingState.UNKNOWN]):
        if row.body is None and waits_for_somebody(session, row):
            check_step(row, PostingState.DRAFT)
            set_state(session, row, PostingState.DRAFT, reason=reason, fence=row.fence + 1)
            found.append(row)
    return found


def recover(session: Session, owner: str, settle_seconds: float, now: datetime) -> int:
    """Make UNKNOWN what a dead owner left in SENDING, to be looked up when it has settled.

    Call it under the posting lock: then whoever is not `owner` is dead. When its bytes
    left, if they did, is not known (it may have slept), so the wait begins now.

    Returns:
        How many there were.
    """
    sending = postings_of(session, states=[PostingState.SENDING])
    rows = [row for row in sending if row.lease_owner != owner]
    due = now + timedelta(seconds=settle_seconds)
    for row in rows:
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
    found = postings_of(session, states=open_states)
    for row in found:
        _to_unknown(session, row, now + timedelta(seconds=settle_seconds))
    return len(found)


def _to_unknown(session: Session, row: PostingRow, due: datetime) -> None:
    set_state(
        session,
        row,
        PostingState.UNKNOWN,
        next_try_at=due,
        lease_owner="",
        lease_until=None,
        fence=row.fence + 1,
    )
