"""What a person may do about a name or a conflict, as one list to choose from.

Pure: from the shapes of `sync` to options with their words, the choice each makes,
and how many invoices it settles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.money import Cents
from store.books import Choice
from sync.shapes import Candidate, ConflictGroup, NameRow, NameState, WayOut
from sync.sites import as_one, by_place
from tui.name_words import NAMES
from tui.widgets.cells import safe
from tui.words import invoices_worth

KEPT = ("use", "create", "link", "keep", "send", "void")
"""Ways out that are kept as a choice."""
MOVE = "date"
"""The way out that asks for a day and a name before it is kept."""
SEARCHED = ("client", "product")
"""Subjects for which another record in QuickBooks can be looked for."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision is about, and what waits for it."""

    kind: str
    key: str
    name: str
    words: str
    evidence: tuple[str, ...]
    count: int
    amount: Cents
    invoices: tuple[str, ...]
    """Docket ids, where they are known."""
    candidates: tuple[Candidate, ...]
    ways_out: tuple[WayOut, ...]
    places: int = 0
    """A client's service addresses, where that is a question of its own."""
    split: bool = False

    @property
    def waiting(self) -> str:
        """`12 invoices, 4,950.00`."""
        return invoices_worth(self.count, self.amount)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to do; `refusal` says why it cannot be done."""

    action: str
    """use, create, link, search, exclude, include, retry, retry_alike, wait or open."""
    words: str
    candidate: Candidate | None = None
    choice: Choice | None = None
    refusal: str = ""
    posting_id: int = 0
    """For retry: what goes again."""


def of_group(group: ConflictGroup) -> Subject:
    """The subject of a conflict."""
    return Subject(
        kind=group.subject_kind,
        key=group.subject_key,
        name=group.subject,
        words=group.words,
        evidence=(),
        count=len(group.invoices),
        amount=group.amount,
        invoices=group.invoices,
        candidates=group.candidates,
        ways_out=group.ways_out,
    )


def of_name(row: NameRow) -> Subject:
    """The subject of a line of the name check."""
    match = row.match
    candidates = match.candidates or ((match.target,) if match.target else ())
    may_create = match.kind == "client" and match.state is not NameState.TAKEN
    create = WayOut("create", "Create it as a new customer", name=match.create_as or match.name)
    return Subject(
        kind=match.kind,
        key=match.key,
        name=match.name,
        words=_name_words(row),
        evidence=row.evidence,
        count=row.invoices,
        amount=row.amount,
        invoices=(),
        candidates=candidates,
        ways_out=(create,) if may_create else (),
        places=row.places,
        split=row.split,
    )


def _name_words(row: NameRow) -> str:
    match = row.match
    if match.target is not None:
        return f"{NAMES[match.state].word.capitalize()}: posts to {match.target.name}."
    if match.create_as:
        return f"Not in QuickBooks yet: will be created as {match.create_as}."
    return f"{NAMES[match.state].word.capitalize()}: you decide."


def options(subject: Subject) -> list[Option]:
    """Everything that can be done, the likeliest first."""
    found = [_use(subject, candidate) for candidate in subject.candidates]
    found += _ways(subject)
    found += _places(subject)
    if subject.kind in SEARCHED:
        found.append(Option("search", "Look for another in QuickBooks …"))
    return found


def _places(subject: Subject) -> Iterator[Option]:
    """How a client with several service addresses is kept: one customer, or one for each."""
    if subject.split:
        words = "One customer again; the place goes as shipping address"
        yield Option("use", words, choice=as_one(subject.key))
    elif subject.places > 1:
        words = f"A sub-customer for each of the {subject.places} service addresses"
        yield Option("create", words, choice=by_place(subject.key))


def use(subject: Subject, candidate: Candidate) -> Option:
    """The option to take a record that was searched for."""
    return _use(subject, candidate)


def _use(subject: Subject, candidate: Candidate) -> Option:
    refusal = ""
    if not candidate.usable:
        refusal = f"{candidate.entity} “{safe(candidate.name, 60)}” cannot be used on an invoice."
    return Option(
        "use",
        f"Use {candidate.name}",
        candidate,
        Choice(
            subject.kind, subject.key, "use", candidate.entity, candidate.qbo_id, candidate.name
        ),
        refusal,
    )


def _ways(subject: Subject) -> Iterator[Option]:
    for way in subject.ways_out:
        if way.action == "use" and any(c.qbo_id == way.qbo_id for c in subject.candidates):
            continue  # stands among the candidates already
        choice = None
        if way.action in (*KEPT, MOVE):
            choice = Choice(subject.kind, subject.key, way.action, way.entity, way.qbo_id, way.name)
        yield Option(way.action, way.words, choice=choice, posting_id=way.posting_id)
