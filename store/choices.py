"""Choices ("mappings"): a person's decisions, kept with what they replaced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlmodel import Session

from store.books import Choice
from store.session import now
from store.tables import table_of
from store.tables.work import ChoiceTable

_CHOICE = table_of(ChoiceTable)
_ALL = select(_CHOICE).where(_CHOICE.c.ended_at.is_(None)).order_by(_CHOICE.c.id)


def put_choice(session: Session, choice: Choice, actor: str) -> int:
    """Put a choice in force; one that it replaces can come back by `take_back_choice`.

    Returns:
        The number of the choice.
    """
    table = table_of(ChoiceTable)
    before = _in_force(session, choice.kind, choice.key)
    at = now(session)
    if before is not None:
        _end(session, before.id)
    row = {
        "kind": choice.kind,
        "key": choice.key,
        "action": choice.action,
        "entity": choice.entity,
        "qbo_id": choice.qbo_id,
        "name": choice.name,
        "actor": actor,
        "made_at": at,
        "replaces_id": None if before is None else before.id,
    }
    made = session.execute(insert(table).values(**row).returning(table.c.id)).scalar_one()
    return int(made)


def remove_choice(session: Session, kind: str, key: str) -> Choice | None:
    """End a choice without putting another in its place; return what it was."""
    before = _in_force(session, kind, key)
    if before is None:
        return None
    _end(session, before.id)
    return choice_from(before)


def last_choice(session: Session) -> Choice | None:
    """Return the newest choice in force."""
    row = _newest(session)
    return None if row is None else choice_from(row)


def take_back_choice(session: Session) -> tuple[Choice, Choice | None] | None:
    """Undo the newest choice in force.

    Returns:
        The choice that was taken back and the one that is in force again in its place;
        None if there was nothing to take back.
    """
    row = _newest(session)
    if row is None:
        return None
    _end(session, row.id)
    if row.replaces_id is None:
        return choice_from(row), None
    table = table_of(ChoiceTable)
    session.execute(update(table).where(table.c.id == row.replaces_id).values(ended_at=None))
    earlier = session.execute(select(table).where(table.c.id == row.replaces_id)).one()
    return choice_from(row), choice_from(earlier)


def all_choices(session: Session) -> dict[tuple[str, str], Choice]:
    """Return the choices in force by (kind, key)."""
    return {(row.kind, row.key): choice_from(row) for row in session.execute(_ALL)}


def choices_made(session: Session) -> dict[tuple[str, str], datetime]:
    """Return when each choice in force was made, by (kind, key)."""
    return {(row.kind, row.key): row.made_at for row in session.execute(_ALL)}


def choice_from(row: Row[Any]) -> Choice:
    """A choice from its row."""
    return Choice(row.kind, row.key, row.action, row.entity, row.qbo_id, row.name)


def _in_force(session: Session, kind: str, key: str) -> Row[Any] | None:
    table = table_of(ChoiceTable)
    found = select(table).where(
        table.c.kind == kind, table.c.key == key, table.c.ended_at.is_(None)
    )
    return session.execute(found).first()


def _newest(session: Session) -> Row[Any] | None:
    table = table_of(ChoiceTable)
    found = select(table).where(table.c.ended_at.is_(None))
    return session.execute(found.order_by(table.c.id.desc()).limit(1)).first()


def _end(session: Session, choice_id: int) -> None:
    table = table_of(ChoiceTable)
    session.execute(update(table).where(table.c.id == choice_id).values(ended_at=now(session)))
