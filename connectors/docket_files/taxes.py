"""The components of an invoice's tax: in columns of their own, by line, or only their sum.

What no file says is worked out in ways that docs/import.md states; components that do not
come to the tax are refused, for nothing here may invent money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from connectors.docket_files import values
from connectors.docket_files.catalogue import COMPONENTS
from connectors.docket_files.findings import RowProblem
from connectors.docket_files.group import Group, read_cell
from connectors.docket_files.lines import line_rows
from core.money import Cents, format_cents, prorate
from core.records import Invoice, InvoiceLine, TaxLine

_SUM = "Sales tax"
"""The name of the one component of a tax of which only the sum is known."""
_RATE_SCALE = 10**7
_COLUMNS = tuple(
    tuple(f"tax_{number}_{part}" for part in ("name", "agency", "rate", "base", "amount"))
    for number in range(1, COMPONENTS + 1)
)
_AMOUNTS = ("tax", *(columns[-1] for columns in _COLUMNS))
_ALL = tuple(name for columns in _COLUMNS for name in columns)


@dataclass(frozen=True, slots=True)
class Component:
    """One component as a file says it; what is not said is None."""

    name: str
    agency: str = ""
    rate: Decimal | None = None
    base: Cents | None = None
    amount: Cents | None = None


def is_taxed(group: Group, known: Invoice | None) -> bool:
    """Whether an invoice has tax, by its sum or its parts; else by what is known.

    Raises:
        RowProblem: a value cannot be read.
    """
    names = _AMOUNTS if group.carries_any(_ALL) else _AMOUNTS[:1]
    said = [tax for name in names if (tax := group.money(name)) is not None]
    return any(said) if said else bool(known and known.tax)


def components_of(group: Group, lines: Sequence[InvoiceLine]) -> list[Component]:
    """The components that the rows of an invoice say; none where they say a sum at most.

    Args:
        group: the rows.
        lines: the invoice's lines.

    Raises:
        RowProblem: a value cannot be read.
    """
    return _in_columns(group) or _by_line(group, lines)


def sum_of(components: Sequence[Component]) -> Cents | None:
    """What they come to; None where there are none, or an amount is not said."""
    amounts = [one.amount for one in components if one.amount is not None]
    return sum(amounts) if components and len(amounts) == len(components) else None


def tax_lines(
    group: Group,
    components: Sequence[Component],
    lines: Sequence[InvoiceLine],
    amounts: tuple[Cents, Cents, Cents],
    known: Invoice | None,
) -> tuple[TaxLine, ...]:
    """The tax of an invoice by components.

    Args:
        group: the rows of the invoice.
        components: what they say of them.
        lines: the lines of the invoice.
        amounts: its subtotal, discount and tax.
        known: the invoice as the cache has it; a sum that stands keeps its components.

    Raises:
        RowProblem: the components do not come to the tax.
    """
    subtotal, discount, tax = amounts
    named = any(map(group.carries, ("tax_name", "tax_agency", "tax_rate")))
    if known and not named and not components:
        before = (known.lines, known.discount, sum(one.amount for one in known.tax_lines))
        if before == (tuple(lines), discount, tax):
            return known.tax_lines
    if not components:
        if not tax:
            return ()
        name, agency = group.text("tax_name") or _SUM, group.text("tax_agency")
        components = [Component(name, agency, group.number("tax_rate"), None, tax)]
    base = _base(lines, subtotal, discount)
    return tuple(_tax_line(one, base) for one in _priced(components, tax))


def _in_columns(group: Group) -> list[Component]:
    found = []
    for columns in _COLUMNS if group.carries_any(_ALL) else ():
        of_name, of_agency, of_rate, of_base, of_amount = columns
        name, rate, amount = group.text(of_name), group.number(of_rate), group.money(of_amount)
        if name or rate or amount:
            name = name or group.header(of_amount) or _SUM  # "County Tax" is its own name
            agency, base = group.text(of_agency), group.money(of_base)
            found.append(Component(name, agency, rate, base, amount))
    return found


def _by_line(group: Group, lines: Sequence[InvoiceLine]) -> list[Component]:
    """Each line names the tax on it: the lines of one name and rate are a component."""
    sheet, rows = line_rows(group)
    if sheet is None or not {"line_tax_name", "line_tax"} <= sheet.places.keys():
        return []
    decimals = sheet.profile.style.decimals
    found: dict[tuple[str, Decimal | None], tuple[Cents, Cents]] = {}
    for row, line in zip(rows, lines, strict=True):
        name = sheet.cell(row, "line_tax_name")
        rate = read_cell(sheet, row, "line_tax_rate", values.number, decimals)
        tax = read_cell(sheet, row, "line_tax", values.money, decimals)
        if name:
            base, amount = found.get((name, rate), (0, 0))
            found[name, rate] = (base + line.amount, amount + (tax or 0))
    amounts = _settled([amount for _, amount in found.values()], group.money("tax"), len(rows))
    alone = len(found) == 1  # then it is on all that is taxed, less the discount
    return [
        Component(name, "", rate, None if alone else base, amount)
        for ((name, rate), (base, _)), amount in zip(found.items(), amounts, strict=True)
    ]


def _settled(amounts: list[Cents], tax: Cents | None, rows: int) -> list[Cents]:
    """Sums of taxes that were rounded line by line, as parts of the tax on the whole."""
    apart = 0 if tax is None else abs(tax - sum(amounts))
    if tax is None or not 0 < apart <= rows or min(amounts, default=0) <= 0:
        return amounts
    return prorate(tax, amounts)


def _priced(components: Sequence[Component], tax: Cents) -> Sequence[Component]:
    """Components with their amounts; rates alone share the tax in their proportion."""
    rates = [one.rate for one in components if one.rate and one.rate > 0]
    if all(one.amount is None for one in components) and len(rates) == len(components):
        parts = prorate(tax, [int(rate * _RATE_SCALE) for rate in rates])
        return [replace(one, amount=part) for one, part in zip(components, parts, strict=True)]
    made = sum_of(components)
    if made is None:
        raise RowProblem("tax_1_amount", "of a part of the tax neither amount nor rate is said")
    if made != tax:
        words = f"its parts come to {format_cents(made)}, but the tax is {format_cents(tax)}"
        raise RowProblem("tax", words)
    return components


def _base(lines: Sequence[InvoiceLine], subtotal: Cents, discount: Cents) -> Cents:
    """What is taxed: the taxable lines, less their share of the discount."""
    taxable = sum(one.amount for one in lines if one.taxable)
    if not subtotal or not discount:
        return taxable
    return taxable - int((Decimal(discount) * taxable / subtotal).to_integral_value())


def _tax_line(one: Component, taxable: Cents) -> TaxLine:
    base, amount = taxable if one.base is None else one.base, one.amount or 0
    rate = one.rate
    if rate is None:
        rate = Decimal(amount * 100) / base if base else Decimal(0)
        rate = Decimal(format(rate.quantize(Decimal("0.0001")).normalize(), "f"))
    return TaxLine(one.name, one.agency, rate, base, amount)
