"""The QBO company of this cache, and the connections it was reached through.

A cache belongs to one company; telling it from another is the caller's business,
who knows what to say about it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import update
from sqlmodel import Session

from core.jsonio import JsonObject
from store import statements
from store.books import Company
from store.session import now
from store.tables import table_of
from store.tables.quickbooks import CompanyTable, ConnectionTable
from store.upsert import upsert

_FIELDS = tuple(Company.__dataclass_fields__)


def save_company(
    session: Session,
    company: Company,
    *,
    info: JsonObject | None = None,
    preferences: JsonObject | None = None,
) -> None:
    """Store the company as QuickBooks describes it now.

    A start date that was chosen stays unless `company` brings another.
    """
    row = {name: getattr(company, name) for name in _FIELDS}
    row |= {"info": info, "preferences": preferences, "seen_at": now(session)}
    keep = ["start_date"] if company.start_date is None else []
    upsert(session, CompanyTable, ["realm_id"], [row], keep=keep)


def load_company(session: Session) -> Company | None:
    """Return the company; None before the first refresh."""
    row = session.execute(statements.select(CompanyTable, columns=_FIELDS, order=("id",))).first()
    return None if row is None else Company(**{name: getattr(row, name) for name in _FIELDS})


def load_preferences(session: Session) -> JsonObject:
    """Return the company's Preferences as QuickBooks sent them; empty before the first refresh."""
    found = session.execute(statements.select(CompanyTable, columns=("preferences",))).scalar()
    return found if isinstance(found, dict) else {}


def set_start_date(session: Session, start: date | None) -> None:
    """Set from which date on invoices are posted."""
    session.execute(update(table_of(CompanyTable)).values(start_date=start))


def note_connection(
    session: Session, kind: str, address: str, account_id: str, account_name: str
) -> None:
    """Keep that an account was reached; `kind` is docket or qbo. Never hand in a secret."""
    at = now(session)
    row = {
        "kind": kind,
        "address": address,
        "account_id": account_id,
        "account_name": account_name,
        "first_used_at": at,
        "last_used_at": at,
    }
    key = ["kind", "address", "account_id"]
    upsert(session, ConnectionTable, key, [row], keep=["first_used_at"])


def known_accounts(session: Session, kind: str) -> list[tuple[str, str]]:
    """Return (account id, name) of every account this cache was filled from, newest first."""
    found = statements.select(
        ConnectionTable,
        ("kind",),
        columns=("account_id", "account_name"),
        order=("-last_used_at", "-id"),
    )
    return [(row[0], row[1]) for row in session.execute(found, {"kind": kind})]
