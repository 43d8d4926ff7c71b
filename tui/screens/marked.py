"""The marked invoices that a question is about, those that are not on screen first of all."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from store.listing import Filter, InvoiceRow, Sort
from tui.keys import bindings
from tui.ports import InvoiceList
from tui.screens.base import Dialog
from tui.widgets.cells import money_cell, text_cell
from tui.widgets.columns import Column
from tui.widgets.paged_list import PagedList
from tui.widgets.sheet import Lines, heading
from tui.words import STATUS, day

COLUMNS: tuple[Column[InvoiceRow], ...] = (
    Column("number", "Number", 8, lambda row: text_cell(row.number, "strong"), 1, 14),
    Column("day", "Date", 10, lambda row: ((day(row.issued_on), "plain"),), drop=1),
    Column("client", "Client", 14, lambda row: text_cell(row.client), 3),
    Column("total", "Total", 11, lambda row: money_cell(row.total), right=True),
    Column("status", "Status", 12, lambda row: ((STATUS[row.status].text, "plain"),)),
)


class MarkedList(PagedList[InvoiceRow]):
    """The invoices of these ids, a page at a time."""

    def __init__(self, listing: InvoiceList, ids: Sequence[str]) -> None:
        super().__init__(COLUMNS)
        self._listing, self._which = listing, Filter(ids=ids)
        self.forget_pages()
        self.count = listing.count(self._which).count

    def fetch(self, offset: int, limit: int) -> Sequence[InvoiceRow]:
        """Read a page from the cache."""
        return self._listing.page(self._which, Sort(), offset, limit)


class MarkedScreen(Dialog[None]):
    """A look at them; nothing is done here."""

    NAME = "marked"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, ids: Sequence[str], title: str) -> None:
        super().__init__()
        self._ids, self._title = ids, title

    def compose(self) -> ComposeResult:
        """Which they are, and the list."""
        with Vertical(classes="box -wide -tall"):
            yield Lines([heading(self._title), Content("")])
            yield MarkedList(self.program.listing, self._ids)

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one(MarkedList).focus()
