"""A screen that asks one question after another: a field, or a list to pick from.

A flow reads as a plain sequence of `await self.asked(…)`; the answers come from the keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from tui.screens.base import RoomScreen
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines

Way = tuple[str, str, str]
"""Something to pick: its name here, its words, and when it fits."""
COLUMNS: tuple[Column[Way], ...] = (
    Column("words", "Way", 48, lambda way: text_cell(way[1], "strong"), 3),
    Column("when", "For", 24, lambda way: text_cell(way[2], "dim")),
)


class AskingScreen(RoomScreen):
    """Asks; subclasses take the answers in order."""

    _answer: asyncio.Future[str] | None = None

    def body(self) -> Iterable[Widget]:
        """What is told, what can be picked, the one field."""
        yield Lines(id="told")
        yield RecordList[Way](COLUMNS, id="ways")
        yield Field(id="field")

    def on_mount(self) -> None:
        """Nothing is asked yet."""
        self.query_one("#ways").display = False
        self.query_one("#field").display = False

    def on_unmount(self) -> None:
        """Nobody is asked any more; a thread that waits for an answer goes on without."""
        if self._answer is not None:
            self._answer.cancel()

    @property
    def waits(self) -> bool:
        """Whether a person is being asked."""
        return self._answer is not None and not self._answer.done()

    async def asked(self, words: str, *, secret: bool = False) -> str:
        """The answer to one question; what is secret is not shown."""
        field = self.query_one("#field", Input)
        field.value, field.password, field.placeholder = "", secret, words
        field.display = True
        field.focus()
        try:
            return await self._waited()
        finally:
            field.value = ""
            field.display = False

    async def chosen(self, ways: Sequence[Way]) -> str:
        """The name of the one that is picked."""
        shown: RecordList[Way] = self.query_one("#ways", RecordList)
        shown.show(ways, cursor=0)
        shown.display = True
        shown.focus()
        try:
            return await self._waited()
        finally:
            shown.display = False

    async def _waited(self) -> str:
        self._answer = asyncio.get_running_loop().create_future()
        return await self._answer

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if self._answer is not None and self.waits:
            self._answer.set_result(event.value.strip())

    @on(LineList.Opened)
    def _picked(self) -> None:
        shown: RecordList[Way] = self.query_one("#ways", RecordList)
        if shown.current and self._answer is not None and self.waits:
            self._answer.set_result(shown.current[0])
