from __future__ import annotations

from store.books import Choice
from tests.tui.conftest import driven
from tui.widgets.choice_panel import ChoicePanel


async def test_conflicts_are_counted_by_invoices_money_and_choices() -> None:
    async with driven(size=(120, 30)) as it:
        await it.press("c")
        assert "13 invoices, " in it.text
        assert "solved by 3 choices" in it.text


async def test_a_choice_says_how_many_invoices_it_settles_and_the_next_comes_by_itself() -> None:
    async with driven(size=(120, 30)) as it:
        await it.press("c")
        assert "for 12 invoices, 4,950.00" in it.text
        await it.press("enter", "enter")
        chosen = it.asked("choice")[0]
        assert isinstance(chosen, Choice)
        assert (chosen.kind, chosen.key, chosen.action, chosen.qbo_id) == (
            "client",
            "c1",
            "use",
            "31",
        )
        subject = it.app.screen.query_one(ChoicePanel).subject
        assert subject is not None
        assert subject.key == "p2"


async def test_the_last_choice_is_taken_back_by_one_key() -> None:
    async with driven() as it:
        await it.press("c", "u")
        assert it.asked("take_back") == [None]
        assert "Took back" in it.toasts


async def test_a_record_that_cannot_be_invoiced_is_refused_with_the_reason() -> None:
    async with driven() as it:
        await it.press("c", "enter", "j", "j", "enter")
        assert it.asked("choice") == []
        assert "cannot be used on an invoice" in it.toasts


async def test_creating_is_one_of_the_ways_out() -> None:
    async with driven() as it:
        await it.press("c", "enter", "j", "j", "j", "enter")
        chosen = it.asked("choice")[0]
        assert isinstance(chosen, Choice)
        assert (chosen.action, chosen.name) == ("create", "Kestrel Roofing LLC")


async def test_another_record_can_be_looked_for() -> None:
    async with driven() as it:
        await it.press("c", "enter", "G", "enter", *"ridge", "enter", "enter")
        chosen = it.asked("choice")[0]
        assert isinstance(chosen, Choice)
        assert (chosen.qbo_id, chosen.name) == ("77", "Ridge Holdings")


async def test_leaving_out_from_the_workbench_asks_first() -> None:
    async with driven() as it:
        await it.press("c", "enter", "j", "j", "j", "j", "enter")
        assert "Leave out 12 invoices?" in it.text
        await it.press("y")
        assert len(it.asked("exclude")) == 1


async def test_a_refused_posting_is_let_go_again_and_other_ways_out_say_what_they_are() -> None:
    async with driven() as it:
        await it.press("c", "G", "enter", "enter")
        assert it.asked("retry") == [41]
        assert "goes again with the next sync" in it.toasts
        it.app.screen.query_one(ChoicePanel).focus_options()
        await it.press("g", "j", "enter")
        assert "not in QuickBooks yet" in it.toasts
        await it.press("j", "enter")
        assert "mend it where it is" in it.toasts


async def test_the_invoices_that_wait_are_shown_in_the_table() -> None:
    async with driven() as it:
        await it.press("c", "i")
        assert it.screen_name == "MainScreen"
        assert it.app.main_screen.table.count == 12


async def test_names_that_wait_come_first_with_their_differences_marked() -> None:
    async with driven(size=(120, 30)) as it:
        await it.press("n")
        assert "3 of 15 names wait for you" in it.text
        first = next(line for line in it.lines if "nearly the same" in line)
        assert "[" in first
        assert it.lines.index(first) < 8


async def test_only_the_names_that_wait_by_one_key() -> None:
    async with driven(size=(120, 30)) as it:
        await it.press("n")
        assert "20 Yard Dumpster" in it.text
        await it.press("w")
        assert "20 Yard Dumpster" not in it.text


async def test_a_name_is_settled_where_it_stands() -> None:
    async with driven() as it:
        await it.press("n", "enter", "enter")
        assert len(it.asked("choice")) == 1


async def test_escape_goes_from_the_options_to_the_list_and_out() -> None:
    async with driven() as it:
        await it.press("c", "enter", "escape")
        assert it.screen_name == "ConflictsScreen"
        await it.press("escape")
        assert it.screen_name == "MainScreen"
