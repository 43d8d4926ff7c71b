"""The documents that a sync would make for one invoice, field by field."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button

from sync.shapes import InvoicePlan
from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.documents import Documents


class DocumentsScreen(Dialog[None]):
    """Read and closed."""

    NAME = "documents"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, plan: InvoicePlan) -> None:
        super().__init__()
        self._plan = plan

    def compose(self) -> ComposeResult:
        """The fields, scrollable."""
        with Vertical(classes="box -wide"):
            with VerticalScroll():
                yield Documents(self._plan)
            yield Button(Content("esc  Close"), id="close")

    def on_button_pressed(self) -> None:
        """Read."""
        self.dismiss(None)
