"""How a client with several service addresses is kept is an option of the name check."""

from __future__ import annotations

from sync.shapes import Candidate, NameMatch, NameRow, NameState
from sync.sites import as_one, by_place
from tui.options import of_name, options


def row(places: int, *, split: bool = False) -> NameRow:
    target = Candidate("Customer", "51", "Bright Homes", 100, (), True)
    match = NameMatch("client", "c1", "Bright Homes", NameState.LINKED, target, "", ())
    return NameRow(match, 2, 200_00, False, (), places, split)


def test_a_client_with_several_addresses_may_be_split_and_made_one_again() -> None:
    choices = [one.choice for one in options(of_name(row(3)))]
    assert by_place("c1") in choices
    assert as_one("c1") not in choices
    assert as_one("c1") in [one.choice for one in options(of_name(row(3, split=True)))]


def test_a_client_with_one_address_is_not_asked() -> None:
    choices = [one.choice for one in options(of_name(row(1)))]
    assert not {by_place("c1"), as_one("c1")} & set(choices)
