"""Which payments make a bank's amount: exact to the cent, with bounded work; pure.

The bank shows one sum for several payments, sometimes less its fee. Sets that a bank
would make by itself come first: one payment, all of a day, all of a day by one method,
all of several days in a row. If none fits, every combination is tried: the sums that can
be made are bits of one long integer, so that all combinations of hundreds of payments
cost about as many shifts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from core.money import Cents
from core.text import name_key
from sync.deposits.shapes import Makes, Receipt

MOST_BITS = 400_000_000
"""Bits kept for finding the way back: 50 MB. Older payments are left out beyond that."""
MOST_SETS = 5
LONGEST_ROW = 7
"""Days with payments that one deposit may hold."""
LONGEST_GAP = timedelta(days=4)
"""Between two of them: a long weekend."""
HIGHEST_FEE = 5
"""Percent; a bank that keeps more is another matter."""
NO_FEE = frozenset({"cash", "check"})
"""Methods of which a bank keeps nothing back."""


def sets_that_make(
    receipts: Sequence[Receipt], amount: Cents, *, fee: bool = False
) -> tuple[Makes, ...]:
    """Return sets of payments that make a bank's amount, the likeliest first.

    Args:
        receipts: payments that may be in it.
        amount: what the bank shows.
        fee: whether the bank may have kept a fee back, at most 5 % of the gross.
    """
    if amount <= 0:
        return ()
    ranked = list(likely_sets(receipts, amount, fee=fee))
    if not any(one.fee == 0 for one in ranked):
        some = combination(receipts, amount)
        if some:
            ranked.insert(0, Makes(tuple(some), amount, 0, f"{len(some)} payments together"))
    return tuple(ranked[:MOST_SETS])


def likely_sets(
    receipts: Sequence[Receipt], amount: Cents, *, fee: bool = False
) -> tuple[Makes, ...]:
    """Return the sets of that amount which a bank makes by itself, without a fee first."""
    found: dict[frozenset[str], Makes] = {}
    for words, some in _natural(receipts):
        gross = sum(one.amount for one in some)
        kept = gross - amount
        may_cost = fee and all(name_key(one.method) not in NO_FEE for one in some)
        if kept == 0 or (may_cost and 0 < kept * 100 <= gross * HIGHEST_FEE):
            found.setdefault(_ids(some), Makes(tuple(some), gross, kept, words))
    return tuple(sorted(found.values(), key=lambda one: (one.fee, len(one.receipts))))


def combination(receipts: Sequence[Receipt], amount: Cents) -> Sequence[Receipt]:
    """Return payments whose sum is exactly `amount`, older ones first; none if there are none.

    Complete as long as payments times cents stay below `MOST_BITS`; beyond that the
    oldest payments are left out.
    """
    ranked = sorted(receipts, key=lambda one: (one.day, one.qbo_id))
    fitting = [one for one in ranked if 0 < one.amount <= amount]
    if not fitting or amount + 1 > MOST_BITS:
        return ()
    fitting = fitting[-(MOST_BITS // (amount + 1)) :]
    mask = (1 << (amount + 1)) - 1
    reachable = [1]
    for one in fitting:
        reachable.append((reachable[-1] | reachable[-1] << one.amount) & mask)
        if reachable[-1] >> amount & 1:
            break
    return _way_back(fitting, reachable, amount)


def _way_back(
    fitting: Sequence[Receipt], reachable: Sequence[int], amount: Cents
) -> Sequence[Receipt]:
    if not reachable[-1] >> amount & 1:
        return ()
    taken = []
    left = amount
    for place in range(len(reachable) - 1, 0, -1):
        if not reachable[place - 1] >> left & 1:
            taken.append(fitting[place - 1])
            left -= fitting[place - 1].amount
    return taken[::-1]


def _natural(receipts: Sequence[Receipt]) -> Iterator[tuple[str, Sequence[Receipt]]]:
    """Yield sets that a bank, or a person at its counter, makes, with words for each."""
    for one in receipts:
        yield "one payment", [one]
    by_method: defaultdict[str, list[Receipt]] = defaultdict(list)
    for one in receipts:
        by_method[one.method].append(one)
    for method, some in sorted(by_method.items()):
        yield from _rows(
            some, f"all {method} payments" if method else "all payments without method"
        )
    yield from _rows(receipts, "all payments")


def _rows(receipts: Sequence[Receipt], words: str) -> Iterator[tuple[str, Sequence[Receipt]]]:
    """Yield what came on one day, and on days in a row."""
    days: defaultdict[object, list[Receipt]] = defaultdict(list)
    for one in sorted(receipts, key=lambda one: (one.day, one.qbo_id)):
        days[one.day].append(one)
    groups = list(days.values())
    for first in range(len(groups)):
        some: list[Receipt] = []
        for group in groups[first : first + LONGEST_ROW]:
            if some and group[0].day - some[-1].day > LONGEST_GAP:
                break
            some = [*some, *group]
            if len(some) > 1:
                yield f"{words} of {_span(some)}", some
    if len(groups) > LONGEST_ROW:
        yield f"{words} that wait", [one for group in groups for one in group]


def _span(some: Sequence[Receipt]) -> str:
    first, last = some[0].day.isoformat(), some[-1].day.isoformat()
    return first if first == last else f"{first} to {last}"


def _ids(some: Sequence[Receipt]) -> frozenset[str]:
    return frozenset(one.qbo_id for one in some)
