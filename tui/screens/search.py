"""Look for another record in QuickBooks by a piece of its name."""

from __future__ import annotations

import asyncio

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from sync.shapes import Candidate
from tui.keys import bindings
from tui.options import Subject
from tui.screens.base import Dialog
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading

COLUMNS: tuple[Column[Candidate], ...] = (
    Column("name", "In QuickBooks", 24, lambda found: text_cell(found.name), 3),
    Column("kind", "", 9, lambda found: text_cell(found.entity.lower(), "dim")),
    Column(
        "why", "Evidence", 14, lambda found: text_cell(", ".join(found.evidence), "dim"), 2, drop=1
    ),
)


class SearchScreen(Dialog[Candidate | None]):
    """Type, then take one with enter or a double click."""

    NAME = "search"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, subject: Subject, title: str = "Look for another in QuickBooks") -> None:
        super().__init__()
        self._subject, self._title = subject, title
        self._list: RecordList[Candidate] = RecordList(
            COLUMNS, subject.candidates, empty="Nothing yet: type a piece of the name."
        )

    def compose(self) -> ComposeResult:
        """A field and what it finds."""
        with Vertical(classes="box -wide -tall"):
            yield Lines([heading(self._title), Content("")])
            yield Field(placeholder="a piece of the name", id="text")
            yield self._list

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        subject, text = self._subject, event.value

        async def find() -> None:
            found = await asyncio.to_thread(
                self.backstage.desk.candidates, subject.kind, subject.key, text
            )
            self._list.show(found, cursor=0)

        self.work(find, group="find")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._list.focus()

    @on(LineList.Opened)
    def _opened(self) -> None:
        self.dismiss(self._list.current)
