"""Reports computed from the journal: profit and loss, balance sheet, who owes what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from sandbox.clock import pacific
from sandbox.qbo import general_ledger
from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fault import refused
from sandbox.qbo.fields import Record
from sandbox.qbo.wire import ZERO

Rows: TypeAlias = list[Record]


@dataclass(frozen=True)
class Asked:
    """The period and basis a report was asked for."""

    start: str
    end: str
    customer: str = ""


@dataclass(frozen=True)
class Column:
    """A column's title and type."""

    title: str
    kind: str = "Money"
    key: str = ""

    def show(self) -> Record:
        """The column as reports describe it."""
        shown: Record = {"ColTitle": self.title, "ColType": self.kind}
        named = [{"Name": "ColKey", "Value": self.key}]
        return shown | ({"MetaData": named} if self.key else {})


def answer(company: Company, name: str, query: Mapping[str, str]) -> Record | None:
    """A report by its name; None if there is none of that name.

    Raises:
        Refused: 2070, a date that is none.
    """
    if name not in REPORTS:
        return None
    today = company.local_today()
    end = _day(query.get("end_date") or query.get("report_date") or today.isoformat())
    asked_for = [name for name in ("start_date", "end_date", "report_date") if name in query]
    usual = "this month-to-date" if name == "GeneralLedger" else ""
    macro = query.get("date_macro", "" if asked_for else usual)
    begins = f"{end[:7]}-01" if usual else f"{end[:4]}-01-01"
    start = _day(query.get("start_date") or begins)
    customer = query.get("customer", "")
    columns, rows = REPORTS[name](company, Asked(start, end, customer))
    summary = query.get("summarize_column_by", "Total")
    about = {"SummarizeColumnsBy": summary} if columns[0].key else {}
    about |= {"Customer": customer} if customer else {}
    about |= {"DateMacro": macro} if macro else {}
    return {
        "Header": {
            "Time": pacific(company.clock.now()),
            "ReportName": name,
            "ReportBasis": "Accrual",
            "StartPeriod": start,
            "EndPeriod": end,
            "Currency": "USD",
            **about,
            "Option": [{"Name": "NoReportData", "Value": "false" if _has_data(rows) else "true"}],
        },
        "Columns": {
            "Column": [column.show() for column in columns],
        },
        "Rows": {"Row": rows},
    }


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


def _cells(*values: Any, key: str = "") -> list[Record]:
    """ColData: amounts with two places, zero and nothing as empty text."""
    cells: list[Record] = [{"value": _text(value)} for value in values]
    if key:
        cells[0]["id"] = key
    return cells


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}" if value else ""
    return str(value)


def _entries(company: Company) -> Iterator[tuple[str, str, Record, str, str, Decimal]]:
    """Every journal line: date, entity, transaction, account, customer, amount."""
    for name, table in company.tables.items():
        for record in table:
            for account, customer, amount in record.get("_postings", ()):
                yield record["TxnDate"], name, record, account, customer, amount


def _by_account(
    company: Company, fits: Callable[[str], bool], customer: str = ""
) -> dict[str, Decimal]:
    """What each account moved on the days that fit, with one customer or with all."""
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for day, _, record, account, _, amount in _entries(company):
        if fits(day) and customer in ("", record.get("CustomerRef")):
            totals[account] += amount
    return totals


def _section(title: str, rows: Rows, total: Decimal, group: str) -> Record:
    return {
        "Header": {"ColData": _cells(title, "")},
        **({"Rows": {"Row": rows}} if rows else {}),
        "Summary": {"ColData": _cells(f"Total {title}", total)},
        "type": "Section",
        "group": group,
    }


def _summary(title: str, total: Decimal, group: str) -> Record:
    return {"Summary": {"ColData": _cells(title, total)}, "type": "Section", "group": group}


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
            rows.append({"ColData": _cells(name, amount, key=account["Id"]), "type": "Data"})
    return rows, whole


