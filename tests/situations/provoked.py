"""How each of QuickBooks' refusals is brought about on the practice server.

`BROKEN` breaks the very rule over HTTP. `ARMED` are the codes whose rule nobody can
break from outside, or which the practice server has no occasion to say: there the
server's armed fault says them, in Intuit's words.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import httpx

from sandbox.qbo.wire import write_json
from tests.sandbox_qbo.kit import OTHER_REALM, Books, line

Provocation: TypeAlias = Callable[[Books], Awaitable[httpx.Response]]
Json: TypeAlias = dict[str, Any]


async def send(books: Books, entity: str, body: Any, **params: str) -> httpx.Response:
    """Write an entity, whatever comes of it."""
    raw = write_json(body).encode()
    headers = {"Content-Type": "application/json"}
    return await books.send("POST", entity.lower(), content=raw, params=params, headers=headers)


async def sale(books: Books, **fields: Any) -> httpx.Response:
    """Send an invoice to a customer of the company, with one line unless told otherwise."""
    body = {"CustomerRef": {"value": await anybody(books)}, "Line": [line(100)]} | fields
    return await send(books, "Invoice", body)


async def anybody(books: Books) -> str:
    """A customer of the company, made at the first call."""
    found = await books.query("select Id from Customer where DisplayName = 'Anybody'")
    rows = found.get("Customer", [])
    return str(rows[0]["Id"]) if rows else await books.customer("Anybody")


async def made(books: Books, **fields: Any) -> Json:
    """An invoice that stands."""
    return await books.invoice(await anybody(books), **fields)


def invoice(**fields: Any) -> Provocation:
    """An invoice with these fields."""
    return lambda books: sale(books, **fields)


def body_of(entity: str, body: Any) -> Provocation:
    """A write of this body."""
    return lambda books: send(books, entity, body)


def get(path: str, **params: str) -> Provocation:
    """A read of this path."""
    return lambda books: books.send("GET", path, params=params)


def query(statement: str) -> Provocation:
    """A query."""
    return get("query", query=statement)


async def _request_id_twice(books: Books) -> httpx.Response:
    await send(books, "Customer", {"DisplayName": "One"}, requestid="r-1")
    return await send(books, "Customer", {"DisplayName": "Two"}, requestid="r-1")


async def _inactive_customer(books: Books) -> httpx.Response:
    customer = await books.customer("Gone Inc")
    await books.do(deactivate={"entity": "Customer", "id": customer})
    return await sale(books, CustomerRef={"value": customer})


async def _pays_a_credit_memo(books: Books) -> httpx.Response:
    link = {"TxnId": "1", "TxnType": "RefundReceipt"}
    lines = [{"Amount": 1, "LinkedTxn": [link]}]
    body = {"CustomerRef": {"value": await anybody(books)}, "TotalAmt": 1, "Line": lines}
    return await send(books, "Payment", body)


async def _pays_less_than_nothing(books: Books) -> httpx.Response:
    open_one = await made(books)
    lines = [{"Amount": -5, "LinkedTxn": [{"TxnId": open_one["Id"], "TxnType": "Invoice"}]}]
    body = {"CustomerRef": {"value": await anybody(books)}, "TotalAmt": 5, "Line": lines}
    return await send(books, "Payment", body)


async def _batch_of_forty(books: Books) -> httpx.Response:
    items = [{"bId": str(n), "Query": "select * from Item"} for n in range(40)]
    return await send(books, "batch", {"BatchItemRequest": items})


async def _stale(books: Books) -> httpx.Response:
    one = await made(books)
    edit = {"Id": one["Id"], "SyncToken": one["SyncToken"], "sparse": True, "PrivateNote": "a"}
    await books.post("Invoice", edit)
    return await send(books, "Invoice", edit)


async def _number_twice(books: Books) -> httpx.Response:
    await made(books, DocNumber="7001")
    return await sale(books, DocNumber="7001")


async def _name_twice(books: Books) -> httpx.Response:
    await anybody(books)
    return await send(books, "Customer", {"DisplayName": "Anybody"})


async def _six_levels(books: Books) -> httpx.Response:
    parent = await books.customer("Level 0")
    for level in range(1, 5):
        below = {"Job": True, "ParentRef": {"value": parent}}
        parent = await books.customer(f"Level {level}", **below)
    body = {"DisplayName": "Level 5", "Job": True, "ParentRef": {"value": parent}}
    return await send(books, "Customer", body)


async def _owing_made_inactive(books: Books) -> httpx.Response:
    customer = await books.customer("Owes Us")
    await books.invoice(customer)
    held = await books.get("Customer", customer)
    edit = {"Id": customer, "SyncToken": held["SyncToken"], "sparse": True, "Active": False}
    return await send(books, "Customer", edit)


async def _deposited(books: Books) -> httpx.Response:
    paid = await books.payment(await anybody(books), 50)
    await books.do(deposit={"payments": [paid["Id"]]})
    edit = {"Id": paid["Id"], "SyncToken": paid["SyncToken"], "sparse": True, "PrivateNote": "x"}
    return await send(books, "Payment", edit)


async def _income_for_money(books: Books) -> httpx.Response:
    body = {
        "CustomerRef": {"value": await anybody(books)},
        "TotalAmt": 5,
        "DepositToAccountRef": {"value": "79"},
    }
    return await send(books, "Payment", body)


def _closed(*, password: bool) -> Provocation:
    async def late(books: Books) -> httpx.Response:
        await books.do(switches={"close_password": password}, close_books="2026-06-30")
        try:
            return await sale(books, TxnDate="2026-06-15")
        finally:
            await books.do(close_books=None)

    return late


async def _lapsed(books: Books) -> httpx.Response:
    await books.do(subscription="EXPIRED")
    try:
        return await send(books, "Customer", {"DisplayName": "Too Late"})
    finally:
        await books.do(subscription="PAID")


async def _throttled(books: Books) -> httpx.Response:
    books.world.faults.arm({"kind": "throttle"})
    return await books.send("GET", "companyinfo/1")


async def _another_company(books: Books) -> httpx.Response:
    headers = {"Authorization": f"Bearer {books.token}"}
    address = f"/v3/company/{OTHER_REALM}/companyinfo/{OTHER_REALM}"
    return await books.http.get(address, headers=headers)


async def _bad_token(books: Books) -> httpx.Response:
    return await books.send("GET", "companyinfo/1", headers={"Authorization": "Bearer no"})


_UNEQUAL = {
    "Amount": 100,
    "DetailType": "SalesItemLineDetail",
    "SalesItemLineDetail": {"ItemRef": {"value": "1"}, "Qty": 3, "UnitPrice": 30},
}
_EMPTY_DISCOUNT = {"DetailType": "DiscountLineDetail", "DiscountLineDetail": {}}

BROKEN: Mapping[str, Provocation] = {
    "500": get("invoices/1/2"),
    "600": _request_id_twice,
    "610": _inactive_customer,
    "620": _pays_a_credit_memo,
    "1040": _batch_of_forty,
    "2000": get("cdc", entities="Invoices", changedSince="2026-11-20"),
    "2010": invoice(BadField="x"),
    "2020": invoice(Line=[]),
    "2030": get("invoice/1.5"),
    "2040": body_of("Customer", {"DisplayName": "A:B"}),
    "2050": invoice(DocNumber="9" * 45),
    "2060": invoice(TxnDate="15/06/2026"),
    "2070": invoice(TxnDate="2026-02-30"),
    "2170": invoice(PrintStatus="Perhaps"),
    "2210": invoice(BillEmail={"Address": "nobody"}),
    "2240": invoice(Line=[line(2 * 10**15)]),
    "2290": _pays_less_than_nothing,
    "2500": invoice(CustomerRef={"value": "583"}),
    "3000": invoice(CustomField=[{"DefinitionId": "9", "Type": "StringType", "StringValue": "x"}]),
    "3001": _throttled,
    "3100": _another_company,
    "3200": _bad_token,
    "4000": query("select from where"),
    "4001": query("select * from Custmoer"),
    "5010": _stale,
    "5020": body_of("Class", {"Name": "North"}),
    "6000": invoice(Line=[line(-100)]),
    "6010": body_of("Account", {"Name": "No Type"}),
    "6070": invoice(Line=[_UNEQUAL]),
    "6080": body_of("Customer", {"Notes": "nameless"}),
    "6090": invoice(Line=[line(100), _EMPTY_DISCOUNT]),
    "6100": invoice(Line=[line(100, TaxCodeRef={"value": "5"})]),
    "6140": _number_twice,
    "6150": body_of("Customer", {"DisplayName": "Orphan", "Job": True}),
    "6170": invoice(GlobalTaxCalculation="NotApplicable", TxnTaxDetail={"TotalTax": 1}),
    "6180": _six_levels,
    "6190": _lapsed,
    "6200": _closed(password=False),
    "6210": _closed(password=True),
    "6220": _owing_made_inactive,
    "6240": _name_twice,
    "6420": invoice(EmailStatus="NeedToSend"),
    "6430": _income_for_money,
    "6540": _deposited,
}
"""By code; each breaks the rule itself."""

ARMED: Mapping[str, str] = {
    "100": "AuthenticationErrorGeneral: 100",
    "110": "OAuth token rejected",
    "120": "AuthorizationFailure: -11014-You do not have access to use QuickBooks Online Plus.",
    "130": "WrongClusterError: 130, statusCode: 503",
    "140": "CompanyLockedOut",
    "150": "CompanyUnderMaintenance",
    "630": "Duplicate object",
    "700": "Parent is invalid",
    "800": "Cannot delete: it has dependencies",
    "900": "Parent and child are the same",
    "2080": "Invalid number format",
    "2090": "Invalid number",
    "2100": "Invalid decimal format",
    "2110": "Invalid decimal",
    "2120": "Invalid type",
    "2130": "Invalid Request Id Format",
    "2140": "Invalid amount",
    "2150": "Invalid percent",
    "2160": "Invalid quantity",
    "2200": "Invalid URL",
    "2220": "Invalid currency",
    "2230": "Invalid boolean",
    "2250": "Missing lines: You must enter at least one split line.",
    "2600": "Conflicting elements",
    "3201": "Authentication failed",
    "3202": "Empty field",
    "4002": "QueryProcessingError: 4002",
    "5000": "Deprecated field",
    "5030": "Feature not supported",
    "6130": "Cannot change who customer bills with",
    "6160": "CustomSalesTax id cannot be used on create",
    "6230": "CustomSalesTax id cannot be used on update",
    "6250": "InvalidSalesCustomer: customer 58 does not exist or is inactive",
    "6270": "Inventory transaction dated before item start date",
    "6280": "Customer has unbilled charges",
    "6310": "Time activity: invalid employee",
    "6350": "Time activity: invalid rate",
    "6390": "Billable expense: invalid",
    "6400": "Deleting linked purchase would invalidate the invoice",
    "6440": "Select a product/service or account for each split line",
    "6450": "Cannot void, already settled",
    "6460": "Invoice deposit amount (1) and credit card amount (2) don't match",
    "6470": "Tax not allowed or no rate",
    "6480": "Matched transaction delete error",
    "6520": "Tracked inventory needs quantity",
    "6530": "Raw card number found",
    "10000": "System Failure Error: something broke",
    "10100": "Result set too big",
    "10200": "Company has been reset",
}
"""By code, with the words that the armed fault says."""
