"""Payments, credits, voids, deletes, deposits: what they do to what is open."""

import pytest

from tests.sandbox_qbo.kit import Books, Json, Refusal, line, total_owed


async def open_balance(books: Books, key: str) -> object:
    return (await books.get("Invoice", key))["Balance"]


async def memo(books: Books, customer: str, amount: float) -> Json:
    return await books.post(
        "CreditMemo", {"CustomerRef": {"value": customer}, "Line": [line(amount)]}
    )


async def test_a_payment_without_lines_stays_a_credit(books: Books) -> None:
    customer = await books.customer("Red Rock Diner")
    made = await books.post("Payment", {"CustomerRef": {"value": customer}, "TotalAmt": 25.0})
    assert made["UnappliedAmt"] == 25
    assert made["DepositToAccountRef"] == {"value": "4"}
    assert (made["Line"], made["ProcessPayment"]) == ([], False)
    assert (await books.get("Customer", customer))["Balance"] == -25


async def test_an_applied_payment_shows_on_both_sides(books: Books) -> None:
    customer = await books.customer()
    invoice = await books.invoice(customer, 71)
    made = await books.payment(customer, 65, {invoice["Id"]: 55})
    assert made["UnappliedAmt"] == 10
    extras = {
        one["value"]["Name"]: one["value"]["Value"] for one in made["Line"][0]["LineEx"]["any"]
    }
    assert extras == {
        "txnId": invoice["Id"],
        "txnOpenBalance": "71.00",
        "txnReferenceNumber": "1001",
    }
    paid = await books.get("Invoice", invoice["Id"])
    assert (paid["Balance"], paid["SyncToken"]) == (16, "1")
    assert paid["LinkedTxn"] == [{"TxnId": made["Id"], "TxnType": "Payment"}]
    assert (await books.get("Customer", customer))["Balance"] == 6
    assert total_owed(books.company) == 6


async def test_more_than_the_payment_or_the_invoice_holds_is_refused(books: Books) -> None:
    customer = await books.customer()
    invoice = await books.invoice(customer, 50)
    for total, applied in ((40.0, 50.0), (60.0, 60.0)):
        with pytest.raises(Refusal) as refused:
            await books.payment(customer, total, {invoice["Id"]: applied})
        assert refused.value.code == "6000"
    assert await open_balance(books, invoice["Id"]) == 50
    await books.do(switches={"overpaid_line": "cap"})
    capped = await books.payment(customer, 60, {invoice["Id"]: 60})
    assert (capped["Line"][0]["Amount"], capped["UnappliedAmt"]) == (50, 10)


async def test_what_cannot_be_linked_is_refused(books: Books) -> None:
    customer, stranger = await books.customer("Ours"), await books.customer("Theirs")
    theirs = await books.invoice(stranger, 50)
    for link, code in (
        ({"TxnId": theirs["Id"], "TxnType": "Invoice"}, "6000"),
        ({"TxnId": "9999", "TxnType": "Invoice"}, "6000"),
        ({"TxnId": theirs["Id"], "TxnType": "Estimate"}, "620"),
    ):
        with pytest.raises(Refusal) as refused:
            await books.post(
                "Payment",
                {
                    "CustomerRef": {"value": customer},
                    "TotalAmt": 5,
                    "Line": [{"Amount": 5, "LinkedTxn": [link]}],
                },
            )
        assert refused.value.code == code


async def test_a_parent_pays_for_what_bills_with_it(books: Books) -> None:
    parent = await books.customer("Parent")
    child = await books.customer("A", Job=True, BillWithParent=True, ParentRef={"value": parent})
    alone = await books.customer("B", Job=True, ParentRef={"value": parent})
    bill, other = await books.invoice(child, 30), await books.invoice(alone, 30)
    await books.payment(parent, 30, {bill["Id"]: 30})
    assert (await books.get("Customer", child))["Balance"] == 0
    assert (await books.get("Customer", parent))["BalanceWithJobs"] == 30
    with pytest.raises(Refusal):
        await books.payment(parent, 30, {other["Id"]: 30})


