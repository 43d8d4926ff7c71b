"""Questions to the journal: which postings there are, what they wait for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from store.journal_rows import NewPosting, PostingRow, posting_from
from store.states import OPEN_STATES, PostingState
from store.tables import table_of
from store.tables.work import PostingDependencyTable, PostingTable
from store.upsert import in_parts

_POSTING = table_of(PostingTable)
_NEEDS = table_of(PostingDependencyTable)


def get_posting(session: Session, posting_id: int) -> PostingRow | None:
    """Return a posting."""
    return _one(session, _POSTING.c.id == posting_id)


def find_posting(session: Session, posting: NewPosting) -> PostingRow | None:
    """Return the posting with the same record, operation and generation."""
    return _one(
        session,
        _POSTING.c.realm == posting.realm,
        _POSTING.c.kind == posting.kind,
        _POSTING.c.docket_id == posting.docket_id,
        _POSTING.c.operation == posting.operation,
        _POSTING.c.generation == posting.generation,
    )


def other_under_way(session: Session, posting: NewPosting) -> PostingRow | None:
    """Return the posting of the same record that has a way to go or waits for a person."""
    over = (PostingState.CONFIRMED, PostingState.EXCLUDED, PostingState.REJECTED)
    return _one(
        session,
        _POSTING.c.realm == posting.realm,
        _POSTING.c.kind == posting.kind,
        _POSTING.c.docket_id == posting.docket_id,
        _POSTING.c.state.not_in([str(state) for state in over]),
    )


def newest_generation(
    session: Session, realm: str, kind: str, docket_id: str, operation: str
) -> PostingRow | None:
    """Return the newest posting of a record and operation."""
    found = (
        select(_POSTING)
        .where(
            _POSTING.c.realm == realm,
            _POSTING.c.kind == kind,
            _POSTING.c.docket_id == docket_id,
            _POSTING.c.operation == operation,
        )
        .order_by(_POSTING.c.generation.desc())
        .limit(1)
    )
    row = session.execute(found).first()
    return None if row is None else posting_from(row)


def marked_postings(session: Session, markers: Collection[str]) -> dict[str, PostingRow]:
    """Return the postings that leave these markers, by marker."""
    rows: dict[str, PostingRow] = {}
    for some in in_parts(sorted(markers)):
        rows.update({row.marker: row for row in _all(session, _POSTING.c.marker.in_(some))})
    return rows


def open_postings(session: Session, run_id: int | None = None) -> list[PostingRow]:
    """Return what still has a way to go by itself, of a run or of all, in order."""
    states = [str(state) for state in sorted(OPEN_STATES - {PostingState.DRAFT})]
    conditions: list[ColumnElement[bool]] = [_POSTING.c.state.in_(states)]
    if run_id is not None:
        conditions.append(_POSTING.c.run_id == run_id)
    return _all(session, *conditions)


def postings_of(
    session: Session,
    *,
    run_id: int | None = None,
    kind: str | None = None,
    docket_ids: Sequence[str] | None = None,
    invoice_ids: Sequence[str] | None = None,
    states: Collection[PostingState] | None = None,
) -> list[PostingRow]:
    """Return the postings that fit all that is named, in the order they were approved."""
    fixed: list[ColumnElement[bool]] = []
    if run_id is not None:
        fixed.append(_POSTING.c.run_id == run_id)
    if kind is not None:
        fixed.append(_POSTING.c.kind == kind)
    if states is not None:
        fixed.append(_POSTING.c.state.in_(sorted(str(state) for state in states)))
    for column, wanted in (("docket_id", docket_ids), ("invoice_docket_id", invoice_ids)):
        if wanted is not None:
            rows = [
                row
                for some in in_parts(sorted(set(wanted)))
                for row in _all(session, *fixed, _POSTING.c[column].in_(some))
            ]
            if docket_ids is not None and invoice_ids is not None:
                rows = [one for one in rows if one.invoice_id in invoice_ids]
            return sorted(rows, key=lambda one: one.id)
    return _all(session, *fixed)


def dependencies(session: Session, posting_id: int) -> list[PostingRow]:
    """Return the postings that must be CONFIRMED before this one."""
    needed = select(_NEEDS.c.needs_id).where(_NEEDS.c.posting_id == posting_id)
    return _all(session, _POSTING.c.id.in_(needed))


def dependencies_of_run(session: Session, run_id: int) -> dict[int, tuple[int, ...]]:
    """Return, for the postings of a run that wait for others, the ids of those."""
    found = (
        select(_NEEDS.c.posting_id, _NEEDS.c.needs_id)
        .join(_POSTING, _POSTING.c.id == _NEEDS.c.posting_id)
        .where(_POSTING.c.run_id == run_id)
        .order_by(_NEEDS.c.id)
    )
    needs: dict[int, tuple[int, ...]] = {}
    for row in session.execute(found):
        needs[row[0]] = (*needs.get(row[0], ()), row[1])
    return needs


def _one(session: Session, *conditions: ColumnElement[bool]) -> PostingRow | None:
    row = session.execute(select(_POSTING).where(*conditions)).first()
    return None if row is None else posting_from(row)


def _all(session: Session, *conditions: ColumnElement[bool]) -> list[PostingRow]:
    found = select(_POSTING).where(*conditions).order_by(_POSTING.c.id)
    return [posting_from(row) for row in session.execute(found)]
