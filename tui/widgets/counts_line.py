"""One line of counts, the largest first, as many as the width holds."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from tui.widgets.sheet import Sheet, ink


class CountsLine(Sheet):
    """`needs a customer 41 · needs a product 17 · 5 of other kinds`; no line without counts."""

    def __init__(self) -> None:
        super().__init__(id="counts")
        self._counts: Mapping[str, int] = {}

    def show(self, counts: Mapping[str, int]) -> None:
        """Show other counts, by what is counted."""
        self._counts = counts
        self.redraw()

    def lines(self, width: int) -> list[Content]:
        """The line, or nothing."""
        if not self._counts:
            return []
        ordered = sorted(self._counts.items(), key=lambda one: (-one[1], one[0]))
        fitting = (_words(ordered, kept) for kept in range(len(ordered), 0, -1))
        return [ink(next((one for one in fitting if len(one) <= width), ""), "dim")]


def _words(ordered: list[tuple[str, int]], kept: int) -> str:
    parts = [f"{words} {count:,}" for words, count in ordered[:kept]]
    if kept < len(ordered):
        parts.append(f"{sum(count for _, count in ordered[kept:]):,} of other kinds")
    return " · ".join(parts)