async def test_lines_of_a_payment_are_replaced_as_a_whole(books: Books) -> None:
    customer = await books.customer()
    one, two = await books.invoice(customer, 10), await books.invoice(customer, 20)
    made = await books.payment(customer, 30, {one["Id"]: 10, two["Id"]: 20})
    key = {"Id": made["Id"], "SyncToken": made["SyncToken"], "sparse": True}
    kept = [{"Amount": 20, "LinkedTxn": [{"TxnId": two["Id"], "TxnType": "Invoice"}]}]
    changed = await books.post("Payment", key | {"Line": kept})
    assert changed["UnappliedAmt"] == 10
    assert await open_balance(books, one["Id"]) == 10
    none = await books.post("Payment", key | {"SyncToken": "1", "Line": []})
    assert (none["Line"], none["UnappliedAmt"]) == ([], 30)
    assert await open_balance(books, two["Id"]) == 20


async def test_a_credit_memo_is_applied_by_a_payment_of_zero(books: Books) -> None:
    customer = await books.customer("Cool Cars")
    invoice = await books.invoice(customer, 50)
    credit = await memo(books, customer, 50)
    assert (credit["RemainingCredit"], credit["Balance"]) == (50, 50)
    links = [(invoice["Id"], "Invoice"), (credit["Id"], "CreditMemo")]
    made = await books.post(
        "Payment",
        {
            "CustomerRef": {"value": customer},
            "TotalAmt": 0,
            "Line": [
                {"Amount": 50, "LinkedTxn": [{"TxnId": key, "TxnType": kind}]}
                for key, kind in links
            ],
        },
    )
    assert (made["TotalAmt"], made["UnappliedAmt"]) == (0, 0)
    assert await open_balance(books, invoice["Id"]) == 0
    assert (await books.get("CreditMemo", credit["Id"]))["RemainingCredit"] == 0


async def test_credits_are_applied_by_themselves_where_the_company_wants_it(books: Books) -> None:
    await books.do(preferences={"SalesFormsPrefs": {"AutoApplyCredit": True}})
    customer = await books.customer()
    payment = await books.payment(customer, 30)
    credit = await memo(books, customer, 50)
    invoice = await books.invoice(customer, 100)
    assert invoice["Balance"] == 20
    assert (await books.get("Payment", payment["Id"]))["UnappliedAmt"] == 0
    linking = (await books.query("select * from Payment where TotalAmt = 0"))["Payment"][0]
    assert linking["PrivateNote"] == "Created by QB Online to link credits to charges."
    assert (await books.get("CreditMemo", credit["Id"]))["RemainingCredit"] == 0
    late = await memo(books, customer, 20)
    assert late["RemainingCredit"] == 0
    assert await open_balance(books, invoice["Id"]) == 0


async def test_a_voided_invoice_stays_with_zeros(books: Books) -> None:
    customer = await books.customer()
    made = await books.invoice(customer, Line=[line(100, Qty=4, UnitPrice=25)], PrivateNote="mine")
    gone = await books.post("Invoice", {"Id": made["Id"], "SyncToken": "0"}, operation="void")
    assert (gone["TotalAmt"], gone["Balance"], gone["SyncToken"]) == (0, 0, "1")
    assert gone["PrivateNote"].startswith("Voided")
    assert gone["PrivateNote"].endswith("mine")
    assert [one["Amount"] for one in gone["Line"]] == [0, 0]
    detail = gone["Line"][0]["SalesItemLineDetail"]
    assert detail["Qty"] == 0
    assert "UnitPrice" not in detail
    assert (gone["DocNumber"], gone["TxnDate"]) == (made["DocNumber"], made["TxnDate"])
    assert (await books.get("Customer", customer))["Balance"] == 0
    plain = await books.invoice(customer)
    bare = await books.post("Invoice", {"Id": plain["Id"], "SyncToken": "0"}, operation="void")
    assert bare["PrivateNote"] == "Voided"


