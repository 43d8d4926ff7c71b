"""Which file, or which folder of exports: a path, completed as it is typed."""

from __future__ import annotations

import asyncio
import os

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from tui.keys import bindings
from tui.ports import Imports
from tui.screens.base import Dialog
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink


def last_name(path: str) -> str:
    """The last part of a path; a folder keeps its separator."""
    folder = path.endswith(os.sep)
    return os.path.basename(path.rstrip(os.sep)) + (os.sep if folder else "")


COLUMNS: tuple[Column[str], ...] = (
    Column("name", "", 20, lambda path: text_cell(last_name(path)), 1),
)


class ImportFilesScreen(Dialog[str | None]):
    """Enter takes the file, or all exports of the folder; tab completes the name."""

    NAME = "files"
    BINDINGS = bindings("files", "side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, imports: Imports) -> None:
        super().__init__()
        self._imports = imports
        self._list: RecordList[str] = RecordList(COLUMNS, empty="No export of this name.")

    def compose(self) -> ComposeResult:
        """A path, and what is there."""
        with Vertical(classes="box -wide -tall"):
            yield Lines([heading("Import Docket's exports"), Content("")])
            yield Field(os.path.join(self._imports.folder, ""), id="path", select_on_focus=False)
            yield self._list
            yield Lines(
                [
                    ink("tab completes the name; ↓ goes to the list.", "dim"),
                    ink("enter takes a file, or a folder with all its CSV and XLSX.", "dim"),
                ]
            )

    def on_mount(self) -> None:
        """Type at once, behind the folder."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        async def find() -> None:
            found = await asyncio.to_thread(self._imports.names, event.value)
            self._list.show(found, cursor=0)

        self.work(find, group="find")

    def action_complete(self) -> None:
        """As far as all names agree."""
        field = self.query_one(Input)
        paths = [one for one in map(self._list.record, range(self._list.line_count)) if one]
        # By letters, not by folders: half a name is completed too.
        common = os.path.commonprefix(paths)  # noqa: RUF071 - meant, see above
        if len(common) > len(os.path.expanduser(field.value)):
            field.value = common
            field.cursor_position = len(common)

    def action_into_list(self) -> None:
        """To the names."""
        self._list.focus()

    def action_back(self) -> None:
        """From the names to the path, from the path away."""
        if self._list.has_focus:
            self.query_one(Input).focus()
        else:
            self.dismiss(None)

    @on(LineList.Opened)
    def _opened(self) -> None:
        path = self._list.current
        if path is not None and path.endswith(os.sep):
            field = self.query_one(Input)
            field.value = path
            field.cursor_position = len(path)
            field.focus()
        elif path is not None:
            self.dismiss(path)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())
