"""Payments: what they settle, what stays as a credit, what QBO refuses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fault import business, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules import applied
from sandbox.qbo.rules.accounts import MONEY_HOLDERS, need_account
from sandbox.qbo.rules.kinds import Rules
from sandbox.qbo.rules.transactions import (
    dated,
    header,
    locked_by_deposit,
    refuse_closed,
    shows_deposit,
    void_note,
)
from sandbox.qbo.stock import UNDEPOSITED
from sandbox.qbo.wire import ZERO, money

_OPEN = {"Invoice": "Balance", "CreditMemo": "RemainingCredit"}
_JAXB = {
    "name": "{http://schema.intuit.com/finance/v3}NameValue",
    "nil": False,
    "declaredType": "com.intuit.schema.finance.v3.NameValue",
    "scope": "javax.xml.bind.JAXBElement$GlobalScope",
    "globalScope": True,
    "typeSubstituted": False,
}


def _received(change: Change) -> None:
    draft = change.draft
    if draft.get("CustomerRef") is None:
        raise business("You must select a customer for this transaction.")
    if draft["TotalAmt"] < 0:
        raise business("You must specify a transaction amount that is 0 or greater.")
    draft.setdefault("DepositToAccountRef", UNDEPOSITED)
    need_account(change, "DepositToAccountRef", MONEY_HOLDERS)
    draft.pop("_voided", None)


def _applied(change: Change) -> None:
    """Lines settle invoices and use up credits; the rest stays with the customer."""
    draft, company = change.draft, change.company
    taken: dict[str, Decimal] = {}
    lines = [_line(change, line, taken) for line in draft.get("Line") or ()]
    lines = [line for line in lines if line["Amount"]]
    settled = sum((one["Amount"] for one in lines if _kind(one) == "Invoice"), ZERO)
    credit = sum((one["Amount"] for one in lines if _kind(one) != "Invoice"), ZERO)
    unapplied = money(draft["TotalAmt"] + credit - settled)
    if unapplied < 0:
        raise business("The amount applied is greater than the payment or refund amount.")
    draft["Line"] = lines
    draft["UnappliedAmt"] = unapplied
    draft.update(applied.effects(company, draft, lines, unapplied))


def _kind(line: Record) -> str:
    return str(line["LinkedTxn"][0]["TxnType"])


def _line(change: Change, line: Record, taken: dict[str, Decimal]) -> Record:
    """One line, checked against what is open on the transaction it names."""
    company, draft = change.company, change.draft
    links = line.get("LinkedTxn") or []
    if len(links) != 1:
        raise refused("620", "A payment line links to exactly one transaction.", "LinkedTxn")
    kind, key = links[0]["TxnType"], links[0]["TxnId"]
    amount: Decimal = line["Amount"]
    if amount < 0:
        raise refused("2290", "Negative amounts aren't supported on transaction lines.", "Amount")
    if kind not in _OPEN:
        raise refused("620", f"Transaction of type {kind} cannot be linked.", "LinkedTxn")
    target = company.get(kind, key)
    if target is None:
        text = f"The entity {kind} {key} that you are trying to link does not exist. {kind} {key}"
        raise business(text)
    if not _may_pay(company, draft["CustomerRef"], target["CustomerRef"]):
        raise business("The customer of the linked transaction does not match the payment's.")
    name = f"{kind}:{key}"
    own: Decimal = (change.before or {}).get("_links", {}).get(name, ZERO)
    left = target[_OPEN[kind]] + own - taken.get(name, ZERO)
    if amount > left:
        if company.switches.overpaid_line == "refuse":
            raise business(
                "The payment amount applied is more than the transaction's open balance."
            )
        amount = max(left, ZERO)
    taken[name] = taken.get(name, ZERO) + amount
    kept = {part: value for part, value in line.items() if part in ("Id", "LinkedTxn")}
    facts = {
        "txnId": key,
        "txnOpenBalance": f"{left:.2f}",
        "txnReferenceNumber": target.get("DocNumber", ""),
    }
    return kept | {
        "Amount": money(amount),
        "LineEx": {"any": [_jaxb(*fact) for fact in facts.items()]},
    }


def _jaxb(name: str, value: str) -> dict[str, Any]:
    return _JAXB | {"value": {"Name": name, "Value": value}}


def _may_pay(company: Company, payer: str, owner: str) -> bool:
    """A customer pays its own; a parent also what bills with it."""
    while owner != payer:
        customer = company.get("Customer", owner) or {}
        parent = customer.get("ParentRef")
        if parent is None or not customer.get("BillWithParent"):
            return False
        owner = parent
    return True


def _strike(change: Change) -> None:
    change.draft |= {
        "TotalAmt": ZERO,
        "UnappliedAmt": ZERO,
        "Line": [],
        "_links": {},
        "_postings": [],
    }


RULES = {
    "Payment": Rules(
        complete=(locked_by_deposit, _received, dated, header, _applied),
        guard=(refuse_closed, locked_by_deposit),
        strike=(_strike, void_note),
        settle=(applied.refresh_linked,),
        view=shows_deposit,
    ),
}