def _profit_and_loss(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    totals = _by_account(company, lambda day: asked.start <= day <= asked.end, asked.customer)
    income, earned = _accounts(company, totals, ("Revenue",), -1)
    costs, spent = _accounts(company, totals, ("Expense",), 1)
    rows = [
        _section("Income", income, earned, "Income"),
        _summary("Gross Profit", earned, "GrossProfit"),
        _section("Expenses", costs, spent, "Expenses"),
        _summary("Net Operating Income", earned - spent, "NetOperatingIncome"),
        _summary("Net Income", earned - spent, "NetIncome"),
    ]
    return [Column("", "Account", "account"), Column("TOTAL", key="total")], rows


def _balance_sheet(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    totals = _by_account(company, lambda day: day <= asked.end)
    assets, owned = _accounts(company, totals, ("Asset",), 1)
    debts, owed = _accounts(company, totals, ("Liability",), -1)
    equity, capital = _accounts(company, totals, ("Equity",), -1)
    _, earned = _accounts(company, totals, ("Revenue", "Expense"), -1)
    equity.append({"ColData": _cells("Net Income", earned), "type": "Data"})
    both = [
        _section("Liabilities", debts, owed, "Liabilities"),
        _section("Equity", equity, capital + earned, "Equity"),
    ]
    rows = [
        _section("ASSETS", assets, owned, "TotalAssets"),
        _section(
            "LIABILITIES AND EQUITY", both, owed + capital + earned, "TotalLiabilitiesAndEquity"
        ),
    ]
    return [Column("", "Account", "account"), Column("TOTAL", key="total")], rows


def _customer_balance(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    balances: defaultdict[str, Decimal] = defaultdict(Decimal)
    for day, _, _, _, customer, amount in _entries(company):
        if customer and day <= asked.end:
            balances[customer] += amount
    rows = [
        {"ColData": _cells(company.name_of("Customer", key), amount, key=key), "type": "Data"}
        for key, amount in sorted(balances.items(), key=lambda pair: int(pair[0]))
        if amount
    ]
    whole = sum(balances.values(), ZERO)
    rows.append(_summary("TOTAL", whole, "GrandTotal"))
    return [Column("", "Customer"), Column("Total")], rows


_BUCKETS = (0, 30, 60, 90)
"""Days past due at which a column ends; what is older stands in the last one."""


def _aged_receivables(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    """What is open now, by how long it is past due on the report's day."""
    until = date.fromisoformat(asked.end)
    aged: defaultdict[str, list[Decimal]] = defaultdict(lambda: [ZERO] * 5)
    for invoice in company.tables["Invoice"]:
        late = (until - date.fromisoformat(invoice["DueDate"])).days
        place = sum(1 for end in _BUCKETS if late > end)
        aged[invoice["CustomerRef"]][place] += invoice["Balance"]
    for name, amount in (("CreditMemo", "RemainingCredit"), ("Payment", "UnappliedAmt")):
        for credit in company.tables[name]:
            late = (until - date.fromisoformat(credit["TxnDate"])).days
            place = sum(1 for end in _BUCKETS if late > end)
            aged[credit["CustomerRef"]][place] -= credit[amount]
    rows: Rows = [
        {
            "ColData": _cells(company.name_of("Customer", key), *parts, sum(parts, ZERO), key=key),
            "type": "Data",
        }
        for key, parts in sorted(aged.items(), key=lambda pair: int(pair[0]))
        if any(parts)
    ]
    sums = [sum(column, ZERO) for column in zip(*aged.values(), strict=True)] or [ZERO] * 5
    total = {"ColData": _cells("TOTAL", *sums, sum(sums, ZERO))}
    rows.append({"Summary": total, "type": "Section", "group": "GrandTotal"})
    titles = ("Current", "1 - 30", "31 - 60", "61 - 90", "91 and over", "Total")
    return [Column("", "Customer"), *(Column(title) for title in titles)], rows


def _party(company: Company, record: Record) -> str:
    customer = company.name_of("Customer", record.get("CustomerRef", ""))
    return customer or company.name_of("Vendor", record.get("VendorRef", "")) or ""


def _transaction_list(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    found = [
        (record["TxnDate"], int(record["Id"]), name, record)
        for name, entity in ENTITIES.items()
        if entity.sequence == "transactions"
        for record in company.tables[name]
        if asked.start <= record["TxnDate"] <= asked.end
    ]
    rows: Rows = [
        {
            "ColData": [
                {"value": day},
                {"value": name, "id": record["Id"]},
                {"value": record.get("DocNumber", record.get("PaymentRefNum", ""))},
                {"value": _party(company, record)},
                {"value": record.get("PrivateNote", "")},
                {"value": f"{record.get('TotalAmt', record.get('Amount')):.2f}"},
            ],
            "type": "Data",
        }
        for day, _, name, record in sorted(found, key=lambda one: one[:2])
    ]
    columns = [
        Column("Date", "tx_date"),
        Column("Transaction Type", "txn_type"),
        Column("Num", "doc_num"),
        Column("Name", "name"),
        Column("Memo/Description", "memo"),
        Column("Amount", "subt_nat_amount"),
    ]
    return columns, rows


def _general_ledger(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    columns = [Column(title, kind) for title, kind in general_ledger.COLUMNS]
    return columns, general_ledger.rows(company, asked.start, asked.end)


REPORTS: Mapping[str, Callable[[Company, Asked], tuple[list[Column], Rows]]] = {
    "ProfitAndLoss": _profit_and_loss,
    "BalanceSheet": _balance_sheet,
    "CustomerBalance": _customer_balance,
    "AgedReceivables": _aged_receivables,
    "TransactionList": _transaction_list,
    "GeneralLedger": _general_ledger,
}
