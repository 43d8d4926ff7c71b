"""Why two sums of sales tax differ: another rate, another base, or another rounding; pure.

QuickBooks rounds each rate by itself, half-up, on the sum of the taxable lines
(docs/qbo-facts.md, T5). Others round line by line, or all rates together, or half to
even; each of these can move a cent, and which one did can be found by trying them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import product

from core.jsonio import JsonObject
from core.money import Cents, exact_cents, format_cents
from core.records import Invoice, TaxLine
from core.text import display


@dataclass(frozen=True, slots=True)
class Rounding:
    """One way to come from lines and rates to cents; the defaults are QuickBooks' way."""

    of: str = "the sum of the lines"
    half: str = "half a cent up"
    rates: str = "each rate by itself"
    discount: str = "the discount taken off first"


_WAYS = (
    ("the sum of the lines", "each line by itself"),
    ("half a cent up", "half a cent to the even cent"),
    ("each rate by itself", "all rates together"),
    ("the discount taken off first", "the discount left in"),
)
ROUNDINGS: Sequence[Rounding] = tuple(Rounding(*ways) for ways in product(*_WAYS))
"""Every way that is tried; QuickBooks' own is the first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a tax as QuickBooks holds it; `rate` in percent, amounts in cents."""

    rate: Decimal
    base: Cents
    amount: Cents


def parts_held(document: JsonObject) -> tuple[Part, ...]:
    """Return the components of a document's tax, where QuickBooks names them."""
    return tuple(
        Part(
            Decimal(detail.get("TaxPercent", 0)),
            exact_cents(detail.get("NetAmountTaxable", 0)),
            exact_cents(line.get("Amount", 0)),
        )
        for line in document.get("TxnTaxDetail", {}).get("TaxLine", ())
        if (detail := line.get("TaxLineDetail")) is not None
    )


def tax_by(invoice: Invoice, way: Rounding, rates: Sequence[Decimal] | None = None) -> Cents:
    """Return the tax that Docket's lines make when rounded in this way.

    `rates` in percent, where one side splits a rate finer than Docket does; else Docket's.
    """
    even = way.half == _WAYS[1][1]
    bases = _bases(invoice, way)
    if rates is None:
        rates = [part.rate for part in invoice.tax_lines]
    if way.rates == _WAYS[2][1]:
        rates = [sum(rates, Decimal(0))]
    return sum(_rounded(base * rate / 100, even=even) for base in bases for rate in rates)


def own_rounding(invoice: Invoice) -> Rounding | None:
    """Return the rounding that makes Docket's tax of its own rates; None if none does."""
    return next((way for way in ROUNDINGS if tax_by(invoice, way) == invoice.tax), None)


def taxed_after_discount(invoice: Invoice) -> bool:
    """Whether Docket took the tax of what was left after the discount."""
    taxable = _taxable(invoice)
    return bool(invoice.discount) and any(one.taxable_amount < taxable for one in invoice.tax_lines)


def why_different(invoice: Invoice, held: Cents, parts: Sequence[Part]) -> str:
    """Return in one sentence why QuickBooks holds another tax than Docket; empty if it does not.

    Args:
        invoice: Docket's invoice.
        held: the tax that QuickBooks holds.
        parts: its components there, as far as they are named.
    """
    if held == invoice.tax:
        return ""
    reason = _other_rates(invoice, parts) or _other_base(invoice, parts)
    reason = reason or _other_rounding(invoice, held, parts)
    where = _where(invoice.tax_lines, parts)
    words = (
        f"The tax is {format_cents(invoice.tax)} in Docket and {format_cents(held)} in"
        f" QuickBooks, {format_cents(abs(held - invoice.tax))}"
        f" {'more' if held > invoice.tax else 'less'}{where}"
    )
    return f"{words}: {reason or 'no rate and no rounding explains it'}."


def tax_note(invoice: Invoice) -> str:
    """Return what is odd about Docket's own tax: a cent that QuickBooks would round otherwise."""
    if not invoice.tax_lines:
        return ""
    after = taxed_after_discount(invoice)
    usual = tax_by(invoice, Rounding(discount=_WAYS[3][0 if after else 1]))
    if usual == invoice.tax:
        return ""
    way = own_rounding(invoice)
    how = "by no rounding that is known" if way is None else f"with {_told(way, Rounding())}"
    return (
        f"Docket's tax of {format_cents(invoice.tax)} is rounded {how}; QuickBooks would make"
        f" {format_cents(usual)} of the same rates"
    )


