"""A widget that lays its own lines out for the width it gets.

Detail, preview and result pages are such sheets: columns line up at any width, and
text from outside arrives as content, never as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widget import Widget

from core.money import Cents, format_cents
from tui.widgets.cells import Cell, fit, safe

INKS = {
    "plain": "",
    "dim": "$quiet",
    "good": "$text-success",
    "warn": "$text-warning",
    "bad": "$text-error",
    "accent": "$text-accent",
    "strong": "bold",
    "mark": "bold underline $text-warning",
    "title": "bold $primary",
}
"""A cell's style name as a Textual style."""


class Sheet(Widget):
    """Draws `lines(width)`; call `redraw` when what they show has changed."""

    DEFAULT_CSS = "Sheet { height: auto; width: 1fr; }"

    def lines(self, width: int) -> Sequence[Content]:
        """The sheet's lines for a width in terminal columns."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Lay the lines out again; their number may have changed."""
        self.refresh(layout=True)

    def render(self) -> VisualType:
        """The lines, one below the other."""
        width = self.content_size.width
        return Content("\n").join(line.truncate(width) for line in self.lines(width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are at this width."""
        return len(self.lines(width))


class Lines(Sheet):
    """A sheet whose lines are handed in."""

    def __init__(
        self,
        lines: Sequence[Content] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Content] = list(lines)

    def show(self, lines: Sequence[Content]) -> None:
        """Replace the lines; laid out again only if they take more or less room."""
        width = self.content_size.width
        before, self._lines = len(self.lines(width)), list(lines)
        self.refresh(layout=len(self.lines(width)) != before)

    def lines(self, width: int) -> Sequence[Content]:
        """The lines, long ones folded at blanks."""
        return fold(self._lines, width)


def fold(lines: Sequence[Content], width: int) -> list[Content]:
    """Break lines that are longer than `width`, at blanks where there are any."""
    folded: list[Content] = []
    for line in lines:
        folded += line.wrap(max(width, 1)) if line.cell_length > width else [line]
    return folded


def hanging(label: Content, words: Content, indent: int, width: int) -> Iterator[Content]:
    """A label and its words, which go on below themselves where they are long."""
    first, *rest = fold([words], max(width - indent, 10))
    yield label.pad_right(max(indent - label.cell_length, 0)) + first
    yield from (line.pad_left(indent) for line in rest)


def ink(text: str, style: str = "plain") -> Content:
    """Text from outside as content in one of the cell styles."""
    return Content.styled(safe(text), INKS[style])


def heading(text: str) -> Content:
    """A heading within a sheet."""
    return ink(text, "title")


def row(cells: Sequence[tuple[Cell, int, bool]], gap: int = 2) -> Content:
    """One line of a small table: cells with their widths; True aligns right."""
    parts: list[Content] = []
    for number, (cell, width, right) in enumerate(cells):
        if number:
            parts.append(Content(" " * gap))
        parts += [ink(text, style) for text, style in fit(cell, width, right=right)]
    return Content("").join(parts)


def money(amount: Cents | None) -> str:
    """An amount, or nothing."""
    return "" if amount is None else format_cents(amount)


def width_of(text: str) -> int:
    """How many terminal columns outside text takes once it is safe."""
    return cell_len(safe(text))
