"""A money desk over a few payments, for screen tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.money import Cents
from sync.deposits.received import ages, by_day
from sync.deposits.shapes import Deposits, Doubtful, LooseRow, Makes, OpenCredit, Receipt
from sync.deposits.subset import sets_that_make

DAY = date(2026, 11, 9)
METHODS = ("Credit Card", "Check", "ACH")


class FakeMoney:
    """Forty payments of two weeks; one deposit booked as income; a prepayment that waits."""

    def __init__(self, client: str = "Acme Construction") -> None:
        self.receipts = [
            Receipt(
                qbo_id=str(number),
                day=DAY + timedelta(days=number % 14),
                method=METHODS[number % 3],
                customer=client,
                reference=f"R{number}",
                amount=20_000 + number * 7_919 % 60_000,
                deposit_id="" if number % 4 else "77",
                undeposited=bool(number % 4),
            )
            for number in range(40)
        ]
        day, label = DAY, "prepayment by Check CR-9 of 250.00"
        words = "not in QuickBooks yet; posts as money that pays no invoice"
        self.loose = [LooseRow("credit:c9", label, client, day, 250_00, True, words)]
        self.credits = [OpenCredit("Payment", "12", "R12", client, DAY, 40_00, 14, True)]
        two = tuple(self.receipts[:2])
        amount = sum(one.amount for one in two)
        self.doubtful = [Doubtful("81", DAY, "Services", amount, two)]

    def deposits(self) -> Deposits:
        found = sorted(self.receipts, key=lambda one: (one.day, one.method))
        return Deposits(
            rows=by_day(found),
            receipts=found,
            ages=ages(found, DAY + timedelta(days=14)),
            doubtful=self.doubtful,
            warning="",
            loose=self.loose,
            credits=self.credits,
        )

    def makes(self, amount: Cents, *, fee: bool = False) -> Sequence[Makes]:
        waiting = [one for one in self.receipts if one.undeposited]
        return sets_that_make(waiting, amount, fee=fee)
