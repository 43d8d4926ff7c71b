"""The settings that every office meets, as plain questions with safe answers. Pure.

`sync.policy` knows the settings and what each may be; here is how a person is asked
about them: once all together after connecting, and later one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.text import display
from store.books import Entry


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what is kept as the setting, and how a person says it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One setting as a question; the first answer is the default."""

    key: str
    words: str
    answers: tuple[Answer, ...]

    def answer(self, value: str) -> str:
        """Return in words what is kept; a value that was typed is shown as it is."""
        found = (one.words for one in self.answers if one.value == value)
        return next(found, f"{display(value, 60)} (typed)")


_QUESTIONS = (
    Question(
        "deposit_account",
        "Where does the money land before the bank?",
        (Answer("", "in Undeposited Funds, until you make the bank deposit in QuickBooks"),),
    ),
    Question(
        "products",
        "What if QuickBooks has no product/service of that name?",
        (Answer("block", "the invoice waits until you choose one"),),
    ),
    Question(
        "ask_new_customers",
        "Are new customers created without asking?",
        (
            Answer("no", "yes; the preview lists them by name"),
            Answer("yes", "no, each waits for you"),
        ),
    ),
    Question(
        "tax",
        "Whose sales tax is posted?",
        (
            Answer("docket", "Docket's, to the cent"),
            Answer("quickbooks", "QuickBooks computes it; what differs waits for you"),
        ),
    ),
    Question(
        "numbering",
        "Whose invoice numbers are used?",
        (
            Answer("docket", "Docket's, where the company allows its own numbers"),
            Answer("quickbooks", "QuickBooks gives the next one"),
        ),
    ),
    Question(
        "refunds",
        "What does a refund become?",
        (
            Answer("credit_memo", "a credit memo: the customer keeps the credit"),
            Answer("refund_receipt", "a refund receipt: the money left the account"),
        ),
    ),
    Question(
        "email_invoices",
        "Does QuickBooks e-mail new invoices to the customers?",
        (Answer("no", "no"), Answer("yes", "yes")),
    ),
)


def questions(accounts: Sequence[Entry] = ()) -> tuple[Question, ...]:
    """Return every question; the company's `accounts` are answers where money lands."""
    banks = tuple(
        Answer(one.qbo_id, f"in {display(one.name, 60)}, at once: deposits are not grouped then")
        for one in accounts
        if one.active and one.body.get("AccountType") == "Bank"
    )
    return tuple(
        Question(one.key, one.words, one.answers + banks) if one.key == "deposit_account" else one
        for one in _QUESTIONS
    )


def answered_lines(asked: Sequence[Question], settings: Mapping[str, str]) -> Iterator[str]:
    """Yield each question with its present answer: `Whose …? Docket's, to the cent.`."""
    for one in asked:
        yield answered_line(one, settings.get(one.key, one.answers[0].value))


def answered_line(asked: Question, value: str) -> str:
    """Return one question with its answer."""
    words = asked.answer(value)
    return f"{asked.words} {words[:1].upper()}{words[1:]}.  [{asked.key}]"
