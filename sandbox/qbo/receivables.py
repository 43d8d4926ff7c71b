"""Reports about customers: what they owe, since when, and what was done with them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fields import Record
from sandbox.qbo.report_parts import Asked, Column, Rows, cells, entries, summary
from sandbox.qbo.wire import ZERO


def customer_balance(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    """What each customer owes by the journal."""
    customers = company.tables["Customer"].records
    balances: defaultdict[str, Decimal] = defaultdict(Decimal)
    for day, _, _, _, customer, amount in entries(company):
        if customer in customers and day <= asked.end:
            balances[customer] += amount
    rows = [
        {"ColData": cells(company.name_of("Customer", key), amount, key=key), "type": "Data"}
        for key, amount in sorted(balances.items(), key=lambda pair: int(pair[0]))
        if amount
    ]
    whole = sum(balances.values(), ZERO)
    rows.append(summary("TOTAL", whole, "GrandTotal"))
    return [Column("", "Customer"), Column("Total")], rows


_BUCKETS = (0, 30, 60, 90)
"""Days past due at which a column ends; what is older stands in the last one."""


def aged_receivables(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
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
            "ColData": cells(company.name_of("Customer", key), *parts, sum(parts, ZERO), key=key),
            "type": "Data",
        }
        for key, parts in sorted(aged.items(), key=lambda pair: int(pair[0]))
        if any(parts)
    ]
    sums = [sum(column, ZERO) for column in zip(*aged.values(), strict=True)] or [ZERO] * 5
    total = {"ColData": cells("TOTAL", *sums, sum(sums, ZERO))}
    rows.append({"Summary": total, "type": "Section", "group": "GrandTotal"})
    titles = ("Current", "1 - 30", "31 - 60", "61 - 90", "91 and over", "Total")
    return [Column("", "Customer"), *(Column(title) for title in titles)], rows


def _party(company: Company, record: Record) -> str:
    customer = company.name_of("Customer", record.get("CustomerRef", ""))
    return customer or company.name_of("Vendor", record.get("VendorRef", "")) or ""


def transaction_list(company: Company, asked: Asked) -> tuple[list[Column], Rows]:
    """Every transaction of the period, oldest first."""
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
