"""What is looked up of a QBO object, taken out of its raw JSON.

Pure. QBO leaves out what is empty, so every field may be missing. The names are
QBO's own; a "(deleted)" that QBO appends to inactive names is not part of the name.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from typing import Any

from core.clock import parse_instant
from core.jsonio import JsonObject, dumps
from core.money import Cents, exact_cents
from core.text import name_key

NAMES = frozenset({"Customer", "Vendor", "Employee"})
DOCUMENTS = frozenset(
    {"Invoice", "Payment", "CreditMemo", "RefundReceipt", "SalesReceipt", "Deposit"}
)
_DELETED_SUFFIX = re.compile(r"\s*\(deleted(?: \d+)?\)\s*$", re.IGNORECASE)
_BALANCE = {"Payment": "UnappliedAmt", "CreditMemo": "RemainingCredit"}
_NUMBER = {"Payment": "PaymentRefNum"}


def object_row(entity: str, raw: JsonObject) -> dict[str, Any]:
    """Return the columns of an object.

    Raises:
        ValueError: it has no Id, or an amount or date in a form that QBO does not send.
    """
    if not raw.get("Id"):
        raise ValueError(f"a QuickBooks {entity} without an Id")
    name = _DELETED_SUFFIX.sub("", _name(entity, raw))
    body = dumps(raw)
    return {
        "entity": entity,
        "qbo_id": str(raw["Id"]),
        "sync_token": str(raw.get("SyncToken", "")),
        "name": name,
        "full_name": str(raw.get("FullyQualifiedName") or name),
        "name_key": name_key(name),
        "number": str(raw.get(_NUMBER.get(entity, "DocNumber")) or ""),
        "customer_id": _ref(raw, "CustomerRef"),
        "parent_id": _ref(raw, "ParentRef"),
        "txn_date": _date(raw.get("TxnDate")),
        "total_cents": _cents(raw.get("TotalAmt")),
        "tax_cents": _cents((raw.get("TxnTaxDetail") or {}).get("TotalTax")),
        "balance_cents": _cents(raw.get(_BALANCE.get(entity, "Balance"))),
        "currency": _ref(raw, "CurrencyRef"),
        "note": str(raw.get("PrivateNote") or ""),
        "active": raw.get("Active", True) is not False,
        "removed": removed_state(entity, raw),
        "applied": applied(raw),
        "changed_at": _changed(raw),
        "body": body,
        "body_sha256": hashlib.sha256(body.encode()).hexdigest(),
    }


def removed_state(entity: str, raw: JsonObject) -> str:
    """Return "Deleted" or "Voided" for a transaction that no longer counts, else "".

    QBO marks a deletion with a status. It has no mark for a void: the amounts are
    zero and the note begins with "Voided".
    """
    if raw.get("status") == "Deleted":
        return "Deleted"
    if raw.get("status") == "Voided":
        return "Voided"
    if entity not in DOCUMENTS:
        return ""
    note = str(raw.get("PrivateNote") or "")
    return "Voided" if note.startswith("Voided") and not _cents(raw.get("TotalAmt")) else ""


def applied(raw: JsonObject) -> list[list[Any]]:
    """Return [entity, qbo_id, cents] of every LinkedTxn.

    On a Payment they stand in the lines, with the line's amount. An Invoice names its
    payments without amounts; `store.load` puts in what the payment says.
    """
    found: list[list[Any]] = [
        [str(link.get("TxnType", "")), str(link.get("TxnId", "")), 0]
        for link in raw.get("LinkedTxn") or []
    ]
    for line in raw.get("Line") or []:
        amount = _cents(line.get("Amount")) or 0
        found += [
            [str(link.get("TxnType", "")), str(link.get("TxnId", "")), amount]
            for link in line.get("LinkedTxn") or []
        ]
    return found


def _name(entity: str, raw: JsonObject) -> str:
    if entity in NAMES:
        return str(raw.get("DisplayName") or "")
    return str(raw.get("Name") or "")


def _ref(raw: JsonObject, field: str) -> str:
    ref = raw.get(field)
    return str(ref.get("value") or "") if isinstance(ref, dict) else ""


def _cents(value: object) -> Cents | None:
    return None if value is None else exact_cents(value)


def _date(value: object) -> date | None:
    return None if not value else date.fromisoformat(str(value)[:10])


def _changed(raw: JsonObject) -> datetime | None:
    changed = (raw.get("MetaData") or {}).get("LastUpdatedTime")
    return None if not changed else parse_instant(str(changed))
