"""Invoices: defaults, amounts, numbers, discounts, references, updates."""

from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox_qbo.kit import Books, Json, Refusal, line


async def refused(books: Books, entity: str, body: Json, **params: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await books.post(entity, body, **params)
    return caught.value


async def test_a_minimal_invoice_is_completed_as_recorded(books: Books) -> None:
    address = {"Line1": "4581 Finch St.", "City": "Bayshore", "CountrySubDivisionCode": "CA"}
    customer = await books.customer("Amy's Bird Sanctuary", BillAddr=address)
    made = await books.invoice(customer, 100.0)
    assert made["CustomerRef"] == {"value": customer, "name": "Amy's Bird Sanctuary"}
    assert (made["TxnDate"], made["DueDate"]) == ("2026-11-23", "2026-12-23")
    assert made["DocNumber"] == "1001"
    assert (made["TotalAmt"], made["Balance"]) == (100, 100)
    assert (made["LinkedTxn"], made["CustomField"]) == ([], [])
    assert made["TxnTaxDetail"] == {"TotalTax": 0}
    assert (made["PrintStatus"], made["EmailStatus"]) == ("NeedToPrint", "NotSet")
    assert made["BillAddr"]["Line1"] == "4581 Finch St."
    first, subtotal = made["Line"]
    assert (first["Id"], first["LineNum"]) == ("1", 1)
    assert first["SalesItemLineDetail"]["ItemRef"] == {"value": "1", "name": "Services"}
    assert first["SalesItemLineDetail"]["TaxCodeRef"] == {"value": "NON"}
    assert subtotal == {
        "Amount": Decimal("100.00"),
        "DetailType": "SubTotalLineDetail",
        "SubTotalLineDetail": {},
    }


async def test_money_has_two_places_zero_none_and_prices_are_plain(books: Books) -> None:
    customer = await books.customer()
    body = {"CustomerRef": {"value": customer}, "Line": [line(337.5, Qty=4.5, UnitPrice=75)]}
    response = await books.send("POST", "invoice", json=body)
    assert '"Amount":337.50' in response.text
    assert '"TotalTax":0}' in response.text
    assert '"UnitPrice":75,"Qty":4.5' in response.text


@pytest.mark.parametrize(
    ("amount", "quantity", "price", "fine"),
    [
        ("1861.08", "14.50", "128.35", True),
        ("1861.07", "14.50", "128.35", False),
        ("0.01", "1", "0.005", True),
        ("-0.01", "1", "-0.005", True),
        ("100", "0", "0", True),
        ("100", "0", "50", False),
    ],
)
async def test_an_amount_is_the_product_rounded_half_up(
    books: Books, amount: str, quantity: str, price: str, fine: bool
) -> None:
    customer = await books.customer()
    lines = [line(amount, Qty=quantity, UnitPrice=price), line(5)]
    body = {"CustomerRef": {"value": customer}, "Line": lines}
    if fine:
        await books.post("Invoice", body)
        return
    refusal = await refused(books, "Invoice", body)
    assert refusal.code == "6070"
    assert refusal.detail == (
        f"Amount is not equal to UnitPrice * Qty. Supplied value:{Decimal(amount):,.2f}"
    )


async def test_what_is_required_is_asked_for(books: Books) -> None:
    customer = await books.customer()
    no_customer = await refused(books, "Invoice", {"Line": [line(1)]})
    assert "You must select a customer" in no_customer.detail
    no_lines = await refused(books, "Invoice", {"CustomerRef": {"value": customer}})
    assert (no_lines.code, no_lines.errors[0]["element"]) == ("2020", "Line")
    bare = line(1)
    del bare["Amount"]
    no_amount = await refused(
        books, "Invoice", {"CustomerRef": {"value": customer}, "Line": [bare]}
    )
    assert (no_amount.code, no_amount.errors[0]["element"]) == ("2020", "Amount")


async def test_several_errors_come_in_one_answer(books: Books) -> None:
    body = {
        "DocNumber": "x" * 45,
        "BillEmail": {"Address": "nowhere"},
        "EmailStatus": "Sometimes",
        "TxnDate": "2026-02-30",
        "DueDate": "tomorrow",
        "Line": [line(1)],
    }
    refusal = await refused(books, "Invoice", body)
    assert {error["code"] for error in refusal.errors} == {"2050", "2210", "2170", "2070", "2060"}
    length = next(error for error in refusal.errors if error["code"] == "2050")
    assert length["element"] == "DocNumber"
    assert length["Detail"].endswith("Min:0 Max:21 supported. Supplied length:45")


async def test_unknown_references_are_2500_and_inactive_ones_610(books: Books) -> None:
    customer = await books.customer()
    unknown = await refused(books, "Invoice", {"CustomerRef": {"value": "583"}, "Line": [line(1)]})
    assert unknown.detail == "Invalid Reference Id : Names element id 583 not found"
    no_item = await refused(
        books, "Invoice", {"CustomerRef": {"value": customer}, "Line": [line(1, "99")]}
    )
    assert no_item.code == "2500"
    await books.do(deactivate={"entity": "Customer", "id": customer})
    gone = await refused(books, "Invoice", {"CustomerRef": {"value": customer}, "Line": [line(1)]})
    assert gone.code == "610"
    assert "made inactive" in gone.detail


async def test_an_inactive_item_is_refused_but_an_old_invoice_with_it_can_be_edited(
    books: Books,
) -> None:
    customer, item = await books.customer(), await books.item("Old bin")
    made = await books.invoice(customer, Line=[line(5, item)])
    await books.do(deactivate={"entity": "Item", "id": item})
    fresh = await refused(
        books, "Invoice", {"CustomerRef": {"value": customer}, "Line": [line(5, item)]}
    )
    assert fresh.code == "610"
    key = {"Id": made["Id"], "SyncToken": "0", "sparse": True}
    assert (await books.post("Invoice", key | {"PrivateNote": "n"}))["PrivateNote"] == "n"


async def test_a_category_cannot_be_sold(books: Books) -> None:
    category = (await books.post("Item", {"Name": "Bins", "Type": "Category"}))["Id"]
    refusal = await refused(
        books,
        "Invoice",
        {"CustomerRef": {"value": await books.customer()}, "Line": [line(1, category)]},
    )
    assert refusal.code == "2500"
    assert "category instead of a product" in refusal.detail


async def test_a_name_without_a_value_is_no_reference_and_a_wrong_name_is_ignored(
    books: Books,
) -> None:
    customer = await books.customer("True Name")
    body = {"CustomerRef": {"name": "True Name"}, "Line": [line(1)]}
    assert (await refused(books, "Invoice", body)).code == "6000"
    body["CustomerRef"] = {"value": customer, "name": "Wrong"}
    assert (await books.post("Invoice", body))["CustomerRef"]["name"] == "True Name"


async def test_a_rename_shows_on_old_invoices(books: Books) -> None:
    customer = await books.customer("Before")
    made = await books.invoice(customer)
    await books.do(edit={"entity": "Customer", "id": customer, "body": {"DisplayName": "After"}})
    assert (await books.get("Invoice", made["Id"]))["CustomerRef"]["name"] == "After"


async def test_line_tax_codes_are_tax_or_non(books: Books) -> None:
    customer = await books.customer()
    lines = [line(1, TaxCodeRef={"value": "2"})]
    refusal = await refused(books, "Invoice", {"CustomerRef": {"value": customer}, "Line": lines})
    assert refusal.code == "6100"


async def test_a_total_below_zero_is_refused_and_zero_is_fine(books: Books) -> None:
    customer = await books.customer()
    below = await refused(
        books, "Invoice", {"CustomerRef": {"value": customer}, "Line": [line(5), line(-6)]}
    )
    assert "0 or greater" in below.detail
    nothing = await books.invoice(customer, Line=[line(5), line(-5)])
    assert (nothing["TotalAmt"], nothing["Balance"]) == (0, 0)


async def test_numbers_count_up_and_a_sent_number_does_not_move_them(books: Books) -> None:
    customer = await books.customer()
    assert (await books.invoice(customer))["DocNumber"] == "1001"
    assert (await books.invoice(customer, DocNumber="INV-7"))["DocNumber"] == "INV-7"
    assert (await books.invoice(customer))["DocNumber"] == "1002"


async def test_with_custom_numbers_no_number_sent_means_none(books: Books) -> None:
    await books.do(preferences={"SalesFormsPrefs": {"CustomTxnNumbers": True}})
    customer = await books.customer()
    assert "DocNumber" not in await books.invoice(customer)
    assert (await books.invoice(customer, DocNumber="A-1"))["DocNumber"] == "A-1"


async def test_a_used_number_is_refused_with_the_twin_unless_allowed_or_not_warned(
    books: Books,
) -> None:
    customer = await books.customer()
    twin = await books.invoice(customer, DocNumber="1037")
    body = {"CustomerRef": {"value": customer}, "Line": [line(1)], "DocNumber": "1037"}
    for entity in ("Invoice", "CreditMemo"):
        refusal = await refused(books, entity, body)
        assert refusal.code == "6140"
        assert refusal.detail.endswith(
            f"DocNumber=1037 is assigned to TxnType=Invoice with TxnId={twin['Id']}"
        )
    await books.post("Invoice", body, include="allowduplicatedocnum")
    await books.do(switches={"warn_duplicate_numbers": False})
    await books.post("Invoice", body)


async def test_the_due_date_follows_the_term(books: Books) -> None:
    customer = await books.customer(SalesTermRef={"value": "2"})
    made = await books.invoice(customer, TxnDate="2026-01-10")
    assert (made["SalesTermRef"]["name"], made["DueDate"]) == ("Net 15", "2026-01-25")
    term = await books.post("Term", {"Name": "On the 5th", "DayOfMonthDue": 5})
    dated = await books.invoice(customer, TxnDate="2026-01-10", SalesTermRef={"value": term["Id"]})
    assert dated["DueDate"] == "2026-02-05"


async def test_a_discount_reduces_the_total_by_amount_or_percent(books: Books) -> None:
    customer = await books.customer()

    def discount(**more: Any) -> Json:
        detail = more.pop("detail")
        return {"DetailType": "DiscountLineDetail", "DiscountLineDetail": detail} | more

    percent = discount(detail={"PercentBased": True, "DiscountPercent": 10})
    made = await books.invoice(customer, Line=[line(33.35), percent])
    assert made["Line"][-1]["Amount"] == Decimal("3.34")
    assert made["TotalAmt"] == Decimal("30.01")
    fixed = discount(Amount=5, detail={})
    assert (await books.invoice(customer, Line=[line(20), fixed]))["TotalAmt"] == 15
    refusal = await refused(
        books,
        "Invoice",
        {"CustomerRef": {"value": customer}, "Line": [line(1), discount(detail={})]},
    )
    assert refusal.code == "6090"


async def test_placeholders_that_real_clients_send_are_taken(books: Books) -> None:
    customer = await books.customer()
    made = await books.invoice(
        customer,
        DueDate="",
        TxnDate="",
        TotalAmt="",
        SyncToken=0,
        Deposit=0,
        LinkedTxn=[],
        AllowOnlinePayment="false",
        Line=[
            {
                "LineNum": 0,
                "Amount": "100",
                "DetailType": "SalesItemLineDetail",
                "SalesItemLineDetail": {
                    "ItemRef": {"name": "", "type": "", "value": "1"},
                    "Qty": 0,
                    "UnitPrice": 0,
                },
            }
        ],
    )
    assert made["TotalAmt"] == 100


async def test_sent_totals_and_other_read_only_fields_are_ignored(books: Books) -> None:
    made = await books.invoice(await books.customer(), 10, TotalAmt=999, Balance=1, domain="X")
    assert (made["TotalAmt"], made["Balance"], made["domain"]) == (10, 10, "QBO")


async def test_an_update_moves_the_token_and_a_stale_one_is_refused(books: Books) -> None:
    made = await books.invoice(await books.customer())
    key = {"Id": made["Id"], "SyncToken": "0", "sparse": True}
    assert (await books.post("Invoice", key | {"PrivateNote": "one"}))["SyncToken"] == "1"
    stale = await refused(books, "Invoice", key | {"PrivateNote": "two"})
    assert stale.code == "5010"
    assert stale.detail.startswith("Stale Object Error : You and Pat Bookkeeper were working")
    newer = await refused(books, "Invoice", key | {"SyncToken": "7", "PrivateNote": "two"})
    assert newer.code == "5010"
    without = await refused(books, "Invoice", {"Id": made["Id"], "sparse": True})
    assert (without.code, without.errors[0]["element"]) == ("2020", "SyncToken")


async def test_lines_sent_replace_all_lines_and_keep_the_ids_they_name(books: Books) -> None:
    made = await books.invoice(await books.customer(), Line=[line(1), line(2)])
    kept = made["Line"][1]
    key = {"Id": made["Id"], "SyncToken": "0", "sparse": True}
    edited = await books.post("Invoice", key | {"Line": [kept, line(7)]})
    assert [one.get("Id") for one in edited["Line"]] == ["2", "3", None]
    assert edited["TotalAmt"] == 9
    untouched = await books.post(
        "Invoice", key | {"SyncToken": "1", "CustomerMemo": {"value": "m"}}
    )
    assert untouched["Line"] == edited["Line"]


async def test_what_was_read_can_be_sent_back_whole(books: Books) -> None:
    made = await books.invoice(await books.customer(), Line=[line(10, Qty=2, UnitPrice=5)])
    response = await books.send("GET", f"invoice/{made['Id']}")
    again = await books.post("Invoice", response.json()["Invoice"])
    assert (again["SyncToken"], again["TotalAmt"]) == ("0", 10)


async def test_custom_fields_show_every_switched_on_definition(books: Books) -> None:
    fields = [
        {"CustomField": [{"Name": "SalesFormsPrefs.UseSalesCustom1", "BooleanValue": True}]},
        {"CustomField": [{"Name": "SalesFormsPrefs.SalesCustomName1", "StringValue": "Crew #"}]},
    ]
    await books.do(preferences={"SalesFormsPrefs": {"CustomField": fields}})
    customer = await books.customer()
    empty = await books.invoice(customer)
    assert empty["CustomField"] == [{"DefinitionId": "1", "Name": "Crew #", "Type": "StringType"}]
    filled = await books.invoice(customer, CustomField=[{"DefinitionId": "1", "StringValue": "B7"}])
    assert filled["CustomField"][0]["StringValue"] == "B7"
    refusal = await refused(
        books,
        "Invoice",
        {
            "CustomerRef": {"value": customer},
            "Line": [line(1)],
            "CustomField": [{"DefinitionId": "9", "StringValue": "x"}],
        },
    )
    assert refusal.code == "3000"


async def test_mailing_needs_an_address_and_send_marks_the_invoice(books: Books) -> None:
    customer = await books.customer(PrimaryEmailAddr={"Address": "a@b.example"})
    body = {"CustomerRef": {"value": customer}, "Line": [line(1)], "EmailStatus": "NeedToSend"}
    assert (await refused(books, "Invoice", body)).code == "6420"
    made = await books.invoice(customer)
    assert "BillEmail" not in made
    headers = {"Content-Type": "application/octet-stream"}
    sent = await books.call(
        "POST", f"invoice/{made['Id']}/send", params={"sendTo": "x@y.example"}, headers=headers
    )
    assert sent["Invoice"]["EmailStatus"] == "EmailSent"
    assert sent["Invoice"]["BillEmail"] == {"Address": "x@y.example"}
    assert sent["Invoice"]["DeliveryInfo"]["DeliveryType"] == "Email"


async def test_a_new_invoice_moves_the_customer_but_not_its_token(books: Books) -> None:
    customer = await books.customer()
    books.world.clock.advance(60)
    await books.invoice(customer, 100)
    moved = await books.get("Customer", customer)
    assert (moved["Balance"], moved["SyncToken"]) == (100, "0")
    assert moved["MetaData"]["LastUpdatedTime"] == "2026-11-23T10:01:00-08:00"
    assert moved["MetaData"]["CreateTime"] == "2026-11-23T10:00:00-08:00"


async def test_a_sub_customer_rolls_up_to_its_parent(books: Books) -> None:
    parent = await books.customer("Parent")
    child = await books.customer("Site", Job=True, ParentRef={"value": parent})
    made = await books.invoice(child, 70)
    assert made["CustomerRef"]["name"] == "Parent:Site"
    above = await books.get("Customer", parent)
    assert (above["Balance"], above["BalanceWithJobs"]) == (0, 70)


async def test_an_estimate_that_became_an_invoice_is_closed(books: Books) -> None:
    customer = await books.customer()
    offer = await books.post("Estimate", {"CustomerRef": {"value": customer}, "Line": [line(9)]})
    assert (offer["TxnStatus"], offer["LinkedTxn"]) == ("Pending", [])
    assert (await books.get("Customer", customer))["Balance"] == 0
    link = {"TxnId": offer["Id"], "TxnType": "Estimate"}
    made = await books.invoice(customer, 9, LinkedTxn=[link])
    assert made["LinkedTxn"] == [link]
    closed = await books.get("Estimate", offer["Id"])
    assert closed["TxnStatus"] == "Closed"
    assert closed["LinkedTxn"] == [{"TxnId": made["Id"], "TxnType": "Invoice"}]
    lost = {"TxnId": "75", "TxnType": "Estimate"}
    body = {"CustomerRef": {"value": customer}, "Line": [line(1)], "LinkedTxn": [lost]}
    refusal = await refused(books, "Invoice", body)
    assert "The entity Estimate 75 that you are trying to link does not exist" in refusal.detail
