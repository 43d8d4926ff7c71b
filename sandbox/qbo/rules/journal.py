"""Money moved between accounts: journal entries, transfers, payments of a credit card."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.fault import Refused, business, missing, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.accounts import need_account
from sandbox.qbo.rules.kinds import Rules, Step
from sandbox.qbo.rules.lines import number_lines
from sandbox.qbo.rules.transactions import dated, header, refuse_closed, void_note
from sandbox.qbo.wire import ZERO, money

_NAMED = {"Accounts Receivable": "Customer", "Accounts Payable": "Vendor"}
_MOVABLE = (
    "Bank",
    "Other Current Asset",
    "Other Asset",
    "Fixed Asset",
    "Credit Card",
    "Other Current Liability",
    "Long Term Liability",
    "Equity",
)


def _journal(change: Change) -> None:
    """Debits equal credits; receivables and payables name whose they are."""
    draft = change.draft
    number_lines(change, draft["Line"])
    entries = [_entry(change, line) for line in draft["Line"]]
    postings = [entry for entry in entries if entry is not None and entry[2]]
    if sum((amount for *_, amount in postings), ZERO):
        raise refused("2300", "Debits and credits do not balance.", "")
    draft["_postings"] = postings
    draft["TotalAmt"] = money(sum((amount for *_, amount in postings if amount > 0), ZERO))


def _entry(change: Change, line: Record) -> tuple[str, str, Decimal] | None:
    if line.get("DetailType") == "DescriptionOnly":
        return None
    detail, amount = line.get("JournalEntryLineDetail"), line.get("Amount")
    if detail is None or amount is None:
        name = "Amount" if detail is not None else "JournalEntryLineDetail"
        raise Refused([missing(name)])
    if amount < 0:
        raise refused("2290", "Negative amounts aren't supported on transaction lines.", "Amount")
    named = detail.get("Entity") or {}
    target = named.get("EntityRef") or {}
    key = target.get("value", "")
    shown = change.company.name_of(named.get("Type", ""), key)
    if named and shown is None:
        raise refused("2500", f"Invalid Reference Id : Names element id {key} not found", "")
    if named:
        detail["Entity"] = named | {"EntityRef": target | {"name": shown}}
    account = change.company.get("Account", detail["AccountRef"]) or {}
    wanted = _NAMED.get(account.get("AccountType", ""))
    if wanted is not None and named.get("Type") != wanted:
        text = f"When you use {account['AccountType']}, you must choose a {wanted.lower()}"
        raise business(f"{text} in the Name field.")
    sign = 1 if detail["PostingType"] == "Debit" else -1
    return detail["AccountRef"], key if wanted else "", sign * amount


def _moved(source: str, target: str) -> Step:
    """A step that books an amount from one account to another."""

    def step(change: Change) -> None:
        draft = change.draft
        if draft["Amount"] < 0:
            raise business("You must specify a transaction amount that is 0 or greater.")
        if draft[source] == draft[target]:
            raise business("You can't transfer money between the same account.")
        for name in (source, target):
            need_account(change, name, _MOVABLE)
        amount = draft["Amount"]
        entries = [(draft[target], "", amount), (draft[source], "", -amount)]
        draft["_postings"] = [entry for entry in entries if entry[2]]

    return step


def _strike(change: Change) -> None:
    change.draft |= {"Amount": ZERO, "_postings": []}


RULES = {
    "JournalEntry": Rules(complete=(dated, header, _journal), guard=(refuse_closed,)),
    "Transfer": Rules(
        complete=(dated, header, _moved("FromAccountRef", "ToAccountRef")),
        guard=(refuse_closed,),
    ),
    "CreditCardPaymentTxn": Rules(
        complete=(dated, header, _moved("BankAccountRef", "CreditCardAccountRef")),
        guard=(refuse_closed,),
        strike=(_strike, void_note),
    ),
}
