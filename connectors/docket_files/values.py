"""Reading of the values in a cell: dates in either order, money in either style.

Which order and which style a file uses is found out from all its values together
(`evidence`), never from one: 03/04/2026 alone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from core.clock import parse_instant
from core.money import Cents, exact_cents

TYPED = "\x02"
"""Begins a number that a spreadsheet holds as a number: its point is a point everywhere.

No blank, unlike the separators below it in ASCII: `strip` would take those away.
"""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ](.*))?")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:,? +(.*))?")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? +(.*))?")
_NAMED_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[- ]([A-Za-z]{3,9})\.?,?[- ](\d{4}|\d{2})(?:,? +(.*))?"
)
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*([AaPp])?\.?[Mm]?\.?")
_CURRENCY = re.compile(r"^(-?)\s*(?:[A-Z]{2,3}\s*)?[$€£]?\s*(-?)|\s*(?:[$€£]|[A-Z]{3})$")
_BLANKS = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", "'": "", "’": "", "−": "-"})
_DOT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?")
_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:,\d*)?")
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "taxable", "exempt", "tax", "✓"})
_NO = frozenset({"no", "n", "false", "f", "0", "", "non-taxable", "nontaxable", "not exempt", "-"})
_VOID = re.compile(r"void|cancel", re.IGNORECASE)
_LONGEST = 100
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes values: `dates` is mdy or dmy, `decimals` is dot or comma."""

    dates: str = "mdy"
    decimals: str = "dot"


@lru_cache(maxsize=20_000)
def day(text: str, dates: str) -> date:
    """Read a date.

    Raises:
        ValueError: it is none, in words that go behind "is".
    """
    return _date_and_rest(text, dates)[0]


@lru_cache(maxsize=20_000)
def instant(text: str, dates: str) -> datetime:
    """Read an instant; without an offset it is meant in UTC, without a time at midnight.

    Raises:
        ValueError: it is none.
    """
    try:
        return parse_instant(text)
    except ValueError:
        found, rest = _date_and_rest(text, dates)
    return datetime.combine(found, _clock_time(rest), UTC)


@lru_cache(maxsize=50_000)
def number(text: str, decimals: str) -> Decimal:
    """Read a quantity, price or rate with up to seven places.

    Raises:
        ValueError: it is none.
    """
    if text.startswith(TYPED):
        plain = text[1:]
    else:
        plain = _bare(text)
        form = _DOT if decimals == "dot" else _COMMA
        if not form.fullmatch(plain) or not any(mark.isdigit() for mark in plain):
            raise ValueError("is not a number in the style of this file")
        plain = plain.replace(",", "") if decimals == "dot" else _pointed(plain)
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise ValueError("is not a number") from None
    places = found.as_tuple().exponent
    if not isinstance(places, int) or places < -7 or found.adjusted() >= 12:
        raise ValueError("is not a number that money is made of")
    return found


def is_number(text: str) -> bool:
    """Whether a cell reads as a number in one style or the other."""
    for decimals in ("dot", "comma"):
        with suppress(ValueError):
            number(text.strip(), decimals)
            return True
    return False


@lru_cache(maxsize=50_000)
def money(text: str, decimals: str) -> Cents:
    """Read an amount as cents: `$1,234.50`, `(12.00)`, `1.234,50 €`.

    Raises:
        ValueError: it is none, or holds a fraction of a cent.
    """
    try:
        return exact_cents(number(text, decimals))
    except ValueError as error:
        if "cents" in str(error):
            raise ValueError("holds a fraction of a cent") from None
        raise


def flag(text: str) -> bool:
    """Read yes or no.

    Raises:
        ValueError: it is neither.
    """
    word = text.strip(TYPED).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError("is neither yes nor no")


