"""What the sample company bought, owes and moved, hours worked, notes and templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.intuit.person import Step

# id, vendor, date, account, amount
_BILLS = (
    ("2", "31", "2015-09-15", "8", "241.23"),
    ("3", "36", "2015-09-20", "55", "755"),
    ("5", "46", "2015-09-21", "63", "205"),
    ("6", "48", "2015-09-25", "76", "86.44"),
    ("7", "49", "2015-09-28", "12", "315"),
    ("8", "51", "2015-09-10", "63", "666"),
)
# id, date, account it is paid from, how, account, amount, vendor
_EXPENSES = (
    ("14", "2015-09-16", "35", "Check", "8", "75", "41"),
    ("15", "2015-09-18", "35", "Cash", "13", "3.86", "56"),
    ("21", "2015-09-22", "41", "CreditCard", "55", "19.99", "57"),
    ("22", "2015-09-23", "41", "CreditCard", "56", "52.14", "33"),
    ("23", "2015-09-24", "41", "CreditCard", "63", "158.08", "50"),
)
_MONTHS = 58
"""Months of rent and telephone that are owed: October 2015 to July 2020."""


def _spent(account: str, amount: str) -> list[dict[str, Any]]:
    detail = {"AccountBasedExpenseLineDetail": {"AccountRef": {"value": account}}}
    kind = {"DetailType": "AccountBasedExpenseLineDetail", "Amount": amount}
    return [kind | detail]


def _bill(key: str, vendor: str, day: str, account: str, amount: str) -> Step:
    body = {"VendorRef": {"value": vendor}, "TxnDate": day, "Line": _spent(account, amount)}
    return "Bill", "create", {"_id": key} | body


def purchases() -> Iterator[Step]:
    """Bills, what was paid of them, expenses, orders, money moved, in order."""
    yield _opening()
    for one in _BILLS:
        yield _bill(*one)
    settled = [{"Amount": "666", "LinkedTxn": [{"TxnId": "8", "TxnType": "Bill"}]}]
    check = {"PayType": "Check", "CheckPayment": {"BankAccountRef": {"value": "35"}}}
    paid = {"VendorRef": {"value": "51"}, "TotalAmt": "666", "TxnDate": "2015-10-01"}
    yield "BillPayment", "create", {"_id": "16", "DocNumber": "45", "Line": settled} | paid | check
    for key, day, source, how, account, amount, vendor in _EXPENSES:
        body = {"TxnDate": day, "PaymentType": how, "AccountRef": {"value": source}}
        who = {"EntityRef": {"value": vendor, "type": "Vendor"}}
        yield "Purchase", "create", {"_id": key, "Line": _spent(account, amount)} | body | who
    order = {"VendorRef": {"value": "41"}, "TxnDate": "2015-09-26"}
    item = {"ItemBasedExpenseLineDetail": {"ItemRef": {"value": "11"}, "Qty": 5, "UnitPrice": 10}}
    lines = [{"DetailType": "ItemBasedExpenseLineDetail", "Amount": "50"} | item]
    yield "PurchaseOrder", "create", {"_id": "24", "Line": lines} | order
    credit = {"VendorRef": {"value": "45"}, "TxnDate": "2015-09-27", "Line": _spent("12", "25")}
    yield "VendorCredit", "create", {"_id": "25"} | credit
    yield _bill("26", "45", "2015-09-27", "12", "25")
    card: dict[str, Any] = {
        "BankAccountRef": {"value": "35"},
        "CreditCardAccountRef": {"value": "41"},
    }
    card |= {"Amount": "72.49", "TxnDate": "2015-09-30"}
    yield "CreditCardPaymentTxn", "create", {"_id": "28"} | card
    moved = {"FromAccountRef": {"value": "35"}, "ToAccountRef": {"value": "36"}}
    yield "Transfer", "create", {"_id": "29", "Amount": "100", "TxnDate": "2015-09-30"} | moved


def owed_monthly() -> Iterator[Step]:
    """Rent and telephone, a bill a month each, with the ids between the sales."""
    for month in range(_MONTHS):
        year, place = divmod(2015 * 12 + 9 + month, 12)
        day = f"{year}-{place + 1:02}-01"
        yield _bill(str(146 + 2 * month), "40", day, "17", "900")
        yield _bill(str(147 + 2 * month), "32", day, "77", "74.36")


def _opening() -> Step:
    """What the company began with; the rest of its balances follows from its transactions."""
    began = (
        ("35", "Debit", "1424.60"),
        ("36", "Debit", "700"),
        ("38", "Debit", "13495"),
        ("43", "Credit", "4000"),
        ("44", "Credit", "25000"),
        ("34", "Debit", "13380.40"),
    )
    lines = [
        {
            "DetailType": "JournalEntryLineDetail",
            "Amount": amount,
            "JournalEntryLineDetail": {"PostingType": side, "AccountRef": {"value": account}},
        }
        for account, side, amount in began
    ]
    text = {"TxnDate": "2015-08-01", "PrivateNote": "Opening balances"}
    return "JournalEntry", "create", {"_id": "1", "Line": lines} | text


def others() -> Iterator[Step]:
    """A template, a plan, hours and a note: what else lists hold."""
    schedule = {"IntervalType": "Monthly", "NumInterval": 1, "DayOfMonth": 1}
    info = {"Name": "Building lease", "RecurType": "Automated", "Active": True}
    bill = {"VendorRef": {"value": "40"}, "Line": _spent("17", "900")}
    wrapped = {"Bill": bill | {"RecurringInfo": info | {"ScheduleInfo": schedule}}}
    yield "RecurringTransaction", "create", wrapped
    detail = {"BudgetDate": "2015-10-01", "Amount": "900", "AccountRef": {"value": "17"}}
    dates = {"StartDate": "2015-01-01", "EndDate": "2015-12-31"}
    yield "Budget", "create", {"Name": "FY 2015", "BudgetDetail": [detail]} | dates
    hours = {"NameOf": "Employee", "EmployeeRef": {"value": "54"}, "TxnDate": "2015-10-05"}
    billed = {"CustomerRef": {"value": "1"}, "ItemRef": {"value": "2"}, "Hours": 3, "Minutes": 0}
    yield "TimeActivity", "create", hours | billed
    hung = {"EntityRef": {"value": "75", "type": "Invoice"}, "IncludeOnSend": False}
    note = {"Note": "Called about the due date.", "AttachableRef": [hung]}
    yield "Attachable", "create", {"_id": "5000000000000503600"} | note
