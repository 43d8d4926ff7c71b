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
    if isinstance(text, str):
        return _DECODER.decode(text)
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse)


def dumps(value: object) -> str:
    """Write canonical JSON; Decimal as a plain number.

    Raises:
        TypeError: there is a float, or something that JSON has no form for.
    """
    leaf = _LEAVES.get(type(value))
    if leaf is not None:
        return leaf(value)
    if isinstance(value, Mapping):
        parts = [f"{encode_basestring(key)}:{dumps(value[key])}" for key in sorted(value)]
        return f"{{{','.join(parts)}}}"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return f"[{','.join([dumps(one) for one in value])}]"
    for kind in (str, int, Decimal):
        if isinstance(value, kind):  # one of its own, such as an enum's
            return _LEAVES[kind](value)
    raise TypeError(f"JSON has no form for {type(value).__name__}")


_LEAVES: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    Decimal: "{:f}".format,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
}
"""Looked up by the exact type first, because the cache writes a lot of them."""


def _refuse(text: str) -> Any:
    raise ValueError(f"not a JSON number: {text}")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)
"""Made once: `json.loads` makes one anew for each text, which costs more than most texts."""
