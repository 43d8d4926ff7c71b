"""What the sample company sold in autumn 2015, and what it was paid.

Invoices, estimates and payments carry the ids and amounts that examples name;
where only a customer's balance is known, the invoices come to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sandbox.intuit.customers import CUSTOMERS
from sandbox.intuit.person import Step, printed

Sold = tuple[str, str, str]
"""Item, quantity, price."""

_PEOPLE = {one.key: one for one in CUSTOMERS}
_OWN_ADDRESSES = 200
"""Addresses of forms have ids from here on, by the form's own id."""
THANKS = {"value": "Thank you for your business and have a great day!"}
_TEXTS = {
    "3": "Concrete for fountain installation",
    "4": "Custom Design",
    "5": "Rock Fountain",
    "6": "Weekly Gardening Service",
    "7": "Installation of landscape design",
    "10": "Pest Control Services",
    "11": "Fountain Pump",
    "13": "Garden Rocks",
    "15": "Sod",
    "16": "Sprinkler Heads",
    "18": "Tree and Shrub Trimming",
}
DESIGN: Sold = ("4", "1", "75")
FOUNTAIN: Sold = ("5", "1", "275")

# id, number, customer, date, taxed, what was sold, (id of the payment, its date, amount)
_INVOICES: tuple[tuple[str, str, str, str, bool, tuple[Sold, ...], tuple[str, str, str]], ...] = (
    ("9", "1001", "1", "2015-08-28", True, (("3", "10", "10"),), ("18", "2015-09-10", "108")),
    ("10", "1002", "2", "2015-08-29", False, (("6", "5", "35"),), ("19", "2015-09-11", "175")),
    (
        "12",
        "1004",
        "3",
        "2015-08-30",
        True,
        (("5", "4", "275"), ("13", "48", "22.5"), ("11", "1", "14")),
        ("20", "2015-09-12", "2369.52"),
    ),
    ("13", "1005", "9", "2015-09-01", False, (("18", "2", "25"),), ("", "", "")),
    ("27", "1007", "13", "2015-09-04", False, (("4", "10", "75"),), ("32", "2015-10-02", "300")),
    (
        "34",
        "1009",
        "26",
        "2015-09-06",
        True,
        (("13", "4", "22.5"), ("11", "1", "5.88")),
        ("36", "2015-09-20", "103.55"),
    ),
    ("39", "1012", "23", "2015-09-10", False, (("4", "3.5", "75"), ("11", "1", "12")), ("",) * 3),
    ("42", "1010", "29", "2015-09-12", False, (("4", "5", "75"),), ("", "", "")),
    ("43", "1011", "15", "2015-09-12", False, (("9", "1", "50"),), ("", "", "")),
    ("45", "1013", "26", "2015-09-14", True, (("15", "5", "15"),), ("50", "2015-09-30", "81")),
    ("60", "1016", "16", "2015-09-20", False, (DESIGN,), ("", "", "")),
    ("61", "1017", "25", "2015-09-14", False, (("6", "2", "40"),), ("73", "2015-09-28", "80")),
    ("63", "1018", "25", "2015-09-21", False, (("6", "2", "40"),), ("", "", "")),
    ("64", "1019", "25", "2015-09-28", False, (("6", "2", "40"),), ("", "", "")),
    (
        "65",
        "1020",
        "5",
        "2015-09-25",
        False,
        (("4", "6", "75"), ("18", "1", "10.4")),
        ("66", "2015-10-01", "460.4"),
    ),
    (
        "67",
        "1021",
        "1",
        "2015-09-26",
        True,
        (FOUNTAIN, ("11", "10", "15")),
        ("74", "2015-10-03", "220"),
    ),
    ("68", "1022", "12", "2015-09-27", True, (("15", "5", "15"),), ("", "", "")),
    (
        "70",
        "1024",
        "20",
        "2015-09-30",
        False,
        (("4", "1.5", "75"), ("18", "1", "43.5")),
        ("", "", ""),
    ),
    ("71", "1025", "1", "2015-10-01", False, (("6", "5", "41"),), ("72", "2015-10-03", "205")),
    ("75", "1027", "2", "2015-10-02", False, (("6", "2", "42.5"),), ("", "", "")),
    ("92", "1028", "9", "2015-10-03", False, (("10", "1", "35"),), ("", "", "")),
    ("93", "1029", "5", "2015-10-04", False, (("16", "19.2", "2"),), ("94", "2015-10-06", "38.4")),
    (
        "95",
        "1030",
        "8",
        "2015-10-04",
        False,
        (("4", "3", "75"), ("16", "0.875", "2")),
        ("97", "2015-10-06", "226.75"),
    ),
    (
        "96",
        "1031",
        "8",
        "2015-10-05",
        False,
        (("4", "5", "75"), ("16", "6", "2")),
        ("98", "2015-10-06", "387"),
    ),
    (
        "99",
        "1032",
        "26",
        "2015-10-05",
        True,
        (FOUNTAIN, ("13", "4", "22.5"), ("16", "9.5", "2")),
        ("",) * 3,
    ),
    ("106", "1034", "21", "2015-10-06", True, (("11", "2", "22.5"),), ("", "", "")),
    ("119", "1035", "17", "2015-10-06", True, (FOUNTAIN, ("16", "8", "2")), ("", "", "")),
    ("129", "1036", "8", "2015-10-06", False, (("4", "6", "75"), ("6", "1", "27.5")), ("", "", "")),
    (
        "130",
        "1037",
        "24",
        "2015-10-07",
        True,
        (FOUNTAIN, ("11", "1", "12.75"), ("3", "5", "9.5")),
        ("",) * 3,
    ),
)
# id, customer, date, status, taxed, what was offered, then the invoice it became
_ESTIMATES: tuple[tuple[str, str, str, str, bool, tuple[Sold, ...], tuple[str, str, str]], ...] = (
    (
        "48",
        "18",
        "2015-10-05",
        "Pending",
        False,
        (("4", "4", "75"), ("7", "5", "50"), FOUNTAIN, ("13", "8", "22.5")),
        ("49", "1015", "2015-10-05"),
    ),
    (
        "46",
        "20",
        "2015-10-05",
        "Pending",
        False,
        (("10", "2", "35"),),
        ("69", "1023", "2015-10-06"),
    ),
    (
        "41",
        "10",
        "2015-09-27",
        "Pending",
        False,
        (FOUNTAIN, ("4", "3.5", "75"), ("11", "2", "22.5")),
        ("103", "1033", "2015-10-08"),
    ),
    (
        "100",
        "24",
        "2015-10-06",
        "Accepted",
        True,
        (FOUNTAIN, ("11", "1", "12.75"), ("3", "4", "9.5")),
        ("", "", ""),
    ),
)


