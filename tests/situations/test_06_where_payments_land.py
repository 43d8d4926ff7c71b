"""Situation 6: payments go straight to a bank account, or wait for a lump deposit."""

from __future__ import annotations

from tests.situations.world import World


async def test_waiting_payments_are_shown_by_day_and_make_the_banks_sum(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC")
    first, second, third = [await world.invoice(client) for _ in range(3)]
    await world.pay(first, method="ACH", reference="ACH1", amount="60.00")
    await world.pay(second, method="Credit Card", reference="C1", amount="75.00")
    await world.pay(third, method="Check", reference="5571", amount="99.00")
    await world.sync(first, second, third)

    found = world.desk.money.deposits()
    mine = [one for one in found.rows if one.method in ("ACH", "Credit Card", "Check")]
    assert mine[-1].running == sum(one.amount for one in found.receipts)
    assert {(one.method, one.amount, one.waiting) for one in mine} >= {
        ("ACH", 60_00, 60_00),
        ("Credit Card", 75_00, 75_00),
        ("Check", 99_00, 99_00),
    }
    assert sum(one.amount for one in found.ages) == 60_00 + 75_00 + 99_00
    assert found.warning == ""
    (lump, *_) = world.desk.money.makes(135_00)
    assert {one.reference for one in lump.receipts} == {"ACH1", "C1"}

    (ach,) = await world.held("Payment", PaymentRefNum="ACH1")
    (card,) = await world.held("Payment", PaymentRefNum="C1")
    await world.bookkeeper(deposit={"payments": [ach["Id"], card["Id"]]})
    await world.desk.pull()
    found = world.desk.money.deposits()
    assert sum(one.amount for one in found.ages) == 99_00
    assert world.desk.money.makes(135_00) == ()


async def test_a_bank_account_in_the_settings_is_warned_of_and_a_wrong_one_held(
    world: World,
) -> None:
    (bank, *_) = await world.held("Account", AccountType="Bank")
    (income, *_) = await world.held("Account", AccountType="Income")
    world.desk.set_setting("deposit_account", bank["Id"])
    client = await world.client("Heron Roofing LLC")
    invoice = await world.invoice(client)
    await world.pay(invoice, reference="5572")
    await world.sync(invoice)
    (held,) = await world.held("Payment", PaymentRefNum="5572")
    assert held["DepositToAccountRef"]["value"] == bank["Id"]
    found = world.desk.money.deposits()
    assert found.warning.startswith(f"The settings send payments straight to {bank['Name']}.")
    assert world.desk.money.makes(100_00) == ()

    world.desk.set_setting("deposit_account", income["Id"])
    another = await world.invoice(client)
    await world.pay(another, reference="5573")
    plan = await world.preview_one(another)
    assert plan.postings == ()
    assert "takes no payments. Choose a bank account or Undeposited Funds" in plan.reason
