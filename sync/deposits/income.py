"""Deposits booked as income although their money is that of synced payments; pure.

Somebody accepts a bank-feed line as income while the invoices and payments behind it
stand in QuickBooks too: the revenue counts twice, and the payments stay in Undeposited
Funds for ever. A deposit line to an income account is doubtful when one payment, or all
payments of a day or of days in a row, have its amount and came shortly before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from core.money import exact_cents
from core.text import display
from store.books import Document
from sync.checks.ground import Ground
from sync.deposits.shapes import Doubtful, Receipt
from sync.deposits.subset import likely_sets

BEFORE = timedelta(days=10)
"""How long money is under way to the bank."""
AFTER = timedelta(days=2)
_INCOME = frozenset({"Income", "Other Income"})


def booked_as_income(ground: Ground, found: Sequence[Receipt]) -> tuple[Doubtful, ...]:
    """Return the deposit lines that are probably payments counted twice, oldest first."""
    income = {
        one.qbo_id: one.name
        for one in ground.books.entries
        if one.entity == "Account" and one.body.get("AccountType") in _INCOME
    }
    deposits = [one for one in ground.books.documents.values() if one.entity == "Deposit"]
    doubtful = [
        line
        for one in deposits
        if not one.removed
        for line in _lines(one, income, [two for two in found if not two.deposit_id])
    ]
    return tuple(sorted(doubtful, key=lambda one: (one.day, one.deposit_id)))


def _lines(
    deposit: Document, income: dict[str, str], found: Sequence[Receipt]
) -> Iterator[Doubtful]:
    near = [
        one for one in found if deposit.txn_date - BEFORE <= one.day <= deposit.txn_date + AFTER
    ]
    for line in deposit.body.get("Line") or ():
        detail = line.get("DepositLineDetail") or {}
        account = str((detail.get("AccountRef") or {}).get("value") or "")
        if line.get("LinkedTxn") or account not in income:
            continue
        amount = exact_cents(line.get("Amount", 0))
        sets = likely_sets(near, amount)
        if sets:
            yield Doubtful(
                deposit.qbo_id,
                deposit.txn_date,
                display(income[account], 40),
                amount,
                sets[0].receipts,
            )
