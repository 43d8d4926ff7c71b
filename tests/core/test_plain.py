"""Signs in plain ASCII: each of ours has a form, what comes from outside is seen to differ."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from core.plain import HANDLER, SIGNS, plain, shows_unicode, write_plainly

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "sync", "tui", "cli")
READ_ONLY = {"�", "€", "£"}
"""Not drawn by us as signs: the mark of what was replaced, and signs of money that are read."""


def test_every_sign_of_our_sources_has_a_plain_form_of_one_character() -> None:
    used = {
        one
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for one in file.read_text(encoding="utf-8")
        if not one.isascii()
    }
    assert used - set(SIGNS) - READ_ONLY == set()
    assert all(len(one) == 1 and " " <= one < "\x7f" for one in SIGNS.values())


def test_what_comes_from_outside_is_replaced_visibly() -> None:
    assert plain("Muñoz “日本” …") == 'Mu?oz "??" ~'
    assert plain("Kestrel Roofing") == "Kestrel Roofing"


@pytest.mark.parametrize(
    ("encoding", "said", "shows"),
    [
        ("utf-8", {}, True),
        ("UTF8", {"LC_ALL": "en_US.UTF-8"}, True),
        ("utf-8", {"LC_ALL": "C"}, False),
        ("utf-8", {"LANG": "C"}, True),  # Python itself takes it for UTF-8
        ("iso8859-1", {}, False),
        ("ascii", {}, False),
        (None, {}, False),
    ],
)
def test_the_terminals_encoding_decides(
    encoding: str | None, said: dict[str, str], shows: bool
) -> None:
    assert shows_unicode(encoding, said) is shows


def test_only_what_an_encoding_lacks_is_written_plainly() -> None:
    codecs.register_error(HANDLER, write_plainly)
    assert "≠ Muñoz …".encode("latin-1", HANDLER).decode("latin-1") == "! Muñoz ~"
    assert "≠ Muñoz …".encode("ascii", HANDLER) == b"! Mu?oz ~"
