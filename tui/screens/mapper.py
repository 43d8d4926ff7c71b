"""What the columns of export files mean: proposed, shown with first rows, corrected by key."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget

from sync.imports.draft import KINDS, Column, Correction, Option, TableDraft
from tui.keys import bindings
from tui.ports import Imports
from tui.screens.base import RoomScreen
from tui.screens.pick import PickScreen
from tui.widgets.cells import Cell, text_cell
from tui.widgets.columns import Column as Shown
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import counted

if TYPE_CHECKING:
    from sync.imports.desk import ImportResult

_DATES = {"mdy": "month-day-year", "dmy": "day-month-year"}
_DECIMALS = {"dot": "1,234.50", "comma": "1.234,50"}
_ANSWERS = {"dates": "d says which", "decimals": "m says which", "field": "enter on its column"}
LEFT_OUT = Option("leave out", "nothing of this column is taken")


def _field(column: Column) -> Cell:
    if not column.field:
        return text_cell("–", "dim")
    words = column.field.replace("_", " ")
    return (
        (*text_cell(words, "strong"), (" by its values", "warn"))
        if column.guessed
        else (text_cell(words, "strong"))
    )


COLUMNS: tuple[Shown[Column], ...] = (
    Shown("header", "Column of the file", 18, lambda one: text_cell(one.header), 1, 32),
    Shown("field", "is", 20, _field, 1, 34),
    Shown("rows", "First rows", 20, lambda one: text_cell(" | ".join(one.rows), "dim"), 3),
)


class MapperScreen(RoomScreen):
    """One table at a time; nothing is imported from here, only previewed."""

    NAME = "mapper"
    BINDINGS = bindings("mapper", "side")
    CSS_PATH = "imports.tcss"

    def __init__(self, imports: Imports, tables: Sequence[TableDraft]) -> None:
        super().__init__()
        self._imports = imports
        self._tables = list(tables)
        self._at = 0
        self._list: RecordList[Column] = RecordList(COLUMNS, id="columns")

    def body(self) -> Iterable[Widget]:
        """The table, its columns, what is not certain about it."""
        yield Lines(id="title")
        yield self._list
        yield Lines(id="about")

    def on_mount(self) -> None:
        """Show the first table of which something is asked, else the first."""
        asked = (number for number, one in enumerate(self._tables) if one.questions)
        self._at = next(asked, 0)
        self._list.focus()
        self._show()

    @property
    def table(self) -> TableDraft:
        """The table on the screen."""
        return self._tables[self._at]

    def _show(self, cursor: int | None = None) -> None:
        self._list.show(self.table.columns, cursor)
        self.query_one("#title", Lines).show(list(self._title()))
        self.query_one("#about", Lines).show(list(self._about()))
        self.query_one(KeyBar).refresh()

    def _title(self) -> Iterable[Content]:
        table, style = self.table, self.table.style
        of = f"   table {self._at + 1} of {len(self._tables)}" if len(self._tables) > 1 else ""
        yield heading(table.name) + ink(of, "dim")
        how = f"by the kept columns {table.profile}" if table.profile else "a new shape"
        yield ink(f"Each row is of {table.kind} ({how}; {table.about})")
        yield ink(
            f"dates {_DATES[style.dates]}, amounts {_DECIMALS[style.decimals]}, {table.currency}",
            "dim",
        )

    def _about(self) -> Iterable[Content]:
        table = self.table
        if table.choice.changed is not None:
            yield ink(table.choice.changed_words, "warn")
        for one in table.questions:
            yield ink(f"▲ {one.words}: {_ANSWERS[one.about]}", "warn")
        others = sum(bool(one.questions) for one in self._tables) - bool(table.questions)
        if others:
            yield ink(f"▲ {counted(others, 'other table')} with questions: tab", "warn")
        elif not table.questions:
            yield ink("✓ p shows what the import would change; nothing is changed yet", "good")

    def refusal(self, action: str) -> str:
        """Why there can be no preview yet."""
        if action == "preview" and any(one.questions for one in self._tables):
            return "something about the columns is not certain yet"
        return ""

    # correcting

    @on(LineList.Opened, "#columns")
    def action_field(self) -> None:
        """Say what the column under the cursor is."""
        column = self._list.current
        if column is None:
            return

        def picked(value: str | None) -> None:
            if value is not None:
                field = "" if value == LEFT_OUT.value else value
                self._correct(Correction(column=(column.header, field)))

        options = [*self.table.options, LEFT_OUT]
        self.app.push_screen(PickScreen(f"What is “{column.header}”?", options), picked)

    def action_leave_out(self) -> None:
        """Leave the column under the cursor out."""
        column = self._list.current
        if column is not None and column.field:
            self._correct(Correction(column=(column.header, "")))

    def action_kind(self) -> None:
        """Say what a row of the table is."""
        self.app.push_screen(PickScreen("Each row of the table is of …", KINDS), self._of_kind)

    def _of_kind(self, value: str | None) -> None:
        if value is not None:
            self._correct(Correction(kind=value))

    def action_dates(self) -> None:
        """The other order of dates."""
        asked = any(one.about == "dates" for one in self.table.questions)
        now = self.table.style.dates
        other = "dmy" if now == "mdy" else "mdy"
        self._correct(Correction(dates=now if asked else other))

    def action_decimals(self) -> None:
        """The other way to write amounts."""
        asked = any(one.about == "decimals" for one in self.table.questions)
        now = self.table.style.decimals
        other = "comma" if now == "dot" else "dot"
        self._correct(Correction(decimals=now if asked else other))

    def action_currency(self) -> None:
        """The currency of its amounts, where no column says it."""
        known = [Option("USD", "US dollar"), Option("CAD", "Canadian dollar")]
        title = "Amounts are in … (three letters)"
        self.app.push_screen(PickScreen(title, known, _currency), self._in_currency)

    def _in_currency(self, value: str | None) -> None:
        if value is not None:
            self._correct(Correction(currency=value))

    def _correct(self, said: Correction) -> None:
        at, table = self._at, self.table

        async def correct() -> None:
            self._tables[at] = await asyncio.to_thread(self._imports.correct, table, said)
            self._show()

        self.work(correct, group="correct")

    def action_next_table(self, step: int) -> None:
        """Another table."""
        self._at = (self._at + step) % len(self._tables)
        self._show(cursor=0)

    # what it would change

    def action_preview(self) -> None:
        """Work out what the import would change."""
        from tui.screens.import_work import ImportWorkScreen

        refused = self.refusal("preview")
        if refused:
            self.say(f"Not yet: {refused}.", "warning")
            return
        tables = tuple(self._tables)
        self.app.push_screen(
            ImportWorkScreen(
                "Working out what would change",
                lambda watch: self._imports.preview(tables, watch),
                "Stopped. Nothing was changed.",
            ),
            self._previewed,
        )

    def _previewed(self, result: ImportResult | None) -> None:
        from tui.screens.import_preview import ImportPreviewScreen

        if result is not None:
            shown = ImportPreviewScreen(self._imports, tuple(self._tables), result)
            self.app.push_screen(shown, self._left_preview)

    def _left_preview(self, imported: bool | None) -> None:
        if imported:
            self.dismiss()


def _currency(typed: str) -> Option | None:
    code = typed.upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return replace(Option("", "as typed"), value=code)
    return None
