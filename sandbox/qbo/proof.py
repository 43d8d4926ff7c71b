"""The proof that the books balance, worked out anew from every record.

Nothing that the company keeps as it goes is trusted here: account balances,
what customers owe and what is applied where are added up from the records and
compared with what was kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from sandbox.qbo.company import Company
from sandbox.qbo.fields import Record
from sandbox.qbo.wire import ZERO

RECEIVABLE = "84"
"""The id of the accounts receivable account in every company."""
_OPEN = (("Invoice", "Balance", 1), ("CreditMemo", "RemainingCredit", -1))


def prove(company: Company) -> Record:
    """What the books add up to, and every disagreement in words; none if they balance."""
    accounts: defaultdict[str, Decimal] = defaultdict(Decimal)
    owed: defaultdict[str, Decimal] = defaultdict(Decimal)
    wrong: list[str] = []
    journal_lines = 0
    for name, record in _records(company):
        postings = record.get("_postings", ())
        off = sum((amount for _, _, amount in postings), ZERO)
        if off:
            wrong.append(f"{name} {record['Id']} posts {off} more on one side than on the other")
        for account, customer, amount in postings:
            journal_lines += 1
            accounts[account] += amount
            if customer:
                owed[customer] += amount
    for account in sorted({*accounts, *company.accounts}):
        kept = company.accounts.get(account, ZERO)
        if kept != accounts[account]:
            wrong.append(f"account {account} holds {kept}, its lines say {accounts[account]}")
    still_open = _still_open(company)
    if accounts[RECEIVABLE] != still_open:
        wrong.append(f"receivable is {accounts[RECEIVABLE]}, open documents say {still_open}")
    for customer in company.tables["Customer"]:
        if customer["Balance"] != owed[customer["Id"]]:
            said, is_owed = customer["Balance"], owed[customer["Id"]]
            wrong.append(f"customer {customer['Id']} shows {said}, the journal says {is_owed}")
    for vendor in company.tables["Vendor"]:
        if vendor["Balance"] != -owed[vendor["Id"]]:
            said, is_owed = vendor["Balance"], -owed[vendor["Id"]]
            wrong.append(f"vendor {vendor['Id']} shows {said}, the journal says {is_owed}")
    return {
        "balanced": not wrong,
        "wrong": wrong,
        "journal_lines": journal_lines,
        "debits": sum((amount for amount in accounts.values() if amount > 0), ZERO),
        "credits": sum((-amount for amount in accounts.values() if amount < 0), ZERO),
        "receivable": accounts[RECEIVABLE],
        "open_documents": still_open,
    }


def _records(company: Company) -> Iterator[tuple[str, Record]]:
    for name, table in company.tables.items():
        for record in table:
            yield name, record


def _still_open(company: Company) -> Decimal:
    """What invoices leave open, less unapplied credits and payments, and what entries add."""
    total = sum(
        (_entered(line) for entry in company.tables["JournalEntry"] for line in entry["Line"]), ZERO
    )
    for name, field, sign in (*_OPEN, ("Payment", "UnappliedAmt", -1)):
        for record in company.tables[name]:
            total += sign * record.get(field, ZERO)
    return total


def _entered(line: Record) -> Decimal:
    """What a journal entry's line adds to the receivable."""
    detail = line.get("JournalEntryLineDetail") or {}
    if detail.get("AccountRef") != RECEIVABLE:
        return ZERO
    amount: Decimal = line["Amount"]
    return amount if detail["PostingType"] == "Debit" else -amount
