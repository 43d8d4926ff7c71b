"""The pages at which a person sees a record in QuickBooks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

from core.config import is_loopback

_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "Invoice": "invoice?txnId=",
        "Payment": "recvpayment?txnId=",
        "CreditMemo": "creditmemo?txnId=",
        "RefundReceipt": "refundreceipt?txnId=",
        "Customer": "customerdetail?nameId=",
        "Item": "items?itemId=",
    }
)


def web_page(base_url: str, entity: str, qbo_id: str) -> str:
    """Return the page of one record; the practice company has pages of its own.

    Raises:
        KeyError: QuickBooks has no page for this entity that we know.
    """
    page, number = _PAGES[entity], quote(qbo_id, safe="")
    if is_loopback(base_url):
        return f"{base_url}/{entity.lower()}/{number}"
    site = "app.sandbox.qbo.intuit.com" if "//sandbox-" in base_url else "app.qbo.intuit.com"
    return f"https://{site}/app/{page}{number}"