async def test_a_paid_invoice_is_not_voided_unless_the_company_unlinks(books: Books) -> None:
    customer = await books.customer()
    invoice = await books.invoice(customer, 50)
    payment = await books.payment(customer, 50, {invoice["Id"]: 50})
    key = {"Id": invoice["Id"], "SyncToken": "1"}
    with pytest.raises(Refusal) as refused:
        await books.post("Invoice", key, operation="void")
    assert refused.value.code == "6000"
    await books.do(switches={"void_paid": "unlink"})
    gone = await books.post("Invoice", key, operation="void")
    assert (gone["Balance"], gone["LinkedTxn"]) == (0, [])
    assert (await books.get("Payment", payment["Id"]))["UnappliedAmt"] == 50
    assert (await books.get("Customer", customer))["Balance"] == -50


async def test_a_voided_payment_reopens_its_invoice(books: Books) -> None:
    customer = await books.customer()
    invoice = await books.invoice(customer, 50)
    payment = await books.payment(customer, 50, {invoice["Id"]: 50})
    key = {"Id": payment["Id"], "SyncToken": "0", "sparse": True}
    gone = await books.post("Payment", key, operation="update", include="void")
    assert (gone["TotalAmt"], gone["UnappliedAmt"], gone["Line"]) == (0, 0, [])
    assert gone["PrivateNote"] == "Voided"
    assert await open_balance(books, invoice["Id"]) == 50
    with pytest.raises(Refusal) as refused:
        await books.post("Payment", key, operation="void")
    assert refused.value.code == "500"


async def test_a_credit_memo_has_no_void(books: Books) -> None:
    credit = await memo(books, await books.customer(), 5)
    key = {"Id": credit["Id"], "SyncToken": "0"}
    for params in ({"operation": "void"}, {"operation": "update", "include": "void"}):
        with pytest.raises(Refusal) as refused:
            await books.post("CreditMemo", key, **params)
        assert refused.value.code == "500"


async def test_a_deleted_transaction_is_gone_with_its_effects(books: Books) -> None:
    customer = await books.customer()
    invoice = await books.invoice(customer, 50)
    payment = await books.payment(customer, 50, {invoice["Id"]: 50})
    key = {"Id": invoice["Id"], "SyncToken": "1"}
    answer = await books.post("Invoice", key, operation="delete")
    assert answer == {"domain": "QBO", "status": "Deleted", "Id": invoice["Id"]}
    assert (await books.get("Payment", payment["Id"]))["UnappliedAmt"] == 50
    for again in (
        books.get("Invoice", invoice["Id"]),
        books.post("Invoice", key, operation="delete"),
    ):
        with pytest.raises(Refusal) as refused:
            await again
        assert refused.value.code == "610"
    await books.post("Payment", {"Id": payment["Id"], "SyncToken": "1"}, operation="delete")
    assert (await books.get("Customer", customer))["Balance"] == 0


async def test_a_smaller_total_lets_go_of_what_was_applied_beyond_it(books: Books) -> None:
    customer = await books.customer()
    invoice = await books.invoice(customer, 100)
    payment = await books.payment(customer, 100, {invoice["Id"]: 100})
    key = {"Id": invoice["Id"], "SyncToken": "1", "sparse": True}
    edited = await books.post("Invoice", key | {"Line": [line(60)]})
    assert (edited["TotalAmt"], edited["Balance"]) == (60, 0)
    assert (await books.get("Payment", payment["Id"]))["UnappliedAmt"] == 40
    assert (await books.get("Customer", customer))["Balance"] == -40


async def test_what_lies_in_a_deposit_is_locked(books: Books) -> None:
    customer = await books.customer()
    payment = await books.payment(customer, 50)
    deposit = (await books.do(deposit={"payments": [payment["Id"]]}))["deposit"]
    assert books.company.accounts["35"] == 50
    held = await books.get("Payment", payment["Id"])
    assert held["LinkedTxn"] == [{"TxnId": deposit["Id"], "TxnType": "Deposit"}]
    key = {"Id": payment["Id"], "SyncToken": held["SyncToken"], "sparse": True}
    for body, params in (
        (key | {"TotalAmt": 60}, {}),
        (key, {"operation": "update", "include": "void"}),
        (key, {"operation": "delete"}),
    ):
        with pytest.raises(Refusal) as refused:
            await books.post("Payment", body, **params)
        assert refused.value.code == "6540"
    await books.post("Deposit", {"Id": deposit["Id"], "SyncToken": "0"}, operation="delete")
    await books.post("Payment", key, operation="delete")


