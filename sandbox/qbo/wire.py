"""JSON as QBO writes it: exact decimals, `100.00` beside `75` and `0`, UTF-8.

The standard library can read a number as Decimal but not write one, so the
writer is ours. How many places a number shows is decided where it is stored
(`money` keeps two, `plain` none it does not need); the writer prints it as it is.
"""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from json.encoder import encode_basestring
from typing import Any

CENT = Decimal("0.01")
ZERO = Decimal(0)


def money(amount: Decimal) -> Decimal:
    """Round half-up to cents, shown with two places; zero is shown as `0`."""
    return amount.quantize(CENT, ROUND_HALF_UP) if amount.quantize(CENT, ROUND_HALF_UP) else ZERO


def plain(number: Decimal) -> Decimal:
    """A quantity, price or percent: no trailing zeros, no exponent."""
    trimmed = number.normalize()
    return trimmed.quantize(Decimal(1)) if trimmed == trimmed.to_integral_value() else trimmed


def read_json(raw: bytes | str) -> Any:
    """Parse JSON with numbers as Decimal.

    Raises:
        ValueError: it is not JSON, or holds NaN or Infinity.
    """

    def refuse(constant: str) -> None:
        raise ValueError(f"not JSON: {constant}")

    return json.loads(raw, parse_float=Decimal, parse_int=Decimal, parse_constant=refuse)


def write_json(value: Any) -> str:
    """Write JSON text without blanks, every Decimal with the places it carries."""
    parts: list[str] = []
    _write(value, parts.append)
    return "".join(parts)


def _write(value: Any, emit: Any) -> None:
    if isinstance(value, str):
        emit(encode_basestring(value))
    elif isinstance(value, dict):
        lead = "{"
        for key, inner in value.items():
            emit(lead)
            emit(encode_basestring(key))
            emit(":")
            _write(inner, emit)
            lead = ","
        emit("{}" if lead == "{" else "}")
    elif isinstance(value, list | tuple):
        lead = "["
        for inner in value:
            emit(lead)
            _write(inner, emit)
            lead = ","
        emit("[]" if lead == "[" else "]")
    elif isinstance(value, bool):
        emit("true" if value else "false")
    elif value is None:
        emit("null")
    elif isinstance(value, Decimal):
        emit(format(value, "f"))
    else:
        emit(json.dumps(value))
