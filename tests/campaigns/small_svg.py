"""Terminal pictures small enough to keep: Rich's SVG without what a viewer does not need.

Rich draws a rectangle for every run of cells, clips every line and names a font on the
network. A third of that shows the same picture and loads nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_RECT = re.compile(
    r'<rect fill="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
    r' shape-rendering="crispEdges"/>'
)
_LINE_CLIP = re.compile(r'<clipPath id="line-\d+">.*?</clipPath>\s*', re.DOTALL)
_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_GROUND = '<g shape-rendering="crispEdges">{}</g>'
_NEAR = 0.5
"""Units within which two edges touch; a cell is 12 by 24 of them."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A coloured rectangle, in the picture's units."""

    fill: str
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def svg(self) -> str:
        figures = " ".join(
            f'{name}="{value:g}"'
            for name, value in (
                ("x", round(self.x, 1)),
                ("y", round(self.y, 1)),
                ("width", round(self.width, 1)),
                ("height", round(self.height, 2)),
            )
        )
        return f'<rect fill="{self.fill}" {figures}/>'


def small(svg: str) -> str:
    """Return the same picture in fewer bytes, the same for the same screen.

    Class names lose the id that Rich makes at random; grounds of one colour become one
    rectangle; no font is fetched.
    """
    svg = re.sub(r"terminal-\d+-", "", svg)
    svg = _FONT.sub("", _LINE_CLIP.sub("", svg))
    svg = re.sub(r' clip-path="url\(#line-\d+\)"', "", svg)
    boxes = [_box(found) for found in _RECT.finditer(svg)]
    first = _RECT.search(svg)
    if first is not None:
        drawn = _GROUND.format("".join(box.svg for box in _fewer(boxes)))
        svg = svg[: first.start()] + drawn + _RECT.sub("", svg[first.start() :])
    svg = svg.replace("&#160;", "\u00a0")
    return "".join(line.strip() + "\n" for line in svg.splitlines() if line.strip())


def words_of(svg: str) -> str:
    """What a picture says, line by line."""
    found: list[str] = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return " ".join(found).replace("\u00a0", " ")


def _box(found: re.Match[str]) -> _Box:
    fill, *figures = found.groups()
    return _Box(fill, *map(float, figures))


def _fewer(boxes: Sequence[_Box]) -> Iterator[_Box]:
    """The ground as one box, then all that differs from it."""
    areas: Counter[str] = Counter()
    for box in boxes:
        areas[box.fill] += round(box.width * box.height)
    ground, _ = areas.most_common(1)[0]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    yield _Box(
        ground,
        left,
        top,
        max(box.right for box in boxes) - left,
        max(box.y + box.height for box in boxes) - top,
    )
    yield from _stacked(_joined(box for box in boxes if box.fill != ground))


def _joined(boxes: Iterable[_Box]) -> Iterator[_Box]:
    """Neighbours on a line as one."""
    last: _Box | None = None
    for box in boxes:
        if last is None:
            last = box
        elif box.fill == last.fill and box.y == last.y and abs(box.x - last.right) < _NEAR:
            last = replace(last, width=box.right - last.x)
        else:
            yield last
            last = box
    if last is not None:
        yield last


def _stacked(boxes: Iterable[_Box]) -> list[_Box]:
    """Boxes of one width below each other as one."""
    done: list[_Box] = []
    places: dict[tuple[str, float, float], int] = {}
    for box in boxes:
        key = (box.fill, round(box.x, 1), round(box.width, 1))
        place = places.get(key)
        above = None if place is None else done[place]
        if place is not None and above is not None and box.y <= above.y + above.height + _NEAR:
            done[place] = replace(above, height=box.y + box.height - above.y)
        else:
            places[key] = len(done)
            done.append(box)
    return done
