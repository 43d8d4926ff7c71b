from decimal import Decimal
from typing import Any

import pytest

from core.jsonio import JsonObject
from sync.verify import agrees, applied_to, compare
from tests.sync_pure.build import books, invoice, line, payment, plan, postings_of


def sent(kind: str = "invoice") -> JsonObject:
    own = invoice(lines=[line("380.00", taxable=True)], tax=32_50)
    of = books(invoices=[own], payments=[payment(amount=412_50)])
    return next(one.body for one in postings_of(plan(of)) if one.kind == kind and not one.adopts)


def held(**changes: Any) -> JsonObject:
    """What QuickBooks answers to the invoice: computed fields, a subtotal line, a name."""
    body = sent()
    subtotal = {"Amount": Decimal("380.00"), "DetailType": "SubTotalLineDetail"}
    answer = {
        **body,
        "Id": "901",
        "SyncToken": "0",
        "CustomerRef": {"value": "51", "name": "Bright Homes"},
        "Line": [*body["Line"], {**subtotal, "SubTotalLineDetail": {}}],
        "TxnTaxDetail": {"TotalTax": Decimal("32.5")},
        "TotalAmt": Decimal("412.50"),
        "Balance": Decimal("412.50"),
        "LinkedTxn": [],
    }
    return {**answer, **changes}


def test_what_came_back_as_sent_agrees_in_every_row() -> None:
    rows = compare(sent(), held(), "Invoice")
    assert agrees(rows)
    shown = {row.field: (row.sent, row.held) for row in rows}
    assert shown["customer"] == ("Bright Homes", "Bright Homes")
    assert shown["invoice no."] == ("1042", "1042")
    assert shown["line 1"] == ("380.00", "380.00")
    assert shown["tax"] == ("32.50", "32.50")
    assert shown["total"] == ("412.50", "412.50")
    assert shown["still open"] == ("412.50", "412.50")


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("customer", {"CustomerRef": {"value": "52", "name": "Other"}}),
        ("invoice no.", {"DocNumber": "1043"}),
        ("date", {"TxnDate": "2026-10-06"}),
        ("lines", {"Line": []}),
        ("tax", {"TxnTaxDetail": {"TotalTax": Decimal("32.51")}}),
        ("total", {"TotalAmt": Decimal("412.51")}),
        ("still open", {"Balance": Decimal("412.49")}),
    ],
)
def test_a_difference_is_shown_and_never_swallowed(field: str, change: dict[str, Any]) -> None:
    rows = compare(sent(), held(**change), "Invoice")
    assert [row.field for row in rows if not row.equal] == [field]


def test_a_line_that_differs_by_a_cent_is_shown() -> None:
    body = held()
    body["Line"] = [{**body["Line"][0], "Amount": Decimal("380.01")}]
    rows = compare(sent(), body, "Invoice")
    assert [(row.sent, row.held) for row in rows if not row.equal] == [("380.00", "380.01")]


def test_a_discount_that_quickbooks_dropped_is_shown() -> None:
    body = sent()
    cut = {"Amount": Decimal("5.00"), "DetailType": "DiscountLineDetail"}
    body["Line"] = [*body["Line"], {**cut, "DiscountLineDetail": {"PercentBased": False}}]
    rows = compare(body, held(), "Invoice")
    assert {row.field for row in rows if not row.equal} == {"discount", "total", "still open"}


def test_a_balance_is_right_where_a_payment_explains_it() -> None:
    applied = [{"TxnId": "902", "TxnType": "Payment"}]
    paid = held(Balance=Decimal("12.50"), LinkedTxn=applied)
    assert agrees(compare(sent(), paid, "Invoice"))
    assert agrees(compare(sent(), paid, "Invoice", applied=400_00))
    assert not agrees(compare(sent(), paid, "Invoice", applied=300_00))


def test_what_was_applied_is_known_where_only_our_payments_settle_the_invoice() -> None:
    lines = [{"Amount": Decimal("400.00"), "LinkedTxn": [{"TxnId": "901", "TxnType": "Invoice"}]}]
    ours = {"902": {"Line": lines}}
    linked = [{"TxnId": "902", "TxnType": "Payment"}]
    paid = held(Balance=Decimal("12.50"), LinkedTxn=linked)
    applied = applied_to("901", paid, ours)
    assert applied == 400_00
    row = compare(sent(), paid, "Invoice", applied)[-1]
    assert (row.field, row.sent, row.held) == ("still open", "12.50", "12.50")
    other = {**paid, "LinkedTxn": [*linked, {"TxnId": "77", "TxnType": "Payment"}]}
    assert applied_to("901", other, ours) is None


def test_tax_that_quickbooks_computes_is_shown_and_counted() -> None:
    body = sent()
    del body["TxnTaxDetail"]
    rows = compare(body, held(TotalAmt=Decimal("412.50")), "Invoice")
    assert agrees(rows)
    assert next(row for row in rows if row.field == "tax").held == "32.50"


def test_a_payment_is_compared_by_total_and_what_it_pays() -> None:
    body = {**sent("payment")}
    body["Line"] = [
        {"Amount": Decimal("412.50"), "LinkedTxn": [{"TxnId": "901", "TxnType": "Invoice"}]}
    ]
    answer = {**body, "CustomerRef": {"value": "51", "name": "Bright Homes"}, "UnappliedAmt": 0}
    assert agrees(compare(body, answer, "Payment"))
    loose = {**answer, "Line": [], "UnappliedAmt": Decimal("412.50")}
    differ = {row.field for row in compare(body, loose, "Payment") if not row.equal}
    assert differ == {"applied to the invoice", "not applied"}


@pytest.mark.parametrize("there", ["Bright Homes", "BRIGHT  homes"])
def test_a_customer_is_compared_as_quickbooks_compares_names(there: str) -> None:
    assert agrees(compare({"DisplayName": "Bright Homes"}, {"DisplayName": there}, "Customer"))


def test_what_comes_from_outside_is_made_safe_to_show() -> None:
    rows = compare({"Name": "a\x1b[2J"}, {"Name": "b"}, "Item")
    assert "\x1b" not in rows[0].sent


def test_a_kind_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="Deposit"):
        compare({}, {}, "Deposit")
