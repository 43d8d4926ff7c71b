"""The sales forms: invoice, credit memo, sales receipt, refund receipt, estimate."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fault import Refused, business, missing, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules import applied
from sandbox.qbo.rules.accounts import MONEY_HOLDERS, account_of_kind, need_account
from sandbox.qbo.rules.credits import apply_credits
from sandbox.qbo.rules.kinds import Rules, Step
from sandbox.qbo.rules.lines import Sums, complete_lines, zeroed
from sandbox.qbo.rules.numbers import SHARERS, numbered
from sandbox.qbo.rules.tax import complete_tax
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


@dataclass(frozen=True)
class Form:
    """What a sales form does to the books.

    Attributes:
        sign: +1 sells, -1 gives back, 0 is only an offer.
        on_account: the other side is what the customer owes; else the deposit account.
    """

    sign: int
    on_account: bool


FORMS = {
    "Invoice": Form(1, on_account=True),
    "CreditMemo": Form(-1, on_account=True),
    "SalesReceipt": Form(1, on_account=False),
    "RefundReceipt": Form(-1, on_account=False),
    "Estimate": Form(0, on_account=False),
}


def _customer(change: Change) -> None:
    """The form's customer, whose addresses it takes unless it brings its own."""
    draft, company = change.draft, change.company
    key = draft.get("CustomerRef")
    if key is None:
        if FORMS[change.entity.name].on_account or change.entity.name == "Estimate":
            raise business("You must select a customer for this transaction.")
        return
    customer = company.get("Customer", key) or {}
    for name in ("BillAddr", "ShipAddr"):
        fresh = change.before is None or (change.moved("CustomerRef") and name not in change.sent)
        if fresh and name not in change.sent and name in customer:
            draft[name] = customer[name]
    if "SalesTermRef" in change.entity.by_name and change.before is None:
        default = company.preference("SalesFormsPrefs", "DefaultTerms")
        term = customer.get("SalesTermRef") or default
        if term is not None:
            draft.setdefault("SalesTermRef", term)


def _custom_fields(change: Change) -> None:
    """Every custom field that the company has switched on is shown, filled or not."""
    names = custom_names(change.company)
    sent = {one["DefinitionId"]: one for one in change.draft.get("CustomField", ())}
    for key in sent:
        if key not in names:
            raise refused("3000", f"Invalid custom field: DefinitionId {key}", "CustomField")
    change.draft["CustomField"] = [
        {"DefinitionId": key, "Name": name, "Type": "StringType"}
        | (
            {"StringValue": sent[key]["StringValue"]}
            if sent.get(key, {}).get("StringValue")
            else {}
        )
        for key, name in names.items()
    ]


def custom_names(company: Company) -> dict[str, str]:
    """The company's sales custom fields: definition id -> name, where switched on."""
    used, names = set(), {}
    for group in company.preference("SalesFormsPrefs", "CustomField") or ():
        for one in group.get("CustomField", ()):
            word, key = one["Name"].split(".")[-1][:-1], one["Name"][-1]
            if word == "UseSalesCustom" and one.get("BooleanValue"):
                used.add(key)
            elif word == "SalesCustomName":
                names[key] = one.get("StringValue", "")
    return {key: names.get(key, "") for key in sorted(used)}


def _mailing(change: Change) -> None:
    draft = change.draft
    if draft.get("EmailStatus") == "NeedToSend" and not draft.get("BillEmail"):
        raise refused("6420", "Email Address is required to send the transaction.", "BillEmail")
    if draft.get("EmailStatus") == "NeedToSend":
        draft.setdefault("DeliveryInfo", {"DeliveryType": "Email"})


def _amounts(change: Change) -> None:
    """Lines, tax, total, and the form's postings."""
    draft, company = change.draft, change.company
    form = FORMS[change.entity.name]
    sums = complete_lines(change)
    total = money(sums.subtotal - sums.discount + complete_tax(change, sums))
    if total < 0:
        raise business("You must specify a transaction amount that is 0 or greater.")
    draft["TotalAmt"] = total
    draft.pop("_voided", None)
    if form.sign:
        draft["_postings"] = _postings(company, draft, form, sums)


def _postings(
    company: Company, draft: Record, form: Form, sums: Sums
) -> list[tuple[str, str, Decimal]]:
    """Balanced journal lines (account, customer of a receivable or "", amount)."""
    receivable = account_of_kind(company, "Accounts Receivable")
    total, tax = draft["TotalAmt"], draft["TxnTaxDetail"]["TotalTax"]
    down: Decimal = draft.get("Deposit") or ZERO
    entries = [(account, "", -amount) for account, amount in sums.income]
    if sums.discount:
        entries.append((sums.discount_account, "", sums.discount))
    if tax:
        owed_to = account_of_kind(company, "Other Current Liability", "SalesTaxPayable")
        entries.append((owed_to, "", -tax))
    if form.on_account:
        entries.append((receivable, draft["CustomerRef"], total - down))
    if down or not form.on_account:
        held = draft.get("DepositToAccountRef") or UNDEPOSITED
        entries.append((held, "", down if form.on_account else total))
    return [(account, who, form.sign * amount) for account, who, amount in entries if amount]


def _due(change: Change) -> None:
    """DueDate: the date plus the term; thirty days where there is no term."""
    draft = change.draft
    if draft.get("DueDate") is not None:
        return
    day = date.fromisoformat(draft["TxnDate"])
    term = change.company.get("Term", draft.get("SalesTermRef", "")) or {"DueDays": Decimal(30)}
    draft["DueDate"] = due_date(day, term).isoformat()


