"""Reports computed from the journal: profit and loss, balance sheet, who owes what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sandbox.clock import pacific
from sandbox.qbo import general_ledger, receivables
from sandbox.qbo.company import Company
from sandbox.qbo.fault import refused
from sandbox.qbo.fields import Record
from sandbox.qbo.report_parts import Asked, Column, Rows, by_account, cells, section, summary
from sandbox.qbo.wire import ZERO


def answer(company: Company, name: str, query: Mapping[str, str]) -> Record | None:
    """A report by its name; None if there is none of that name.

    Raises:
        Refused: 2070, a date that is none.
    """
    if name not in REPORTS:
        return None
    asked, macro = _asked(company, name, query)
    columns, rows = REPORTS[name](company, asked)
    by = query.get("summarize_column_by", "Total") if columns[0].key else ""
    said = {"SummarizeColumnsBy": by, "Customer": asked.customer, "DateMacro": macro}
    return {
        "Header": {
            "Time": pacific(company.clock.now()),
            "ReportName": name,
            "ReportBasis": "Accrual",
            "StartPeriod": asked.start,
            "EndPeriod": asked.end,
            "Currency": "USD",
            **{title: value for title, value in said.items() if value},
            "Option": [{"Name": "NoReportData", "Value": "false" if _has_data(rows) else "true"}],
        },
        "Columns": {"Column": [column.show() for column in columns]},
        "Rows": {"Row": rows},
    }


def _asked(company: Company, name: str, query: Mapping[str, str]) -> tuple[Asked, str]:
    """The period, this year's or the ledger's month unless said, and the macro that names it."""
    today = company.local_today().isoformat()
    end = _day(query.get("end_date") or query.get("report_date") or today)
    monthly = name == "GeneralLedger"
    start = _day(query.get("start_date") or (f"{end[:7]}-01" if monthly else f"{end[:4]}-01-01"))
    dated = any(word in query for word in ("start_date", "end_date", "report_date"))
    usual = "this month-to-date" if monthly and not dated else ""
    return Asked(start, end, query.get("customer", "")), query.get("date_macro", usual)


def _has_data(rows: Rows) -> bool:
    """Whether any line of the report is about something."""
    return any(
        row["type"] == "Data" or _has_data(row.get("Rows", {}).get("Row", [])) for row in rows
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise refused("2070", f"Invalid date. Supplied value: {text}", "date") from None


def _accounts(
    company: Company, totals: Mapping[str, Decimal], classes: Sequence[str], sign: int
) -> tuple[Rows, Decimal]:
    """The rows of the accounts of some classifications, and their sum."""
    rows: Rows = []
    whole = ZERO
    accounts = sorted(company.tables["Account"], key=lambda one: str(one["FullyQualifiedName"]))
    for account in accounts:
        amount = sign * totals.get(account["Id"], ZERO)
        if account["Classification"] in classes and amount:
            whole += amount
            name = account["FullyQualifiedName"]
            rows.append({"ColData": cells(name, amount, key=account["Id"]), "type": "Data"})
    return rows, whole


def _profit_and_loss(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    totals = by_account(company, lambda day: asked.start <= day <= asked.end, asked.customer)
    income, earned = _accounts(company, totals, ("Revenue",), -1)
    costs, spent = _accounts(company, totals, ("Expense",), 1)
    rows = [
        section("Income", income, earned, "Income"),
        summary("Gross Profit", earned, "GrossProfit"),
        section("Expenses", costs, spent, "Expenses"),
        summary("Net Operating Income", earned - spent, "NetOperatingIncome"),
        summary("Net Income", earned - spent, "NetIncome"),
    ]
    return [Column("", "Account", "account"), Column("TOTAL", key="total")], rows


def _balance_sheet(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    totals = by_account(company, lambda day: day <= asked.end)
    assets, owned = _accounts(company, totals, ("Asset",), 1)
    debts, owed = _accounts(company, totals, ("Liability",), -1)
    equity, capital = _accounts(company, totals, ("Equity",), -1)
    _, earned = _accounts(company, totals, ("Revenue", "Expense"), -1)
    equity.append({"ColData": cells("Net Income", earned), "type": "Data"})
    both = [
        section("Liabilities", debts, owed, "Liabilities"),
        section("Equity", equity, capital + earned, "Equity"),
    ]
    rows = [
        section("ASSETS", assets, owned, "TotalAssets"),
        section(
            "LIABILITIES AND EQUITY", both, owed + capital + earned, "TotalLiabilitiesAndEquity"
        ),
    ]
    return [Column("", "Account", "account"), Column("TOTAL", key="total")], rows


def _general_ledger(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    columns = [Column(title, kind) for title, kind in general_ledger.COLUMNS]
    return columns, general_ledger.rows(company, asked.start, asked.end)


REPORTS: Mapping[str, Callable[[Company, Asked], tuple[list[Column], Rows]]] = {
    "ProfitAndLoss": _profit_and_loss,
    "BalanceSheet": _balance_sheet,
    "CustomerBalance": receivables.customer_balance,
    "AgedReceivables": receivables.aged_receivables,
    "TransactionList": receivables.transaction_list,
    "GeneralLedger": _general_ledger,
}
