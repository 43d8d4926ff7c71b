"""The company's settings, as text by key; what they mean is known in sync."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import Session

from store import statements
from store.session import now
from store.tables import table_of
from store.tables.work import SettingTable
from store.upsert import upsert


def get_setting(session: Session, key: str) -> str | None:
    """Return a setting; None if it was never set."""
    found = statements.select(SettingTable, ("key",), columns=("value",))
    value = session.execute(found, {"key": key}).scalar()
    return None if value is None else str(value)


def put_setting(session: Session, key: str, value: str) -> None:
    """Set a setting."""
    row = {"key": key, "value": value, "saved_at": now(session)}
    upsert(session, SettingTable, ["key"], [row])


def remove_setting(session: Session, key: str) -> None:
    """Go back to a setting's default."""
    table = table_of(SettingTable)
    session.execute(delete(table).where(table.c.key == key))


def all_settings(session: Session) -> dict[str, str]:
    """Return all settings that were set."""
    found = session.execute(
        statements.select(SettingTable, columns=("key", "value"), order=("key",))
    )
    return {row[0]: row[1] for row in found}
