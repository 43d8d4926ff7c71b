"""What happens next to a posting, with a countdown that costs one short repaint a second.

The timer runs only while the words change with the time and the screen is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sync.posting_words import Stand, afterwards, is_moving
from tui.widgets.sheet import Lines, ink

if TYPE_CHECKING:
    from tui.app import DocketQboApp

TICK_SECONDS = 1.0


class NextLine(Lines):
    """`Checking with QuickBooks since 14:02; looks again at 14:06, in 3 min 12 s`."""

    def __init__(self) -> None:
        super().__init__(id="next")
        self._stand: Stand | None = None
        self._about = ""
        self._said = ""

    def on_mount(self) -> None:
        """Stand still until there is something to count down."""
        self._timer = self.set_interval(TICK_SECONDS, self._tick, pause=True)
        self._tell()

    def show_stand(self, stand: Stand | None, about: str = "") -> None:
        """Tell of this posting, with `about` before it; None hides the line."""
        self._stand, self._about = stand, about
        self._said = ""
        if self.is_mounted:
            self._tell()

    def _tick(self) -> None:
        if self.screen.is_current:
            self._tell()

    def _tell(self) -> None:
        stand, program = self._stand, cast("DocketQboApp", self.app)
        self.display = stand is not None
        if stand is None or not is_moving(stand, program.clock.now()):
            self._timer.pause()
        else:
            self._timer.resume()
        words = "" if stand is None else self._about + program.next_words(stand)
        if stand is not None and words != self._said:
            self._said = words
            then = afterwards(stand)
            self.show([ink(words, "accent" if then else "dim"), *([ink(then, "dim")] * bool(then))])
