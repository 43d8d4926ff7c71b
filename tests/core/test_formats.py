"""Days and money as a company's people write them, and read back however they typed them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import LOCALES, Formats, formats_for

US, UK = formats_for("", "US", "USD"), formats_for("", "GB", "GBP")
CANADA, ISO = formats_for("", "CA", "CAD"), formats_for("iso", "US", "USD")
DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("formats", "day", "money", "month"),
    [
        (US, "11/05/2026", "$12,430.00", "11/2026"),
        (UK, "05/11/2026", "£12,430.00", "11/2026"),
        (CANADA, "05/11/2026", "$12,430.00", "11/2026"),
        (formats_for("", "AU", "AUD"), "05/11/2026", "$12,430.00", "11/2026"),
        (ISO, "2026-11-05", "USD 12,430.00", "2026-11"),
        (formats_for("", "CA", "USD"), "05/11/2026", "USD 12,430.00", "11/2026"),
        (formats_for("uk", "US", "USD"), "05/11/2026", "$12,430.00", "11/2026"),
        (formats_for("", "NZ", "NZD"), "2026-11-05", "NZD 12,430.00", "2026-11"),
        (Formats(), "2026-11-05", "12,430.00", "2026-11"),
    ],
)
def test_the_country_decides_until_a_setting_does(
    formats: Formats, day: str, money: str, month: str
) -> None:
    assert formats.day(DAY) == day
    assert formats.money(1_243_000) == money
    assert formats.month("2026-11") == month


def test_below_zero_the_minus_stands_before_the_sign() -> None:
    assert US.money(-525) == "-$5.25"
    assert ISO.money(-525) == "-USD 5.25"


def test_instants_are_on_the_users_clock_with_their_day_in_its_order() -> None:
    at = datetime(2026, 11, 5, 9, 1, tzinfo=UTC).astimezone()
    assert US.moment(at).startswith("11/0")
    assert len({len(one.moment(at)) for one in (US, UK, ISO)}) == 1
    assert [one.brief_moment(at)[:5] for one in (US, UK, ISO)] == [
        f"{at:%m/%d}",
        f"{at:%d/%m}",
        f"{at:%m-%d}",
    ]
    assert US.moment(None) == US.day(None) == ""


@given(st.dates(date(1000, 1, 1)), st.sampled_from(sorted(LOCALES)))
def test_a_day_is_read_as_it_is_shown_and_as_iso(day: date, locale: str) -> None:
    formats = formats_for(locale, "US", "USD")
    assert formats.read_day(formats.day(day)) == day
    assert formats.read_day(f" {day.isoformat()} ") == day


@given(st.integers(-(10**12), 10**12), st.sampled_from(sorted(LOCALES)), st.booleans())
def test_an_amount_is_read_as_it_is_shown_and_without_its_sign(
    amount: int, locale: str, bare: bool
) -> None:
    formats = formats_for(locale, "US", "USD")
    shown = (Formats() if bare else formats).money(amount)
    assert formats.read_money(shown) == amount
    assert formats.read_money(shown.replace(",", "")) == amount


@pytest.mark.parametrize("said", ["11/5/26", "11/5/2026", "11.05.2026", "11-05-2026"])
def test_a_day_may_be_typed_short(said: str) -> None:
    assert US.read_day(said) == DAY


@pytest.mark.parametrize("said", ["", "13/32/2026", "11/5", "2026-02-30", "20261105", "1/2-2026"])
def test_what_is_no_day_is_refused_with_how_to_write_one(said: str) -> None:
    with pytest.raises(ValueError, match="Write it as 11/30/2026"):
        US.read_day(said)


@pytest.mark.parametrize("said", ["", "1.234,50", "12,34", "1,2345.00", "1.005", "$", "five", "-"])
def test_what_is_no_amount_is_refused_and_never_guessed(said: str) -> None:
    with pytest.raises(ValueError, match=r"Write it as 1,250\.00"):
        US.read_money(said)


def test_days_of_our_sentences_change_and_numbers_like_days_do_not() -> None:
    said = "invoice no. 2026-11-05 of 2026-11-05, closed through 2026-10-31: PO-2026-11-05"
    assert US.words(said) == (
        "invoice no. 2026-11-05 of 11/05/2026, closed through 10/31/2026: PO-2026-11-05"
    )
    assert US.words("2026-13-45 12,430.00") == "2026-13-45 12,430.00"
    assert ISO.words(said) == said


def test_a_whole_day_is_taken_out_of_a_search_and_half_a_day_is_looked_for() -> None:
    found = US.searched("kestrel 11/05/2026 roof")
    assert (found.text, found.day) == ("kestrel roof", DAY)
    assert US.searched("2026-11-05").day == DAY
    for half in ("11/05/20", "11/05/202", "2026-11-0", "1001", "PO-2026-11-05"):
        assert US.searched(half).day is None
        assert US.searched(half).text == half


def test_the_sign_before_an_amount_does_not_hide_it_from_a_search() -> None:
    assert US.searched("kestrel $1,234.50").text == "kestrel 1,234.50"
    assert ISO.searched("USD 1,234.50").text == "1,234.50"
    assert US.searched("us$ kestrel$").text == "us$ kestrel$"
