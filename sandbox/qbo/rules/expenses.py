"""What is bought: the lines of an expense, purchases and purchase orders."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fault import Refused, business, missing, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.accounts import account_of_kind, need_account
from sandbox.qbo.rules.kinds import Rules
from sandbox.qbo.rules.lines import number_lines
from sandbox.qbo.rules.numbers import numbered
from sandbox.qbo.rules.transactions import dated, header, refuse_closed
from sandbox.qbo.wire import ZERO, money

LEDGERS = ("Accounts Receivable", "Accounts Payable")
"""Accounts that only invoices, bills and journal entries with a name move."""


def complete_expenses(change: Change) -> list[tuple[str, Decimal]]:
    """Complete the draft's lines and total; returns (account, amount) of each line.

    Raises:
        Refused: 2020, 2500 or 6000 as QBO has them.
    """
    draft = change.draft
    lines: list[Record] = draft.get("Line") or []
    number_lines(change, lines)
    booked = [line for line in lines if line.get("DetailType") != "DescriptionOnly"]
    spent = [_spent(change.company, line) for line in booked]
    total = sum((amount for _, amount in spent), ZERO)
    if total < 0:
        raise business("You must specify a transaction amount that is 0 or greater.")
    draft["TotalAmt"] = money(total)
    draft.pop("TxnTaxDetail", None)
    return spent


def _spent(company: Company, line: Record) -> tuple[str, Decimal]:
    """The account a line is booked to, and how much."""
    kind = line.get("DetailType")
    if kind is None:
        raise Refused([missing("DetailType")])
    absent = [missing(name) for name in (kind, "Amount") if line.get(name) is None]
    if absent:
        raise Refused(absent)
    detail: Record = line[kind]
    amount: Decimal = line["Amount"]
    key: str = detail.get("AccountRef") or _item_account(company, detail.get("ItemRef", ""))
    account = company.get("Account", key) or {}
    if account.get("AccountType") in LEDGERS:
        raise refused("6430", f"Invalid account type used: {account['AccountType']}", "AccountRef")
    return key, amount


def _item_account(company: Company, key: str) -> str:
    item = company.get("Item", key) or {}
    own = item.get("AssetAccountRef") if item.get("Type") == "Inventory" else None
    found: str | None = own or item.get("ExpenseAccountRef")
    return found or account_of_kind(company, "Cost of Goods Sold")


def vendor_facts(change: Change) -> None:
    """Address and A/P account of a form that goes to a vendor, unless it brings its own."""
    draft, company = change.draft, change.company
    vendor = company.get("Vendor", draft["VendorRef"]) or {}
    if "BillAddr" in vendor and "VendorAddr" not in change.sent:
        draft.setdefault("VendorAddr", vendor["BillAddr"])
    draft.setdefault("APAccountRef", account_of_kind(company, "Accounts Payable"))
    need_account(change, "APAccountRef", ("Accounts Payable",))


def _paid_from(change: Change) -> None:
    draft = change.draft
    card = draft["PaymentType"] == "CreditCard"
    need_account(change, "AccountRef", ("Credit Card",) if card else ("Bank",))
    target = draft.get("EntityRef") or {}
    name = change.company.name_of(target.get("type", ""), target.get("value", ""))
    if target and name is None:
        raise refused("2500", f"Invalid Reference Id : Names element id {target['value']}", "")
    if name is not None:
        draft["EntityRef"] = target | {"name": name}


def _post_purchase(change: Change) -> None:
    draft = change.draft
    spent = complete_expenses(change)
    sign = -1 if draft["Credit"] else 1
    entries = [(account, "", sign * amount) for account, amount in spent]
    entries.append((draft["AccountRef"], "", -sign * draft["TotalAmt"]))
    draft["_postings"] = [entry for entry in entries if entry[2]]


def _order(change: Change) -> None:
    complete_expenses(change)


RULES = {
    "Purchase": Rules(
        complete=(_paid_from, dated, header, _post_purchase),
        guard=(refuse_closed,),
    ),
    "PurchaseOrder": Rules(
        complete=(
            vendor_facts,
            dated,
            header,
            numbered("purchase orders", ("PurchaseOrder",)),
            _order,
        ),
        guard=(refuse_closed,),
    ),
}
