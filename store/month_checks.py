"""Months that a person has checked, with what was seen then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.jsonio import JsonObject
from store import audit, statements
from store.session import now
from store.tables.month_end import MonthCheckTable
from store.upsert import insert_all


@dataclass(frozen=True, slots=True)
class MonthCheck:
    """One check of one month."""

    month: str
    checked_at: datetime
    name: str
    actor: str
    figures: JsonObject
    records: JsonObject
    audit_head: str


def add_month_check(
    session: Session, month: str, name: str, actor: str, figures: JsonObject, records: JsonObject
) -> str:
    """Keep that a month was checked, with its line in the audit.

    Returns:
        The audit log's head, which the check is under.
    """
    at = now(session)
    head = audit.append(session, at, actor, "month checked", month, after={"by": name, **figures})
    row = {
        "month": month,
        "checked_at": at,
        "name": name,
        "actor": actor,
        "figures": figures,
        "records": records,
        "audit_head": head,
    }
    insert_all(session, MonthCheckTable, [row])
    return head


def last_month_check(session: Session, month: str) -> MonthCheck | None:
    """Return the newest check of a month; None if nobody checked it."""
    wanted = statements.select(MonthCheckTable, ("month",), but=("id",), order=("-id",), first=True)
    row = session.execute(wanted, {"month": month}).first()
    return None if row is None else MonthCheck(**row._mapping)


def checked_months(session: Session) -> dict[str, tuple[datetime, str]]:
    """Return when and by whom each checked month was checked last."""
    wanted = statements.select(
        MonthCheckTable, columns=("month", "checked_at", "name"), order=("id",)
    )
    return {row.month: (row.checked_at, row.name) for row in session.execute(wanted)}
