"""Sales tax: automated and old-style, overrides, exemptions, discounts."""

from decimal import Decimal

import pytest

from tests.sandbox_qbo.kit import Books, Json, Refusal, line


def taxed_line(amount: float) -> Json:
    return line(amount, TaxCodeRef={"value": "TAX"})


async def test_tax_follows_the_address_and_is_rounded_for_each_rate(taxed: Books) -> None:
    customer = await taxed.customer(BillAddr={"CountrySubDivisionCode": "AZ"})
    made = await taxed.invoice(customer, Line=[taxed_line(99.99), line(50)])
    detail = made["TxnTaxDetail"]
    assert detail["TxnTaxCodeRef"] == {"value": "3"}
    amounts = {
        one["TaxLineDetail"]["TaxRateRef"]["value"]: one["Amount"] for one in detail["TaxLine"]
    }
    assert amounts == {"1": Decimal("7.10"), "2": Decimal("2.00")}
    assert detail["TaxLine"][0]["TaxLineDetail"]["NetAmountTaxable"] == Decimal("99.99")
    assert (detail["TotalTax"], made["TotalAmt"]) == (Decimal("9.10"), Decimal("159.09"))
    assert taxed.company.accounts["90"] == Decimal("-9.10")


async def test_a_sent_total_stands_and_is_spread_over_the_rates(taxed: Books) -> None:
    customer = await taxed.customer(BillAddr={"CountrySubDivisionCode": "AZ"})
    made = await taxed.invoice(customer, Line=[taxed_line(100)], TxnTaxDetail={"TotalTax": "9.11"})
    detail = made["TxnTaxDetail"]
    assert (detail["TotalTax"], made["TotalAmt"]) == (Decimal("9.11"), Decimal("109.11"))
    assert sum(one["Amount"] for one in detail["TaxLine"]) == Decimal("9.11")
    none = await taxed.invoice(customer, Line=[taxed_line(100)], TxnTaxDetail={"TotalTax": 0})
    assert none["TotalAmt"] == 100


async def test_an_override_holds_while_the_lines_do(taxed: Books) -> None:
    customer = await taxed.customer()
    made = await taxed.invoice(customer, Line=[taxed_line(100)], TxnTaxDetail={"TotalTax": "7.50"})
    key = {"Id": made["Id"], "SyncToken": "0", "sparse": True}
    noted = await taxed.post("Invoice", key | {"PrivateNote": "x"})
    assert noted["TotalAmt"] == Decimal("107.50")
    lines = await taxed.post("Invoice", key | {"SyncToken": "1", "Line": [taxed_line(200)]})
    assert lines["TotalAmt"] == 216


@pytest.mark.parametrize("exempt", [{"Taxable": False}, {"TaxExemptionReasonId": 9}])
async def test_an_exempt_customer_pays_no_tax(taxed: Books, exempt: Json) -> None:
    customer = await taxed.customer(**exempt)
    made = await taxed.invoice(customer, Line=[taxed_line(100)], TxnTaxDetail={"TotalTax": 5})
    assert (made["TxnTaxDetail"], made["TotalAmt"]) == ({"TotalTax": 0}, 100)


async def test_without_sales_tax_what_is_sent_is_not_stored(books: Books) -> None:
    made = await books.invoice(
        await books.customer(), Line=[taxed_line(100)], TxnTaxDetail={"TotalTax": 5}
    )
    assert (made["TxnTaxDetail"], made["TotalAmt"]) == ({"TotalTax": 0}, 100)


async def test_the_engine_replaces_a_sent_code_the_old_model_uses_it(taxed: Books) -> None:
    customer = await taxed.customer()
    sent = {"TxnTaxCodeRef": {"value": "3"}}
    engine = await taxed.invoice(customer, Line=[taxed_line(100)], TxnTaxDetail=sent)
    assert engine["TotalAmt"] == 108
    await taxed.do(preferences={"TaxPrefs": {"PartnerTaxEnabled": False}})
    old = await taxed.invoice(customer, Line=[taxed_line(100)], TxnTaxDetail=sent)
    assert old["TotalAmt"] == Decimal("109.10")


async def test_lines_are_taxed_by_item_and_customer_unless_they_say(taxed: Books) -> None:
    item = await taxed.item("Bin", Taxable=True)
    customer = await taxed.customer()
    made = await taxed.invoice(customer, Line=[line(100, item)])
    assert made["Line"][0]["SalesItemLineDetail"]["TaxCodeRef"] == {"value": "TAX"}
    assert made["TotalAmt"] == 108
    told = await taxed.invoice(customer, Line=[line(100, item, TaxCodeRef={"value": "NON"})])
    assert told["TotalAmt"] == 100


@pytest.mark.parametrize(("after", "total"), [(False, "98.00"), (True, "97.20")])
async def test_a_discount_comes_before_or_after_tax(taxed: Books, after: bool, total: str) -> None:
    discount = {
        "DetailType": "DiscountLineDetail",
        "DiscountLineDetail": {"PercentBased": True, "DiscountPercent": 10},
    }
    made = await taxed.invoice(
        await taxed.customer(), ApplyTaxAfterDiscount=after, Line=[taxed_line(100), discount]
    )
    assert made["TotalAmt"] == Decimal(total)


async def test_a_credit_memo_takes_the_tax_back(taxed: Books) -> None:
    customer = await taxed.customer()
    await taxed.invoice(customer, Line=[taxed_line(100)])
    await taxed.post("CreditMemo", {"CustomerRef": {"value": customer}, "Line": [taxed_line(100)]})
    assert taxed.company.accounts["90"] == 0
    assert (await taxed.get("Customer", customer))["Balance"] == 0


async def test_taxservice_makes_a_code_with_its_rates(taxed: Books) -> None:
    rate = {"TaxRateName": "County", "RateValue": "1.5", "TaxAgencyId": "1"}
    body = {
        "TaxCode": "Ours",
        "TaxRateDetails": [rate | {"TaxApplicableOn": "Sales"}, {"TaxRateId": "3"}],
    }
    made = await taxed.call("POST", "taxservice/taxcode", json=body)
    assert "time" not in made
    assert [one["TaxRateName"] for one in made["TaxRateDetails"]] == ["County", "California"]
    await taxed.do(preferences={"TaxPrefs": {"PartnerTaxEnabled": False}})
    invoice = await taxed.invoice(
        await taxed.customer(),
        Line=[taxed_line(100)],
        TxnTaxDetail={"TxnTaxCodeRef": {"value": made["TaxCodeId"]}},
    )
    assert invoice["TotalAmt"] == Decimal("109.50")
    for again in (body, {"TaxCode": "Other", "TaxRateDetails": [rate]}):
        with pytest.raises(Refusal) as refused:
            await taxed.call("POST", "taxservice/taxcode", json=again)
        assert refused.value.code == "6240"
    with pytest.raises(Refusal) as refused:
        await taxed.call("POST", "taxservice/taxcode", json={"TaxCode": "x"})
    assert refused.value.code == "2020"
