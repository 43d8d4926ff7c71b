"""Which files an import reads, and by which profile; what is not certain is said, not guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from connectors.docket_files.catalogue import FileKind
from connectors.docket_files.findings import FileTrouble, Finding
from connectors.docket_files.group import Sheet
from connectors.docket_files.mapper import Proposal, propose
from connectors.docket_files.profile import Profile, fitting
from connectors.docket_files.source import Finds
from connectors.docket_files.tables import SUFFIXES, Table, tables_of
from core.errors import UsageTrouble
from core.text import display

MOST_FILES = 500
_QUESTIONS = {
    "dates": "its dates fit month-day-year as well as day-month-year",
    "mixed dates": "its dates are in two orders; those of the other one are findings",
    "decimals": "1,234 may be a thousand or a bit more than one",
    "mixed decimals": "its amounts are in two styles; those of the other one are findings",
}
_FLAGS = {"dates": "--dates mdy or dmy", "decimals": "--decimals dot or comma"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said about the columns of the files at hand."""

    kind: FileKind | None = None
    columns: Mapping[str, str] | None = None
    dates: str = ""
    decimals: str = ""
    profile: Profile | None = None

    @property
    def any(self) -> bool:
        """Whether they said anything that a kept profile gives way to."""
        return bool(self.kind or self.columns or self.dates or self.decimals)


@dataclass(frozen=True, slots=True)
class Question:
    """What is not certain about a table; `about` is dates, decimals or field."""

    about: str
    words: str
    flag: str
    """What answers it on the command line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One table: the profile that fits it, or a proposal for a new one.

    `changed` is a kept profile that looks like this table's, but for another shape.
    """

    table: Table
    profile: Profile | None
    proposal: Proposal | None
    changed: Profile | None = None

    @property
    def questions(self) -> list[Question]:
        """What must be answered before the table can be read."""
        if self.proposal is None:
            return []
        asked = []
        for one in self.proposal.questions:
            about = one.rpartition(" ")[2]
            asked.append(Question(about, _QUESTIONS[one], _FLAGS[about]))
        for fields in self.proposal.missing:
            words = f"no column is its {' or '.join(sorted(fields))}"
            asked.append(Question("field", words, f"--map 'COLUMN={min(fields)}'"))
        return asked

    @property
    def problems(self) -> list[str]:
        """The questions as the command line asks them."""
        return [f"{one.words}: say {one.flag}" for one in self.questions]

    @property
    def changed_words(self) -> str:
        """How the table differs from the kept profile that it resembles; empty without one."""
        if self.changed is None:
            return ""
        headers, before = set(self.table.headers), set(self.changed.headers)
        return (
            f"{self.table.name} is like the profile {self.changed.name}, but of another shape:"
            f" new are {', '.join(sorted(headers - before)) or 'none'};"
            f" gone are {', '.join(sorted(before - headers)) or 'none'}."
        )


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Return the files that are meant: those named, and those in folders that are named.

    Raises:
        FileTrouble: there is none, or far too many.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                one
                for one in path.iterdir()
                if one.suffix.casefold() in SUFFIXES
                and not one.name.startswith((".", "~$"))
                and one.is_file()
            )
        else:
            found.append(path)
    if not found:
        name = paths[0].name if paths else "?"
        raise FileTrouble(name, "it is a folder without any .csv or .xlsx", "Name another one.")
    if len(found) > MOST_FILES:
        raise FileTrouble(paths[0].name, f"it holds more than {MOST_FILES} files")
    return list(dict.fromkeys(found))


def choose(files: Sequence[Path], profiles: Sequence[Profile], wishes: Wishes) -> list[Choice]:
    """Look at files and find the profile of each table, or propose one.

    Raises:
        FileTrouble: a file cannot be read.
        UsageTrouble: what a person said does not fit.
    """
    return [choice_of(table, profiles, wishes) for path in files for table in tables_of(path)]


def numbered(chosen: Sequence[tuple[Table, Profile]]) -> list[Sheet]:
    """Tables and their profiles in the order in which they count: the newest last."""
    order = sorted(chosen, key=lambda one: (one[0].written_at, str(one[0].path), one[0].sheet))
    return [Sheet(number, table, profile) for number, (table, profile) in enumerate(order)]


def folder_finds(folder: Path, profiles: Sequence[Profile]) -> Finds:
    """Look into a watched folder, or at one watched file; what no kept profile fits is a finding.

    Raises:
        UsageTrouble: it is not there, or holds nothing that can be read.
    """
    if not folder.exists():
        raise UsageTrouble(
            f"{display(str(folder), 200)} for Docket's exports is not there.",
            books="The cache and QuickBooks are unchanged.",
            fix="Make it, or correct docket.folder in the configuration.",
        )
    chosen: list[tuple[Table, Profile]] = []
    wrong: list[Finding] = []
    for path in files_of([folder]):
        try:
            for table in tables_of(path):
                profile = fitting(profiles, table.headers)
                if profile is None:
                    wrong.append(Finding(table.name, 0, "", _NO_PROFILE))
                else:
                    chosen.append((table, profile))
        except FileTrouble as trouble:
            wrong.append(Finding(path.name, 0, "", trouble.what))
    return numbered(chosen), wrong


_NO_PROFILE = (
    "no profile knows this shape, so nothing of it was taken; "
    "I in the dashboard, or `docket-qbo import` with this file, shows its columns"
)


def choice_of(table: Table, profiles: Sequence[Profile], wishes: Wishes) -> Choice:
    """Find the profile of a table, or propose one.

    Raises:
        UsageTrouble: what a person said does not fit.
    """
    if wishes.profile is not None and not wishes.any:
        if wishes.profile.fits(table.headers):
            return Choice(table, wishes.profile, None)
        return Choice(table, None, propose(table, kind=wishes.profile.kind), wishes.profile)
    kept = None if wishes.any else fitting(profiles, table.headers)
    if kept is not None:
        return Choice(table, kept, None)
    near = _alike(table, profiles)
    columns = dict(wishes.columns or {})
    if near is not None and wishes.kind in (None, near.kind):
        # What was confirmed for the columns that are still there holds for the new shape too.
        # A field that a person gives to another column leaves the one that had it.
        taken = set(columns.values())
        kept_columns = {one: near.columns.get(one, "") for one in near.headers}
        columns = {
            **{
                one: "" if name in taken else name
                for one, name in kept_columns.items()
                if one in table.headers
            },
            **columns,
        }
    proposal = propose(
        table,
        kind=wishes.kind or (near.kind if near else None),
        chosen=columns,
        dates=wishes.dates,
        decimals=wishes.decimals,
    )
    return Choice(table, None, proposal, near)


def _alike(table: Table, profiles: Sequence[Profile]) -> Profile | None:
    """The kept profile that shares most of its columns with the table: the export has changed."""
    headers = set(table.headers)
    near = [
        one
        for one in profiles
        if not one.fits(table.headers) and len(headers & set(one.headers)) > len(one.headers) / 2
    ]
    return max(near, key=lambda one: len(headers & set(one.headers)), default=None)


def as_profile(choice: Choice, name: str, currency: str) -> Profile:
    """The profile of a table: its own, or the proposal, confirmed under a name."""
    if choice.profile is not None:
        return choice.profile
    assert choice.proposal is not None
    return replace(choice.proposal.as_profile(name), currency=currency)
