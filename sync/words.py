"""QuickBooks' refusals in a bookkeeper's words: what happened, the books, what to do.

Matched by text first (`sync.fault_rules`) and by code second (`sync.fault_texts`).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from core.text import display
from sync.fault_rules import BY_TEXT
from sync.fault_texts import BY_CODE, FAMILIES, UNKNOWN, FaultWords

_RULE = "6000"
_PREAMBLE = "Business Validation Error:"


def fault_words(code: str, text: str = "") -> FaultWords:
    """Return the words for a fault.

    Args:
        code: QuickBooks' code, such as "6240"; leading zeros do not count.
        text: its message and detail together, as they came.
    """
    bare = code.lstrip("0") or code
    for codes, pattern, words in BY_TEXT:
        if bare in codes and pattern.search(text):
            return words
    known = BY_CODE.get(bare)
    if known is not None:
        return _quoting(known, text) if bare == _RULE else known
    if bare.isdigit():
        for first, last, words in FAMILIES:
            if first <= int(bare) <= last:
                return words
    return _quoting(UNKNOWN, text)


def alike_key(code: str, reason: str) -> str:
    """Return what refusals share that may all be tried again together; empty if they may not.

    Args:
        code: QuickBooks' code, as it was kept.
        reason: the sentence that was kept with it.
    """
    if reason not in _ALL_ALIKE:
        return ""
    return f"{code}-{hashlib.sha256(reason.encode()).hexdigest()[:8]}"


_ALL_ALIKE = frozenset(
    words.sentence
    for words in (*BY_CODE.values(), *(rule[2] for rule in BY_TEXT))
    if words.all_alike
)


def _quoting(words: FaultWords, text: str) -> FaultWords:
    """Return words that say what QuickBooks said, where the program has no better ones."""
    said = display(text.replace(_PREAMBLE, "").strip(), 160).rstrip(".")
    return words if not said else replace(words, what=f"{words.what} It says: “{said}”.")
