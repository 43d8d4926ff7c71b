"""Deposits on screen: days with a running sum, the bank's amount, what looks wrong."""

from __future__ import annotations

from core.money import plain_cents
from tests.tui.conftest import driven


async def test_days_waiting_money_and_what_looks_wrong_are_shown() -> None:
    async with driven(tested=True, size=(100, 30)) as it:
        await it.press("d")
        assert it.screen_name == "DepositsScreen"
        assert "in Undeposited Funds up to 3 days" in it.text
        newest = it.desk.money.deposits().rows[-1]
        (line,) = [one for one in it.lines if newest.day.isoformat() in one and "1" in one][:1]
        assert "Running sum" in it.text
        assert newest.method in line
        assert "Counted twice? The deposit of 2026-11-09 books" in it.text
        assert "p posts them" in it.text


async def test_the_banks_amount_finds_its_payments_and_a_fee_on_request() -> None:
    async with driven(tested=True) as it:
        await it.press("d", "slash")
        some = [one for one in it.desk.money.receipts if one.undeposited][:3]
        exact = sum(one.amount for one in some)
        await it.press(*plain_cents(exact))
        assert f"✓ {exact / 100:,.2f}" in it.text
        await it.press("enter", "escape")
        assert it.screen_name == "MainScreen"


async def test_money_on_no_invoice_is_previewed_by_one_key() -> None:
    async with driven(tested=True) as it:
        await it.press("d", "p")
        assert it.screen_name == "PreviewScreen"
        assert it.asked("preview")[-1] == ["credit:c9"]
