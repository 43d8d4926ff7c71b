"""How Docket adds up an invoice: its own rounding, shared with nothing of the client's.

Amounts are decimal text on the wire and integer cents here. A line is quantity
times price, half a cent away from zero; the discount comes off the subtotal and is
spread over taxable and other lines alike; each component of the tax is rounded on
its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Record = dict[str, Any]


def cents(text: str) -> int:
    """Read an amount of the wire, such as `412.50`."""
    return int((Decimal(text) * 100).to_integral_value(ROUND_HALF_UP))


def money(amount: int) -> str:
    """Write cents for the wire."""
    sign, whole = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def times(quantity: str, unit_price: str) -> int:
    """A line's amount in cents."""
    return cents(str(Decimal(quantity) * Decimal(unit_price)))


def share(amount: int, part: int, whole: int) -> int:
    """`amount * part / whole` in cents, half up; 0 of nothing."""
    if whole == 0:
        return 0
    return int((Decimal(amount) * part / whole).to_integral_value(ROUND_HALF_UP))


def percent(amount: int, rate: str) -> int:
    """`rate` percent of an amount in cents."""
    return int((amount * Decimal(rate) / 100).to_integral_value(ROUND_HALF_UP))


def totals(
    lines: Iterable[Mapping[str, Any]],
    rates: Iterable[Mapping[str, Any]],
    discount: str = "0.00",
    discount_percent: str | None = None,
) -> Record:
    """Add up an invoice.

    Args:
        lines: with `quantity`, `unit_price` and `taxable`; `amount` is not read.
        rates: the tax's components with `name`, `agency` and `rate` in percent.
        discount: an amount; not read when there is a percentage.
        discount_percent: of the subtotal.

    Returns:
        The fields `lines`, `tax_lines`, `subtotal`, `discount`, `tax` and `total`,
        ready for the wire.
    """
    priced = [
        {**line, "amount": money(times(line["quantity"], line["unit_price"]))} for line in lines
    ]
    subtotal = sum(cents(line["amount"]) for line in priced)
    taxable = sum(cents(line["amount"]) for line in priced if line["taxable"])
    off = cents(discount) if discount_percent is None else percent(subtotal, discount_percent)
    base = taxable - share(off, taxable, subtotal)
    tax_lines = [_component(rate, base) for rate in rates]
    tax = sum(cents(line["amount"]) for line in tax_lines)
    return {
        "lines": priced,
        "tax_lines": tax_lines,
        "subtotal": money(subtotal),
        "discount": money(off),
        "tax": money(tax),
        "total": money(subtotal - off + tax),
    }


def _component(rate: Mapping[str, Any], base: int) -> Record:
    return {
        "name": rate["name"],
        "agency": rate["agency"],
        "rate": rate["rate"],
        "taxable_amount": money(base),
        "amount": money(percent(base, rate["rate"])),
    }
