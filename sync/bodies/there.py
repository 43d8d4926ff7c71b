"""What is expected of a document that is linked instead of made.

It is sent nowhere; it is what the look before linking is compared with, so that a
document which changed since the preview is noticed.
"""

from __future__ import annotations

from core.jsonio import JsonObject
from core.money import to_decimal
from store.books import Document
from sync.bodies.parts import filled, ref


def expected_body(document: Document) -> JsonObject:
    """Return customer, date, number, total and, for a payment, what it pays."""
    number = "PaymentRefNum" if document.entity == "Payment" else "DocNumber"
    return filled(
        {
            "CustomerRef": ref(document.customer_id),
            "TxnDate": document.txn_date.isoformat(),
            number: document.number,
            "TotalAmt": to_decimal(document.total),
            "Line": [
                {
                    "Amount": to_decimal(part.amount),
                    "LinkedTxn": [{"TxnId": part.qbo_id, "TxnType": part.entity}],
                }
                for part in document.applied
                if document.entity == "Payment"
            ],
        }
    )
