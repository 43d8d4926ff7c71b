"""The query language: from a statement's text to a `Select`.

A small hand-written parser, because QBO's errors (4000 with line, column and the
token that surprised it) are part of what clients meet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.qbo.fault import Refused, refused

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
      | (?P<text>'(?:[^'\\]|\\.|\\)*')
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<word>[A-Za-z_][A-Za-z0-9_.]*)
      | (?P<sign><=|>=|=|<|>)
      | (?P<punct>[(),*])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
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


@dataclass
class Select:
    """A parsed statement."""

    entity: str
    count: bool = False
    where: list[Condition] = field(default_factory=list)
    order: list[tuple[str, bool]] = field(default_factory=list)
    start: int = 1
    limit: int = DEFAULT_PAGE


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int

    def says(self, *words: str) -> bool:
        return self.kind in ("word", "sign", "punct") and self.text.lower() in words


class _Parser:
    def __init__(self, statement: str) -> None:
        self.statement = statement
        self.tokens = [
            _Token(match.lastgroup or "other", match[0], match.start())
            for match in _TOKEN.finditer(statement)
            if match.lastgroup != "blank"
        ]
        self.tokens.append(_Token("end", "<EOF>", len(statement)))
        self.at = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.now
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def accept(self, *words: str) -> bool:
        if self.now.says(*words):
            self.take()
            return True
        return False

    def expect(self, *words: str) -> None:
        if not self.accept(*words):
            raise self.surprise()

    def name(self) -> str:
        if self.now.kind != "word":
            raise self.surprise()
        return self.take().text

    def surprise(self) -> Refused:
        """4000, naming the token that was not expected here."""
        before = self.statement[: self.now.place]
        line = before.count("\n") + 1
        column = self.now.place - (before.rfind("\n") + 1) + 1
        kind = {"word": "<IDENTIFIER>", "text": "<STRING>", "number": "<NUMBER>"}
        shown = f'{kind.get(self.now.kind, self.now.text)} "{self.now.text} "'
        detail = (
            f'QueryParserError: Encountered " {shown}" at line {line}, column {column}.\n'
            f"{_EXPECTED}"
        )
        return refused("4000", detail)

    def select(self) -> Select:
        self.expect("select")
        count = self.columns()
        self.expect("from")
        found = Select(self.name(), count)
        if self.accept("where"):
            found.where.append(self.condition())
            while self.accept("and"):
                found.where.append(self.condition())
        self.tail(found)
        if self.now.kind != "end":
            raise self.surprise()
        return found

    def columns(self) -> bool:
        """`*`, `count(*)` or names; names are read and all attributes given all the same."""
        if self.accept("count"):
            self.expect("(")
            self.expect("*")
            self.expect(")")
            return True
        while True:
            if not self.accept("*"):
                self.name()
            if not self.accept(","):
                return False

    def condition(self) -> Condition:
        prop = self.name()
        if self.accept("in"):
            self.expect("(")
            values = [self.value()]
            while self.accept(","):
                values.append(self.value())
            self.expect(")")
            return Condition(prop, "in", tuple(values))
        if self.accept("like"):
            return Condition(prop, "like", (self.value(),))
        if self.now.kind != "sign":
            raise self.surprise()
        return Condition(prop, self.take().text, (self.value(),))

    def value(self) -> Value:
        token = self.now
        if token.kind == "text":
            self.take()
            return Value(_unescape(token.text[1:-1]), quoted=True)
        if token.kind == "number" or token.says("true", "false", "current_date"):
            self.take()
            return Value(token.text.lower(), quoted=False)
        raise self.surprise()

    def tail(self, found: Select) -> None:
        while True:
            if self.accept("orderby"):
                self.ordering(found)
            elif self.now.says("order"):
                self.take()
                self.expect("by")
                self.ordering(found)
            elif self.accept("startposition"):
                found.start = self.bound(None)
            elif self.accept("maxresults"):
                found.limit = self.bound(LARGEST_PAGE)
            else:
                return

    def ordering(self, found: Select) -> None:
        while True:
            prop = self.name()
            descending = self.accept("desc")
            if not descending:
                self.accept("asc")
            found.order.append((prop, descending))
            if not self.accept(","):
                return

    def bound(self, largest: int | None) -> int:
        if self.now.kind != "number" or not re.fullmatch(r"-?\d{1,9}", self.now.text):
            raise self.surprise()
        value = int(self.take().text)
        if value < 1:
            raise _invalid(f"value {value} is too small. Min allowed value is 1")
        if largest is not None and value > largest:
            raise _invalid(f"value {value} is too large. Max allowed value is {largest}")
        return value


def _invalid(text: str) -> Refused:
    return refused("4001", f"QueryValidationError: {text}")


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def parse(statement: str) -> Select:
    """Read a statement.

    Raises:
        Refused: 4000 where it cannot be read, 4001 for page bounds.
    """
    return _Parser(statement).select()


def like(pattern: str) -> re.Pattern[str]:
    """A LIKE pattern as a regular expression; only % is special."""
    parts: Sequence[str] = pattern.casefold().split("%")
    return re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
