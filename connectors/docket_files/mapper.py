"""Proposes what the columns of a table mean, by their names and by what stands in them.

Pure: a table in, a proposal out, with what is not certain as questions. Nobody's books
are filled by a proposal alone; a person confirms it once, as a profile.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from connectors.docket_files import values
from connectors.docket_files.catalogue import FIELDS, FILE_WORDS, TELLING, Field, FileKind, Form
from connectors.docket_files.profile import Profile
from connectors.docket_files.tables import Table
from connectors.docket_files.values import Style
from core.errors import UsageTrouble
from core.text import display

_ALIKE = 87
"""rapidfuzz's likeness in percent from which a name counts as a known one."""
_READABLE = 0.8
"""So much of a column must be readable as the field's form."""
_LOOK_AT = 200
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the mapper makes of a table; `questions` must be answered before it is used.

    `by_content` are headers whose name says nothing; what stands below does. `missing`
    are alternatives of which one column is needed.
    """

    table: Table
    kind: FileKind
    columns: Mapping[str, str]
    by_content: frozenset[str]
    style: Style
    questions: tuple[str, ...]
    missing: tuple[frozenset[str], ...]

    def as_profile(self, name: str, currency: str = "USD") -> Profile:
        """The proposal, confirmed."""
        return Profile(name, self.kind, self.table.headers, self.columns, self.style, currency)


def propose(
    table: Table,
    *,
    kind: FileKind | None = None,
    chosen: Mapping[str, str] | None = None,
    dates: str = "",
    decimals: str = "",
) -> Proposal:
    """Return the likeliest meaning of a table's columns.

    Args:
        table: the table.
        kind: what its rows are, if a person said so.
        chosen: fields by header, as a person said; an empty field leaves a column out.
        dates: mdy or dmy, if a person said so.
        decimals: dot or comma, likewise.

    Raises:
        UsageTrouble: a column or a field that a person named is not there, or a field twice.
    """
    given = _given(table, chosen or {})
    kinds = [one for one in ([kind] if kind else FileKind) if _allows(one, given)]
    if not kinds:
        fields = ", ".join(sorted(name for name in given.values() if name))
        raise _unknown(f"no such kind of export has the fields {fields}", table)
    best = max(
        ((one, _assign(table, one, given)) for one in kinds),
        key=lambda found: _score(table, *found),
    )
    kind, columns = best
    by_content = _by_content(table, kind, columns, given)
    columns = {**columns, **by_content}
    style, questions = _style(table, kind, columns, dates, decimals)
    have = set(columns.values())
    return Proposal(
        table=table,
        kind=kind,
        columns=columns,
        by_content=frozenset(by_content),
        style=style,
        questions=questions,
        missing=tuple(one for one in TELLING[kind] if not one & have),
    )


@cache
def folded(header: str) -> str:
    """Return a header as the catalogue writes them: lower case, words apart by one blank."""
    text = unicodedata.normalize("NFKC", header)
    if " " not in text.strip():
        text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    text = text.casefold()
    text = text.replace("#", " number ").replace("%", " percent ")
    text = re.sub(r"\b(no|nr|num)\b\.?", " number ", text)
    return " ".join(re.sub(r"[^\w]+|_", " ", text).split())


def _given(table: Table, chosen: Mapping[str, str]) -> dict[str, str]:
    known = {name for fields in FIELDS.values() for name in fields}
    found = {}
    for header, name in chosen.items():
        match = next((one for one in table.headers if folded(one) == folded(header)), None)
        if match is None:
            raise _unknown(f"it has no column {header}", table)
        if name and name not in known:
            raise _unknown(f"{name} is no field of any export", table)
        found[match] = name
    for name, times in Counter(filter(None, found.values())).items():
        if times > 1:
            raise _unknown(f"{times} columns cannot be {name}", table)
    return found


def _allows(kind: FileKind, given: Mapping[str, str]) -> bool:
    return all(not name or name in FIELDS[kind] for name in given.values())


def _assign(table: Table, kind: FileKind, given: Mapping[str, str]) -> dict[str, str]:
    """Best pairs first; each column and each field once."""
    columns = {header: name for header, name in given.items() if name}
    free = [header for header in table.headers if header not in given]
    open_fields = {
        name: field for name, field in FIELDS[kind].items() if name not in columns.values()
    }
    pairs = sorted(
        (
            (-_likeness(folded(header), field), place, order, header, name)
            for place, header in enumerate(free)
            for order, (name, field) in enumerate(open_fields.items())
            if _likeness(folded(header), field) >= _ALIKE
        ),
    )
    for _, _, _, header, name in pairs:
        if header in columns or name in columns.values():
            continue
        if _readable(table, header, open_fields[name].form) >= _READABLE:
            columns[header] = name
    return columns


@cache
def _likeness(header: str, field: Field) -> float:
    """100 for a known name, a little less for a later synonym, so that the likelier field wins."""
    best = 0.0
    for place, word in enumerate(map(folded, field.words)):
        if header == word:
            return 100 - place / 100
        # "address 2" is nearly "address 1", and never meant.
        if len(header) > 3 and _DIGITS.findall(header) == _DIGITS.findall(word):
            best = max(best, min(fuzz.token_sort_ratio(header, word), 95) - place / 100)
    return best


def _score(table: Table, kind: FileKind, columns: Mapping[str, str]) -> float:
    have = set(columns.values())
    score = float(len(columns))
    score -= 10 * sum(not one & have for one in TELLING[kind])
    name, titles = folded(table.path.stem), folded(f"{table.sheet} {table.titles}")
    for weight, text in ((2.0, name), (1.0, titles)):
        score += weight * any(word in text for word in FILE_WORDS[kind])
    own = folded(" ".join(table.headers))
    score += 0.5 * any(word in own for word in FILE_WORDS[kind])
    needed = sum(field.needed and name in have for name, field in FIELDS[kind].items())
    return score + 0.3 * needed - 0.01 * list(FileKind).index(kind)


def _by_content(
    table: Table, kind: FileKind, columns: Mapping[str, str], given: Mapping[str, str]
) -> dict[str, str]:
    """A needed field without a column takes the one column left that reads as its form."""
    found: dict[str, str] = {}
    for name, field in FIELDS[kind].items():
        alternatives = next((one for one in TELLING[kind] if name in one), frozenset({name}))
        have = {*columns.values(), *found.values()}
        wanted = field.needed or name in {"issued_on", "total"}
        if not wanted or alternatives & have or field.form is Form.TEXT:
            continue
        free = [
            header
            for header in table.headers
            if header not in columns and header not in found and header not in given
            if _readable(table, header, field.form) == 1 and _filled(table, header)
        ]
        if len(free) == 1:
            found[free[0]] = name
    return found


def _column(table: Table, header: str) -> list[str]:
    place = table.headers.index(header)
    cells = (row[place] for _, row in table.sample[:_LOOK_AT] if place < len(row))
    return [cell.strip() for cell in cells if cell.strip()]


def _filled(table: Table, header: str) -> bool:
    return bool(_column(table, header))


def _readable(table: Table, header: str, form: Form) -> float:
    cells = _column(table, header)
    if not cells or form is Form.TEXT:
        return 1.0
    return sum(_reads(cell, form) for cell in cells) / len(cells)


def _reads(cell: str, form: Form) -> bool:
    """Whether a cell reads as a form in any order and any style."""
    for dates, decimals in (("mdy", "dot"), ("dmy", "comma")):
        try:
            read(cell, form, Style(dates, decimals))
        except ValueError:
            continue
        return True
    return False


def read(cell: str, form: Form, style: Style) -> object:
    """Read a cell as a form.

    Raises:
        ValueError: it is none.
    """
    if form is Form.DAY:
        return values.day(cell, style.dates)
    if form is Form.INSTANT:
        return values.instant(cell, style.dates)
    if form is Form.MONEY:
        return values.money(cell, style.decimals)
    if form is Form.NUMBER:
        return values.number(cell, style.decimals)
    if form is Form.FLAG:
        return values.flag(cell)
    if form is Form.WHOLE:
        return values.whole(values.plain(cell))
    return values.plain(cell)


def _style(
    table: Table, kind: FileKind, columns: Mapping[str, str], dates: str, decimals: str
) -> tuple[Style, tuple[str, ...]]:
    by_form: dict[bool, list[str]] = {True: [], False: []}
    for header, name in columns.items():
        form = FIELDS[kind][name].form
        if form in (Form.DAY, Form.INSTANT):
            by_form[True] += _all_of(table, header)
        elif form in (Form.MONEY, Form.NUMBER):
            by_form[False] += _all_of(table, header)
    orders = values.date_orders(by_form[True]) if not dates else {dates}
    styles = values.decimal_styles(by_form[False]) if not decimals else {decimals}
    questions = []
    if orders == {"either"}:
        questions.append("dates")
    elif len(orders) > 1:
        questions.append("mixed dates")
    if styles == {"either"}:
        questions.append("decimals")
    elif len(styles) > 1:
        questions.append("mixed decimals")
    return (
        Style("dmy" if orders == {"dmy"} else "mdy", "comma" if styles == {"comma"} else "dot"),
        tuple(questions),
    )


def _all_of(table: Table, header: str) -> Sequence[str]:
    place = table.headers.index(header)
    cells = (row[place].strip() for _, row in table.sample if place < len(row))
    return [cell for cell in cells if cell and len(cell) < 100]


def _unknown(why: str, table: Table) -> UsageTrouble:
    return UsageTrouble(
        f"The columns of {display(table.name, 80)} cannot be set so: {display(why, 200)}.",
        books="Nothing was imported.",
        fix="`docket-qbo import --fields` lists the fields of every kind of export.",
    )
