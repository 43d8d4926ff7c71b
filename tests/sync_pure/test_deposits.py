from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.deposits.received import ages, by_day
from sync.deposits.shapes import Receipt
from sync.deposits.subset import HIGHEST_FEE, combination, sets_that_make

DAY = date(2026, 10, 5)


def receipt(place: int, amount: int, days: int = 0, method: str = "Check") -> Receipt:
    when = DAY + timedelta(days=days)
    return Receipt(f"{place}", when, method, "Acme", f"R{place}", amount, "", True)


received = st.lists(
    st.tuples(st.integers(1, 900_00), st.integers(0, 20), st.sampled_from(["Check", "ACH", ""])),
    min_size=1,
    max_size=40,
).map(lambda rows: [receipt(n, *row) for n, row in enumerate(rows)])


@given(received, st.data())
def test_a_sum_that_payments_make_is_found_to_the_cent(
    found: list[Receipt], data: st.DataObject
) -> None:
    inside = data.draw(st.lists(st.sampled_from(found), min_size=1, unique=True))
    amount = sum(one.amount for one in inside)
    some = combination(found, amount)
    assert sum(one.amount for one in some) == amount
    assert len({one.qbo_id for one in some}) == len(some)
    assert set(some) <= set(found)
    assert sets_that_make(found, amount)


@given(received, st.integers(1, 2_000_00), st.booleans())
def test_no_set_is_shown_that_does_not_make_the_amount(
    found: list[Receipt], amount: int, fee: bool
) -> None:
    for one in sets_that_make(found, amount, fee=fee):
        assert sum(part.amount for part in one.receipts) == one.gross == amount + one.fee
        assert 0 <= one.fee * 100 <= one.gross * HIGHEST_FEE
        assert fee or not one.fee


@given(received)
def test_days_and_ages_lose_no_cent(found: list[Receipt]) -> None:
    rows = by_day(found)
    whole = sum(one.amount for one in found)
    assert rows[-1].running == whole == sum(one.amount for one in rows)
    assert sum(one.count for one in rows) == len(found)
    assert sum(one.amount for one in ages(found, DAY + timedelta(days=40))) == whole


def test_what_a_bank_makes_by_itself_comes_before_any_combination() -> None:
    found = [
        receipt(1, 60_00, 0, "Check"),
        receipt(2, 40_00, 0, "Credit Card"),
        receipt(3, 60_00, 0, "Credit Card"),
        receipt(4, 40_00, 9, "Check"),
    ]
    (best, *_) = sets_that_make(found, 100_00)
    assert best.words == "all Credit Card payments of 2026-10-05"
    (mixed,) = sets_that_make(found, 80_00)
    assert mixed.words == "2 payments together"


@pytest.mark.parametrize("amount", [0, -5, 10**9])
def test_no_amount_or_too_much_finds_nothing(amount: int) -> None:
    assert sets_that_make([receipt(1, 10_00)], amount) == ()


def test_hundreds_of_payments_are_bounded_work() -> None:
    found = [receipt(n, 10_000_01 + n, n) for n in range(400)]
    newest = combination(found, 20_000_02 + 398 + 399)
    assert sum(one.amount for one in newest) == 20_000_02 + 398 + 399
