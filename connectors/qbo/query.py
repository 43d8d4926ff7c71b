r"""Builds statements of QuickBooks' query language.

The language has no OR, no projection and no parameters, so values are written into
the text; `quoted` is the only way in. The backslash is escaped before the quote:
the other way round, `Smith\'s` would break out and change whose record is found.
"""

from __future__ import annotations

import re
from collections.abc import Collection

PAGE = 1000
"""The most rows that QuickBooks gives at once."""

_NAME = re.compile(r"[A-Za-z]+(\.[A-Za-z]+)*")


def quoted(value: str) -> str:
    """Return a value as a literal of the language.

    Raises:
        ValueError: it holds a control character, which no name in QuickBooks has, or
            a lone surrogate, which cannot be sent.
    """
    if any(ch < " " or "\x7f" <= ch <= "\x9f" or "\ud800" <= ch <= "\udfff" for ch in value):
        raise ValueError("a value with a control character cannot be asked for")
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def where_equal(prop: str, value: str) -> str:
    """Return the condition `prop = value`."""
    return f"{_name(prop)} = {quoted(value)}"


def where_from(prop: str, value: str) -> str:
    """Return the condition `prop >= value`."""
    return f"{_name(prop)} >= {quoted(value)}"


def where_in(prop: str, values: Collection[str]) -> str:
    """Return the condition `prop in (values)`.

    Raises:
        ValueError: there are no values; QuickBooks refuses an empty list.
    """
    if not values:
        raise ValueError(f"no values for {prop}")
    return f"{_name(prop)} in ({', '.join(quoted(value) for value in values)})"


def select(entity: str, where: str = "", *, start: int = 1, rows: int = PAGE) -> str:
    """Return one page of a query in the order of Ids, the only order that stays put.

    Args:
        entity: QuickBooks' name of it.
        where: conditions joined by ` and `; empty for all. Inactive names, items and
            accounts are left out unless it says `Active in (true, false)`.
        start: position of the first row, from 1.
        rows: how many, up to 1000.
    """
    page = f"orderby Id startposition {start} maxresults {rows}"
    return f"{_from('*', entity, where)} {page}"


def count_of(entity: str, where: str = "") -> str:
    """Return the statement that counts; `where` as in `select`."""
    return _from("count(*)", entity, where)


def _from(what: str, entity: str, where: str) -> str:
    words = ["select", what, "from", _name(entity)]
    return " ".join([*words, "where", where] if where else words)


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"not a name of the query language: {text!r}")
    return text
