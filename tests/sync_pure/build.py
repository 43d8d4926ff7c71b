"""Small factories of Docket's and QuickBooks' records, and of the books they make.

A factory gives a plain case; a test names only what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.money import Cents, line_amount
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
from core.text import name_key
from store.books import (
    Applied,
    Books,
    Choice,
    Company,
    Document,
    Entry,
    InvoiceFile,
    Item,
    Link,
    Name,
    Posted,
)
from store.states import InvoiceStatus, LinkOrigin, PostingState
from sync.fingerprint import fingerprint
from sync.plan import make_plan
from sync.policy import Policy
from sync.preflight import preflight
from sync.shapes import InvoiceCheck, InvoicePlan, Plan, PlannedPosting

AT = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAY = date(2026, 10, 5)


def company(**changes: Any) -> Company:
    """A US company that takes our numbers and has sales tax."""
    plain = Company(
        realm_id="9130000000000001",
        name="Acme Roll-Off LLC",
        country="US",
        currency="USD",
        time_zone="America/Chicago",
        subscription="SUBSCRIBED",
        live=False,
        birth_id="b1",
        start_date=None,
        books_closed_on=None,
        custom_numbers=True,
        uses_sales_tax=True,
        automated_tax=True,
        auto_apply_credit=False,
        multicurrency=False,
    )
    return replace(plain, **changes)


def client(client_id: str = "c1", name: str = "Bright Homes", **changes: Any) -> Client:
    """A Docket client: a company without address."""
    plain = Client(
        id=client_id,
        display_id=client_id.upper(),
        company_name=name,
        first_name="",
        last_name="",
        email="",
        phone="",
        billing=Address(),
        service_addresses=(),
        client_type="Commercial",
        tax_exempt=False,
        updated_at=AT,
    )
    return replace(plain, **changes)


def place(place_id: str, line1: str, city: str = "Tulsa") -> ServiceAddress:
    """A service address."""
    return ServiceAddress(place_id, "", Address(line1, "", city, "OK", "74101"))


def product(product_id: str = "p1", name: str = "20 Yard Dumpster", **changes: Any) -> Product:
    """A line of the price book."""
    plain = Product(
        id=product_id,
        name=name,
        sku="",
        category="Dumpster",
        description="",
        unit_price=Decimal("100.00"),
        taxable=False,
        updated_at=AT,
    )
    return replace(plain, **changes)


def line(
    price: str = "100.00",
    quantity: str = "1",
    name: str = "20 Yard Dumpster",
    product_id: str | None = "p1",
    **changes: Any,
) -> InvoiceLine:
    """A line whose amount is quantity times price."""
    plain = InvoiceLine(
        id="l1",
        product_id=product_id,
        name=name,
        description="",
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        amount=line_amount(Decimal(quantity), Decimal(price)),
        taxable=False,
    )
    return replace(plain, **changes)


def invoice(
    invoice_id: str = "i1",
    number: str = "1042",
    client_id: str = "c1",
    lines: Iterable[InvoiceLine] | None = None,
    *,
    tax: Cents = 0,
    discount: Cents = 0,
    **changes: Any,
) -> Invoice:
    """An invoice that adds up: one line of 100.00 unless told otherwise."""
    kept = tuple([line()] if lines is None else lines)
    subtotal = sum(one.amount for one in kept)
    taxable = sum(one.amount for one in kept if one.taxable)
    plain = Invoice(
        id=invoice_id,
        number=number,
        client_id=client_id,
        service_address_id=None,
        issued_on=DAY,
        due_on=None,
        terms_days=None,
        po_number="",
        memo="",
        currency="USD",
        lines=kept,
        tax_lines=(TaxLine("County", "County", Decimal("8"), taxable, tax),) if tax else (),
        subtotal=subtotal,
        discount=discount,
        discount_percent=None,
        tax=tax,
        total=subtotal - discount + tax,
        updated_at=AT,
    )
    return replace(plain, **changes)


def payment(
    payment_id: str = "y1",
    amount: Cents = 100_00,
    to: Mapping[str, Cents] | None = None,
    **changes: Any,
) -> Payment:
    """A settled check for invoice i1."""
    parts = {"i1": amount} if to is None else to
    plain = Payment(
        id=payment_id,
        number=f"P-{payment_id}",
        client_id="c1",
        method="Check",
        reference="",
        received_on=DAY,
        amount=amount,
        allocations=tuple(Allocation(key, part) for key, part in parts.items()),
        status="settled",
        updated_at=AT,
    )
    return replace(plain, **changes)


def refund(refund_id: str = "r1", amount: Cents = 30_00, **changes: Any) -> Refund:
    """A refund on invoice i1, of its one product."""
    plain = Refund(
        id=refund_id,
        number=f"R-{refund_id}",
        client_id="c1",
        invoice_id="i1",
        payment_id=None,
        refunded_on=DAY,
        method="Check",
        reference="",
        reason="picked up late",
        lines=(RefundLine("p1", "20 Yard Dumpster", amount, False),),
        tax=0,
        amount=amount,
        updated_at=AT,
    )
    return replace(plain, **changes)


def name(
    qbo_id: str = "51", text: str = "Bright Homes", entity: str = "Customer", **changes: Any
) -> Name:
    """A customer, vendor or employee."""
    bare = text.removesuffix(" (deleted)")
    plain = Name(entity=entity, qbo_id=qbo_id, name=text, key=name_key(bare), active=True)
    return replace(plain, **changes)


def item(qbo_id: str = "11", text: str = "20 Yard Dumpster", **changes: Any) -> Item:
    """A service in QuickBooks."""
    plain = Item(
        qbo_id=qbo_id,
        name=text,
        full_name=text,
        key=name_key(text),
        kind="Service",
        active=True,
        taxable=False,
        income_account="79",
    )
    return replace(plain, **changes)


def entry(entity: str, qbo_id: str, text: str, **body: Any) -> Entry:
    """A row of a short list."""
    return Entry(entity, qbo_id, text, name_key(text), True, body)


def document(
    qbo_id: str = "901",
    entity: str = "Invoice",
    number: str = "1042",
    total: Cents = 100_00,
    **changes: Any,
) -> Document:
    """A document of customer 51 in QuickBooks, open in full."""
    plain = Document(
        entity=entity,
        qbo_id=qbo_id,
        sync_token="0",
        number=number,
        customer_id="51",
        txn_date=DAY,
        total=total,
        tax=0,
        balance=total,
        note="",
        removed="",
        applied=(),
        body={},
    )
    return replace(plain, **changes)


def paid(qbo_id: str, invoice_id: str = "901", total: Cents = 100_00, **changes: Any) -> Document:
    """A payment in QuickBooks, applied in full to one invoice."""
    parts = (Applied("Invoice", invoice_id, total),)
    plain = document(qbo_id, "Payment", "", total, balance=0, applied=parts)
    return replace(plain, **changes)


def link(record: Any, entity: str, qbo_id: str, **changes: Any) -> Link:
    """A link made when the Docket record was as it is here."""
    plain = Link(
        kind=type(record).__name__.lower(),
        docket_id=record.id,
        entity=entity,
        qbo_id=qbo_id,
        origin=LinkOrigin.CREATED,
        sync_token="0",
        fingerprint=fingerprint(record),
        linked_at=AT,
    )
    return replace(plain, **changes)


def posted(
    kind: str = "invoice",
    docket_id: str = "i1",
    state: PostingState = PostingState.CONFIRMED,
    **changes: Any,
) -> Posted:
    """A posting of the journal."""
    entities = {"invoice": "Invoice", "payment": "Payment", "client": "Customer"}
    plain = Posted(
        id=1,
        kind=kind,
        docket_id=docket_id,
        invoice_id="i1",
        entity=entities.get(kind, "CreditMemo"),
        operation="create",
        generation=0,
        state=state,
        reason="",
        fault_code="",
        qbo_id="",
        run_id=1,
    )
    return replace(plain, **changes)


def books(
    *,
    invoices: Iterable[Invoice] | None = None,
    payments: Iterable[Payment] = (),
    refunds: Iterable[Refund] = (),
    credits_: Iterable[Credit] = (),
    clients: Iterable[Client] | None = None,
    products: Iterable[Product] | None = None,
    names: Iterable[Name] | None = None,
    items: Iterable[Item] | None = None,
    entries: Iterable[Entry] = (),
    documents: Iterable[Document] = (),
    links: Iterable[Link] = (),
    choices: Iterable[Choice] = (),
    postings: Iterable[Posted] = (),
    excluded: Iterable[str] = (),
    of: Company | None = None,
) -> Books:
    """The books: by default one client, one product, one invoice, and their namesakes."""
    own = list([invoice()] if invoices is None else invoices)
    money, back = list(payments), list(refunds)
    grouped: dict[tuple[str, str], tuple[Posted, ...]] = {}
    for row in postings:
        key = (row.kind, row.docket_id)
        grouped[key] = (*grouped.get(key, ()), row)
    left_out = set(excluded)
    return Books(
        company=of or company(),
        settings={},
        clients={one.id: one for one in ([client()] if clients is None else clients)},
        products={one.id: one for one in ([product()] if products is None else products)},
        invoices={
            one.id: InvoiceFile(
                invoice=one,
                payments=tuple(
                    p for p in money if any(a.invoice_id == one.id for a in p.allocations)
                ),
                refunds=tuple(r for r in back if r.invoice_id == one.id),
                excluded=one.id in left_out,
                excluded_reason="",
                status=InvoiceStatus.PENDING,
            )
            for one in own
        },
        credits={one.id: one for one in credits_},
        names=tuple([name()] if names is None else names),
        items=tuple([item()] if items is None else items),
        entries=tuple(entries),
        documents={(one.entity, one.qbo_id): one for one in documents},
        links={(one.kind, one.docket_id): one for one in links},
        choices={(one.kind, one.key): one for one in choices},
        postings=grouped,
    )


def check(of: Books, policy: Policy | None = None, invoice_id: str = "i1") -> InvoiceCheck:
    """What preflight says of one invoice."""
    return preflight(of, policy or Policy()).invoices[invoice_id]


def plan(of: Books, policy: Policy | None = None, *ids: str) -> Plan:
    """The plan of the invoices named, or of all."""
    chosen = policy or Policy()
    return make_plan(of, chosen, preflight(of, chosen), list(ids) or list(of.invoices))


def plan_one(of: Books, policy: Policy | None = None, invoice_id: str = "i1") -> InvoicePlan:
    """The plan of one invoice of a plan of all."""
    found = plan(of, policy)
    return next(one for one in found.invoices if one.docket_id == invoice_id)


def postings_of(of: Plan) -> list[PlannedPosting]:
    """Every posting of a plan, in order."""
    return [posting for one in of.invoices for posting in one.postings]


def kinds(of: Books, policy: Policy | None = None, invoice_id: str = "i1") -> list[str]:
    """The kinds of conflict that preflight finds."""
    return [str(found.kind) for found in check(of, policy, invoice_id).findings]
