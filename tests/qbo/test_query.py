"""Nothing that stands in a value can change the statement around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.qbo.query import count_of, quoted, select, where_equal, where_in
from sandbox.qbo.fault import Refused
from sandbox.qbo.query import Condition, Value, parse

names = st.text(st.characters(exclude_categories=("Cc", "Cs"))) | st.text("\\'\"% ab)(,")


def parse_literals(text: str) -> tuple[list[str], str]:
    """Read QuickBooks' literals: values found, and the text around them with ? for each."""
    values, around, position = [], "", 0
    while position < len(text):
        if text[position] != "'":
            around += text[position]
            position += 1
            continue
        value, position = "", position + 1
        while text[position] != "'":
            if text[position] == "\\":
                position += 1
            value += text[position]
            position += 1
        values.append(value)
        around += "?"
        position += 1
    return values, around


@given(names, st.lists(names, min_size=1, max_size=5))
def test_a_statement_reads_back_as_it_was_meant(name: str, numbers: list[str]) -> None:
    where = f"{where_equal('DisplayName', name)} and {where_in('DocNumber', numbers)}"
    values, around = parse_literals(select("Customer", where, start=3, rows=7))
    assert values == [name, *numbers]
    marks = ", ".join("?" * len(numbers))
    assert around == (
        f"select * from Customer where DisplayName = ? and DocNumber in ({marks})"
        " orderby Id startposition 3 maxresults 7"
    )


@given(names, st.lists(names, min_size=1, max_size=5))
def test_the_practice_quickbooks_reads_it_back_as_it_was_meant(
    name: str, numbers: list[str]
) -> None:
    where = f"{where_equal('DisplayName', name)} and {where_in('DocNumber', numbers)}"
    found = parse(select("Customer", where, start=3, rows=7))
    assert found.where == (
        Condition("DisplayName", "=", (Value(name, quoted=True),)),
        Condition("DocNumber", "in", tuple(Value(number, quoted=True) for number in numbers)),
    )
    assert (found.entity, found.start, found.limit) == ("Customer", 3, 7)


def reads_back(literal: str, name: str) -> bool:
    try:
        (found,) = parse(f"select * from Customer where DisplayName = {literal}").where
    except (Refused, ValueError):
        return False
    return found.values == (Value(name, quoted=True),)


@pytest.mark.parametrize("name", [r"Smith\'s", "O'Brien"])
def test_escapes_that_others_got_wrong_are_noticed(name: str) -> None:
    quote_alone = name.replace("'", r"\'")
    quote_first = quote_alone.replace("\\", "\\\\")
    doubled = name.replace("'", "''")
    assert reads_back(quoted(name), name)
    assert not all(reads_back(f"'{wrong}'", name) for wrong in (quote_alone, quote_first, doubled))


def test_the_backslash_goes_first() -> None:
    assert quoted(r"Smith\'s") == r"'Smith\\\'s'"


@pytest.mark.parametrize("value", ["a\nb", "\x00", "\x1b[2J", "\x7f", "\x85", "\ud800"])
def test_control_characters_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        quoted(value)


@pytest.mark.parametrize("name", ["", "Id = '1' and x", "Meta.", "a b", "Name;"])
def test_a_property_is_a_name_and_nothing_else(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        where_equal(name, "x")


def test_an_empty_list_is_refused_before_quickbooks_does() -> None:
    with pytest.raises(ValueError, match="no values"):
        where_in("Id", [])


def test_counting_needs_no_page() -> None:
    assert count_of("Invoice") == "select count(*) from Invoice"
    assert count_of("Invoice", "Balance > '0'").endswith("where Balance > '0'")
