"""Rounding, splitting, reading and writing of money.

Everything in the cache is integer cents; Decimal appears only where a rate or a
quantity meets an amount. QBO rounds half-up (docs/qbo-facts.md), so do we, here
and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeAlias

Cents: TypeAlias = int
"""Minor units of the company's currency; negative for money going out."""
LARGEST = Decimal(10) ** 13
"""Whole units; QuickBooks takes less, and a number such as 1e999999 would fill the memory."""


def line_amount(quantity: Decimal, unit_price: Decimal) -> Cents:
    """Return `quantity * unit_price` in cents, rounded half-up.

    QBO refuses a line whose Amount differs from this by one cent (fault 6070).
    `unit_price` is in whole currency units and may carry up to 7 decimals.
    """
    return to_cents(quantity * unit_price)


def percent_of(amount: Cents, percent: Decimal) -> Cents:
    """Return `percent` % of `amount`, rounded half-up to the cent."""
    return int((amount * percent / 100).to_integral_value(ROUND_HALF_UP))


def to_cents(amount: Decimal) -> Cents:
    """Return a Decimal amount in whole currency units as cents, rounded half-up."""
    return int((amount * 100).to_integral_value(ROUND_HALF_UP))


def exact_cents(value: object) -> Cents:
    """Read an amount that came over a wire: Decimal, int or decimal text.

    Raises:
        ValueError: it is no finite number, it is larger than any company's books, it is
            a float, or it holds a fraction of a cent. A float is refused because its cents
            are already lost.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise ValueError(f"not an amount of money: {value!r}")
    try:
        amount = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f"not an amount of money: {value!r}") from error
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise ValueError(f"not an amount of money: {value!r}")
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"not a whole number of cents: {value!r}")
    return int(cents)


def to_decimal(amount: Cents) -> Decimal:
    """Return cents as a Decimal with two places, as QBO takes and gives it."""
    return Decimal(amount).scaleb(-2)


def format_cents(amount: Cents) -> str:
    """Return cents for a person: `12,430.00`, `-5.25`. No currency sign."""
    sign, whole = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def plain_cents(amount: Cents) -> str:
    """Return cents for a machine: `12430.00`, whatever the locale."""
    sign, whole = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def prorate(total: Cents, weights: Sequence[Cents]) -> list[Cents]:
    """Split `total` over `weights`; the parts always sum to `total`.

    The cents left by rounding go to the largest remainders, first come first
    served, so that the same input gives the same split everywhere.

    Raises:
        ValueError: the weights sum to zero but `total` does not.
    """
    whole = sum(weights)
    if whole == 0:
        if total:
            raise ValueError(f"cannot split {total} cents over nothing")
        return [0] * len(weights)
    parts, remainders = zip(*(divmod(total * weight, whole) for weight in weights), strict=True)
    owed = total - sum(parts)
    first = sorted(range(len(weights)), key=lambda i: -remainders[i])[:owed]
    return [part + (i in first) for i, part in enumerate(parts)]
