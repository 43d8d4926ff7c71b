"""Credits that QBO applies by itself (the preference AutoApplyCredit)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fields import Record
from sandbox.qbo.rules import applied
from sandbox.qbo.stock import UNDEPOSITED
from sandbox.qbo.wire import ZERO

NOTE = "Created by QB Online to link credits to charges."


def apply_credits(change: Change) -> None:
    """Pay a new invoice from the customer's credits, or use a new credit up on open invoices."""
    company = change.company
    if change.before is not None or not company.preference("SalesFormsPrefs", "AutoApplyCredit"):
        return
    if change.entity.name == "Invoice":
        _pay(company, change.draft)
    else:
        for invoice in _open(company, "Invoice", "Balance", change.draft["CustomerRef"]):
            _link(company, invoice["Id"], change.draft["Id"])


def _pay(company: Company, invoice: Record) -> None:
    customer = invoice["CustomerRef"]
    for payment in _open(company, "Payment", "UnappliedAmt", customer):
        left: Decimal = company.tables["Invoice"].records[invoice["Id"]]["Balance"]
        amount = min(left, payment["UnappliedAmt"])
        if amount:
            lines = [*payment["Line"], _line("Invoice", invoice["Id"], amount)]
            company.write("Payment", payment | applied.balanced(company, payment | {"Line": lines}))
            applied.refresh(company, f"Invoice:{invoice['Id']}")
    for memo in _open(company, "CreditMemo", "RemainingCredit", customer):
        _link(company, invoice["Id"], memo["Id"])


def _open(company: Company, entity: str, amount: str, customer: str) -> Iterator[Record]:
    """A customer's transactions with something left, oldest first."""
    found = company.tables[entity].find("CustomerRef", customer)
    for record in sorted(found, key=lambda one: (one["TxnDate"], int(one["Id"]))):
        if record.get(amount, ZERO) > 0:
            yield record


def _link(company: Company, invoice_id: str, memo_id: str) -> None:
    """Tie a credit memo to an invoice by a payment of zero, as QBO does it."""
    invoice = company.tables["Invoice"].records[invoice_id]
    memo = company.tables["CreditMemo"].records[memo_id]
    amount = min(invoice["Balance"], memo["RemainingCredit"])
    if not amount:
        return
    payment: Record = {
        "Id": company.new_id("transactions"),
        "CustomerRef": invoice["CustomerRef"],
        "DepositToAccountRef": UNDEPOSITED,
        "TotalAmt": ZERO,
        "ProcessPayment": False,
        "TxnDate": invoice["TxnDate"],
        "CurrencyRef": invoice["CurrencyRef"],
        "PrivateNote": NOTE,
        "Line": [
            _line("Invoice", invoice_id, amount),
            _line("CreditMemo", memo_id, amount),
        ],
    }
    company.write("Payment", payment | applied.balanced(company, payment))
    applied.refresh(company, f"Invoice:{invoice_id}")
    applied.refresh(company, f"CreditMemo:{memo_id}")


def _line(entity: str, key: str, amount: Decimal) -> Record:
    return {"Amount": amount, "LinkedTxn": [{"TxnId": key, "TxnType": entity}]}
