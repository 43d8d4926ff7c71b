"""What clients list, read and write beside sales: right shapes, ids, totals, balanced books."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.wire import write_json
from tests.sandbox_qbo.kit import Books, Json, Refusal

VENDOR = {"VendorRef": {"value": "2"}}
CASH = {"value": "35"}
CARD = {"value": "41"}


def spent(amount: Any = 40, account: str = "7", **more: Any) -> Json:
    """An expense line."""
    return {
        "Amount": amount,
        "DetailType": "AccountBasedExpenseLineDetail",
        "AccountBasedExpenseLineDetail": {"AccountRef": {"value": account}} | more,
    }


def booked(side: str, account: str, amount: Any = 50, **more: Any) -> Json:
    """A journal entry's line."""
    detail = {"PostingType": side, "AccountRef": {"value": account}} | more
    return {
        "Amount": amount,
        "DetailType": "JournalEntryLineDetail",
        "JournalEntryLineDetail": detail,
    }


def settles(kind: str, key: str, amount: Any) -> Json:
    """A bill payment's line."""
    return {"Amount": amount, "LinkedTxn": [{"TxnId": key, "TxnType": kind}]}


BODIES: dict[str, Json] = {
    "Bill": VENDOR | {"Line": [spent()]},
    "VendorCredit": VENDOR | {"Line": [spent()]},
    "Purchase": {"AccountRef": CASH, "PaymentType": "Cash", "Line": [spent()]},
    "PurchaseOrder": VENDOR | {"Line": [spent()]},
    "CreditCardPaymentTxn": {"BankAccountRef": CASH, "CreditCardAccountRef": CARD, "Amount": 9},
    "JournalEntry": {"Line": [booked("Debit", "7"), booked("Credit", "35")]},
    "Transfer": {"FromAccountRef": CASH, "ToAccountRef": {"value": "36"}, "Amount": 12},
    "TimeActivity": {"NameOf": "Vendor", "Hours": 2} | VENDOR,
    "Budget": {"Name": "FY", "StartDate": "2026-01-01", "EndDate": "2026-12-31"},
    "CompanyCurrency": {"Code": "CAD"},
    "RecurringTransaction": {
        "Bill": VENDOR
        | {"Line": [spent()], "RecurringInfo": {"Name": "Rent", "RecurType": "Automated"}}
    },
}


async def opened(books: Books) -> Books:
    await books.customer()
    await books.post("Vendor", {"DisplayName": "Landfill"})
    return books


async def post(books: Books, entity: str, body: Json, **params: str) -> Json:
    """Write an entity whose path is not its name, too."""
    path = ENTITIES[entity].path or entity.lower()
    answer = await books.call("POST", path, content=write_json(body).encode(), params=params)
    return dict(answer[entity])


@pytest.mark.parametrize("entity", BODIES)
async def test_what_is_created_is_read_listed_changed_and_removed(
    books: Books, entity: str
) -> None:
    await opened(books)
    path = ENTITIES[entity].path or entity.lower()
    made = await post(books, entity, BODIES[entity])
    inner = made.get("Bill", made) if entity == "RecurringTransaction" else made
    assert inner["SyncToken"] == "0"
    assert inner["MetaData"]["CreateTime"]
    assert (await books.call("GET", f"{path}/{inner['Id']}"))[entity] == made
    assert (await books.query(f"select * from {path}"))[entity] == [made]
    kept = {"PrivateNote": "Later"} if "PrivateNote" in ENTITIES[entity].by_name else {}
    key = {"Id": inner["Id"], "SyncToken": "0", "sparse": True}
    if entity == "RecurringTransaction":
        key = {"Bill": key}
    if kept:
        changed = await post(books, entity, key | kept)
        assert (changed["SyncToken"], changed["PrivateNote"]) == ("1", "Later")
        key["SyncToken"] = "1"
    if ENTITIES[entity].removal == "delete":
        gone = await post(books, entity, key, operation="delete")
        assert gone == {"domain": "QBO", "status": "Deleted", "Id": inner["Id"]}
        assert await books.query(f"select * from {path}") == {}
    else:
        assert (await post(books, entity, key | {"Active": False}))["Active"] is False
    assert not any(books.company.accounts.values())
    assert sum(books.company.accounts.values()) == 0


