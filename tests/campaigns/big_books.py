"""Books of any size, written straight into a cache: what the bench measures on.

Two kinds: "posted" has a QuickBooks twin and a link for every invoice and payment; "new"
has the same Docket side beside a QuickBooks company that holds only names and items, so
that every client is compared with every customer and everything is pending. One client
in ten is written nearly as its customer is, one in ten is not there at all. The tax is
what the rate makes of the lines; statuses are those of a refresh.

They take minutes to make, so they are kept in the temporary folder under a name that
changes with this file and with the schema.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.clock import SystemClock
from core.ids import SystemIds
from core.jsonio import JsonObject, dumps
from core.records import (
    Address,
    Allocation,
    Client,
    Invoice,
    InvoiceLine,
    Kind,
    Page,
    Payment,
    Product,
    Record,
    TaxLine,
)
from store.cache import Cache
from store.company import save_company
from store.docket import save_page
from store.mirror import save_objects
from store.schema import head
from store.tables.work import LinkTable
from store.upsert import insert_all
from sync.fingerprint import VERSION, fingerprint, snapshot
from sync.view import View
from tests.store.worlds import REALM, company

CLIENTS, PRODUCTS = 20_000, 2_000
FIRST = date(2022, 1, 1)
AT = datetime(2026, 10, 1, 12, tzinfo=UTC)
PART = 5_000
_FAMILY = (
    *("Ab", "Bar", "Cor", "Dav", "Ell", "Fos", "Gar", "Hol", "Ir", "Jack", "Kel", "Lam", "Mor"),
    *("Nel", "Ol", "Par", "Quin", "Rob", "Stan", "Tur", "Up", "Van", "Wal", "York", "Zim", "Ash"),
    *("Brad", "Clay", "Dun", "East", "Frank", "Gil", "Hamp", "Isle", "Jen", "Kings", "Lin"),
)
_ENDING = ("ton", "son", "ley", "man", "ford", "well", "er", "is", "wick", "by", "land", "ham")
_TRADE = (
    *("Roofing", "Construction", "Homes", "Properties", "Remodeling", "Plumbing", "Concrete"),
    *("Landscaping", "Builders", "Excavating", "Electric", "Painting"),
)
_KIND = ("", " & Sons", " Group", " Brothers")
_TOWN = ("Tulsa", "Broken Arrow", "Owasso", "Jenks", "Bixby", "Sapulpa", "Sand Springs", "Catoosa")
_WASTE = ("Dumpster", "Container", "Delivery", "Swap", "Dry Run", "Overage", "Relocation", "Haul")


def big_books(kind: str, invoices: int) -> Path:
    """Return a cache of this kind ("posted", "new") and size; make it if it is not there."""
    source = hashlib.sha256(Path(__file__).read_bytes() + head().encode()).hexdigest()[:12]
    home = Path(tempfile.gettempdir()) / f"docket-qbo-books-{os.getuid()}-{source}"
    path = home / f"{kind}-{invoices}.db"
    if not path.exists():
        home.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=home) as making:
            fill(Path(making) / path.name, kind, invoices)
            (Path(making) / path.name).rename(path)
    return path


def fill(path: Path, kind: str, invoices: int) -> None:
    """Write the books."""
    posted = kind == "posted"
    cache = Cache.open(path, clock=SystemClock(), ids=SystemIds())
    try:
        with cache.write() as session:
            save_company(session, company(books_closed_on=None, start_date=None))
        _docket(cache, Kind.CLIENT, (_client(number, posted) for number in range(CLIENTS)))
        _docket(cache, Kind.PRODUCT, (_product(number) for number in range(PRODUCTS)))
        _quickbooks(cache, "Account", [_account()])
        _quickbooks(cache, "Customer", (_customer(number) for number in range(CLIENTS)))
        _quickbooks(cache, "Item", (_item(number) for number in range(PRODUCTS)))
        paid = [number for number in range(invoices) if number % 10 < 7]
        _docket(cache, Kind.INVOICE, map(_invoice, range(invoices)))
        _docket(cache, Kind.PAYMENT, map(_payment, paid))
        if posted:
            _quickbooks(cache, "Invoice", map(_invoice_there, range(invoices)))
            _quickbooks(cache, "Payment", map(_payment_there, paid))
            _links(cache, "client", "Customer", (_client(n, posted) for n in range(CLIENTS)))
            _links(cache, "invoice", "Invoice", map(_invoice, range(invoices)))
            _links(cache, "payment", "Payment", map(_payment, paid))
        View(cache).recheck()
    finally:
        cache.close()


def _docket(cache: Cache, kind: Kind, records: Iterable[Record]) -> None:
    for part in _in_parts(records):
        with cache.write() as session:
            save_page(session, Page(kind, part))


def _quickbooks(cache: Cache, entity: str, objects: Iterable[JsonObject]) -> None:
    for part in _in_parts(objects):
        with cache.write() as session:
            save_objects(session, REALM, entity, part, source="pull", seen_at=AT)


def _links(cache: Cache, kind: str, entity: str, records: Iterable[Record]) -> None:
    for part in _in_parts(records):
        with cache.write() as session:
            insert_all(session, LinkTable, [_link(kind, entity, record) for record in part])


def _in_parts(records: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for record in records:
        part.append(record)
        if len(part) == PART:
            yield part
            part = []
    yield part


# --- Docket's side


def _name(number: int) -> str:
    """One of 20,000 names that share their words, as those of one trade and region do."""
    rest, family = divmod(number, len(_FAMILY))
    rest, ending = divmod(rest, len(_ENDING))
    rest, trade = divmod(rest, len(_TRADE))
    return f"{_FAMILY[family]}{_ENDING[ending]} {_TRADE[trade]}{_KIND[rest]}"


def _client(number: int, posted: bool) -> Client:
    name = _name(number)
    if not posted and number % 10 == 8:
        name = name.replace("on", "no", 1) if "on" in name else f"{name}s"
    if not posted and number % 10 == 9:
        name = f"{_ENDING[number % 12].title()}{number:x} Estate"
    return Client(
        id=f"c{number}",
        display_id=f"C-{number}",
        company_name=name,
        first_name="",
        last_name="",
        email=f"office{number}@example.com",
        phone="",
        billing=Address(f"{number} Main St", "", _TOWN[number % 8], "OK", "74101"),
        service_addresses=(),
        client_type="Commercial",
        tax_exempt=False,
        updated_at=AT,
    )


def _product_name(number: int) -> str:
    return f"{10 + number // 8} Yard {_WASTE[number % 8]}"


def _product(number: int) -> Product:
    return Product(
        id=f"d{number}",
        name=_product_name(number),
        sku="",
        category="Dumpster",
        description="",
        unit_price=Decimal(100),
        taxable=number % 2 == 0,
        updated_at=AT,
    )


def _invoice(number: int) -> Invoice:
    amounts = [10_000 + number * 37 % 50_000, 4_500 + number % 900, 2_000]
    lines = tuple(_line(number, place, amount) for place, amount in enumerate(amounts))
    net = sum(amounts)
    tax = (net * 45 + 500) // 1000
    return Invoice(
        id=f"i{number}",
        number=f"INV-{number}",
        client_id=f"c{number % CLIENTS}",
        service_address_id=None,
        issued_on=_day(number),
        due_on=_day(number) + timedelta(days=30),
        terms_days=30,
        po_number="",
        memo="Gate code 12",
        currency="USD",
        lines=lines,
        tax_lines=(TaxLine("Oklahoma", "OK", Decimal("4.5"), net, tax),),
        subtotal=net,
        discount=0,
        discount_percent=None,
        tax=tax,
        total=net + tax,
        updated_at=AT,
    )


def _line(number: int, place: int, amount: int) -> InvoiceLine:
    product = (number * 7 + place * 2) % PRODUCTS
    return InvoiceLine(
        id=f"l{number}-{place}",
        product_id=f"d{product}",
        name=_product_name(product),
        description="Drop-off and pick-up",
        quantity=Decimal(1),
        unit_price=Decimal(amount) / 100,
        amount=amount,
        taxable=True,
        service_date=_day(number),
    )


def _payment(number: int) -> Payment:
    total = _invoice(number).total
    return Payment(
        id=f"p{number}",
        number=f"P-{number}",
        client_id=f"c{number % CLIENTS}",
        method="Check",
        reference=str(10_000 + number),
        received_on=_day(number),
        amount=total,
        allocations=(Allocation(f"i{number}", total),),
        status="settled",
        updated_at=AT,
    )


def _day(number: int) -> date:
    return FIRST + timedelta(days=number % 1700)


# --- QuickBooks' side


def _account() -> JsonObject:
    return {
        "Id": "4",
        "Name": "Undeposited Funds",
        "AccountType": "Other Current Asset",
        "AccountSubType": "UndepositedFunds",
    }


def _customer(number: int) -> JsonObject:
    return {
        "Id": f"C{number}",
        "DisplayName": _name(number),
        "PrimaryEmailAddr": {"Address": f"billing{number}@example.com"},
        "BillAddr": {"Line1": f"{number} Main St", "City": _TOWN[number % 8]},
        "Taxable": True,
    }


def _item(number: int) -> JsonObject:
    return {
        "Id": f"S{number}",
        "Name": _product_name(number),
        "Type": "Service",
        "IncomeAccountRef": {"value": "1"},
        "Taxable": number % 2 == 0,
    }


def _invoice_there(number: int) -> JsonObject:
    invoice = _invoice(number)
    return {
        **_document(number, "I", invoice.total),
        "DocNumber": invoice.number,
        "PrivateNote": f"Docket [docket-qbo {number:016d}]",
        "Balance": Decimal(0 if number % 10 < 7 else invoice.total) / 100,
        "TxnTaxDetail": {"TotalTax": Decimal(invoice.tax) / 100},
        "LinkedTxn": [{"TxnId": f"P{number}", "TxnType": "Payment"}] if number % 10 < 7 else [],
        "Line": [
            {
                "Id": str(place),
                "Amount": Decimal(line.amount) / 100,
                "Description": line.description,
                "DetailType": "SalesItemLineDetail",
                "SalesItemLineDetail": {
                    "ItemRef": {"value": f"S{(line.product_id or '')[1:]}", "name": line.name},
                    "Qty": line.quantity,
                    "UnitPrice": line.unit_price,
                    "TaxCodeRef": {"value": "TAX"},
                    "ServiceDate": invoice.issued_on.isoformat(),
                },
            }
            for place, line in enumerate(invoice.lines)
        ],
        "BillEmail": {"Address": f"office{number}@example.com"},
        "CustomerMemo": {"value": "Gate code 12"},
        "DueDate": invoice.issued_on.isoformat(),
    }


def _payment_there(number: int) -> JsonObject:
    amount = Decimal(_payment(number).amount) / 100
    linked = [{"TxnId": f"I{number}", "TxnType": "Invoice"}]
    return {
        **_document(number, "P", _payment(number).amount),
        "PaymentRefNum": str(10_000 + number),
        "PaymentMethodRef": {"value": "1"},
        "UnappliedAmt": Decimal(0),
        "Line": [{"Amount": amount, "LinkedTxn": linked}],
    }


def _document(number: int, letter: str, total: int) -> JsonObject:
    return {
        "Id": f"{letter}{number}",
        "SyncToken": "0",
        "TxnDate": _day(number).isoformat(),
        "CustomerRef": {"value": f"C{number % CLIENTS}", "name": _name(number % CLIENTS)},
        "CurrencyRef": {"value": "USD", "name": "United States Dollar"},
        "TotalAmt": Decimal(total) / 100,
        "MetaData": {
            "CreateTime": "2026-10-01T08:00:00-05:00",
            "LastUpdatedTime": "2026-10-01T08:00:00-05:00",
        },
    }


def _link(kind: str, entity: str, record: Record) -> dict[str, Any]:
    whole = isinstance(record, Invoice)
    return {
        "realm": REALM,
        "kind": kind,
        "docket_id": record.id,
        "entity": entity,
        "qbo_id": record.id[:1].upper() + record.id[1:],
        "origin": "created",
        "sync_token": "0",
        "fingerprint": fingerprint(record),
        "fingerprint_version": int(VERSION),
        "snapshot": snapshot(record) if whole else None,
        "body": dumps(snapshot(record)).encode() if whole else None,
        "total_cents": record.total if isinstance(record, Invoice) else None,
        "linked_at": AT,
        "updated_at": AT,
    }
