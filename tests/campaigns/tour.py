"""The way through the dashboard that docs/tour.md shows: keys, what comes then, the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Keys, what the screen shows once they are done, and the picture that is then taken."""

    keys: Sequence[str]
    shows: str
    """A pattern: the step is over when the screen's text has it."""
    picture: str = ""
    """Its name; empty for a step that is only on the way."""
    again: str = ""
    """A key to go on pressing until it shows."""


TOUR: Sequence[Step] = (
    Step((), r"Fetching the books[\s\S]*[1-9]\d* (so far|of \d)", "start"),
    Step((), r"If you had pressed Sync", "guide"),
    Step(("h", "2", "space", "space", "space"), r"3 selected", "list"),
    Step(("escape", "n"), r"of \d+ names wait for you"),
    Step((), r"Nearly the same: you decide", again="j"),
    Step(("enter",), r"Use .*: for \d+", "names"),
    Step(("enter",), r"Use .*: \d+ invoices?,"),
    Step(("escape", "escape", "c"), r"solved by"),
    Step((), r"Use .*: for [2-9]", again="j"),
    Step(("enter",), r"enter  Use .*: for \d+", "conflict"),
    Step(("enter",), r"Use .*: \d+ invoices?,", "next"),
    Step(("escape", "escape", "t"), r"Test sync of", "test"),
    Step(("P",), r"Equal to the cent", "compared"),
    Step(("b",), r"Preview of all", "preview"),
    Step(("P",), r"\b1\d\d of \d+ writes", "bulk"),
    Step((), r"Sync finished", "result"),
    Step(("escape", "M"), r"≠ \d+|= agrees", "proof"),
    Step(("escape", "J"), r"Sync log", "log"),
    Step(("escape", "s"), r"How invoices are sent", "settings"),
)
"""From the first start to a month that agrees."""

PICTURES: Sequence[str] = tuple(step.picture for step in TOUR if step.picture)
"""The pictures that are made, in their order."""