async def test_money_can_only_be_put_where_money_lies(books: Books) -> None:
    customer = await books.customer()
    for account, fine in (("35", True), ("4", True), ("79", False)):
        body = {
            "CustomerRef": {"value": customer},
            "TotalAmt": 5,
            "DepositToAccountRef": {"value": account},
        }
        if fine:
            await books.post("Payment", body)
            continue
        with pytest.raises(Refusal) as refused:
            await books.post("Payment", body)
        assert refused.value.code == "6430"


async def test_a_refund_receipt_pays_money_back(books: Books) -> None:
    customer = await books.customer()
    body = {"CustomerRef": {"value": customer}, "Line": [line(40)]}
    with pytest.raises(Refusal) as refused:
        await books.post("RefundReceipt", body)
    assert refused.value.errors[0]["element"] == "DepositToAccountRef"
    made = await books.post("RefundReceipt", body | {"DepositToAccountRef": {"value": "35"}})
    assert (made["TotalAmt"], made["Balance"]) == (40, 0)
    assert books.company.accounts["35"] == -40
    assert (await books.get("Customer", customer))["Balance"] == 0


async def test_closed_books_refuse_every_change_in_the_period(books: Books) -> None:
    customer = await books.customer()
    old = await books.invoice(customer, TxnDate="2026-01-15")
    new = await books.invoice(customer, TxnDate="2026-03-15")
    await books.do(close_books="2026-01-31")
    old_key = {"Id": old["Id"], "SyncToken": "0", "sparse": True}
    new_key = {"Id": new["Id"], "SyncToken": "0", "sparse": True}
    attempts: list[tuple[Json, dict[str, str]]] = [
        ({"CustomerRef": {"value": customer}, "Line": [line(1)], "TxnDate": "2026-01-31"}, {}),
        (old_key | {"PrivateNote": "x"}, {}),
        (old_key | {"TxnDate": "2026-03-01"}, {}),
        (new_key | {"TxnDate": "2026-01-01"}, {}),
        (old_key, {"operation": "void"}),
        (old_key, {"operation": "delete"}),
    ]
    for code in ("6200", "6210"):
        for body, params in attempts:
            with pytest.raises(Refusal) as refused:
                await books.post("Invoice", body, **params)
            assert refused.value.code == code
        await books.do(switches={"close_password": True})
    assert "through through" in refused.value.detail
    await books.invoice(customer, TxnDate="2026-02-01")


async def test_an_ended_subscription_leaves_the_books_readable_only(books: Books) -> None:
    customer = await books.customer()
    await books.do(subscription="EXPIRED")
    assert (await books.get("Customer", customer))["Id"] == customer
    with pytest.raises(Refusal) as refused:
        await books.customer("Late")
    assert refused.value.code == "6190"
    assert refused.value.errors[0]["Message"] == "Invalid Company Status"
    await books.do(subscription="SUBSCRIBED")
    await books.customer("Late")


async def test_merging_moves_the_transactions_and_the_losing_id_is_gone(books: Books) -> None:
    keep, lose = await books.customer("Keep"), await books.customer("Lose")
    invoice = await books.invoice(lose, 50)
    await books.payment(lose, 20, {invoice["Id"]: 20})
    await books.do(merge={"from": lose, "into": keep})
    assert (await books.get("Invoice", invoice["Id"]))["CustomerRef"]["value"] == keep
    assert (await books.get("Customer", keep))["Balance"] == 30
    with pytest.raises(Refusal) as refused:
        await books.invoice(lose)
    assert refused.value.code == "2500"


async def test_a_deleted_credit_memo_reopens_what_it_paid(books: Books) -> None:
    await books.do(preferences={"SalesFormsPrefs": {"AutoApplyCredit": True}})
    customer = await books.customer()
    credit = await memo(books, customer, 30)
    invoice = await books.invoice(customer, 50)
    assert invoice["Balance"] == 20
    key = {"Id": credit["Id"], "SyncToken": "1"}
    await books.post("CreditMemo", key, operation="delete")
    assert await open_balance(books, invoice["Id"]) == 50
    assert (await books.get("Customer", customer))["Balance"] == 50
