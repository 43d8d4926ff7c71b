"""What a QuickBooks document says, apart from what QuickBooks keeps about it; pure.

Payments, deposits, e-mails and prints raise a document's SyncToken and move its balance
without anybody having changed it. What is left without these is its content: if that is
the same, a newer token is no change.
"""

from __future__ import annotations

import hashlib

from core.jsonio import JsonObject, dumps

_KEPT_ABOUT = frozenset(
    {
        "SyncToken",
        "MetaData",
        "Balance",
        "HomeBalance",
        "HomeTotalAmt",
        "UnappliedAmt",
        "RemainingCredit",
        "LinkedTxn",
        "EmailStatus",
        "PrintStatus",
        "DeliveryInfo",
        "InvoiceLink",
        "domain",
        "sparse",
        "status",
    }
)
_RECORDED = 20
"""Digits of a digest that a choice keeps."""


def same_content(one: JsonObject, other: JsonObject) -> bool:
    """Whether two states of a document say the same."""
    return _content(one) == _content(other)


def content_digest(document: JsonObject) -> str:
    """Return what tells this content from any other; short enough to be kept with a choice."""
    return hashlib.sha256(dumps(_content(document)).encode()).hexdigest()[:_RECORDED]


def _content(document: JsonObject) -> JsonObject:
    return {key: value for key, value in document.items() if key not in _KEPT_ABOUT}
