"""Makes every text that a screen gets to see an attack: whatever comes back from any call.

What is not spoiled is what the program itself gives a meaning to: ids that it asks with
again, states, kinds. Everything else could come from Docket, QuickBooks, a file or a person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from enum import Enum
from types import SimpleNamespace
from typing import Any
from zlib import crc32

from core.errors import Trouble

ATTACKS = (
    "[@click=app.quit]Acme[/] \x1b]52;c;AAAA\x07 \u202egnp\u200b 日本🚛",
    "\x1b[2J\x1b[H\x9b2J\r\nEvil\x08\x07\x00",
    "[bold][/x]\\[ [link='file:///etc/passwd']",
    "שלום עולם \u200f\u2067",
    "A" + "\u0301" * 40 + "👨‍👩‍👧‍👦🚛\ufe0f",
    "日本🚛" * 40,
    "Very " * 2_000 + "Long",
)
"""Markup, escape sequences, bidi, zero width, double width, right to left, 10,000 letters."""
MEANT = frozenset(
    (
        "id",
        "key",
        "kind",
        "state",
        "action",
        "entity",
        "operation",
        "about",
        "month",
        "value",
        "docket_id",
        "invoice_id",
        "subject_kind",
        "subject_key",
        "reason_code",
        "code",
        "dates",
        "decimals",
        "docket_cell",
        "qbo_cell",
        "day",
        "start",
        "end",
    )
)
"""Fields that the program asks with again, or looks up."""
UNSPOILED = frozenset(("ids", "reasons", "position", "data_version", "propose_test", "questions"))
"""Calls whose answers are nothing but that."""


def attack(text: str) -> str:
    """Always the same one for a text; what is empty says that there is nothing."""
    return f"{ATTACKS[crc32(text.encode()) % len(ATTACKS)]} {text}" if text else text


def spoil(value: Any) -> Any:
    """The same with every text an attack, as deep as it goes."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) else attack(value)
    if isinstance(value, Mapping):
        return {key: spoil(one) for key, one in value.items()}
    named: Any = value if hasattr(value, "_asdict") else None
    if named is not None:
        parts = named._asdict().items()
        return named._replace(**{name: spoil(one) for name, one in parts if name not in MEANT})
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(spoil(one) for one in value)
    if isinstance(value, SimpleNamespace):
        return SimpleNamespace(**{n: v if n in MEANT else spoil(v) for n, v in vars(value).items()})
    if is_dataclass(value) and not isinstance(value, type):
        return _spoiled_fields(value)
    return value


def _spoiled_fields(value: Any) -> Any:
    """A copy made past the class's own checks: it is not asked whether it likes its texts."""
    copy = object.__new__(type(value))
    for one in fields(value):
        found = getattr(value, one.name)
        object.__setattr__(copy, one.name, found if one.name in MEANT else spoil(found))
    return copy


class Spoiled:
    """Hands every call on, and spoils what comes back; also what is told while it works."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name in UNSPOILED:
            return found
        return self._call(found) if callable(found) else _behind(found)

    def _call(self, call: Callable[..., Any]) -> Callable[..., Any]:
        if asyncio.iscoroutinefunction(call):

            async def later(*args: Any, **named: Any) -> Any:
                with _its_trouble():
                    return _behind(await call(*map(_told, args), **named))

            return later

        def now(*args: Any, **named: Any) -> Any:
            with _its_trouble():
                return _behind(call(*map(_told, args), **named))

        return now


@contextmanager
def _its_trouble() -> Iterator[None]:
    """Spoils the three sentences of what is raised inside."""
    try:
        yield
    except Trouble as error:
        what, books, fix = map(attack, (error.what, error.books, error.fix))
        raise type(error)(what, books=books, fix=fix) from error


def _told(argument: Any) -> Any:
    """A callback, by which progress is told: it is told spoiled progress."""
    if not callable(argument) or isinstance(argument, type):
        return argument
    return lambda *told: argument(*map(spoil, told))


def _behind(value: Any) -> Any:
    """A desk behind a desk is spoiled like it, a value at once."""
    mine = type(value).__name__.startswith("Fake") and type(value).__name__ != "FakeTable"
    return Spoiled(value) if mine else spoil(value)
