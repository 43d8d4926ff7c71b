"""Runs: one row for every approval, from the confirmed plan to the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from core.jsonio import JsonObject
from store import statements
from store.journal_rows import JournalError, RunRow, run_from
from store.session import now
from store.states import RunKind, RunState
from store.tables import table_of
from store.tables.work import RunTable

_UNFINISHED = (RunState.APPROVED, RunState.RUNNING, RunState.STOPPED)
_WAYS: Mapping[RunState, frozenset[RunState]] = {
    RunState.APPROVED: frozenset({RunState.RUNNING, RunState.STOPPED, RunState.FINISHED}),
    RunState.RUNNING: frozenset({RunState.RUNNING, RunState.STOPPED, RunState.FINISHED}),
    RunState.STOPPED: frozenset({RunState.RUNNING, RunState.STOPPED, RunState.FINISHED}),
    RunState.FINISHED: frozenset({RunState.RUNNING}),
}
"""A finished run goes on when a person has one of its postings looked at again."""


def create_run(
    session: Session,
    kind: RunKind,
    selection: Sequence[str],
    plan_digest: str,
    plan: JsonObject,
    actor: str,
) -> int:
    """Keep an approval with the plan that was confirmed; return the run's id."""
    row = {
        "kind": str(kind),
        "state": str(RunState.APPROVED),
        "selection": list(selection),
        "plan_digest": plan_digest,
        "plan": plan,
        "actor": actor,
        "created_at": now(session),
    }
    made = session.execute(statements.insert_returning_id(RunTable), row)
    return int(made.scalar_one())


def set_run_state(session: Session, run_id: int, state: RunState) -> None:
    """Take a run to another state.

    Raises:
        JournalError: it may not go there from where it is, or does not exist.
    """
    _move(session, run_id, state)


def finish_run(session: Session, run_id: int, state: RunState, result: JsonObject) -> None:
    """End a run for now (STOPPED, it can be resumed) or FINISHED.

    Raises:
        JournalError: it is already finished, or does not exist.
    """
    _move(session, run_id, state, result=result, ended_at=now(session))


def get_run(session: Session, run_id: int) -> RunRow | None:
    """Return a run."""
    row = session.execute(statements.select(RunTable, ("id",)), {"id": run_id}).first()
    return None if row is None else run_from(row)


def unfinished_run(session: Session) -> RunRow | None:
    """Return the newest run if it can be resumed: approved, running or stopped.

    An older unfinished run is not returned: what is open in it is open in the journal
    and goes with the next run.
    """
    newest = last_run(session)
    return newest if newest is not None and newest.state in _UNFINISHED else None


def last_run(session: Session, kind: RunKind | None = None) -> RunRow | None:
    """Return the newest run, of one kind if it is named."""
    of = {} if kind is None else {"kind": str(kind)}
    newest = statements.select(RunTable, tuple(of), order=("-id",), first=True)
    row = session.execute(newest, of).first()
    return None if row is None else run_from(row)


def all_runs(session: Session, limit: int = 100) -> list[RunRow]:
    """Return the newest runs, newest first."""
    table = table_of(RunTable)
    found = select(table).order_by(table.c.id.desc()).limit(limit)
    return [run_from(row) for row in session.execute(found)]


def _move(session: Session, run_id: int, state: RunState, **values: Any) -> None:
    run = get_run(session, run_id)
    if run is None:
        raise JournalError(f"there is no run {run_id}")
    if state not in _WAYS[run.state]:
        raise JournalError(f"run {run_id} may not go from {run.state} to {state}")
    if state == RunState.RUNNING and run.started_at is None:
        values["started_at"] = now(session)
    changed = {"of_id": run_id, "state": str(state), **values}
    session.execute(statements.update(RunTable, ("id",)), changed)
