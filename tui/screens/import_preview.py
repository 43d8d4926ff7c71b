"""What an import would change, its findings row by row; and, once confirmed, what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from sync.imports.desk import Finding
from sync.imports.words import change_words
from tui.keys import bindings, footer
from tui.ports import Imports
from tui.screens.base import AnyScreen
from tui.screens.import_work import ImportWorkScreen
from tui.widgets.banner import Banner
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.widgets.too_small import TooSmall
from tui.words import counted

if TYPE_CHECKING:
    from sync.imports.desk import ImportResult
    from sync.imports.draft import TableDraft

COLUMNS: tuple[Column[Finding], ...] = (
    Column("file", "File", 14, lambda one: text_cell(one.file), 1, 30),
    Column("row", "Row", 6, lambda one: text_cell(str(one.row or "")), right=True),
    Column("column", "Column", 12, lambda one: text_cell(one.column), 1, 24, drop=1),
    Column("words", "What is wrong", 24, lambda one: text_cell(one.words, "warn"), 4),
)


class ImportPreviewScreen(AnyScreen[bool]):
    """Counts above, findings below; ends with whether an import was begun."""

    NAME = "import_preview"
    BINDINGS = bindings("import_preview", "side")
    CSS_PATH = "imports.tcss"

    def __init__(
        self, imports: Imports, tables: Sequence[TableDraft], result: ImportResult
    ) -> None:
        super().__init__()
        self._imports, self._tables, self._result = imports, tables, result
        self._tried = self._done = False

    def compose(self) -> ComposeResult:
        """Banner, counts, findings, keys."""
        yield Banner(self.program.banner)
        yield Lines(id="title")
        yield RecordList(COLUMNS, empty="Nothing is wrong with these files.", id="findings")
        yield Lines(id="about")
        yield KeyBar(footer(*self.places()), self.refusal)
        yield TooSmall()

    def on_mount(self) -> None:
        """Show the preview."""
        self.query_one(RecordList).focus()
        self._show()

    def _show(self) -> None:
        self.query_one("#title", Lines).show(list(self._title()))
        self.query_one(RecordList).show(self._result.findings)
        self._tell()
        self.query_one(KeyBar).refresh()

    @on(LineList.Moved, "#findings")
    def _tell(self) -> None:
        finding: Finding | None = self.query_one(RecordList).current
        self.query_one("#about", Lines).show([ink(finding.sentence())] if finding else [])

    def _title(self) -> Iterable[Content]:
        result = self._result
        what = "Imported" if self._done else "The import would bring"
        if self._tried and not self._done:
            yield ink(
                "▲ Not all of it was imported. What has come is in the log, where u takes it back;"
                " y does it again.",
                "warn",
            )
        yield heading(f"{what}   ") + ink(f"from {counted(len(self._tables), 'table')}", "dim")
        changes = change_words(result.counts)
        for words in changes:
            yield ink(f"  {words}", "good")
        if not changes:
            yield ink("  Nothing is new, nothing has changed.")
        if result.findings_count:
            yield ink(
                f"▲ {counted(result.findings_count, 'finding')}: what is named below is left out,"
                " the rest comes in",
                "warn",
            )
        if not self._tried:
            yield ink("Nothing is changed yet: y imports.", "dim")

    def refusal(self, action: str) -> str:
        """Why it cannot be imported again."""
        return "it is imported" if action == "take" and self._done else ""

    def action_take(self) -> None:
        """Import."""
        if self._done:
            self.say("It is imported; esc goes back.")
            return
        self._tried = True
        self.app.push_screen(
            ImportWorkScreen(
                "Importing",
                lambda watch: self._imports.run(self._tables, watch),
                "Stopped. What has come is kept.",
            ),
            self._ended,
        )

    def _ended(self, result: ImportResult | None) -> None:
        if result is not None:  # else it was stopped, or an error stands on the screen
            self._result, self._done = result, True
        self._show()

        async def tell() -> None:
            await self.program.read_banner()
            self.program.main_screen.refresh_guide()

        self.work(tell, group="tell")

    def action_back(self) -> None:
        """To the columns, or once something was imported to the log."""
        self.dismiss(self._tried)
