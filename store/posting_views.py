"""Read models of the sync log: one write to QuickBooks, its calls, and what waits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, or_, select
from sqlmodel import Session

from core.jsonio import loads
from core.money import Cents
from store.cache import Cache
from store.sqlite import like
from store.states import POSTING_WORDS, LinkOrigin, PostingState
from store.tables import table_of
from store.tables.work import AttemptTable, LinkTable, PostingTable
from store.upsert import in_parts

_POSTING = table_of(PostingTable)
_ATTEMPT = table_of(AttemptTable)
_LINK = table_of(LinkTable)
_NUMBER_FIELDS = ("DocNumber", "PaymentRefNum", "DisplayName", "Name")


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One call made for a posting; `phase` is look, send or read."""

    phase: str
    started_at: datetime
    ended_at: datetime | None
    http_status: int | None
    """None: there was no answer."""
    fault_code: str
    fault_text: str
    intuit_tid: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PostingView:
    """One line of the sync log; `words` says the state for a person."""

    id: int
    run_id: int
    kind: str
    docket_id: str
    invoice_id: str
    entity: str
    operation: str
    generation: int
    label: str
    amount: Cents
    state: PostingState
    words: str
    qbo_id: str
    number: str
    """Invoice no., payment reference or name, as frozen for sending; empty before that."""
    attempts: int
    request_id: str
    marker: str
    reason: str
    fault_code: str
    intuit_tid: str
    """Of the newest call; what Intuit's support asks for."""
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    next_try_at: datetime | None
    lease_until: datetime | None
    """Until when the process that sends it keeps it."""
    changed_at: datetime
    """Since when it is in this state."""
    calls: tuple[AttemptView, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which postings; everything that is set has to hold.

    `text` is words, each of which must occur in the label, the reason, the Id, the
    request id, or the transaction id of a call.
    """

    states: Collection[PostingState] | None = None
    run_id: int | None = None
    invoice_id: str | None = None
    posting_id: int | None = None
    text: str = ""


def journal_page(
    cache: Cache, which: JournalFilter | None = None, offset: int = 0, limit: int = 100
) -> list[PostingView]:
    """Return a page of the sync log, newest first."""
    with cache.read() as session:
        return posting_views(session, which or JournalFilter(), offset, limit)


def journal_count(cache: Cache, which: JournalFilter | None = None) -> int:
    """Return how many postings fit."""
    with cache.read() as session:
        wanted = select(func.count()).select_from(_POSTING).where(*_fits(which or JournalFilter()))
        return int(session.execute(wanted).scalar_one())


def posting_views(
    session: Session, which: JournalFilter, offset: int, limit: int
) -> list[PostingView]:
    """Return postings with their calls, newest first."""
    found = select(_POSTING).where(*_fits(which)).order_by(_POSTING.c.id.desc())
    rows = session.execute(found.limit(limit).offset(offset)).all()
    calls = _calls(session, [row.id for row in rows])
    adopted = _adopted(session, rows)
    return [
        _posting_view(row, calls.get(row.id, ()), adopted=(row.kind, row.docket_id) in adopted)
        for row in rows
    ]


def _fits(which: JournalFilter) -> list[Any]:
    conditions: list[Any] = []
    if which.states is not None:
        conditions.append(_POSTING.c.state.in_(sorted(str(state) for state in which.states)))
    if which.run_id is not None:
        conditions.append(_POSTING.c.run_id == which.run_id)
    if which.invoice_id is not None:
        conditions.append(_POSTING.c.invoice_docket_id == which.invoice_id)
    if which.posting_id is not None:
        conditions.append(_POSTING.c.id == which.posting_id)
    conditions += [_holds(word) for word in which.text.split()]
    return conditions


def _holds(word: str) -> Any:
    pattern = like(word)
    own = [
        _POSTING.c[name].like(pattern, escape="!")
        for name in ("label", "reason", "qbo_id", "request_id")
    ]
    of_a_call = exists().where(
        _ATTEMPT.c.posting_id == _POSTING.c.id, _ATTEMPT.c.intuit_tid.like(pattern, escape="!")
    )
    return or_(*own, of_a_call)


def _posting_view(row: Row[Any], calls: Sequence[AttemptView], *, adopted: bool) -> PostingView:
    state = PostingState(row.state)
    was_there = adopted and state == PostingState.CONFIRMED
    return PostingView(
        id=row.id,
        run_id=row.run_id,
        kind=row.kind,
        docket_id=row.docket_id,
        invoice_id=row.invoice_docket_id,
        entity=row.entity,
        operation=row.operation,
        generation=row.generation,
        label=row.label,
        amount=row.amount_cents,
        state=state,
        words="linked (was already there)" if was_there else POSTING_WORDS[state],
        qbo_id=row.qbo_id,
        number=_number(row.body),
        attempts=row.attempts,
        request_id=row.request_id,
        marker=row.marker,
        reason=row.reason,
        fault_code=row.fault_code,
        intuit_tid=next((call.intuit_tid for call in reversed(calls) if call.intuit_tid), ""),
        first_sent_at=row.first_sent_at,
        last_sent_at=row.last_sent_at,
        next_try_at=row.next_try_at,
        lease_until=row.lease_until,
        changed_at=row.changed_at,
        calls=tuple(calls),
    )


def _number(frozen: bytes | None) -> str:
    body = loads(frozen) if frozen else None
    if not isinstance(body, dict):
        return ""
    return next((str(body[name]) for name in _NUMBER_FIELDS if body.get(name)), "")


def _calls(session: Session, posting_ids: Sequence[int]) -> dict[int, list[AttemptView]]:
    calls: dict[int, list[AttemptView]] = {}
    for some in in_parts(posting_ids):
        found = select(_ATTEMPT).where(_ATTEMPT.c.posting_id.in_(some)).order_by(_ATTEMPT.c.id)
        for row in session.execute(found):
            calls.setdefault(row.posting_id, []).append(
                AttemptView(
                    phase=row.phase,
                    started_at=row.started_at,
                    ended_at=row.ended_at,
                    http_status=row.http_status,
                    fault_code=row.fault_code,
                    fault_text=row.fault_text,
                    intuit_tid=row.intuit_tid,
                    outcome=row.outcome,
                )
            )
    return calls


def _adopted(session: Session, rows: Sequence[Row[Any]]) -> set[tuple[str, str]]:
    """Which of these records are linked to something that somebody else made."""
    found: set[tuple[str, str]] = set()
    for some in in_parts(sorted({row.docket_id for row in rows})):
        wanted = select(_LINK.c.kind, _LINK.c.docket_id).where(
            _LINK.c.docket_id.in_(some), _LINK.c.origin == str(LinkOrigin.ADOPTED)
        )
        found |= {(row[0], row[1]) for row in session.execute(wanted)}
    return found
