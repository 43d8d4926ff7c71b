"""The vocabulary in which entities are described: what a field is, reads and shows.

A field reads what a client sent in two steps, as QBO does. `read` is the JSON
binding: it refuses unknown properties and wrong types at once (2010) and knows
nothing of meaning. `check` judges the values and collects errors, so that one
answer can hold several. `show` is the way back to the wire.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, TypeAlias

from sandbox.qbo.fault import Refused, Wrong, missing, not_parsed, refused
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
class Ref(Field):
    """A reference `{"value": id}` to a `target` entity; kept as the id alone.

    The name beside it is looked up on the way out, so that a renamed customer
    shows its new name everywhere. Without a target any value is taken
    (a ship method is any text). `named=False`: QBO gives this one without a name.
    """

    target: str = ""
    _: KW_ONLY
    named: bool = True

    def bind(self, sent: Any) -> Any:
        """The id; what stands beside it is ignored, but must be known."""
        if sent == "":
            return CLEARED
        if not isinstance(sent, Mapping):
            raise not_parsed()
        for key in sent:
            if key not in ("value", "name", "type"):
                raise unknown_property(key, "ReferenceType", ("value", "name", "type"))
        value = sent.get("value")
        if value is None or value == "":
            return CLEARED
        if isinstance(value, Decimal | str):
            return str(value).encode("utf-8", "replace").decode("utf-8")
        raise not_parsed()

    def render(self, value: str, names: Names) -> Any:
        """The id with the name it has now."""
        name = names(self.target, value) if self.named and self.target else None
        return {"value": value} if name is None else {"value": value, "name": name}

    def compare(self, value: Any) -> Any:
        """References compare by id."""
        return value


@dataclass(frozen=True)
class Group(Field):
    """An object with attributes of its own; `bare` ones mean something when empty."""

    fields: tuple[Field, ...] = ()
    _: KW_ONLY
    class_name: str = ""
    bare: bool = False
    ignored: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The attributes by name."""
        return {field.name: field for field in self.fields}

    def bind(self, sent: Any) -> Any:
        """The attributes that say something; read-only ones are dropped."""
        if sent == "":
            return CLEARED
        if not isinstance(sent, Mapping):
            raise not_parsed()
        bound = {name: value for name, value in self.bind_all(sent).items() if value is not CLEARED}
        return bound if bound or self.bare else CLEARED

    def bind_all(self, sent: Mapping[str, Any]) -> Record:
        """Every attribute sent, CLEARED ones included, nulls and read-only ones not."""
        bound: Record = {}
        for name, value in sent.items():
            field = self.by_name.get(name)
            if field is None and name not in self.ignored:
                known = (*self.by_name, *self.ignored)
                raise unknown_property(name, self.class_name or self.name, known)
            if field is not None and value is not None and not field.read_only:
                bound[name] = field.read(value)
        return bound

    def judge(self, value: Record) -> Iterator[Wrong]:
        """Everything inside, and what is required and not there."""
        for field in self.fields:
            inner = value.get(field.name)
            if inner is not None:
                yield from field.check(inner)
            elif field.required:
                yield missing(field.name)

    def render(self, value: Record, names: Names) -> Any:
        """The attributes in the order of the description."""
        shown = {}
        for field in self.fields:
            inner = value.get(field.name)
            if inner is not None:
                shown[field.name] = field.show(inner, names)
        return shown

    def compare(self, value: Any) -> Any:
        """An e-mail address compares by its text; other groups do not compare."""
        return None if value is None else str(value.get("Address", "")).casefold()


@dataclass(frozen=True)
class Given(Field):
    """A value the server makes and shows as it is; sent ones are ignored."""

    read_only: bool = True

    def bind(self, sent: Any) -> Any:
        """Never reached: a read-only field is not bound."""
        return CLEARED


def unknown_property(name: str, class_name: str, known: tuple[str, ...]) -> Refused:
    """The 2010 of a property that the class does not have, in Jackson's words."""
    listed = ", ".join(f'"{one}"' for one in known)
    short = listed if len(listed) < 1000 else listed[:1000].rsplit(", ", 1)[0] + " [truncated]"
    return refused(
        "2010",
        f'Property Name:Unrecognized field "{name}" '
        f"(class com.intuit.schema.finance.v3.{class_name}), not marked as ignorable "
        f"({len(known)} known properties: {short}])\n specified is unsupported or invalid",
    )


EMAIL = (Text("Address", 100, shape=_EMAIL, misfit="2210"),)
