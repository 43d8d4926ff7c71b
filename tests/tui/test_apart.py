"""What changes settled things is ticked on its own; a void is a plan of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from store.books import Choice
from sync.shapes import FieldChange, Outcome, Plan
from tests.tui.conftest import Driven, driven
from tests.tui.fakes import make_plan, make_rows, result_of_test

KEEP = Choice("invoice", "inv1", "keep")
CHANGED = FieldChange("line 2", "", "Delivery Fee 30.00", "")


def _with_a_change(it: Driven, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make the first previewed invoice a change of a paid one; its id."""
    first = make_plan(make_rows(1)).invoices[0].docket_id

    def preview(docket_ids: Sequence[str], also: Collection[str] = ()) -> Plan:
        it.desk.calls.append(("preview", sorted(also)))
        wanted = set(docket_ids)
        plan = make_plan([row for row in it.listing.rows if row.docket_id in wanted])
        made = []
        for one in plan.invoices:
            change = one
            if one.docket_id == first:
                change = replace(
                    one, apart=("it is paid in QuickBooks",), changes=(CHANGED,), keeps=(KEEP,)
                )
                if first not in also:
                    held = one.postings
                    change = replace(
                        change, outcome=Outcome.NEEDS_YOU, postings=(), held=held, reason="tick it"
                    )
            made.append(change)
        return replace(plan, invoices=tuple(made), also=tuple(sorted(also)))

    monkeypatch.setattr(it.desk, "preview", preview)
    return first


async def test_a_change_of_what_is_settled_is_off_until_it_is_ticked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with driven(tested=True, size=(120, 40)) as it:
        first = _with_a_change(it, monkeypatch)
        await it.press("a", "b")
        assert "1 change of what is settled in QuickBooks: 0 ticked" in it.text
        assert "[ ] 1001" in it.text
        assert "it is paid in QuickBooks" in it.text
        await it.press("X")
        assert "[x] 1001" in it.text
        assert "with 1 change of what is settled" in it.text
        await it.press("X")
        assert it.asked("preview") == [[], [first], []]
        await it.press("l")
        assert it.asked("leave") == [first]
        await it.press("X", "P")
        (sent,) = it.asked("bulk_sync")
        assert isinstance(sent, Plan)
        assert sent.also == (first,)


async def test_the_three_states_of_a_change_stand_side_by_side(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with driven(tested=True, size=(120, 40)) as it:
        _with_a_change(it, monkeypatch)
        await it.press("t")
        assert "Changes what is settled: it is paid in QuickBooks" in it.text
        assert "not sent unless ticked" in it.text
        heads = next(line for line in it.lines if "as posted" in line)
        assert "Docket now" in heads
        assert "QuickBooks now" in heads
        assert "Delivery Fee 30.00" in it.text
        await it.press("P")
        assert it.asked("test_sync") == [] or it.asked("preview")[-1] == []


async def test_a_void_is_shown_line_by_line_and_needs_a_yes() -> None:
    async with driven(size=(110, 40)) as it:
        it.app.runs.kind = "bulk"
        it.app.runs.result = result_of_test(make_plan(make_rows(1)), True)
        it.app.routes.result()
        await it.settle()
        await it.app.screen.run_action("void_run")
        await it.settle()
        assert "Void in QuickBooks" in it.text
        assert "QuickBooks has no void for it" in it.text
        assert "cannot be undone here" in it.text
        assert "[ ] x: make the customers" in it.text
        await it.press("enter")
        assert it.asked("void") == []

        await it.app.screen.run_action("void_run")
        await it.settle()
        await it.press("x")
        assert "make 1 name inactive" in it.text, it.text
        await it.press("y")
        assert len(it.asked("void")) == 1


async def test_one_new_invoice_of_a_preview_is_mailed_by_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with driven(tested=True, size=(120, 40)) as it:
        first = _with_a_change(it, monkeypatch)
        await it.press("a", "b", "e")
        assert it.asked("mail") == []
        assert "only what is posted new" in it.text
        await it.press("X", "e")
        assert it.asked("mail") == [([first], True)]
