from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.jsonio import JsonObject, dumps
from core.money import line_amount, to_cents
from core.records import Address, RefundLine, TaxLine
from store.books import Books, Choice
from sync.bodies.sales import refund_lines
from sync.policy import Policy
from tests.sync_pure.build import (
    books,
    client,
    company,
    document,
    entry,
    invoice,
    item,
    line,
    link,
    payment,
    place,
    plan,
    postings_of,
    refund,
)


def body(of: Books, kind: str = "invoice", policy: Policy | None = None) -> JsonObject:
    return next(
        one.body for one in postings_of(plan(of, policy)) if one.kind == kind and not one.adopts
    )


class TestInvoice:
    def test_a_line_carries_item_quantity_price_date_and_tax_code(self) -> None:
        own = line("12.50", "3", taxable=True, service_date=date(2026, 10, 2))
        sent = body(books(invoices=[invoice(lines=[own], tax=3_00)]))
        assert sent["Line"] == [
            {
                "Amount": Decimal("37.50"),
                "DetailType": "SalesItemLineDetail",
                "Description": "20 Yard Dumpster",
                "SalesItemLineDetail": {
                    "ItemRef": {"value": "11", "name": "20 Yard Dumpster"},
                    "Qty": Decimal("3"),
                    "UnitPrice": Decimal("12.50"),
                    "TaxCodeRef": {"value": "TAX"},
                    "ServiceDate": "2026-10-02",
                },
            }
        ]
        assert sent["TxnTaxDetail"] == {"TotalTax": Decimal("3.00")}

    def test_an_amount_that_is_not_quantity_times_price_goes_alone(self) -> None:
        odd = line("128.35", "14.5", amount=1861_07)
        detail = body(books(invoices=[invoice(lines=[odd])]))["Line"][0]
        assert detail["Amount"] == Decimal("1861.07")
        assert not {"Qty", "UnitPrice"} & set(detail["SalesItemLineDetail"])

    @given(
        st.decimals(0, 1000, places=5),
        st.decimals(0, 5000, places=7),
        st.integers(-1, 1),
    )
    def test_quantity_and_price_are_sent_only_if_quickbooks_makes_the_same_of_them(
        self, quantity: Decimal, price: Decimal, off: int
    ) -> None:
        amount = line_amount(quantity, price) + off
        own = line(str(price), str(quantity), amount=amount)
        if amount <= 0:
            return
        sent = body(books(invoices=[invoice(lines=[own])]))["Line"][0]
        detail = sent["SalesItemLineDetail"]
        assert to_cents(sent["Amount"]) == amount
        assert ("Qty" in detail) == (off == 0)
        if "Qty" in detail:
            assert line_amount(detail["Qty"], detail["UnitPrice"]) == amount

    def test_a_discount_is_an_amount_even_where_docket_has_a_percentage(self) -> None:
        own = invoice(discount=5_00, discount_percent=Decimal("5"))
        assert body(books(invoices=[own]))["Line"][-1] == {
            "Amount": Decimal("5.00"),
            "DetailType": "DiscountLineDetail",
            "DiscountLineDetail": {"PercentBased": False},
        }

    def test_tax_after_discount_is_said_only_where_docket_did_so(self) -> None:
        own = invoice(lines=[line(taxable=True)], discount=10_00, tax=7_20)
        after = replace(own, tax_lines=(TaxLine("County", "County", Decimal("8"), 90_00, 7_20),))
        assert body(books(invoices=[after]))["ApplyTaxAfterDiscount"] is True
        assert "ApplyTaxAfterDiscount" not in body(books(invoices=[own]))

    def test_without_tax_no_line_is_taxable_so_that_none_is_computed(self) -> None:
        sent = body(books(invoices=[invoice(lines=[line(taxable=True)])]))
        assert sent["Line"][0]["SalesItemLineDetail"]["TaxCodeRef"] == {"value": "NON"}
        assert sent["TxnTaxDetail"] == {"TotalTax": 0}

    def test_quickbooks_computes_the_tax_where_the_policy_says_so(self) -> None:
        own = invoice(lines=[line(taxable=True)], tax=8_00)
        sent = body(books(invoices=[own]), policy=Policy(tax="quickbooks"))
        assert "TxnTaxDetail" not in sent
        assert sent["Line"][0]["SalesItemLineDetail"]["TaxCodeRef"] == {"value": "TAX"}

    def test_a_company_without_sales_tax_gets_no_tax_detail(self) -> None:
        assert "TxnTaxDetail" not in body(books(of=company(uses_sales_tax=False)))

    def test_the_number_is_sent_only_where_the_company_keeps_it(self) -> None:
        assert body(books())["DocNumber"] == "1042"
        for of, policy in (
            (books(of=company(custom_numbers=False)), Policy()),
            (books(), Policy(numbering="quickbooks")),
        ):
            sent = body(of, policy=policy)
            assert "DocNumber" not in sent
            assert "Docket invoice no. 1042" in sent["PrivateNote"]

    def test_header_fields_come_from_docket(self) -> None:
        own = invoice(po_number="4711", memo="Gate code 9", due_on=date(2026, 11, 4), terms_days=30)
        terms = [
            entry("Term", "1", "Due on receipt", DueDays=0),
            entry("Term", "3", "Net 30", DueDays="30"),
            entry("Term", "9", "15th", DayOfMonthDue=15),
        ]
        sent = body(books(invoices=[own], clients=[client(email="a@b.example")], entries=terms))
        assert sent["TxnDate"] == "2026-10-05"
        assert sent["DueDate"] == "2026-11-04"
        assert sent["SalesTermRef"] == {"value": "3", "name": "Net 30"}
        assert sent["CustomerMemo"] == {"value": "PO no. 4711\nGate code 9"}
        assert "PO no. 4711" in sent["PrivateNote"]
        assert sent["BillEmail"] == {"Address": "a@b.example"}

    def test_a_term_that_quickbooks_lacks_is_left_out(self) -> None:
        assert "SalesTermRef" not in body(books(invoices=[invoice(terms_days=45)]))

    def test_the_service_address_is_the_shipping_address(self) -> None:
        own = client(service_addresses=(place("a1", "1 Elm St"), place("a2", "2 Oak St", "Enid")))
        sent = body(books(clients=[own], invoices=[invoice(service_address_id="a2")]))
        assert sent["ShipAddr"]["Line1"] == "2 Oak St"
        assert sent["ShipAddr"]["City"] == "Enid"

    def test_the_currency_is_sent_only_where_there_are_several(self) -> None:
        assert "CurrencyRef" not in body(books())
        assert body(books(of=company(multicurrency=True)))["CurrencyRef"] == {"value": "USD"}

    def test_an_address_that_is_no_e_mail_is_left_out(self) -> None:
        assert "BillEmail" not in body(books(clients=[client(email="call first")]))

    def test_control_characters_never_leave(self) -> None:
        own = invoice(
            memo="pick\x1b]52;c;AAAA\x07 up\r\nat noon", lines=[line(description="a\x00b")]
        )
        sent = dumps(body(books(invoices=[own])))
        assert not any(ord(mark) < 32 for mark in sent)
        assert "\\u001b" not in sent
        assert "up\\nat noon" in sent

    def test_long_text_is_cut_to_what_quickbooks_keeps(self) -> None:
        own = invoice(memo="m" * 5000, lines=[line(description="d" * 5000)])
        sent = body(books(invoices=[own]))
        assert len(sent["CustomerMemo"]["value"]) == 1000
        assert len(sent["Line"][0]["Description"]) == 4000
        assert len(sent["PrivateNote"]) <= 4000


