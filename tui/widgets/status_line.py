"""The line above the keys: what is marked, else why the invoice at the cursor is as it is."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from core.money import Cents
from store.listing import InvoiceRow
from tui.widgets.cells import safe
from tui.words import STATUS, spoken, worth


class StatusLine(Widget):
    """`37 selected, 12 not on screen, 12,430.00`, then the invoice at the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._marks = Content("")
        self._about = Content("")

    def show_marks(self, count: int, hidden: int, amount: Cents) -> None:
        """Say how many invoices are marked, how many the filter hides, what they come to."""
        if not count:
            self._marks = Content("")
        else:
            unseen = f", {hidden:,} not on screen" if hidden else ""
            words = f" {count:,} selected{unseen}, {worth(amount)} "
            self._marks = Content.styled(words, "bold $text-warning")
        self.refresh()

    def show_row(self, row: InvoiceRow | None, unclear: str = "") -> None:
        """Say why the invoice at the cursor is where it is.

        `unclear` says what comes next where its outcome is not known.
        """
        if row is None:
            self._about = Content("")
        elif unclear:
            self._about = Content.assemble(
                (f" {safe(row.number)} ", "$quiet"), (unclear, "$text-accent")
            )
        else:
            why = f": {safe(spoken(row.reason))}" if row.reason else ""
            there = "" if row.open_qbo is None else f"; open there {worth(row.open_qbo)}"
            words = f" {safe(row.number)} {STATUS[row.status].word}{why}{there}"
            self._about = Content.styled(words, "$quiet")
        self.refresh()

    def render(self) -> VisualType:
        """Both on one line, cut at its end."""
        bar = Content.styled("│", "$rule") if self._marks.cell_length else Content("")
        line = self._marks + bar + self._about
        return line.truncate(self.content_size.width, ellipsis=True)
