"""The vocabulary in which entities are described: what a field is, reads and shows.

A field reads what a client sent in two steps, as QBO does. `read` is the JSON
binding: it refuses unknown properties and wrong types at once (2010) and knows
nothing of meaning. `check` judges the values and collects errors, so that one
answer can hold several. `show` is the way back to the wire.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from sandbox.qbo.fault import Wrong, not_parsed
from sandbox.qbo.wire import money, plain

Record: TypeAlias = dict[str, Any]
"""A stored object: its attributes by name; names that begin with `_` never leave the server."""

Names: TypeAlias = Callable[[str, str], str | None]
"""Looks up what a reference shows: (entity, id) -> name."""


class Cleared:
    """What `""`, `{}` and `{"value": ""}` mean in an update: take the value away."""

    def __repr__(self) -> str:
        return "CLEARED"


CLEARED = Cleared()

_LARGEST = Decimal(10) ** 15
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})([T ].*|Z|[+-]\d{2}:?\d{2})?")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True)
class Field:
    """One attribute of an entity. Subclasses say what kind of value it holds.

    Attributes:
        required: create needs it (2020).
        read_only: what a client sends is ignored.
        query: may stand in a WHERE. sort: may stand in an ORDERBY.
        index: equality looks it up instead of scanning.
        default: its value in a new object that does not say.
        kept: a full update that leaves it out does not clear it.
        many: the attribute is an array of such values.
    """

    name: str
    _: KW_ONLY
    required: bool = False
    read_only: bool = False
    query: bool = False
    sort: bool = False
    index: bool = False
    default: Any = None
    kept: bool = False
    many: bool = False

    def read(self, sent: Any) -> Any:
        """Bind a JSON value; CLEARED if it says nothing.

        Raises:
            Refused: 2010, the value has a wrong JSON type or an unknown property.
        """
        if not self.many:
            return self.bind(sent)
        if sent == "" or sent == []:
            return CLEARED
        if not isinstance(sent, list):
            raise not_parsed()
        return [value for value in map(self.bind, sent) if value is not CLEARED]

    def check(self, value: Any) -> Iterator[Wrong]:
        """Judge a bound value; yields what is wrong with it."""
        for one in value if self.many else (value,):
            yield from self.judge(one)

    def show(self, value: Any, names: Names) -> Any:
        """The value as it goes out."""
        if self.many:
            return [self.render(one, names) for one in value]
        return self.render(value, names)

    def bind(self, sent: Any) -> Any:
        """Bind one value (see `read`)."""
        raise NotImplementedError

    def judge(self, value: Any) -> Iterator[Wrong]:
        """Judge one value (see `check`)."""
        yield from ()

    def render(self, value: Any, names: Names) -> Any:
        """One value as it goes out (see `show`)."""
        return value

    def compare(self, value: Any) -> Any:
        """What a query compares; None for no value."""
        return value


@dataclass(frozen=True)
class Text(Field):
    """A string of at most `longest` characters without any of `banned`."""

    longest: int = 4000
    _: KW_ONLY
    banned: str = ""
    shape: re.Pattern[str] | None = None
    misfit: str = "2040"

    def bind(self, sent: Any) -> Any:
        """Scalars become strings, as QBO's JSON binding does it."""
        if isinstance(sent, bool):
            return str(sent).lower()
        if isinstance(sent, Decimal):
            return format(sent, "f") if abs(sent.adjusted()) < 40 else str(sent)
        if not isinstance(sent, str):
            raise not_parsed()
        if not sent:
            return CLEARED
        return sent.encode("utf-8", "replace").decode("utf-8")

    def judge(self, value: str) -> Iterator[Wrong]:
        """Length 2050, characters 2040, form 2200/2210."""
        if len(value) > self.longest:
            detail = (
                "String length specified does not match the supported length. "
                f"Min:0 Max:{self.longest} supported. Supplied length:{len(value)}"
            )
            yield Wrong("2050", detail, self.name)
        if any(character in value for character in self.banned):
            yield Wrong("2040", f"Element contains invalid characters: {self.name}", self.name)
        if self.shape and not all(map(self.shape.fullmatch, re.split(r"[,;]\s*", value))):
            detail = (
                "Email Address does not conform to the syntax rules of RFC 822. "
                f"Supplied value:{value}"
            )
            yield Wrong(self.misfit, detail, self.name)

    def compare(self, value: Any) -> Any:
        """Queries ignore case."""
        return None if value is None else str(value).casefold()


