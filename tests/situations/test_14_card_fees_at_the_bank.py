"""Situation 14: the bank shows card payments less its fee, which no invoice knows of."""

from __future__ import annotations

from tests.situations.world import World


async def test_gross_less_fee_is_found_and_the_payments_stay_gross(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC")
    first, second = await world.invoice(client), await world.invoice(client)
    await world.pay(first, method="Credit Card", reference="C1")
    await world.pay(second, method="Credit Card", reference="C2")
    await world.sync(first, second)
    assert world.desk.money.makes(194_20) == ()
    (found, *_) = world.desk.money.makes(194_20, fee=True)
    assert (found.gross, found.fee) == (200_00, 5_80)
    assert found.words.startswith("all Credit Card payments of ")
    held = await world.held("Payment")
    assert {one["TotalAmt"] for one in held if one.get("PaymentRefNum") in ("C1", "C2")} == {100}
