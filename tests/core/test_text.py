"""Text from outside does nothing in a terminal, and names compare as people see them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import display, name_key, tidy_name

any_text = st.text(st.characters()) | st.text("\x1b]52;c;\x07\x9b\u202e\u200b\ufeff\r\n\tA: ")


@given(any_text, st.none() | st.integers(0, 20))
def test_nothing_that_acts_is_left(text: str, limit: int | None) -> None:
    shown = display(text, limit)
    assert not any(unicodedata.category(ch) in ("Cc", "Cs") for ch in shown)
    assert not set(shown) & set("\u202a\u202e\u2066\u2069\u200b\u200e\u061c\ufeff\u2028\xad")
    assert limit is None or len(shown) <= max(limit, 1)
    shown.encode()


@given(any_text)
def test_showing_twice_changes_nothing(text: str) -> None:
    assert display(display(text)) == display(text)


def test_ordinary_text_stays_as_it_is() -> None:
    name = "Müller & Söhne [NZ] “Ltd” – Straße 😀"
    assert display(name) == name


def test_an_escape_is_seen_instead_of_done() -> None:
    assert display("[@click=app.quit]Acme[/] \x1b]52;c;AAAA\x07") == (
        "[@click=app.quit]Acme[/] �]52;c;AAAA�"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme  LLC ", "acme llc"), ("STRASSE", "straße"), ("Cafe\u0301", "Café"), ("A\tB", "A B")],
)
def test_names_that_look_the_same_compare_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_that_differ_in_a_letter_do_not() -> None:
    assert name_key("Acme LLC") != name_key("Acme Inc")


@given(any_text)
def test_a_sent_name_has_nothing_that_quickbooks_refuses(text: str) -> None:
    name = tidy_name(text)
    assert ":" not in name
    assert name == name.strip()
    assert not any(unicodedata.category(ch) in ("Cc", "Cs") for ch in name)
    assert tidy_name(name) == name
