"""The conflict workbench: what cannot be posted, grouped by the choice that solves it."""

from __future__ import annotations

from collections.abc import Sequence

from sync.conflict_words import CONFLICT_WORDS
from sync.shapes import ConflictGroup
from tui.keys import bindings
from tui.options import Subject, of_group
from tui.screens.workbench import WorkbenchScreen
from tui.widgets.cells import money_cell, text_cell
from tui.widgets.choice_panel import ChoicePanel
from tui.widgets.columns import Column
from tui.words import counted, invoices_worth

COLUMNS: tuple[Column[ConflictGroup], ...] = (
    Column("kind", "What to do", 18, lambda group: ((CONFLICT_WORDS[group.kind], "warn"),), 1, 22),
    Column("subject", "For", 14, lambda group: text_cell(group.subject), 4),
    Column("count", "Inv.", 5, lambda group: ((f"{len(group.invoices):,}", "plain"),), right=True),
    Column("amount", "Money", 11, lambda group: money_cell(group.amount), right=True),
)


class ConflictsScreen(WorkbenchScreen[ConflictGroup]):
    """One line a choice, with the invoices and the money that wait for it."""

    NAME = "conflicts"
    BINDINGS = bindings("conflicts", "side")
    EMPTY = "No conflicts. Every invoice can be posted or agrees."
    COLUMNS = COLUMNS

    def read(self) -> Sequence[ConflictGroup]:
        """The conflicts that are open."""
        return self.backstage.desk.conflicts()

    def subject(self, record: ConflictGroup) -> Subject:
        """What the choice is about."""
        return of_group(record)

    def headline(self, records: Sequence[ConflictGroup]) -> tuple[str, str]:
        """`Conflicts   61 invoices, 12,430.00, solved by 7 choices`."""
        waiting = {docket_id for group in records for docket_id in group.invoices}
        amount = sum(group.amount for group in records)
        words = (
            f"{invoices_worth(len(waiting), amount)}, solved by {counted(len(records), 'choice')}"
        )
        return "Conflicts", words if records else "none"

    def action_invoices(self) -> None:
        """Show the invoices of the highlighted conflict in the table."""
        group = self._list.current
        if group is not None:
            self.dismiss()
            self.program.main_screen.show_only(group.invoices)

    def action_browse(self) -> None:
        """Open the highlighted record in QuickBooks."""
        option = self.query_one(ChoicePanel).option
        if option is None or option.candidate is None:
            self.say("Highlight a record of QuickBooks first: enter goes to the options.")
            return
        url = self.backstage.web_url(option.candidate.entity, option.candidate.qbo_id)
        self.program.open_in_browser(url)
