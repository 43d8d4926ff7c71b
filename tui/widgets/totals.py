"""The eight outcomes with count and money, adding up to the selection.

The same lines in preview, progress and result, so that a person reads them once.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from core.money import format_cents
from sync.shapes import OUTCOME_WORDS, CountAndMoney, Outcome, Plan
from tui.widgets.sheet import row
from tui.words import invoices_worth

LOOKS: Mapping[Outcome, str] = {
    Outcome.POSTED: "good",
    Outcome.UPDATED: "good",
    Outcome.PAYMENT_ONLY: "good",
    Outcome.LINKED: "good",
    Outcome.NEEDS_YOU: "warn",
    Outcome.CHECKING: "accent",
    Outcome.SKIPPED: "dim",
    Outcome.NOT_SENT: "plain",
}

FUTURE_WORDS: Mapping[Outcome, str] = {
    **OUTCOME_WORDS,
    Outcome.POSTED: "to post",
    Outcome.UPDATED: "to update",
    Outcome.LINKED: "to link (already there)",
}
"""The words of a preview, where nothing has happened yet."""

_VERBS: Mapping[Outcome, str] = {
    Outcome.POSTED: "post",
    Outcome.UPDATED: "update",
    Outcome.PAYMENT_ONLY: "post payments of",
    Outcome.LINKED: "link",
}

WORDS_WIDTH, COUNT_WIDTH, MONEY_WIDTH = 27, 6, 13
TOTALS_WIDTH = WORDS_WIDTH + COUNT_WIDTH + MONEY_WIDTH + 4


def line(words: str, figure: CountAndMoney, style: str = "plain") -> Content:
    """One line: words, count, money."""
    return row(
        [
            (((words, style),), WORDS_WIDTH, False),
            (((f"{figure.count:,}", style),), COUNT_WIDTH, True),
            (((format_cents(figure.amount), style),), MONEY_WIDTH, True),
        ]
    )


def totals_lines(totals: Mapping[Outcome, CountAndMoney], selected: CountAndMoney) -> list[Content]:
    """The outcomes that occur, a rule, and what they add up to."""
    lines = [
        line(OUTCOME_WORDS[outcome], figure, LOOKS[outcome])
        for outcome in Outcome
        if (figure := totals.get(outcome, CountAndMoney())).count
    ]
    return [*lines, *_sum(selected)]


def plan_lines(plan: Plan) -> list[Content]:
    """The same for a preview: in future words, what is to post split into paid and unpaid."""
    lines: list[Content] = []
    for outcome in Outcome:
        figure = plan.totals.get(outcome, CountAndMoney())
        if figure.count:
            lines.append(line(FUTURE_WORDS[outcome], figure, LOOKS[outcome]))
        if outcome is Outcome.POSTED and figure.count:
            lines.append(line("  paid: will show as Paid", plan.paid, "dim"))
            unpaid = line("  unpaid: will stay open", plan.unpaid, "dim")
            if plan.unpaid.count:
                unpaid += Content.styled("  payments post later", "$quiet")
            lines.append(unpaid)
    return [*lines, *_sum(plan.selected)]


def _sum(selected: CountAndMoney) -> list[Content]:
    rule = Content.styled("─" * TOTALS_WIDTH, "$rule")
    return [rule, line("selected", selected, "strong")]


def posting_words(totals: Mapping[Outcome, CountAndMoney]) -> str:
    """What the button does: `Post 161 invoices, 95,578.45, and link 28`; empty for nothing.

    Only the first part names the amount and the word invoices; what is only linked is
    never counted as posted.
    """
    parts: list[str] = []
    for outcome, verb in _VERBS.items():
        figure = totals.get(outcome, CountAndMoney())
        if figure.count and parts:
            parts.append(f"{verb} {figure.count:,}")
        elif figure.count:
            parts.append(f"{verb} {invoices_worth(figure.count, figure.amount)}")
    if not parts:
        return ""
    *most, last = parts
    words = f"{', '.join(most)}, and {last}" if most else last
    return words[0].upper() + words[1:]
