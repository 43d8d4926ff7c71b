"""The query language: from a statement's text to a `Select`.

The grammar is in query.lark. What the parser did not expect is told in QBO's own words
(4000 with line, column and the token), because they are part of what clients meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken, v_args
from lark.lark import PostLex

from sandbox.qbo.fault import Refused, refused

_KINDS = {"STRING": "<STRING>", "NUMBER": "<NUMBER>", "INTEGER": "<NUMBER>"}
_EXPECTED = (
    'Was expecting one of:\n    <EOF> \n    <AND> ...\n    "iterator" ...\n    "maxresults" ...'
    '\n    <OR> ...\n    "order" ...\n    "orderby" ...\n    "startposition" ...\n    '
)
LARGEST_PAGE = 1000
DEFAULT_PAGE = 100


@dataclass(frozen=True)
class Value:
    """A literal: its text, and whether it stood in quotes."""

    text: str
    quoted: bool

    @property
    def number(self) -> Decimal | None:
        """The literal as a number, quoted or not."""
        try:
            found = Decimal(self.text)
        except ArithmeticError:
            return None
        return found if found.is_finite() else None


@dataclass(frozen=True)
class Condition:
    """`prop op values`; every operator but IN has one value."""

    prop: str
    operator: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Select:
    """A parsed statement; `order` is of properties, each with whether it descends."""

    entity: str
    count: bool = False
    where: tuple[Condition, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    start: int = 1
    limit: int = DEFAULT_PAGE


@dataclass(frozen=True)
class _Bound:
    """A bound of the page, as asked."""

    name: str
    value: int
    largest: int | None = None

    def checked(self) -> int:
        """The bound, or 4001."""
        if self.value < 1:
            raise _invalid(f"value {self.value} is too small. Min allowed value is 1")
        if self.largest is not None and self.value > self.largest:
            raise _invalid(f"value {self.value} is too large. Max allowed value is {self.largest}")
        return self.value


@v_args(inline=True)
class _Reading(Transformer[Token, Select]):
    """What each rule of the grammar means; its methods are named like the rules."""

    def statement(
        self,
        count: bool,
        entity: Token,
        where: tuple[Condition, ...],
        *tail: tuple[str, bool] | _Bound,
    ) -> Select:
        order = tuple(part for part in tail if not isinstance(part, _Bound))
        bounds = {part.name: part.checked() for part in tail if isinstance(part, _Bound)}
        return Select(str(entity), count, where, order, **bounds)

    def counted(self) -> bool:
        return True

    def rows(self, *_columns: Token) -> bool:
        return False

    def conditions(self, *conditions: Condition) -> tuple[Condition, ...]:
        return conditions

    def compared(self, prop: Token, operator: Token, value: Value) -> Condition:
        return Condition(str(prop), str(operator), (value,))

    def alike(self, prop: Token, value: Value) -> Condition:
        return Condition(str(prop), "like", (value,))

    def among(self, prop: Token, *values: Value) -> Condition:
        return Condition(str(prop), "in", values)

    def quoted(self, text: Token) -> Value:
        return Value(_unescape(text[1:-1]), quoted=True)

    def bare(self, text: Token) -> Value:
        return Value(text.lower(), quoted=False)

    def ascending(self, prop: Token) -> tuple[str, bool]:
        return str(prop), False

    def descending(self, prop: Token) -> tuple[str, bool]:
        return str(prop), True

    def startposition(self, value: Token) -> _Bound:
        return _Bound("start", int(value))

    def maxresults(self, value: Token) -> _Bound:
        return _Bound("limit", int(value), LARGEST_PAGE)


class _WholeWords(PostLex):
    """Lets the lexer see a NAME everywhere, so that no keyword is read out of a longer word."""

    always_accept = ("NAME",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


@cache
def _parser() -> Lark:
    return Lark.open(
        "query.lark",
        rel_to=__file__,
        parser="lalr",
        start="statement",
        transformer=_Reading(),
        postlex=_WholeWords(),
    )


def _surprise(kind: str, text: str, line: int, column: int) -> Refused:
    """4000, naming the token that was not expected here."""
    detail = (
        f'QueryParserError: Encountered " {kind} "{text} "" at line {line}, column {column}.\n'
        f"{_EXPECTED}"
    )
    return refused("4000", detail)


def _surprised(statement: str, token: Token) -> Refused:
    if token.type == "$END":  # the parser gives it the place of the last token
        lines = statement.split("\n")
        return _surprise("<EOF>", "<EOF>", len(lines), len(lines[-1]) + 1)
    word = token[0].isalpha() or token[0] == "_"
    kind = "<IDENTIFIER>" if word else _KINDS.get(token.type, str(token))
    return _surprise(kind, str(token), token.line or 1, token.column or 1)


def _invalid(text: str) -> Refused:
    return refused("4001", f"QueryValidationError: {text}")


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


@lru_cache(256)
def parse(statement: str) -> Select:
    """Read a statement.

    Raises:
        Refused: 4000 where it cannot be read, 4001 for page bounds.
    """
    try:
        return cast(Select, _parser().parse(statement))
    except UnexpectedToken as error:
        raise _surprised(statement, error.token) from None
    except UnexpectedCharacters as error:
        raise _surprise(error.char, error.char, error.line, error.column) from None


def like(pattern: str) -> re.Pattern[str]:
    """A LIKE pattern as a regular expression; only % is special."""
    parts: Sequence[str] = pattern.casefold().split("%")
    return re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
