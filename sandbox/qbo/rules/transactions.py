"""What all transactions share: dates, closed books, currency, deposits that lock."""

from __future__ import annotations

from sandbox.qbo.change import Change
from sandbox.qbo.company import Company
from sandbox.qbo.fault import business, refused
from sandbox.qbo.fields import Record
from sandbox.qbo.rules.kinds import Rules

_CLOSED = (
    "The account period has closed and the account books cannot be updated through through "
    "the QBO Services API. Please use the QBO website to make these changes."
)
_DEPOSITED = (
    "This transaction has been deposited. If you want to change or delete it, "
    "you must first edit the deposit it appears on and remove it."
)


def dated(change: Change) -> None:
    """TxnDate is today (Pacific) unless given; neither old nor new date may be closed."""
    change.draft.setdefault("TxnDate", change.company.today().isoformat())
    refuse_closed(change)


def refuse_closed(change: Change) -> None:
    """Refuse a change in a closed period: 6200, or 6210 where a password guards it."""
    closed = change.company.preference("AccountingInfoPrefs", "BookCloseDate")
    if closed is None:
        return
    dates = [record["TxnDate"] for record in (change.before, change.draft) if record]
    if min(dates) > closed:
        return
    if change.company.switches.close_password:
        raise refused("6210", _CLOSED, "")
    raise refused("6200", "The user has closed the books. Account period closed.", "")


def header(change: Change) -> None:
    """The currency is the company's; classes and locations stay only where they are tracked."""
    draft, company = change.draft, change.company
    home = company.preference("CurrencyPrefs", "HomeCurrency") or "USD"
    if draft.setdefault("CurrencyRef", home) != home:
        raise business(
            "The currency of the transaction is invalid for customer / vendor / account."
        )
    for name, switch in (
        ("ClassRef", "ClassTrackingPerTxn"),
        ("DepartmentRef", "TrackDepartments"),
    ):
        if not company.preference("AccountingInfoPrefs", switch):
            draft.pop(name, None)


def locked_by_deposit(change: Change) -> None:
    """Refuse to touch what lies in a deposit (6540)."""
    if change.before is not None and deposit_of(change.company, change.before, change.entity.name):
        raise refused("6540", _DEPOSITED, "")


def deposit_of(company: Company, record: Record, entity: str) -> str | None:
    """The deposit that holds this transaction."""
    return company.deposited.get(f"{entity}:{record['Id']}")


def void_note(change: Change) -> None:
    """A voided record says so at the head of its note."""
    note = change.draft.get("PrivateNote")
    change.draft["PrivateNote"] = f"Voided - {note}" if note else "Voided"
    change.draft["_voided"] = True


def shows_deposit(company: Company, record: Record) -> Record:
    """Receipts link to the deposit that holds them."""
    for entity in ("Payment", "SalesReceipt"):
        held = company.get(entity, record["Id"])
        if held is not None and held is record:
            deposit = deposit_of(company, record, entity)
            if deposit is not None:
                link = {"TxnId": deposit, "TxnType": "Deposit"}
                return record | {"LinkedTxn": [*record.get("LinkedTxn", ()), link]}
    return record


PLAIN = Rules(complete=(dated, header), guard=(refuse_closed,))
"""A transaction without rules of its own."""
