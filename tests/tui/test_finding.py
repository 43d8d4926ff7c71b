"""Finding invoices: filters that combine and are kept, the order that is remembered, marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input

from cli.views_file import FileViews
from core.errors import UsageTrouble
from store.listing import Column, Filter, Sort
from store.states import InvoiceStatus
from tests.tui.conftest import Driven, driven
from tui.screens.filters import chosen
from tui.views import KeptViews, Views, views_from, views_text
from tui.widgets.filter_line import filter_words

FILTERS = st.builds(
    Filter,
    status=st.none() | st.sampled_from(InvoiceStatus),
    text=st.text(max_size=5),
    paid=st.none() | st.booleans(),
    reason_code=st.sampled_from(["", "customer_unclear"]),
    client=st.text(max_size=5),
    first_day=st.none() | st.dates(),
    last_day=st.none() | st.dates(),
    least=st.none() | st.integers(),
    most=st.none() | st.integers(),
)


def _shown(it: Driven) -> Filter:
    return it.app.main_screen.table.filter


def _sort(it: Driven) -> Sort:
    return it.app.main_screen.table.sort


async def test_a_filter_of_several_parts_is_kept_by_its_name_and_taken_again() -> None:
    async with driven() as it:
        await it.press("h", "2", "p", "f", *"kestrel", "tab", *"2026-09-05", "tab", "tab")
        await it.press(*"100.00", "tab", "tab", *"big", "enter")
        wanted = Filter(
            status=InvoiceStatus.PENDING,
            paid=True,
            client="kestrel",
            first_day=date(2026, 9, 5),
            least=100_00,
        )
        assert _shown(it) == wanted
        assert "from 2026-09-05" in it.text
        await it.press("escape", "1")
        assert _shown(it) == Filter()
        await it.press("F")
        assert "client “kestrel”" in it.text
        await it.press("enter")
        assert _shown(it) == wanted
        assert it.app.main_screen.tabs.active == 1
        await it.press("F", "x", "escape")
        assert it.app.views.now.filters == {}


async def test_a_reason_is_taken_from_those_that_there_are() -> None:
    async with driven(size=(100, 40)) as it:
        await it.press("f", *["tab"] * 6, "j", "j")
        assert "customer unclear (conflicted)" in it.text
        await it.press("enter")
        assert _shown(it).reason_code in {"customer_unclear", "excluded", "new"}
        assert it.app.main_screen.table.count == len(it.listing.ids(_shown(it)))


async def test_what_cannot_be_read_says_what_to_write_and_changes_nothing() -> None:
    async with driven() as it:
        await it.press("f", "tab", *"yesterday", "enter")
        assert "yesterday is not a date. Write it as 2026-11-30." in it.text
        await it.press("escape")
        assert _shown(it) == Filter()


async def test_every_column_can_be_sorted_by_and_turned() -> None:
    async with driven(size=(200, 40)) as it:
        seen = set()
        for _ in range(10):
            await it.press(">")
            seen.add(_sort(it).column)
        assert len(seen) == 10
        before = _sort(it)
        await it.press("~")
        assert _sort(it) == replace(before, descending=not before.descending)
        await it.press("<")
        assert _sort(it).column != before.column


async def test_the_order_is_remembered() -> None:
    async with driven() as it:
        await it.press("C")
        assert it.app.views.now.sort == Sort("client", descending=False)


async def test_the_question_says_what_is_not_on_screen_and_a_key_lists_it() -> None:
    async with driven() as it:
        await it.press("h", "space", "space", "space", "p", "x")
        hidden = [one for one in it.app.selection.ids if not _row_is_paid(it, one)]
        assert hidden
        assert f"3 selected, {len(hidden)} not on screen; l lists them." in it.text
        await it.press("l")
        assert f"Not on screen: {len(hidden)} of the 3 selected" in it.text
        await it.press("escape", "escape")
        assert it.asked("exclude") == []


def _row_is_paid(it: Driven, docket_id: str) -> bool:
    return next(row.paid for row in it.listing.rows if row.docket_id == docket_id)


@given(filters=st.dictionaries(st.text(max_size=5), FILTERS, max_size=3))
def test_kept_views_come_back_as_they_were(filters: dict[str, Filter]) -> None:
    column: Column = "open_qbo"
    views = Views(Sort(column, descending=False), filters)
    assert views_from(views_text(views)) == views
    assert all(filter_words(one) for one in filters.values())


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"sort": 1}', '{"filters": {"a": {"status": 7}}}']
)
def test_a_file_that_cannot_be_understood_is_no_obstacle(text: str) -> None:
    assert views_from(text) == Views()


def test_views_are_kept_beside_the_cache(tmp_path: Path) -> None:
    file = FileViews(tmp_path / "sync.db")
    kept = KeptViews(file)
    kept.keep(replace(kept.now, sort=Sort("client")))
    assert KeptViews(FileViews(tmp_path / "sync.db")).now.sort == Sort("client")
    assert {one.name for one in tmp_path.iterdir()} == {"sync.db.views.json"}
    with pytest.raises(UsageTrouble, match="could not be kept"):
        FileViews(tmp_path / "gone" / "sync.db").write("")


def test_amounts_may_be_written_as_they_are_read() -> None:
    said = dict.fromkeys(("client", "first_day", "last_day", "least", "name"), "")
    assert chosen(Filter(), "", {**said, "most": "2,500.00"}).which == Filter(most=2500_00)
    with pytest.raises(ValueError, match="not an amount"):
        chosen(Filter(), "", {**said, "most": "much"})


async def test_the_scroll_bar_goes_by_what_is_listed_and_goes_where_all_fits() -> None:
    async with driven() as it:
        table = it.app.main_screen.table

        async def listed(lines: int, *keys: str) -> None:
            await it.press(*keys)
            await it.until(lambda: table.count == lines)
            assert table.virtual_size.height == lines + 1
            assert table.vertical_scrollbar.window_virtual_size == lines + 1
            assert table.max_scroll_y == lines - table.page

        await listed(240, "h")
        await listed(120, "2")
        await listed(240, "1", "G")
        assert table.scroll_offset.y == 240 - table.page
        await listed(120, "2", "G")
        assert table.scroll_offset.y == 120 - table.page
        await it.press("slash", *"1042")
        await it.until(lambda: table.count < 3)
        assert not table.show_vertical_scrollbar
        assert table.scroll_offset.y == 0


async def test_a_list_that_shrinks_under_its_end_shows_its_end() -> None:
    async with driven() as it:
        table = it.app.main_screen.table
        await it.press("h", "G")
        del it.listing.rows[100:]
        it.listing.version += 1
        await it.until(lambda: table.count == 100)
        assert table.cursor == 99
        assert table.scroll_offset.y == 100 - table.page
        assert table.current is not None
        assert f"▌  {table.current.number} " in it.text


async def test_a_window_taller_than_a_page_is_filled_once_the_found_are_counted() -> None:
    async with driven(size=(80, 160), rows=900) as it:
        await it.press("h")
        table, which = it.app.main_screen.table, Filter(text="1")
        table.show(which, table.sort)
        await it.settle()
        assert sum(row.number in it.text for row in it.listing.rows) == 100
        table.take(it.listing.count(which))
        await it.settle()
        listed = [table.record(index) for index in range(table.page)]
        assert len(listed) > 100
        assert all(row is not None and row.number in it.text for row in listed)


@pytest.mark.parametrize("before", [[], ["slash", "escape"], ["n"], ["J"]], ids=" ".join)
async def test_letters_typed_in_the_same_instant_as_the_slash_are_searched_for(
    before: list[str],
) -> None:
    async with driven() as it:
        await it.press("h", *before)
        place = it.screen_name
        for key, letter in [("slash", "/"), *((one, one) for one in "xax"), ("slash", "/")]:
            it.app.post_message(events.Key(key, letter))
        await it.settle()
        assert it.app.screen.query_one("#search", Input).value == "xax/"
        assert it.screen_name == place
        assert len(it.app.selection) == 0
