"""What shows instead of a screen that would not fit; nothing is lost meanwhile."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

LEAST_WIDTH = 80
LEAST_HEIGHT = 22
"""Two lines less than 24, so that a status line of tmux or an editor has its place."""


def is_too_small(width: int, height: int) -> bool:
    """Whether a terminal of this size cannot hold our screens."""
    return width < LEAST_WIDTH or height < LEAST_HEIGHT


class TooSmall(Widget):
    """Says which size is needed and which there is."""

    def render(self) -> VisualType:
        """Four short lines that fit anywhere."""
        size = self.app.size
        return Content.assemble(
            ("This window is too small.\n", "bold"),
            f"It has {size.width} x {size.height}; {LEAST_WIDTH} x {LEAST_HEIGHT} is the least.\n",
            "Make it larger, or the letters smaller.\n",
            ("Everything goes on meanwhile and nothing is lost. ^q quits.", "$quiet"),
        )
