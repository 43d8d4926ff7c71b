"""Rules for products that are alike: every "10 yd *" is one product/service; pure.

Docket's price lists make many names for one thing (size, length, place). A rule stands
behind whatever is more certain: a person's choice for the very product, a link, the same
name. Of several rules that fit, the one that says most decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.errors import UsageTrouble
from core.money import Cents
from core.text import display, name_key
from store.books import Books, Choice
from store.states import TO_DO
from sync.index import Index
from sync.policy import Policy
from sync.shapes import NameMatch, NameState, Preflight

PATTERN = "pattern"
"""Kind of a choice whose key is a rule such as `10 yd *`."""

_BY_NAME = frozenset({NameState.SAME, NameState.SAME_BUT_CASE, NameState.LINKED})


@dataclass(frozen=True, slots=True)
class PatternName:
    """One Docket name that a rule touches."""

    name: str
    lines: int
    ids: tuple[str, ...]
    """The invoices, by Docket id."""
    amount: Cents

    @property
    def invoices(self) -> int:
        """How many invoices have it."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class PatternPreview:
    """What a rule would touch among the invoices that are not synced."""

    choice: Choice
    item: str
    names: tuple[PatternName, ...]

    @property
    def lines(self) -> int:
        """Lines of invoices that go to the product/service."""
        return sum(one.lines for one in self.names)

    @property
    def amount(self) -> Cents:
        """Their money, before tax."""
        return sum(one.amount for one in self.names)

    @property
    def ids(self) -> tuple[str, ...]:
        """The invoices that have one of the names, each once."""
        return ids_of(self.names)


def ids_of(names: Iterable[PatternName]) -> tuple[str, ...]:
    """Return the invoices that have one of the names, each once."""
    return tuple(dict.fromkeys(docket_id for one in names for docket_id in one.ids))


def patterns_of(choices: Mapping[tuple[str, str], Choice]) -> list[Choice]:
    """Return the rules in force, the one that says most first."""
    rules = [one for (kind, _), one in choices.items() if kind == PATTERN and one.action == "use"]
    return sorted(rules, key=lambda one: (-len(one.key.replace("*", "")), one.key))


def pattern_for(rules: Iterable[Choice], name: str) -> Choice | None:
    """Return the rule that decides a name, if one fits."""
    return next((rule for rule in rules if fits(rule.key, name)), None)


def fits(pattern: str, name: str) -> bool:
    """Whether a name is one of a rule's; `*` stands for anything, case and blanks do not count."""
    parts = [re.escape(part) for part in name_key(pattern).split("*")]
    return re.fullmatch(".*".join(parts), name_key(name), re.DOTALL) is not None


Lines: TypeAlias = Mapping[str, Sequence[tuple[str, Cents]]]
"""Invoice lines by the key of their product: the invoice, and the amount."""


def lines_to_do(books: Books, checked: Preflight) -> Lines:
    """Return the lines of the invoices that are not synced."""
    index = Index(books, Policy.from_settings(books.settings))
    lines: defaultdict[str, list[tuple[str, Cents]]] = defaultdict(list)
    for docket_id, check in checked.invoices.items():
        if check.status in TO_DO:
            for line in books.invoices[docket_id].invoice.lines:
                lines[index.product_key(line)].append((docket_id, line.amount))
    return lines


def preview_pattern(
    books: Books, checked: Preflight, lines: Lines, pattern: str, qbo_id: str
) -> PatternPreview:
    """Return what a rule would touch.

    Args:
        books: what the cache knows.
        checked: its preflight.
        lines: `lines_to_do` of both.
        pattern: such as `10 yd *`.
        qbo_id: the product/service that all of them are.

    Raises:
        UsageTrouble: the rule would fit everything, or there is no such product/service.
    """
    names = pattern_names(books, checked, lines, pattern)
    item = next((one for one in books.items if one.qbo_id == qbo_id and one.active), None)
    if item is None:
        raise _unfit(
            f"QuickBooks has no active product/service {display(qbo_id, 20)}.",
            "See the Ids with `docket-qbo names --json`, or refresh.",
        )
    choice = Choice(PATTERN, name_key(pattern), "use", "Item", qbo_id, item.name)
    return PatternPreview(choice, item.full_name, names)


def pattern_names(
    books: Books, checked: Preflight, lines: Lines, pattern: str
) -> tuple[PatternName, ...]:
    """Return the names that a rule would decide among the invoices that are not synced.

    Raises:
        UsageTrouble: the rule would fit everything.
    """
    key = name_key(pattern)
    if "*" not in key or len(re.sub(r"[\W_]", "", key)) < 2:
        raise _unfit(
            f"“{display(pattern, 60)}” is no rule: it needs a * and two letters or digits beside.",
            "Write it like: 10 yd *.",
        )
    rules = patterns_of({**books.choices, (PATTERN, key): Choice(PATTERN, key, "use")})
    wanted = [
        (match.name, lines[product])
        for product, match in checked.products.items()
        if product in lines
        and (rule := pattern_for(rules, match.name)) is not None
        and rule.key == key
        and not _more_certain(books, product, match)
    ]
    return tuple(
        PatternName(
            name,
            len(found),
            tuple(dict.fromkeys(docket_id for docket_id, _ in found)),
            sum(amount for _, amount in found),
        )
        for name, found in sorted(wanted, key=lambda pair: pair[0])
    )


def _more_certain(books: Books, key: str, match: NameMatch) -> bool:
    return ("product", key) in books.choices or match.state in _BY_NAME


def _unfit(what: str, fix: str) -> UsageTrouble:
    return UsageTrouble(what, books="No rule was kept.", fix=fix)
