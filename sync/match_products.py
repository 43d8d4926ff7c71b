"""Which item a Docket product is: by choice, by link, by name, by rule; pure.

An item is found by its name or by its full name under a category. What has no item
blocks the invoice unless the policy names a stand-in or lets one be created.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from functools import cached_property

from core.text import name_key, tidy_name
from store.books import Choice, Item
from sync.candidates import ranked
from sync.index import Index
from sync.likeness import ASK_FROM, SHOW_FROM, Corpus, bare_words, likeness
from sync.patterns import pattern_for, patterns_of
from sync.policy import Policy
from sync.shapes import Candidate, NameMatch, NameState

USABLE_ITEMS = frozenset({"Service", "NonInventory", "Inventory"})
"""Item types that may stand on an invoice; a Category or Group may not."""

_CANDIDATES = 8


class ProductMatcher:
    """Matches products against the items in QuickBooks."""

    def __init__(self, index: Index, policy: Policy) -> None:
        self._index = index
        self._policy = policy

    def over(self, index: Index) -> ProductMatcher:
        """Return the same matcher over books with other choices; its lists are kept."""
        twin = copy(self)
        twin._index = index
        return twin

    def search(self, text: str) -> tuple[Candidate, ...]:
        """Return items that a person may mean by `text`."""
        items = self._index.books.items
        found = [item for item in items if name_key(text) in item.key]
        found += [items[i] for i, _ in self._corpus.near(text, SHOW_FROM)]
        unique = {item.qbo_id: item for item in found}
        return ranked(self._item_candidate(text, item) for item in unique.values())

    def match(self, key: str, name: str) -> NameMatch:
        """Return what the product with this key and name is in QuickBooks."""
        return (
            self._chosen_product(key, name)
            or self._linked_product(key, name)
            or self._by_name_or_rule(key, name)
        )

    def _by_name_or_rule(self, key: str, name: str) -> NameMatch:
        """Compare the name; a rule decides where no product/service is called the same."""
        compared = self._compared_product(key, name)
        if compared.state in (NameState.SAME, NameState.SAME_BUT_CASE):
            return compared
        rule = pattern_for(self._rules, name)
        if rule is None:
            return compared
        return self._item_record(key, name, rule.qbo_id, NameState.CHOSEN)

    @cached_property
    def _rules(self) -> list[Choice]:
        return patterns_of(self._index.books.choices)

    def _chosen_product(self, key: str, name: str) -> NameMatch | None:
        keys = [key, *self._index.same_products(key)]
        choices = [
            self._index.books.choices[("product", one)]
            for one in keys
            if ("product", one) in self._index.books.choices
        ]
        if not choices:
            return None
        choice = choices[0]
        if choice.action == "use":
            return self._item_record(key, name, choice.qbo_id, NameState.CHOSEN)
        if self._index.link("product", key) is not None:
            return None
        wanted = tidy_name(choice.name or name)[:100]
        for found in self._index.items_by_name.get(name_key(wanted), ()):
            if usable_item(found):
                return self._item_record(key, name, found.qbo_id, NameState.CHOSEN)
        return NameMatch("product", key, name, NameState.CHOSEN, None, wanted, ())

    def _linked_product(self, key: str, name: str) -> NameMatch | None:
        link = self._index.link("product", key)
        return None if link is None else self._item_record(key, name, link.qbo_id, NameState.LINKED)

    def _item_record(self, key: str, name: str, qbo_id: str, state: NameState) -> NameMatch:
        found = self._index.items.get(qbo_id)
        if found is not None and usable_item(found):
            target = self._item_candidate(name, found)
            return NameMatch("product", key, name, state, target, "", ())
        gone = [] if found is None else [found]
        candidates = self._item_candidates(name, [*gone, *self._near_items(name)])
        return NameMatch("product", key, name, NameState.UNUSABLE, None, "", candidates)

    def _compared_product(self, key: str, name: str) -> NameMatch:
        keys = dict.fromkeys((name_key(name), name_key(tidy_name(name))))
        same = {one.qbo_id: one for k in keys if k for one in self._index.items_by_name.get(k, ())}
        usable = [one for one in same.values() if usable_item(one)]
        if len(usable) == 1:
            exact = name in (usable[0].name, usable[0].full_name)
            state = NameState.SAME if exact else NameState.SAME_BUT_CASE
            target = self._item_candidate(name, usable[0])
            return NameMatch("product", key, name, state, target, "", ())
        near = self._near_items(name)
        candidates = self._item_candidates(name, [*same.values(), *near])
        if usable:
            return NameMatch("product", key, name, NameState.SEVERAL, None, "", candidates)
        if same:
            return NameMatch("product", key, name, NameState.UNUSABLE, None, "", candidates)
        if any(one.likeness >= ASK_FROM for one in candidates):
            return NameMatch("product", key, name, NameState.NEARLY, None, "", candidates)
        return self._missing_product(key, name, candidates)

    def _missing_product(self, key: str, name: str, candidates: tuple[Candidate, ...]) -> NameMatch:
        stand_in = self._index.items.get(self._policy.default_item)
        target = self._item_candidate(name, stand_in) if _usable(stand_in) and stand_in else None
        create_as = tidy_name(name)[:100] if self._policy.income_account else ""
        return NameMatch(
            "product",
            key,
            name,
            NameState.MISSING,
            target,
            create_as,
            () if target or create_as else candidates,
        )

    @cached_property
    def _corpus(self) -> Corpus:
        return Corpus(item.name for item in self._index.books.items)

    def _near_items(self, name: str) -> list[Item]:
        return [self._index.books.items[i] for i, _ in self._corpus.near(name, SHOW_FROM)[:20]]

    def _item_candidates(self, name: str, found: Iterable[Item]) -> tuple[Candidate, ...]:
        unique = {item.qbo_id: item for item in found}
        best = ranked(self._item_candidate(name, item) for item in unique.values())
        return best[:_CANDIDATES]

    def _item_candidate(self, name: str, item: Item) -> Candidate:
        same = name_key(name) in (item.key, name_key(item.full_name))
        said = [] if item.kind in USABLE_ITEMS else [f"a {item.kind.lower()}"]
        if not item.active:
            said.append("inactive")
        if item.full_name != item.name:
            said.append(item.full_name)
        return Candidate(
            "Item",
            item.qbo_id,
            item.name,
            100 if same else likeness(bare_words(name), bare_words(item.name)),
            tuple(said),
            usable_item(item),
        )


def usable_item(item: Item) -> bool:
    """Whether an item may stand on an invoice."""
    return item.active and item.kind in USABLE_ITEMS


def _usable(item: Item | None) -> bool:
    return item is not None and usable_item(item)
