"""One line of filters with their counts, picked by a number key or a click."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.visual import VisualType
from textual.widget import Widget

from tui.manner import active_style


class Chips(Widget):
    """`1 all 303  2 checking 3  3 needs you 12 …`, the active one on its own ground."""

    @dataclass
    class Picked(Message):
        """A click on a filter."""

        index: int

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = tuple(words)
        self.active = 0
        self._counts: Sequence[int] = [0] * len(words)
        self._spots: list[int] = []

    def show(self, counts: Sequence[int], active: int) -> None:
        """Show how many each filter would leave, and which one is on."""
        self._counts, self.active = tuple(counts), active
        self.refresh()

    def render(self) -> VisualType:
        """All on one line; blanks between them give way first, then the counts of the others."""
        width = self.content_size.width
        labels = self._labels(range(len(self.words)))
        if sum(map(len, labels)) > width:
            labels = self._labels((self.active,))
        gap = max(min(width // len(labels) - max(map(len, labels)), 3), 0)
        labels = [f"{label} " if sum(map(len, labels)) < width - 12 else label for label in labels]
        line = Content("")
        self._spots = []
        for index, label in enumerate(labels):
            style = "$foreground" if self._counts[index] else "$quiet"
            if index == self.active:
                style = active_style()
            self._spots.append(line.cell_length)
            line = Content.assemble(line, (label, style), " " * gap)
        return line.truncate(width)

    def _labels(self, counted: Container[int]) -> list[str]:
        return [
            f" {index + 1} {words}" + (f" {count:,}" if index in counted else "")
            for index, (words, count) in enumerate(zip(self.words, self._counts, strict=True))
        ]

    def on_click(self, event: events.Click) -> None:
        """Pick what is under the mouse."""
        under = [index for index, start in enumerate(self._spots) if start <= event.x]
        if under:
            self.post_message(self.Picked(under[-1]))
