"""Money by month and what is open by age, on both sides, as a chart and as words; pure.

The sums come from the store as such (`store.money_sums`), so that a chart of a million
invoices needs none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.money import Cents
from store.money_sums import MoneySums, Sums
from sync.shapes import CountAndMoney

AGE_WORDS: Mapping[str, str] = {
    "0": "not due",
    "1": "1-30 days",
    "2": "31-60 days",
    "3": "61-90 days",
    "4": "over 90 days",
}
"""How long it has been due, by the keys of `store.money_sums`."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One month or age: both sides beside each other."""

    key: str
    docket: CountAndMoney
    quickbooks: CountAndMoney

    @property
    def difference(self) -> CountAndMoney:
        """Docket less QuickBooks."""
        ours, theirs = self.docket, self.quickbooks
        return CountAndMoney(ours.count - theirs.count, ours.amount - theirs.amount)


@dataclass(frozen=True, slots=True)
class Chart:
    """Invoices by month, the oldest first, and what is open on them by age."""

    months: tuple[Pairing, ...]
    ages: tuple[Pairing, ...]
    """All five; QuickBooks' side is what is open on the invoices linked to Docket's."""
    not_there: CountAndMoney
    """Of what is open in Docket: not in QuickBooks."""
    others: CountAndMoney
    """Open in QuickBooks on invoices that are not Docket's."""
    start: str
    by_due_date: bool

    @property
    def total(self) -> Pairing:
        """All months."""
        return _total(self.months)

    @property
    def open(self) -> Pairing:
        """All ages."""
        return _total(self.ages)

    @property
    def unexplained(self) -> Cents:
        """What is open in Docket, less what is not there, less what is open in QuickBooks."""
        return self.open.difference.amount - self.not_there.amount


def chart(sums: MoneySums) -> Chart:
    """Put both sides beside each other."""
    return Chart(
        months=_months(sums.docket, sums.quickbooks),
        ages=tuple(_pairing(age, sums.open_docket, sums.open_quickbooks) for age in AGE_WORDS),
        not_there=_all(sums.not_there),
        others=_all(sums.others),
        start=sums.start,
        by_due_date=sums.by_due_date,
    )


def _months(docket: Sums, quickbooks: Sums) -> tuple[Pairing, ...]:
    return tuple(_pairing(one, docket, quickbooks) for one in sorted({*docket, *quickbooks}))


def _pairing(key: str, docket: Sums, quickbooks: Sums) -> Pairing:
    return Pairing(key, _one(docket, key), _one(quickbooks, key))


def _one(sums: Sums, key: str) -> CountAndMoney:
    return CountAndMoney(*sums[key]) if key in sums else CountAndMoney()


def _all(sums: Sums) -> CountAndMoney:
    counts, amounts = [count for count, _ in sums.values()], [money for _, money in sums.values()]
    return CountAndMoney(sum(counts), sum(amounts))


def _total(pairings: tuple[Pairing, ...]) -> Pairing:
    sides = [
        CountAndMoney(sum(one.count for one in side), sum(one.amount for one in side))
        for side in ([one.docket for one in pairings], [one.quickbooks for one in pairings])
    ]
    return Pairing("", *sides)
