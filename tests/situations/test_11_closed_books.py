"""Situation 11: the books are closed, or reconciled, through the day of an invoice."""

from __future__ import annotations

import pytest

from core.errors import UsageTrouble
from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import ConflictKind, Outcome
from tests.situations.world import World

CLOSED = "closed:2026-10-31"


async def test_a_closed_day_is_known_before_anything_is_sent_and_never_moved_silently(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(client))
    await world.bookkeeper(close_books="2026-10-31")
    late = await world.invoice(client, issued_on="2026-10-20")
    await world.pay(late, received_on="2026-10-30", method="Check", reference="88")

    plan = await world.preview_one(late)
    assert plan.outcome == Outcome.NEEDS_YOU
    assert plan.reason.startswith(
        "closed month: The invoice of 2026-10-20 is in a closed period: the books are closed"
        " through 2026-10-31."
    )
    assert plan.postings == ()
    group = world.conflict(ConflictKind.CLOSED_BOOKS)
    assert (group.subject_key, group.invoices) == (CLOSED, (late["id"],))
    assert [way.action for way in group.ways_out] == ["wait", "date", "exclude"]
    assert group.ways_out[1].name == "2026-11-01"

    for wish, why in (
        ("2026-11-01", "who signed it off"),
        ("2026-10-31 Ann Lee, CPA", "choose a later day"),
        ("soon Ann Lee, CPA", "not a date"),
    ):
        with pytest.raises(UsageTrouble, match=why):
            world.desk.choose(Choice("invoice", CLOSED, "date", name=wish))
    world.desk.choose(Choice("invoice", CLOSED, "date", name="2026-11-01 Ann Lee, CPA"))

    plan = await world.preview_one(late)
    assert plan.outcome == Outcome.POSTED
    assert plan.notes == (
        "the invoice of 2026-10-20 is dated 2026-11-01 in QuickBooks: the books are closed;"
        " signed off by Ann Lee, CPA",
        "payment by Check 88 of 2026-10-30 is dated 2026-11-01 in QuickBooks: the books are"
        " closed; signed off by Ann Lee, CPA",
    )
    result = await world.sync(late)
    assert result.proof.difference == 0
    held = await world.held_invoice(late)
    assert (held["TxnDate"], held["TotalAmt"], held["Balance"]) == ("2026-11-01", 100, 0)
    (paid,) = await world.held("Payment", PaymentRefNum="88")
    assert paid["TxnDate"] == "2026-11-01"
    assert world.detail(late).status == InvoiceStatus.SYNCED

    await world.bookkeeper(close_books="2026-11-10")
    later = await world.invoice(client, issued_on="2026-10-21")
    assert (await world.preview_one(later)).outcome == Outcome.NEEDS_YOU  # another sign-off
    await world.bookkeeper(close_books=None)
    await world.sync(later)
    assert (await world.held_invoice(later))["TxnDate"] == "2026-10-21"


async def test_a_reconciled_month_is_asked_about_once_for_all_in_it(world: World) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(client))
    with pytest.raises(UsageTrouble):
        world.desk.set_setting("reconciled_through", "October")
    world.desk.set_setting("reconciled_through", "2026-10-31")
    late = [await world.invoice(client, issued_on=f"2026-10-{day}") for day in (30, 31)]
    after = await world.invoice(client, issued_on="2026-11-01")

    plan = await world.preview(*late, after)
    assert [one.outcome for one in plan.invoices] == [
        Outcome.NEEDS_YOU,
        Outcome.NEEDS_YOU,
        Outcome.POSTED,
    ]
    group = world.conflict(ConflictKind.RECONCILED)
    assert (len(group.invoices), group.amount) == (2, 200_00)
    assert "in a month that you reconciled with the bank (through 2026-10-31)" in group.words
    assert [way.action for way in group.ways_out] == ["wait", "create", "exclude"]
    world.desk.choose(Choice("invoice", group.subject_key, "create"))
    await world.sync(*late, after)
    assert [(await world.held_invoice(one))["TxnDate"] for one in late] == [
        "2026-10-30",
        "2026-10-31",
    ]
