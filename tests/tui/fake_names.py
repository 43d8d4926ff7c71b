"""Every kind of name beside its record in QuickBooks, for the screen that changes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.errors import UsageTrouble
from store.books import Choice
from sync.patterns import PATTERN, PatternName, PatternPreview
from sync.questions import Answer, Question, questions
from sync.shapes import Candidate, How, NameMatch, NameRow, NameState

CHOSEN_ON = date(2026, 11, 20)
_HOW = {
    NameState.SAME: How.NAME,
    NameState.MISSING: How.NEW,
}


def all_names(rows: Sequence[NameRow], client: str) -> list[NameRow]:
    """The rows of the name check with how they came, and a few of every other kind."""
    named = [
        replace(
            row,
            how=How.OPEN if row.waiting else _HOW[row.match.state],
            ids=tuple(f"inv{number}" for number in range(row.invoices)),
        )
        for row in rows
    ]
    waiting = [row for row in named if row.waiting]
    return [*waiting, *_open(client), *(row for row in named if not row.waiting), *_settled(client)]


def _open(client: str) -> list[NameRow]:
    return [
        _row("payment_method", "zelle", "Zelle", None, How.OPEN, _listed("PaymentMethod"), 5),
        _row("class", "p1", client, None, How.OPEN, _listed("Class"), 88),
    ]


def _settled(client: str) -> list[NameRow]:
    check = Candidate("PaymentMethod", "2", "Check", 100, (), usable=True)
    net = Candidate("Term", "3", "Net 30", 100, ("due in 30 days",), usable=True)
    item = Candidate("Item", "8", client, 100, (), usable=True)
    ten = _row("product", "p3", "10 yd, 7 days", item, How.RULE, (), 6)
    chosen = _row("product", "p4", "Dump fee", item, How.CHOICE, (), 3)
    classes = (Answer("", "no class"), Answer("5", client), Answer("6", "South yard"))
    which = Question("class_id", "Which class do lines get whose product has none?", classes)
    tax = next(one for one in questions() if one.key == "tax")
    every = _row("class", "", "Every other line", None, How.OPEN, (), 96)
    county = _row("tax", "county 6.25 %", "County 6.25 %", None, How.SETTING, (), 61)
    return [
        replace(ten, rule="10 yd *"),
        replace(chosen, when=CHOSEN_ON, posted=4),
        replace(_row(PATTERN, "10 yd *", "10 yd *", item, How.CHOICE, (), 6), when=CHOSEN_ON),
        _row("payment_method", "check", "check", check, How.NAME, _listed("PaymentMethod"), 40),
        _row("term", "30", "30 days", net, How.NAME, (net,), 70),
        replace(county, question=tax, answer="docket"),
        replace(every, question=which),
    ]


def _row(
    kind: str,
    key: str,
    name: str,
    target: Candidate | None,
    how: How,
    candidates: tuple[Candidate, ...],
    invoices: int,
) -> NameRow:
    state = NameState.MISSING if target is None else NameState.CHOSEN
    state = NameState.SAME if how is How.NAME else state
    match = NameMatch(kind, key, name, state, target, "", candidates)
    ids = tuple(f"inv{number}" for number in range(invoices))
    return NameRow(match, invoices, invoices * 41_250, False, (), how=how, ids=ids)


def _listed(entity: str) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(entity, qbo_id, name, likeness, (), usable=True)
        for qbo_id, name, likeness in (("2", "Check", 40), ("7", "Bank transfer", 30))
    )


def rule_names(pattern: str) -> tuple[PatternName, ...]:
    """What a rule takes: two products that share an invoice."""
    if "*" not in pattern:
        raise UsageTrouble(
            f"“{pattern}” is no rule: it needs a *.",
            books="No rule was kept.",
            fix="Write it like: 10 yd *.",
        )
    return (
        PatternName("10 yd, 3 days", 4, ("inv1", "inv2", "inv3"), 90_000),
        PatternName("10 yd, 7 days", 2, ("inv3", "inv4"), 60_000),
    )


def rule_preview(pattern: str, qbo_id: str) -> PatternPreview:
    """What the rule would touch."""
    choice = Choice(PATTERN, pattern, "use", "Item", qbo_id, "Dumpster 10")
    return PatternPreview(choice, "Rental:Dumpster 10", rule_names(pattern))
