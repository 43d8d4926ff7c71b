"""The table of invoices: pages read from the cache as they come into sight.

It holds a filter, an order and up to 64 pages of 100 rows, never all rows. Marks
are kept by Docket id, across filters (`tui.selection`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from store.listing import CountAndSum, Filter, InvoiceRow, Sort
from tui.keys import bindings
from tui.selection import Selection
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.columns import Column
from tui.widgets.paged_list import PAGE, PagedList
from tui.words import STATUS, day, moment, spoken

if TYPE_CHECKING:
    from tui.ports import InvoiceList


def _open_cell(amount: int | None) -> Cell:
    return money_cell(amount, "dim" if amount == 0 else "plain")


def _status_cell(row: InvoiceRow) -> Cell:
    look = STATUS[row.status]
    return ((look.text, look.style),)


def _number_cell(row: InvoiceRow) -> Cell:
    """The number in QuickBooks, in full only where it is another."""
    return text_cell("same" if row.qbo_number == row.number else row.qbo_number, "dim")


def invoice_columns(selection: Selection) -> tuple[Column[InvoiceRow], ...]:
    """The table's columns, of which the least needed go first.

    What is open in Docket and in QuickBooks stand side by side under one heading. At
    80 columns QuickBooks' side and the reason are in the line below, for the invoice
    at the cursor.
    """
    return (
        Column("mark", "", 1, lambda row: (("●" if row.docket_id in selection else " ", "warn"),)),
        Column(
            "number", "Number", 7, lambda row: text_cell(row.number, "strong"), 1, 12, sortable=True
        ),
        Column(
            "issued_on",
            "Date",
            10,
            lambda row: ((day(row.issued_on), "plain"),),
            drop=4,
            sortable=True,
        ),
        Column("client", "Client", 14, lambda row: text_cell(row.client), 4, 36, sortable=True),
        Column(
            "total", "Total", 9, lambda row: money_cell(row.total), 1, 12, right=True, sortable=True
        ),
        Column(
            "open_docket",
            "Open: Docket",
            12,
            lambda row: _open_cell(row.open_docket),
            drop=3,
            right=True,
            sortable=True,
        ),
        Column(
            "open_qbo",
            "QuickBooks",
            10,
            lambda row: _open_cell(row.open_qbo),
            1,
            12,
            drop=5,
            right=True,
            sortable=True,
        ),
        Column("qbo_number", "no. there", 9, _number_cell, drop=7, sortable=True),
        Column(
            "last_synced",
            "Last synced",
            16,
            lambda row: ((moment(row.last_synced), "dim"),),
            drop=8,
            sortable=True,
        ),
        Column("status", "Status", 12, _status_cell, sortable=True),
        Column(
            "reason",
            "Reason",
            30,
            lambda row: text_cell(spoken(row.reason), "dim"),
            8,
            drop=6,
            sortable=True,
        ),
    )


class InvoiceTable(PagedList[InvoiceRow]):
    """All invoices that the filter shows, in order, whatever their number."""

    PLACES: ClassVar[tuple[str, ...]] = ("list", "table")
    BINDINGS = bindings("table")

    @dataclass
    class MarksChanged(Message):
        """Other invoices are marked than before."""

    def __init__(self, listing: InvoiceList, selection: Selection) -> None:
        super().__init__(invoice_columns(selection), empty="Nothing here.", id="invoices")
        self.listing = listing
        self.selection = selection
        self.filter = Filter()
        self.sort = Sort("issued_on", descending=True)
        self.sorted_by = ("issued_on", True)
        self.amount = 0
        self.counted = True
        """Whether `count` and `amount` are those of the whole list."""
        self.forget_pages()
        self._range_from: int | None = None

    def fetch(self, offset: int, limit: int) -> list[InvoiceRow]:
        """Read a page from the cache."""
        return self.listing.page(self.filter, self.sort, offset, limit)

    def is_marked(self, record: InvoiceRow) -> bool:
        """Whether the invoice is marked."""
        return record.docket_id in self.selection

    def show(self, new: Filter, sort: Sort, rows: Sequence[InvoiceRow] | None = None) -> None:
        """Show other invoices, or the same in another order, from the top.

        Where they have to be counted, what is there so far is the first page: `rows`, if it
        was read already. The rest is there once `take` is told.
        """
        self.filter, self.sort = new, sort
        self.sorted_by = (sort.column, sort.descending)
        self._range_from = None
        self.forget_pages()
        found = self.listing.known(new)
        if found is None:
            rows = self.fetch(0, PAGE) if rows is None else rows
            self.put_page(0, rows)
            self.counted = len(rows) < PAGE
            found = CountAndSum(len(rows), sum(row.total for row in rows))
        else:
            self.counted = True
        self.count, self.amount = found.count, found.amount
        self.to_top()

    def take(self, found: CountAndSum) -> None:
        """Know how many there are; what is on screen stays, and is added to in a tall window."""
        self.counted = True
        before, (self.count, self.amount) = self.count, (found.count, found.amount)
        self.fit_size()
        if before < self.scroll_offset.y + self.page:
            self.refresh()

    def fit_size(self) -> None:
        """Not before all is counted: rows that are found should not wait for a layout."""
        if self.counted:
            super().fit_size()

    def take_anew(
        self, found: CountAndSum, shift: int, pages: Mapping[int, Sequence[InvoiceRow]]
    ) -> None:
        """Show the list as it is now, with the cursor moved by some lines.

        `pages` are those in sight, read already.
        """
        self.take(found)
        self.forget_pages()
        for number, rows in pages.items():
            self.put_page(number, rows)
        self.cursor = max(0, min(self.cursor + shift, self.count - 1))
        self.records_changed()

    # marks

    def action_mark(self) -> None:
        """Mark or unmark this invoice and go to the next."""
        row = self.current
        if row is not None:
            self.selection.toggle(row.docket_id)
            self._marks_changed()
            self.action_move(1)

    def action_mark_move(self, lines: int) -> None:
        """Mark this invoice, go on, and mark that one."""
        for step in (0, lines):
            self.action_move(step)
            row = self.current
            if row is not None:
                self.selection.add([row.docket_id])
        self._marks_changed()

    def action_range(self) -> None:
        """Start a range at the cursor, or mark from its start to the cursor."""
        if self._range_from is None:
            self._range_from = self.cursor
            self.app.notify("Range starts here: move, then press v again.", markup=False)
            return
        first, last = sorted((self._range_from, self.cursor))
        rows = (self.record(index) for index in range(first, last + 1))
        self.selection.add([row.docket_id for row in rows if row is not None])
        self._range_from = None
        self._marks_changed()

    def action_mark_all(self) -> None:
        """Mark what the filter shows at this moment; later arrivals are not added."""
        self.selection.add(self.listing.ids(self.filter))
        self._marks_changed()

    def clicked(self, column: str) -> None:
        """A click on the mark toggles it."""
        row = self.current
        if column == "mark" and row is not None:
            self.selection.toggle(row.docket_id)
            self._marks_changed()

    def forget_range(self) -> bool:
        """Give up a range that was started; say whether there was one."""
        started, self._range_from = self._range_from is not None, None
        return started

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.MarksChanged())
