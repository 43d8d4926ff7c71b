"""Ways out that ask for more than a choice: a signed-off date, all alike, what is there already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from store.books import Choice
from sync.shapes import ConflictGroup, ConflictKind, WayOut
from tests.tui.conftest import driven
from tests.tui.fakes import FakeDesk, make_plan


def _only(monkeypatch: pytest.MonkeyPatch, *groups: ConflictGroup) -> None:
    monkeypatch.setattr(FakeDesk, "conflicts", lambda self: list(groups))


def _group(kind: ConflictKind, subject_kind: str, key: str, *ways: WayOut) -> ConflictGroup:
    invoices = ("inv1", "inv2", "inv3")
    return ConflictGroup(kind, subject_kind, key, key, "Why.", invoices, 300_00, (), ways)


async def test_another_date_is_kept_only_with_the_name_of_who_signed_it_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    way = WayOut("date", "Post with another date, signed off …", name="2026-11-01")
    _only(monkeypatch, _group(ConflictKind.CLOSED_BOOKS, "invoice", "closed:2026-10-31", way))
    async with driven(size=(120, 30)) as it:
        await it.press("c", "enter", "enter")
        assert it.screen_name == "SignOffScreen"
        await it.press("enter")
        assert "Say who signed it off" in it.text
        await it.press(*"Ann", "enter")
        assert it.asked("choice") == [
            Choice("invoice", "closed:2026-10-31", "date", name="2026-11-01 Ann")
        ]
        await it.press("enter", "escape")
        assert len(it.asked("choice")) == 1


async def test_all_refused_for_one_reason_go_again_by_one_choice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = "refused:6210:The books are closed for this date."
    way = WayOut("retry_alike", "Mended: try all of these again", name=key)
    _only(monkeypatch, _group(ConflictKind.REFUSED, "refusal", key, way))
    async with driven(size=(120, 30)) as it:
        await it.press("c", "enter")
        assert "for 3 invoices, 300.00" in " ".join(it.text.split())
        await it.press("enter")
        assert it.asked("retry_alike") == [key]


async def test_what_is_there_is_reviewed_and_linked_by_one_confirmation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with driven(tested=False) as it:
        await it.press("L")
        assert "Nothing pending is in QuickBooks already" in it.toasts
        there = replace(make_plan(it.listing.rows[:2]), links_only=True)
        monkeypatch.setattr(FakeDesk, "link_preview", lambda self: there)
        monkeypatch.setattr(FakeDesk, "propose_test", lambda self: None)
        await it.press("b")
        assert it.screen_name == "PreviewScreen"
        assert "already in QuickBooks: linked, nothing is sent" in it.text


async def test_the_opening_comparison_follows_the_start_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with driven(size=(100, 30)) as it:
        await it.press("B", *"2026-11-01", "enter")
        assert it.asked("start_date") == [date(2026, 11, 1)]
        assert it.screen_name == "OpeningScreen"
        assert "Owed before the start date 2026-11-01" in it.text
        assert "Docket 250.00, QuickBooks 150.00; 1 of 2 customers differ." in it.text
        await it.home()
        await it.press("K")
        assert it.screen_name == "OpeningScreen"
