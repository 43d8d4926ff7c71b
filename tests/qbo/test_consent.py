"""Only the answer to our own question, in time and once, connects a company."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.qbo.consent import GOOD_FOR, ConsentRequest
from core.errors import ConnectionTrouble, UsageTrouble
from core.secrets import Secret, draw_secret
from tests.qbo.fakes import START

REDIRECT = "https://office.example.com/connected"
STATE = "vw-7kZ2S-the-state-of-this-test-0123456789a"
GOOD = {"code": "AB11-marked-code", "state": STATE, "realmId": "9130000000000001"}


def request() -> ConsentRequest:
    return ConsentRequest(REDIRECT, Secret(STATE), START)


def address(place: str = REDIRECT, **query: str) -> str:
    return f"{place}?{urlencode(query)}"


def test_the_whole_address_gives_code_and_company() -> None:
    consent = request().answer(f"  {address(**GOOD)}\n", START + GOOD_FOR)
    assert consent.code.reveal() == GOOD["code"]
    assert consent.realm_id == GOOD["realmId"]
    assert GOOD["code"] not in repr(consent)


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        (address(**{**GOOD, "state": "another"}), "does not belong"),
        (address(**{**GOOD, "state": STATE[:-1]}), "does not belong"),
        (address(code="c", realmId="1"), "does not belong"),
        (address(**GOOD) + "&state=x", "does not belong"),
        (address("https://office.example.com/other", **GOOD), "does not begin"),
        (address("http://office.example.com/connected", **GOOD), "does not begin"),
        (address("https://office.example.com.evil.example/connected", **GOOD), "does not begin"),
        (address("https://office.example.com@evil.example/connected", **GOOD), "does not begin"),
        (address(error="access_denied", state=STATE), "declined"),
        (address(error="invalid_scope", state=STATE), "error"),
        (address(state=STATE, realmId="1"), "not whole"),
        (address(state=STATE, code="c"), "not whole"),
        (address(**{**GOOD, "realmId": "../1"}), "not whole"),
        (address(**GOOD) + "&code=second", "not whole"),
        (address(**GOOD) + "&realmId=2", "not whole"),
        (GOOD["code"], "does not begin"),
        ("https://[", "not an address"),
    ],
)
def test_any_other_address_connects_nothing(pasted: str, why: str) -> None:
    with pytest.raises(ConnectionTrouble, match=why) as caught:
        request().answer(pasted, START)
    assert GOOD["code"] not in caught.value.sentences()


@settings(deadline=None)
@given(st.text())
def test_noise_connects_nothing(noise: str) -> None:
    for pasted in (noise, f"{REDIRECT}?{noise}", f"{REDIRECT}?code=c&realmId=1&state={noise}"):
        with pytest.raises(ConnectionTrouble):
            request().answer(pasted, START)


def test_an_answer_is_good_once_and_for_ten_minutes() -> None:
    asked = request()
    asked.answer(address(**GOOD), START)
    with pytest.raises(ConnectionTrouble, match="already"):
        asked.answer(address(**GOOD), START)
    with pytest.raises(ConnectionTrouble, match="ten minutes"):
        request().answer(address(**GOOD), START + GOOD_FOR + timedelta(seconds=1))


def test_a_wrong_paste_does_not_use_the_question_up() -> None:
    asked = request()
    with pytest.raises(ConnectionTrouble):
        asked.answer("something else from the clipboard", START)
    assert asked.answer(address(**GOOD), START).realm_id == GOOD["realmId"]


@pytest.mark.parametrize(
    "uri", ["http://office.example.com/x", "ftp://localhost/", "https://", "office", "https://["]
)
def test_a_redirect_that_could_be_overheard_is_refused(uri: str) -> None:
    with pytest.raises(UsageTrouble):
        ConsentRequest(uri, Secret(STATE), START)


def test_a_redirect_to_this_machine_is_taken() -> None:
    here = "http://localhost:8000/callback"
    asked = ConsentRequest(here, Secret(STATE), START)
    assert asked.answer(address(here, **GOOD), START).code


def test_each_state_is_new_and_long() -> None:
    states = {draw_secret().reveal() for _ in range(100)}
    assert len(states) == 100
    assert {len(one) for one in states} == {43}