class TestPayment:
    def sent(self, policy: Policy | None = None, **changes: Any) -> JsonObject:
        methods = [entry("PaymentMethod", "2", "Check")]
        of = books(payments=[payment(**changes)], entries=methods)
        return body(of, "payment", policy)

    def test_it_is_applied_with_method_date_and_reference(self) -> None:
        sent = self.sent(reference="5571")
        assert sent["TotalAmt"] == 100
        assert sent["PaymentMethodRef"] == {"value": "2", "name": "Check"}
        assert sent["PaymentRefNum"] == "5571"
        assert sent["TxnDate"] == "2026-10-05"
        assert "DepositToAccountRef" not in sent

    def test_the_deposit_account_comes_from_the_policy(self) -> None:
        assert self.sent(Policy(deposit_account="35"))["DepositToAccountRef"] == {"value": "35"}

    @pytest.mark.parametrize("reference", ["", "  ", "x" * 22])
    def test_the_reference_is_never_empty_or_too_long(self, reference: str) -> None:
        assert self.sent(reference=reference)["PaymentRefNum"] == "P-y1"

    def test_a_reference_that_two_payments_share_is_replaced_by_the_number(self) -> None:
        two = [
            payment("y1", 40_00, {"i1": 40_00}, reference="55"),
            payment("y2", 60_00, {"i1": 60_00}, reference="55"),
        ]
        found = [
            one.body for one in postings_of(plan(books(payments=two))) if one.kind == "payment"
        ]
        assert [one["PaymentRefNum"] for one in found] == ["P-y1", "P-y2"]

    def test_a_method_that_quickbooks_lacks_is_left_out_or_chosen(self) -> None:
        assert "PaymentMethodRef" not in self.sent(method="Barter")
        choice = Choice("payment_method", "barter", "use", "PaymentMethod", "9")
        of = books(payments=[payment(method="Barter")], choices=[choice])
        assert body(of, "payment")["PaymentMethodRef"] == {"value": "9"}


