"""A screen as text that can be kept and compared: its letters, and their styles in runs.

One file a screen and size. Both themes have the same letters, or the screen's meaning
would hang on its colours; so each run of letters has a name, and the end of the file says
how the dark and the light theme paint it.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from string import ascii_letters

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate

from tests.tui.conftest import Driven

FOLDER = Path(__file__).parent / "looks"
NAMES = ascii_letters + "".join(map(chr, range(0x3B1, 0x3CA))) + "0123456789"
"""What styles are called, in the order in which they come."""

Painted = list[list[Segment]]
"""A screen line by line."""


def painted(it: Driven) -> Painted:
    """The whole of what the terminal shows, with the screens below a dialog."""
    app = it.app
    app.screen.refresh()  # what it drew for itself alone has nothing below it
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    return [[part for strip in line for part in strip] for line in update.strips]


def letters(screen: Painted) -> list[str]:
    """Its lines without their styles."""
    return ["".join(part.text for part in line) for line in screen]


def _by_column(line: Sequence[Segment]) -> list[str]:
    styles = []
    for part in line:
        styles += [str(part.style or Style.null())] * cell_len(part.text)
    return styles


def as_text(dark: Painted, light: Painted) -> str:
    """Both themes of a screen, as they are kept."""
    names: dict[tuple[str, str], str] = {}
    rows = []
    for ours, theirs in zip(dark, light, strict=True):
        pairs = zip(_by_column(ours), _by_column(theirs), strict=True)
        runs = []
        for pair, same in groupby(pairs):
            name = names.setdefault(pair, NAMES[len(names)])
            runs.append(f"{name}{sum(1 for _ in same)}")
        rows.append(" ".join(runs))
    lines = [f"{number:2} {line}".rstrip() for number, line in enumerate(letters(dark), 1)]
    lines += ["", *(f"{number:2} {row}" for number, row in enumerate(rows, 1)), ""]
    lines += [f"{name} {one}" for (one, _), name in names.items()] + [""]
    lines += [f"{name} {other}" for (_, other), name in names.items()]
    return "\n".join(lines) + "\n"


def changes(name: str, now: str) -> Iterator[str]:
    """What is not as it was kept, as a diff; keeps it instead where that is asked for."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(now, encoding="utf-8")
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    return difflib.unified_diff(
        kept.splitlines(), now.splitlines(), f"{name} as kept", f"{name} now", lineterm="", n=1
    )
