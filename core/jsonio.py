"""JSON without floats: numbers come in as Decimal and go out as they are.

`dumps` is canonical (sorted keys, no blanks), because frozen bodies, plan hashes
and the audit chain are compared byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
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
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        raise TypeError(f"a float has no place here: {value!r}")
    if value is None or isinstance(value, str | bool | int):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        parts = (
            f"{json.dumps(key, ensure_ascii=False)}:{dumps(value[key])}" for key in sorted(value)
        )
        return "{" + ",".join(parts) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(dumps(item) for item in value) + "]"
    raise TypeError(f"JSON has no form for {type(value).__name__}")


def _refuse(text: str) -> Any:
    raise ValueError(f"not a JSON number: {text}")
