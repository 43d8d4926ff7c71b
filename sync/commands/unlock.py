"""The lock on bulk sync: one successful test per company, connection and way of sending."""

from __future__ import annotations

import hashlib

from sqlmodel import Session

from store.books import Books, Company
from store.company import load_company
from store.settings import all_settings, get_setting, put_setting
from sync.policy import Policy
from sync.shapes import BulkLock, Outcome, RunResult

_KEY = "bulk_unlocked_by"


def unlock_key(company: Company, policy: Policy) -> str:
    """Return what a test proves: this company, reached this way, sent to like this."""
    parts = (company.realm_id, company.birth_id, str(company.live), policy.digest())
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def keep_unlocked(session: Session, books: Books) -> None:
    """Remember that the test succeeded."""
    policy = Policy.from_settings(books.settings)
    put_setting(session, _KEY, unlock_key(books.company, policy))


def lock_of(session: Session) -> BulkLock:
    """Return whether bulk sync is open, and if not, what opens it; no books are needed."""
    company, policy = load_company(session), Policy.from_settings(all_settings(session))
    kept = get_setting(session, _KEY)
    if company is not None and kept == unlock_key(company, policy):
        return BulkLock(True, "Tested: one invoice was posted and read back, equal to the cent.")
    if kept:
        return BulkLock(
            False,
            "How invoices are sent has changed since the last test: post one as a test first.",
        )
    return BulkLock(False, "Post one invoice as a test first; then all others open up.")


def proves(result: RunResult) -> bool:
    """Whether a test run opens bulk sync: posted by us, read back, equal to the cent.

    A payment alone proves it too: where all invoices are only linked there is nothing else
    to test with, and the first invoice of every bulk run goes alone anyway.
    """
    outcomes = {one.outcome for one in result.invoices}
    posted = outcomes in ({Outcome.POSTED}, {Outcome.PAYMENT_ONLY})
    return result.finished and result.agreed and posted
