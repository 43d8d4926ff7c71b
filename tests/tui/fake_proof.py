"""A tie-out desk over a few records of two months, for screen tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from store.money_sums import MoneySums
from store.month_checks import MonthCheck
from store.tie_out import Facts
from sync.shapes import CountAndMoney
from sync.tie_out.chart import Chart, chart
from sync.tie_out.desk import MonthEnd
from sync.tie_out.month import checklist, month_period
from sync.tie_out.receivables import PaidButOpen, paid_but_open, receivables
from sync.tie_out.shapes import Cut, Measure, Period, TieOut
from sync.tie_out.tally import tie_out
from tests.tie_out.build import docket_fact, facts, qbo_fact


def books(name: str = "Acme Construction") -> Facts:
    """Six months; the last two differ in each of the five ways."""
    docket, held, links = [], [], {}
    for number in range(24):
        day = f"2026-{5 + number % 6:02}-15"
        amount = 40_000 + number * 7_919 % 60_000
        one = docket_fact(docket_id=f"inv{number}", number=str(1000 + number), day=day)
        docket.append(one._replace(amount=amount, open=amount, invoice_id=f"inv{number}"))
        held.append(qbo_fact(qbo_id=str(number), day=day, amount=amount, open=amount))
        links["invoice", f"inv{number}"] = ("Invoice", str(number))
    del links["invoice", "inv4"]
    held[4] = held[4]._replace(ours=1, day="2026-10-20")
    held[5] = held[5]._replace(amount=held[5].amount + 100)
    held[10] = held[10]._replace(removed="Voided")
    held[11] = held[11]._replace(day="2026-11-02")
    docket[17] = docket[17]._replace(open=0)
    return facts(docket, held, links, clients={"c1": name})


def _pair(sums: CountAndMoney) -> tuple[int, int]:
    return sums.count, sums.amount


def _less(sums: CountAndMoney, amount: int) -> tuple[int, int]:
    return sums.count - 1, sums.amount - amount


def _invoices(sums: Mapping[Measure, CountAndMoney]) -> tuple[int, int]:
    return _pair(sums[Measure.INVOICES])


class FakeTieOut:
    """The pure tie-out over `books`; a check is kept in memory."""

    def __init__(self, client: str = "Acme Construction") -> None:
        self.books = books(client)
        self.checked: dict[str, MonthCheck] = {}

    def whole(self) -> Period:
        return Period("2026-05-01", "2026-11-30")

    def tie_out(self, period: Period) -> TieOut:
        return tie_out(self.books, period, Cut.MONTH)

    def chart(self) -> Chart:
        found = {one.key: one for one in self.tie_out(self.whole()).cells}
        owed = receivables(self.books)
        return chart(
            MoneySums(
                docket={key: _invoices(one.docket) for key, one in found.items()},
                quickbooks={key: _invoices(one.quickbooks) for key, one in found.items()},
                open_docket={"0": (1, 10_000), "4": _less(owed.docket, 10_000)},
                not_there={"4": _pair(owed.not_there)},
                open_quickbooks={"0": (1, 10_000), "4": _less(owed.quickbooks, 10_000)},
                others={"2": (1, 12_345)},
                start="2026-05-01",
                by_due_date=True,
            )
        )

    def paid_but_open(self) -> tuple[PaidButOpen, ...]:
        return paid_but_open(self.books, {"inv17": "2026-10-20"}, date(2026, 11, 23))

    def checked_months(self) -> Mapping[str, tuple[str, str]]:
        return {"2026-05": ("2026-06-02", "Ann")} | {
            month: ("2026-11-23", check.name) for month, check in self.checked.items()
        }

    def month(self, month: str) -> MonthEnd:
        period = month_period(month)
        items = checklist(self.books, period, self.paid_but_open(), (), [("2026-10-02", 70_000)])
        found = tie_out(self.books, period)
        return MonthEnd(month, found, items, self.checked.get(month), ())

    def check_month(self, month: str, name: str) -> MonthEnd:
        at = datetime(2026, 11, 23, tzinfo=UTC)
        self.checked[month] = MonthCheck(month, at, name, name, {}, {}, "")
        return self.month(month)
