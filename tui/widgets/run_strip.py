"""One line on the main screen while a run is going, or was left: how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from core.clock import duration
from tui.manner import manner
from tui.words import counted

if TYPE_CHECKING:
    from sync.shapes import RunProgress


EIGHTHS = " ▏▎▍▌▋▊▉"
"""A block filled from the left; in ASCII there are whole ones only."""

BAR = 20
"""Columns of the bar where there is room."""


class RunStrip(Widget):
    """A bar with figures; a click opens the progress screen."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: RunProgress | None = None
        self._left = False

    def show(self, progress: RunProgress | None, *, left: bool) -> None:
        """Show a run under way, or one that was `left` unfinished; None hides the line."""
        self._progress, self._left = progress, left
        self.display = progress is not None
        self.refresh()

    def render(self) -> VisualType:
        """The bar and its figures, or how to go on."""
        progress = self._progress
        if progress is None:
            return Content("")
        if self._left:
            return Content.assemble(
                (" ▲ A sync was stopped in the middle", "bold $text-warning"),
                f", at {steps_words(progress)}. ",
                (" R ", "bold $primary"),
                "goes on; nothing is lost.",
            ).truncate(self.content_size.width)
        head, figures = Content.styled(" Syncing ", "bold"), Content(f"  {steps_words(progress)}")
        rest = Content.assemble(
            (f"  {left_words(progress)}", "$quiet"), ("  R ", "bold $primary"), "shows it"
        )
        width = self.content_size.width
        room = width - sum(part.cell_length for part in (head, figures, rest))
        drawn = bar(progress.writes_done, progress.writes_total, max(min(room, BAR), 4))
        return Content.assemble(head, drawn, figures, rest).truncate(width)

    async def on_click(self, event: events.Click) -> None:
        """The same as its key."""
        await self.screen.run_action("resume")


def bar(done: int, total: int, width: int) -> Content:
    """A bar of `width` columns, filled in eighths of a column."""
    eighths = width * 8 * done // total if total else 0
    full, part = divmod(min(eighths, width * 8), 8)
    drawn = "█" * full + (EIGHTHS[part] if part and not manner().ascii else "")
    return Content.assemble(
        (drawn, "$success on $panel"), (" " * (width - len(drawn)), "on $panel")
    )


def steps_words(progress: RunProgress) -> str:
    """Return `57 of 303 writes, 28 of 145 links`, counted as in the preview."""
    parts = [
        f"{done:,} of {counted(total, word)}"
        for done, total, word in (
            (progress.writes_done, progress.writes_total, "write"),
            (progress.links_done, progress.links_total, "link"),
        )
        if total
    ]
    return ", ".join(parts)


def left_words(progress: RunProgress) -> str:
    """Why it waits, else how long it will take."""
    if progress.waiting:
        return progress.waiting
    if progress.seconds_left is None:
        return ""
    return f"{duration(progress.seconds_left)} left"
