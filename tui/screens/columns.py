"""Which columns the table of invoices shows, where there is room for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from store.listing import InvoiceRow
from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink


@dataclass(frozen=True, slots=True)
class Offered:
    """A column that may be put away, and whether it shows."""

    key: str
    title: str
    shown: bool


LIST: tuple[Column[Offered], ...] = (
    Column("shown", "", 3, lambda one: (("[x]" if one.shown else "[ ]", "strong"),)),
    Column("title", "Column", 20, lambda one: text_cell(one.title), 1),
)


class ColumnsScreen(Dialog[frozenset[str]]):
    """Ticks; answers with the keys of the columns that are put away, however it is closed."""

    NAME = "columns"
    BINDINGS = bindings("columns", "side")
    CSS_PATH = "dialog.tcss"
    nothing = frozenset()

    def __init__(self, columns: Collection[Column[InvoiceRow]], hidden: Collection[str]) -> None:
        super().__init__()
        self._all = [(one.key, one.title) for one in columns if one.drop]
        self._hidden = frozenset(hidden)
        self._list: RecordList[Offered] = RecordList(LIST)

    def compose(self) -> ComposeResult:
        """What this is, the columns, and a button to close it."""
        with Vertical(classes="box"):
            yield Lines(
                [
                    heading("Columns of the list"),
                    ink("What has a tick shows where the window has room for it."),
                    ink("space or enter ticks and unticks; it is remembered.", "dim"),
                    Content(""),
                ]
            )
            yield self._list
            yield Button(Content("esc  Close"), id="close")

    def on_mount(self) -> None:
        """The list takes the keys."""
        self._list.styles.height = len(self._all) + 1
        self._fill()
        self._list.focus()

    def _fill(self) -> None:
        self._list.show([Offered(key, title, key not in self._hidden) for key, title in self._all])

    @on(LineList.Opened)
    def action_tick(self) -> None:
        """Tick, or take the tick away."""
        if self._list.current is not None:
            self._hidden ^= {self._list.current.key}
            self._fill()

    def action_back(self) -> None:
        """Show the list like this from now on."""
        self.dismiss(self._hidden)

    def on_button_pressed(self) -> None:
        """The same as its key."""
        self.action_back()
