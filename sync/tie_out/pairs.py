"""Joins both sides by their links, and says in which cell each side of a record stands; pure.

A record is compared by what joined it, never by number or name. What QuickBooks has
with our mark and no link is an orphan; what it has without our mark is set apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from core.text import name_key
from store.tie_out import DocketFact, Facts, QboFact
from sync.tie_out.shapes import NOTHING, Amounts, Cut

RECORDS: Mapping[str, str] = {
    "Invoice": "invoice",
    "Payment": "payment",
    "CreditMemo": "refund",
    "RefundReceipt": "refund",
}
"""As what a QuickBooks transaction without a link is counted; a sales receipt as nothing.

What is linked is counted as what Docket has: a CreditMemo may be a refund, a credit, or
an invoice below zero. The payment of 0.00 that applies a credit memo is no record of
Docket's and counts nowhere.
"""
_RETURNS = frozenset({"CreditMemo", "RefundReceipt"})


class Pair(NamedTuple):
    """A record on both sides, or on one."""

    docket: DocketFact | None
    quickbooks: QboFact | None
    linked: bool
    """Joined by a link; `quickbooks` may be unknown all the same."""
    record: str
    """invoice, payment, refund or credit."""


def pairs(facts: Facts) -> Iterator[Pair]:
    """Yield every record of both sides once."""
    links, there = facts.links, facts.quickbooks
    for one in facts.docket:
        key = links.get((one.kind, one.docket_id))
        if key is None:
            yield Pair(one, None, False, one.kind)
        else:
            yield Pair(one, there.get(key), True, one.kind)
    taken = set(links.values())
    for key, held in there.items():
        if key not in taken and held.entity in RECORDS:
            yield Pair(None, held, False, RECORDS[held.entity])


def docket_amounts(pair: Pair) -> Amounts:
    """What a record brings to Docket's side.

    An ACH payment under way is no money yet, unless it was posted already.
    """
    one = pair.docket
    if one is None or not one.stands or (one.under_way and not pair.linked):
        return NOTHING
    return Amounts(1, one.amount, one.tax, one.open)


def qbo_amounts(pair: Pair) -> Amounts:
    """What a record brings to QuickBooks' side, with Docket's signs.

    A Docket invoice below zero is a credit memo in QuickBooks, whose amounts are above.
    """
    held = pair.quickbooks
    if held is None or held.removed:
        return NOTHING
    if pair.record != "invoice":
        return Amounts(1, held.amount, held.tax if held.entity in _RETURNS else 0, 0)
    if held.entity in _RETURNS:
        return Amounts(1, -held.amount, -held.tax, 0)
    return Amounts(1, held.amount, held.tax, held.open)


Place = Callable[[Pair], tuple[str, str]]
"""Keys of the cells in which the two sides of a record stand."""


class Places:
    """Where records stand, by month, customer or payment method."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        owners: dict[str, list[str]] = {}
        for client, customer in facts.customer_of.items():
            owners.setdefault(customer, []).append(client)
        self._client_of = {key: found[0] for key, found in owners.items() if len(found) == 1}

    def by(self, cut: Cut) -> Place:
        """Return how to find the cells of a record."""
        return {Cut.MONTH: by_month, Cut.CUSTOMER: self.customer, Cut.METHOD: self._method}[cut]

    def customer(self, pair: Pair) -> tuple[str, str]:
        """By Docket's client; by QuickBooks' customer where that is another."""
        one, held = pair.docket, pair.quickbooks
        if one is None:
            assert held is not None
            client = self._client_of.get(held.customer_id)
            return "", f"client:{client}" if client else f"customer:{held.customer_id}"
        mine = f"client:{one.client_id}"
        if held is None or not self.moved(pair):
            return mine, mine
        return mine, f"customer:{held.customer_id}"

    def moved(self, pair: Pair) -> bool:
        """Whether QuickBooks has a record with another customer than the client is linked to.

        A sub-customer of that customer is none; nor is a client without a link.
        """
        one, held = pair.docket, pair.quickbooks
        if one is None or held is None:
            return False
        wanted = self._facts.customer_of.get(one.client_id)
        if wanted is None or wanted == held.customer_id:
            return False
        return self._facts.parents.get(held.customer_id) != wanted

    def _method(self, pair: Pair) -> tuple[str, str]:
        """By payment method: Docket's, or QuickBooks' where that is another one."""
        one, held = pair.docket, pair.quickbooks
        paid = held is not None and held.entity == "Payment"
        method_id = self._facts.method_of.get(held.qbo_id, "") if held is not None and paid else ""
        named = self._facts.methods.get(method_id, "")
        if one is None:
            return "", _method_key(named)
        mine, key = _method_key(one.method), name_key(one.method)
        wanted = self._facts.method_choices.get(key, "")
        same = not named or name_key(named) == key or method_id == wanted
        return mine, mine if same else _method_key(named)

    def label(self, key: str) -> str:
        """Return a cell's name for a person."""
        kind, _, rest = key.partition(":")
        if kind == "client":
            return self._facts.clients.get(rest, rest)
        if kind == "customer":
            return self._facts.customers.get(rest, f"customer {rest}")
        return rest if kind == "method" else key

    def name(self, pair: Pair) -> str:
        """Return whose a record is."""
        if pair.docket is not None:
            return self._facts.clients.get(pair.docket.client_id, "")
        assert pair.quickbooks is not None
        return self._facts.customers.get(pair.quickbooks.customer_id, "")


def by_month(pair: Pair) -> tuple[str, str]:
    """The month of each side."""
    one, held = pair.docket, pair.quickbooks
    return "" if one is None else one.day[:7], "" if held is None else held.day[:7]


def _method_key(name: str) -> str:
    return f"method:{name or 'no method'}"
