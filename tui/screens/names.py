"""Step 1: every client and product of the pending invoices beside its name in QuickBooks."""

from __future__ import annotations

from collections.abc import Sequence

from sync.shapes import NameRow
from tui.differences import marked
from tui.keys import bindings
from tui.name_words import NAMES
from tui.options import Subject, of_name
from tui.screens.workbench import WorkbenchScreen
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.columns import Column
from tui.words import counted, invoices_worth


def _held(row: NameRow) -> Cell:
    """The name in QuickBooks, differing characters marked."""
    match = row.match
    if match.target is not None:
        return marked(match.target.name, match.name)
    if match.create_as:
        return (("new: ", "good"), *text_cell(match.create_as))
    if match.candidates:
        return (*marked(match.candidates[0].name, match.name), ("?", "warn"))
    return (("not there", "dim"),)


def _state(row: NameRow) -> Cell:
    look = NAMES[row.match.state]
    return ((look.text, "warn" if row.waiting else look.style),)


COLUMNS: tuple[Column[NameRow], ...] = (
    Column("kind", "", 7, lambda row: ((row.match.kind, "dim"),), drop=3),
    Column("name", "In Docket", 14, lambda row: text_cell(row.match.name), 3, 40),
    Column("held", "In QuickBooks", 14, _held, 3, 44),
    Column("state", "", 17, _state),
    Column("count", "Inv.", 4, lambda row: ((f"{row.invoices:,}", "plain"),), drop=2, right=True),
    Column("amount", "Money", 11, lambda row: money_cell(row.amount), drop=1, right=True),
)


class NamesScreen(WorkbenchScreen[NameRow]):
    """One line a name; those that wait for a person come first."""

    NAME = "names"
    BINDINGS = bindings("names", "side")
    EMPTY = "No names to check: nothing is pending."
    COLUMNS = COLUMNS

    def __init__(self) -> None:
        super().__init__()
        self._waiting_only = False

    def read(self) -> Sequence[NameRow]:
        """The name check, those that wait first."""
        return sorted(self.backstage.desk.names(), key=lambda row: (not row.waiting, -row.amount))

    def subject(self, record: NameRow) -> Subject:
        """What the choice is about."""
        return of_name(record)

    def headline(self, records: Sequence[NameRow]) -> tuple[str, str]:
        """`Names   3 of 41 wait for you, 12,430.00`."""
        waiting = [row for row in records if row.waiting]
        rest = f"{counted(len(records), 'name')}, all settled"
        if waiting:
            held = invoices_worth(sum(r.invoices for r in waiting), sum(r.amount for r in waiting))
            rest = f"{len(waiting)} of {counted(len(records), 'name')} wait for you: {held}"
        return "Names on both sides", rest

    def shown(self, records: Sequence[NameRow]) -> Sequence[NameRow]:
        """All, or those that wait."""
        return [row for row in records if row.waiting or not self._waiting_only]

    def action_waiting(self) -> None:
        """Only names that wait; again all."""
        self._waiting_only = not self._waiting_only
        self.fill()
