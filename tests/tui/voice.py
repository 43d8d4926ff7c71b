"""The words that must not appear: those of the code, of the interface, and raw codes.

The list is docs/architecture.md's "Words", read from its left column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OURS = (
    "realm",
    "docnumber",
    "sync ?token",
    "echo",
    "epoch",
    "fingerprint",
    "preflight",
    "generation",
    "journal",
    "mapping",
    "tie-?out",
    "adopt(ed|s)?",
    "orphan",
    "quarantined?",
    "drift",
)
"""What we call it in the code; a person meets another word, or none."""
TECHNICAL = (
    "payload",
    "exception",
    "traceback",
    "null",
    "none type",
    "nan",
    "undefined",
    "api",
    "json",
    "sql",
    "uuid",
    "boolean",
    "idempoten(t|cy)",
    "endpoint",
    "schema",
    "database",
    "thread",
    "worker",
    "callback",
    "sandbox",
    "http \\d\\d\\d",
)
"""What only a programmer says."""
_WORDS = re.compile(rf"\b(?:{'|'.join((*OURS, *TECHNICAL))})\b", re.IGNORECASE)
_CODES = re.compile(
    r"\b(?:[a-z]+(?:_[a-z]+)+"  # customer_unclear
    r"|[A-Z][a-z]+(?:[A-Z][a-z]+)+"  # CreditMemo
    r"|UNKNOWN|REJECTED|CONFIRMED|APPROVED|HOLD|DRAFT|SENDING"
    r"|[a-z]{4,}:[\w-]*\d)\b"  # invoice:inv-1
    r"|<\w+[^>]* at 0x"
)
NAMES = frozenset({"QuickBooks", "intuit_tid", "PayPal"})
"""Names that look like codes; by `intuit_tid` Intuit's support calls its own number."""
FAULT = re.compile(r"\bfault \d+")


def bad_words(text: str) -> Iterator[str]:
    """Every word that must not appear, as it stands there."""
    yield from (found.group() for found in _WORDS.finditer(text))
    yield from (found.group() for found in _CODES.finditer(text) if found.group() not in NAMES)
