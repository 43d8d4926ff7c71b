"""Whether what stands in QuickBooks may still be changed there, known before any call.

QuickBooks refuses to change, void or delete a payment that lies in a bank deposit
(fault 6540), and anything dated in a closed period (6200, 6210).
"""

from __future__ import annotations

from datetime import date

from core.money import format_cents
from store.books import Document
from sync.checks.ground import Ground, shown_date


def deposit_words(ground: Ground, document: Document) -> str:
    """Return "it is in the bank deposit of 2026-10-03 over 1,234.50"; empty if it is in none."""
    held = ground.index.deposits.get((document.entity, document.qbo_id))
    if held is None:
        return ""
    if held.day is None or held.total is None:
        return "it is in a bank deposit"
    return f"it is in the bank deposit of {shown_date(held.day)} over {format_cents(held.total)}"


def may_change(ground: Ground, document: Document) -> str:
    """Return why a document cannot be changed in QuickBooks; empty if it can."""
    return deposit_words(ground, document) or closed_words(ground, document.txn_date)


def closed_words(ground: Ground, day: date) -> str:
    """Return "the books are closed through 2026-09-30" if they are on a day; else empty."""
    closed = ground.books.company.books_closed_on
    if closed is None or day > closed:
        return ""
    return f"the books are closed through {shown_date(closed)}"
