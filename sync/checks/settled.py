"""What is settled in QuickBooks, so that changing it is ticked on its own; pure.

A paid or deposited invoice, or one of an earlier month, is in somebody's reports and
perhaps in a reconciliation. A sync of "all pending" must not move it in passing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from store.books import Document
from sync.checks.ground import Ground


def settled_words(ground: Ground, document: Document) -> Iterator[str]:
    """Yield why an invoice counts as settled, each as half a sentence."""
    if document.balance < document.total:
        yield "it is paid in QuickBooks" if not document.balance else "it is partly paid"
    payments = [part for part in document.applied if part.entity == "Payment"]
    if any(("Payment", part.qbo_id) in ground.index.deposits for part in payments):
        yield "its payment is in a bank deposit"
    today = ground.index.today
    if today is not None and _month(document.txn_date) < _month(today):
        yield f"it is of an earlier month ({document.txn_date:%Y-%m})"


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
