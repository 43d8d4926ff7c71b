from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.columns import GAP, Column, place_columns


def _column(width: int, grow: int, most: int, drop: int) -> Column[str]:
    return Column("key", "Key", width, lambda text: ((text, "plain"),), grow, width + most, drop)


columns = st.lists(
    st.builds(
        _column, st.integers(1, 20), st.integers(0, 5), st.integers(0, 40), st.integers(0, 9)
    ),
    min_size=1,
    max_size=9,
)


@given(columns, st.integers(1, 300))
def test_columns_stay_within_the_width_unless_only_the_lasting_ones_are_left(
    given_columns: list[Column[str]], width: int
) -> None:
    placed = place_columns(given_columns, width)
    used = sum(place.width for place in placed) + GAP * (len(placed) - 1)
    assert used <= width or all(place.column.drop == 0 for place in placed)


@given(columns, st.integers(1, 300))
def test_every_column_gets_what_it_needs_and_no_more_than_it_may(
    given_columns: list[Column[str]], width: int
) -> None:
    for place in place_columns(given_columns, width):
        assert place.column.width <= place.width <= place.column.most


@given(columns, st.integers(1, 300))
def test_the_lasting_columns_always_stay(given_columns: list[Column[str]], width: int) -> None:
    kept = [place.column for place in place_columns(given_columns, width)]
    for column in given_columns:
        assert column.drop or any(column is one for one in kept)
