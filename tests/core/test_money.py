"""Money: half a cent goes up, and no cent is lost or made."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import (
    exact_cents,
    format_cents,
    line_amount,
    percent_of,
    plain_cents,
    prorate,
    to_cents,
    to_decimal,
)

cents = st.integers(-(10**12), 10**12)


def test_half_a_cent_goes_up() -> None:
    assert line_amount(Decimal("14.50"), Decimal("128.35")) == 186108
    assert to_cents(Decimal("0.005")) == 1
    assert to_cents(Decimal("-0.005")) == -1
    assert percent_of(1050, Decimal(5)) == 53


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), min_size=1).filter(any))
def test_splitting_loses_no_cent(total: int, weights: list[int]) -> None:
    parts = prorate(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) < 1
        for part, weight in zip(parts, weights, strict=True)
    )


@given(cents, st.lists(st.integers(0, 10**7), min_size=1).filter(any))
def test_splitting_a_negative_amount_loses_no_cent_either(total: int, weights: list[int]) -> None:
    assert sum(prorate(total, weights)) == total


def test_nothing_can_be_split_over_nothing_and_something_cannot() -> None:
    assert prorate(0, [0, 0]) == [0, 0]
    assert prorate(0, []) == []
    with pytest.raises(ValueError, match="over nothing"):
        prorate(1, [0])


@given(cents)
def test_cents_survive_every_form(amount: int) -> None:
    assert to_cents(to_decimal(amount)) == amount
    assert exact_cents(to_decimal(amount)) == amount
    assert exact_cents(plain_cents(amount)) == amount
    assert exact_cents(format_cents(amount).replace(",", "")) == amount


@pytest.mark.parametrize(
    "value", [1.5, True, None, "abc", "", "NaN", "Infinity", Decimal("1.005"), "0.001", [], "1,000"]
)
def test_what_is_no_whole_number_of_cents_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"money|cents"):
        exact_cents(value)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (1243000, "12,430.00"),
        (-123456789, "-1,234,567.89"),
    ],
)
def test_a_person_reads_thousands_and_two_places(amount: int, shown: str) -> None:
    assert format_cents(amount) == shown
    assert plain_cents(amount) == shown.replace(",", "")
