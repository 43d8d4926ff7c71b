"""A rule for products that are alike, with what it takes while it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from core.errors import UsageTrouble
from sync.patterns import PATTERN, PatternName, PatternPreview, ids_of
from sync.shapes import NameMatch
from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.cells import money_cell, safe, text_cell
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import counted, invoices_worth

NAMED = 6
"""Products that a question names before it says how many more there are."""
NEXT = "enter: which product/service"

COLUMNS: tuple[Column[PatternName], ...] = (
    Column("name", "In Docket", 24, lambda one: text_cell(one.name), 3),
    Column("lines", "Lines", 6, lambda one: ((f"{one.lines:,}", "dim"),), right=True, drop=1),
    Column("count", "Inv.", 6, lambda one: ((f"{one.invoices:,}", "plain"),), right=True),
    Column("amount", "Money", 11, lambda one: money_cell(one.amount), right=True),
)


class RuleScreen(Dialog[str]):
    """Type the rule; the list shows the products that it takes. Enter goes on."""

    NAME = "rule"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = ""

    def __init__(self, start: str) -> None:
        """`start` is the rule that the product at the cursor suggests."""
        super().__init__()
        self._start = start
        self._list: RecordList[PatternName] = RecordList(
            COLUMNS, empty="No product that is still to be posted fits."
        )

    def compose(self) -> ComposeResult:
        """What a rule is, the field, what it takes."""
        words = "Every product whose name fits is one product/service; * stands for anything."
        with Vertical(classes="box -wide -tall"):
            yield Lines([heading("A rule for products that are alike"), ink(words), Content("")])
            yield Field(self._start, placeholder="10 yd *", id="text")
            yield self._list
            yield Lines([ink(NEXT, "dim")], id="takes")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        text = event.value

        async def find() -> None:
            await self._show(text)

        self.work(find, group="find")

    async def _show(self, text: str) -> bool:
        """Show what a rule takes, or why it is none; return whether it is one."""
        names: Sequence[PatternName] = ()
        trouble: UsageTrouble | None = None
        try:
            names = await asyncio.to_thread(self.backstage.desk.rule_names, text)
        except UsageTrouble as raised:
            trouble = raised
        said = ink(f"{touched(names)}; {NEXT}", "dim")
        if trouble is not None:
            said = ink(f"{trouble.what} {trouble.fix}" if text.strip() else trouble.fix, "warn")
        self._list.show(names, cursor=0)
        self.query_one("#takes", Lines).show([said])
        return trouble is None

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()

        async def go_on() -> None:
            if await self._show(text):
                self.dismiss(text)

        self.work(go_on, group="find")


def suggested(match: NameMatch) -> str:
    """Return the rule that a product suggests: its first two words, and anything."""
    if match.kind == PATTERN:
        return match.name
    words = safe(match.name, 60).split() if match.kind == "product" else []
    return " ".join([*words[:2], "*"]) if words else ""


def rule_words(preview: PatternPreview) -> Iterator[str]:
    """Yield what a rule would touch: each product, then all of it."""
    for one in preview.names[:NAMED]:
        yield f"{safe(one.name, 40)}: {invoices_worth(one.invoices, one.amount)}"
    more = len(preview.names) - NAMED
    if more > 0:
        yield f"and {counted(more, 'more product')}"
    yield f"{touched(preview.names)}, to {safe(preview.item, 60)}."
    yield "What is in QuickBooks already stays as it is."


def touched(names: Sequence[PatternName]) -> str:
    """`3 products on 12 invoices, 4,950.00`: their lines, before tax."""
    money = sum(one.amount for one in names)
    return f"{counted(len(names), 'product')} on {invoices_worth(len(ids_of(names)), money)}"
