"""The end of a month: a checklist, the figures a person signs, what changed since; pure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.errors import UsageTrouble
from core.jsonio import JsonObject
from core.money import Cents, format_cents
from store.states import InvoiceStatus
from store.tie_out import Facts
from sync.shapes import CountAndMoney
from sync.tie_out.pairs import Pair, Places, docket_amounts, pairs, qbo_amounts
from sync.tie_out.receivables import PaidButOpen
from sync.tie_out.shapes import NOTHING, Amounts, Measure, Period, TieOut

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def month_period(month: str) -> Period:
    """Return the days of a month such as 2026-10.

    Raises:
        UsageTrouble: it is none.
    """
    found = _MONTH.fullmatch(month)
    if found is None:
        raise UsageTrouble(
            f"{month} is no month.",
            books="Nothing was changed.",
            fix="Write it as year and month, for example 2026-10.",
        )
    last = calendar.monthrange(int(found[1]), int(found[2]))[1]
    return Period(f"{month}-01", f"{month}-{last}")


def month_words(month: str) -> str:
    """Return a month for a person: "October 2026"."""
    return f"{calendar.month_name[int(month[5:])]} {month[:4]}"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist."""

    key: str
    words: str
    sums: CountAndMoney
    why: str
    """What it means, and what to do about it."""
    must: bool
    """Whether it should be empty before the month is called checked."""

    @property
    def done(self) -> bool:
        """Whether there is nothing left."""
        return not self.sums.count


def checklist(
    facts: Facts,
    period: Period,
    paid: Sequence[PaidButOpen],
    credits_: Sequence[tuple[str, Cents]],
    undeposited: Sequence[tuple[str, Cents]],
) -> tuple[Item, ...]:
    """Return what is to be looked at before a month is done.

    Args:
        facts: both sides.
        period: the month.
        paid: what is paid in Docket and open in QuickBooks, of any month.
        credits_: (day, cents) of what is open as credit in QuickBooks.
        undeposited: (day, cents) of payments in no bank deposit.
    """
    sums: dict[str, list[int]] = {}

    def add(key: str, amount: Cents) -> None:
        part = sums.setdefault(key, [0, 0])
        part[0] += 1
        part[1] += amount

    for one in facts.docket:
        if one.kind == "invoice" and one.stands and period.holds(one.day):
            add(f"checking:{one.reason_code == 'checking'}", one.amount)
            add(f"status:{one.status}", one.amount)
    for row in paid:
        if period.holds(row.issued_on):
            add("paid", row.amount)
    for key, dated in (("credits", credits_), ("undeposited", undeposited)):
        for day, amount in dated:
            if day <= period.end:
                add(key, amount)
    return tuple(
        Item(key, words, CountAndMoney(*sums.get(source, (0, 0))), why, must)
        for key, source, words, why, must in _ITEMS
    )


_ITEMS = (
    (
        "pending",
        f"status:{InvoiceStatus.PENDING}",
        "pending",
        "invoices, or payments on them, not in QuickBooks yet: sync them",
        True,
    ),
    (
        "needs_you",
        f"status:{InvoiceStatus.CONFLICTED}",
        "needs you",
        "conflicts: choose a way out of each",
        True,
    ),
    (
        "checking",
        "checking:True",
        "checking with QuickBooks",
        "sent, outcome not known yet: go on with the sync",
        True,
    ),
    (
        "paid_but_open",
        "paid",
        "paid in Docket, open in QuickBooks",
        "post the payments",
        True,
    ),
    (
        "open_credits",
        "credits",
        "open credits in QuickBooks",
        "payments and credit memos not applied to an invoice: apply them there, or leave them",
        False,
    ),
    (
        "undeposited",
        "undeposited",
        "in Undeposited Funds",
        "payments received and in no bank deposit: make the deposit in QuickBooks",
        False,
    ),
)


def figures(found: TieOut, items: Sequence[Item]) -> JsonObject:
    """Return the figures that a person signs."""
    total = found.total
    return {
        "docket": _sums(total.docket),
        "quickbooks": _sums(total.quickbooks),
        "left_out": _sums(total.left_out),
        "others": _sums(total.others),
        "differences": len(found.differences),
        "checklist": {one.key: [one.sums.count, one.sums.amount] for one in items},
    }


def _sums(part: Mapping[Measure, CountAndMoney]) -> JsonObject:
    return {str(measure): [sums.count, sums.amount] for measure, sums in part.items()}


def month_records(facts: Facts, period: Period) -> JsonObject:
    """Return every record of a month as both sides have it, for `changes_since`.

    What is open is left out: a payment in November is no change of October.
    """
    places = Places(facts)
    found: JsonObject = {}
    for pair in pairs(facts):
        one, held = pair.docket, pair.quickbooks
        here = one is not None and period.holds(one.day)
        there = held is not None and period.holds(held.day)
        if not (here or there) or (one is None and held is not None and not held.ours):
            continue
        ours, theirs = docket_amounts(pair), qbo_amounts(pair)
        if ours == theirs == NOTHING:
            continue
        number = one.number if one is not None else held.number if held is not None else ""
        found[_key(pair)] = [
            f"{pair.record} {number}".strip(),
            places.name(pair),
            _side(ours, "" if one is None else one.day),
            _side(theirs, "" if held is None else held.day),
        ]
    return found


def _key(pair: Pair) -> str:
    if pair.docket is not None:
        return f"{pair.docket.kind}:{pair.docket.docket_id}"
    assert pair.quickbooks is not None
    return f"{pair.quickbooks.entity}:{pair.quickbooks.qbo_id}"


def _side(amounts: Amounts, day: str) -> list[object] | None:
    return [amounts.amount, amounts.tax, day] if amounts.records else None


@dataclass(frozen=True, slots=True)
class Change:
    """A record of a checked month that is not what it was."""

    label: str
    name: str
    words: str


def changes_since(then: JsonObject, now: JsonObject) -> tuple[Change, ...]:
    """Return what changed in a month after it was checked."""
    return tuple(_changes(then, now))


def _changes(then: JsonObject, now: JsonObject) -> Iterator[Change]:
    for key in sorted({*then, *now}):
        before, after = then.get(key), now.get(key)
        if before == after:
            continue
        known = after or before or ["", ""]
        gone = [*known[:2], None, None]
        sides = ("Docket", (before or gone)[2], (after or gone)[2])
        others = ("QuickBooks", (before or gone)[3], (after or gone)[3])
        words = [_words(*side) for side in (sides, others) if side[1] != side[2]]
        if words:
            yield Change(known[0], known[1], "; ".join(words))


def _words(where: str, before: Sequence[object] | None, after: Sequence[object] | None) -> str:
    if before is None:
        return f"new in {where}: {_shown(after)}"
    if after is None:
        return f"no longer in this month in {where}: was {_shown(before)}"
    return f"{where}: {_shown(before)}, now {_shown(after)}"


def _shown(side: Sequence[object] | None) -> str:
    assert side is not None
    amount, tax, day = side
    with_tax = f" with tax {format_cents(tax)}" if isinstance(tax, int) and tax else ""
    return f"{format_cents(amount if isinstance(amount, int) else 0)}{with_tax} of {day}"
