"""Lines of the sync log as the command line prints them, and what they leave to do."""

from __future__ import annotations

from cli.output import put, put_json
from core.clock import SystemClock, duration, iso
from core.errors import Exit, UsageTrouble
from core.jsonio import JsonObject
from core.money import format_cents
from store.cache import Cache
from store.posting_views import AttemptView, JournalFilter, PostingView, journal_page
from store.states import WITHDRAWN, PostingState
from sync.call_words import call_fault, call_words, support_text
from sync.posting_words import afterwards, next_words, why_no_hold, why_no_retry

UNCLEAR = (PostingState.UNKNOWN, PostingState.SENDING)
_NEEDS_YOU = (PostingState.HOLD, PostingState.REJECTED)


def find_posting(cache: Cache, posting_id: int) -> PostingView:
    """Return the line with this number.

    Raises:
        UsageTrouble: there is none.
    """
    found = journal_page(cache, JournalFilter(posting_id=posting_id), limit=1)
    if not found:
        raise UsageTrouble(
            f"The sync log has no line {posting_id}.",
            books="Nothing was changed.",
            fix="`docket-qbo journal` shows the lines with their numbers.",
        )
    return found[0]


def unclear_postings(cache: Cache, limit: int = 1000) -> list[PostingView]:
    """Return the postings whose outcome is not known, newest first."""
    return journal_page(cache, JournalFilter(states=UNCLEAR), limit=limit)


def what_next(posting: PostingView) -> str:
    """Return since when it is as it is, and what happens next.

    Another window's sync is not seen from here, so none is counted on.
    """
    return next_words(posting, SystemClock().now(), going=False)


def posting_json(posting: PostingView) -> JsonObject:
    """Return a line of the log as JSON."""
    return {
        "id": posting.id,
        "run": posting.run_id,
        "kind": posting.kind,
        "docket_id": posting.docket_id,
        "invoice_id": posting.invoice_id,
        "entity": posting.entity,
        "operation": posting.operation,
        "number": posting.number,
        "state": str(posting.state),
        "amount_cents": posting.amount,
        "qbo_id": posting.qbo_id,
        "attempts": posting.attempts,
        "request_id": posting.request_id,
        "reason": posting.reason,
        "fault_code": posting.fault_code,
        "intuit_tid": posting.intuit_tid,
        "first_sent_at": posting.first_sent_at and iso(posting.first_sent_at),
        "last_sent_at": posting.last_sent_at and iso(posting.last_sent_at),
        "next_try_at": posting.next_try_at and iso(posting.next_try_at),
        "changed_at": iso(posting.changed_at),
        "next": what_next(posting),
    }


def whole_json(posting: PostingView) -> JsonObject:
    """Return a line with every call, and whether retry and hold are possible now."""
    now = SystemClock().now()
    return posting_json(posting) | {
        "why_no_retry": why_no_retry(posting, now),
        "why_no_hold": why_no_hold(posting, now, going=False),
        "calls": [_call_json(call) for call in posting.calls],
    }


def posting_lines(posting: PostingView) -> list[str]:
    """Return everything known of a line, for a person."""
    lines = [f"{posting.id}  {posting.label}  {format_cents(posting.amount)}  {posting.words}"]
    lines += [what_next(posting), afterwards(posting), posting.reason]
    for call in posting.calls:
        at = f"{call.started_at.astimezone():%Y-%m-%d %H:%M:%S}"
        status = "" if call.http_status is None else f"HTTP {call.http_status}, "
        took = ""
        if call.ended_at is not None:
            seconds = int((call.ended_at - call.started_at).total_seconds())
            took = f" after {duration(seconds)}" if seconds else ""
        code = f" (fault {call.fault_code})" if call.fault_code else ""
        lines.append(f"  {at}  {call.phase}  {status}{call_words(call)}{took}")
        lines.append(f"      {fault}{code}" if (fault := call_fault(call)) else "")
        said = "QuickBooks said: " if call.http_status is not None else ""
        lines.append(f"      {said}{call.fault_text}" if call.fault_text else "")
    lines += ["For support:", *(f"  {line}" for line in support_text(posting).split("\n"))]
    return [line for line in lines if line]


def put_posting(cache: Cache, posting_id: int, *, as_json: bool) -> Exit:
    """Print a line as it is now, and say what it leaves to do."""
    posting = find_posting(cache, posting_id)
    if as_json:
        put_json(whole_json(posting))
    else:
        for line in posting_lines(posting):
            put(line)
    return exit_of(posting)


def exit_of(posting: PostingView) -> Exit:
    """3 while its outcome is not known, 1 while it needs somebody, else 0."""
    if posting.state in UNCLEAR:
        return Exit.UNCLEAR
    waits = posting.state in _NEEDS_YOU and posting.fault_code != WITHDRAWN
    return Exit.LEFT if waits else Exit.DONE


def _call_json(call: AttemptView) -> JsonObject:
    return {
        "phase": call.phase,
        "started_at": iso(call.started_at),
        "ended_at": call.ended_at and iso(call.ended_at),
        "http_status": call.http_status,
        "outcome": call.outcome,
        "fault_code": call.fault_code,
        "fault_text": call.fault_text,
        "words": call_fault(call),
        "intuit_tid": call.intuit_tid,
    }
