"""Docket records and QuickBooks objects for the store's tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.jsonio import JsonObject
from core.records import (
    Address,
    Allocation,
    Client,
    Credit,
    Invoice,
    InvoiceLine,
    Payment,
    Product,
    Refund,
    RefundLine,
    ServiceAddress,
    TaxLine,
)
from store.books import Company

REALM = "9130000000000001"
NOW = datetime(2026, 11, 20, 9, 30, 0, 123456, tzinfo=UTC)
HOSTILE = "[@click=app.quit]Acme[/] \x1b]52;c;AAAA\x07 O'Brien & Söhne %_!"


@dataclass
class StillClock:
    """A clock that moves when it is told to."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.pass_time(seconds)

    def pass_time(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def company(**changes: Any) -> Company:
    base = Company(
        realm_id=REALM,
        name="Acme Roll-Off LLC",
        country="US",
        currency="USD",
        time_zone="America/Chicago",
        subscription="ACTIVE",
        live=False,
        birth_id="b1",
        start_date=None,
        books_closed_on=date(2025, 12, 31),
        custom_numbers=True,
        uses_sales_tax=True,
        automated_tax=True,
        auto_apply_credit=False,
        multicurrency=False,
    )
    return replace(base, **changes)


def client(docket_id: str = "c1", **changes: Any) -> Client:
    base = Client(
        id=docket_id,
        display_id="ACME-1",
        company_name="Acme Construction",
        first_name="Ann",
        last_name="O'Brien",
        email="ann@acme.example",
        phone="555-0100",
        billing=Address("1 Main St", "Suite 2", "Austin", "TX", "78701"),
        service_addresses=(
            ServiceAddress("s2", "Yard", Address("9 Yard Rd", city="Austin")),
            ServiceAddress("s1", "Site", Address("5 Site Ln", state="TX")),
        ),
        client_type="commercial",
        tax_exempt=False,
        updated_at=NOW,
    )
    return replace(base, **changes)


def product(docket_id: str = "p1", **changes: Any) -> Product:
    base = Product(
        id=docket_id,
        name="20 yd dumpster",
        sku="D20",
        category="Roll-off",
        description="7 days",
        unit_price=Decimal("395.1234567"),
        taxable=True,
        updated_at=NOW,
    )
    return replace(base, **changes)


def invoice(docket_id: str = "i1", **changes: Any) -> Invoice:
    base = Invoice(
        id=docket_id,
        number="1042",
        client_id="c1",
        service_address_id="s1",
        issued_on=date(2026, 11, 3),
        due_on=date(2026, 12, 3),
        terms_days=30,
        po_number="PO-7",
        memo="Gate code 12",
        currency="USD",
        lines=(
            InvoiceLine(
                "l1",
                "p1",
                "20 yd dumpster",
                "7 days",
                Decimal("1.00000"),
                Decimal("395.1234567"),
                39512,
                True,
                date(2026, 11, 2),
            ),
            InvoiceLine(
                "l2", None, "Overage, tons", "", Decimal("2.5"), Decimal("65"), 16250, False
            ),
        ),
        tax_lines=(
            TaxLine("State", "Texas Comptroller", Decimal("6.25"), 39512, 2470),
            TaxLine("City", "Austin", Decimal("2.00"), 39512, 790),
        ),
        subtotal=55762,
        discount=0,
        discount_percent=None,
        tax=3260,
        total=59022,
        updated_at=NOW,
    )
    return replace(base, **changes)


def payment(docket_id: str = "y1", **changes: Any) -> Payment:
    base = Payment(
        id=docket_id,
        number="P-77",
        client_id="c1",
        method="check",
        reference="5571",
        received_on=date(2026, 11, 10),
        amount=59022,
        allocations=(Allocation("i1", 50000), Allocation("i2", 9022)),
        status="settled",
        updated_at=NOW,
    )
    return replace(base, **changes)


def refund(docket_id: str = "r1", **changes: Any) -> Refund:
    base = Refund(
        id=docket_id,
        number="R-5",
        client_id="c1",
        invoice_id="i1",
        payment_id="y1",
        refunded_on=date(2026, 11, 12),
        method="card",
        reference="re_1",
        reason="too heavy",
        lines=(RefundLine("p1", "20 yd dumpster", 1000, True), RefundLine(None, "Fee", 500, False)),
        tax=83,
        amount=1583,
        updated_at=NOW,
    )
    return replace(base, **changes)


def credit(docket_id: str = "k1", **changes: Any) -> Credit:
    base = Credit(
        id=docket_id,
        number="K-1",
        client_id="c1",
        kind="credit_memo",
        method="",
        issued_on=date(2026, 11, 13),
        amount=2500,
        allocations=(Allocation("i1", 2500),),
        reason="goodwill",
        updated_at=NOW,
    )
    return replace(base, **changes)


def qbo_customer(qbo_id: str = "58", **changes: Any) -> JsonObject:
    base: JsonObject = {
        "Id": qbo_id,
        "SyncToken": "0",
        "DisplayName": "Acme Construction",
        "FullyQualifiedName": "Acme Construction",
        "Active": True,
        "Taxable": False,
        "PrimaryEmailAddr": {"Address": "ann@acme.example"},
        "PrimaryPhone": {"FreeFormNumber": "(555) 555-0100"},
        "BillAddr": {"Line1": "1 Main St", "City": "Austin", "PostalCode": "78701"},
        "MetaData": {"LastUpdatedTime": "2026-11-01T08:00:00-08:00"},
    }
    return base | changes


def qbo_invoice(qbo_id: str = "145", **changes: Any) -> JsonObject:
    base: JsonObject = {
        "Id": qbo_id,
        "SyncToken": "0",
        "DocNumber": "1042",
        "TxnDate": "2026-11-03",
        "CustomerRef": {"value": "58", "name": "Acme Construction"},
        "CurrencyRef": {"value": "USD"},
        "TotalAmt": Decimal("590.22"),
        "Balance": Decimal("90.22"),
        "TxnTaxDetail": {"TotalTax": Decimal("32.60")},
        "PrivateNote": "Gate code 12 [docket-qbo abc]",
        "LinkedTxn": [{"TxnId": "201", "TxnType": "Payment"}],
        "Line": [],
        "MetaData": {"LastUpdatedTime": "2026-11-03T08:00:00-08:00"},
    }
    return base | changes


def qbo_payment(qbo_id: str = "201", **changes: Any) -> JsonObject:
    base: JsonObject = {
        "Id": qbo_id,
        "SyncToken": "0",
        "PaymentRefNum": "5571",
        "TxnDate": "2026-11-10",
        "CustomerRef": {"value": "58"},
        "TotalAmt": Decimal("500.00"),
        "UnappliedAmt": 0,
        "Line": [
            {
                "Amount": Decimal("500.00"),
                "LinkedTxn": [{"TxnId": "145", "TxnType": "Invoice"}],
            }
        ],
        "MetaData": {"LastUpdatedTime": "2026-11-10T08:00:00-08:00"},
    }
    return base | changes
