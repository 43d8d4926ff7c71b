"""The tabs of the main screen: each status with its count and its money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.visual import VisualType
from textual.widget import Widget

from core.money import Cents
from store.listing import CountAndSum
from store.states import InvoiceStatus
from tui.manner import active_style
from tui.words import STATUS, counted, worth

TABS: tuple[InvoiceStatus | None, ...] = (
    None,
    InvoiceStatus.PENDING,
    InvoiceStatus.CONFLICTED,
    InvoiceStatus.SYNCING,
    InvoiceStatus.SYNCED,
    InvoiceStatus.EXCLUDED,
)
"""In the order of their keys 1 to 6; None is all of them."""

NARROW, FULL, WIDE = range(3)
"""How much the tabs say: short names, full names, what is conflicted in money too."""

SHORT = {"Conflicted": "Conflict", "Excluded": "Excl."}
"""What a narrow screen says for a tab's name."""


class StatusTabs(Widget):
    """Two lines: names with counts, and below them the money or what there is to do."""

    @dataclass
    class Picked(Message):
        """A click on a tab."""

        index: int

    def __init__(self) -> None:
        super().__init__()
        self.active = 0
        self._tabs: Mapping[InvoiceStatus, CountAndSum] = {}
        self._choices = 0
        self._spots: list[int] = []

    def show(self, tabs: Mapping[InvoiceStatus, CountAndSum], choices: int) -> None:
        """Show other counts; `choices` decisions solve all that is conflicted."""
        self._tabs, self._choices = tabs, choices
        self.refresh()

    def pick(self, index: int) -> None:
        """Make a tab the active one."""
        self.active = index
        self.refresh()

    def counts(self, status: InvoiceStatus | None) -> tuple[int, Cents]:
        """Count and money of a tab."""
        if status is not None:
            found = self._tabs.get(status, CountAndSum(0, 0))
            return found.count, found.amount
        values = self._tabs.values()
        return sum(found.count for found in values), sum(found.amount for found in values)

    def render(self) -> VisualType:
        """Both lines, spread over the width."""
        width = self.content_size.width
        tiers = (self._blocks(room) for room in (WIDE, FULL, NARROW))
        blocks, sizes = next((one for one in tiers if sum(one[1]) <= width), self._blocks(NARROW))
        gap = max(min((width - sum(sizes)) // len(TABS), 4), 0)
        tops, belows = Content(""), Content("")
        self._spots = []
        for index, ((top, below), size) in enumerate(zip(blocks, sizes, strict=True)):
            status = TABS[index]
            style = active_style() if index == self.active else "$foreground"
            if not self.counts(status)[0] and index != self.active:
                style = "$quiet"
            quiet = style if index == self.active else "$quiet"
            self._spots.append(tops.cell_length)
            tops = Content.assemble(tops, (f" {top}".ljust(size), style), " " * gap)
            belows = Content.assemble(belows, (f" {below}".ljust(size), quiet), " " * gap)
        return Content("\n").join([tops.truncate(width), belows.truncate(width)])

    def _blocks(self, room: int) -> tuple[list[tuple[str, str]], list[int]]:
        blocks = [self._words(index, status, room) for index, status in enumerate(TABS)]
        gap = 1 if room == NARROW else 2
        return blocks, [max(len(top), len(below)) + gap for top, below in blocks]

    def _words(self, index: int, status: InvoiceStatus | None, room: int) -> tuple[str, str]:
        count, amount = self.counts(status)
        name = STATUS[status].word.capitalize() if status else "All"
        if room == NARROW:
            name = SHORT.get(name, name)
        below = worth(amount)
        if status is InvoiceStatus.CONFLICTED and self._choices:
            choices = counted(self._choices, "choice")
            below = {
                NARROW: choices,
                FULL: f"{choices} to make",
                WIDE: f"{below}, {choices} to make",
            }[room]
        return f"{index + 1} {name} {count:,}", below

    def on_click(self, event: events.Click) -> None:
        """Pick the tab under the mouse."""
        under = [index for index, start in enumerate(self._spots) if start <= event.x]
        if under:
            self.post_message(self.Picked(under[-1]))
