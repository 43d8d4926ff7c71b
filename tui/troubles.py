"""Turns whatever went wrong into the three sentences of an error screen.

What happened, what it means for the books, what to do. A bug is one sentence on the
screen and the whole story in the log: its text may hold names and amounts.
"""

from __future__ import annotations

import logging

from core.errors import Trouble

log = logging.getLogger(__name__)


def as_trouble(error: Exception) -> Trouble:
    """Return the error as something a person can read."""
    if isinstance(error, Trouble):
        return error
    log.error("unexpected error on the screen", exc_info=error)
    return Trouble(
        f"Something went wrong that we did not foresee ({type(error).__name__}).",
        books="Nothing is lost: whatever was sent to QuickBooks stands in the sync log.",
        fix="Go on, or quit and start again. The log file holds the details for support.",
    )