def whole(text: str) -> int:
    """Read a whole number, also one with a word around it such as `Net 30`.

    Raises:
        ValueError: there is none, or more than one.
    """
    found = re.findall(r"\d+", text.removesuffix(".0"))
    if len(found) != 1 or len(found[0]) > 5:
        if re.search(r"receipt|prepa|immediate|due on", text, re.IGNORECASE):
            return 0
        raise ValueError("is not a whole number")
    return int(found[0])


def is_void(status: str) -> bool:
    """Whether a status says that its record was voided."""
    return bool(_VOID.search(status))


def plain(text: str) -> str:
    """Text as it is, without outer blanks; a number of a spreadsheet as its digits."""
    return text.removeprefix(TYPED).strip()


def date_orders(texts: Iterable[str]) -> set[str]:
    """Return which orders some dates exclude themselves from: `mdy` here means "must be mdy".

    Empty where nothing depends on the order, both where the file mixes them, and
    `either` where every date could be read both ways.
    """
    found: set[str] = set()
    for text in texts:
        match = _NUMERIC.fullmatch(text)
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12:
            found.add("dmy")
        elif second > 12:
            found.add("mdy")
        elif first != second:
            found.add("either")
    return found - {"either"} or found


def decimal_styles(texts: Iterable[str]) -> set[str]:
    """Return which styles some amounts prove: dot, comma, both, `either`, or nothing."""
    found: set[str] = set()
    for text in texts:
        if text.startswith(TYPED):
            continue
        bare = _bare(text).lstrip("-")
        dots, commas = bare.count("."), bare.count(",")
        if dots and commas:
            found.add("dot" if bare.rindex(".") > bare.rindex(",") else "comma")
        elif dots + commas > 1:
            found.add("comma" if dots else "dot")
        elif dots + commas == 1:
            mark = "." if dots else ","
            before, _, after = bare.partition(mark)
            if len(after) == 3 and 1 <= len(before) <= 3 and before != "0":
                found.add("either")
            else:
                found.add("dot" if dots else "comma")
    return found - {"either"} or found


def _date_and_rest(text: str, dates: str) -> tuple[date, str]:
    if len(text) > _LONGEST:
        raise ValueError("is too long for a date")
    try:
        found, rest = _parts(text.strip(), dates)
    except ValueError:
        raise ValueError("is not a date in the order of this file") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError("is a date outside of any books")
    _clock_time(rest)
    return found, rest


def _parts(text: str, dates: str) -> tuple[date, str]:
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4])), match[5] or ""
    if match := _NUMERIC.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        month, of_month = (first, second) if dates == "mdy" else (second, first)
        return date(_year(match[4]), month, of_month), match[5] or ""
    if match := _NAMED.fullmatch(text):
        return date(int(match[3]), _month(match[1]), int(match[2])), match[4] or ""
    if match := _NAMED_DAY_FIRST.fullmatch(text):
        return date(_year(match[3]), _month(match[2]), int(match[1])), match[4] or ""
    raise ValueError("no date")


def _clock_time(rest: str) -> time:
    bare = re.sub(r"(Z|[+-]\d\d:?\d\d| ?UTC)$", "", rest.strip())
    if not bare:
        return time()
    match = _TIME.fullmatch(bare)
    if match is None:
        raise ValueError("is followed by something that is no time")
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4] in "Pp" else 0)
    return time(hour, int(match[2]), int(match[3] or 0))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].casefold()) + 1


def _bare(text: str) -> str:
    """An amount without currency, blanks and percent sign; brackets and a late minus in front."""
    bare = text.strip()
    if len(bare) > _LONGEST:
        raise ValueError("is too long for a number")
    below = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()").removesuffix("%").strip().translate(_BLANKS)
    bare = _CURRENCY.sub(lambda match: (match[1] or "") + (match[2] or ""), bare)
    if bare.endswith("-"):
        below, bare = not below, bare[:-1]
    if below:
        bare = bare[1:] if bare.startswith("-") else f"-{bare}"
    return bare


def _pointed(bare: str) -> str:
    return bare.replace(".", "").replace(",", ".")
