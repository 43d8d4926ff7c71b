"""What a person gets used to: what is put away stays away, counts say what there is to do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sync.shapes import RunProgress, StepCount
from tests.tui.conftest import driven
from tests.tui.fakes import make_plan, make_rows, progress_of
from tui.screens.progress import ProgressSheet
from tui.views import Views, views_from, views_text
from tui.widgets.counts_line import CountsLine
from tui.widgets.guide_card import GuideCard


async def test_a_column_is_put_away_and_stays_away() -> None:
    async with driven(size=(130, 30)) as it:
        await it.press("h")
        assert "Reason" in it.text
        await it.press("w", "G", "space")
        assert it.screen_name == "ColumnsScreen"
        await it.press("escape")
        assert "Reason" not in it.text
        assert it.app.views.now.hidden == {"reason"}
        await it.press("w", "G", "enter", "escape")
        assert "Reason" in it.text
        assert not it.app.views.now.hidden


async def test_the_first_steps_are_skipped_by_a_key_for_good() -> None:
    async with driven() as it:
        assert it.app.screen.query_one(GuideCard).display
        await it.press("h")
        assert not it.app.screen.query_one(GuideCard).display
        assert not it.app.views.now.guide
        await it.press("h")
        assert it.app.views.now.guide


def test_what_is_put_away_comes_back_as_it_was_kept() -> None:
    views = Views(guide=False, hidden=frozenset({"last_synced", "reason"}))
    assert views_from(views_text(views)) == views
    assert views_from('{"hidden": ["reason", "no such column"]}').hidden == {"reason"}


async def test_conflicts_are_counted_by_what_there_is_to_do() -> None:
    async with driven(size=(120, 30)) as it:
        await it.press("c")
        assert "needs a customer 12 · needs a product 9 · closed month 1" in it.text


async def test_an_invoice_with_two_conflicts_is_money_only_once() -> None:
    async with driven(size=(120, 30)) as it:
        await it.press("c")
        ids = [f"inv{number}" for number in (*range(12), 99)]
        assert f"13 invoices, {it.listing.sums(ids).amount / 100:,.2f}, solved by" in it.text


@given(
    counts=st.dictionaries(st.text("abc ", min_size=1), st.integers(1, 10**6)),
    width=st.integers(20, 200),
)
def test_counts_fit_the_line_and_add_up_in_sight(counts: dict[str, int], width: int) -> None:
    line = CountsLine()
    line._counts = counts
    for shown in line.lines(width):
        assert shown.cell_length <= width


def _sheet(progress: RunProgress) -> str:
    sheet = ProgressSheet()
    sheet.progress = progress
    return "\n".join(line.plain for line in sheet.lines(76))


def test_a_run_says_how_far_each_phase_is_how_fast_it_may_go_and_what_needs_somebody() -> None:
    progress = replace(
        progress_of(make_plan(make_rows(9))),
        steps=(StepCount("customers", 9, 9), StepCount("invoices", 57, 161)),
        calls=212,
        ceiling=500,
        needs=("invoice 1042: QuickBooks refused: the books are closed.",),
    )
    shown = _sheet(progress)
    assert "9 of 9 customers   57 of 161 invoices" in shown
    assert "212 of the 500 calls a minute" in shown
    assert "▲ invoice 1042: QuickBooks refused: the books are closed." in shown
    assert max(map(len, shown.splitlines())) <= 76
