"""One call to QuickBooks in plain words, and what its support is told of it. Pure."""

from __future__ import annotations

from core.clock import iso
from core.text import display
from store.posting_views import AttemptView, PostingView
from store.states import PostingState
from sync.words import fault_words

_OUTCOMES = {
    "answered": "answered",
    "refused": "refused",
    "look": "refused, perhaps because it is there: looked",
    "stale": "changed there meanwhile",
    "later": "not carried out",
    "stop": "not carried out",
    "unclear": "no clear answer",
    "found 0": "not there",
}


def call_words(call: AttemptView) -> str:
    """Return what came of a call, in a few words."""
    return _OUTCOMES.get(call.outcome, display(call.outcome, 60))


def call_fault(call: AttemptView) -> str:
    """Return what QuickBooks objected to, as a sentence; empty if it did not."""
    if call.fault_code:
        return fault_words(call.fault_code, call.fault_text).sentence
    if call.outcome == "unclear":
        if call.http_status is None:
            return "No answer came back: the line was cut, or QuickBooks took too long."
        return "QuickBooks failed in the middle; it may have been carried out all the same."
    return ""


def last_fault(posting: PostingView) -> str:
    """Return the newest fault in plain words, or why it waits; empty if all went well."""
    if posting.state == PostingState.CONFIRMED:
        return ""
    faults = [words for call in reversed(posting.calls) if (words := _short(call))]
    return posting.reason or (faults[0] if faults else "")


def _short(call: AttemptView) -> str:
    return (
        fault_words(call.fault_code, call.fault_text).what if call.fault_code else call_fault(call)
    )


def support_text(posting: PostingView) -> str:
    """Return what Intuit's support asks for, in a few lines; no names, amounts or secrets."""
    calls = [call for call in posting.calls if call.intuit_tid] or posting.calls[-1:]
    lines = [f"{posting.entity}, {posting.operation.partition('@')[0]}"]
    lines += [f"request id: {posting.request_id}"]
    if posting.qbo_id:
        lines.append(f"Id in QuickBooks: {posting.qbo_id}")
    for call in calls:
        status = "no answer" if call.http_status is None else f"HTTP {call.http_status}"
        fault = f", fault {call.fault_code}" if call.fault_code else ""
        tid = f"intuit_tid: {call.intuit_tid or 'none'}"
        lines.append(f"{tid}, {iso(call.started_at)[:19]}Z, {call.phase}, {status}{fault}")
    return "\n".join(display(line) for line in lines)
