"""A run under way: how far, what became of what, how long still; pause and stop.

Closing this screen changes nothing: the run belongs to the app, and the main screen
keeps a line about it.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from sync.shapes import RunProgress
from tui.keys import bindings
from tui.screens.base import RoomScreen
from tui.widgets.run_strip import bar, left_words, steps_words
from tui.widgets.sheet import Sheet, fold, heading, ink
from tui.widgets.totals import totals_lines
from tui.words import counted

BAR = 50

TITLES = {"test": "Test sync", "bulk": "Bulk sync", "void": "Voiding in QuickBooks"}


class ProgressSheet(Sheet):
    """The run's figures, redrawn as they come."""

    title = ""
    progress: RunProgress | None = None
    stopping = False
    paused = False

    def lines(self, width: int) -> list[Content]:
        """Title, bar, rate, outcomes, the newest event."""
        progress = self.progress
        if progress is None:
            return [heading(self.title), Content(""), ink("Getting ready …", "dim")]
        return [
            heading(f"{self.title}: {self._state(progress)}"),
            Content(""),
            _bar(progress, width),
            *fold([ink(_pace(progress), "warn" if progress.waiting else "dim")], width),
            *fold([_steps(progress)], width),
            Content(""),
            *totals_lines(progress.totals, progress.selected),
            Content(""),
            ink(progress.last, "dim"),
            *_needs(progress),
        ]

    def _state(self, progress: RunProgress) -> str:
        if self.stopping:
            return "finishing what is in flight, then stopping"
        return "paused; p goes on" if self.paused else progress.phase


def _bar(progress: RunProgress, width: int) -> Content:
    """As long as its figures leave room for."""
    words = f"  {steps_words(progress)}"
    return bar(
        progress.writes_done, progress.writes_total, max(min(BAR, width - len(words)), 10)
    ) + Content(words)


def _steps(progress: RunProgress) -> Content:
    """`9 of 9 customers   57 of 161 invoices   0 of 131 payments`, the present one strong."""
    return Content("   ").join(
        ink(
            f"{step.done:,} of {step.total:,} {step.phase}",
            "strong" if step.phase == progress.phase else "dim",
        )
        for step in progress.steps
    )


def _needs(progress: RunProgress) -> Iterable[Content]:
    """What could not be posted, as it comes; the rest goes on."""
    if progress.needs:
        yield ink("Needs you afterwards; the rest goes on meanwhile:", "warn")
        yield from (ink(f"▲ {words}", "warn") for words in progress.needs)


def _pace(progress: RunProgress) -> str:
    if progress.waiting:
        return progress.waiting
    parts = [f"{progress.per_minute} a minute" if progress.per_minute else "", left_words(progress)]
    if progress.calls and progress.ceiling:
        limit = f"{progress.calls:,} of the {progress.ceiling:,} calls a minute"
        parts.append(f"{limit} that QuickBooks allows")
    if progress.metered_reads:
        parts.append(f"{counted(progress.metered_reads, 'look-up')} that QuickBooks counts")
    return " · ".join(part for part in parts if part)


class ProgressScreen(RoomScreen):
    """Watches the run; esc goes back to work while it goes on."""

    NAME = "progress"
    BINDINGS = bindings("progress", "side")
    CSS_PATH = "progress.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._sheet = ProgressSheet()

    def body(self) -> Iterable[Widget]:
        """The figures."""
        yield self._sheet

    def on_mount(self) -> None:
        """Follow the run."""
        self.program.runs.moved.subscribe(self, lambda _: self._show())
        self._show()

    def _show(self) -> None:
        runs, sheet = self.program.runs, self._sheet
        sheet.title = TITLES.get(runs.kind, "Sync")
        sheet.progress = runs.progress
        sheet.stopping, sheet.paused = runs.control.stopping, runs.control.paused
        sheet.redraw()

    def action_pause(self) -> None:
        """Start nothing new; again: go on."""
        control = self.program.runs.control
        if control.paused:
            control.resume()
        else:
            control.pause()
        self._show()

    def action_stop(self) -> None:
        """Finish what is in flight, then stop."""
        self.program.runs.control.stop()
        self._show()
