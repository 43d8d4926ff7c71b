"""Questions to the journal: which postings there are, what they wait for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from store import statements
from store.journal_rows import NewPosting, PostingRow, posting_from
from store.states import OPEN_STATES, PostingState
from store.tables import table_of
from store.tables.work import PostingDependencyTable, PostingTable
from store.upsert import in_parts

_POSTING = table_of(PostingTable)
_NEEDS = table_of(PostingDependencyTable)
_AT_REST = (
    PostingState.DRAFT,
    PostingState.HOLD,
    PostingState.REJECTED,
    PostingState.EXCLUDED,
)


def get_posting(session: Session, posting_id: int) -> PostingRow | None:
    """Return a posting."""
    row = session.execute(statements.select(PostingTable, ("id",)), {"id": posting_id}).first()
    return None if row is None else posting_from(row)


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
        found = _found(session, {statements.AMONG: some}, among="marker")
        rows.update({row.marker: row for row in found})
    return rows


def open_postings(session: Session, run_id: int | None = None) -> list[PostingRow]:
    """Return what still has a way to go by itself, of a run or of all, in order."""
    states = [str(state) for state in sorted(OPEN_STATES - {PostingState.DRAFT})]
    of: dict[str, object] = {statements.AMONG: states}
    if run_id is not None:
        of["run_id"] = run_id
    return _found(session, of, among="state")


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
    fixed: dict[str, object] = {"run_id": run_id, "kind": kind}
    fixed = {name: value for name, value in fixed.items() if value is not None}
    wanted_states = None if states is None else {PostingState(state) for state in states}
    for column, wanted in (("docket_id", docket_ids), ("invoice_docket_id", invoice_ids)):
        if wanted is not None:
            rows = [
                row
                for some in in_parts(sorted(set(wanted)))
                for row in _found(session, {**fixed, statements.AMONG: some}, among=column)
            ]
            if docket_ids is not None and invoice_ids is not None:
                rows = [one for one in rows if one.invoice_id in invoice_ids]
            if wanted_states is not None:
                rows = [one for one in rows if one.state in wanted_states]
            return sorted(rows, key=lambda one: one.id)
    if wanted_states is None:
        return _found(session, fixed)
    fixed[statements.AMONG] = sorted(str(state) for state in wanted_states)
    return _found(session, fixed, among="state")


def dependencies(session: Session, posting_id: int) -> list[PostingRow]:
    """Return the postings that must be CONFIRMED before this one."""
    needs = statements.select(PostingDependencyTable, ("posting_id",), columns=("needs_id",))
    found = session.execute(needs, {"posting_id": posting_id})
    needed = sorted({row[0] for row in found})
    return _found(session, {statements.AMONG: needed}, among="id") if needed else []


def waits_for_somebody(session: Session, row: PostingRow) -> bool:
    """Whether something that must be CONFIRMED before this one does not go on by itself."""
    return any(
        needed.state in _AT_REST or waits_for_somebody(session, needed)
        for needed in dependencies(session, row.id)
    )


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


def _found(session: Session, of: Mapping[str, object], *, among: str = "") -> list[PostingRow]:
    """Return postings by equal columns, and by a list of values of one more, in order."""
    by = tuple(name for name in of if name != statements.AMONG)
    found = statements.select(PostingTable, by, among=among, order=("id",))
    return [posting_from(row) for row in session.execute(found, dict(of))]
