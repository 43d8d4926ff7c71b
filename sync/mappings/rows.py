"""All names with what they are in QuickBooks and how they came to it, as lines of a list; pure.

`sync.names` has what waits in front of a sync; here is also what was settled long ago:
clients, products and the rules over them, payment methods, terms, sales taxes, classes
and locations, each with the invoices that another choice would touch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from store.books import Books, Choice
from store.states import LinkOrigin
from sync.index import Index
from sync.mappings.lists import classes, locations, methods, taxes, terms
from sync.mappings.uses import Key, Use, uses_of
from sync.match_products import usable_item
from sync.names import name_row, waiting_names
from sync.patterns import PATTERN, pattern_for, patterns_of
from sync.policy import Policy
from sync.shapes import Candidate, How, NameMatch, NameRow, NameState, Preflight

_BY_STATE: Mapping[NameState, How] = {
    NameState.SAME: How.NAME,
    NameState.SAME_BUT_CASE: How.NAME,
    NameState.CHOSEN: How.CHOICE,
    NameState.LINKED: How.LINKED,
}


def mappings(books: Books, checked: Preflight, made: Mapping[Key, datetime]) -> list[NameRow]:
    """Return every name; first what waits, then what is nothing in QuickBooks yet.

    Args:
        books: what the cache knows.
        checked: its preflight.
        made: when each choice in force was made, by (kind, key).
    """
    index = Index(books, Policy.from_settings(books.settings))
    found = _Names(index, checked, uses_of(index, checked))
    rows = [*found.rows()]
    rows += found.rules(rows)
    for more in (methods, terms, taxes, classes, locations):
        rows += more(index, checked, found.uses)
    zone = ZoneInfo(books.company.time_zone)
    dated = [_dated(index, row, made, zone) for row in rows]
    return sorted(dated, key=lambda row: (*_urgency(row), row.match.name, row.match.key))


def _urgency(row: NameRow) -> tuple[bool, bool, int]:
    return (not row.waiting, row.how is not How.OPEN, -row.amount)


def _dated(index: Index, row: NameRow, made: Mapping[Key, datetime], zone: ZoneInfo) -> NameRow:
    """Return a line with the company's day of its choice, or of its link."""
    kind, key = row.match.kind, row.match.key
    at: datetime | None = None
    if row.how is How.CHOICE:
        keys = [key, *index.same_products(key)] if kind == "product" else [key]
        at = next((made[kind, one] for one in keys if (kind, one) in made), None)
    elif row.how in (How.LINKED, How.CREATED):
        link = index.link(kind, key)
        at = None if link is None else link.linked_at
    return row if at is None else replace(row, when=at.astimezone(zone).date())


class _Names:
    """Clients, products and rules."""

    def __init__(self, index: Index, checked: Preflight, uses: Mapping[Key, Use]) -> None:
        self._index = index
        self._checked = checked
        self.uses = uses

    def rows(self) -> Iterator[NameRow]:
        """Yield a line for every client and product that an invoice has."""
        waiting = waiting_names(self._checked)
        for key, use in self.uses.items():
            if key[0] not in ("client", "product"):
                continue
            books = self._index.books
            row = name_row(books, self._checked, key, use.to_do, waiting=key in waiting)
            if row is not None:
                how, rule = self._how(row.match)
                yield replace(row, how=how, rule=rule, posted=len(use.posted))

    def rules(self, rows: list[NameRow]) -> Iterator[NameRow]:
        """Yield a line for every rule, with the invoices of all products that it decides."""
        books = self._index.books
        for rule in self._rules:
            decided = [row for row in rows if row.rule == rule.key]
            ids = tuple(dict.fromkeys(one for row in decided for one in row.ids))
            used = (self.uses["product", row.match.key].posted for row in decided)
            yield NameRow(
                match=self._rule_match(rule),
                invoices=len(ids),
                amount=sum(books.invoices[one].invoice.total for one in ids),
                waiting=False,
                evidence=tuple(row.match.name for row in decided[:4]),
                how=How.CHOICE,
                ids=ids,
                posted=len({one for posted in used for one in posted}),
            )

    @cached_property
    def _rules(self) -> list[Choice]:
        return patterns_of(self._index.books.choices)

    def _rule_match(self, rule: Choice) -> NameMatch:
        item = self._index.items.get(rule.qbo_id)
        if item is None or not usable_item(item):
            return NameMatch(PATTERN, rule.key, rule.key, NameState.UNUSABLE, None, "", ())
        target = Candidate("Item", item.qbo_id, item.name, 100, (), usable=True)
        return NameMatch(PATTERN, rule.key, rule.key, NameState.CHOSEN, target, "", ())

    def _how(self, match: NameMatch) -> tuple[How, str]:
        """Return how a client or product came to its record, and the rule if it was one."""
        how = _BY_STATE.get(match.state, How.OPEN)
        if match.state is NameState.LINKED:
            return self._by_link(match), ""
        if match.state is NameState.CHOSEN and match.kind == "product":
            return self._by_choice(match)
        if match.state is NameState.MISSING and match.create_as:
            how = How.NEW
        elif match.state is NameState.MISSING and match.target is not None:
            how = How.SETTING
        return how, ""

    def _by_link(self, match: NameMatch) -> How:
        link = self._index.link(match.kind, match.key)
        created = link is not None and link.origin == LinkOrigin.CREATED
        return How.CREATED if created else How.LINKED

    def _by_choice(self, match: NameMatch) -> tuple[How, str]:
        choices = self._index.books.choices
        keys = (match.key, *self._index.same_products(match.key))
        if any(("product", one) in choices for one in keys):
            return How.CHOICE, ""
        rule = pattern_for(self._rules, match.name)
        return (How.CHOICE, "") if rule is None else (How.RULE, rule.key)
