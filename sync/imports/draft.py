"""An import that is being prepared: tables with their columns, corrected one word at a time.

What stands on the screen stays: a correction changes the column that it names, and the
one that had the field before; nothing else is guessed anew until the kind changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from connectors.docket_files.catalogue import FIELDS, FileKind
from connectors.docket_files.choosing import Choice, Question, Wishes, choice_of
from connectors.docket_files.profile import Profile
from connectors.docket_files.values import Style, plain

_SHOWN_ROWS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its field (empty: left out), whether that is a guess, first rows."""

    header: str
    field: str
    guessed: bool
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A field that a column may be, or a kind that a table may be, with what it is called."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a person says about a table; what is None stays as it is."""

    kind: str | None = None
    column: tuple[str, str] | None = None
    """Header and field; an empty field leaves the column out."""
    dates: str | None = None
    decimals: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class TableDraft:
    """One table, as it would be read now."""

    choice: Choice
    wishes: Wishes
    currency: str
    guessed: frozenset[str]

    @property
    def name(self) -> str:
        """Its file, and its sheet."""
        return self.choice.table.name

    @property
    def about(self) -> str:
        """Where the header stands, and how the file is written."""
        table = self.choice.table
        return f"header in row {table.header_row}, {table.encoding or 'XLSX'}"

    @property
    def profile(self) -> str:
        """The kept profile by which it is read; empty for a new shape."""
        return self.choice.profile.name if self.choice.profile else ""

    @property
    def kind(self) -> str:
        """What one of its rows is."""
        return str(self._kind)

    @property
    def style(self) -> Style:
        """How it writes dates and amounts."""
        source = self.choice.profile or self.choice.proposal
        assert source is not None
        return source.style

    @property
    def questions(self) -> Sequence[Question]:
        """What must be answered before it can be read."""
        return self.choice.questions

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column, in the file's order."""
        fields, table = self._fields, self.choice.table
        return tuple(
            Column(
                header,
                fields.get(header, ""),
                header in self.guessed,
                tuple(
                    plain(row[place])
                    for _, row in table.sample[:_SHOWN_ROWS]
                    if place < len(row) and row[place].strip()
                ),
            )
            for place, header in enumerate(table.headers)
        )

    @property
    def options(self) -> list[Option]:
        """The fields that a column of this table may be."""
        return [Option(one.name, ", ".join(one.words[1:4])) for one in FIELDS[self._kind].values()]

    @property
    def _kind(self) -> FileKind:
        source = self.choice.profile or self.choice.proposal
        assert source is not None
        return source.kind

    @property
    def _fields(self) -> dict[str, str]:
        source = self.choice.profile or self.choice.proposal
        assert source is not None
        return dict(source.columns)

    def corrected(self, said: Correction, profiles: Sequence[Profile]) -> TableDraft:
        """The table as it would be read after a correction.

        Raises:
            UsageTrouble: the correction does not fit.
        """
        if said.kind is not None and said.kind != self.kind:
            wishes = replace(self.wishes, kind=FileKind(said.kind), columns=None, profile=None)
            return table_draft(choice_of(self.choice.table, profiles, wishes), wishes)
        if said.currency is not None and said.currency != self.currency:
            return replace(self._chosen({}, profiles), currency=said.currency)
        wishes = replace(
            self.wishes,
            dates=said.dates or self.wishes.dates,
            decimals=said.decimals or self.wishes.decimals,
        )
        changes = {}
        if said.column is not None:
            header, name = said.column
            changes = {other: "" for other, field in self._fields.items() if name == field != ""}
            changes[header] = name
        return replace(self, wishes=wishes)._chosen(changes, profiles)

    def _chosen(self, changes: dict[str, str], profiles: Sequence[Profile]) -> TableDraft:
        """Everything as it is shown, and these columns otherwise."""
        fields = self._fields
        shown = {header: fields.get(header, "") for header in self.choice.table.headers}
        kept = self.choice.profile
        wishes = replace(
            self.wishes,
            kind=self._kind,
            columns={**shown, **changes},
            dates=self.wishes.dates or (kept.style.dates if kept else ""),
            decimals=self.wishes.decimals or (kept.style.decimals if kept else ""),
            profile=None,
        )
        choice = choice_of(self.choice.table, profiles, wishes)
        return replace(
            self,
            choice=replace(choice, changed=self.choice.changed),
            wishes=wishes,
            guessed=self.guessed - changes.keys(),
        )


def table_draft(choice: Choice, wishes: Wishes) -> TableDraft:
    """A table as it is proposed, or as its kept profile reads it."""
    like = choice.profile or choice.changed
    guessed = choice.proposal.by_content if choice.proposal else frozenset[str]()
    return TableDraft(choice, wishes, like.currency if like else "USD", guessed)


KINDS: Sequence[Option] = tuple(
    Option(str(kind), ", ".join(list(FIELDS[kind])[:4]).replace("_", " ")) for kind in FileKind
)
"""What the rows of a table may be, with the first of their fields."""
