"""Situation 10: QuickBooks saved it, and the answer never came."""

from __future__ import annotations

from typing import Any

from store.states import InvoiceStatus
from sync.shapes import Outcome
from tests.situations.world import World


async def test_what_was_saved_without_an_answer_is_found_and_never_sent_twice(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(client))
    lost = await world.invoice(client)
    others = [await world.invoice(client) for _ in range(2)]
    payment = await world.pay(lost, method="Check", reference="771")
    await _arm(world, kind="reset-after", path="/invoice\\?", method="POST")
    await _arm(world, kind="status-after", path="/payment\\?", method="POST", status=504)
    result = await world.sync(lost, *others)
    assert result.totals[Outcome.POSTED].count == 3
    assert result.proof.difference == 0
    assert result.unclear_found == 2
    for invoice in (lost, *others):
        assert len(await world.held("Invoice", DocNumber=invoice["number"])) == 1
        assert world.detail(invoice).status == InvoiceStatus.SYNCED
    (paid,) = await world.held("Payment", PaymentRefNum=payment["reference"])
    assert paid["TotalAmt"] == 100

    # nothing was saved: the same is sent again, under the same request id, once
    gone = await world.invoice(client)
    await _arm(world, kind="reset-before", path="/invoice\\?", method="POST")
    result = await world.sync(gone)
    assert (result.totals[Outcome.POSTED].count, result.proof.difference) == (1, 0)
    assert len(await world.held("Invoice", DocNumber=gone["number"])) == 1


async def _arm(world: World, **fault: Any) -> None:
    handle = world.practice.handle
    answer = await world.practice.http.post(f"{handle.qbo_url}/sandbox/faults", json=fault)
    assert answer.status_code == 200, answer.text
