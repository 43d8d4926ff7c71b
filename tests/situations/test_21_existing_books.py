"""Situation 21: the first sync onto books that Docket's own sync has been posting to."""

from __future__ import annotations

from datetime import date

from store.load import load_books
from store.states import InvoiceStatus, LinkOrigin
from sync.shapes import Outcome
from tests.situations.world import Record, World


async def test_what_docket_posted_is_reviewed_and_adopted_at_once_and_older_is_never_posted(
    world: World,
) -> None:
    world.alone()
    await world.bookkeeper(close_books=None)
    client = await world.client("Kestrel Fencing LLC")
    customer = await world.office("Customer", {"DisplayName": "Kestrel Fencing LLC"})
    old = await world.invoice(client, number="9001", issued_on="2026-09-10")
    lost = await world.invoice(client, number="9002", issued_on="2026-09-11")
    paid = await world.invoice(client, number="9003", issued_on="2026-11-02")
    new = await world.invoice(client, number="9004", issued_on="2026-11-03")
    for invoice in (old, paid):
        await _posted_by_docket(world, customer["Id"], invoice)
    payment = await world.pay(paid, method="Check", reference="44", received_on="2026-11-05")
    world.desk.set_start_date(date(2026, 11, 1))

    await world.desk.pull()
    # the opening comparison: 9002 was never in QuickBooks
    found = await world.desk.opening()
    (ours,) = [row for row in found.rows if row.customer == "Kestrel Fencing LLC"]
    assert (ours.docket, ours.quickbooks, ours.difference) == (200_00, 100_00, 100_00)

    # the review: what agrees in number, customer, date and total; nothing is written
    assert not world.desk.lock().open
    plan = world.desk.link_preview()
    assert (plan.selected.count, plan.selected.amount, plan.writes) == (2, 200_00, 0)
    assert [one.number for one in plan.invoices] == ["9001", "9003"]
    assert plan.invoices[0].notes == (
        "links invoice no. 9001, Kestrel Fencing LLC, 100.00, 2026-09-10",
    )
    assert plan.invoices[1].notes[-1] == (
        "payment by Check 44 of 100.00 is not in QuickBooks; it stays pending"
    )
    before = await world.practice.ledger()
    result = await world.desk.bulk_sync(plan)
    assert (result.totals[Outcome.LINKED].count, result.proof.difference) == (2, 0)
    assert await world.practice.ledger() == before
    links = load_books(world.practice.cache).links
    assert links["invoice", old["id"]].origin == LinkOrigin.ADOPTED
    assert world.desk.link_preview().invoices == ()
    assert not world.desk.lock().open  # linking proves nothing about posting

    # what is older is linked or left; it is never posted
    assert world.detail(old).status == InvoiceStatus.SYNCED
    assert world.detail(lost).status == InvoiceStatus.CONFLICTED
    assert world.detail(lost).reason == (
        "before the start: The invoice of 2026-09-11 is before the start date 2026-11-01: it is"
        " linked if QuickBooks has it, never posted. QuickBooks does not have it."
    )
    await world.sync(new, paid, lost)
    assert await world.held("Invoice", DocNumber="9002") == []
    assert (await world.held("Payment", PaymentRefNum=payment["reference"]))[0]["TotalAmt"] == 100
    assert (await world.held_invoice(paid))["Balance"] == 0
    assert len(await world.held("Invoice", DocNumber="9003")) == 1
    found = await world.desk.opening()
    (ours,) = [row for row in found.rows if row.customer == "Kestrel Fencing LLC"]
    assert ours.difference == 100_00


async def test_where_all_is_linked_a_payment_is_the_test_and_a_press_meanwhile_makes_no_second(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    customer = await world.office("Customer", {"DisplayName": "Kestrel Fencing LLC"})
    linked = await world.invoice(client, number="9101")
    await _posted_by_docket(world, customer["Id"], linked)
    await world.desk.pull()
    assert world.desk.propose_test() is None
    await world.desk.bulk_sync(world.desk.link_preview())
    await world.pay(linked, method="Check", reference="45")
    await world.desk.pull()
    assert world.desk.propose_test() == linked["id"]
    assert not world.desk.lock().open
    result = await world.desk.test_sync(world.desk.preview([linked["id"]]))
    assert result.agreed
    assert world.desk.lock().open

    # Docket's own button, pressed between the preview and the posting
    pressed = await world.invoice(client, number="9102")
    plan = await world.preview(pressed)
    assert plan.invoices[0].outcome == Outcome.POSTED
    await _posted_by_docket(world, customer["Id"], pressed)
    result = await world.desk.bulk_sync(plan)
    assert result.totals[Outcome.LINKED].count == 1
    assert len(await world.held("Invoice", DocNumber="9102")) == 1


async def _posted_by_docket(world: World, customer: str, invoice: Record) -> None:
    """What a press on Docket's own button has left in QuickBooks."""
    (item,) = await world.held("Item", Name="Delivery Fee")
    detail = {"ItemRef": {"value": item["Id"]}, "TaxCodeRef": {"value": "NON"}}
    line = {
        "Amount": 100,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": detail,
    }
    body = {
        "CustomerRef": {"value": customer},
        "DocNumber": invoice["number"],
        "TxnDate": invoice["issued_on"],
        "Line": [line],
    }
    await world.office("Invoice", body)
