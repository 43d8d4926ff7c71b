"""What payments have done to invoices and credit memos: open amounts and links."""

from __future__ import annotations

from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.accounts import account_of_kind
from sandbox.qbo.wire import ZERO, money

SETTLED = ("Invoice", "CreditMemo")
"""What a payment's lines may settle or use up."""


def total(company: Company, entity: str, record: Record) -> Decimal:
    """How much of a transaction the payments on it take."""
    return sum(company.links[f"{entity}:{record.get('Id', '')}"].values(), ZERO)


def standing(company: Company, entity: str, record: Record) -> Record:
    """The attributes that follow from the payments on a transaction."""
    down: Decimal = record.get("Deposit") or ZERO
    left = money(record["TotalAmt"] - down - total(company, entity, record))
    if entity == "CreditMemo":
        return {"RemainingCredit": left, "Balance": left}
    if entity == "VendorCredit":
        return {"Balance": left}
    payments = company.links[f"{entity}:{record.get('Id', '')}"]
    links = [_link_to(company, entity, key) for key in sorted(payments, key=int)]
    return {"Balance": left, "LinkedTxn": [*record.get("_own_links", ()), *links]}


def _link_to(company: Company, entity: str, key: str) -> Record:
    """The link to the payment that settles; a bill's says how it was paid."""
    if entity != "Bill":
        return {"TxnId": key, "TxnType": "Payment"}
    payment = company.get("BillPayment", key) or {}
    return {"TxnId": key, "TxnType": f"BillPayment{payment.get('PayType', 'Check')}"}


def refresh(company: Company, target: str) -> None:
    """Bring one "Entity:id" in line with the payments on it; its SyncToken rises."""
    entity, key = target.split(":")
    record = company.get(entity, key)
    if record is None:
        return
    now = standing(company, entity, record)
    if any(record.get(name) != value for name, value in now.items()):
        company.write(entity, record | now, why="payment")


def refresh_linked(change: Change) -> None:
    """Bring what a payment settles, or settled before, in line with it."""
    targets = set((change.before or {}).get("_links", {})) | set(change.draft.get("_links", {}))
    for target in sorted(targets):
        refresh(change.company, target)


def shrink(company: Company, entity: str, record: Record) -> None:
    """Take back what payments applied beyond the record's total, newest payment first."""
    target = f"{entity}:{record['Id']}"
    excess = total(company, entity, record) - record["TotalAmt"] + (record.get("Deposit") or ZERO)
    for key in sorted(company.links[target], key=int, reverse=True):
        if excess <= 0:
            return
        taken = min(excess, company.links[target][key])
        excess -= taken
        _reapply(company, key, target, company.links[target][key] - taken)


def unlink(company: Company, entity: str, key: str) -> None:
    """Take every payment off a transaction; they stay as credits of the customer."""
    target = f"{entity}:{key}"
    for payment in sorted(company.links[target], key=int):
        _reapply(company, payment, target, ZERO)


def _reapply(company: Company, payment_id: str, target: str, amount: Decimal) -> None:
    """Change what a payment puts on one target, and its other sides with it."""
    payment = company.tables["Payment"].records[payment_id]
    entity, key = target.split(":")
    lines = []
    for line in payment["Line"]:
        link = line["LinkedTxn"][0]
        if (link["TxnType"], link["TxnId"]) != (entity, key):
            lines.append(line)
        elif amount:
            lines.append(line | {"Amount": money(amount)})
    company.write("Payment", payment | balanced(company, payment | {"Line": lines}))
    for other in payment["_links"]:
        if other != target:
            refresh(company, other)


def balanced(company: Company, payment: Record) -> Record:
    """What follows from a payment's total and lines: the unapplied rest, links, postings.

    Credits in its lines count as money. Invoices take no more than money and
    credits together, and credits that no invoice uses any more are let go of.
    """
    credit = _sum(payment["Line"], invoices=False)
    room = {True: payment["TotalAmt"] + credit}
    settled = min(_sum(payment["Line"], invoices=True), room[True])
    room[False] = max(settled - payment["TotalAmt"], ZERO)
    unapplied = money(payment["TotalAmt"] + room[False] - settled)
    lines = []
    for line in payment["Line"]:
        side = _type(line) == "Invoice"
        amount = min(line["Amount"], room[side])
        room[side] -= amount
        lines += [line | {"Amount": money(amount)}] if amount else []
    return {"Line": lines, "UnappliedAmt": unapplied} | effects(company, payment, lines, unapplied)


def _sum(lines: list[Record], *, invoices: bool) -> Decimal:
    return sum((one["Amount"] for one in lines if (_type(one) == "Invoice") is invoices), ZERO)


def effects(company: Company, payment: Record, lines: list[Record], unapplied: Decimal) -> Record:
    """Links and postings of a payment: money in, and each customer's receivable out."""
    receivable = account_of_kind(company, "Accounts Receivable")
    links: dict[str, Decimal] = {}
    postings = [(payment["DepositToAccountRef"], "", payment["TotalAmt"])]
    postings.append((receivable, payment["CustomerRef"], -unapplied))
    for line in lines:
        target = f"{_type(line)}:{line['LinkedTxn'][0]['TxnId']}"
        links[target] = links.get(target, ZERO) + line["Amount"]
        settled = company.get(*target.split(":"))
        who = (settled or payment)["CustomerRef"]
        sign = -1 if _type(line) == "Invoice" else 1
        postings.append((receivable, who, sign * line["Amount"]))
    return {"_links": links, "_postings": [entry for entry in postings if entry[2]]}


def _type(line: Record) -> str:
    return str(line["LinkedTxn"][0]["TxnType"])
