"""Strict reading of one JSON object: every field has one form, or the record is refused.

A record that is read wrongly is worse than one that is refused, so nothing here
guesses: amounts are whole cents, instants carry an offset, a missing field is an
error. Fields that the contract does not name are ignored, so that it can grow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from connectors.docket.source import ContractTrouble
from core.clock import parse_instant
from core.money import Cents, exact_cents
from core.text import display

T = TypeVar("T")

_SHOWN = 40
_MAX_DIGITS = 15
_MAX_PLACES = 12


class Fields:
    """One JSON object and where it stands, for errors that name the place."""

    def __init__(self, kind: str, raw: object, record_id: str = "?", path: str = "") -> None:
        """Wrap `raw`, which must be an object.

        Raises:
            ContractTrouble: it is something else.
        """
        self._kind = kind
        self._record_id = record_id
        self._path = path
        if not isinstance(raw, Mapping):
            raise ContractTrouble(kind, record_id, path or "the record", "is not an object")
        self._raw = raw
        own_id = raw.get("id")
        if not path and isinstance(own_id, str) and own_id:
            self._record_id = display(own_id, _SHOWN)

    def id(self, name: str = "id") -> str:
        """Text that is not empty."""
        return self._read(name, _filled)

    def id_or_none(self, name: str) -> str | None:
        """Text that is not empty, or null."""
        return self._optional(name, _filled)

    def text(self, name: str) -> str:
        """Text, maybe empty."""
        return self._read(name, _text)

    def flag(self, name: str) -> bool:
        """A truth value."""
        return self._read(name, _flag)

    def cents(self, name: str) -> Cents:
        """An amount of money without fractions of a cent."""
        return self._read(name, _cents)

    def number(self, name: str) -> Decimal:
        """A quantity, price or rate."""
        return self._read(name, _number)

    def number_or_none(self, name: str) -> Decimal | None:
        """A quantity, price or rate, or null."""
        return self._optional(name, _number)

    def whole_or_none(self, name: str) -> int | None:
        """An integer, or null."""
        return self._optional(name, _whole)

    def day(self, name: str) -> date:
        """A date, `2026-11-20`."""
        return self._read(name, _day)

    def day_or_none(self, name: str) -> date | None:
        """A date, or null."""
        return self._optional(name, _day)

    def instant(self, name: str) -> datetime:
        """An instant with an offset."""
        return self._read(name, _instant)

    def instant_or_none(self, name: str) -> datetime | None:
        """An instant with an offset, or null."""
        return self._optional(name, _instant)

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of a few words."""

        def word(value: object) -> str:
            if value in allowed and isinstance(value, str):
                return value
            raise ValueError(f"is none of {', '.join(allowed)}")

        return self._read(name, word)

    def part(self, name: str) -> Fields:
        """An object within this one."""
        return Fields(self._kind, self._value(name), self._record_id, self._at(name))

    def parts(self, name: str) -> list[Fields]:
        """A list of objects within this one."""
        return [
            Fields(self._kind, value, self._record_id, f"{self._at(name)}[{place}]")
            for place, value in enumerate(self.items(name))
        ]

    def items(self, name: str) -> list[object]:
        """A list within this one, as it came."""
        values = self._value(name)
        if not isinstance(values, list):
            raise self._wrong(name, "is not a list")
        return list(values)

    def _read(self, name: str, form: Callable[[object], T]) -> T:
        value = self._value(name)
        try:
            return form(value)
        except ValueError as error:
            shown = display(repr(value), _SHOWN)
            raise self._wrong(name, f"{error}: {shown}") from None

    def _optional(self, name: str, form: Callable[[object], T]) -> T | None:
        return None if self._value(name) is None else self._read(name, form)

    def _value(self, name: str) -> object:
        if name not in self._raw:
            raise self._wrong(name, "is missing")
        return self._raw[name]

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _wrong(self, name: str, problem: str) -> ContractTrouble:
        return ContractTrouble(self._kind, self._record_id, self._at(name), problem)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("is not text")
    # A lone surrogate is legal in JSON and can be stored or sent nowhere.
    return value.encode("utf-8", "replace").decode("utf-8")


def _filled(value: object) -> str:
    text = _text(value)
    if not text:
        raise ValueError("is empty")
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("is neither true nor false")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("is not a whole number")
    return value


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError("is not a number")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError("is not a number") from None
    places = number.as_tuple().exponent  # a letter for NaN and Infinity
    if not isinstance(places, int) or places < -_MAX_PLACES or number.adjusted() >= _MAX_DIGITS:
        raise ValueError("is not a number that money is made of")
    return number


def _cents(value: object) -> Cents:
    _number(value)
    try:
        return exact_cents(value)
    except ValueError:
        raise ValueError("is not a whole number of cents") from None


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise ValueError("is not a date") from None


def _instant(value: object) -> datetime:
    try:
        return parse_instant(_text(value))
    except ValueError:
        raise ValueError("is not an instant with an offset") from None
