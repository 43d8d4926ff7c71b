"""What a person may do about a name or a conflict, as one list to choose from.

Pure: from the shapes of `sync` to options with their words, the choice each makes,
and how many invoices it settles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.money import Cents
from store.books import Choice
from sync.patterns import PATTERN
from sync.questions import Answer, Question
from sync.shapes import Candidate, ConflictGroup, How, NameRow, NameState, WayOut
from sync.short_lists import CLASS, METHOD, TERM
from sync.sites import as_one, by_place
from tui.name_words import about_name
from tui.widgets.cells import safe
from tui.words import invoices_worth

KEPT = ("use", "create", "link", "keep", "send", "void")
"""Ways out that are kept as a choice."""
MOVE = "date"
"""The way out that asks for a day and a name before it is kept."""
SEARCHED = ("client", "product", PATTERN)
"""Subjects for which another record in QuickBooks can be looked for."""
COMPARED = ("client", "product")
"""Subjects that are compared by name, so that what differs is worth marking."""
_AGAIN: Mapping[str, str] = {
    METHOD: "By its name again",
    TERM: "By its days again",
    CLASS: "No class of its own any more",
    PATTERN: "Let the rule go; its products are compared by name again",
}
"""How a choice is ended where its name alone can decide."""


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
    question: Question | None = None
    """The setting that decides, where it is not a choice of its own."""
    answer: str = ""

    @property
    def waiting(self) -> str:
        """`12 invoices, 4,950.00`."""
        return invoices_worth(self.count, self.amount)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to do; `refusal` says why it cannot be done."""

    action: str
    """use, create, link, search, exclude, include, retry, retry_alike, wait, open or setting."""
    words: str
    candidate: Candidate | None = None
    choice: Choice | None = None
    refusal: str = ""
    posting_id: int = 0
    """For retry: what goes again."""
    answer: Answer | None = None
    """For setting: what it becomes."""


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
    return Subject(
        kind=match.kind,
        key=match.key,
        name=match.name,
        words=about_name(row),
        evidence=row.evidence,
        count=row.invoices,
        amount=row.amount,
        invoices=row.ids,
        candidates=candidates,
        ways_out=tuple(_name_ways(row)),
        places=row.places,
        split=row.split,
        question=row.question,
        answer=row.answer,
    )


def _name_ways(row: NameRow) -> Iterator[WayOut]:
    match = row.match
    if match.kind == "client" and match.state not in (NameState.TAKEN, NameState.LINKED):
        name = match.create_as or match.name
        yield WayOut("create", "Create it as a new customer", name=name)
    if match.kind in _AGAIN and row.how is How.CHOICE:
        yield WayOut("keep", _AGAIN[match.kind])


def options(subject: Subject) -> list[Option]:
    """Everything that can be done, the likeliest first."""
    if subject.question is not None:
        return [_answer(subject, one) for one in subject.question.answers]
    found = [_use(subject, candidate) for candidate in subject.candidates]
    found += _ways(subject)
    found += _places(subject)
    if subject.kind in SEARCHED:
        found.append(Option("search", "Look for another in QuickBooks …"))
    return found


def _answer(subject: Subject, answer: Answer) -> Option:
    """The option of another answer to the question that decides."""
    refusal = "That is the answer already." if answer.value == subject.answer else ""
    words = f"{answer.words[:1].upper()}{answer.words[1:]}"
    return Option("setting", words, refusal=refusal, answer=answer)


def _places(subject: Subject) -> Iterator[Option]:
    """How a client with several service addresses is kept: one customer, or one for each."""
    if subject.split:
        words = "One customer again; the place goes as shipping address"
        yield Option("use", words, choice=as_one(subject.key))
    elif subject.places > 1:
        words = f"A sub-customer for each of the {subject.places} service addresses"
        yield Option("create", words, choice=by_place(subject.key))


def entity_words(candidate: Candidate) -> str:
    """What a record of QuickBooks is, as a person says it."""
    return "product/service" if candidate.entity == "Item" else candidate.entity.lower()


def use(subject: Subject, candidate: Candidate) -> Option:
    """The option to take a record that was searched for."""
    return _use(subject, candidate)


def _use(subject: Subject, candidate: Candidate) -> Option:
    refusal = ""
    if not candidate.usable:
        name = safe(candidate.name, 60)
        refusal = f"The {entity_words(candidate)} “{name}” cannot be used on an invoice."
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
