from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import Trouble
from sync.shapes import CountAndMoney, Outcome, PlanChanged
from tests.tui.conftest import driven
from tests.tui.fakes import make_plan, make_rows, progress_of, result_of_test
from tui.views import KeptViews, Views, ViewsFile
from tui.widgets.totals import posting_words


async def test_a_test_sync_from_proposal_to_the_comparison() -> None:
    async with driven() as it:
        await it.press("t")
        assert "Create invoice 1001" in it.text
        await it.press("P")
        assert it.screen_name == "ComparisonScreen"
        assert "Equal to the cent" in it.text
        assert len(it.asked("test_sync")) == 1


@pytest.mark.parametrize("before", [(), ("tab",), ("shift+tab",), ("tab", "tab")])
async def test_enter_on_a_preview_posts_nothing(before: tuple[str, ...]) -> None:
    async with driven() as it:
        await it.press("t", *before, "enter")
        assert it.asked("test_sync") == []


async def test_the_key_that_asked_does_not_confirm() -> None:
    async with driven(tested=True) as it:
        await it.press("a", "b", "b", "t")
        assert it.screen_name == "PreviewScreen"
        assert it.asked("bulk_sync") == []


async def test_bulk_is_locked_until_a_test_has_agreed_and_offers_the_test() -> None:
    async with driven() as it:
        await it.press("a", "b")
        assert "Test one first" in it.text
        assert "No test sync has agreed yet" in it.text
        await it.press("y")
        assert it.screen_name == "PreviewScreen"
        assert "Test sync of 1001" in it.text


async def test_bulk_without_marks_previews_what_is_pending_and_says_so() -> None:
    async with driven(tested=True) as it:
        await it.press("b")
        assert "Preview of all 120 pending invoices; nothing was marked" in it.text
        await it.press("escape", "p", "b")
        assert "Preview of all 72 pending invoices that the filter shows" in it.text
        await it.press("escape", "5", "b")
        assert it.screen_name == "MainScreen"
        assert "Nothing pending here" in it.toasts
        await it.press("escape", "1", "space", "b")
        assert "Preview of the 1 marked invoice" in it.text


async def test_what_is_only_linked_is_not_said_to_be_posted() -> None:
    words = {
        (161, 0): "Post 161 invoices, 161.00",
        (161, 28): "Post 161 invoices, 161.00, and link 28",
        (0, 28): "Link 28 invoices, 28.00",
        (0, 0): "",
    }
    for (posted, linked), said in words.items():
        figures = {Outcome.POSTED: posted, Outcome.LINKED: linked}
        totals = {outcome: CountAndMoney(n, n * 100) for outcome, n in figures.items()}
        assert posting_words(totals) == said


async def test_the_button_that_posts_says_what_how_much_and_where() -> None:
    async with driven(live=True, tested=True) as it:
        await it.press("h", "2", "a", "b")
        assert "Post 120 invoices, 106,676.20, to Acme Roll-Off LLC (LIVE)" in it.text


async def test_the_preview_splits_paid_and_unpaid_and_narrows_by_one_key() -> None:
    async with driven(tested=True) as it:
        await it.press("h", "2", "a", "b")
        assert "paid: will show as Paid" in it.text
        assert "unpaid: will stay open" in it.text
        await it.press("p")
        narrowed = it.asked("preview")[-1]
        assert isinstance(narrowed, list)
        assert len(narrowed) == 72
        await it.press("p")
        assert "Post 120 invoices" in it.text


async def test_the_fields_of_a_document_are_one_key_away() -> None:
    async with driven(tested=True, size=(110, 40)) as it:
        await it.press("h", "2", "a", "b")
        it.app.screen.query_one("#plans").focus()
        await it.press("enter")
        assert it.screen_name == "DocumentsScreen"
        assert "20 Yard Dumpster" in it.text
        assert "DocNumber" not in it.text


async def test_a_bulk_sync_to_a_result_that_adds_up() -> None:
    async with driven(tested=True) as it:
        await it.press("h", "a", "b", "P")
        assert it.screen_name == "ResultScreen"
        assert "selected" in it.text
        assert "difference 0.00" in it.text


async def test_the_screen_stays_usable_while_a_run_is_going() -> None:
    async with driven(tested=True) as it:
        it.desk.gate.clear()
        await it.press("h", "2", "a", "b", "P")
        await it.until(lambda: "120 of 240 writes" in it.text)
        assert it.screen_name == "ProgressScreen"
        assert "120 of 240 writes" in it.text
        await it.press("escape", "j", "1")
        await it.until(lambda: "Syncing" in it.text)
        assert "Syncing" in it.text
        assert it.app.main_screen.table.count == 240
        it.desk.gate.set()
        await it.settle()
        assert "The sync has ended" in it.toasts
        await it.press("R")
        assert it.screen_name == "ResultScreen"


async def test_pause_and_stop_reach_the_run() -> None:
    async with driven(tested=True) as it:
        it.desk.gate.clear()
        await it.press("a", "b", "P", "p")
        assert it.app.runs.control.paused
        assert "paused" in it.text
        await it.press("p", "S")
        assert it.app.runs.control.stopping
        it.desk.gate.set()
        await it.settle()
        assert "Stopped: you stopped it" in it.text
        assert "b previews the rest" in it.text


