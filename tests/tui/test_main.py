from __future__ import annotations

import pytest
from textual.widgets import Input

from store.listing import Filter
from store.states import InvoiceStatus
from tests.tui.conftest import Driven, driven
from tests.tui.fakes import make_rows
from tui.widgets.guide_card import GuideCard
from tui.widgets.paged_list import PAGES


def _shown(it: Driven) -> Filter:
    return it.app.main_screen.table.filter


async def test_the_first_thing_shown_is_what_dockets_own_sync_would_have_done() -> None:
    async with driven() as it:
        assert "If you had pressed Sync in Docket: 9 duplicate customers" in it.text
        assert "Here: 0." in it.text
        for words in ("Check the names", "Test one", "Sync the rest"):
            assert words in it.text


async def test_the_first_steps_go_and_come_back_by_one_key() -> None:
    async with driven() as it:
        await it.press("h")
        assert not it.app.screen.query_one(GuideCard).display
        await it.press("h")
        assert it.app.screen.query_one(GuideCard).display


def _first_steps_show(it: Driven) -> bool:
    return it.app.main_screen.query_one(GuideCard).display


async def test_the_first_steps_go_by_themselves_once_they_are_done() -> None:
    async with driven(tested=True) as it:
        assert _first_steps_show(it)
        it.desk.settled = True
        rows = [row._replace(status=InvoiceStatus.SYNCED) for row in it.listing.rows]
        it.listing.rows, it.listing.version = rows, 2
        await it.press("J", "escape")
        assert not _first_steps_show(it)
        await it.press("h")
        assert _first_steps_show(it)


async def test_books_that_were_never_fetched_are_fetched_at_once() -> None:
    async with driven(fetched=False) as it:
        assert it.asked("pull") == [False]
        assert "New or changed: 3 in Docket" in it.toasts
        assert "(3,870.00) into a generic Service" in it.text


async def test_without_connection_and_books_the_screen_says_what_to_do() -> None:
    async with driven(fetched=False, connected=False) as it:
        assert it.asked("pull") == []
        assert "Nothing was fetched from Docket and QuickBooks yet." in it.text
        assert "docket-qbo demo" in it.text
        await it.press("n")
        assert it.screen_name == "MainScreen"


@pytest.mark.parametrize(("live", "words"), [(True, "LIVE"), (False, "PRACTICE COMPANY")])
async def test_the_header_says_where_we_are(live: bool, words: str) -> None:
    async with driven(live=live) as it:
        assert words in it.lines[0]
        assert "Acme Roll-Off LLC" in it.lines[0]


async def test_the_tabs_show_counts_and_how_many_choices_there_are_to_make() -> None:
    async with driven(size=(120, 40)) as it:
        assert "3 Conflicted 40" in it.lines[1]
        assert "7 choices to make" in it.lines[2]


async def test_a_tab_shows_only_its_invoices() -> None:
    async with driven() as it:
        await it.press("h", "2")
        table = it.app.main_screen.table
        assert _shown(it).status is InvoiceStatus.PENDING
        assert table.count == 120
        await it.press("tab")
        assert _shown(it).status is InvoiceStatus.CONFLICTED


async def test_paid_and_unpaid_have_one_key_each_and_it_turns_them_off_again() -> None:
    async with driven() as it:
        await it.press("p")
        assert _shown(it).paid is True
        await it.press("u")
        assert _shown(it).paid is False
        await it.press("u")
        assert _shown(it).paid is None


async def test_marks_are_counted_with_their_money_and_what_is_not_on_screen() -> None:
    async with driven() as it:
        await it.press("h", "space", "space", "space", "u")
        rows = [row for row in it.listing.rows if row.docket_id in it.app.selection]
        paid = sum(row.paid for row in rows)
        amount = sum(row.total for row in rows)
        assert f"3 selected, {paid} not on screen, {amount // 100:,}.{amount % 100:02d}" in it.text


async def test_select_all_takes_what_the_filter_shows_at_that_moment() -> None:
    async with driven() as it:
        await it.press("2", "a")
        late = make_rows(1)[0]._replace(docket_id="late", status=InvoiceStatus.PENDING)
        it.listing.rows.append(late)
        it.listing.version += 1
        await it.until(lambda: it.app.main_screen.table.count == 121)
        assert it.app.main_screen.table.count == 121
        assert len(it.app.selection) == 120


async def test_a_range_is_marked_from_its_start_to_the_cursor() -> None:
    async with driven() as it:
        await it.press("j", "v", "j", "j", "v")
        assert len(it.app.selection) == 3


