"""A dialog that stands while something is done, and goes by itself.

For Textual a dialog that lies under another one is still current, and leaving takes the
topmost away: so it waits until nothing is over it.
"""

from __future__ import annotations

from typing import TypeVar

from tui.screens.base import Dialog

R = TypeVar("R")


class Passing(Dialog[R]):
    """Subclasses call `leave` once their work is over."""

    _over = False
    _outcome: R

    def leave(self, outcome: R) -> None:
        """End with this, now or as soon as nothing lies over the dialog."""
        self._over, self._outcome = True, outcome
        self._go()

    def on_screen_resume(self) -> None:
        """Nothing lies over it any more."""
        self._go()

    def _go(self) -> None:
        if self._over and self.is_active:
            self._over = False  # once
            self.dismiss(self._outcome)
