"""What a posting's state means to a person: since when, what happens next, what may be done.

Pure, with the instant handed in, so that every front end says the same. Whether retry
and hold are safe is decided here too: a key that is shown as not possible and the desk
that refuses give the same reason.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.clock import duration
from store.states import WITHDRAWN, PostingState


class Stand(Protocol):
    """Where a posting stands: what a line of the sync log, or of the list, knows of it."""

    @property
    def state(self) -> PostingState:
        """Its state."""
        ...

    @property
    def first_sent_at(self) -> datetime | None:
        """When its first bytes left."""
        ...

    @property
    def last_sent_at(self) -> datetime | None:
        """When its newest send began."""
        ...

    @property
    def next_try_at(self) -> datetime | None:
        """Before when nothing is looked up or sent."""
        ...

    @property
    def lease_until(self) -> datetime | None:
        """Until when the process that sends it keeps it."""
        ...

    @property
    def changed_at(self) -> datetime:
        """Since when it is in this state."""
        ...

    @property
    def fault_code(self) -> str:
        """What stopped it."""
        ...


_THERE = "QuickBooks has it already."
_AT_THIS_MOMENT = "It is being sent at this moment."
_CUT_SHORT = "It was being sent when the program stopped; the next sync looks first."
_LET_GO = "It was let go: a later line has taken its place."
_NEVER_SENT = "It was not sent, and the next sync plans it anew."


def next_words(stand: Stand, now: datetime, *, going: bool) -> str:
    """Return since when it is as it is and what happens next, in one line.

    Args:
        stand: the posting.
        now: this instant.
        going: whether a sync is under way that takes it further by itself.
    """
    state = stand.state
    if state == PostingState.UNKNOWN:
        return _unclear(stand, now, going=going)
    if state == PostingState.SENDING:
        since = clock_words(stand.last_sent_at or stand.changed_at, now)
        return _CUT_SHORT if _abandoned(stand, now) else f"Being sent to QuickBooks since {since}."
    if state == PostingState.APPROVED:
        return _approved(stand, now, going=going)
    if state == PostingState.REJECTED and stand.fault_code == WITHDRAWN:
        return _NEVER_SENT
    return _AT_REST[state]


_AT_REST = {
    PostingState.DRAFT: _NEVER_SENT,
    PostingState.HOLD: "Waits for you: nothing is sent until you decide.",
    PostingState.REJECTED: "Waits for you: QuickBooks did not take it, so nothing was posted.",
    PostingState.CONFIRMED: "Done: it is in QuickBooks.",
    PostingState.EXCLUDED: _LET_GO,
}


def _unclear(stand: Stand, now: datetime, *, going: bool) -> str:
    since = clock_words(stand.first_sent_at or stand.changed_at, now)
    words = f"Checking with QuickBooks since {since}"
    due = stand.next_try_at
    if due is not None and due > now:
        at = f"{clock_words(due, now)}, in {duration(seconds_until(due, now))}"
        then = f"looks again at {at}" if going else f"the next sync looks, not before {at}"
        return f"{words}; {then}; nothing is sent before."
    if going:
        return f"{words}; looks again now, before anything is sent."
    return f"{words}; the next sync looks first, before anything is sent."


def _approved(stand: Stand, now: datetime, *, going: bool) -> str:
    due = stand.next_try_at
    if not going:
        return "Confirmed, not sent yet: goes when the sync is gone on with."
    if due is not None and due > now:
        return (
            f"QuickBooks did not carry it out; tries again in {duration(seconds_until(due, now))}."
        )
    return "Confirmed, not sent yet: goes with the sync that is under way."


def afterwards(stand: Stand) -> str:
    """Return what each answer of the next look leads to; empty where nothing is looked up."""
    if stand.state not in (PostingState.UNKNOWN, PostingState.SENDING):
        return ""
    return (
        "If QuickBooks has it, it is linked. If not, the same is sent again, under the same"
        " request id. If something else is there, you are asked."
    )


def is_moving(stand: Stand, now: datetime) -> bool:
    """Whether `next_words` changes as time passes."""
    due = stand.next_try_at
    waits = due is not None and due > now
    return stand.state == PostingState.SENDING or (
        waits and stand.state in (PostingState.UNKNOWN, PostingState.APPROVED)
    )


def why_no_retry(stand: Stand, now: datetime) -> str:
    """Return why it cannot be tried again now; empty where it can."""
    state, due = stand.state, stand.next_try_at
    if state == PostingState.UNKNOWN:
        if due is not None and due > now:
            return (
                f"The settle time runs until {clock_words(due, now)}:"
                " sending now could make a second one."
            )
        return "The next sync looks whether it is there: sending blindly could make a second one."
    if state == PostingState.SENDING:
        return _CUT_SHORT if _abandoned(stand, now) else _AT_THIS_MOMENT
    if state == PostingState.REJECTED and stand.fault_code == WITHDRAWN:
        return _NEVER_SENT
    return _NO_RETRY.get(state, "")


_NO_RETRY = {
    PostingState.DRAFT: _NEVER_SENT,
    PostingState.APPROVED: "It was not sent yet and goes with its sync.",
    PostingState.CONFIRMED: _THERE,
    PostingState.EXCLUDED: _LET_GO,
}


def why_no_hold(stand: Stand, now: datetime, *, going: bool) -> str:
    """Return why it cannot be held back now; empty where it can.

    Args:
        stand: the posting.
        now: this instant.
        going: whether a sync is under way: it has its postings in hand.
    """
    state = stand.state
    if state == PostingState.SENDING:
        return _CUT_SHORT if _abandoned(stand, now) else _AT_THIS_MOMENT
    if state in (PostingState.APPROVED, PostingState.UNKNOWN):
        return "A sync has it in hand: stop the sync first." if going else ""
    return _NO_HOLD[state]


_NO_HOLD = {
    PostingState.DRAFT: "It is in no sync. To keep its invoice from going, leave the invoice out.",
    PostingState.HOLD: "It is held back already.",
    PostingState.REJECTED: "Nothing goes by itself after a refusal.",
    PostingState.CONFIRMED: _THERE,
    PostingState.EXCLUDED: _LET_GO,
}


def _abandoned(stand: Stand, now: datetime) -> bool:
    """Whether the process that was sending it must be dead."""
    return stand.lease_until is None or stand.lease_until < now


def clock_words(instant: datetime, now: datetime) -> str:
    """Return an instant on the person's own clock, with its date if that is not today's."""
    own = instant.astimezone()
    same_day = own.date() == now.astimezone().date()
    return own.strftime("%H:%M" if same_day else "%Y-%m-%d %H:%M")


def seconds_until(due: datetime, now: datetime) -> int:
    """Return the whole seconds left, rounded up, so that 0 means that it is time."""
    return max(-int(-(due - now).total_seconds() // 1), 0)
