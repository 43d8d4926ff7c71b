"""Deposits: received money put into the bank together; what lies in one is locked."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.fault import business, refused
from sandbox.qbo.rules.accounts import account_of_kind, need_account
from sandbox.qbo.rules.kinds import Rules
from sandbox.qbo.rules.transactions import dated, header, refuse_closed
from sandbox.qbo.stock import UNDEPOSITED
from sandbox.qbo.wire import ZERO, money

_HOLDABLE = ("Payment", "SalesReceipt")


def _gather(change: Change) -> None:
    """Each line takes a receipt out of Undeposited Funds, or money from another account."""
    draft, company = change.draft, change.company
    need_account(change, "DepositToAccountRef", ("Bank", "Other Current Asset"))
    postings: list[tuple[str, str, Decimal]] = []
    held: list[str] = []
    total = ZERO
    for place, line in enumerate(draft["Line"], 1):
        line["Id"], line["LineNum"] = str(place), Decimal(place)
        total += line["Amount"]
        source = UNDEPOSITED
        for link in line.get("LinkedTxn", ()):
            name = f"{link['TxnType']}:{link['TxnId']}"
            if link["TxnType"] not in _HOLDABLE:
                raise refused("620", f"{link['TxnType']} cannot be deposited.", "LinkedTxn")
            receipt = company.get(link["TxnType"], link["TxnId"])
            if receipt is None or receipt.get("DepositToAccountRef") != UNDEPOSITED:
                raise refused("620", f"{name} is not in Undeposited Funds.", "LinkedTxn")
            if company.deposited.get(name, draft.get("Id")) != draft.get("Id") or name in held:
                raise refused("620", f"{name} is in a deposit already.", "LinkedTxn")
            if receipt["TotalAmt"] != line["Amount"]:
                raise business("The deposit line differs from the amount that was received.")
            held.append(name)
        if not line.get("LinkedTxn"):
            detail = line.get("DepositLineDetail") or {}
            source = detail.get("AccountRef") or account_of_kind(company, "Income")
        postings.append((source, "", -line["Amount"]))
    draft["TotalAmt"] = money(total)
    postings.append((draft["DepositToAccountRef"], "", total))
    draft["_postings"] = [entry for entry in postings if entry[2]]
    draft["_deposits"] = held


RULES = {"Deposit": Rules(complete=(dated, header, _gather), guard=(refuse_closed,))}