class TestRefund:
    def test_it_is_a_credit_memo_by_default(self) -> None:
        of = books(
            refunds=[
                refund(
                    tax=2_00,
                    amount=32_00,
                    lines=(RefundLine("p1", "20 Yard Dumpster", 30_00, True),),
                )
            ]
        )
        (posting,) = (one for one in postings_of(plan(of)) if one.kind == "refund")
        assert posting.entity == "CreditMemo"
        assert posting.body["DocNumber"] == "R-r1"
        assert posting.body["TxnTaxDetail"] == {"TotalTax": 2}
        (own,) = posting.body["Line"]
        assert own["SalesItemLineDetail"]["TaxCodeRef"] == {"value": "TAX"}
        assert posting.body["CustomerMemo"] == {"value": "picked up late"}

    def test_it_is_a_refund_receipt_by_the_policy(self) -> None:
        policy = Policy(refunds="refund_receipt", refund_account="35")
        of = books(refunds=[refund(reference="7001")])
        (posting,) = (one for one in postings_of(plan(of, policy)) if one.kind == "refund")
        assert posting.entity == "RefundReceipt"
        assert posting.body["DepositToAccountRef"] == {"value": "35"}
        assert posting.body["PaymentRefNum"] == "7001"

    def test_it_leaves_from_undeposited_funds_where_nothing_else_is_set(self) -> None:
        funds = entry("Account", "4", "Undeposited Funds", AccountSubType="UndepositedFunds")
        of = books(refunds=[refund()], entries=[funds])
        sent = body(of, "refund", Policy(refunds="refund_receipt"))
        assert sent["DepositToAccountRef"] == {"value": "4", "name": "Undeposited Funds"}

    def test_a_number_that_a_document_has_is_not_used_again(self) -> None:
        of = books(refunds=[refund(number="1042")])
        assert "DocNumber" not in body(of, "refund")

    @given(
        st.lists(st.integers(1, 10**6), min_size=1, max_size=6),
        st.integers(1, 100),
    )
    def test_without_lines_it_is_spread_over_the_invoice_to_the_cent(
        self, prices: list[int], share: int
    ) -> None:
        own = invoice(lines=[line(f"{price // 100}.{price % 100:02d}") for price in prices])
        amount = max(own.total * share // 100, 1)
        parts = refund_lines(own, refund(amount=amount, lines=()))
        assert sum(part.amount for part in parts) == amount


class TestNames:
    def test_a_new_customer_has_what_docket_knows(self) -> None:
        own = client(
            name="",
            first_name="Zoë",
            last_name="O'Neil",
            email="z@o.example",
            phone="918-555-0101",
            billing=Address("1 Elm", "", "Tulsa", "OK", "74101"),
            tax_exempt=True,
        )
        sent = body(books(clients=[own], names=[]), "client")
        assert sent["DisplayName"] == "Zoë O'Neil"
        assert (sent["GivenName"], sent["FamilyName"]) == ("Zoë", "O'Neil")
        assert "CompanyName" not in sent
        assert sent["PrimaryPhone"] == {"FreeFormNumber": "918-555-0101"}
        assert sent["BillAddr"]["CountrySubDivisionCode"] == "OK"
        assert sent["Taxable"] is False
        assert sent["Notes"].startswith("Docket client C1\n[docket-qbo ")

    def test_a_chosen_income_account_wins_over_the_policy(self) -> None:
        choice = Choice("product", "p1", "create", "Account", "80", "Dumpster 20")
        of = books(items=[], choices=[choice])
        sent = body(of, "product", Policy(products="create:79"))
        assert sent["Name"] == "Dumpster 20"
        assert sent["IncomeAccountRef"] == {"value": "80"}
        assert sent["Type"] == "Service"


def test_an_update_goes_to_the_customer_of_the_document_unless_the_client_changed() -> None:
    now = invoice(lines=[line("120.00")])
    of = books(
        invoices=[now],
        items=[item()],
        documents=[document()],
        links=[link(invoice(), "Invoice", "901", total=100_00)],
    )
    assert body(of)["CustomerRef"] == {"value": "51", "name": "Bright Homes"}
