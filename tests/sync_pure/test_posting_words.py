"""What a person is told of a posting, and what that person may do, in every state."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import duration
from store.posting_views import AttemptView, PostingView
from store.states import POSTING_WORDS, WITHDRAWN, PostingState
from sync.call_words import call_fault, call_words, last_fault, support_text
from sync.posting_words import (
    afterwards,
    clock_words,
    is_moving,
    next_words,
    seconds_until,
    why_no_hold,
    why_no_retry,
)

NOW = datetime(2026, 11, 23, 14, 2, 30, tzinfo=UTC)
SENT = NOW - timedelta(seconds=8)
DUE = NOW + timedelta(seconds=192)
S = PostingState


@pytest.fixture(autouse=True, scope="module")
def _utc() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@dataclass(frozen=True)
class At:
    """Where a posting stands."""

    state: PostingState
    next_try_at: datetime | None = None
    first_sent_at: datetime | None = SENT
    last_sent_at: datetime | None = SENT
    lease_until: datetime | None = None
    changed_at: datetime = SENT
    fault_code: str = ""


def test_an_unclear_one_says_since_when_and_when_it_is_looked_up() -> None:
    stand = At(S.UNKNOWN, DUE)
    assert next_words(stand, NOW, going=True) == (
        "Checking with QuickBooks since 14:02; looks again at 14:05, in 3 min 12 s;"
        " nothing is sent before."
    )
    assert "the next sync looks, not before 14:05, in 3 min 12 s" in next_words(
        stand, NOW, going=False
    )
    assert "looks again now" in next_words(stand, DUE, going=True)
    assert "the next sync looks first" in next_words(stand, DUE, going=False)
    assert "sent again" in afterwards(stand)


def test_a_day_that_is_not_today_is_named() -> None:
    assert clock_words(NOW, NOW + timedelta(days=1)) == "2026-11-23 14:02"


def test_one_that_was_cut_short_is_told_from_one_that_is_being_sent() -> None:
    alive = At(S.SENDING, lease_until=NOW + timedelta(seconds=1))
    dead = replace(alive, lease_until=NOW - timedelta(seconds=1))
    assert "Being sent to QuickBooks since 14:02" in next_words(alive, NOW, going=True)
    assert "the program stopped" in next_words(dead, NOW, going=False)
    assert why_no_retry(alive, NOW) == "It is being sent at this moment."
    assert "the next sync looks first" in why_no_hold(dead, NOW, going=False)


@pytest.mark.parametrize("state", PostingState)
@pytest.mark.parametrize("going", [True, False])
def test_every_state_says_what_comes_next_and_what_may_be_done(
    state: PostingState, going: bool
) -> None:
    stand = At(state, DUE)
    assert next_words(stand, NOW, going=going)
    assert (why_no_retry(stand, NOW) == "") is (state in (S.HOLD, S.REJECTED))
    may_hold = state in (S.APPROVED, S.UNKNOWN) and not going
    assert (why_no_hold(stand, NOW, going=going) == "") is may_hold


def test_what_we_took_back_ourselves_is_not_called_a_refusal() -> None:
    stand = At(S.REJECTED, fault_code=WITHDRAWN)
    assert "plans it anew" in next_words(stand, NOW, going=False)
    assert why_no_retry(stand, NOW)


def test_an_unclear_one_is_never_sent_by_hand() -> None:
    assert "until 14:05: sending now could make a second one" in why_no_retry(
        At(S.UNKNOWN, DUE), NOW
    )
    assert why_no_retry(At(S.UNKNOWN, SENT), NOW)


@given(st.integers(1, 100_000), st.sampled_from([S.UNKNOWN, S.APPROVED]), st.booleans())
def test_a_countdown_moves_until_it_is_over(seconds: int, state: PostingState, going: bool) -> None:
    due = NOW + timedelta(seconds=seconds)
    stand = At(state, due)
    assert seconds_until(due, NOW) == seconds
    assert is_moving(stand, NOW)
    assert not is_moving(stand, due)
    assert duration(seconds) in next_words(stand, NOW, going=going) or not going


def posting(state: PostingState, *calls: AttemptView, reason: str = "") -> PostingView:
    return PostingView(
        id=1,
        run_id=1,
        kind="invoice",
        docket_id="i1",
        invoice_id="i1",
        entity="Invoice",
        operation="create",
        generation=1,
        label="invoice 1042 for Mrs. Smith",
        amount=41250,
        state=state,
        words=POSTING_WORDS[state],
        qbo_id="",
        number="1042",
        attempts=1,
        request_id="abc",
        marker="",
        reason=reason,
        fault_code="",
        intuit_tid=next((call.intuit_tid for call in calls if call.intuit_tid), ""),
        first_sent_at=SENT,
        last_sent_at=SENT,
        next_try_at=None,
        lease_until=None,
        changed_at=NOW,
        calls=calls,
    )


def call(outcome: str, status: int | None = None, code: str = "", text: str = "") -> AttemptView:
    tid = "1-tid" if status is not None else ""
    return AttemptView("send", SENT, NOW, status, code, text, tid, outcome)


def test_a_fault_is_told_in_plain_words() -> None:
    closed = call("refused", 400, "6210", "The account period has closed")
    words = "The books are closed for this date. Nothing was posted. Ask the accountant"
    assert call_fault(closed).startswith(words)
    assert "line was cut" in call_fault(call("unclear"))
    assert "may have been carried out" in call_fault(call("unclear", 504))
    assert call_fault(call("answered", 200)) == ""
    assert call_words(call("found 0")) == "not there"


def test_the_last_fault_is_the_reason_else_the_newest_call_that_failed() -> None:
    cut, closed = call("unclear"), call("refused", 400, "6210", "period has closed")
    assert last_fault(posting(S.UNKNOWN, closed, cut)).startswith("No answer came back")
    assert last_fault(posting(S.REJECTED, cut, closed)) == "The books are closed for this date."
    assert last_fault(posting(S.HOLD, closed, reason="held back")) == "held back"
    assert last_fault(posting(S.CONFIRMED, cut)) == ""


def test_what_support_gets_holds_no_name_and_no_amount() -> None:
    text = support_text(posting(S.REJECTED, call("refused", 400, "6210", "Mrs. Smith owes 412.50")))
    assert "intuit_tid: 1-tid, 2026-11-23T14:02:22Z, send, HTTP 400, fault 6210" in text
    assert "request id: abc" in text
    assert "Smith" not in text
    assert "412" not in text