@dataclass(frozen=True)
class Number(Field):
    """A plain number: quantity, price, percent, days. Strings are taken too."""

    low: Decimal = -_LARGEST
    high: Decimal = _LARGEST

    def bind(self, sent: Any) -> Any:
        """Decimal, from a JSON number or a string of digits."""
        if sent == "":
            return CLEARED
        if isinstance(sent, bool) or not isinstance(sent, str | Decimal):
            raise not_parsed()
        try:
            number = Decimal(sent)
        except InvalidOperation as error:
            raise not_parsed() from error
        if not number.is_finite() or number.adjusted() > 40 or number.adjusted() < -40:
            raise not_parsed()
        return self.tidy(number)

    def tidy(self, number: Decimal) -> Decimal:
        """The number as it is kept and shown."""
        return plain(round(number, 10))

    def judge(self, value: Decimal) -> Iterator[Wrong]:
        """Range 2240."""
        if not self.low <= value <= self.high:
            detail = f"Number out of range. Min:{self.low} Max:{self.high}. Supplied value:{value}"
            yield Wrong("2240", detail, self.name)


@dataclass(frozen=True)
class Money(Number):
    """An amount: rounded half-up to cents, `100.00` on the wire and `0` when zero."""

    def tidy(self, number: Decimal) -> Decimal:
        """Two places."""
        return money(number)


@dataclass(frozen=True)
class Flag(Field):
    """true or false; the strings of those names are taken too."""

    def bind(self, sent: Any) -> Any:
        """A bool."""
        if isinstance(sent, bool):
            return sent
        if sent == "":
            return CLEARED
        if isinstance(sent, str) and sent.lower() in ("true", "false"):
            return sent.lower() == "true"
        raise not_parsed()


@dataclass(frozen=True)
class Day(Field):
    """A date without a time; an offset behind it is taken and dropped."""

    def bind(self, sent: Any) -> Any:
        """Text, judged later."""
        if not isinstance(sent, str):
            raise not_parsed()
        found = _DATE.fullmatch(sent)
        return (found[1] if found else sent) or CLEARED

    def judge(self, value: str) -> Iterator[Wrong]:
        """Format 2060, a day that is in no calendar 2070."""
        if not _DATE.fullmatch(value):
            yield Wrong("2060", f"Invalid date format. Supplied value: {value}", self.name)
            return
        try:
            date.fromisoformat(value)
        except ValueError:
            yield Wrong("2070", f"Invalid date. Supplied value: {value}", self.name)


@dataclass(frozen=True)
class Choice(Field):
    """One of a few words."""

    options: tuple[str, ...] = ()

    def bind(self, sent: Any) -> Any:
        """Text, judged later."""
        if not isinstance(sent, str):
            raise not_parsed()
        return sent or CLEARED

    def judge(self, value: str) -> Iterator[Wrong]:
        """Enumeration 2170."""
        if value not in self.options:
            yield Wrong("2170", f"Invalid Enumeration : {value}", self.name)

    def compare(self, value: Any) -> Any:
        """Queries ignore case."""
        return None if value is None else str(value).casefold()


@dataclass(frozen=True)
class Given(Field):
    """A value the server makes and shows as it is; sent ones are ignored."""

    read_only: bool = True

    def bind(self, sent: Any) -> Any:
        """Never reached: a read-only field is not bound."""
        return CLEARED


EMAIL = (Text("Address", 100, shape=_EMAIL, misfit="2210"),)
