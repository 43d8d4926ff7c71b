"""Paints in ASCII: whatever a widget draws, the last step before the terminal replaces.

A filter of lines sees every border, mark and name, ours and Textual's, so that no widget
has to know. Columns stay where they are: what took two columns becomes two characters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from core.plain import REPLACED, SIGNS

_GOES_ON = re.compile(r"(?<= )…  (?= |$)")
"""At the end of words of ours; where a cell cuts a name, its mark stands for itself."""


class Plain(LineFilter):
    """Replaces every character that is not ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line's segments in ASCII, each as wide as before."""
        line = "".join(segment.text for segment in segments)
        if line.isascii():
            return segments
        ends = list(accumulate(len(segment.text) for segment in segments))
        for found in _GOES_ON.finditer(line):
            if found.start() not in ends:
                line = f"{line[: found.start()]}...{line[found.end() :]}"  # as long as before
        return [
            Segment(painted(line[end - len(text) : end]), style, control)
            for (text, style, control), end in zip(segments, ends, strict=True)
        ]


@lru_cache(4096)
def painted(text: str) -> str:
    """Return `text` in ASCII, in as many columns as it took."""
    if text.isascii():
        return text
    parts: list[str] = []
    for one in text:
        sign = one if one.isascii() else SIGNS.get(one)
        if sign is None:
            sign = REPLACED * cell_len(one)
            if not sign and parts and len(parts[-1]) == 1:
                parts[-1] = REPLACED  # a mark above or below the letter before it
        parts.append(sign)
    line, width = "".join(parts), cell_len(text)
    return line if len(line) == width else line.ljust(width, REPLACED)[:width]
