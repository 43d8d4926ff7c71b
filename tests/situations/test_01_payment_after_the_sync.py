"""Situation 1: a payment arrives after the invoice was synced."""

from __future__ import annotations

from store.states import InvoiceStatus
from sync.shapes import Outcome
from tests.situations.world import World


async def test_the_payment_posts_alone_and_the_invoice_shows_as_paid(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    assert (await world.held_invoice(invoice))["Balance"] == 100

    payment = await world.pay(invoice, method="Check", reference="5571")
    plan = await world.preview_one(invoice)
    assert plan.outcome == Outcome.PAYMENT_ONLY
    assert [one.entity for one in plan.postings] == ["Payment"]
    result = await world.sync(invoice)
    assert result.proof.difference == 0
    assert (await world.held_invoice(invoice))["Balance"] == 0
    (held,) = await world.held("Payment", PaymentRefNum=payment["reference"])
    assert held["TotalAmt"] == 100
    assert world.detail(invoice).status == InvoiceStatus.SYNCED
