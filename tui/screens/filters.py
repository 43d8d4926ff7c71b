"""Narrow the list by reason, client, days and totals; keep a filter under a name, take one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from core.money import Cents, format_cents
from store.listing import Filter
from tui.keys import bindings
from tui.manner import formats
from tui.screens.base import Dialog
from tui.widgets.cells import text_cell
from tui.widgets.columns import Column
from tui.widgets.field import Field
from tui.widgets.filter_line import filter_words, reason_words
from tui.widgets.line_list import LineList
from tui.widgets.record_list import RecordList
from tui.widgets.sheet import Lines, heading, ink
from tui.words import STATUS, day

FIELDS: Mapping[str, tuple[str, str]] = {
    "client": ("Client", "words of the name"),
    "first_day": ("From", ""),
    "last_day": ("to", ""),
    "least": ("Total from", "e.g. 100.00"),
    "most": ("to", "e.g. 2,500.00"),
    "name": ("Keep as", "a name, to take it again with F"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that invoices have, or any."""

    code: str
    words: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter, and the name to keep it under; empty for none."""

    which: Filter
    name: str


REASONS: tuple[Column[Reason], ...] = (
    Column("words", "Reason", 24, lambda one: text_cell(one.words), 3),
    Column(
        "count",
        "Invoices",
        9,
        lambda one: (("" if one.count is None else f"{one.count:,}", "dim"),),
        right=True,
    ),
)


def chosen(now: Filter, reason: str, said: Mapping[str, str]) -> Chosen:
    """Return the filter that the fields say, over what the keys set before.

    Raises:
        ValueError: a field cannot be read, with what to write there.
    """
    which = replace(
        now,
        reason_code=reason,
        client=said["client"].strip(),
        first_day=_day(said["first_day"]),
        last_day=_day(said["last_day"]),
        least=_cents(said["least"]),
        most=_cents(said["most"]),
    )
    return Chosen(which, said["name"].strip())


def _day(text: str) -> date | None:
    return formats().read_day(text) if text.strip() else None


def _cents(text: str) -> Cents | None:
    return formats().read_money(text) if text.strip() else None


def _of_status(reason: str, status: str) -> str:
    return reason if reason == status else f"{reason} ({status})"


class FilterScreen(Dialog[Chosen | None]):
    """Fields and the reasons there are; enter shows what fits all of it."""

    NAME = "filter"
    BINDINGS = bindings("side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def __init__(self, now: Filter) -> None:
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        """Two fields a line where they belong together, then the reasons."""
        with Vertical(classes="box -wide"):
            yield Lines([heading("Show only"), Content("")])
            for names in (("client",), ("first_day", "last_day"), ("least", "most"), ("name",)):
                with Horizontal(classes="fields"):
                    for name in names:
                        words, example = FIELDS[name]
                        yield Lines([ink(words)], classes="label")
                        yield Field(
                            self._text(name),
                            placeholder=example or f"e.g. {formats().example}",
                            id=name,
                            compact=True,
                        )
            yield RecordList(REASONS, self._reasons(), classes="reasons")
            more = "enter shows them; tabs, p, u and the search narrow further"
            yield Lines([ink(more, "dim")], id="answer")

    def on_mount(self) -> None:
        """Type at once; the list stands on the reason that is on."""
        self.query_one("#client", Input).focus()
        reasons = self._reasons()
        codes = [one.code for one in reasons]
        code = self._now.reason_code
        self.query_one(RecordList).show(reasons, codes.index(code) if code in codes else 0)

    def _text(self, name: str) -> str:
        value = getattr(self._now, name, "")
        if isinstance(value, date):
            return day(value)
        return format_cents(value) if isinstance(value, int) else value or ""

    def _reasons(self) -> Sequence[Reason]:
        status = self._now.status
        found = [
            Reason(code, _of_status(reason_words(code), STATUS[one].word), count)
            for one, code, count in self.program.listing.reasons()
            if status in (None, one)
        ]
        return [Reason("", "any", None), *found]

    @on(Input.Submitted)
    @on(LineList.Opened)
    def _done(self) -> None:
        fields = {name: self.query_one(f"#{name}", Input).value for name in FIELDS}
        reason = self.query_one(RecordList).current
        try:
            self.dismiss(chosen(self._now, reason.code if reason else "", fields))
        except ValueError as error:
            self.query_one("#answer", Lines).show([ink(str(error), "warn")])


KEPT: tuple[Column[tuple[str, Filter]], ...] = (
    Column("name", "Kept filter", 16, lambda one: text_cell(one[0], "strong"), 2),
    Column("words", "Shows", 24, lambda one: text_cell(" · ".join(filter_words(one[1])), "dim"), 4),
)


class KeptFiltersScreen(Dialog[Filter | None]):
    """The filters that were kept; enter takes one, x forgets one."""

    NAME = "kept_filters"
    BINDINGS = bindings("kept_filters", "side")
    CSS_PATH = "dialog.tcss"
    nothing = None

    def compose(self) -> ComposeResult:
        """The list, and what can be done with it."""
        with Vertical(classes="box -wide -tall"):
            yield RecordList(KEPT, self._kept(), empty="None is kept yet: f makes one.")
            yield Lines([ink("enter takes it, x forgets it", "dim")])

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one(RecordList).focus()

    def _kept(self) -> Sequence[tuple[str, Filter]]:
        return sorted(self.program.views.now.filters.items())

    @on(LineList.Opened)
    def _taken(self) -> None:
        current = self.query_one(RecordList).current
        self.dismiss(current[1] if current else None)

    def action_forget(self) -> None:
        """Forget the one under the cursor; invoices are not touched."""
        kept = self.query_one(RecordList)
        if kept.current is not None:
            views = self.program.views
            views.keep(views.now.without(kept.current[0]))
            kept.show(self._kept())
