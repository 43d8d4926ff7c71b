from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.fakes import HOSTILE
from tui.differences import MISSING, marked
from tui.widgets.cells import fit, money_cell, safe, text_cell

names = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.lists(names, max_size=3), st.integers(0, 40), st.booleans())
def test_a_cell_takes_exactly_its_width(texts: list[str], width: int, right: bool) -> None:
    cell = [(safe(text), "plain") for text in texts]
    fitted = "".join(text for text, _ in fit(cell, width, right=right))
    assert sum(cell_len(text) for text, _ in fit(cell, width, right=right)) == width, fitted


@given(names)
def test_nothing_in_a_cell_can_act(text: str) -> None:
    shown = safe(text)
    assert not any(unicodedata.category(letter) == "Cc" for letter in shown)


def test_a_figure_is_never_cut_into_another_figure() -> None:
    assert fit(money_cell(1_234_567_89), 6, right=True) == [("######", "dim")]


def test_a_name_of_ten_thousand_letters_is_cut_before_it_is_measured() -> None:
    assert len(text_cell("x" * 10_000)[0][0]) < 300


def test_differing_characters_stand_in_brackets_and_in_a_style() -> None:
    assert marked("Kestrel Roofing, LLC", "Kestrel Roofing LLC") == (
        ("Kestrel Roofing", "plain"),
        ("[,]", "mark"),
        (" LLC", "plain"),
    )


def test_a_character_that_is_missing_is_marked_too() -> None:
    assert (f"[{MISSING}]", "mark") in marked("Obrien", "O'brien")


def test_the_same_name_has_no_marks() -> None:
    assert all(style == "plain" for _, style in marked(HOSTILE, HOSTILE))
