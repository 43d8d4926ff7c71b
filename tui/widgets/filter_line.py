"""What the table shows at the moment, in words: filters, count, money."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from core.money import Cents
from store.listing import Filter
from tui.widgets.cells import safe
from tui.words import STATUS, day, invoices_worth, worth


def reason_words(code: str) -> str:
    """A reason's code as a person reads it."""
    return code.replace("_", " ").replace("qbo", "QuickBooks")


def filter_words(shown: Filter) -> list[str]:
    """What a filter shows, part by part."""
    parts = [STATUS[shown.status].word if shown.status else "all"]
    if shown.paid is not None:
        parts.append("paid" if shown.paid else "unpaid")
    if shown.ids is not None:
        parts.append("marked")
    if shown.reason_code:
        parts.append(reason_words(shown.reason_code))
    if shown.client:
        parts.append(f"client “{safe(shown.client, 40)}”")
    if shown.first_day or shown.last_day:
        parts.append(_between(day(shown.first_day), day(shown.last_day)))
    if shown.least is not None or shown.most is not None:
        least, most = ("" if one is None else worth(one) for one in (shown.least, shown.most))
        parts.append(_between(least, most))
    if shown.text:
        parts.append(f"“{safe(shown.text, 40)}”")
    return parts


def _between(low: str, high: str) -> str:
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"to {high}"


class FilterLine(Widget):
    """`pending · paid · "kestrel"   37 invoices, 12,430.00`."""

    def __init__(self) -> None:
        super().__init__()
        self._line = Content("")

    def show(self, shown: Filter, count: int | None, amount: Cents) -> None:
        """Say which filters are on and what they leave; a `count` of None is still to come."""
        parts = filter_words(shown)
        left = "counting …" if count is None else invoices_worth(count, amount)
        self._line = Content.assemble((" " + " · ".join(parts), "bold"), (f"   {left}", "$quiet"))
        self.refresh()

    def render(self) -> VisualType:
        """One line, cut at its end."""
        return self._line.truncate(self.content_size.width, ellipsis=True)