def _bases(invoice: Invoice, way: Rounding) -> list[Decimal]:
    """Return what is taxed: the sum, or each line; less its share of the discount."""
    amounts = [line.amount for line in invoice.lines if line.taxable]
    left = Decimal(1)
    if way.discount == _WAYS[3][0] and invoice.discount and invoice.subtotal:
        left -= Decimal(invoice.discount) / invoice.subtotal
    if way.of == _WAYS[0][1]:
        return [amount * left for amount in amounts]
    # Both sides round the taxable sum itself to the cent before they take the rates of it.
    return [Decimal(_rounded(sum(amounts) * left, even=False))]


def _rounded(cents: Decimal, *, even: bool) -> Cents:
    return int(cents.to_integral_value(ROUND_HALF_EVEN if even else ROUND_HALF_UP))


def _taxable(invoice: Invoice) -> Cents:
    return sum(line.amount for line in invoice.lines if line.taxable)


def _other_rates(invoice: Invoice, parts: Sequence[Part]) -> str:
    ours = sum((one.rate for one in invoice.tax_lines), Decimal(0))
    theirs = sum((one.rate for one in parts), Decimal(0))
    if not parts or ours == theirs:
        return "" if parts or invoice.tax_lines else "Docket names no rate"
    return (
        f"Docket takes {_percent(ours)}, QuickBooks {_percent(theirs)} for the address of"
        " the work; one of the two has the place or the rate wrong"
    )


def _other_base(invoice: Invoice, parts: Sequence[Part]) -> str:
    ours = {one.taxable_amount for one in invoice.tax_lines}
    theirs = {one.base for one in parts}
    if not ours or not theirs or ours & theirs:
        return ""
    return (
        f"Docket taxes {format_cents(max(ours))}, QuickBooks {format_cents(max(theirs))}; the"
        " two call different lines taxable, or take the discount off at another point"
    )


def _other_rounding(invoice: Invoice, held: Cents, parts: Sequence[Part]) -> str:
    """Return the pair of roundings that make both sums and differ least."""
    if not invoice.tax_lines:
        return ""
    rates = max(
        [one.rate for one in invoice.tax_lines], [one.rate for one in parts], key=len
    )  # the finer split: rounded together, both are the same
    made = {way: tax_by(invoice, way, rates) for way in ROUNDINGS}
    pairs = [
        (ours, theirs)
        for ours, tax in made.items()
        if tax == invoice.tax
        for theirs, other in made.items()
        if other == held
    ]
    if not pairs:
        return ""
    ours, theirs = min(pairs, key=lambda pair: _apart(*pair))
    return f"Docket rounds with {_told(ours, theirs)}, QuickBooks with {_told(theirs, ours)}"


def _apart(ours: Rounding, theirs: Rounding) -> tuple[int, int]:
    """Return in how many ways two differ, and how far QuickBooks is from its own way."""
    return len(list(_differing(ours, theirs))), len(list(_differing(theirs, Rounding())))


def _differing(one: Rounding, other: Rounding) -> Iterator[str]:
    for part in fields(Rounding):
        if getattr(one, part.name) != getattr(other, part.name):
            yield getattr(one, part.name)


def _told(one: Rounding, other: Rounding) -> str:
    return " and ".join(_differing(one, other)) or one.of


def _where(ours: Sequence[TaxLine], theirs: Sequence[Part]) -> str:
    """Return which components differ, where both sides name the same rates."""
    left = list(theirs)
    wrong = []
    for one in ours:
        match = next((part for part in left if part.rate == one.rate), None)
        if match is None:
            return ""
        left.remove(match)
        if match.amount != one.amount:
            wrong.append(
                f"{display(one.name, 40)} {_percent(one.rate)}:"
                f" {format_cents(one.amount)} and {format_cents(match.amount)}"
            )
    return f" ({'; '.join(wrong)})" if wrong and not left else ""


def _percent(rate: Decimal) -> str:
    return f"{rate.normalize():f} %"
