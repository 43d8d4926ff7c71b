"""What Docket's users do, and what their records hold afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.docket.amounts import totals
from sandbox.docket.books import RESOURCES, Books
from sandbox.docket.edits import ACTIONS, perform
from sandbox.docket.forms import NotPossible, check
from sandbox.docket.money_edits import open_balance
from sandbox.rolloff import generate

COMPANY = generate(7, 60)
NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
CENT = Decimal("0.01")


@pytest.fixture
def books() -> Books:
    return Books(COMPANY.docket)


def do(books: Books, action: str, **asked: Any) -> dict[str, Any]:
    """Perform an edit; gives the last record it changed."""
    perform(books, {"action": action, **asked}, NOW)
    resource, record_id = books.touched()[-1]
    record = books.get(resource, record_id)
    assert record is not None
    return record


def invoice_of(kind: str) -> dict[str, Any]:
    wanted = COMPANY.kinds[f"invoice/{kind}"][0]
    found: dict[str, Any] = next(r for r in COMPANY.docket["invoices"] if r["id"] == wanted)
    return found


def test_an_overage_raises_the_total_by_itself_and_its_tax(books: Books) -> None:
    before = invoice_of("client_near")
    after = do(books, "add_line", invoice=before["number"], product="pr-day", quantity="2")
    assert Decimal(after["subtotal"]) - Decimal(before["subtotal"]) == Decimal("30.00")
    assert Decimal(after["tax"]) > Decimal(before["tax"])
    assert after["updated_at"] == "2026-11-23T15:30:00.000000Z"


def test_a_line_can_be_changed_and_taken_away(books: Books) -> None:
    invoice = do(books, "add_line", invoice="inv-000020", name="Extra stop", unit_price="40.00")
    line = invoice["lines"][-1]["id"]
    changed = do(books, "edit_line", invoice="inv-000020", line=line, quantity="3")
    assert changed["lines"][-1]["amount"] == "120.00"
    left = do(books, "remove_line", invoice="inv-000020", line=line)
    assert left["subtotal"] == COMPANY.docket["invoices"][19]["subtotal"]


def test_paying_takes_what_is_open_and_no_more(books: Books) -> None:
    invoice = invoice_of("in_qbo_unpaid")
    part = do(books, "pay", invoice=invoice["id"], amount="50.00", method="Cash")
    assert part["allocations"] == [{"invoice_id": invoice["id"], "amount": "50.00"}]
    rest = do(books, "pay", invoice=invoice["id"])
    assert Decimal(rest["amount"]) == Decimal(invoice["total"]) - 50
    assert open_balance(books, invoice) == 0
    more = do(books, "pay", invoice=invoice["id"], amount="10.00")
    assert (more["amount"], more["allocations"]) == ("10.00", [])


def test_one_check_pays_several_invoices(books: Books) -> None:
    first, second = COMPANY.docket["invoices"][30], COMPANY.docket["invoices"][31]
    parts = [{"invoice": one["number"], "amount": "5.00"} for one in (first, second)]
    payment = do(books, "pay", client=first["client_id"], amount="12.00", allocations=parts)
    assert [part["invoice_id"] for part in payment["allocations"]] == [first["id"], second["id"]]


def test_a_deleted_invoice_leaves_its_payment_unapplied(books: Books) -> None:
    invoice = invoice_of("in_qbo_paid")
    perform(books, {"action": "delete", "invoice": invoice["id"]}, NOW)
    touched = books.touched()
    assert touched[-1] == ("invoices", invoice["id"])
    payment = books.get(*touched[0])
    assert payment is not None
    assert payment["allocations"] == []


def test_a_refund_in_part_splits_tax_and_in_full_mirrors_the_invoice(books: Books) -> None:
    invoice = invoice_of("in_qbo_open")
    full = do(books, "refund", invoice=invoice["id"], method="Check")
    assert (full["amount"], full["tax"]) == (invoice["total"], invoice["tax"])
    part = do(books, "refund", invoice=invoice["id"], amount="40.00")
    lines = sum(Decimal(line["amount"]) for line in part["lines"])
    assert lines + Decimal(part["tax"]) == Decimal("40.00")


def test_void_and_unvoid_bring_the_balance_back(books: Books) -> None:
    invoice = invoice_of("in_qbo_unpaid")
    assert open_balance(books, do(books, "void", invoice=invoice["id"])) == 0
    back = do(books, "unvoid", invoice=invoice["id"])
    assert back["void_reason"] == ""
    assert open_balance(books, back) > 0


def test_unsync_forgets_that_docket_sent_it(books: Books) -> None:
    invoice = invoice_of("in_qbo_paid")
    assert invoice["qbo_synced_at"] is not None
    assert do(books, "unsync", invoice=invoice["id"])["qbo_synced_at"] is None


def test_a_credit_is_applied_up_to_what_is_left(books: Books) -> None:
    invoice = invoice_of("in_qbo_unpaid")
    credit = do(
        books, "add_credit", client=invoice["client_id"], amount="30.00", kind="memo", reason="Late"
    )
    used = do(books, "apply_credit", credit=credit["id"], invoice=invoice["id"])
    assert used["allocations"] == [{"invoice_id": invoice["id"], "amount": "30.00"}]
    with pytest.raises(NotPossible):
        do(books, "apply_credit", credit=credit["id"], invoice=invoice["id"])


def test_a_new_invoice_of_a_new_client_has_the_next_number(books: Books) -> None:
    client = do(books, "add_client", company_name="Bexar Barns", email="a@b.example")
    invoice = do(
        books,
        "add_invoice",
        client=client["id"],
        lines=[{"product": "pr-20x7"}, {"product": "pr-weight", "quantity": "0.5"}],
        tax_lines=[{"name": "Texas State", "agency": "TX", "rate": "6.25"}],
        discount_percent="10",
    )
    assert invoice["number"] == "24061"
    assert (invoice["subtotal"], invoice["discount"]) == ("426.25", "42.63")
    assert (invoice["tax"], invoice["total"]) == ("23.98", "407.60")


def test_a_renamed_product_keeps_its_id(books: Books) -> None:
    product = do(books, "rename_product", product="pr-20x7", name="20 Yd 7 Day")
    assert (product["id"], product["name"]) == ("pr-20x7", "20 Yd 7 Day")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"action": "dance"},
        {"action": "void"},
        {"action": "void", "invoice": 5},
        {"action": "void", "invoice": "no such"},
        {"action": "edit_invoice", "invoice": "inv-000020", "colour": "red"},
        {"action": "edit_invoice", "invoice": "inv-000020", "lines": [5]},
        {"action": "edit_invoice", "invoice": "inv-000020", "lines": "none"},
        {"action": "edit_invoice", "invoice": "inv-000020", "issued_on": "yesterday"},
        {"action": "edit_invoice", "invoice": "inv-000020", "memo": "\ud800"},
        {"action": "edit_invoice", "invoice": "inv-000020", "discount": None},
        {"action": "add_line", "invoice": "inv-000020", "product": "pr-none"},
        {"action": "add_line", "invoice": "inv-000020", "quantity": "lots"},
        {"action": "add_line", "invoice": "inv-000020", "quantity": 2},
        {"action": "add_line", "invoice": "inv-000020", "quantity": "NaN"},
        {"action": "add_invoice", "client": "cl-00001", "tax_lines": [{}]},
        {"action": "pay", "client": "cl-00001", "amount": "5.00", "allocations": [{}]},
        {"action": "pay", "client": "cl-00001", "amount": "5.001"},
        {"action": "refund", "invoice": "inv-000020", "amount": "9999999.00"},
        {"action": "edit_client", "client": "cl-00001", "billing": {"line1": 3}},
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(books: Books, asked: dict[str, Any]) -> None:
    before = books.sequence
    with pytest.raises((NotPossible, ValueError, ArithmeticError)):
        perform(books, asked, NOW)
    assert books.sequence == before


def test_every_record_fits_the_form_before_and_after_every_action(books: Books) -> None:
    for resource in RESOURCES:
        for record in books.all(resource):
            check(resource, record)
    assert len(ACTIONS) == 26


AMOUNTS = st.decimals(0, 5000, places=2)
LINES = st.lists(
    st.tuples(st.decimals(-20, 20, places=3), AMOUNTS, st.booleans()), min_size=1, max_size=6
)
RATES = st.lists(st.sampled_from(["6.25", "0.5", "1.5", "1.375"]), max_size=3)


@given(LINES, RATES, st.none() | st.sampled_from(["5", "7.5", "100"]))
def test_totals_are_those_of_a_pocket_calculator(
    lines: list[tuple[Decimal, Decimal, bool]], rates: list[str], percent: str | None
) -> None:
    asked = [
        {"quantity": str(quantity), "unit_price": str(price), "taxable": taxable}
        for quantity, price, taxable in lines
    ]
    named = [{"name": rate, "agency": "TX", "rate": rate} for rate in rates]
    added = totals(asked, named, discount_percent=percent)
    amounts = [(q * p).quantize(CENT, ROUND_HALF_UP) for q, p, _ in lines]
    assert [Decimal(line["amount"]) for line in added["lines"]] == amounts
    subtotal, discount, tax, total = (
        Decimal(added[name]) for name in ("subtotal", "discount", "tax", "total")
    )
    assert subtotal == sum(amounts)
    assert discount == (subtotal * Decimal(percent or 0) / 100).quantize(CENT, ROUND_HALF_UP)
    assert tax == sum(Decimal(line["amount"]) for line in added["tax_lines"])
    assert total == subtotal - discount + tax
    for line in added["tax_lines"]:
        exact = Decimal(line["taxable_amount"]) * Decimal(line["rate"]) / 100
        assert Decimal(line["amount"]) == exact.quantize(CENT, ROUND_HALF_UP)
