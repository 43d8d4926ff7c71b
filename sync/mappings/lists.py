"""The lines of the short lists: payment methods, terms, taxes, classes, locations; pure.

A method, a term and the class of a product are a choice each. Sales tax, the class of all
else and the location are one answer for the whole company: their lines carry the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from core.text import display, name_key
from store.books import Entry
from sync.candidates import ranked
from sync.index import Index
from sync.likeness import bare_words, likeness
from sync.mappings.uses import EVERY, TAX, Key, Use
from sync.questions import Answer, Question, questions
from sync.shapes import Candidate, How, NameMatch, NameRow, NameState, Preflight
from sync.short_lists import CLASS, METHOD, TERM, chosen_id, due_days, method_id, term_id

LOCATION = "location"
_AS_ALIKE = 100

Uses = Mapping[Key, Use]


def methods(index: Index, checked: Preflight, uses: Uses) -> Iterator[NameRow]:
    """Yield the payment methods that Docket's money came by."""
    for key, use in _of(uses, METHOD):
        found = method_id(index, use.name)
        offered = [_alike(use.name, one) for one in index.entries("PaymentMethod")]
        yield _listed(index, (METHOD, key), use, found, offered, How.NAME)


def terms(index: Index, checked: Preflight, uses: Uses) -> Iterator[NameRow]:
    """Yield the terms that Docket's invoices have; one goes by its days."""
    for key, use in _of(uses, TERM):
        found = term_id(index, int(key))
        offered = [_as_late(int(key), one) for one in index.entries("Term")]
        yield _listed(index, (TERM, key), use, found, offered, How.NAME)


def taxes(index: Index, checked: Preflight, uses: Uses) -> Iterator[NameRow]:
    """Yield the sales taxes on Docket's invoices; whose amount is posted is one setting."""
    question = next(one for one in questions() if one.key == "tax")
    for key, use in _of(uses, TAX):
        yield _asked(index, (TAX, key), use, question, index.policy.tax)


def classes(index: Index, checked: Preflight, uses: Uses) -> Iterator[NameRow]:
    """Yield the class of each product, and the one of all else; none where none are tracked."""
    forms, other = index.books.forms, index.policy.class_id
    if not (forms.class_on_line or forms.class_on_invoice):
        return
    words = "Which class do lines get whose product has none of its own?"
    whole = "Every other line"
    if not forms.class_on_line:
        words, whole = "Which class do invoices get?", "Every invoice"
    question = Question("class_id", words, _answers("no class", index.entries("Class")))
    yield _asked(index, (CLASS, ""), Use(whole, *_all(uses)), question, other)
    for key, use in _of(uses, "product") if forms.class_on_line else ():
        match = checked.products.get(key)
        if match is not None:
            own = Use(match.name, use.to_do, use.posted)
            offered = [_alike(match.name, one) for one in index.entries("Class")]
            found = chosen_id(index, CLASS, key, "Class") or other
            yield _listed(index, (CLASS, key), own, found, offered, How.SETTING)


def locations(index: Index, checked: Preflight, uses: Uses) -> Iterator[NameRow]:
    """Yield the location of all invoices; nothing where none are tracked."""
    if index.books.forms.locations:
        answers = _answers("no location", index.entries("Department"))
        question = Question("location_id", "Which location do invoices get?", answers)
        use = Use("Every invoice", *_all(uses))
        yield _asked(index, (LOCATION, ""), use, question, index.policy.location_id)


def _of(uses: Uses, kind: str) -> Iterable[tuple[str, Use]]:
    return [(key, use) for (of, key), use in uses.items() if of == kind]


def _all(uses: Uses) -> tuple[list[str], list[str]]:
    return uses[EVERY].to_do, uses[EVERY].posted


def _answers(none: str, entries: Iterable[Entry]) -> tuple[Answer, ...]:
    listed = sorted(entries, key=lambda one: one.name)
    return (Answer("", none), *(Answer(one.qbo_id, display(one.name, 60)) for one in listed))


_ENTITIES = {METHOD: "PaymentMethod", TERM: "Term", CLASS: "Class"}


def _listed(
    index: Index, key: Key, use: Use, found: str, offered: Iterable[Candidate], otherwise: How
) -> NameRow:
    """Return the line of a name that is a row of a short list, or may become one.

    Args:
        index: the books.
        key: of the choice.
        use: its name and invoices.
        found: Id of the row that it is; empty: none.
        offered: the rows that it may be.
        otherwise: how it came to its row, where nobody chose.
    """
    kind = key[0]
    chosen = chosen_id(index, *key, _ENTITIES[kind])
    said = index.books.choices.get(key)
    if chosen:
        state, how = NameState.CHOSEN, How.CHOICE
    elif found:
        state, how = NameState.SAME, otherwise
    else:
        gone = said is not None and said.action == "use"
        state, how = (NameState.UNUSABLE if gone else NameState.MISSING), How.OPEN
    target = _target(index, _ENTITIES[kind], found) if found else None
    match = NameMatch(kind, key[1], use.name, state, target, "", ranked(offered))
    return _row(index, match, use, how)


def _target(index: Index, entity: str, qbo_id: str) -> Candidate:
    name = index.name_of(entity, qbo_id) or qbo_id
    return Candidate(entity, qbo_id, name, _AS_ALIKE, (), usable=True)


def _alike(name: str, entry: Entry) -> Candidate:
    same = name_key(name) == entry.key
    alike = _AS_ALIKE if same else likeness(bare_words(name), bare_words(entry.name))
    return Candidate(entry.entity, entry.qbo_id, entry.name, alike, (), usable=True)


def _as_late(days: int, term: Entry) -> Candidate:
    due = due_days(term)
    alike = 0 if due is None else max(_AS_ALIKE - abs(days - due), 0)
    said = "by the day of the month" if due is None else f"due in {due} days"
    said = "due on receipt" if due == 0 else said
    return Candidate(term.entity, term.qbo_id, term.name, alike, (said,), usable=True)


def _asked(index: Index, key: Key, use: Use, question: Question, answer: str) -> NameRow:
    """Return the line of something that one setting decides."""
    match = NameMatch(*key, use.name, NameState.CHOSEN, None, "", ())
    how = How.SETTING if answer else How.OPEN
    return _row(index, match, use, how, question, answer)


def _row(
    index: Index,
    match: NameMatch,
    use: Use,
    how: How,
    question: Question | None = None,
    answer: str = "",
) -> NameRow:
    invoices = index.books.invoices
    return NameRow(
        match=match,
        invoices=len(use.to_do),
        amount=sum(invoices[one].invoice.total for one in use.to_do),
        waiting=False,
        evidence=(),
        how=how,
        ids=tuple(use.to_do),
        posted=len(use.posted),
        question=question,
        answer=answer,
    )
