"""A person is sent to QuickBooks' own pages, or to the practice company's."""

from __future__ import annotations

import pytest

from connectors.qbo.web import web_page

LIVE = "https://quickbooks.api.intuit.com"


@pytest.mark.parametrize(
    ("base_url", "entity", "page"),
    [
        (LIVE, "Invoice", "https://app.qbo.intuit.com/app/invoice?txnId=7"),
        (LIVE, "Payment", "https://app.qbo.intuit.com/app/recvpayment?txnId=7"),
        (LIVE, "Customer", "https://app.qbo.intuit.com/app/customerdetail?nameId=7"),
        (
            "https://sandbox-quickbooks.api.intuit.com",
            "CreditMemo",
            "https://app.sandbox.qbo.intuit.com/app/creditmemo?txnId=7",
        ),
        ("http://127.0.0.1:8080", "RefundReceipt", "http://127.0.0.1:8080/refundreceipt/7"),
    ],
)
def test_each_record_has_its_page(base_url: str, entity: str, page: str) -> None:
    assert web_page(base_url, entity, "7") == page


def test_an_id_cannot_leave_its_place_in_the_address() -> None:
    assert web_page(LIVE, "Invoice", "7&x=/../").endswith("txnId=7%26x%3D%2F..%2F")
