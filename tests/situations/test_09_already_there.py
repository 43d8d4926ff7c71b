"""Situation 9: the invoice is in QuickBooks already: by hand, by an earlier sync, or twice."""

from __future__ import annotations

from typing import Any

from store.books import Choice
from store.states import InvoiceStatus
from sync.shapes import ConflictKind, Outcome
from sync.tie_out.shapes import Measure
from tests.situations.world import LINE, Record, World

TEXAS = [{"name": "Texas State", "agency": "Texas", "rate": "6.25"}]


async def test_the_same_is_linked_a_like_one_is_asked_about_and_nothing_is_merged(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    tested = await world.invoice(client)
    await world.sync(tested)
    customer = (await world.held_invoice(tested))["CustomerRef"]["value"]

    same = await world.invoice(client, number="8001")
    await _by_hand(world, customer, same)
    plan = await world.preview_one(same)
    assert plan.outcome == Outcome.LINKED
    assert plan.notes == (f"links invoice no. 8001, Kestrel Fencing LLC, 100.00, {_day(same)}",)

    other_amount = await world.invoice(client, number="8002")
    await _by_hand(world, customer, other_amount, amount="90")
    plan = await world.preview_one(other_amount)
    assert plan.outcome == Outcome.NEEDS_YOU
    assert plan.reason == (
        "already there?: QuickBooks has an invoice with the number 8002 already, very like this"
        " one, but: total 100.00 in Docket, 90.00 in QuickBooks."
    )
    strange = await world.invoice(client, number="8003")
    (anybody, *_) = await world.held("Customer", Active=True)
    await _by_hand(world, anybody["Id"], strange, amount="7", TxnDate="2026-11-05")
    plan = await world.preview_one(strange)
    assert plan.reason.startswith("number already used: QuickBooks uses the number 8003 for")
    assert plan.reason.endswith("Renumber one of the two, or leave this invoice out.")

    group = world.conflict(ConflictKind.ALREADY_THERE)
    link = next(way for way in group.ways_out if way.action == "link")
    world.desk.choose(Choice("invoice", other_amount["id"], "link", link.entity, link.qbo_id))
    result = await world.sync(same, other_amount, strange)
    assert result.totals[Outcome.LINKED].count == 2
    assert world.detail(same).status == InvoiceStatus.SYNCED
    assert [len(await world.held("Invoice", DocNumber=f"800{n}")) for n in (1, 2, 3)] == [1, 1, 1]
    assert (await world.held("Invoice", DocNumber="8002"))[0]["TotalAmt"] == 90


async def test_a_second_one_made_after_our_sync_is_shown_with_both_numbers(world: World) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    first = await world.held_invoice(invoice)
    second = await _by_hand(world, first["CustomerRef"]["value"], invoice, DocNumber="D-77")

    await world.desk.pull()
    assert world.detail(invoice).status == InvoiceStatus.CONFLICTED
    group = world.conflict(ConflictKind.POSSIBLE_DOUBLE)
    assert group.words == (
        f"Possible double: it is linked with invoice no. {invoice['number']}, Kestrel Fencing"
        f" LLC, 100.00, {_day(invoice)}, and QuickBooks also has invoice no. D-77, Kestrel"
        f" Fencing LLC, 100.00, {_day(invoice)}. If they are one, void the other there; nothing"
        " is voided by itself."
    )
    assert [way.action for way in group.ways_out] == ["wait", "link", "keep", "open"]
    assert (await world.preview_one(invoice)).postings == ()

    # the other one stays: the next sync links it, and the first is the double now
    link = group.ways_out[1]
    chosen = Choice(group.subject_kind, group.subject_key, "link", link.entity, link.qbo_id)
    assert world.desk.choose(chosen) == 1
    result = await world.sync(invoice)
    assert (result.totals[Outcome.LINKED].count, result.proof.difference) == (1, 0)
    now = world.conflict(ConflictKind.POSSIBLE_DOUBLE)
    assert "linked with invoice no. D-77" in now.words
    await world.bookkeeper(void={"entity": "Invoice", "id": first["Id"]})
    await world.desk.pull()
    assert world.detail(invoice).status == InvoiceStatus.SYNCED
    assert [row["Id"] for row in await world.held("Invoice", DocNumber="D-77")] == [second["Id"]]

    # two different ones: said once, and not asked again
    await _by_hand(world, first["CustomerRef"]["value"], invoice, DocNumber="D-78")
    await world.desk.pull()
    group = world.conflict(ConflictKind.POSSIBLE_DOUBLE)
    world.desk.choose(Choice(group.subject_kind, group.subject_key, "keep"))
    await world.desk.pull()
    assert world.detail(invoice).status == InvoiceStatus.SYNCED


async def test_a_payment_that_stands_there_twice_is_shown_and_two_equal_ones_are_not(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Heron Roofing LLC")
    invoice = await world.invoice(client)
    await world.pay(invoice, reference="5571")
    await world.sync(invoice)
    ahead = await world.docket("payments", "pay", client=client, amount="20.00", reference="A-9")
    await world.desk.pull()
    await world.desk.bulk_sync(world.desk.preview([f"payment:{ahead['id']}"]))
    for reference in ("5571", "A-9"):
        (held,) = await world.held("Payment", PaymentRefNum=reference)
        fields = ("CustomerRef", "TxnDate", "TotalAmt")
        copy = {field: held[field] for field in fields}
        await world.office("Payment", {**copy, "PaymentRefNum": f"other {reference}"})
        await world.desk.pull()
        assert world.desk.conflicts() == []
        await world.office("Payment", {**copy, "PaymentRefNum": reference})
        await world.desk.pull()
        group = world.conflict(ConflictKind.POSSIBLE_DOUBLE)
        assert group.invoices == ((invoice["id"],) if reference == "5571" else ())
        both = (
            f"payment no. {reference}, Heron Roofing LLC, {held['TotalAmt']:.2f}, {held['TxnDate']}"
        )
        assert group.words == (
            f"Possible double: payment by Check {reference} is linked with {both}, and QuickBooks"
            f" also has {both}, linked to nothing. If they are one, void the other there; nothing"
            " is voided by itself."
        )
        assert [way.action for way in group.ways_out] == ["wait", "keep", "open"]
        world.desk.choose(Choice(group.subject_kind, group.subject_key, "keep"))
        assert world.desk.conflicts() == []
    assert world.detail(invoice).status == InvoiceStatus.SYNCED


async def test_the_same_number_again_is_a_double_whatever_its_total(world: World) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    invoice = await world.invoice(client)
    await world.sync(invoice)
    first = await world.held_invoice(invoice)
    body = await _body(world, first["CustomerRef"]["value"], invoice, amount="120")
    await world.office("Invoice", body, include="allowduplicatedocnum")
    await world.desk.pull()
    group = world.conflict(ConflictKind.POSSIBLE_DOUBLE)
    assert "120.00" in group.words
    assert group.invoices == (invoice["id"],)


async def test_the_same_with_another_sales_tax_is_asked_about_and_stays_visible(
    world: World,
) -> None:
    world.alone()
    client = await world.client("Kestrel Fencing LLC")
    await world.sync(await world.invoice(client))
    (customer,) = await world.held("Customer", DisplayName="Kestrel Fencing LLC")
    rental = {**LINE, "taxable": True}
    taxed = await world.invoice(client, rental, number="8101", tax_lines=TEXAS)
    other = await world.invoice(client, rental, number="8102", tax_lines=TEXAS)
    for one in (taxed, other):
        await _by_hand(world, customer["Id"], one, amount="106.25")

    plan = await world.preview(taxed, other)
    assert [one.outcome for one in plan.invoices] == [Outcome.NEEDS_YOU] * 2
    group = world.conflict(ConflictKind.ALREADY_THERE)
    assert group.words == (
        f"QuickBooks has invoice no. 8101, Kestrel Fencing LLC, 106.25, {_day(taxed)}, the same"
        " but for its tax: sales tax 6.25 in Docket, 0.00 in QuickBooks. Correct one of the two,"
        " or link them as they are."
    )
    assert len(group.invoices) == 2
    assert [way.action for way in group.ways_out] == ["wait", "link", "open", "exclude"]

    # one choice for all; nothing is hidden by it
    world.desk.choose(Choice(group.subject_kind, group.subject_key, "link"))
    again = await world.preview_one(taxed)
    assert again.notes[-1].endswith("sales tax 6.25 in Docket, 0.00 in QuickBooks")
    result = await world.sync(taxed, other)
    assert (result.totals[Outcome.LINKED].count, result.proof.difference) == (2, 0)
    assert world.detail(taxed).status == InvoiceStatus.SYNCED
    left = "in QuickBooks, and left as it is: sales tax 6.25 in Docket, 0.00 in QuickBooks"
    assert world.detail(taxed).reason == left
    found = world.desk.tie_out.tie_out(world.desk.tie_out.whole())
    assert found.total.difference(Measure.TAX).amount == 12_50

    # a change there after the link asks anew; left, it is named again
    (held,) = await world.held("Invoice", DocNumber="8101")
    await world.office("Invoice", {**held, "CustomerMemo": {"value": "gate 9999"}, "sparse": True})
    await world.desk.pull()
    (changed,) = world.conflicts(taxed)
    assert changed.kind == ConflictKind.CHANGED_IN_QBO
    keep = next(way for way in changed.ways_out if way.action == "keep")
    world.desk.choose(
        Choice("invoice", taxed["id"], keep.action, keep.entity, keep.qbo_id, keep.name)
    )
    assert "sales tax 6.25" in world.detail(taxed).reason


def _day(invoice: Record) -> str:
    return str(invoice["issued_on"])


async def _body(
    world: World, customer: str, invoice: Record, *, amount: str = "100", **fields: Any
) -> Record:
    (item,) = await world.held("Item", Name="Delivery Fee")
    detail = {"ItemRef": {"value": item["Id"]}, "TaxCodeRef": {"value": "NON"}}
    line = {
        "Amount": amount,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": detail,
    }
    return {
        "CustomerRef": {"value": customer},
        "DocNumber": invoice["number"],
        "TxnDate": _day(invoice),
        "Line": [line],
        **fields,
    }


async def _by_hand(
    world: World, customer: str, invoice: Record, amount: str = "100", **fields: Any
) -> Record:
    """Enter in QuickBooks what Docket has."""
    body = await _body(world, customer, invoice, amount=amount, **fields)
    return await world.office("Invoice", body)
