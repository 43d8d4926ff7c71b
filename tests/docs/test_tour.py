"""The tour's pictures are there, are all of the running program, and are small."""

from __future__ import annotations

import io
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from tests.campaigns.small_svg import small, words_of
from tests.campaigns.tour import PICTURES

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "pictures"
LARGEST = 60_000
"""Bytes of one picture: each change of a screen adds as many to the repository."""
STYLES = ("", "bold", "on blue", "red on white", "bold on blue")


def _named(page: Path) -> list[tuple[str, str]]:
    """What a page says of each picture, and its name."""
    found = re.findall(
        r"!\[([^\]]*)\]\((?:docs/)?pictures/([\w-]+)\.svg\)", page.read_text("utf-8")
    )
    return [(str(words), str(name)) for words, name in found]


def test_the_tour_shows_every_picture_that_is_made_in_its_order() -> None:
    assert tuple(name for _, name in _named(DOCS / "tour.md")) == tuple(PICTURES)


def test_pictures_are_kept_for_what_is_named_and_for_nothing_else() -> None:
    kept = {path.stem for path in FOLDER.iterdir()}
    assert kept == set(PICTURES), "make tour makes them; what no step makes is removed by hand"
    assert {name for _, name in _named(DOCS.parent / "README.md")} <= kept


def test_every_picture_is_told_in_words() -> None:
    for page in (DOCS / "tour.md", DOCS.parent / "README.md"):
        assert all(len(words.split()) > 3 for words, _ in _named(page))


def test_every_picture_is_small_and_loads_nothing() -> None:
    for path in FOLDER.iterdir():
        svg = path.read_text("utf-8")
        assert len(svg.encode()) <= LARGEST, path.name
        assert "url(http" not in svg
        assert "href" not in svg


def _drawn(spans: list[tuple[str, str]]) -> str:
    console = Console(record=True, width=30, file=io.StringIO(), force_terminal=True)
    console.print(Text.assemble(*spans))
    return console.export_svg(title="")


@given(st.lists(st.tuples(st.text("aé▌ \n", max_size=9), st.sampled_from(STYLES)), max_size=6))
def test_a_smaller_picture_says_the_same_and_is_the_same_each_time(
    spans: list[tuple[str, str]],
) -> None:
    whole = _drawn(spans)
    assert words_of(small(whole)) == words_of(whole.replace("&#160;", "\u00a0"))
    assert small(whole) == small(_drawn(spans))
    assert len(small(whole)) < len(whole)