async def test_what_a_stop_left_unclear_is_gone_on_with_by_one_key() -> None:
    async with driven(tested=True) as it:
        it.desk.gate.clear()
        await it.press("a", "b", "P", "S")
        it.desk.left = progress_of(make_plan(make_rows(9)))
        it.desk.gate.set()
        await it.settle()
        await it.press("escape")
        assert "A sync was stopped in the middle" in it.text
        await it.press("R")
        assert it.asked("resume") == [None]


async def test_quitting_during_a_run_asks_and_finishes_what_is_in_flight() -> None:
    async with driven(tested=True) as it:
        it.desk.gate.clear()
        await it.press("a", "b", "P", "q")
        assert "A sync is under way" in it.text
        await it.press("enter")
        assert not it.app._exit
        await it.press("q", "y")
        assert it.app.runs.control.stopping
        it.desk.gate.set()
        await it.until(lambda: it.app.return_value is not None)
        assert it.app.return_value == 130


async def test_a_second_run_is_not_started_beside_the_first() -> None:
    async with driven(tested=True) as it:
        it.desk.gate.clear()
        await it.press("a", "b", "P", "escape", "b", "t")
        assert it.screen_name == "MainScreen"
        assert len(it.asked("bulk_sync")) == 1
        it.desk.gate.set()


async def test_a_plan_that_changed_comes_back_as_a_preview() -> None:
    async with driven(tested=True) as it:
        await it.press("a", "b")
        it.desk.trouble = PlanChanged(make_plan(make_rows(3)))
        await it.press("P")
        assert it.screen_name == "PreviewScreen"
        assert "The data changed since the preview" in it.text
        assert "Post 3 invoices" in it.text


async def test_trouble_is_told_in_three_sentences() -> None:
    async with driven(tested=True) as it:
        it.desk.trouble = Trouble("Docket is down.", books="Nothing was sent.", fix="Press r.")
        await it.press("t")
        for words in ("Docket is down.", "Nothing was sent.", "Press r."):
            assert words in it.text


async def test_a_bug_is_told_without_its_details_and_the_program_goes_on() -> None:
    async with driven(tested=True) as it:
        it.desk.trouble = RuntimeError("Mrs. Smith owes 412.50")
        await it.press("t")
        assert "Nothing is lost" in it.text
        assert "Smith" not in it.text
        await it.press("escape")
        assert it.screen_name == "MainScreen"


async def test_a_run_that_was_left_is_offered_and_resumed_by_its_key() -> None:
    async with driven(left=progress_of(make_plan(make_rows(9)))) as it:
        assert "A sync was stopped in the middle" in it.text
        await it.press("R")
        assert it.screen_name == "ResultScreen"
        assert "3 unclear, 3 found, 0 sent again, 0 twice, 0 lost" in it.text


async def test_with_resume_the_run_goes_on_by_itself() -> None:
    async with driven(resume=True, left=progress_of(make_plan(make_rows(9)))) as it:
        await it.settle()
        assert it.asked("resume") == [None]
        assert it.screen_name == "ResultScreen"


async def test_first_steps_that_are_called_for_during_a_run_are_worked_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def put_away(file: ViewsFile | None) -> KeptViews:
        kept = KeptViews(file)
        kept.keep(Views(guide=False))
        return kept

    monkeypatch.setattr("tui.app.KeptViews", put_away)
    async with driven(tested=True) as it:
        it.desk.gate.clear()
        await it.press("a", "b", "P", "escape")
        assert it.app.runs.going
        await it.press("h")
        assert "Check the names" in it.text
        it.desk.gate.set()


async def test_every_difference_of_a_test_is_marked() -> None:
    async with driven(size=(100, 30)) as it:
        it.app.runs.kind = "test"
        it.app.runs.result = result_of_test(make_plan(make_rows(1)), False)
        it.app.routes.result()
        await it.settle()
        assert "1 difference" in it.text
        marked = next(line for line in it.lines if "12.51" in line)
        assert "≠" in marked


async def test_a_test_can_be_voided_only_after_a_question() -> None:
    async with driven() as it:
        await it.press("t", "P", "V")
        assert "Void this test in QuickBooks?" in it.text
        assert "invoice 1001, 90.00" in it.text
        await it.press("y")
        assert it.asked("void_test") == [7]
        assert "Voided" in it.text


async def test_a_test_opens_in_quickbooks_and_goes_on_to_what_is_pending() -> None:
    async with driven() as it:
        await it.press("t", "P", "o")
        assert it.opened == ["https://app.qbo.intuit.com/app/invoice?txnId=145"]
        await it.press("b")
        assert it.screen_name == "PreviewScreen"
        assert "120 pending invoices" in it.text
        await it.press("escape")
        assert it.app.main_screen.tabs.active == 1


async def test_waiting_is_told_with_its_reason() -> None:
    async with driven(tested=True) as it:
        it.desk.gate.clear()
        await it.press("a", "b", "P")
        waiting = replace(
            progress_of(make_plan(make_rows(9))), waiting="QuickBooks asks us to wait, 43 s"
        )
        it.app.runs._watch(waiting)
        await it.until(lambda: "QuickBooks asks us to wait, 43 s" in it.text)
        assert "QuickBooks asks us to wait, 43 s" in it.text
        it.desk.gate.set()
