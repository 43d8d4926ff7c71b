from __future__ import annotations

import pytest

from store.details import AuditView
from store.states import PostingState
from tests.tui.fakes import NOW
from tests.tui.voice import bad_words
from tui.history_words import told


def _line(action: str, subject: str, after: object = None) -> str:
    return told(AuditView(NOW, "office", action, subject, None, after, ""))


@pytest.mark.parametrize("state", PostingState)
def test_a_posting_is_told_in_the_words_of_the_screen(state: PostingState) -> None:
    assert list(bad_words(_line(f"posting {state}", "credit_application:cr-1:inv-35"))) == []


def test_a_line_says_what_was_done_to_what_and_why() -> None:
    linked = {"how": "linked", "qbo_id": "21", "reason": "", "state": "CONFIRMED"}
    assert _line("posting CONFIRMED", "client:c1", linked) == (
        "client: linked, was already in QuickBooks"
    )
    refused = {"how": "", "qbo_id": "", "reason": "The books are closed.", "state": "REJECTED"}
    assert _line("posting REJECTED", "invoice:i1", refused) == (
        "invoice: QuickBooks refused, The books are closed."
    )
    assert _line("chose", "client:c1", {"what": "use Customer 17"}) == (
        "client: chosen, use Customer 17"
    )
    assert _line("excluded", "invoice:i1", {"what": "by the \x1b[2Jcounty"}) == (
        "invoice: left out, by the �[2Jcounty"
    )
    assert _line("unsynced", "payment:p1") == ("payment: no longer linked; QuickBooks is as it was")
