"""What the table shows at the moment, in words: filters, count, money."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from core.money import Cents
from store.listing import Filter
from tui.widgets.cells import safe
from tui.words import STATUS, invoices_worth


class FilterLine(Widget):
    """`pending · paid · "kestrel"   37 invoices, 12,430.00`."""

    def __init__(self) -> None:
        super().__init__()
        self._line = Content("")

    def show(self, shown: Filter, count: int | None, amount: Cents) -> None:
        """Say which filters are on and what they leave; a `count` of None is still to come."""
        parts = [STATUS[shown.status].word if shown.status else "all"]
        if shown.paid is not None:
            parts.append("paid" if shown.paid else "unpaid")
        if shown.ids is not None:
            parts.append("marked")
        if shown.reason_code:
            parts.append(shown.reason_code)
        if shown.text:
            parts.append(f"“{safe(shown.text, 40)}”")
        left = "counting …" if count is None else invoices_worth(count, amount)
        self._line = Content.assemble((" " + " · ".join(parts), "bold"), (f"   {left}", "$quiet"))
        self.refresh()

    def render(self) -> VisualType:
        """One line, cut at its end."""
        return self._line.truncate(self.content_size.width, ellipsis=True)