def line(sold: Sold, *, taxed: bool = False) -> dict[str, Any]:
    """A line of a sales form."""
    item, quantity, price = sold
    amount = (Decimal(quantity) * Decimal(price)).quantize(Decimal("0.01"))
    text = {"Description": _TEXTS[item]} if item in _TEXTS else {}
    return text | {
        "Amount": str(amount),
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {
            "ItemRef": {"value": item},
            "UnitPrice": price,
            "Qty": quantity,
            "TaxCodeRef": {"value": "TAX" if taxed else "NON"},
        },
    }


def discount(percent: str) -> dict[str, Any]:
    """A discount on everything above it."""
    detail = {"PercentBased": True, "DiscountPercent": percent}
    return {"DetailType": "DiscountLineDetail", "DiscountLineDetail": detail}


def form(
    key: str, customer: str, day: str, sold: tuple[Sold, ...], *, taxed: bool = False
) -> dict[str, Any]:
    """What sales forms have in common."""
    tax = {"TxnTaxDetail": {"TxnTaxCodeRef": {"value": "2"}}} if taxed else {}
    return tax | {
        "_id": key,
        "CustomerRef": {"value": customer},
        "BillAddr": printed(_PEOPLE[customer], _OWN_ADDRESSES + int(key)),
        "TxnDate": day,
        "CustomerMemo": THANKS,
        "Line": [line(one, taxed=taxed) for one in sold],
    }


def payment(key: str, customer: str, day: str, amount: str, invoice: str) -> Step:
    """A payment of one invoice."""
    link = {"TxnId": invoice, "TxnType": "Invoice"}
    body = {
        "_id": key,
        "CustomerRef": {"value": customer},
        "TxnDate": day,
        "TotalAmt": amount,
        "PaymentMethodRef": {"value": "2"},
        "Line": [{"Amount": amount, "LinkedTxn": [link]}],
    }
    return "Payment", "create", body


