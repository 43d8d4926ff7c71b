"""Progress on stderr: one line that is rewritten on a terminal, quiet lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable

from core.text import display
from sync.shapes import OUTCOME_WORDS, PullProgress, RunProgress


class Line:
    """The line under way; on a terminal the newest replaces the one before."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._last = ""

    def show(self, text: str, *, phase: str) -> None:
        """Show `text`; where there is no terminal, only when the phase changes."""
        if self._live:
            sys.stderr.write("\r\x1b[2K" + display(text, 100))
            sys.stderr.flush()
        elif phase != self._last:
            sys.stderr.write(display(text) + "\n")
        self._last = phase

    def end(self) -> None:
        """Leave the line."""
        if self._live and self._last:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def pull_line(line: Line | None = None) -> Callable[[PullProgress], None]:
    """A watcher of a refresh; whoever gives the line ends it."""
    line = line or Line()

    def watch(progress: PullProgress) -> None:
        total = f" of {progress.total}" if progress.total else ""
        done = f": {progress.done}{total}" if progress.done or total else " …"
        line.show(f"{progress.phase}{done}", phase="refreshing")

    return watch


def run_line(line: Line) -> Callable[[RunProgress], None]:
    """A watcher of a run."""

    def watch(progress: RunProgress) -> None:
        counts = ", ".join(
            f"{total.count} {OUTCOME_WORDS[outcome]}"
            for outcome, total in progress.totals.items()
            if total.count
        )
        left = "" if progress.seconds_left is None else f", about {progress.seconds_left} s left"
        text = (
            f"{progress.phase}: {progress.writes_done} of {progress.writes_total} writes, "
            f"{progress.per_minute} a minute{left}; {counts}"
        )
        line.show(f"{text}; {progress.waiting}" if progress.waiting else text, phase=progress.phase)

    return watch
