"""The words for names; apart from `tui.words`: the first paint does not need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.text import name_key
from sync.patterns import PATTERN
from sync.shapes import How, NameRow, NameState
from sync.short_lists import CLASS, METHOD, TERM
from tui.widgets.cells import Cell, safe
from tui.words import Look, day, invoices

NAMES: Mapping[NameState, Look] = {
    NameState.LINKED: Look("linked", "●", "good"),
    NameState.CHOSEN: Look("chosen by you", "●", "good"),
    NameState.SAME: Look("same", "●", "good"),
    NameState.SAME_BUT_CASE: Look("same but case", "●", "good"),
    NameState.NEARLY: Look("nearly the same", "▲", "warn"),
    NameState.SEVERAL: Look("several", "▲", "warn"),
    NameState.MISSING: Look("missing", "○", "plain"),
    NameState.TAKEN: Look("taken", "▲", "warn"),
    NameState.UNUSABLE: Look("not usable", "▲", "warn"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Names that are looked through together; `empty` and `fix` are said where there are none."""

    words: str
    kinds: tuple[str, ...]
    empty: str
    fix: str = ""


_TRACK = "in QuickBooks, under Account and settings, Advanced, Categories; then refresh (r)."
GROUPS: tuple[Group, ...] = (
    Group("all", (), "No names yet: no invoice of Docket was fetched."),
    Group("clients", ("client",), "No client has an invoice yet."),
    Group("products", ("product", PATTERN), "No invoice has a product yet."),
    Group("methods", (METHOD,), "No payment of Docket names a method."),
    Group("terms", (TERM,), "No invoice of Docket has terms."),
    Group("tax", ("tax",), "No invoice of Docket has sales tax."),
    Group(
        "classes",
        (CLASS,),
        "This company does not track classes.",
        f"Nothing to choose. To use classes, switch them on {_TRACK}",
    ),
    Group(
        "locations",
        ("location",),
        "This company does not track locations.",
        f"Nothing to choose. To use locations, switch them on {_TRACK}",
    ),
)
"""In the order of their keys 1 to 8."""

_ENTRIES = (METHOD, TERM, CLASS)
_KINDS: Mapping[str, str] = {PATTERN: "rule", METHOD: "method"}
_NONE: Mapping[str, str] = {
    METHOD: "QuickBooks has no payment method of this name: the payment is posted without one.",
    TERM: "QuickBooks has no term of these days: the invoice is posted with its due date alone.",
    CLASS: "No class yet: these lines are posted without one.",
    "product": "QuickBooks has no product/service of this name: you decide.",
}
_WAITS: Mapping[NameState, str] = {
    NameState.TAKEN: "A vendor or an employee has this name, and QuickBooks allows each name"
    " once: choose a customer.",
    NameState.SEVERAL: "QuickBooks has several that this may be: you decide which.",
    NameState.UNUSABLE: "What QuickBooks has of this name cannot stand on an invoice: choose"
    " another.",
}
_GONE: Mapping[str, str] = {
    PATTERN: "Its product/service cannot be used any more.",
    METHOD: "The payment method that you chose is not active any more.",
    TERM: "The term that you chose is not active any more.",
    CLASS: "The class that you chose is not active any more.",
}
_TAXED = "Taxable lines are marked TAX in QuickBooks, the others NON."


def kind_word(kind: str) -> str:
    """What a name is, in one word."""
    return _KINDS.get(kind, kind)


def came(row: NameRow) -> Cell:
    """How a name came to its record: glyph, word, and the day where it has one."""
    if row.question is not None and row.how is How.OPEN:
        return (("○ not chosen", "plain"),)
    if row.waiting or row.how is How.OPEN:
        look = NAMES[row.match.state]
        return ((look.text, "warn" if row.waiting else look.style),)
    glyph, style = ("○", "plain") if row.how is How.NEW else ("●", "good")
    return ((f"{glyph} {_how(row)}", style),)


def _how(row: NameRow) -> str:
    """`chosen 2026-11-20`, `found by name`."""
    if row.how is How.NAME:
        same = "same but case" if row.match.state is NameState.SAME_BUT_CASE else "found by name"
        return "found by its days" if row.match.kind == TERM else same
    if row.how is How.RULE:
        return f"by rule {safe(row.rule, 40)}"
    words = {
        How.CHOICE: "chosen",
        How.LINKED: "linked",
        How.CREATED: "created",
        How.SETTING: "by a setting",
        How.NEW: "will be created",
    }[row.how]
    if row.match.kind == PATTERN:
        words = "rule of" if row.when else "rule"
    return f"{words} {day(row.when)}".rstrip()


def searched_by(row: NameRow) -> str:
    """What a search looks through: both names, the kind, the rule, what Docket knows."""
    match = row.match
    held = match.create_as if match.target is None else match.target.name
    if row.question is not None:
        held = row.question.answer(row.answer)
    return name_key(" ".join((kind_word(match.kind), match.name, held, row.rule, *row.evidence)))


def about_name(row: NameRow) -> str:
    """Say in a sentence or two what a name is in QuickBooks, and what a change leaves."""
    said = _about(row)
    if row.posted:
        stay = "stays as it is" if row.posted == 1 else "stay as they are"
        said += f" {invoices(row.posted)} in QuickBooks already {stay}."
    return said


def _about(row: NameRow) -> str:
    match, kind = row.match, row.match.kind
    if row.question is not None:
        words = row.question.answer(row.answer)
        more = f" {_TAXED}" if kind == "tax" else ""
        return f"{row.question.words} {words[:1].upper()}{words[1:]}.{more}"
    if match.target is not None:
        verb = "goes as" if kind in _ENTRIES else "posts to"
        return _ended(f"{_came_words(row)}: {verb} {match.target.name}")
    if match.create_as:
        return _ended(f"Not in QuickBooks yet: will be created as {match.create_as}")
    if match.state is NameState.UNUSABLE and kind in _GONE:
        return _GONE[kind]
    if match.state is NameState.MISSING and kind in _NONE:
        return _NONE[kind]
    return _WAITS.get(match.state, f"{NAMES[match.state].word.capitalize()}: you decide.")


def _ended(sentence: str) -> str:
    """A sentence with its full stop, also where a name such as `Acme Inc.` ends it."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def _came_words(row: NameRow) -> str:
    on = f" on {day(row.when)}" if row.when else ""
    if row.how is How.CHOICE:
        return f"Chosen by you{on}"
    if row.how is How.LINKED:
        return f"Linked{on}, was already there"
    if row.how is How.CREATED:
        return f"Created{on}"
    words = NAMES[row.match.state].word if row.how is How.OPEN else _how(row)
    return words[:1].upper() + words[1:]
