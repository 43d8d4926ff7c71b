"""Makes docs/faults.md out of the program's own sentences: `python -m tests.situations.fault_page`.

The page is compared with what this makes of the code, so it cannot go stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sync.fault_rules import BY_TEXT
from sync.fault_texts import FaultWords
from sync.words import fault_words
from tests.situations.provoked import ARMED, BROKEN

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"

DOCKETS = (
    ("Duplicate Document Number", "6140", ""),
    ("Invalid Reference ID", "2500", ""),
    ("Authorization Failure 401/11014", "120", ""),
    ("Account Type Not Valid", "6430", ""),
    ("Required Field Missing", "2020", ""),
    ("Object Not Found", "610", ""),
    ("Payment Refused / Invalid Method", "6000", "Payment method Zelle is not valid."),
    ("Customer Already Exists", "6240", ""),
    (
        "Currency Mismatch",
        "6000",
        "The currency of the transaction is invalid for customer / vendor / account.",
    ),
    ("Transaction has been deposited", "6540", ""),
)
"""Docket's label, QuickBooks' code, and the text where the code alone does not tell."""


def page(text: str) -> str:
    """The page with its tables made anew; what stands around them stays."""
    for name, rows in (("docket", _dockets), ("codes", _codes), ("texts", _texts)):
        before, mark, rest = text.partition(f"<!-- table: {name} -->\n")
        text = before + mark + "".join(rows()) + rest[rest.index("<!-- end -->") :]
    return text


def _dockets() -> Iterator[str]:
    yield "| In Docket's help | Code | What to do |\n"
    yield "|---|---|---|\n"
    for label, code, text in DOCKETS:
        words = fault_words(code, text)
        yield f"| {label} | {code} | {words.what} {words.fix} |\n"


def _codes() -> Iterator[str]:
    yield "| Code | What you read | For the books | What to do | All alike | Tried by |\n"
    yield "|---|---|---|---|---|---|\n"
    for code in sorted({*BROKEN, *ARMED}, key=int):
        tried = "rule" if code in BROKEN else "said"
        yield f"| {code} | {_cells(fault_words(code))} | {tried} |\n"


def _texts() -> Iterator[str]:
    yield "| Codes | What you read | What it means for the books | What to do | All alike |\n"
    yield "|---|---|---|---|---|\n"
    for codes, _, words in BY_TEXT:
        yield f"| {' '.join(sorted(codes, key=int))} | {_cells(words)} |\n"


def _cells(words: FaultWords) -> str:
    return " | ".join((words.what, words.books, words.fix, "yes" if words.all_alike else ""))


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