async def test_a_bill_is_due_by_its_term_and_owed_to_its_vendor(books: Books) -> None:
    await opened(books)
    body = BODIES["Bill"] | {"TxnDate": "2026-11-01", "SalesTermRef": {"value": "2"}}
    bill = await books.post("Bill", body)
    assert (bill["DueDate"], bill["TotalAmt"], bill["Balance"]) == ("2026-11-16", 40, 40)
    assert bill["APAccountRef"] == {"value": "33", "name": "Accounts Payable (A/P)"}
    assert (await books.get("Vendor", "2"))["Balance"] == 40
    assert (await books.get("Account", "33"))["CurrentBalance"] == 40


async def test_what_is_owed_to_vendors_is_in_no_report_about_customers(books: Books) -> None:
    await opened(books)
    await books.post("Bill", BODIES["Bill"])
    await books.invoice("1", 70)
    rows = (await books.call("GET", "reports/CustomerBalance"))["Rows"]["Row"]
    data = [row["ColData"] for row in rows if row["type"] == "Data"]
    assert [[cell["value"] for cell in row] for row in data] == [["Acme Hauling", "70.00"]]
    assert rows[-1]["Summary"]["ColData"][1]["value"] == "70.00"


async def test_a_bill_payment_settles_bills_with_money_and_credits(books: Books) -> None:
    await opened(books)
    bill = await books.post("Bill", BODIES["Bill"])
    credit = await books.post("VendorCredit", VENDOR | {"Line": [spent(15)]})
    lines = [settles("Bill", bill["Id"], 40), settles("VendorCredit", credit["Id"], 15)]
    check = {"PayType": "Check", "CheckPayment": {"BankAccountRef": CASH}}
    paid = await books.post("BillPayment", VENDOR | check | {"TotalAmt": 25, "Line": lines})
    settled = await books.get("Bill", bill["Id"])
    assert settled["Balance"] == 0
    assert settled["LinkedTxn"] == [{"TxnId": paid["Id"], "TxnType": "BillPaymentCheck"}]
    assert (await books.get("VendorCredit", credit["Id"]))["Balance"] == 0
    assert (await books.get("Vendor", "2"))["Balance"] == 0
    key = {"Id": paid["Id"], "SyncToken": "0", "sparse": True}
    with pytest.raises(Refusal, match="payments applied"):
        await books.post("Bill", {"Id": bill["Id"], "SyncToken": "1"}, operation="delete")
    voided = await books.post("BillPayment", key, operation="update", include="void")
    assert (voided["TotalAmt"], voided["PrivateNote"]) == (0, "Voided")
    assert (await books.get("Bill", bill["Id"]))["Balance"] == 40
    assert books.company.accounts["35"] == 0
    assert (await books.http.get("/sandbox/proof")).json()["balanced"]


@pytest.mark.parametrize(
    ("entity", "change", "code"),
    [
        ("Bill", {"Line": [spent(account="84")]}, "6430"),
        ("Bill", {"Line": [{"Amount": 1}]}, "2020"),
        ("Bill", {"VendorRef": {"value": "1"}}, "2500"),
        ("Purchase", {"AccountRef": {"value": "7"}}, "6430"),
        ("Purchase", {"PaymentType": "Barter"}, "2170"),
        ("JournalEntry", {"Line": [booked("Debit", "7")]}, "2300"),
        ("JournalEntry", {"Line": [booked("Debit", "84"), booked("Credit", "7")]}, "6000"),
        ("Transfer", {"ToAccountRef": CASH}, "6000"),
        ("Transfer", {"ToAccountRef": {"value": "7"}}, "6430"),
        ("TimeActivity", {"Hours": ""}, "2020"),
        ("Budget", {"EndDate": "2025-01-01"}, "6490"),
        ("CompanyCurrency", {"Code": "Ca1"}, "2170"),
        ("RecurringTransaction", {"Invoice": {"PrivateNote": "Two"}}, "2020"),
        ("RecurringTransaction", {"Bill": VENDOR | {"Line": [spent()]}}, "2020"),
    ],
)
async def test_what_the_books_do_not_allow_is_refused(
    books: Books, entity: str, change: Json, code: str
) -> None:
    await opened(books)
    before = dict(books.company.accounts)
    with pytest.raises(Refusal) as refused:
        await post(books, entity, {**BODIES[entity], **change})
    assert refused.value.code == code
    assert dict(books.company.accounts) == before


