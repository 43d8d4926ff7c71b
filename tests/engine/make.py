"""Small makers for the engine's tests."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from core.ids import marker, request_id
from core.jsonio import JsonObject
from core.money import to_decimal
from store.states import PostingState
from sync.jobs import Job
from sync.shapes import Need, PlannedPosting

REALM = "9130000000000001"
_ids = itertools.count(1)


def planned(kind: str, docket_id: str, *, amount: int = 10_000, **fields: Any) -> PlannedPosting:
    """A posting with a plausible body."""
    entity = {
        "client": "Customer",
        "product": "Item",
        "invoice": "Invoice",
        "payment": "Payment",
        "refund": "CreditMemo",
    }[kind]
    request = request_id(REALM, entity, kind, docket_id, "create", 0)
    values: dict[str, Any] = {
        "invoice_id": docket_id if kind == "invoice" else "i1",
        "operation": "create",
        "generation": 0,
        "label": f"{kind} {docket_id}",
        "body": body(entity, docket_id, amount, marker(request)),
    }
    values.update(fields)
    return PlannedPosting(kind=kind, docket_id=docket_id, entity=entity, amount=amount, **values)


def body(entity: str, number: str, amount: int, mark: str, customer: str = "7") -> JsonObject:
    if entity == "Customer":
        return {"DisplayName": number}
    if entity == "Item":
        return {"Name": number, "Type": "Service"}
    common: JsonObject = {
        "CustomerRef": {"value": customer},
        "TxnDate": "2026-11-02",
        "PrivateNote": mark,
    }
    if entity == "Payment":
        return {
            **common,
            "PaymentRefNum": number,
            "TotalAmt": to_decimal(amount),
            "Line": [
                {
                    "Amount": to_decimal(amount),
                    "LinkedTxn": [{"TxnId": "@invoice:i1", "TxnType": "Invoice"}],
                }
            ],
        }
    line = {"Amount": to_decimal(amount), "DetailType": "SalesItemLineDetail"}
    return {**common, "DocNumber": number, "Line": [line]}


def job(
    one: PlannedPosting,
    *,
    parents: tuple[int, ...] = (),
    state: PostingState = PostingState.APPROVED,
    attempts: int = 0,
) -> Job:
    request = request_id(REALM, one.entity, one.kind, one.docket_id, one.operation, one.generation)
    return Job(
        id=next(_ids),
        run_id=1,
        planned=one,
        fingerprint="",
        snapshot=None,
        request_id=request,
        marker=marker(request),
        parents=parents,
        state=state,
        attempts=attempts,
        body=None,
        last_sent_at=None,
        next_try_at=None,
    )


def held(one: Job, **changes: Any) -> JsonObject:
    """What QuickBooks would hold of a posting."""
    return {
        **one.planned.body,
        "Id": "500",
        "SyncToken": "0",
        "TotalAmt": Decimal(one.planned.amount).scaleb(-2),
        **changes,
    }


def need(kind: str, docket_id: str) -> Need:
    return Need(kind, docket_id)
