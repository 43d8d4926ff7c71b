"""A list of any length, one line a record, painted line by line.

Only the lines on the screen are ever asked for, a cursor move repaints two of
them, and no Rich renderable is built for a cell: that is what keeps a key press
within a frame at a million rows (docs/decisions.md, "The table").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar, Generic, Self, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.keys import bindings
from tui.manner import manner
from tui.widgets.cells import Span, fit
from tui.widgets.columns import GAP, Column, Placed, place_columns

T = TypeVar("T")

KEPT = 500
"""Painted lines that are kept."""
STYLES = ("plain", "dim", "good", "warn", "bad", "accent", "strong", "mark")


class LineList(ScrollView, Generic[T], can_focus=True):
    """A list with a heading, a cursor and columns that adapt to the width.

    Subclasses give `line_count` and `record`; `is_marked` if their lines can be.
    """

    PLACES: ClassVar[tuple[str, ...]] = ("list",)
    """Where its actions stand in `tui.keys`."""
    BINDINGS = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--heading",
        "list--cursor",
        "list--empty",
        *(f"list--{style}" for style in STYLES),
    }

    cursor: reactive[int] = reactive(0, repaint=False)

    class About(Message):
        """Something happened in a list."""

        def __init__(self, source: LineList[Any]) -> None:
            super().__init__()
            self.source = source

        @property
        def control(self) -> LineList[Any]:
            """The list, for handlers of one list only."""
            return self.source

    class Moved(About):
        """The cursor is on another line."""

    class Opened(About):
        """Enter or a double click on the line under the cursor."""

    class HeadingClicked(About):
        """A click on a column's heading."""

        def __init__(self, source: LineList[Any], key: str) -> None:
            super().__init__(source)
            self.key = key

    def __init__(
        self,
        columns: Sequence[Column[T]],
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        """Keep the columns; `empty` is what an empty list says to do next."""
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.empty = empty
        self.hidden: frozenset[str] = frozenset()
        """Columns that a person put away, by key."""
        self.sorted_by: tuple[str, bool] | None = None
        self._placed: list[Placed[T]] = []
        self._styles: dict[str, Style] = {}
        self._looks: dict[tuple[str, str, bool], Style] = {}
        self._painting = 0
        """Columns of the lines that are being painted."""
        self._painted: dict[tuple[int, bool, bool], Strip] = {}
        """Lines as they were painted, by number, cursor and focus: most of a page that scrolls
        by one line, or that is laid out anew, is there already."""

    # what a subclass knows

    @property
    def line_count(self) -> int:
        """How many records there are."""
        raise NotImplementedError

    def record(self, index: int) -> T | None:
        """The record at `index`, or None if it is gone."""
        raise NotImplementedError

    def is_marked(self, record: T) -> bool:
        """Whether the line shows as marked."""
        return False

    # size and place

    def records_changed(self) -> None:
        """Take over that the records changed: size, cursor, picture."""
        self.fit_size()
        self.cursor = max(0, min(self.cursor, self.line_count - 1))
        self.refresh()

    def fit_size(self) -> None:
        """Have the scroll bar go by the number of records.

        Where the bar stays and no line moves, only the bar is painted: a new `virtual_size`
        lays the whole screen out anew, and paints all lines.
        """
        size, height = Size(self.size.width, self.line_count + 1), self.container_size.height
        last = size.height - height
        stays = self.show_vertical_scrollbar and size.width == self.virtual_size.width
        if stays and last > 0 and self.scroll_offset.y <= last:
            self.set_reactive(LineList.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
        else:
            self.virtual_size = size

    def on_resize(self) -> None:
        """Place the columns anew and keep the cursor in sight."""
        self._place()
        self.fit_size()
        self._show_cursor()

    def hide(self, keys: frozenset[str]) -> None:
        """Put these columns away; what is not among them shows where there is room."""
        self.hidden = keys
        self._place()
        self.refresh()

    def _place(self) -> None:
        shown = [column for column in self.columns if column.key not in self.hidden]
        self._placed = place_columns(shown, max(self._width - 2, 1))

    def notify_style_update(self) -> None:
        """Forget the styles: the theme or a class changed."""
        super().notify_style_update()
        self._styles.clear()
        self._looks.clear()
        self._painted.clear()

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def page(self) -> int:
        """Lines on the screen below the heading."""
        return max(self.scrollable_content_region.height - 1, 1)

    def _show_cursor(self) -> bool:
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + self.page:
            self.scroll_to(y=self.cursor - self.page + 1, animate=False, force=True)
        else:
            return False
        return True

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint two lines, or scroll."""
        if not self._show_cursor():
            top = self.scroll_offset.y
            for index in (old, new):
                self.refresh(Region(0, index - top + 1, self.size.width, 1))
        self.post_message(self.Moved(self))

    # painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint some lines; what is the same for all of them is found once."""
        width = self._width
        if width != self._painting:
            self._painting = width
            self._painted.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen; the first is the heading."""
        width = self._painting
        if y == 0:
            return self._heading(width)
        index = self.scroll_offset.y + y - 1
        if self.line_count == 0 and y == 2:
            return self._line(fit(((f"  {self.empty}", "dim"),), width), width, "list--empty")
        key = (index, index == self.cursor, self.has_focus)
        if key not in self._painted:
            record = self.record(index) if index < self.line_count else None
            if record is None:
                return Strip.blank(width, self._style(""))
            if len(self._painted) >= KEPT:
                self._painted.clear()
            self._painted[key] = self._row(record, index == self.cursor, width)
        return self._painted[key]

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Have the list painted; all of it where no region is named, as when records change."""
        if not regions:
            self._painted.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _row(self, record: T, at_cursor: bool, width: int) -> Strip:
        spans: list[Span] = [("▌" if at_cursor and self.has_focus else " ", "accent")]
        for place in self._placed:
            if place.x:
                spans.append((" " * GAP, "plain"))
            spans += fit(place.column.cell(record), place.width, right=place.column.right)
        end = self._placed[-1].x + self._placed[-1].width if self._placed else 0
        spans.append((" " * (width - end - 1), "plain"))
        ground = "list--cursor" if at_cursor else ""
        return self._line(spans, width, ground, bold=self.is_marked(record))

    def _line(self, spans: Sequence[Span], width: int, ground: str, *, bold: bool = False) -> Strip:
        """Paint spans that fill the width; neighbours of one style are one segment, for speed."""
        alike = groupby((span for span in spans if span[0]), itemgetter(1))
        return Strip(
            [
                Segment("".join(text for text, _ in some), self._look(ground, style, bold))
                for style, some in alike
            ],
            width,
        )

    def _heading(self, width: int) -> Strip:
        style = self._style("list--heading")
        parts = [" "]
        for place in self._placed:
            title = place.column.title
            if self.sorted_by and self.sorted_by[0] == place.column.key:
                title += f" {_arrow(down=self.sorted_by[1])}"
            if place.x:
                parts.append(" " * GAP)
            parts += (
                [text for text, _ in fit(((title, ""),), place.width)][:2]
                if (not place.column.right)
                else [title[: place.width].rjust(place.width)]
            )
        return Strip([Segment("".join(parts), style)]).adjust_cell_length(width, style)

    def _style(self, name: str) -> Style:
        """A component's style; the list's own for an empty name."""
        if name not in self._styles:
            own = self.get_component_rich_style(name) if name else self.rich_style
            self._styles[name] = own
        return self._styles[name]

    def _look(self, ground: str, style: str, bold: bool) -> Style:
        """The style of a cell on its line's ground."""
        key = (ground, style, bold)
        if key not in self._looks:
            ink = self.get_component_rich_style(f"list--{style}", partial=True)
            extra = Style(bold=True) if bold else Style.null()
            self._looks[key] = self._style(ground) + ink + extra
        return self._looks[key]

    # keys and mouse

    def action_move(self, lines: int) -> None:
        """Move the cursor by lines."""
        self.cursor = max(0, min(self.cursor + lines, self.line_count - 1))

    def action_page(self, halves: int) -> None:
        """Move the cursor by half pages."""
        self.action_move(halves * max(self.page // 2, 1))

    def action_first(self) -> None:
        """To the first line."""
        self.cursor = 0

    def action_last(self) -> None:
        """To the last line."""
        self.cursor = max(self.line_count - 1, 0)

    def action_open(self) -> None:
        """Open the line under the cursor."""
        if self.line_count:
            self.post_message(self.Opened(self))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the click was; a double click opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y == 0:
            key = self._column_at(offset.x - 1)
            if key:
                self.post_message(self.HeadingClicked(self, key))
            return
        index = self.scroll_offset.y + offset.y - 1
        if index < self.line_count:
            self.cursor = index
            self.clicked(self._column_at(offset.x - 1))
            if event.chain == 2:
                self.action_open()

    def clicked(self, column: str) -> None:
        """A click on the line that now has the cursor, in the column called `column`."""

    def _column_at(self, x: int) -> str:
        for place in self._placed:
            if place.x <= x < place.x + place.width + GAP:
                return place.column.key
        return ""

    def on_focus(self) -> None:
        """Show the cursor's bar."""
        self._refresh_cursor()

    def on_blur(self) -> None:
        """Hide the cursor's bar."""
        self._refresh_cursor()

    def _refresh_cursor(self) -> None:
        y = self.cursor - self.scroll_offset.y + 1
        self.refresh(Region(0, y, self.size.width, 1))


def _arrow(*, down: bool) -> str:
    """Which way the list is sorted; the triangle up is a sign for trouble in ASCII."""
    if manner().ascii:
        return "v" if down else "^"
    return "▼" if down else "▲"
