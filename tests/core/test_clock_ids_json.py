"""Instants, ids and JSON read back as they were written."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SystemClock, iso, parse_instant, today
from core.errors import ConnectionTrouble, Exit, LockedTrouble, UsageTrouble
from core.ids import SeededIds, SystemIds, marker, request_id
from core.jsonio import dumps, loads

offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
instants = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=offsets)  # noqa: DTZ001


@given(instants, instants)
def test_instants_sort_as_text_and_read_back(one: datetime, other: datetime) -> None:
    assert parse_instant(iso(one)) == one.astimezone(UTC)
    assert (iso(one) < iso(other)) == (one.astimezone(UTC) < other.astimezone(UTC))


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="without an offset"):
        parse_instant("2026-11-23T09:00:00")


def test_quickbooks_short_fractions_and_offsets_are_read() -> None:
    assert parse_instant("2015-12-23T12:31:41.41-07:00") == datetime(
        2015, 12, 23, 12, 31, 41, 410000, tzinfo=timezone(timedelta(hours=-7))
    )


def test_today_is_the_companys() -> None:
    class Late(SystemClock):
        def now(self) -> datetime:
            return datetime(2026, 1, 1, 3, 0, tzinfo=UTC)

    assert today(Late(), "America/Chicago") == date(2025, 12, 31)


parts = st.text(st.characters(exclude_characters="|", exclude_categories=["Cs"]), max_size=40)


@given(parts, parts, parts, parts, parts, st.integers(0, 99))
def test_a_request_id_is_short_stable_and_plain(
    realm: str, entity: str, kind: str, docket_id: str, operation: str, generation: int
) -> None:
    made = request_id(realm, entity, kind, docket_id, operation, generation)
    assert made == request_id(realm, entity, kind, docket_id, operation, generation)
    assert len(made) == 32 <= 50
    assert made.isascii()
    assert made.isalnum()
    assert made != request_id(realm, entity, kind, docket_id, operation, generation + 1)
    assert made != request_id(realm + "1", entity, kind, docket_id, operation, generation)


def test_a_request_id_never_changes_between_releases() -> None:
    """A cache from an older release must find its own postings again."""
    made = request_id("9130000000000001", "Invoice", "invoice", "7", "create", 1)
    assert made == "avfybuelfmz64cwjqepzsyegwjzenbvo"
    assert marker(made) == "[docket-qbo avfybuelfmz64cwj]"


def test_drawn_ids_differ_and_seeded_ones_repeat() -> None:
    assert len({SystemIds().new() for _ in range(100)}) == 100
    first, second = SeededIds(7), SeededIds(7)
    assert [first.new() for _ in range(3)] == [second.new() for _ in range(3)]
    assert len(first.new()) == len(SystemIds().new()) == 26
    assert 0 <= SystemIds().fraction() < 1


documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, places=2)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text('abcÄ"\\'), inner),
    max_leaves=20,
)


@given(documents)
def test_json_reads_back_and_is_written_in_one_way(document: object) -> None:
    text = dumps(document)
    assert loads(text) == document
    assert dumps(loads(text)) == text
    json.loads(text)


@given(st.permutations(["b", "a", "Ä", "10", "9"]))
def test_the_order_of_keys_does_not_matter(keys: list[str]) -> None:
    assert dumps(dict.fromkeys(keys, 1)) == '{"10":1,"9":1,"a":1,"b":1,"Ä":1}'


def test_numbers_keep_their_digits() -> None:
    assert loads(b'{"a": 100.00, "b": 1e2, "c": 7}') == {"a": 100, "b": 100, "c": 7}
    assert isinstance(loads("0.10"), Decimal)
    assert dumps(Decimal("1E+2")) == "100"
    assert dumps(Decimal("100.00")) == "100.00"


@pytest.mark.parametrize("value", [1.5, math.nan, {"a": [0.1]}, object(), {1, 2}])
def test_a_float_has_no_place(value: object) -> None:
    with pytest.raises(TypeError):
        dumps(value)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "{", "", "-Infinity"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        loads(text)


def test_each_trouble_has_three_sentences_and_its_exit_code() -> None:
    trouble = UsageTrouble("What.", books="Books.", fix="Fix.")
    assert trouble.sentences() == "What.\nBooks.\nFix."
    assert trouble.exit_code is Exit.USAGE
    assert (ConnectionTrouble.exit_code, LockedTrouble.exit_code) == (4, 5)
