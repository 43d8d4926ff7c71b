"""On which day something is posted, and why nothing may be posted on a day.

Closed books, a reconciled month and the start date are known from the cache before
anything is sent. A date is never moved silently: in a closed period the person may
name another day with who signed it off, and it then stands in the preview, in the
audit, and holds only for as long as the books are closed through that same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.text import display
from store.books import Choice, Company
from sync.checks.ground import EXCLUDE, OPEN, WAIT, Ground, finding, shown_date
from sync.shapes import ConflictKind, Finding, WayOut

MOVE = "date"
"""Action of a choice that moves what is dated in a closed period to another day."""
POST = "create"
"""Action of a choice that posts into a reconciled month all the same."""

_CLOSED = "closed:"
_RECONCILED = "reconciled:"


@dataclass(frozen=True, slots=True)
class Moved:
    """Another day for what is dated in a closed period."""

    day: date
    by: str
    """Who signed it off."""


def posting_day(ground: Ground, day: date) -> date:
    """Return the day that a document of `day` bears in QuickBooks: its own, unless it was moved."""
    moved = _moved(ground, day)
    return day if moved is None else moved.day


def day_note(ground: Ground, what: str, day: date) -> list[str]:
    """Return what the preview says of a day that was moved; nothing for one that was not."""
    moved = _moved(ground, day)
    if moved is None:
        return []
    return [
        f"{what} of {shown_date(day)} is dated {shown_date(moved.day)} in QuickBooks: the books"
        f" are closed; signed off by {display(moved.by, 60)}"
    ]


def move_problem(company: Company, choice: Choice) -> str:
    """Return why a choice of another day cannot be kept; empty where it can."""
    closed = company.books_closed_on
    if closed is None or choice.key != f"{_CLOSED}{closed}":
        return "The books are not closed through that day any more: refresh, then look again."
    moved = _read(choice)
    if moved is None:
        return "That is not a date. Write it as 2026-11-01."
    if moved.day <= closed:
        return f"The books are closed through {closed}: choose a later day."
    return "" if moved.by else "Say who signed it off: the accountant's name."


def check_day(ground: Ground, kind: str, day: date) -> Iterator[Finding]:
    """Yield why nothing can be posted on this day; `kind` is invoice, payment or refund."""
    to = posting_day(ground, day)
    yield from _closed_books(ground, kind, to)
    yield from _reconciled(ground, kind, to)
    start = ground.books.company.start_date
    if start is not None and day < start:
        yield finding(
            ConflictKind.BEFORE_START,
            ("invoice", f"before:{start}", f"before the start date {start}"),
            f"The {kind} of {shown_date(day)} is before the start date {start}: it is linked"
            " if QuickBooks has it, never posted. QuickBooks does not have it.",
            (EXCLUDE, OPEN),
        )


def _closed_books(ground: Ground, kind: str, day: date) -> Iterator[Finding]:
    closed = ground.books.company.books_closed_on
    if closed is None or day > closed:
        return
    first_open = closed + timedelta(days=1)
    yield finding(
        ConflictKind.CLOSED_BOOKS,
        ("invoice", f"{_CLOSED}{closed}", f"the books are closed through {closed}"),
        f"The {kind} of {shown_date(day)} is in a closed period: the books are closed"
        f" through {closed}. Ask the accountant: open them, or sign off another date;"
        " or leave it out.",
        (
            WAIT,
            WayOut(MOVE, "Post with another date, signed off …", name=first_open.isoformat()),
            EXCLUDE,
        ),
    )


def reconciled_words(ground: Ground, day: date) -> str:
    """Return "in a month that you reconciled …" where nothing may be posted; or empty."""
    through = ground.policy.reconciled_through
    if not through or day > date.fromisoformat(through):
        return ""
    choice = ground.books.choices.get(("invoice", f"{_RECONCILED}{through}"))
    if choice is not None and choice.action == POST:
        return ""
    return f"in a month that you reconciled with the bank (through {through})"


def _reconciled(ground: Ground, kind: str, day: date) -> Iterator[Finding]:
    words = reconciled_words(ground, day)
    if not words:
        return
    through = ground.policy.reconciled_through
    closed = ground.books.company.books_closed_on
    if closed is not None and day <= closed:
        return
    yield finding(
        ConflictKind.RECONCILED,
        ("invoice", f"{_RECONCILED}{through}", f"reconciled through {through}"),
        f"The {kind} of {shown_date(day)} is {words}. Posting it changes what was reconciled.",
        (
            WAIT,
            WayOut(POST, "Post all the same; I look at the reconciliation again"),
            EXCLUDE,
        ),
    )


def _moved(ground: Ground, day: date) -> Moved | None:
    closed = ground.books.company.books_closed_on
    if closed is None or day > closed:
        return None
    choice = ground.books.choices.get(("invoice", f"{_CLOSED}{closed}"))
    if choice is None or choice.action != MOVE:
        return None
    moved = _read(choice)
    return None if moved is None or moved.day <= closed else moved


def _read(choice: Choice) -> Moved | None:
    """Return the day and the name in a choice's `name`: "2026-11-01 Jane Doe, CPA"."""
    day, _, by = choice.name.strip().partition(" ")
    try:
        return Moved(date.fromisoformat(day), by.strip())
    except ValueError:
        return None
