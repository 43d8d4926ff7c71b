"""JSON without floats: numbers come in as Decimal and go out as they are.

`dumps` is canonical (sorted keys, no blanks), because frozen bodies, plan hashes
and the audit chain are compared byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""One JSON object whose numbers are int or Decimal."""


def loads(text: str | bytes) -> Any:
    """Read JSON with every number that has a point or an exponent as Decimal.

    Raises:
        ValueError: it is not JSON, or it holds NaN or Infinity.
    """
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse)


def dumps(value: object) -> str:
    """Write canonical JSON; Decimal as a plain number.

    Raises:
        TypeError: there is a float, or something that JSON has no form for.
    """
    parts: list[str] = []
    _write(value, parts.append)
    return "".join(parts)


def _write(value: object, put: Callable[[str], None]) -> None:
    """Put the pieces of canonical JSON; recursion by hand, because the cache writes a lot of it."""
    if isinstance(value, str):
        put(encode_basestring(value))
    elif value is None or isinstance(value, bool | int):
        put(json.dumps(value))
    elif isinstance(value, Decimal):
        put(format(value, "f"))
    elif isinstance(value, Mapping):
        before = "{"
        for key in sorted(value):
            put(f"{before}{encode_basestring(key)}:")
            _write(value[key], put)
            before = ","
        put("}" if value else "{}")
    elif isinstance(value, Sequence):
        before = "["
        for item in value:
            put(before)
            _write(item, put)
            before = ","
        put("]" if value else "[]")
    elif isinstance(value, float):
        raise TypeError(f"a float has no place here: {value!r}")
    else:
        raise TypeError(f"JSON has no form for {type(value).__name__}")


def _refuse(text: str) -> Any:
    raise ValueError(f"not a JSON number: {text}")
