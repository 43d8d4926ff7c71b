"""What is unclear, refused or held: what the screens say of it, and what they let one do."""

from __future__ import annotations

from store.states import InvoiceStatus
from tests.tui.conftest import Driven, driven
from tui.screens.hold import HoldScreen
from tui.widgets.next_line import NextLine

SENT, UNCLEAR, REFUSED, HELD = (("j",) * number for number in range(4))
"""Keys to the first line of the fake log in each of these states."""


def _counting(it: Driven) -> bool:
    return it.app.screen.query_one(NextLine)._timer._active.is_set()


async def test_the_log_says_what_comes_next_and_counts_down_only_while_it_changes() -> None:
    async with driven() as it:
        await it.press("J", *UNCLEAR)
        assert "since 09:01; the next sync looks, not before 09:04" in it.text
        assert "in 3 min 20 s; nothing is sent before" in it.text
        assert _counting(it)
        it.clock.pass_time(140)
        await it.until(lambda: "in 1 min 00 s" in it.text)
        assert "in 1 min 00 s" in it.text
        await it.press("j")
        assert "QuickBooks did not take it" in it.text
        assert not _counting(it)


async def test_while_a_sync_is_under_way_it_looks_by_itself() -> None:
    async with driven() as it:
        it.app.runs.going = True
        await it.press("J", *UNCLEAR)
        assert "looks again at 09:04" in it.text


async def test_the_list_and_the_invoice_say_since_when_and_what_comes_next() -> None:
    async with driven(rows=1) as it:
        row = it.listing.rows[0]._replace(
            status=InvoiceStatus.SYNCING, reason_code="checking", reason="…"
        )
        it.listing.rows, it.listing.version = [row], 2
        await it.until(lambda: "Checking with" in it.text)
        assert "1001 Checking with QuickBooks since 09:00; the next sync looks" in it.lines[-2]
        it.clock.pass_time(300)
        await it.until(lambda: "looks first" in it.text)
        assert "the next sync looks first" in it.lines[-2]
        await it.press("enter")
        assert "Checking with QuickBooks since 09:01" in it.text


async def test_a_number_key_shows_one_kind_of_lines() -> None:
    async with driven() as it:
        await it.press("J")
        for number, lines in {"2": 10, "3": 10, "4": 10, "5": 0, "6": 10, "1": 40}.items():
            await it.press(number)
            assert f"Sync log   {lines} line" in it.text


async def test_a_click_picks_a_kind_and_typing_searches() -> None:
    async with driven() as it:
        await it.press("J")
        chips = next(y for y, line in enumerate(it.lines) if "1 all" in line)
        await it.pilot.click(offset=(it.lines[chips].index("refused"), chips))
        await it.settle()
        assert "10 lines" in it.text
        await it.press("1", "slash", *"1003")
        await it.until(lambda: "1 line with" in it.text)
        assert "invoice 1003" in it.text
        await it.press("escape")
        assert "40 lines" in it.text
        assert it.screen_name == "SyncLogScreen"


async def test_a_line_opens_with_every_call_and_leads_to_its_invoice() -> None:
    async with driven(size=(100, 40)) as it:
        await it.press("J", *REFUSED, "enter")
        assert it.screen_name == "PostingScreen"
        for words in ("look", "not there", "HTTP 400", "refused", "(fault 6210)", "1-6a7b-no"):
            assert words in it.text
        assert "The books are closed for this date." in it.text
        assert "QuickBooks said: Account Period Closed" in it.text
        await it.press("i")
        assert it.screen_name == "DetailScreen"
        await it.press("J")
        assert "Sync log of one invoice" in it.text


async def test_what_support_asks_for_is_copied_without_names_or_amounts() -> None:
    async with driven() as it:
        await it.press("J", *REFUSED, "y")
        assert it.app.clipboard == "1-6a7b-no"
        await it.press("Y")
        copied = it.app.clipboard
        for words in ("1-6a7b-no", "2026-11-23T09:01:00Z", "r" * 32, "fault 6210"):
            assert words in copied
        assert "248" not in copied
        assert it.listing.rows[2].client not in copied


async def test_a_line_in_quickbooks_opens_there() -> None:
    async with driven() as it:
        await it.press("J", "o")
        assert it.opened == ["Invoice/145"]


async def test_what_is_not_safe_says_why_and_does_nothing() -> None:
    settling = "The settle time runs until 09:04: sending now could make a second one."
    async with driven() as it:
        await it.press("J")
        for line, key, reason in (
            (SENT, "e", "QuickBooks has it already."),
            (SENT, "H", "QuickBooks has it already."),
            (UNCLEAR, "e", settling),
            (REFUSED, "H", "Nothing goes by itself after a refusal."),
            (HELD, "H", "It is held back already."),
        ):
            it.app.clear_notifications()
            await it.press("g", *line, key)
            assert reason in it.toasts
            assert it.screen_name == "SyncLogScreen"
        assert it.asked("retry") == it.asked("hold") == []


async def test_nothing_is_held_under_a_running_sync() -> None:
    async with driven() as it:
        it.app.runs.going = True
        await it.press("J", *UNCLEAR, "H")
        assert "stop the sync first" in it.toasts


async def test_a_refused_one_is_tried_again_from_the_log_and_from_its_own_screen() -> None:
    async with driven() as it:
        await it.press("J", *REFUSED, "e")
        assert it.asked("retry") == [2]
        await it.press("enter", "e")
        assert it.asked("retry") == [2, 2]


async def test_an_unclear_one_is_held_with_a_reason_and_a_question_may_be_left() -> None:
    async with driven() as it:
        await it.press("J", *UNCLEAR, "H", "escape")
        assert it.asked("hold") == []
        await it.press("H", *"ask", "enter")
        assert it.asked("hold") == [(1, "ask")]
        await it.press("H")
        assert isinstance(it.app.screen, HoldScreen)
        await it.pilot.click("#yes")
        await it.settle()
        assert it.asked("hold")[-1] == (1, "")


async def test_the_invoice_offers_the_same_for_what_was_sent_for_it() -> None:
    async with driven() as it:
        await it.press("h", "enter", "e")
        assert "The settle time runs until 09:04" in it.toasts
        await it.press("H", "enter")
        assert it.asked("hold") == [(1, "")]


async def test_the_palette_offers_what_is_safe_and_says_why_the_rest_is_not() -> None:
    async with driven() as it:
        await it.press("J", *REFUSED, "ctrl+p", *"try again")
        await it.until(lambda: "looked up first" in it.text)
        await it.press("enter")
        await it.until(lambda: it.asked("retry"))
        assert it.asked("retry") == [2]
        await it.press("ctrl+p", *"hold")
        await it.until(lambda: "Not now" in it.text)
        assert "Not now: Nothing goes by itself after a refusal." in it.text


async def test_a_result_with_an_unclear_one_says_what_becomes_of_it() -> None:
    async with driven(tested=True) as it:
        it.desk.gate.clear()
        await it.press("a", "b", "P")
        it.desk.unclear = True
        it.desk.gate.set()
        await it.until(lambda: it.screen_name == "ResultScreen")
        assert "1001: Checking with QuickBooks since 09:00; the next sync looks" in it.text


async def test_a_test_that_is_stopped_while_unclear_is_not_called_equal() -> None:
    async with driven() as it:
        it.desk.gate.clear()
        await it.press("t", "P", "S")
        it.desk.gate.set()
        await it.until(lambda: it.screen_name == "ComparisonScreen")
        assert "Nobody knows yet what became of it." in it.text
        assert "Equal to the cent" not in it.text
        assert "Checking with QuickBooks since 09:00; the next sync looks" in it.text
