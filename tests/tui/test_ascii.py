"""Plain ASCII, no colour, and the company's own way to write days and money, on every screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from core.formats import formats_for
from tests.tui.conftest import Driven, driven
from tests.tui.looks import letters, painted
from tests.tui.places import PALETTE, PLACES, arrive, leave, office
from tui.signs import Plain
from tui.signs import painted as plainly

NAMES = "main_marked detail conflict preview progress log proof chart filter error help"
MAIN = [place for place in PLACES if place.name in NAMES.split()]


def _line(*texts: str) -> str:
    ground = Color.parse("black")
    return "".join(one.text for one in Plain().apply([Segment(text) for text in texts], ground))


async def test_every_screen_is_painted_in_ascii_and_nothing_moves() -> None:
    wrong: list[str] = []
    async with office(ascii_only=True) as it:
        for place in (*MAIN, replace(PALETTE, comes="for commands")):
            await arrive(it, place)
            for line in letters(painted(it)):
                beyond = sorted({one for one in line if not " " <= one <= "~"})
                if beyond or len(line) != it.app.size.width:
                    wrong.append(f"{place.name}: {beyond} in {line!r}")
            await leave(it)
    assert not wrong, "\n".join(wrong)


async def test_states_have_signs_of_their_own_and_keys_their_names() -> None:
    async with driven(ascii_only=True, tested=True) as it:
        await it.press("h")
        for state in ("o pending", "! conflicted", "* synced", "- excluded"):
            assert state in it.text
        assert "Date v" in it.text
        assert any(line.startswith(">") for line in it.lines)
        assert "Mu?oz Landscaping" in it.text
        await it.press("M")
        assert "#|#" in it.text
        await it.press("question_mark")
        assert "down  j" in it.text


def test_what_took_two_columns_still_does_and_marks_on_letters_show() -> None:
    assert plainly("日本 A") == "???? A"
    assert plainly("e\u0301a") == "?a"
    assert len(plainly("👍🏽 x")) == cell_len("👍🏽 x")
    assert plainly("plain [text]") == "plain [text]"


def test_words_that_go_on_end_in_three_points_and_names_that_were_cut_in_one() -> None:
    assert _line("Reading …     ") == "Reading ...   "
    assert _line("Reading …", "     ") == "Reading ...   "
    assert _line("Kestrel Roof", "…", "     ") == "Kestrel Roof~     "
    assert _line("Reading … go") == "Reading ~ go"


@pytest.mark.parametrize("keys", [(), ("c", "enter"), ("M",), ("a", "b")], ids=len)
async def test_without_colour_nothing_but_the_terminals_own_is_written(
    keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(tested=True) as it:
        await it.press(*keys)
        styles = [part.style for line in painted(it) for part in line if part.style]
        colours = {one for style in styles for one in (style.color, style.bgcolor) if one}
        assert all(one.is_default for one in colours)
        assert any(style.reverse for style in styles)  # where the cursor is


async def test_an_empty_no_color_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with driven() as it:
        styles = [part.style for line in painted(it) for part in line if part.style]
        triplets = {one.bgcolor.triplet for one in styles if one.bgcolor and one.bgcolor.triplet}
        assert any(len(set(one)) > 1 for one in triplets)


async def _in(it: Driven, country: str, currency: str) -> None:
    """The company turns out to be of that country."""
    it.desk.country, it.desk.currency = country, currency
    await it.app.read_banner()
    await it.settle()


async def test_days_and_money_are_written_as_in_the_companys_country() -> None:
    async with driven(tested=True) as it:
        await _in(it, "US", "USD")
        await it.press("h", "space")
        assert "10/30/2026" in it.text
        assert "$212,769.20" in it.text
        assert "selected, $1,178.84" in it.text
        assert "as of 11/23/2026 09:01" in it.lines[0]
        await it.press("b")
        assert "Post 1 invoice, $" in it.text or "$1,178.84" in it.text
        await it.press("escape", "t")
        assert "date              10/30/2026" in it.text
        await it.press("escape")
        await _in(it, "GB", "GBP")
        await it.press("M")
        assert "10/2026" in it.text
        assert "£546.23" in it.text


async def test_a_setting_is_over_the_country() -> None:
    async with driven(locale="iso") as it:
        await _in(it, "US", "USD")
        assert it.app.manner.formats == formats_for("iso", "US", "USD")
        assert "2026-10-30" in it.text


@pytest.mark.parametrize("said", ["10/30/2026", "2026-10-30"])
async def test_a_day_typed_into_the_search_is_looked_for(said: str) -> None:
    async with driven(tested=True) as it:
        await _in(it, "US", "USD")
        await it.press("h", "slash", *said)
        assert "10/30/2026 to 10/30/2026" in it.text
        assert it.app.main_screen.table.count == 4
        await it.press("backspace")
        assert it.app.main_screen.table.filter.first_day is None
        await it.press(said[-1], "enter", "escape")
        assert it.app.main_screen.table.count == 240


async def test_filters_take_days_and_amounts_as_they_are_shown() -> None:
    async with driven(tested=True) as it:
        await _in(it, "GB", "GBP")
        await it.press(
            "f", "tab", *"30/10/2026", "tab", *"2026-10-30", "tab", *"£1,200.00", "enter"
        )
        found = it.app.main_screen.table.filter
        assert (str(found.first_day), str(found.last_day)) == ("2026-10-30", "2026-10-30")
        assert found.least == 120_000
        await it.press("f", "tab", "ctrl+u", *"10/30/2026", "enter")
        assert "10/30/2026 is not a date. Write it as 30/11/2026." in it.text


async def test_the_start_date_is_typed_as_it_is_shown() -> None:
    async with driven(tested=True) as it:
        await _in(it, "US", "USD")
        await it.press("B", *"11/01/2026", "enter")
        assert [str(one) for one in it.asked("start_date")] == ["2026-11-01"]
        assert "Invoices from 11/01/2026 on" in it.toasts


async def test_days_already_on_the_screen_are_written_anew() -> None:
    async with driven() as it:
        await it.press("h")
        assert "2026-10-30" in it.text
        await _in(it, "US", "USD")
        assert "2026-10-30" not in it.text
        assert "10/30/2026" in it.text
