"""Docket's export files: what was imported so far, a new import, and the last one taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget

from store.imports import ImportRow
from sync.imports.words import STATES, brought, counted, last_to_undo
from tui.keys import bindings
from tui.ports import Imports
from tui.screens.confirm import ConfirmScreen
from tui.screens.list_screen import ListScreen
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import moment

FINDINGS_SHOWN = 6
_STYLES = {"RUNNING": "warn", "DONE": "plain", "UNDONE": "dim"}

COLUMNS: tuple[Column[ImportRow], ...] = (
    Column("at", "When", 16, lambda row: text_cell(moment(row.started_at), "strong")),
    Column("state", "", 10, lambda row: text_cell(STATES[row.state], _STYLES[row.state])),
    Column("what", "New or changed", 24, lambda row: text_cell(brought(row)), 3),
    Column("actor", "By", 8, lambda row: text_cell(row.actor, "dim"), 1, 16, drop=1),
)


class ImportsScreen(ListScreen):
    """Imports as lines; below them the files and findings of the one at the cursor."""

    NAME = "imports"
    BINDINGS = bindings("imports", "side")
    CSS_PATH = "imports.tcss"

    def __init__(self, imports: Imports) -> None:
        super().__init__()
        self._imports = imports
        self._rows: Sequence[ImportRow] = ()
        self._log: RecordList[ImportRow] = RecordList(
            COLUMNS, empty="Nothing was imported yet: n names a file or a folder.", id="log"
        )
        self._asked = False

    def body(self) -> Iterable[Widget]:
        """The log, and more about one line of it."""
        yield Lines([heading("Imports of Docket's export files")], id="title")
        yield self._log
        yield Lines(id="about")

    async def read(self) -> None:
        """Read the log; where it is empty, ask for files at once."""
        self._rows = await asyncio.to_thread(self._imports.log)
        self._log.show(self._rows)
        self._tell()
        self.query_one(KeyBar).refresh()
        if not self._rows and not self._asked:
            self.action_new()

    @on(LineList.Moved, "#log")
    def _tell(self) -> None:
        row = self._log.current
        self.query_one("#about", Lines).show(list(_about(row)) if row else [])

    def refusal(self, action: str) -> str:
        """Why nothing can be taken back."""
        if action == "take_back" and last_to_undo(self._rows) is None:
            return "there is no import to take back"
        return ""

    def action_new(self) -> None:
        """Ask for files, then show their columns."""
        from tui.screens.import_files import ImportFilesScreen

        self._asked = True
        self.app.push_screen(ImportFilesScreen(self._imports), self._named)

    def _named(self, path: str | None) -> None:
        if path is None:
            return

        async def look() -> None:
            from tui.screens.mapper import MapperScreen

            tables = await asyncio.to_thread(self._imports.look, path)
            self.app.push_screen(MapperScreen(self._imports, tables))

        self.work(look, group="look")

    def action_take_back(self) -> None:
        """Take the last import back, after asking."""
        last = last_to_undo(self._rows)
        if last is None:
            self.say(f"Not now: {self.refusal('take_back')}.")
        else:
            self.app.push_screen(_question(last), self._answered)

    def _answered(self, yes: bool | None) -> None:
        async def undo() -> None:
            counts = await self.backstage.elsewhere(self._imports.undo)
            await self.program.read_banner()
            self.program.main_screen.refresh_guide()
            self.say(f"Taken back: {counted(counts)}.")
            await self.read()

        if yes:
            self.work(undo, group="undo")


def _question(last: ImportRow) -> ConfirmScreen:
    return ConfirmScreen(
        "Take the last import back?",
        [
            f"{moment(last.started_at)}: {_what(last)}.",
            "Every record it changed becomes what it was before; new ones go.",
            "It is refused if something was posted from it. Nothing changes in QuickBooks.",
        ],
        yes="Take it back",
    )


def _what(row: ImportRow) -> str:
    return "cut short" if row.state == "RUNNING" else brought(row)


def _about(row: ImportRow) -> Iterable[Content]:
    for file in row.files:
        yield ink(f"{file['name']}  ({file['kind']}, columns of {file['profile']})")
    for finding in row.findings[:FINDINGS_SHOWN]:
        at = f", row {finding['row']}" if finding["row"] else ""
        yield ink(f"▲ {finding['file']}{at}: {finding['words']}", "warn")
    more = len(row.findings) - FINDINGS_SHOWN
    if more > 0:
        yield ink(f"  and {more:,} more", "dim")
