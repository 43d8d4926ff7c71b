from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Cents
from core.records import Invoice, TaxLine
from sync.tax import ROUNDINGS, Part, own_rounding, tax_by, tax_note, why_different
from tests.sync_pure.build import invoice, line

STATE, LOCAL = Decimal("6.25"), Decimal("2")


def taxed(*prices: str, tax: Cents, rates: tuple[Decimal, ...] = (STATE, LOCAL)) -> Invoice:
    """An invoice whose lines are all taxed, with a tax of Docket's own making."""
    lines = [line(price, taxable=True) for price in prices]
    base = sum(one.amount for one in lines)
    parts = [int((base * rate / 100).to_integral_value(ROUND_HALF_UP)) for rate in rates]
    made = tuple(
        TaxLine(f"Rate {rate}", "Comptroller", rate, base, part)
        for rate, part in zip(rates, parts, strict=True)
    )
    return replace(invoice(lines=lines, tax=tax), tax_lines=made)


def held(base: Cents, *parts: tuple[str, Cents]) -> tuple[Part, ...]:
    return tuple(Part(Decimal(rate), base, amount) for rate, amount in parts)


def test_nothing_is_said_of_a_tax_that_is_the_same() -> None:
    assert why_different(taxed("100.00", tax=8_25), 8_25, ()) == ""


def test_rounding_line_by_line_is_named() -> None:
    own = taxed("0.33", "0.33", "0.33", tax=9)
    assert why_different(own, 8, held(99, ("6.25", 6), ("2", 2))) == (
        "The tax is 0.09 in Docket and 0.08 in QuickBooks, 0.01 less: Docket rounds with each"
        " line by itself, QuickBooks with the sum of the lines."
    )


def test_one_rate_for_several_is_named() -> None:
    own = taxed("100.08", tax=8_26, rates=(STATE + LOCAL,))
    words = why_different(own, 8_26 + 1, held(100_08, ("6.25", 6_26), ("2", 2_01)))
    assert "no rate and no rounding explains it" in words
    words = why_different(own, 8_25 + 1 - 1, held(100_08, ("6.25", 6_25), ("2", 2_00)))
    assert words.startswith("The tax is 8.26 in Docket and 8.25 in QuickBooks, 0.01 less")


def test_another_rate_is_named_with_both() -> None:
    own = taxed("100.00", tax=8_25)
    assert "Docket takes 8.25 %, QuickBooks 8 %" in why_different(
        own, 8_00, held(100_00, ("8", 8_00))
    )


def test_another_base_is_named_with_both() -> None:
    own = taxed("100.00", tax=8_25)
    words = why_different(own, 4_13, held(50_00, ("6.25", 3_13), ("2", 1_00)))
    assert "Docket taxes 100.00, QuickBooks 50.00" in words


def test_the_component_that_differs_is_named() -> None:
    own = taxed("100.00", tax=8_25)
    words = why_different(own, 8_26, held(100_00, ("6.25", 6_26), ("2", 2_00)))
    assert "(Rate 6.25 6.25 %: 6.25 and 6.26)" in words


def test_a_difference_that_nothing_explains_is_not_explained_away() -> None:
    words = why_different(taxed("100.00", tax=8_25), 9_99, ())
    assert words.endswith("no rate and no rounding explains it.")


@pytest.mark.parametrize("way", ROUNDINGS)
def test_every_way_of_rounding_is_recognised(way: object) -> None:
    own = taxed("10.03", "7.77", "0.15", tax=0)
    found = next(one for one in ROUNDINGS if one == way)
    made = replace(own, tax=tax_by(own, found))
    known = own_rounding(made)
    assert known is not None
    assert tax_by(made, known) == made.tax


@given(st.lists(st.integers(1, 500_000), min_size=1, max_size=8), st.integers(-2, 2))
def test_an_explanation_always_holds_both_figures_and_never_fails(
    prices: list[int], off: int
) -> None:
    own = taxed(*(f"{one // 100}.{one % 100:02d}" for one in prices), tax=0)
    own = replace(own, tax=sum(part.amount for part in own.tax_lines))
    words = why_different(own, own.tax + off, ())
    assert bool(words) == bool(off)
    if not off:
        assert tax_note(own) == ""