def sales() -> Iterator[Step]:
    """Everything sold, in an order in which references resolve."""
    yield from _offered()
    for key, number, customer, day, taxed, sold, paid in _INVOICES:
        body = form(key, customer, day, sold, taxed=taxed) | {"DocNumber": number}
        if key == "106":
            body["Line"].append(line(("18", "1", "30")))
        yield "Invoice", "create", body | {"SalesTermRef": {"value": "3"}}
        if paid[0]:
            yield payment(paid[0], customer, paid[1], paid[2], key)
    yield "Invoice", "delete", {"Id": "129"}
    yield from _given_back()
    yield from _receipts()
    for key, number, day in (
        ("262", "1039", "2018-01-05"),
        ("263", "1040", "2018-01-05"),
        ("264", "1041", "2020-09-29"),
        ("265", "1042", "2020-09-29"),
    ):
        plain = {"Amount": "100", "DetailType": "SalesItemLineDetail"}
        item = {"SalesItemLineDetail": {"ItemRef": {"value": "1"}}}
        body = {"CustomerRef": {"value": "1"}, "TxnDate": day, "Line": [plain | item]}
        yield "Invoice", "create", {"_id": key, "DocNumber": number} | body


def _offered() -> Iterator[Step]:
    """Estimates, all numbered alike as the examples have them, and what became of them."""
    for key, customer, day, status, taxed, sold, (invoice, number, when) in _ESTIMATES:
        body = form(key, customer, day, sold, taxed=taxed) | {"TxnStatus": status}
        mailed = {"EmailStatus": "NeedToSend", "BillEmail": {"Address": "Medical@intuit.com"}}
        allowed = {"DocNumber": "1001", "_include": "allowduplicatedocnum"}
        yield "Estimate", "create", body | allowed | (mailed if key == "48" else {})
        if not invoice:
            continue
        taxable = invoice == "103"
        made = form(invoice, customer, when, sold, taxed=taxable) | {"DocNumber": number}
        made["LinkedTxn"] = [{"TxnId": key, "TxnType": "Estimate"}]
        if invoice == "49":
            made["Line"].append(discount("5"))
        yield "Invoice", "create", made


def _given_back() -> Iterator[Step]:
    """A credit memo, which uses itself up on invoice 43, and a refund."""
    credit = form("78", "15", "2015-10-02", (("12", "1", "50"),)) | {"DocNumber": "1026"}
    yield "CreditMemo", "create", credit
    refund = form("54", "15", "2015-10-03", (("18", "2.5", "35"),)) | {"DocNumber": "1006"}
    yield "RefundReceipt", "create", refund | {"DepositToAccountRef": {"value": "35"}}


def _receipts() -> Iterator[Step]:
    """Sales paid at once, and a deposit that holds one of them."""
    pests = form("38", "15", "2015-10-07", (("10", "2.5", "35"),)) | {"DocNumber": "1038"}
    pests |= {"BillEmail": {"Address": "karen@pye.com"}, "PaymentMethodRef": {"value": "1"}}
    pests["Line"].append(discount("10"))
    yield "SalesReceipt", "create", pests
    weekly = form("47", "4", "2015-10-05", (("6", "4", "35"),)) | {"DocNumber": "1014"}
    weekly |= {"BillEmail": {"Address": "Diego@Rodriguez.com"}, "PrintStatus": "NotSet"}
    yield "SalesReceipt", "create", weekly
    held = [
        {"Amount": amount, "LinkedTxn": [{"TxnId": key, "TxnType": "SalesReceipt"}]}
        for key, amount in (("47", "140"), ("38", "78.75"))
    ]
    deposit = {"DepositToAccountRef": {"value": "35"}, "TxnDate": "2015-10-07", "Line": held}
    yield "Deposit", "create", {"_id": "62"} | deposit
    check = form("11", "6", "2015-10-04", (("4", "4.5", "75"),)) | {"DocNumber": "1003"}
    check |= {"PaymentMethodRef": {"value": "2"}, "PaymentRefNum": "10264"}
    check |= {"DepositToAccountRef": {"value": "35"}, "PrintStatus": "NotSet", "_key": "11"}
    yield "SalesReceipt", "create", check
    yield "SalesReceipt", "update", {"_key": "11", "PrivateNote": "A private note."}
    lines = [line(("4", "4.5", "75"))]
    mine = {"_id": "17", "_key": "17", "DocNumber": "1008", "TxnDate": "2020-09-29"}
    yield "SalesReceipt", "create", mine | {"Line": lines}
    for _ in range(4):
        yield "SalesReceipt", "update", {"_key": "17", "Line": lines}
