"""From which date on invoices are posted; what is older is only matched and linked."""

from __future__ import annotations

import asyncio

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from tui.keys import bindings
from tui.manner import formats
from tui.screens.base import Dialog
from tui.widgets.field import Field
from tui.widgets.sheet import Lines, heading, ink
from tui.words import day


class StartDateScreen(Dialog[None]):
    """A date, checked as it is typed."""

    NAME = "start_date"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def compose(self) -> ComposeResult:
        """What the date means, and a field for it."""
        with Vertical(classes="box"):
            yield Lines(
                [
                    heading("Start date"),
                    Content(""),
                    ink("Invoices from this date on are posted to QuickBooks."),
                    ink("Older ones are matched with what is there and linked, never posted."),
                    ink(
                        "A usual choice is the first day of a month that is not closed yet.", "dim"
                    ),
                    Content(""),
                ]
            )
            yield Field(placeholder=formats().example, max_length=10)
            yield Lines(
                [ink("As in QuickBooks, or year-month-day; enter keeps it.", "dim")], id="answer"
            )

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        try:
            chosen = formats().read_day(event.value)
        except ValueError as error:
            answer = ink(str(error), "warn")
            self.query_one("#answer", Lines).show([answer])
            return

        async def keep() -> None:
            await asyncio.to_thread(self.backstage.desk.set_start_date, chosen)
            self.say(f"Invoices from {day(chosen)} on are posted.")
            program = self.program
            self.dismiss(None)
            if program.has_books and program.banner is not None and program.banner.connected:
                program.routes.opening()

        self.work(keep)
