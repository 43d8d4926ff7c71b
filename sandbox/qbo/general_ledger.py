"""The general ledger: every account's beginning, what moved it in the period, and its balance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sandbox.qbo.company import Company
from sandbox.qbo.entities import ENTITIES
from sandbox.qbo.fields import Record
from sandbox.qbo.report_parts import cells
from sandbox.qbo.wire import ZERO

COLUMNS = (
    ("Date", "tx_date"),
    ("Transaction Type", "txn_type"),
    ("Num", "doc_num"),
    ("Name", "name"),
    ("Memo/Description", "memo"),
    ("Split", "split_acc"),
    ("Amount", "subt_nat_amount"),
    ("Balance", "rbal_nat_amount"),
)
_NATURAL = {"Asset": 1, "Expense": 1, "Liability": -1, "Equity": -1, "Revenue": -1}
_BEGIN_ANEW = ("Revenue", "Expense")
"""Accounts that count from the start of the year."""


@dataclass(frozen=True)
class _Entry:
    day: str
    kind: str
    record: Record
    amount: Decimal
    split: str


def rows(company: Company, start: str, end: str) -> list[Record]:
    """A section for each account with a balance or a movement; children lie in their parents'."""
    entries = _entries(company, end)
    accounts = list(company.tables["Account"])
    tops = [one for one in accounts if not one.get("ParentRef")]
    order = sorted(tops, key=_place)
    found = []
    for one in order:
        section = _section(company, one, accounts, entries, start)
        if section is not None:
            section["Header"]["ColData"][0]["id"] = _shown_id(one, accounts, entries)
            found.append(section)
    return found


def _shown_id(account: Record, accounts: Iterable[Record], entries: dict[str, list[_Entry]]) -> str:
    """A section goes by its account's id, or by the first below it where only those have lines."""
    below = [one["Id"] for one in accounts if one.get("ParentRef") == account["Id"]]
    own = str(account["Id"])
    return next((key for key in (own, *below) if entries.get(key)), own)


def _place(account: Record) -> tuple[int, int]:
    order = ("Asset", "Liability", "Equity", "Revenue", "Expense")
    return order.index(account["Classification"]), int(account["Id"])


def _entries(company: Company, end: str) -> dict[str, list[_Entry]]:
    """Journal lines by account, oldest first."""
    found: defaultdict[str, list[_Entry]] = defaultdict(list)
    for name, table in company.tables.items():
        for record in table:
            postings = record.get("_postings", ())
            for account, _, amount in postings if record.get("TxnDate", end) <= end else ():
                others = {one for one, *_ in postings if one != account}
                split = others.pop() if len(others) == 1 else ""
                found[account].append(_Entry(record["TxnDate"], name, record, amount, split))
    for of_account in found.values():
        of_account.sort(key=lambda one: (one.day, int(one.record["Id"])))
    return found


def _section(
    company: Company,
    account: Record,
    accounts: Iterable[Record],
    entries: dict[str, list[_Entry]],
    start: str,
) -> Record | None:
    """One account, its own lines first, then the accounts below it."""
    sign = _NATURAL[account["Classification"]]
    first = f"{start[:4]}-01-01" if account["Classification"] in _BEGIN_ANEW else ""
    known = [one for one in entries.get(account["Id"], ()) if one.day >= first]
    balance = sign * sum((one.amount for one in known if one.day < start), ZERO)
    lines = [cells("Beginning Balance", *[""] * 6, f"{balance:.2f}")] if balance else []
    moved = ZERO
    for one in known:
        if one.day >= start:
            moved += sign * one.amount
            lines.append(_line(company, one, sign * one.amount, balance + moved))
    below = [
        _section(company, child, accounts, entries, start)
        for child in accounts
        if child.get("ParentRef") == account["Id"]
    ]
    inner = [{"ColData": line, "type": "Data"} for line in lines]
    inner += [section for section in below if section is not None]
    if not inner:
        return None
    head = cells(account["Name"], *[""] * 7)
    total = cells(f"Total for {account['Name']}", *[""] * 5, f"{moved:.2f}" if moved else "", "")
    return {
        "Header": {"ColData": head},
        "Rows": {"Row": inner},
        "Summary": {"ColData": total},
        "type": "Section",
    }


def _line(company: Company, entry: _Entry, amount: Decimal, balance: Decimal) -> list[Record]:
    record = entry.record
    party = record.get("CustomerRef") or record.get("VendorRef") or ""
    name = company.name_of("Customer", party) or company.name_of("Vendor", party) or ""
    split = company.name_of("Account", entry.split) or "-Split-"
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", ENTITIES[entry.kind].name)
    shown = cells(
        entry.day,
        kind,
        record.get("DocNumber", ""),
        name,
        record.get("PrivateNote", ""),
        split,
        f"{amount:.2f}",
        f"{balance:.2f}",
    )
    shown[1]["id"], shown[3]["id"], shown[5]["id"] = record["Id"], party, entry.split
    return shown
