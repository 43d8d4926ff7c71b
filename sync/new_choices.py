"""Which choices no posted invoice has used yet: their first use goes alone; pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

from core.text import name_key
from store.books import Choice as Rule
from store.books import InvoiceFile
from store.states import LinkOrigin
from sync.checks.ground import Ground
from sync.patterns import PATTERN, pattern_for, patterns_of
from sync.short_lists import CLASS, METHOD, TERM
from sync.standing import Standing

Choice: TypeAlias = tuple[str, str]
"""(kind, key) of a person's choice."""


class NewChoices:
    """Tells the first use of a choice from the ones that were proven."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def of(self, standing: Standing) -> Choice | None:
        """Return a choice that this invoice uses and no posted invoice has used."""
        for choice in self._choices(standing.file):
            if choice not in self._used_choices:
                return choice
        return None

    def _choices(self, file: InvoiceFile) -> Iterable[Choice]:
        keys = [("client", file.invoice.client_id)]
        for line in file.invoice.lines:
            key = self._ground.index.product_key(line)
            own = [("product", one) for one in (key, *self._ground.index.same_products(key))]
            keys += own
            rule = pattern_for(self._rules, line.name)
            if rule is not None and not any(one in self._ground.books.choices for one in own):
                keys.append((PATTERN, rule.key))
            keys.append((CLASS, key))
        keys.append((TERM, str(file.invoice.terms_days)))
        keys += ((METHOD, name_key(payment.method)) for payment in file.payments)
        return (key for key in dict.fromkeys(keys) if key in self._ground.books.choices)

    @cached_property
    def _rules(self) -> list[Rule]:
        return patterns_of(self._ground.books.choices)

    @cached_property
    def _used_choices(self) -> frozenset[Choice]:
        books = self._ground.books
        if not books.choices:
            return frozenset()
        return frozenset(
            choice
            for (kind, docket_id), link in books.links.items()
            if kind == "invoice"
            and link.origin == LinkOrigin.CREATED
            and docket_id in books.invoices
            for choice in self._choices(books.invoices[docket_id])
        )
