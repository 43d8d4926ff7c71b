"""Reports: what they say agrees with the books."""

from decimal import Decimal

import pytest

from tests.sandbox_qbo.kit import Books, Json, Refusal, line


async def report(books: Books, name: str, **params: str) -> Json:
    return await books.call("GET", f"reports/{name}", params=params)


def total(found: Json, group: str) -> str:
    row = next(one for one in found["Rows"]["Row"] if one.get("group") == group)
    return str(row["Summary"]["ColData"][-1]["value"])


@pytest.fixture
def year() -> dict[str, str]:
    return {"start_date": "2026-01-01", "end_date": "2026-12-31"}


async def worked(books: Books) -> tuple[str, str]:
    one, two = await books.customer("One"), await books.customer("Two")
    paid = await books.invoice(one, 100, TxnDate="2026-03-01")
    await books.payment(one, 60, {paid["Id"]: 60}, TxnDate="2026-03-05")
    await books.invoice(two, 250, TxnDate="2026-11-20")
    body = {"CustomerRef": {"value": two}, "Line": [line(50)], "TxnDate": "2026-11-21"}
    await books.post("CreditMemo", body)
    return one, two


async def test_profit_and_loss_is_what_was_earned_in_the_period(
    books: Books, year: dict[str, str]
) -> None:
    await worked(books)
    assert total(await report(books, "ProfitAndLoss", **year), "NetIncome") == "300.00"
    spring = {"start_date": "2026-01-01", "end_date": "2026-06-30"}
    assert total(await report(books, "ProfitAndLoss", **spring), "Income") == "100.00"


async def test_the_balance_sheet_balances(books: Books, year: dict[str, str]) -> None:
    await worked(books)
    sheet = await report(books, "BalanceSheet", **year)
    assert total(sheet, "TotalAssets") == total(sheet, "TotalLiabilitiesAndEquity") == "300.00"


async def test_the_receivables_reports_agree_with_the_customers(
    books: Books, year: dict[str, str]
) -> None:
    one, two = await worked(books)
    balances = await report(books, "CustomerBalance", **year)
    rows = {row["ColData"][0]["id"]: row["ColData"] for row in balances["Rows"]["Row"][:-1]}
    for key in (one, two):
        owed = (await books.get("Customer", key))["Balance"]
        assert Decimal(rows[key][1]["value"]) == owed
    aged = await report(books, "AgedReceivables", report_date="2026-11-23")
    cells = {row["ColData"][0]["value"]: row["ColData"] for row in aged["Rows"]["Row"][:-1]}
    assert cells["One"][5]["value"] == "40.00"
    assert cells["Two"][6]["value"] == "200.00"
    assert aged["Rows"]["Row"][-1]["Summary"]["ColData"][-1]["value"] == "240.00"


async def test_the_transaction_list_holds_each_once(books: Books, year: dict[str, str]) -> None:
    await worked(books)
    found = await report(books, "TransactionList", **year)
    kinds = [row["ColData"][1]["value"] for row in found["Rows"]["Row"]]
    assert kinds == ["Invoice", "Payment", "Invoice", "CreditMemo"]


async def test_a_report_of_nothing_and_a_date_that_is_none(books: Books) -> None:
    for name in ("AgedReceivables", "ProfitAndLoss", "TransactionList"):
        header = (await report(books, name))["Header"]
        assert header["ReportName"] == name
        assert header["Option"] == [{"Name": "NoReportData", "Value": "true"}]
    with pytest.raises(Refusal) as refused:
        await report(books, "ProfitAndLoss", start_date="someday")
    assert refused.value.code == "2070"
