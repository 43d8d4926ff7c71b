"""Marks the characters in which a name differs from another.

Nearly the same names are told apart by single characters, so each is marked twice:
in brackets, which any terminal and any eye can tell, and in a style.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from tui.widgets.cells import Cell, Span, safe

MISSING = "·"
"""Stands where the other name has characters that this one has not."""


def marked(name: str, other: str) -> Cell:
    """Return `name` with everything marked that is not so in `other`."""
    shown, compared = safe(name), safe(other)
    spans: list[Span] = []
    matcher = SequenceMatcher(None, compared, shown, autojunk=False)
    for kind, _, _, start, end in matcher.get_opcodes():
        if kind == "equal":
            spans.append((shown[start:end], "plain"))
        else:
            spans.append((f"[{shown[start:end] or MISSING}]", "mark"))
    return tuple(spans)
