"""The plan of a void in QuickBooks, line by line, before anything is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button

from sync.undo import NAMES, UNDO_WORDS, Undo, UndoPlan
from tui.keys import bindings
from tui.screens.base import Dialog
from tui.widgets.cells import money_cell, text_cell
from tui.widgets.sheet import Lines, heading, ink, row
from tui.words import counted, spoken, worth

_LOOKS = {Undo.VOID: "bad", Undo.INACTIVE: "bad", Undo.STAYS: "dim", Undo.LEFT: "warn"}
LABEL, AMOUNT, ACTION = 24, 11, 22


class UndoScreen(Dialog[UndoPlan | None]):
    """What would be voided; `y` or a click says yes, anything else no."""

    NAME = "undo"
    BINDINGS = bindings("undo", "confirm", "side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, plan: UndoPlan, again: Callable[[bool], UndoPlan]) -> None:
        """Show a plan; `again` makes it anew, with or without names made inactive."""
        super().__init__()
        self._plan, self._again = plan, again

    def compose(self) -> ComposeResult:
        """Title, what it means, the lines, two buttons; the harmless one has the focus."""
        with Vertical(classes="box -wide -tall"):
            yield Lines(id="about")
            yield VerticalScroll(Lines(id="lines"))
            with Horizontal(classes="buttons"):
                yield Button(ink("Cancel"), id="no")
                yield Button(ink("y  Void exactly this"), id="yes")

    def on_mount(self) -> None:
        """Enter means no, wherever the focus goes."""
        self.query_one("#yes").can_focus = False
        self.query_one("#no").focus()
        self._fill()

    def _fill(self) -> None:
        plan = self._plan
        self.query_one("#about", Lines).show(list(_about(plan)))
        self.query_one("#lines", Lines).show(list(_lines(plan)))
        self.query_one("#yes", Button).disabled = not _work(plan)

    def action_names(self) -> None:
        """Tick, or untick, that created customers and products are made inactive."""
        inactive = not self._plan.inactive

        async def again() -> None:
            self._plan = await asyncio.to_thread(self._again, inactive)
            self._fill()

        self.work(again, group="names")

    def action_yes(self) -> None:
        """Void exactly what is shown."""
        if not self.query_one("#yes", Button).disabled:
            self.dismiss(self._plan)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.action_yes()
        else:
            self.dismiss(None)


def _work(plan: UndoPlan) -> str:
    """What would be done, in words; empty where nothing can be."""
    voids, names = plan.of(Undo.VOID), plan.of(Undo.INACTIVE)
    parts = [f"void {counted(len(voids), 'record')}, {worth(plan.amount)}"] if voids else []
    parts += [f"make {counted(len(names), 'name')} inactive"] if names else []
    return "; ".join(parts)


def _about(plan: UndoPlan) -> Iterable[Content]:
    yield heading("Void in QuickBooks")
    yield ink(_work(plan) or "Nothing of it can be voided: see the reasons.", "strong")
    yield ink("▲ Amounts become 0.00 there, the records stay; in Docket nothing changes.", "bad")
    yield ink("Only what this program made, and nobody has touched since.", "dim")
    if any(line.entity in NAMES for line in plan.lines):
        mark = "[x]" if plan.inactive else "[ ]"
        yield ink(f"{mark} x: make the customers and products inactive too", "dim")
    yield Content("")


def _lines(plan: UndoPlan) -> Iterable[Content]:
    for line in plan.lines:
        yield row(
            [
                (text_cell(line.label), LABEL, False),
                (money_cell(line.amount) if line.amount else (("", "dim"),), AMOUNT, True),
                (((UNDO_WORDS[line.action], _LOOKS[line.action]),), ACTION, False),
            ]
        )
        if line.reason:
            yield ink(f"    {spoken(line.reason)}", "dim")
