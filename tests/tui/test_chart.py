"""The chart on screen: both sums beside the bars, differences in words, ages that explain them."""

from __future__ import annotations

from rich.cells import cell_len

from sync.shapes import CountAndMoney
from sync.tie_out.chart import Pairing
from tests.tui.conftest import driven
from tui.screens.chart import columns, difference_cell, half_of


def _pairing(ours: CountAndMoney, theirs: CountAndMoney) -> Pairing:
    return Pairing("2026-10", ours, theirs)


async def test_each_month_has_both_sums_and_the_difference_in_words() -> None:
    async with driven(tested=True) as it:
        await it.press("dollar_sign")
        assert it.screen_name == "ChartScreen"
        (september,) = [line for line in it.lines if "2026-09" in line]
        assert "2,717.88" in september
        assert "1,409.22 ≠ Docket +1,308.66" in september
        (august,) = [line for line in it.lines if "2026-08" in line]
        assert "██│██" in august
        assert "= the same" in august
        assert "≠ Docket has 590.90 more" in it.text
        await it.press("j", "enter")
        assert it.screen_name == "MonthScreen"
        assert "October 2026" in it.text


async def test_what_is_open_stands_by_age_with_what_explains_the_difference() -> None:
    async with driven(tested=True) as it:
        await it.press("M", "dollar_sign")
        for age in ("not due", "1-30 days", "31-60 days", "61-90 days", "over 90 days"):
            assert age in it.text
        assert "not in QuickBooks yet: 2 invoices, 1,308.66 of it" in it.text
        assert "546.23 more open in QuickBooks on invoices that both have" in it.text
        assert "not from Docket: 1 invoice, 123.45" in it.text
        await it.press("escape")
        assert it.screen_name == "ProofScreen"


def test_a_difference_says_which_side_has_more_also_in_number_alone() -> None:
    cases = {
        (2, 500, 2, 500): "= the same",
        (2, 500, 1, 400): "≠ Docket +1.00",
        (1, 400, 3, 99_999_99): "≠ QuickBooks +99,995.99",
        (2, 500, 1, 500): "≠ Docket +1 invoice",
        (1, 500, 3, 500): "≠ QuickBooks +2 invoices",
    }
    for (count, amount, there, held), words in cases.items():
        cell = difference_cell(_pairing(CountAndMoney(count, amount), CountAndMoney(there, held)))
        assert "".join(text for text, _ in cell) == words
        assert cell_len(words) <= 23 or "invoices" in words


def test_the_bars_take_the_room_there_is() -> None:
    for width in (75, 90, 115, 215):
        wide = sum(column.width for column in columns(half_of(width))) + 4
        assert wide <= width
    assert half_of(115) > half_of(75)