def due_date(day: date, term: Record) -> date:
    """When a transaction of a day falls due by a term."""
    if term.get("DayOfMonthDue") is None:
        return day + timedelta(days=int(term["DueDays"]))
    month = day.replace(day=1)
    due = int(term["DayOfMonthDue"])
    if day.day + int(term.get("DueNextMonthDays", 0)) > due:
        month = (month + timedelta(days=31)).replace(day=1)
    return month.replace(day=min(due, calendar.monthrange(month.year, month.month)[1]))


def _invoice(change: Change) -> None:
    draft, company = change.draft, change.company
    draft["FreeFormAddress"] = True
    draft["AllowIPNPayment"] = draft["AllowOnlinePayment"] = False
    if not company.preference("SalesFormsPrefs", "ETransactionPaymentEnabled"):
        draft["AllowOnlineCreditCardPayment"] = draft["AllowOnlineACHPayment"] = False
    if not company.preference("SalesFormsPrefs", "AllowDeposit"):
        draft.pop("Deposit", None)
        draft.pop("DepositToAccountRef", None)
    need_account(change, "DepositToAccountRef", MONEY_HOLDERS)
    paid = applied.total(company, "Invoice", draft)
    if paid and change.before and change.moved("CustomerRef"):
        raise business("You can't change the customer of an invoice that has payments.")


def _credit(change: Change) -> None:
    used = applied.total(change.company, "CreditMemo", change.draft)
    if used and change.before and change.moved("CustomerRef"):
        raise business("You can't change the customer of a credit memo that has been applied.")


def _opened(change: Change) -> None:
    """What is left open after the payments on it; a smaller total lets go of the rest."""
    company, draft, name = change.company, change.draft, change.entity.name
    if change.before is not None:
        applied.shrink(company, name, draft)
    draft.update(applied.standing(company, name, draft))


def _deposited_to(change: Change) -> None:
    change.draft.setdefault("DepositToAccountRef", UNDEPOSITED)
    need_account(change, "DepositToAccountRef", MONEY_HOLDERS)


def _estimate_links(change: Change) -> None:
    """An invoice may name the estimate it came from; other links are QBO's own."""
    sent = change.sent.get("LinkedTxn")
    if not isinstance(sent, list):
        return
    kept = [one for one in sent if one["TxnType"] in ("Estimate", "TimeActivity")]
    for one in kept:
        if one["TxnType"] == "Estimate" and change.company.get("Estimate", one["TxnId"]) is None:
            text = f"The entity Estimate {one['TxnId']} that you are trying to link does not exist."
            raise business(f"{text} Estimate {one['TxnId']}")
    change.draft["_own_links"] = kept


def _estimate(change: Change) -> None:
    if change.draft.get("Line") is None:
        raise Refused([missing("Line")])


def _close_estimates(change: Change) -> None:
    """An estimate that became an invoice is closed and links to it."""
    company = change.company
    link = {"TxnId": change.draft["Id"], "TxnType": "Invoice"}
    for one in change.draft.get("_own_links", ()):
        estimate = company.get("Estimate", one["TxnId"]) if one["TxnType"] == "Estimate" else None
        if estimate is not None and link not in estimate["LinkedTxn"]:
            links = [*estimate["LinkedTxn"], link]
            company.write("Estimate", estimate | {"TxnStatus": "Closed", "LinkedTxn": links})


def _guard_paid(change: Change) -> None:
    """A settled invoice is voided only where the company's switch unlinks its payments."""
    company, name = change.company, change.entity.name
    if not applied.total(company, name, change.draft):
        return
    if company.switches.void_paid == "refuse" and change.verb == "void":
        raise business(
            "This transaction has payments applied to it. Unlink the payments before you void it."
        )
    applied.unlink(company, name, change.draft["Id"])


def _strike(change: Change) -> None:
    draft = change.draft
    draft["Line"] = [zeroed(line) for line in draft["Line"]]
    draft["TxnTaxDetail"] = {"TotalTax": ZERO}
    draft["TotalAmt"] = ZERO
    draft["_postings"] = []
    draft.pop("Deposit", None)
    if change.entity.name in applied.SETTLED:
        draft.update(applied.standing(change.company, change.entity.name, draft))


_HEAD: tuple[Step, ...] = (_customer, dated, header, _custom_fields, _mailing)
_NUMBER = numbered("numbers", SHARERS)

RULES = {
    "Invoice": Rules(
        complete=(*_HEAD, _estimate_links, _invoice, _due, _NUMBER, _amounts, _opened),
        guard=(refuse_closed, _guard_paid),
        strike=(_strike, void_note),
        settle=(apply_credits, _close_estimates),
    ),
    "CreditMemo": Rules(
        complete=(*_HEAD, _credit, _NUMBER, _amounts, _opened),
        guard=(refuse_closed, _guard_paid),
        settle=(apply_credits,),
    ),
    "SalesReceipt": Rules(
        complete=(locked_by_deposit, *_HEAD, _deposited_to, _NUMBER, _amounts),
        guard=(refuse_closed, locked_by_deposit),
        strike=(_strike, void_note),
        view=shows_deposit,
    ),
    "RefundReceipt": Rules(
        complete=(locked_by_deposit, *_HEAD, _deposited_to, _NUMBER, _amounts),
        guard=(refuse_closed, locked_by_deposit),
    ),
    "Estimate": Rules(
        complete=(*_HEAD, _estimate, numbered("estimates", ("Estimate",)), _amounts),
        guard=(refuse_closed,),
    ),
}
