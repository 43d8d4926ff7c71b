"""Step 1, and later: every name of Docket's beside its record in QuickBooks, and how it came.

What waits for a person comes first, then what is nothing in QuickBooks yet. Groups and a
search narrow it; a choice is made in the panel, as for a conflict.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from core.text import name_key
from sync.patterns import PATTERN
from sync.questions import Answer, Question
from sync.shapes import NameRow
from tui.differences import marked
from tui.keys import bindings
from tui.name_words import GROUPS, came, kind_word, searched_by
from tui.options import COMPARED, Option, Subject, of_name
from tui.screens.confirm import ConfirmScreen
from tui.screens.rule import RuleScreen, rule_words, suggested
from tui.screens.search import SearchScreen
from tui.screens.settings import keep_answer
from tui.screens.workbench import WorkbenchScreen
from tui.widgets.cells import Cell, money_cell, text_cell
from tui.widgets.chips import Chips
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.sheet import Lines
from tui.words import counted, invoices_worth


def _held(row: NameRow) -> Cell:
    """The name in QuickBooks, differing characters marked where it was compared by name."""
    match = row.match
    if row.question is not None:
        return text_cell(row.question.answer(row.answer))
    compared = match.kind in COMPARED
    if match.target is not None:
        name = match.target.name
        return marked(name, match.name) if compared else text_cell(name)
    if match.create_as:
        return (("new: ", "good"), *text_cell(match.create_as))
    if match.candidates and compared:
        return (*marked(match.candidates[0].name, match.name), ("?", "warn"))
    return (("not there", "dim"),)


def _kind(row: NameRow) -> Cell:
    return ((kind_word(row.match.kind), "dim"),)


COLUMNS: tuple[Column[NameRow], ...] = (
    Column("kind", "", 8, _kind, drop=2),
    Column("name", "In Docket", 14, lambda row: text_cell(row.match.name), 3, 40),
    Column("held", "In QuickBooks", 13, _held, 3, 44),
    Column("how", "How it came", 20, came),
    Column("count", "Inv.", 6, lambda row: ((f"{row.invoices:,}", "plain"),), right=True),
    Column("amount", "Money", 11, lambda row: money_cell(row.amount), drop=3, right=True),
)
_RULE = Subject(PATTERN, "", "", "", (), 0, 0, (), (), ())


class NamesScreen(WorkbenchScreen[NameRow]):
    """One line a name, in groups."""

    NAME = "names"
    BINDINGS = bindings("names", "side")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (150, "-wide")]  # noqa: RUF012 - Textual's name
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012 - Textual's name
    EMPTY = GROUPS[0].empty
    COLUMNS = COLUMNS

    def __init__(self) -> None:
        super().__init__()
        self._waiting_only = False
        self._chips = Chips([group.words for group in GROUPS])
        self._field = Field(placeholder="a piece of a name", id="search", compact=True)
        self._texts: Sequence[str] = ()
        """What each record is found by."""
        self._kinds: Counter[str] = Counter()
        """How many records there are of each kind."""
        self._waits: dict[int, str] = {}
        """What the headline says of each group."""

    def above(self) -> Iterable[Widget]:
        """Search and headline, groups."""
        self._field.display = False
        yield Horizontal(self._field, Lines(id="title"), id="finding")
        yield self._chips

    def read(self) -> Sequence[NameRow]:
        """Every name, what waits first."""
        return self.backstage.desk.mappings()

    async def reload(self) -> None:
        """Read all again, with what a search looks through."""

        def read() -> tuple[Sequence[NameRow], Sequence[str]]:
            rows = self.read()
            return rows, [searched_by(row) for row in rows]

        self._records, self._texts = await asyncio.to_thread(read)
        self._kinds = Counter(row.match.kind for row in self._records)
        self._waits = {}
        self.fill()

    def subject(self, record: NameRow) -> Subject:
        """What the choice is about."""
        return of_name(record)

    def headline(self, records: Sequence[NameRow]) -> tuple[str, str]:
        """`Names on both sides   3 of 41 names wait for you: 25 invoices, 12,430.00`."""
        group = self._chips.active
        if self._field.value:
            return "Names on both sides", f"{counted(len(self.shown(records)), 'name')} found"
        if group not in self._waits:
            self._waits[group] = self._waiting([row for row in records if self._in_group(row)])
        return "Names on both sides", self._waits[group]

    def _waiting(self, rows: Sequence[NameRow]) -> str:
        """How many names wait; an invoice that waits for two of them counts once."""
        waiting = [row for row in rows if row.waiting]
        if not waiting:
            return f"{counted(len(rows), 'name')}, none waits for you" if rows else "none here"
        held = {docket_id for row in waiting for docket_id in row.ids}
        worth = invoices_worth(len(held), self.program.listing.sums(held).amount)
        return f"{len(waiting)} of {counted(len(rows), 'name')} wait for you: {worth}"

    def fill(self) -> None:
        """Show what was read, and how many names each group has."""
        counts = [sum(self._kinds[kind] for kind in group.kinds or self._kinds) for group in GROUPS]
        self._chips.show(counts, self._chips.active)
        self._list.empty = self._emptiness(counts[self._chips.active])
        self._list.hide(frozenset({"kind"} if self._chips.active else ()))
        super().fill()

    def _emptiness(self, count: int) -> str:
        if not count:
            return GROUPS[self._chips.active].empty
        if self._field.value:
            return "Nothing is called so here; esc ends the search."
        return "None waits for you here; w shows all."

    def nothing(self) -> str:
        """What the panel says where there is no line: what to do, if the group says it."""
        return GROUPS[self._chips.active].fix or super().nothing()

    def shown(self, records: Sequence[NameRow]) -> Sequence[NameRow]:
        """The group's, those that wait, those that the search finds."""
        words = name_key(self._field.value).split()
        return [
            row
            for row, text in zip(records, self._texts, strict=True)
            if (row.waiting or not self._waiting_only)
            and self._in_group(row)
            and all(word in text for word in words)
        ]

    def _in_group(self, row: NameRow) -> bool:
        kinds = GROUPS[self._chips.active].kinds
        return not kinds or row.match.kind in kinds

    # finding

    def _narrow(self) -> None:
        self._list.cursor = 0
        self.fill()

    def action_waiting(self) -> None:
        """Only names that wait; again all."""
        self._waiting_only = not self._waiting_only
        self._narrow()

    def action_group(self, index: int) -> None:
        """Show one kind of names."""
        self._chips.active = index
        self._narrow()

    def action_next_group(self, step: int) -> None:
        """The next kind of names."""
        self.action_group((self._chips.active + step) % len(GROUPS))

    @on(Chips.Picked)
    def _picked(self, event: Chips.Picked) -> None:
        self.action_group(event.index)

    def action_search(self) -> None:
        """Type to search."""
        self._field.display = True
        self.set_focus(self._field)

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self._narrow()

    @on(Input.Submitted, "#search")
    def _searched(self) -> None:
        self._list.focus()

    def action_back(self) -> None:
        """Out of the options, then out of the search, then back to the screen before."""
        if self._field.display and (self._field.has_focus or self._list.has_focus):
            self._field.display = False
            self._field.value = ""
            self._list.focus()
        else:
            super().action_back()

    def action_invoices(self) -> None:
        """Show the invoices that a change of this name would touch."""
        row = self._list.current
        if row is None or not row.ids:
            self.say("No invoice that is still to be posted has this name.")
        else:
            self.show_invoices(row.ids)

    # deciding

    def decide(self, subject: Subject, option: Option) -> None:
        """Take an option; a setting shows first what it would change."""
        if subject.question is not None and option.answer is not None and not option.refusal:
            question, answer = subject.question, option.answer
            self.work(lambda: self._answer(question, answer), group="change")
        else:
            super().decide(subject, option)

    async def _answer(self, question: Question, answer: Answer) -> None:
        if await keep_answer(self, question, answer):
            await self.reload()

    def action_rule(self) -> None:
        """A rule for products that are alike: what it takes, what they are, then it is kept."""
        self.work(self._rule, group="change")

    async def _rule(self) -> None:
        desk, row = self.backstage.desk, self._list.current
        start = "" if row is None else suggested(row.match)
        pattern = await self.app.push_screen_wait(RuleScreen(start))
        if not pattern:
            return
        near = await asyncio.to_thread(desk.candidates, PATTERN, "", pattern.replace("*", " "))
        subject = replace(_RULE, key=pattern, name=pattern, candidates=tuple(near))
        which = SearchScreen(subject, f"Which product/service is “{pattern}”?")
        found = await self.app.push_screen_wait(which)
        if found is None:
            return
        preview = await asyncio.to_thread(desk.pattern_preview, pattern, found.qbo_id)
        asked = ConfirmScreen(
            f"Keep the rule “{pattern}”?",
            list(rule_words(preview)),
            yes="Keep this rule",
            ids=preview.ids,
            which="touched",
        )
        if await self.app.push_screen_wait(asked):
            await asyncio.to_thread(desk.choose, preview.choice)
            self.say("The rule is kept; u takes it back.")
            await self.reload()