async def test_a_journal_entry_that_names_a_customer_moves_its_balance(books: Books) -> None:
    await opened(books)
    named = {"Entity": {"Type": "Customer", "EntityRef": {"value": "1"}}}
    lines = [booked("Debit", "84", 30, **named), booked("Credit", "7", 30)]
    made = await books.post("JournalEntry", {"Line": lines})
    shown = made["Line"][0]["JournalEntryLineDetail"]["Entity"]["EntityRef"]
    assert shown == {"value": "1", "name": "Acme Hauling"}
    assert (await books.get("Customer", "1"))["Balance"] == 30
    proof = (await books.http.get("/sandbox/proof")).json()
    assert (proof["balanced"], proof["receivable"]) == (True, 30)
    await books.do(merge={"from": "1", "into": await books.customer("Acme Rolls")})
    assert (await books.get("Customer", "3"))["Balance"] == 30
    assert (await books.http.get("/sandbox/proof")).json()["balanced"]


async def test_a_purchase_returned_to_the_card_is_booked_the_other_way(books: Books) -> None:
    await opened(books)
    body = {"AccountRef": CARD, "PaymentType": "CreditCard", "Credit": True, "Line": [spent()]}
    who = {"EntityRef": {"value": "2", "type": "Vendor"}}
    made = await books.post("Purchase", body | who)
    assert made["EntityRef"] == {"value": "2", "name": "Landfill", "type": "Vendor"}
    assert books.company.accounts["41"] == 40


async def test_a_credit_card_payment_has_three_names(books: Books) -> None:
    body = BODIES["CreditCardPaymentTxn"]
    made = await books.call("POST", "creditcardpayment", content=write_json(body).encode())
    found = await books.query("select * from creditcardpayment")
    assert found["CreditCardPaymentTxn"] == [made["CreditCardPaymentTxn"]]


async def test_a_template_wraps_its_transaction_and_books_nothing(books: Books) -> None:
    await opened(books)
    made = await books.post("RecurringTransaction", BODIES["RecurringTransaction"])
    assert made["Bill"]["RecurringInfo"] == {"Name": "Rent", "RecurType": "Automated"}
    assert made["Bill"]["VendorRef"] == {"value": "2", "name": "Landfill"}
    assert not any(books.company.accounts.values())


async def test_a_rate_is_asked_for_by_currency_and_day(books: Books) -> None:
    rate = {"SourceCurrencyCode": "EUR", "Rate": 1.25, "AsOfDate": "2026-11-01"}
    await books.post("ExchangeRate", rate)
    await books.post("ExchangeRate", rate | {"Rate": 1.5})
    params = {"sourcecurrencycode": "EUR", "asofdate": "2026-11-20"}
    found = (await books.call("GET", "exchangerate", params=params))["ExchangeRate"]
    assert (found["Rate"], found["TargetCurrencyCode"]) == (Decimal("1.5"), "USD")
    before = (await books.call("GET", "exchangerate", params=params | {"asofdate": "2026-10-01"}))[
        "ExchangeRate"
    ]
    assert before["Rate"] == 1


async def test_kinds_of_customers_cannot_be_made_through_the_api(books: Books) -> None:
    with pytest.raises(Refusal) as refused:
        await books.post("CustomerType", {"Name": "Gold"})
    assert refused.value.code == "500"


async def test_the_general_ledger_begins_and_ends_with_each_balance(books: Books) -> None:
    await opened(books)
    await books.post("Bill", BODIES["Bill"] | {"TxnDate": "2026-10-31"})
    await books.post("Bill", BODIES["Bill"])
    report = await books.call("GET", "reports/GeneralLedger")
    owed = next(
        row for row in report["Rows"]["Row"] if row["Header"]["ColData"][0].get("id") == "33"
    )
    first, second = (row["ColData"] for row in owed["Rows"]["Row"])
    assert (first[0]["value"], first[7]["value"]) == ("Beginning Balance", "40.00")
    assert (second[1]["value"], second[6]["value"], second[7]["value"]) == (
        "Bill",
        "40.00",
        "80.00",
    )
    assert second[5] == {"value": "Advertising", "id": "7"}
