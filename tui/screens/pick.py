"""Pick one of a few dozen words: type a piece of it, or go down the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from sync.imports.draft import Option
from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink

COLUMNS: tuple[Column[Option], ...] = (
    Column("value", "", 18, lambda one: text_cell(one.value.replace("_", " "), "strong"), 1, 26),
    Column("words", "", 20, lambda one: text_cell(one.words, "dim"), 2),
)


class PickScreen(Dialog[str | None]):
    """Enter takes the first that fits what was typed; in the list, the one at the cursor."""

    NAME = "pick"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        own: Callable[[str], Option | None] = lambda typed: None,
    ) -> None:
        """Offer these; `own` may make one more of what was typed."""
        super().__init__()
        self._title, self._options, self._own = title, options, own
        self._list: RecordList[Option] = RecordList(COLUMNS, options, empty="Nothing fits.")

    def compose(self) -> ComposeResult:
        """A field and what fits it."""
        with Vertical(classes="box -wide -tall"):
            yield Lines([heading(self._title), Content("")])
            yield Field(placeholder="a piece of the word", id="text")
            yield self._list
            yield Lines([ink("enter takes the first; tab goes to the list", "dim")])

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        piece = event.value.strip().casefold()
        found = [one for one in self._options if _fits(one, piece)]
        found.sort(key=lambda one: not one.value.replace("_", " ").startswith(piece))
        own = self._own(event.value.strip())
        self._list.show([*found, own] if own and own not in found else found, cursor=0)

    @on(Input.Submitted)
    @on(LineList.Opened)
    def _taken(self) -> None:
        if self._list.current is not None:
            self.dismiss(self._list.current.value)


def _fits(one: Option, piece: str) -> bool:
    return piece in one.value.replace("_", " ") or piece in one.words.casefold()
