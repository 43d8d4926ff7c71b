"""One field of two bodies: whether it says the same, and how a person reads it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.jsonio import JsonObject
from core.money import exact_cents, format_cents
from core.text import display
from sync.checks.ground import Ground

_LISTS: Mapping[str, str] = {
    "CustomerRef": "Customer",
    "SalesTermRef": "Term",
    "PaymentMethodRef": "PaymentMethod",
}
"""Of which list a reference is."""


def same(one: JsonObject, other: JsonObject, key: str) -> bool:
    """Whether two bodies say the same in a field."""
    return canonical(one.get(key)) == canonical(other.get(key))


def canonical(value: object) -> object:
    """Return a value without what may be written in several ways: names of references, zeros."""
    if isinstance(value, Mapping):
        if "value" in value:
            return str(value["value"])
        return {key: canonical(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(part) for part in value]
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return number(Decimal(value))
    return "" if value in (None, {}) else value


def number(value: object) -> str:
    """Return a number without needless zeros; anything else as text."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def shown_field(ground: Ground, key: str, body: JsonObject) -> str:
    """Return a field for a person: names for references, cents for money; empty if there is none.

    A tax is shown as its total.
    """
    value = body.get(key)
    if value in (None, "", {}, []):
        return ""
    if key == "TxnTaxDetail":
        return format_cents(exact_cents(body[key].get("TotalTax", 0)))
    if key == "TotalAmt":
        return format_cents(exact_cents(body[key]))
    if isinstance(value, Mapping):
        known = str(value.get("value", ""))
        named = ground.named(_LISTS[key], known) if key in _LISTS and known else ""
        plain = (str(part) for name, part in value.items() if name not in ("Id", "Lat", "Long"))
        return display(named or known or ", ".join(plain), 80)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return display(number(value), 80)
