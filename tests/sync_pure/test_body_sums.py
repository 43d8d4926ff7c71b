from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.jsonio import JsonObject
from core.money import exact_cents, line_amount, percent_of
from core.records import Invoice, TaxLine
from store.books import Choice, Item
from sync.policy import Policy
from tests.sync_pure.build import books, check, client, invoice, item, line, plan, postings_of

NAMES = ("20 Yard Dumpster", "Fuel Surcharge", "Convenience Fee")


@st.composite
def bills(draw: st.DrawFn, least: int = 0) -> Invoice:
    """Docket's invoice: quantities to five places, a discount, a surcharge, several rates."""
    lines = [
        line(
            str(draw(st.decimals(least, 900, places=draw(st.integers(2, 7))))),
            str(draw(st.decimals("0.00001", 99, places=5))),
            name=draw(st.sampled_from(NAMES)),
            product_id=None,
            taxable=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 6)))
    ]
    subtotal = sum(one.amount for one in lines)
    discount = draw(st.integers(0, max(subtotal, 0))) if draw(st.booleans()) else 0
    base = sum(one.amount for one in lines if one.taxable)
    rates = draw(st.lists(st.decimals("0.125", 9, places=3), max_size=3)) if base > 0 else []
    taxes = tuple(
        TaxLine(f"Rate {rate}", "Comptroller", rate, base, percent_of(base, rate)) for rate in rates
    )
    made = invoice(lines=lines, tax=sum(one.amount for one in taxes), discount=discount)
    return replace(made, tax_lines=taxes)


def sent_cents(body: JsonObject) -> int:
    rows = body["Line"]
    sums = {"SalesItemLineDetail": 0, "DiscountLineDetail": 0}
    for row in rows:
        sums[str(row["DetailType"])] += exact_cents(row["Amount"])
    tax = body.get("TxnTaxDetail", {})
    return (
        sums["SalesItemLineDetail"]
        - sums["DiscountLineDetail"]
        + exact_cents(tax.get("TotalTax", 0))
    )


def items() -> list[Item]:
    return [item(str(10 + place), name) for place, name in enumerate(NAMES)]


@given(bills(), st.booleans())
def test_what_is_sent_makes_dockets_total_to_the_cent(own: Invoice, exempt: bool) -> None:
    party = client(tax_exempt=exempt and not own.tax)
    of = books(invoices=[own], clients=[party], items=items())
    if own.total == 0:
        assert check(of).reason_code == "zero_total"
        return
    (posting,) = [one for one in postings_of(plan(of)) if one.kind == "invoice"]
    assert posting.entity == "Invoice"
    assert sent_cents(posting.body) == own.total == posting.amount
    for row in posting.body["Line"]:
        detail = row.get("SalesItemLineDetail", {})
        if "Qty" in detail:
            assert line_amount(detail["Qty"], detail["UnitPrice"]) == exact_cents(row["Amount"])


@given(bills())
def test_where_quickbooks_computes_the_tax_only_the_tax_is_missing(own: Invoice) -> None:
    of = books(invoices=[own], items=items())
    if own.total == 0:
        return
    found = postings_of(plan(of, Policy(tax="quickbooks")))
    (posting,) = [one for one in found if one.kind == "invoice"]
    assert sent_cents(posting.body) == own.total - own.tax
    assert "TxnTaxDetail" not in posting.body


@given(st.lists(st.decimals("-900", "-0.01", places=2), min_size=1, max_size=5))
def test_below_zero_it_is_a_credit_memo_of_that_amount_once_a_person_said_so(
    prices: list[Decimal],
) -> None:
    own = invoice(lines=[line(str(price)) for price in prices])
    assert check(books(invoices=[own])).reason_code == "negative_total"
    said = Choice("invoice", own.id, "create", "CreditMemo")
    (posting,) = [
        one
        for one in postings_of(plan(books(invoices=[own], choices=[said])))
        if one.kind == "invoice"
    ]
    assert posting.entity == "CreditMemo"
    assert sent_cents(posting.body) == -own.total == posting.amount
    assert not {"DueDate", "SalesTermRef", "EmailStatus"} & set(posting.body)
