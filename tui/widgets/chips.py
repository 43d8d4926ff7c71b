"""One line of filters with their counts, picked by a number key or a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.visual import VisualType
from textual.widget import Widget


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
        """All on one line; blanks between them give way first."""
        width = self.content_size.width
        labels = [
            f" {number} {words} {count:,}"
            for number, (words, count) in enumerate(zip(self.words, self._counts, strict=True), 1)
        ]
        gap = max(min(width // len(labels) - max(map(len, labels)), 3), 0)
        labels = [f"{label} " if sum(map(len, labels)) < width - 12 else label for label in labels]
        line = Content("")
        self._spots = []
        for index, label in enumerate(labels):
            style = "$foreground" if self._counts[index] else "$quiet"
            if index == self.active:
                style = "bold $foreground on $cursor-ground"
            self._spots.append(line.cell_length)
            line = Content.assemble(line, (label, style), " " * gap)
        return line.truncate(width)

    def on_click(self, event: events.Click) -> None:
        """Pick what is under the mouse."""
        under = [index for index, start in enumerate(self._spots) if start <= event.x]
        if under:
            self.post_message(self.Picked(under[-1]))
