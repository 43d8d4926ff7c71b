"""Situation 24: a discount, a total of zero or below, one check over many invoices."""

from __future__ import annotations

from decimal import Decimal

from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import ConflictKind, Outcome
from tests.situations.test_23_exempt_mixed_and_rounded import IN_TEXAS, TEXAS, line
from tests.situations.world import LINE, World


async def test_a_discount_is_a_discount_line_before_tax_to_the_cent(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC", billing=IN_TEXAS)
    rental = line("Weight Overage (per ton)", "199.99", taxable=True)
    invoice = await world.invoice(client, rental, tax_lines=TEXAS, discount_percent="7.5")
    assert (invoice["discount"], invoice["tax"], invoice["total"]) == ("15.00", "15.26", "200.25")
    plan = await world.preview_one(invoice)
    assert "a discount of 15.00 (7.5 %), before tax" in plan.notes
    result = await world.sync(invoice)
    assert result.proof.difference == 0
    held = await world.held_invoice(invoice)
    discount = held["Line"][-1]
    assert discount["DetailType"] == "DiscountLineDetail"
    assert discount["Amount"] == 15
    assert held["ApplyTaxAfterDiscount"] is True
    assert held["TxnTaxDetail"]["TaxLine"][0]["TaxLineDetail"]["NetAmountTaxable"] == Decimal(
        "184.99"
    )
    assert held["TotalAmt"] == Decimal("200.25")


async def test_a_discount_waits_where_quickbooks_has_discounts_off(world: World) -> None:
    (preferences,) = await world.held("Preferences")
    sales = {**preferences["SalesFormsPrefs"], "AllowDiscount": False}
    await world.office("Preferences", {**preferences, "SalesFormsPrefs": sales})
    client = await world.client("Kestrel Fencing LLC")
    invoice = await world.invoice(client, LINE, discount="5.00")
    assert (await world.preview_one(invoice)).outcome == Outcome.NEEDS_YOU
    (conflict,) = world.conflicts(invoice)
    assert conflict.kind == ConflictKind.DISCOUNT


async def test_a_total_of_zero_is_skipped_and_one_below_goes_as_a_credit_memo_when_confirmed(
    world: World,
) -> None:
    client = await world.client("Kestrel Fencing LLC")
    free = await world.invoice(client, {**LINE, "unit_price": "0.00"})
    plan = await world.preview_one(free)
    assert (plan.outcome, plan.reason) == (
        Outcome.SKIPPED,
        "the total is zero: nothing to post",
    )

    back = await world.invoice(
        client, {**LINE, "unit_price": "-80.00"}, {**LINE, "unit_price": "20.00"}
    )
    assert (await world.preview_one(back)).outcome == Outcome.NEEDS_YOU
    (conflict,) = world.conflicts(back)
    assert conflict.kind == ConflictKind.NEGATIVE_TOTAL
    way = conflict.ways_out[0]
    assert way.words == "Post it as a credit memo of 60.00"
    world.desk.choose(Choice(conflict.subject_kind, conflict.subject_key, way.action, way.entity))
    plan = await world.preview_one(back)
    assert (
        "goes as a credit memo of 60.00, which leaves the customer that much credit" in plan.notes
    )
    assert [one.entity for one in plan.postings if not one.adopts] == ["Customer", "CreditMemo"]
    result = await world.sync(back)
    assert result.proof.difference == 0
    (memo,) = await world.held("CreditMemo", DocNumber=back["number"])
    assert memo["TotalAmt"] == 60
    assert memo["RemainingCredit"] == 60
    amounts = [one["Amount"] for one in memo["Line"] if "SalesItemLineDetail" in one]
    assert amounts == [80, -20]
    await world.desk.pull()
    detail = world.detail(back)
    assert detail.status == InvoiceStatus.SYNCED, detail.reason
    # A second look finds nothing more to post.
    assert (await world.preview_one(back)).outcome == Outcome.SKIPPED

    # A change is a change of the credit memo; above zero it would be another document.
    line_id = back["lines"][0]["id"]
    await world.docket(
        "invoices", "edit_line", invoice=back["id"], line=line_id, unit_price="-90.00"
    )
    plan = await world.preview_one(back)
    assert [one.entity for one in plan.postings] == ["CreditMemo"], plan.reason
    assert (await world.sync(back)).proof.difference == 0
    (memo,) = await world.held("CreditMemo", DocNumber=back["number"])
    assert memo["TotalAmt"] == 70
    await world.docket(
        "invoices", "edit_line", invoice=back["id"], line=line_id, unit_price="90.00"
    )
    assert (await world.preview_one(back)).outcome == Outcome.NEEDS_YOU
    words = [one.words for one in world.conflicts(back)]
    assert any("which cannot become the other" in one for one in words), words


async def test_one_check_over_three_invoices_is_one_payment(world: World) -> None:
    client = await world.client("Kestrel Fencing LLC")
    invoices = [await world.invoice(client) for _ in range(3)]
    check = await world.docket(
        "payments",
        "pay",
        client=client,
        method="Check",
        reference="5571",
        amount="300.00",
        allocations=[{"invoice": one["id"], "amount": "100.00"} for one in invoices],
    )
    other = await world.invoice(await world.client("Osprey Roofing LLC"))
    await world.sync(other)
    plan = await world.preview(*invoices)
    assert [one.entity for row in plan.invoices for one in row.postings].count("Payment") == 1
    await world.sync(*invoices)
    (held,) = await world.held("Payment", PaymentRefNum=check["reference"])
    assert held["TotalAmt"] == 300
    assert len(held["Line"]) == 3
    for one in invoices:
        assert (await world.held_invoice(one))["Balance"] == 0
