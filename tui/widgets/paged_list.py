"""A `LineList` that reads pages as they come into sight and keeps only the newest of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar

from tui.widgets.line_list import LineList

T = TypeVar("T")

PAGE = 100
PAGES = 64


class PagedList(LineList[T]):
    """Subclasses give `fetch`, and set `count` when they read anew."""

    count = 0
    _pages: OrderedDict[int, Sequence[T]]

    def fetch(self, offset: int, limit: int) -> Sequence[T]:
        """Read up to `limit` records from `offset` on."""
        raise NotImplementedError

    @property
    def line_count(self) -> int:
        """How many records there are."""
        return self.count

    def record(self, index: int) -> T | None:
        """The record at `index`; reads its page if it is not at hand."""
        number, offset = divmod(index, PAGE)
        rows = self._pages.get(number)
        if rows is None:
            rows = self.fetch(number * PAGE, PAGE)
            self.put_page(number, rows)
        else:
            self._pages.move_to_end(number)
        return rows[offset] if offset < len(rows) else None

    def put_page(self, number: int, rows: Sequence[T]) -> None:
        """Have a page at hand."""
        self._pages[number] = rows
        if len(self._pages) > PAGES:
            self._pages.popitem(last=False)

    @property
    def current(self) -> T | None:
        """The record under the cursor."""
        return self.record(self.cursor) if self.count else None

    def forget_pages(self) -> None:
        """Read everything again when it is needed."""
        self._pages = OrderedDict()

    def to_top(self) -> None:
        """The first line, at the top."""
        self.cursor = 0
        self.scroll_to(y=0, animate=False, force=True)
        self.records_changed()