async def test_typing_a_search_narrows_and_escape_goes_back_one_level_at_a_time() -> None:
    async with driven() as it:
        table = it.app.main_screen.table
        await it.press("h", "space", "p", "slash", *"1042")
        found = len([row for row in it.listing.rows if row.number == "1042"])
        await it.until(lambda: table.count == found)
        assert table.count == found
        await it.press("escape")
        assert _shown(it).text == ""
        assert _shown(it).paid is True
        await it.press("escape")
        assert _shown(it).paid is None
        assert len(it.app.selection) == 1
        await it.press("escape")
        assert len(it.app.selection) == 0


async def test_letters_typed_into_the_search_do_nothing_else() -> None:
    async with driven() as it:
        await it.press("slash", "q", "b", "a")
        assert it.app.screen.query_one("#search", Input).value == "qba"
        assert it.app.is_running
        assert len(it.app.selection) == 0


async def test_sorting_by_a_column_and_again_turns_it_round() -> None:
    async with driven() as it:
        table = it.app.main_screen.table
        await it.press("T")
        assert (table.sort.column, table.sort.descending) == ("total", False)
        await it.press("T")
        assert (table.sort.column, table.sort.descending) == ("total", True)


async def test_a_click_on_a_heading_sorts_and_a_click_on_a_tab_picks_it() -> None:
    async with driven(size=(120, 40)) as it:
        await it.press("h")
        heading = next(y for y, line in enumerate(it.lines) if "Client" in line)
        await it.pilot.click(offset=(it.lines[heading].index("Client") + 1, heading))
        assert it.app.main_screen.table.sort.column == "client"
        await it.pilot.click(offset=(it.lines[1].index("Pending"), 1))
        assert it.app.main_screen.table.filter.status is InvoiceStatus.PENDING


async def test_a_click_on_a_key_at_the_bottom_does_what_the_key_does() -> None:
    async with driven() as it:
        await it.pilot.click(offset=(it.lines[-1].index("Search"), 23))
        await it.settle()
        assert it.app.screen.query_one("#search", Input).display


async def test_what_another_process_commits_shows_by_itself() -> None:
    async with driven() as it:
        it.listing.rows = it.listing.rows[:10]
        it.listing.version += 1
        await it.until(lambda: it.app.main_screen.table.count == 10)
        assert it.app.main_screen.table.count == 10


async def test_a_long_table_keeps_only_the_pages_in_sight() -> None:
    async with driven(rows=20_000) as it:
        read = it.listing.pages_read
        assert read <= 3
        await it.press("G", "k", "pageup", "g")
        assert len(it.app.main_screen.table._pages) <= PAGES
        assert it.listing.pages_read - read <= 6


async def test_the_reason_of_the_invoice_at_the_cursor_is_told() -> None:
    async with driven() as it:
        await it.press("h", "3")
        assert "conflicted: needs a customer" in it.lines[-2]


async def test_leaving_out_asks_first_and_names_the_number() -> None:
    async with driven() as it:
        await it.press("h", "space", "space", "x")
        assert "Leave out 2 invoices?" in it.text
        await it.press("enter")
        assert it.asked("exclude") == []
        await it.press("x", "y")
        assert len(it.asked("exclude")) == 1


async def test_unsync_says_that_nothing_changes_in_quickbooks() -> None:
    async with driven() as it:
        await it.press("h", "U")
        assert "Nothing changes in QuickBooks" in it.text
        await it.press("y")
        assert len(it.asked("unsync")) == 1


async def test_refresh_fetches_and_escape_stops_it() -> None:
    async with driven() as it:
        it.desk.gate.clear()
        await it.press("r")
        await it.until(lambda: "Docket invoices" in it.text)
        await it.press("escape")
        assert it.screen_name == "MainScreen"
        it.desk.gate.set()
        await it.press("r")
        assert "New or changed: 3 in Docket, 1 in QuickBooks." in it.toasts


async def test_copy_says_what_was_copied() -> None:
    async with driven() as it:
        await it.press("y")
        assert "Copied 1237" in it.toasts


async def test_the_palette_offers_every_action_of_the_screen() -> None:
    async with driven() as it:
        await it.press("ctrl+p", *"unsync")
        await it.until(lambda: "nothing changes in QuickBooks" in it.text)
        assert "nothing changes in QuickBooks" in it.text


async def test_help_shows_the_keys_of_the_screen_one_is_on() -> None:
    async with driven(size=(100, 40)) as it:
        await it.press("question_mark")
        assert "Step 2: post one invoice and read it back" in it.text
        await it.press("escape")
        assert it.screen_name == "MainScreen"


async def test_both_themes_are_one_key_apart() -> None:
    async with driven() as it:
        assert it.app.theme == "docket-dark"
        await it.press("ctrl+t")
        assert it.app.theme == "docket-light"


async def test_quit_leaves_at_once_when_nothing_is_going_on() -> None:
    async with driven() as it:
        await it.press("q")
        assert it.app.return_value == 0
