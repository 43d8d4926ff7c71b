"""The proof on screen: months, the five classes in words, the payments, the month's check."""

from __future__ import annotations

import pytest

from sync.tie_out.shapes import Class
from tests.tui.conftest import driven
from tui.proof_words import HALF, bars


async def test_months_show_both_sides_and_whether_they_agree() -> None:
    async with driven(tested=True) as it:
        await it.press("M")
        assert it.screen_name == "ProofScreen"
        (august,) = [line for line in it.lines if line.strip().startswith("2026-08")]
        assert "= agrees" in august
        assert august.count("3,001.12") == 2
        (october,) = [line for line in it.lines if "2026-10" in line]
        assert "≠ 4" in october
        assert "24 Docket invoices = 22 in QuickBooks + 2 pending" in it.text
        assert any("2026-05 ✓" in line for line in it.lines)


async def test_a_month_opens_into_its_differences_and_they_into_the_invoice() -> None:
    async with driven(tested=True, size=(140, 40)) as it:
        await it.press("M", "j", "enter")
        for words in ("not from Docket", "▲ status", "≠ amount", "↔ date, customer"):
            assert words in it.text
        assert "546.23 open in QuickBooks" in it.text
        assert "in Undeposited Funds" in it.text
        await it.press("j", "enter")
        assert it.screen_name == "DetailScreen"


async def test_one_key_previews_the_payments_that_quickbooks_lacks() -> None:
    async with driven(tested=True) as it:
        await it.press("M", "p")
        assert it.screen_name == "PreviewScreen"
        assert it.asked("preview")[-1] == ["inv17"]


async def test_a_month_is_checked_by_a_name_and_not_without_one() -> None:
    async with driven(tested=True) as it:
        await it.press("M", "j", "enter", "C")
        assert "Still open: 4 records" in it.text
        await it.press("enter")
        assert it.desk.tie_out.checked == {}
        await it.press(*"Ann", "enter")
        assert it.desk.tie_out.checked["2026-10"].name == "Ann"
        assert "Checked on 2026-11-2" in it.text
        await it.press("escape")
        assert any("2026-10 ✓" in line for line in it.lines)


@pytest.mark.parametrize(("ours", "theirs"), [(0, 0), (-5, 100), (100, 100), (1, 10**9), (7, 3)])
def test_bars_fit_and_what_is_there_shows(ours: int, theirs: int) -> None:
    left, _, right = (text for text, _ in bars(ours, theirs, max(ours, theirs)))
    assert len(left) == len(right) == HALF
    assert bool(right.strip()) == (theirs > 0)
    assert bool(left.strip()) <= (ours > 0)


def test_every_class_has_a_glyph_and_words() -> None:
    from tui.proof_words import GLYPHS, SHORT

    assert set(GLYPHS) == set(SHORT) == set(Class)
    assert len(set(GLYPHS.values())) == len(Class)
