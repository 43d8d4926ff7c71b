"""From the contract's JSON (docs/docket-api.yaml) to core's records, strictly.

The field names on the wire are the names in core/records.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from connectors.docket.fields import Fields
from core.records import (
    Account,
    Address,
    Allocation,
    Client,
    Credit,
    Invoice,
    InvoiceLine,
    Kind,
    Page,
    Payment,
    Product,
    Record,
    Refund,
    RefundLine,
    ServiceAddress,
    TaxLine,
    Tombstone,
)

PAYMENT_STATUSES = ("settled", "pending", "returned")
CREDIT_KINDS = ("prepayment", "memo")


def parse_page(kind: Kind, raw: object) -> Page:
    """Read one page of a listing.

    Raises:
        ContractTrouble: the page, or one record in it, does not fit; it names which.
    """
    page = Fields(f"{kind.value} page", raw)
    deleted = page.parts("deleted")
    return Page(
        kind=kind,
        records=tuple(parse_record(kind, one) for one in page.items("data")),
        tombstones=tuple(Tombstone(one.id(), one.instant("deleted_at")) for one in deleted),
        cursor=page.id("next_cursor"),
        more=page.flag("has_more"),
    )


def parse_record(kind: Kind, raw: object) -> Record:
    """Read one record of `kind`.

    Raises:
        ContractTrouble: a field is missing or has another form; it names which.
    """
    return _PARSERS[kind](Fields(kind.value, raw))


def parse_account(raw: object) -> Account:
    """Read the account.

    Raises:
        ContractTrouble: it does not fit.
    """
    account = Fields("account", raw)
    return Account(id=account.id(), name=account.text("name"))


def _address(raw: Fields) -> Address:
    return Address(
        line1=raw.text("line1"),
        line2=raw.text("line2"),
        city=raw.text("city"),
        state=raw.text("state"),
        postal_code=raw.text("postal_code"),
    )


def _client(raw: Fields) -> Client:
    return Client(
        id=raw.id(),
        display_id=raw.text("display_id"),
        company_name=raw.text("company_name"),
        first_name=raw.text("first_name"),
        last_name=raw.text("last_name"),
        email=raw.text("email"),
        phone=raw.text("phone"),
        billing=_address(raw.part("billing")),
        service_addresses=tuple(
            ServiceAddress(one.id(), one.text("name"), _address(one.part("address")))
            for one in raw.parts("service_addresses")
        ),
        client_type=raw.text("client_type"),
        tax_exempt=raw.flag("tax_exempt"),
        updated_at=raw.instant("updated_at"),
    )


def _product(raw: Fields) -> Product:
    return Product(
        id=raw.id(),
        name=raw.text("name"),
        sku=raw.text("sku"),
        category=raw.text("category"),
        description=raw.text("description"),
        unit_price=raw.number("unit_price"),
        taxable=raw.flag("taxable"),
        updated_at=raw.instant("updated_at"),
    )


def _invoice_line(raw: Fields) -> InvoiceLine:
    return InvoiceLine(
        id=raw.id(),
        product_id=raw.id_or_none("product_id"),
        name=raw.text("name"),
        description=raw.text("description"),
        quantity=raw.number("quantity"),
        unit_price=raw.number("unit_price"),
        amount=raw.cents("amount"),
        taxable=raw.flag("taxable"),
        service_date=raw.day_or_none("service_date"),
    )


def _tax_line(raw: Fields) -> TaxLine:
    return TaxLine(
        name=raw.text("name"),
        agency=raw.text("agency"),
        rate=raw.number("rate"),
        taxable_amount=raw.cents("taxable_amount"),
        amount=raw.cents("amount"),
    )


def _invoice(raw: Fields) -> Invoice:
    return Invoice(
        id=raw.id(),
        number=raw.text("number"),
        client_id=raw.id("client_id"),
        service_address_id=raw.id_or_none("service_address_id"),
        issued_on=raw.day("issued_on"),
        due_on=raw.day_or_none("due_on"),
        terms_days=raw.whole_or_none("terms_days"),
        po_number=raw.text("po_number"),
        memo=raw.text("memo"),
        currency=raw.id("currency"),
        lines=tuple(_invoice_line(one) for one in raw.parts("lines")),
        tax_lines=tuple(_tax_line(one) for one in raw.parts("tax_lines")),
        subtotal=raw.cents("subtotal"),
        discount=raw.cents("discount"),
        discount_percent=raw.number_or_none("discount_percent"),
        tax=raw.cents("tax"),
        total=raw.cents("total"),
        updated_at=raw.instant("updated_at"),
        voided_at=raw.instant_or_none("voided_at"),
        void_reason=raw.text("void_reason"),
        qbo_synced_at=raw.instant_or_none("qbo_synced_at"),
    )


def _allocations(raw: Fields) -> tuple[Allocation, ...]:
    return tuple(
        Allocation(one.id("invoice_id"), one.cents("amount")) for one in raw.parts("allocations")
    )


def _payment(raw: Fields) -> Payment:
    return Payment(
        id=raw.id(),
        number=raw.text("number"),
        client_id=raw.id("client_id"),
        method=raw.text("method"),
        reference=raw.text("reference"),
        received_on=raw.day("received_on"),
        amount=raw.cents("amount"),
        allocations=_allocations(raw),
        status=raw.one_of("status", PAYMENT_STATUSES),
        updated_at=raw.instant("updated_at"),
        voided_at=raw.instant_or_none("voided_at"),
    )


def _refund_line(raw: Fields) -> RefundLine:
    return RefundLine(
        product_id=raw.id_or_none("product_id"),
        name=raw.text("name"),
        amount=raw.cents("amount"),
        taxable=raw.flag("taxable"),
    )


def _refund(raw: Fields) -> Refund:
    return Refund(
        id=raw.id(),
        number=raw.text("number"),
        client_id=raw.id("client_id"),
        invoice_id=raw.id_or_none("invoice_id"),
        payment_id=raw.id_or_none("payment_id"),
        refunded_on=raw.day("refunded_on"),
        method=raw.text("method"),
        reference=raw.text("reference"),
        reason=raw.text("reason"),
        lines=tuple(_refund_line(one) for one in raw.parts("lines")),
        tax=raw.cents("tax"),
        amount=raw.cents("amount"),
        updated_at=raw.instant("updated_at"),
        voided_at=raw.instant_or_none("voided_at"),
    )


def _credit(raw: Fields) -> Credit:
    return Credit(
        id=raw.id(),
        number=raw.text("number"),
        client_id=raw.id("client_id"),
        kind=raw.one_of("kind", CREDIT_KINDS),
        method=raw.text("method"),
        issued_on=raw.day("issued_on"),
        amount=raw.cents("amount"),
        allocations=_allocations(raw),
        reason=raw.text("reason"),
        updated_at=raw.instant("updated_at"),
        voided_at=raw.instant_or_none("voided_at"),
    )


_PARSERS: Mapping[Kind, Callable[[Fields], Record]] = {
    Kind.CLIENT: _client,
    Kind.PRODUCT: _product,
    Kind.INVOICE: _invoice,
    Kind.PAYMENT: _payment,
    Kind.REFUND: _refund,
    Kind.CREDIT: _credit,
}
