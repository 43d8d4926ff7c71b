"""The first line of every screen: where we are, in words and in colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from tui.widgets.cells import safe
from tui.words import moment, place

if TYPE_CHECKING:
    from sync.shapes import Banner as BannerShape


class Banner(Widget):
    """PRACTICE COMPANY or LIVE, the company's name, and how fresh the picture is."""

    def __init__(self, shape: BannerShape | None = None) -> None:
        super().__init__()
        self._shape = shape

    def show(self, shape: BannerShape) -> None:
        """Show another state of the connection."""
        self._shape = shape
        self.refresh()

    def render(self) -> VisualType:
        """The line, the freshness at its right end."""
        shape = self._shape
        if shape is None:
            return Content.styled(" docket-qbo   opening the books …", "$quiet")
        ground = "$badge-live" if shape.live else "$badge-practice"
        where = place(shape.live) if shape.company or shape.connected else "NOT CONNECTED"
        left = Content.assemble(
            (f" {where} ", f"bold $badge-text on {ground}"),
            ("" if shape.may_post else " READ-ONLY ", "bold reverse"),
            "  ",
            (safe(shape.company or "no company yet", 60), "bold"),
        )
        right = Content.styled(_freshness(shape), "$quiet")
        if shape.notice:
            right = Content.assemble((f"▲ {shape.notice}", "bold $text-warning"), "  ", right)
        room = self.content_size.width - right.cell_length - 1
        if left.cell_length > room:
            left = left.truncate(max(room - 1, 0), ellipsis=True)
        return Content.assemble(left, " " * max(room - left.cell_length, 1), right)


def _freshness(shape: BannerShape) -> str:
    if shape.read_only:
        state = "read-only"
    elif shape.connected:
        state = "connected"
    else:
        state = "not connected"
    return f"{state} · as of {moment(shape.as_of)}" if shape.as_of else state
