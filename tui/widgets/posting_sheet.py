"""One write to QuickBooks on paper: what it is, what may be done, every call that was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from textual.content import Content

from store.posting_views import AttemptView, PostingView
from sync.call_words import call_fault, call_words
from tui.keymap import keyed
from tui.keys import actions
from tui.widgets.cells import text_cell
from tui.widgets.sheet import Sheet, fold, hanging, heading, ink, row
from tui.words import POSTING, counted, moment, spoken

if TYPE_CHECKING:
    from tui.app import DocketQboApp

LABEL = 16
NOTE = 4
"""How far what a call brought is set in."""


class PostingSheet(Sheet):
    """Everything known of a posting; `refusal` says why an action is not possible now."""

    def __init__(self, refusal: Callable[[str], str]) -> None:
        super().__init__()
        self._refusal = refusal
        self._posting: PostingView | None = None

    def show(self, posting: PostingView) -> None:
        """Show this one."""
        self._posting = posting
        self.redraw()

    def lines(self, width: int) -> list[Content]:
        """State, ways, calls, facts."""
        posting = self._posting
        if posting is None:
            return [ink("Reading …", "dim")]
        parts = (_state(posting), self._ways(width), _calls(posting, width), _facts(posting))
        lines: list[Content] = []
        for part in parts:
            lines += [*part, Content("")]
        return fold(lines, width)

    def _ways(self, width: int) -> Iterator[Content]:
        yield heading("What you can do")
        for action in keyed(actions("write"), cast("DocketQboApp", self.app).own_keys):
            refusal = self._refusal(action.run)
            words = f"not now: {refusal}" if refusal else action.help
            label = ink(f"{action.shown_key}  {action.words}", "dim" if refusal else "strong")
            yield from hanging(label, ink(words, "dim"), LABEL + 2, width)


def _state(posting: PostingView) -> Iterator[Content]:
    look = POSTING[posting.state]
    yield ink(f"{look.glyph} {posting.words}", look.style) + ink(
        f"   since {moment(posting.changed_at)}", "dim"
    )
    if posting.reason:
        yield ink(spoken(posting.reason), "warn")


def _facts(posting: PostingView) -> Iterator[Content]:
    yield heading("About it")
    verb = posting.operation.partition("@")[0]
    facts = (
        ("what", f"{verb} {posting.entity.lower()}"),
        ("number or name", posting.number),
        (
            "in QuickBooks",
            f"Id {posting.qbo_id}; o opens it there" if posting.qbo_id else "not known to be there",
        ),
        ("sent", counted(posting.attempts, "time")),
        ("first sent", moment(posting.first_sent_at)),
        ("last sent", moment(posting.last_sent_at)),
        ("request id", posting.request_id),
        ("transaction id", posting.intuit_tid),
        ("log line", f"{posting.id}, of sync {posting.run_id}"),
    )
    for label, value in facts:
        if value:
            yield row([(text_cell(label, "dim"), LABEL, False), (text_cell(value), 90, False)])


def _calls(posting: PostingView, width: int) -> Iterator[Content]:
    yield heading("Calls to QuickBooks")
    if not posting.calls:
        yield ink("None was made for this line alone.", "dim")
    for call in posting.calls:
        yield from _call(call, width)


def _call(call: AttemptView, width: int) -> Iterator[Content]:
    at = call.started_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    status = "" if call.http_status is None else f"HTTP {call.http_status}"
    if call.phase != "look" and not status:
        status = "no answer"
    yield row(
        [
            (text_cell(at, "dim"), 19, False),
            (text_cell(call.phase, "strong"), 5, False),
            (text_cell(status), 9, False),
            (text_cell(call_words(call)), max(width - 39, 10), False),
        ]
    )
    fault = call_fault(call)
    notes = []
    if fault:
        code = f" (fault {call.fault_code})" if call.fault_code else ""
        notes.append(ink(f"{fault}{code}", "warn"))
    if call.fault_text:
        said = "QuickBooks said: " if call.http_status is not None else ""
        notes.append(ink(f"{said}{call.fault_text}", "dim"))
    if call.intuit_tid:
        notes.append(ink(f"intuit_tid {call.intuit_tid}", "dim"))
    for note in notes:
        yield from hanging(Content(""), note, NOTE, width)
