"""Situation 7: somebody booked the bank's deposit as income; its payments stand there too."""

from __future__ import annotations

from tests.situations.world import World


async def test_a_deposit_of_the_amount_of_synced_payments_is_shown(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC")
    first, second = await world.invoice(client), await world.invoice(client)
    await world.pay(first, method="Credit Card", reference="C1")
    await world.pay(second, method="Credit Card", reference="C2")
    await world.sync(first, second)
    (income, *_) = await world.held("Account", AccountType="Income")
    (bank, *_) = await world.held("Account", AccountType="Bank")
    day = (await world.held("Payment", PaymentRefNum="C1"))[0]["TxnDate"]

    async def book(amount: int) -> None:
        line = {
            "Amount": amount,
            "DetailType": "DepositLineDetail",
            "DepositLineDetail": {"AccountRef": {"value": income["Id"]}},
        }
        body = {"TxnDate": day, "DepositToAccountRef": {"value": bank["Id"]}, "Line": [line]}
        await world.office("Deposit", body)

    await book(200)
    await book(187)
    await world.desk.pull()
    (doubtful,) = world.desk.money.deposits().doubtful
    assert (doubtful.amount, doubtful.account) == (200_00, income["Name"])
    assert {one.reference for one in doubtful.receipts} == {"C1", "C2"}
