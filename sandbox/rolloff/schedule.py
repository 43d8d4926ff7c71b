"""When what happens: the order of the invoices' kinds, and their dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sandbox.rolloff.dice import Dice
from sandbox.rolloff.mix import IN_QBO, Mix

DAYS_BACK = 75


def closing_date(today: date) -> date:
    """The end of the month before the first ordinary invoice: the books closed then."""
    return (today - timedelta(days=DAYS_BACK)).replace(day=1) - timedelta(days=1)


def stamp(day: date, minute: int) -> str:
    """An instant on `day`, for the wire; minutes from 13:00 UTC (early morning there)."""
    at = datetime.combine(day, time(13)) + timedelta(minutes=minute)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def order_of_kinds(dice: Dice, plan: Mix) -> list[str]:
    """Each invoice's kind: closed ones first, those in QuickBooks in the first two thirds."""
    wanted = [kind for kind, count in plan.invoice_kinds.items() for _ in range(count)]
    closed = wanted.count("closed")
    early = [kind for kind in wanted if kind in IN_QBO]
    later = [kind for kind in wanted if kind not in IN_QBO and kind != "closed"]
    kinds = (["closed"] * closed + ["clean"] * plan.invoices)[: plan.invoices]
    cut = max(plan.invoices * 2 // 3, closed)
    for places, of_kind in ((range(closed, cut), early), (range(closed, plan.invoices), later)):
        free = [place for place in places if kinds[place] == "clean"]
        for place, kind in zip(dice.sample(free, len(of_kind)), of_kind, strict=False):
            kinds[place] = kind
    return kinds


def days_of(kinds: Sequence[str], today: date) -> Iterator[date]:
    """Dates in order: the closed ones before the closing date, the rest up to yesterday."""
    closed, closed_count = closing_date(today), kinds.count("closed")
    first = today - timedelta(days=DAYS_BACK)
    for place, kind in enumerate(kinds):
        if kind == "closed":
            yield closed - timedelta(days=19 - 20 * place // closed_count)
        else:
            yield first + timedelta(days=DAYS_BACK * place // len(kinds))
