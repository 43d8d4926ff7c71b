"""What is owed to vendors: bills, vendors' credits, and the payments that settle them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.fault import Refused, business, missing, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules import applied
from sandbox.qbo.rules.accounts import account_of_kind, need_account
from sandbox.qbo.rules.expenses import complete_expenses, vendor_facts
from sandbox.qbo.rules.kinds import Rules, Step
from sandbox.qbo.rules.sales import due_date
from sandbox.qbo.rules.transactions import dated, header, refuse_closed, void_note
from sandbox.qbo.wire import ZERO, money

_MONEY = {
    "Check": ("CheckPayment", "BankAccountRef", ("Bank",)),
    "CreditCard": ("CreditCardPayment", "CCAccountRef", ("Credit Card",)),
}


def _due(change: Change) -> None:
    """DueDate: the date plus the term, the vendor's unless the bill names one."""
    draft, company = change.draft, change.company
    vendor = company.get("Vendor", draft["VendorRef"]) or {}
    if change.before is None and vendor.get("TermRef"):
        draft.setdefault("SalesTermRef", vendor["TermRef"])
    term = company.get("Term", draft.get("SalesTermRef", "")) or {"DueDays": ZERO}
    if draft.get("DueDate") is None:
        draft["DueDate"] = due_date(date.fromisoformat(draft["TxnDate"]), term).isoformat()


def _owed(sign: int) -> Step:
    """A step that books a bill (+1) or a credit (-1) and says what is left of it."""

    def step(change: Change) -> None:
        draft, company, name = change.draft, change.company, change.entity.name
        spent = complete_expenses(change)
        settled = applied.total(company, name, draft)
        if settled > draft["TotalAmt"] or (settled and change.moved("VendorRef")):
            raise business("The transaction has payments applied to it. Unlink them first.")
        entries = [(account, "", sign * amount) for account, amount in spent]
        entries.append((draft["APAccountRef"], draft["VendorRef"], -sign * draft["TotalAmt"]))
        draft["_postings"] = [entry for entry in entries if entry[2]]
        draft.update(applied.standing(company, name, draft))

    return step


def _unpaid(change: Change) -> None:
    if applied.total(change.company, change.entity.name, change.draft):
        raise business("The transaction has payments applied to it. Unlink them first.")


def _paid(change: Change) -> None:
    """A payment's lines settle bills and use up credits of its vendor."""
    draft, company = change.draft, change.company
    part, name, types = _MONEY[draft["PayType"]]
    source = (draft.get(part) or {}).get(name)
    if source is None:
        raise Refused([missing(name)])
    account = company.get("Account", source) or {}
    if account.get("AccountType") not in types:
        raise refused("6430", f"Invalid account type used: {account.get('AccountType')}", name)
    draft.setdefault("APAccountRef", account_of_kind(company, "Accounts Payable"))
    need_account(change, "APAccountRef", ("Accounts Payable",))
    taken: dict[str, Decimal] = {}
    bills = sum((_settles(change, line, taken) for line in draft["Line"]), ZERO)
    if bills > draft["TotalAmt"]:
        raise business("The amount applied is greater than the payment or refund amount.")
    entries = [
        (draft["APAccountRef"], draft["VendorRef"], draft["TotalAmt"]),
        (source, "", -draft["TotalAmt"]),
    ]
    draft["_links"] = taken
    draft["_postings"] = [entry for entry in entries if entry[2]]
    draft.pop("_voided", None)


def _settles(change: Change, line: Record, taken: dict[str, Decimal]) -> Decimal:
    """What a line takes of the payment's money; credits give."""
    links = line.get("LinkedTxn") or []
    kind = links[0]["TxnType"] if len(links) == 1 else ""
    if kind not in ("Bill", "VendorCredit"):
        raise refused("620", "A line links to exactly one Bill or VendorCredit.", "LinkedTxn")
    key, amount = links[0]["TxnId"], line["Amount"]
    target = change.company.get(kind, key)
    if target is None or target["VendorRef"] != change.draft["VendorRef"]:
        text = f"The entity {kind} {key} that you are trying to link does not exist. {kind} {key}"
        raise business(text)
    name = f"{kind}:{key}"
    own: Decimal = (change.before or {}).get("_links", {}).get(name, ZERO)
    if not ZERO <= amount <= target["Balance"] + own - taken.get(name, ZERO):
        raise business("The payment amount applied is more than the transaction's open balance.")
    taken[name] = money(taken.get(name, ZERO) + amount)
    return amount if kind == "Bill" else Decimal(-amount)


def _strike(change: Change) -> None:
    change.draft |= {"TotalAmt": ZERO, "Line": [], "_links": {}, "_postings": []}


RULES = {
    "Bill": Rules(
        complete=(vendor_facts, dated, header, _due, _owed(1)),
        guard=(refuse_closed, _unpaid),
    ),
    "VendorCredit": Rules(
        complete=(vendor_facts, dated, header, _owed(-1)),
        guard=(refuse_closed, _unpaid),
    ),
    "BillPayment": Rules(
        complete=(dated, header, _paid),
        guard=(refuse_closed,),
        strike=(_strike, void_note),
        settle=(applied.refresh_linked,),
    ),
}
