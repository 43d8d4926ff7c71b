"""Rules for product names: what fits, and which of several decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.books import Choice
from sync.patterns import PATTERN, fits, pattern_for, patterns_of


@pytest.mark.parametrize(
    ("pattern", "name", "same"),
    [
        ("10 yd *", "10 YD  7 days", True),
        ("10 yd *", "110 yd 7 days", False),
        ("*yd*", "10 yd", True),
        ("10 (yd) *", "10 (yd) a", True),
        ("10 (yd) *", "10 yd a", False),
        ("10.yd*", "10xyd", False),
        ("* tons", "3 tons", True),
        ("* tons", "3 tons extra", False),
    ],
)
def test_a_star_stands_for_anything_and_all_else_for_itself(
    pattern: str, name: str, same: bool
) -> None:
    assert fits(pattern, name) is same


@given(st.text("ab1().?[", min_size=1), st.text("xyz 2"), st.text(max_size=20))
def test_a_rule_fits_its_own_beginning_and_no_name_breaks_it(
    start: str, rest: str, anything: str
) -> None:
    assert fits(f"{start}*", start + rest)
    fits(anything, rest)
    fits(start, anything)


def test_the_rule_that_says_most_decides_whatever_the_order() -> None:
    wide = Choice(PATTERN, "10 *", "use", "Item", "1")
    close = Choice(PATTERN, "10 yd *", "use", "Item", "2")
    for rules in ((wide, close), (close, wide)):
        choices = {(rule.kind, rule.key): rule for rule in rules}
        assert pattern_for(patterns_of(choices), "10 yd x") == close
        assert pattern_for(patterns_of(choices), "10 ft x") == wide
        assert pattern_for(patterns_of(choices), "20 yd x") is None
