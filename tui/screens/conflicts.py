"""The conflict workbench: what cannot be posted, grouped by the choice that solves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.money import format_cents
from sync.conflict_words import CONFLICT_WORDS
from sync.shapes import ConflictGroup
from tui.keys import bindings
from tui.options import SEARCHED, Subject, of_group
from tui.screens.workbench import WorkbenchScreen
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.columns import Column
from tui.words import counted, invoices_worth, spoken


def _subject(group: ConflictGroup) -> Cell:
    """A name as it stands; of all else its days as this office writes them."""
    words = group.subject if group.subject_kind in SEARCHED else spoken(group.subject)
    return text_cell(words)


COLUMNS: tuple[Column[ConflictGroup], ...] = (
    Column("kind", "What to do", 18, lambda group: ((CONFLICT_WORDS[group.kind], "warn"),), 1, 22),
    Column("subject", "For", 14, _subject, 4),
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
        """`Conflicts   61 invoices, 12,430.00, solved by 7 choices`.

        An invoice that waits for two of them is one invoice, and its money counts once.
        """
        if not records:
            return "Conflicts", "none"
        waiting = {docket_id for group in records for docket_id in group.invoices}
        parts = [invoices_worth(len(waiting), self.program.listing.sums(waiting).amount)]
        loose = sum(group.amount for group in records if not group.invoices)
        if loose:
            parts.append(f"{format_cents(loose)} on no invoice")
        return "Conflicts", f"{', '.join(parts)}, solved by {counted(len(records), 'choice')}"

    def counts(self, records: Sequence[ConflictGroup]) -> Mapping[str, int]:
        """Invoices by what there is to do, and money on no invoice; two reasons count twice."""
        by_kind: dict[str, set[str]] = {}
        for group in records:
            waiting = group.invoices or (group.subject_key,)
            by_kind.setdefault(CONFLICT_WORDS[group.kind], set()).update(waiting)
        return {words: len(waiting) for words, waiting in by_kind.items()}

    def action_invoices(self) -> None:
        """Show the invoices of the highlighted conflict in the table."""
        group = self._list.current
        if group is not None:
            self.show_invoices(group.invoices)
