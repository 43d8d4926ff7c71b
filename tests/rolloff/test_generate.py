"""The sample company: repeatable, right to the cent, and with every kind of trouble."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.docket.books import RESOURCES
from sandbox.docket.forms import check
from sandbox.rolloff import TODAY, Rolloff, generate
from sandbox.rolloff.mix import CLIENT_KINDS, IN_QBO, INVOICE_KINDS

CENT = Decimal("0.01")
DEMO = generate()
COMPANIES = st.builds(generate, st.integers(0, 10**6), st.integers(1, 90))


def digest(company: Rolloff) -> str:
    parts = [company.docket, company.qbo, company.preferences, company.kinds]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def by_id(company: Rolloff, resource: str) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in company.docket[resource]}


def of_kind(kind: str, company: Rolloff = DEMO) -> list[dict[str, Any]]:
    resource = {"client": "clients", "invoice": "invoices", "product": "products"}
    records = by_id(company, resource[kind.partition("/")[0]])
    return [records[one] for one in company.kinds[kind]]


def created(entity: str, company: Rolloff = DEMO) -> Iterator[dict[str, Any]]:
    return (body for of, verb, body in company.qbo if (of, verb) == (entity, "create"))


def names(entity: str, company: Rolloff = DEMO) -> set[str]:
    return {body["DisplayName"] for body in created(entity, company)}


def name_of(client: dict[str, Any]) -> str:
    return client["company_name"].strip() or f"{client['first_name']} {client['last_name']}"


def key(name: str) -> str:
    return " ".join(name.split()).casefold()


def in_quickbooks(company: Rolloff = DEMO) -> dict[str, dict[str, Any]]:
    return {body["DocNumber"]: body for body in created("Invoice", company)}


def total_in_quickbooks(body: dict[str, Any]) -> Decimal:
    lines = sum(Decimal(line["Amount"]) for line in body["Line"])
    return lines + Decimal(body.get("TxnTaxDetail", {}).get("TotalTax", "0"))


def test_the_same_seed_makes_the_same_company() -> None:
    assert digest(generate(4, 80)) == digest(generate(4, 80))


def test_another_seed_size_or_date_makes_another() -> None:
    others = [generate(5, 80), generate(4, 81), generate(4, 80, date(2026, 12, 31))]
    assert len({digest(one) for one in [generate(4, 80), *others]}) == 4


@settings(max_examples=25, deadline=None)
@given(COMPANIES)
def test_every_record_fits_the_contract_and_points_at_others_that_exist(company: Rolloff) -> None:
    ids = {resource: set(by_id(company, resource)) for resource in RESOURCES}
    for resource in RESOURCES:
        assert len(ids[resource]) == len(company.docket[resource])
        for record in company.docket[resource]:
            check(resource, record)
            assert record.get("client_id") in (None, *ids["clients"])
    for invoice in company.docket["invoices"]:
        assert {line["product_id"] for line in invoice["lines"]} <= ids["products"]
        assert len({line["id"] for line in invoice["lines"]}) == len(invoice["lines"])
    for money in (*company.docket["payments"], *company.docket["credits"]):
        assert {part["invoice_id"] for part in money["allocations"]} <= ids["invoices"]


@settings(max_examples=25, deadline=None)
@given(COMPANIES)
def test_every_total_is_right_to_the_cent(company: Rolloff) -> None:
    for invoice in company.docket["invoices"]:
        for line in invoice["lines"]:
            exact = Decimal(line["quantity"]) * Decimal(line["unit_price"])
            assert Decimal(line["amount"]) == exact.quantize(CENT, ROUND_HALF_UP)
        subtotal = sum(Decimal(line["amount"]) for line in invoice["lines"])
        tax = sum(Decimal(line["amount"]) for line in invoice["tax_lines"])
        discount = Decimal(invoice["discount"])
        assert (subtotal, tax) == (Decimal(invoice["subtotal"]), Decimal(invoice["tax"]))
        assert Decimal(invoice["total"]) == subtotal - discount + tax
        for part in invoice["tax_lines"]:
            exact = Decimal(part["taxable_amount"]) * Decimal(part["rate"]) / 100
            assert Decimal(part["amount"]) == exact.quantize(CENT, ROUND_HALF_UP)
    for refund in company.docket["refunds"]:
        lines = sum(Decimal(line["amount"]) for line in refund["lines"])
        assert Decimal(refund["amount"]) == lines + Decimal(refund["tax"])


@settings(max_examples=25, deadline=None)
@given(COMPANIES)
def test_no_invoice_is_paid_more_than_it_is_and_no_money_is_given_twice(company: Rolloff) -> None:
    applied: dict[str, Decimal] = defaultdict(Decimal)
    for money in (*company.docket["payments"], *company.docket["credits"]):
        parts = [Decimal(part["amount"]) for part in money["allocations"]]
        assert sum(parts) <= Decimal(money["amount"])
        assert all(part > 0 for part in parts)
        for part in money["allocations"]:
            applied[part["invoice_id"]] += Decimal(part["amount"])
    invoices = by_id(company, "invoices")
    for invoice_id, amount in applied.items():
        assert amount <= Decimal(invoices[invoice_id]["total"])


@settings(max_examples=25, deadline=None)
@given(COMPANIES)
def test_quickbooks_is_told_of_nothing_before_it_exists(company: Rolloff) -> None:
    known: set[str] = set()
    for _, verb, body in company.qbo:
        text = json.dumps(body)
        assert set(re.findall(r'"@([^"]+)"', text)) <= known
        if verb == "create":
            assert body["_key"] not in known
            known.add(body["_key"])


@settings(max_examples=25, deadline=None)
@given(COMPANIES)
def test_quickbooks_would_accept_every_name_and_number(company: Rolloff) -> None:
    people = [
        key(body["DisplayName"])
        for entity in ("Customer", "Vendor", "Employee")
        for body in created(entity, company)
    ]
    items = [key(body["Name"]) for body in created("Item", company)]
    numbers = [body["DocNumber"] for body in created("Invoice", company)]
    for values in (people, items, numbers):
        assert [value for value, count in Counter(values).items() if count > 1] == []
    assert not any(re.search(r"[:\t\n]", name) for name in (*people, *items))


@settings(max_examples=25, deadline=None)
@given(COMPANIES)
def test_only_closed_invoices_lie_in_the_closed_period_and_none_in_the_future(
    company: Rolloff,
) -> None:
    closed = company.preferences["AccountingInfoPrefs"]["BookCloseDate"]
    early = {one["id"] for one in company.docket["invoices"] if one["issued_on"] <= closed}
    assert early == set(company.kinds["invoice/closed"])
    for resource, field in (
        ("invoices", "issued_on"),
        ("payments", "received_on"),
        ("refunds", "refunded_on"),
    ):
        assert all(one[field] <= TODAY.isoformat() for one in company.docket[resource])
    assert all(body.get("TxnDate", "9999") > closed for _, _, body in company.qbo)


def test_the_demo_has_its_240_invoices_and_every_kind_in_number() -> None:
    assert len(DEMO.docket["invoices"]) == 240
    assert len(DEMO.docket["clients"]) == 90
    for kind, count in INVOICE_KINDS.items():
        assert len(DEMO.kinds[f"invoice/{kind}"]) == count, kind
    for kind, count in CLIENT_KINDS.items():
        assert len(DEMO.kinds[f"client/{kind}"]) == count, kind


def test_every_client_with_trouble_has_invoices_waiting() -> None:
    billed = {invoice["client_id"] for invoice in DEMO.docket["invoices"]}
    assert {client["id"] for client in DEMO.docket["clients"]} == billed


def test_about_seven_in_ten_are_paid_in_full() -> None:
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for money in (*DEMO.docket["payments"], *DEMO.docket["credits"]):
        if money["voided_at"] is None and money.get("status", "settled") == "settled":
            for part in money["allocations"]:
                paid[part["invoice_id"]] += Decimal(part["amount"])
    full = [i for i in DEMO.docket["invoices"] if 0 < Decimal(i["total"]) <= paid[i["id"]]]
    assert 0.65 <= len(full) / 240 <= 0.8


def test_names_stand_in_quickbooks_as_their_kind_says() -> None:
    customers, vendors, employees = names("Customer"), names("Vendor"), names("Employee")
    folded = {key(name) for name in customers | vendors | employees}
    for client in of_kind("client/same"):
        assert name_of(client) in customers
    for client in of_kind("client/case"):
        assert name_of(client) not in customers
        assert key(name_of(client)) in folded
    for kind in ("near", "new"):
        for client in of_kind(f"client/{kind}"):
            assert key(name_of(client)) not in folded
    for client in of_kind("client/vendor"):
        assert name_of(client) in vendors - customers
    for client in of_kind("client/employee"):
        assert name_of(client) in employees - customers
    twins = of_kind("client/twin")
    assert len({name_of(client) for client in twins}) == 1 < len(twins)


def test_a_customer_is_inactive_and_a_hostile_name_is_among_the_new() -> None:
    gone = [body["_key"] for _, verb, body in DEMO.qbo if verb == "deactivate"]
    assert gone == [f"customer/{client['id']}" for client in of_kind("client/inactive")]
    assert "[@click=app.quit]Acme[/] \x1b]52;c;AAAA\x07" in map(name_of, of_kind("client/new"))


def test_some_fourteen_waiting_lines_have_no_item_of_their_name() -> None:
    items = {key(body["Name"]) for body in created("Item") if body["Type"] != "Category"}
    waiting = [
        line["name"]
        for invoice in DEMO.docket["invoices"]
        for line in invoice["lines"]
        if key(line["name"]) not in items
    ]
    assert len(waiting) == 14
    drifted = [*of_kind("product/near"), *of_kind("product/missing"), *of_kind("product/category")]
    assert set(waiting) == {product["name"] for product in drifted}
    category = [body["Name"] for body in created("Item") if body["Type"] == "Category"]
    assert category == [of_kind("product/category")[0]["name"]]


def test_thirty_are_in_quickbooks_with_the_same_number_customer_and_total() -> None:
    books = in_quickbooks()
    found = [invoice for kind in IN_QBO for invoice in of_kind(f"invoice/{kind}")]
    assert len(found) == 30
    for invoice in found:
        body = books[invoice["number"]]
        assert body["CustomerRef"]["value"] == f"@customer/{invoice['client_id']}"
        same = total_in_quickbooks(body) == Decimal(invoice["total"])
        assert same != (invoice["id"] in DEMO.kinds["invoice/overage_after_sync"])


def test_docket_has_forgotten_that_it_sent_some_of_them() -> None:
    sent = [i for i in DEMO.docket["invoices"] if i["qbo_synced_at"] is not None]
    assert len(sent) == 24
    assert all(i["qbo_synced_at"] is None for i in of_kind("invoice/unsynced"))


def test_some_are_paid_in_docket_and_open_in_quickbooks() -> None:
    paid = {
        line["LinkedTxn"][0]["TxnId"].removeprefix("@invoice/")
        for body in created("Payment")
        for line in body["Line"]
    }
    assert not paid & set(DEMO.kinds["invoice/in_qbo_open"])
    assert set(DEMO.kinds["invoice/in_qbo_paid"]) <= paid
    docket = {p["allocations"][0]["invoice_id"] for p in DEMO.docket["payments"]}
    assert set(DEMO.kinds["invoice/in_qbo_open"]) <= docket


def test_two_numbers_are_taken_by_somebody_else_and_one_stands_twice_in_docket() -> None:
    books = in_quickbooks()
    for invoice in of_kind("invoice/number_taken"):
        body = books[invoice["number"]]
        assert body["CustomerRef"]["value"] != f"@customer/{invoice['client_id']}"
        assert total_in_quickbooks(body) != Decimal(invoice["total"])
    numbers = Counter(invoice["number"] for invoice in DEMO.docket["invoices"])
    (twice,) = [number for number, count in numbers.items() if count == 2]
    assert twice == of_kind("invoice/number_twice")[0]["number"]


def test_the_odd_ones_are_odd() -> None:
    assert [i["total"] for i in of_kind("invoice/zero")] == ["0.00"]
    assert all(Decimal(i["total"]) < 0 for i in of_kind("invoice/negative"))
    assert [i["currency"] for i in of_kind("invoice/foreign")] == ["CAD"]
    assert all(i["voided_at"] and i["void_reason"] for i in of_kind("invoice/voided"))
    statuses = Counter(p["status"] for p in DEMO.docket["payments"])
    assert statuses["pending"] == 4
    assert statuses["returned"] == 1
    assert sum(len(p["allocations"]) > 1 for p in DEMO.docket["payments"]) >= 5
    assert len(DEMO.docket["refunds"]) == 4
    assert Counter(c["kind"] for c in DEMO.docket["credits"]) == {"prepayment": 2, "memo": 2}
    (over,) = [
        payment
        for payment in DEMO.docket["payments"]
        if Decimal(payment["amount"]) > sum(Decimal(p["amount"]) for p in payment["allocations"])
    ]
    assert over["allocations"][0]["invoice_id"] == DEMO.kinds["invoice/overpaid"][0]
    assert any(i["discount_percent"] for i in DEMO.docket["invoices"])
    assert any(
        Decimal(i["discount"]) and not i["discount_percent"] for i in DEMO.docket["invoices"]
    )
    assert any(c["tax_exempt"] for c in DEMO.docket["clients"])
    assert any(len(c["service_addresses"]) > 1 for c in DEMO.docket["clients"])
    assert any("-" in i["po_number"] for i in DEMO.docket["invoices"])


@pytest.mark.parametrize("seed", range(1, 8))
def test_every_seed_has_every_kind(seed: int) -> None:
    company = generate(seed)
    wanted = {f"invoice/{kind}" for kind in INVOICE_KINDS}
    assert wanted <= set(company.kinds)


def test_ten_thousand_invoices_come_in_seconds_with_the_same_proportions() -> None:
    start = time.process_time()
    company = generate(1, 10_000)
    assert time.process_time() - start < 6  # about 1 s on an idle machine
    assert len(company.docket["invoices"]) == 10_000
    for kind in ("client_near", "number_taken", "unsynced", "product_missing"):
        share = len(company.kinds[f"invoice/{kind}"]) / 10_000
        assert share == pytest.approx(INVOICE_KINDS[kind] / 240, rel=0.1)
