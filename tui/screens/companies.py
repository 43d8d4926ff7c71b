"""The companies of this user: which one is shown, and another one instead."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from tui.keys import bindings
from tui.ports import CompanyLine
from tui.screens.list_screen import ListScreen
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink

COLUMNS: tuple[Column[CompanyLine], ...] = (
    Column("here", "", 9, lambda one: (("● shown" if one.current else "", "good"),)),
    Column("name", "Company", 28, lambda one: text_cell(one.name, "strong"), 3),
    Column("kind", "", 18, lambda one: text_cell(one.kind, "plain" if one.connected else "warn")),
)


class CompaniesScreen(ListScreen):
    """Enter switches: the dashboard opens again on the other company's cache."""

    NAME = "companies"
    BINDINGS = bindings("companies", "side")
    CSS_PATH = "result.tcss"

    def body(self) -> Iterable[Widget]:
        """What this is, and the companies."""
        yield Lines(
            [
                heading("Companies"),
                ink("Each has a cache, keys and settings of its own; enter switches to one."),
            ],
            id="figures",
        )
        yield RecordList[CompanyLine](COLUMNS, empty="This is the only cache there is.")

    async def read(self) -> None:
        """The companies as their configurations have them."""
        connections = self.backstage.connections
        if connections is not None:
            self.query_one(RecordList).show(await asyncio.to_thread(connections.companies))

    @on(LineList.Opened)
    def _opened(self) -> None:
        lines: RecordList[CompanyLine] = self.query_one(RecordList)
        one = lines.current
        if one is None or one.current:
            self.dismiss()
        elif not one.connected:
            words = f"{one.name} is not connected yet: docket-qbo connect --company {one.key}"
            self.say(words, "warning")
        elif self.program.runs.going:
            self.say("A sync is under way here: stop it first, or let it end.", "warning")
        else:
            self.program.switch_company(one.key)

    def action_connect(self) -> None:
        """Connect the company that is shown anew."""
        self.program.routes.connect()

    def action_new(self) -> None:
        """Connect another company."""
        self.program.routes.connect(new=True)
