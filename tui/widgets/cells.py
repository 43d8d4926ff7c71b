"""Cells of a list: text in styles, made safe and cut to a width in terminal columns.

Wide characters (Chinese, Japanese, emoji) take two columns, combining ones none, so
widths are counted in columns and never in characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from rich.cells import cell_len, set_cell_size

from core.money import Cents, format_cents
from core.text import display

LIMIT = 240
"""Characters of outside text that can matter on one line; a longer name is cut before
its columns are counted."""

Span: TypeAlias = tuple[str, str]
"""Text and the name of its style: plain, dim, good, warn, bad, accent, strong or mark."""

Cell: TypeAlias = tuple[Span, ...]


def safe(text: str, limit: int = LIMIT) -> str:
    """Return outside text as it may be shown: nothing in it acts, its width is sure.

    Variation selectors go, because terminals disagree about the width they ask for.
    """
    return display(text, limit).replace("\ufe0f", "").replace("\ufe0e", "")


def text_cell(text: str, style: str = "plain") -> Cell:
    """A cell of text from outside."""
    return ((safe(text), style),)


def money_cell(amount: Cents | None, style: str = "plain") -> Cell:
    """A cell with an amount; empty for None."""
    return (("" if amount is None else format_cents(amount), style),)


def fit(cell: Sequence[Span], width: int, *, right: bool = False) -> list[Span]:
    """Return spans that take exactly `width` columns.

    Text that is too long ends in `…`. Right-aligned cells hold figures, and part of
    a figure reads as another one: those show `####` instead, as in a spreadsheet.
    """
    used = sum(cell_len(text) for text, _ in cell)
    if used <= width:
        blank = (" " * (width - used), "plain")
        return [blank, *cell] if right else [*cell, blank]
    if right:
        return [("#" * width, "dim")]
    spans: list[Span] = []
    left = width - 1
    for text, style in cell:
        taken = min(cell_len(text), left)
        if taken:
            spans.append((set_cell_size(text, taken), style))
            left -= taken
        if not left:
            break
    return [*spans, ("…", "dim")] if width else []
