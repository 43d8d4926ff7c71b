"""Reading records: exactly what was written, or a refusal that names the place."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.docket.parse import CREDIT_KINDS, PAYMENT_STATUSES, parse_page, parse_record
from connectors.docket.source import ContractTrouble
from core import jsonio
from core.records import (
    Address,
    Allocation,
    Client,
    Credit,
    Invoice,
    InvoiceLine,
    Kind,
    Payment,
    Product,
    Refund,
    RefundLine,
    ServiceAddress,
    TaxLine,
)
from tests.docket.world import wire

IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CENTS = st.integers(-(10**13), 10**13)
NUMBERS = st.decimals(-(10**9), 10**9, places=5, allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
INSTANTS = st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year >= 1000)
ADDRESSES = st.builds(Address, TEXT, TEXT, TEXT, TEXT, TEXT)


def several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(one, max_size=3).map(tuple)


ALLOCATIONS = several(st.builds(Allocation, IDS, CENTS))
SITES = several(st.builds(ServiceAddress, IDS, TEXT, ADDRESSES))
LINES = several(
    st.builds(
        InvoiceLine,
        IDS,
        st.none() | IDS,
        TEXT,
        TEXT,
        NUMBERS,
        NUMBERS,
        CENTS,
        st.booleans(),
        st.none() | DAYS,
    )
)
TAX_LINES = several(st.builds(TaxLine, TEXT, TEXT, NUMBERS, CENTS, CENTS))
REFUND_LINES = several(st.builds(RefundLine, st.none() | IDS, TEXT, CENTS, st.booleans()))
ALIVE = st.none()
RECORDS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.CLIENT: st.builds(
        Client,
        id=IDS,
        display_id=TEXT,
        company_name=TEXT,
        first_name=TEXT,
        last_name=TEXT,
        email=TEXT,
        phone=TEXT,
        billing=ADDRESSES,
        service_addresses=SITES,
        client_type=TEXT,
        tax_exempt=st.booleans(),
        updated_at=INSTANTS,
        deleted_at=ALIVE,
    ),
    Kind.PRODUCT: st.builds(
        Product,
        id=IDS,
        name=TEXT,
        sku=TEXT,
        category=TEXT,
        description=TEXT,
        unit_price=NUMBERS,
        taxable=st.booleans(),
        updated_at=INSTANTS,
        deleted_at=ALIVE,
    ),
    Kind.INVOICE: st.builds(
        Invoice,
        id=IDS,
        number=TEXT,
        client_id=IDS,
        service_address_id=st.none() | IDS,
        issued_on=DAYS,
        due_on=st.none() | DAYS,
        terms_days=st.none() | st.integers(0, 365),
        po_number=TEXT,
        memo=TEXT,
        currency=st.sampled_from(["USD", "CAD"]),
        lines=LINES,
        tax_lines=TAX_LINES,
        subtotal=CENTS,
        discount=CENTS,
        discount_percent=st.none() | NUMBERS,
        tax=CENTS,
        total=CENTS,
        updated_at=INSTANTS,
        voided_at=st.none() | INSTANTS,
        void_reason=TEXT,
        deleted_at=ALIVE,
        qbo_synced_at=st.none() | INSTANTS,
    ),
    Kind.PAYMENT: st.builds(
        Payment,
        id=IDS,
        number=TEXT,
        client_id=IDS,
        method=TEXT,
        reference=TEXT,
        received_on=DAYS,
        amount=CENTS,
        allocations=ALLOCATIONS,
        status=st.sampled_from(PAYMENT_STATUSES),
        updated_at=INSTANTS,
        voided_at=st.none() | INSTANTS,
        deleted_at=ALIVE,
    ),
    Kind.REFUND: st.builds(
        Refund,
        id=IDS,
        number=TEXT,
        client_id=IDS,
        invoice_id=st.none() | IDS,
        payment_id=st.none() | IDS,
        refunded_on=DAYS,
        method=TEXT,
        reference=TEXT,
        reason=TEXT,
        lines=REFUND_LINES,
        tax=CENTS,
        amount=CENTS,
        updated_at=INSTANTS,
        voided_at=st.none() | INSTANTS,
        deleted_at=ALIVE,
    ),
    Kind.CREDIT: st.builds(
        Credit,
        id=IDS,
        number=TEXT,
        client_id=IDS,
        kind=st.sampled_from(CREDIT_KINDS),
        method=TEXT,
        issued_on=DAYS,
        amount=CENTS,
        allocations=ALLOCATIONS,
        reason=TEXT,
        updated_at=INSTANTS,
        voided_at=st.none() | INSTANTS,
        deleted_at=ALIVE,
    ),
}
ANY_RECORD = st.sampled_from(list(Kind)).flatmap(
    lambda kind: RECORDS[kind].map(lambda record: (kind, record))
)


@given(ANY_RECORD)
def test_a_record_read_back_is_the_record_that_was_written(pair: tuple[Kind, Any]) -> None:
    kind, record = pair
    assert parse_record(kind, jsonio.loads(jsonio.dumps(wire(record)))) == record


@given(ANY_RECORD, st.data())
def test_a_missing_field_is_refused_by_its_name(pair: tuple[Kind, Any], data: Any) -> None:
    kind, record = pair
    written = wire(record)
    name = data.draw(st.sampled_from(sorted(set(written) - {"id"})))
    del written[name]
    with pytest.raises(ContractTrouble) as caught:
        parse_record(kind, written)
    assert (caught.value.kind, caught.value.field) == (kind.value, name)


@given(ANY_RECORD)
def test_fields_that_the_contract_may_gain_are_ignored(pair: tuple[Kind, Any]) -> None:
    kind, record = pair
    assert parse_record(kind, {**wire(record), "colour": {"of": "the bin"}}) == record


def an_invoice() -> dict[str, Any]:
    line = InvoiceLine("l1", None, "Dry Run", "", Decimal(1), Decimal("125"), 12500, False)
    return wire(
        Invoice(
            "inv-9",
            "24009",
            "cl-1",
            None,
            date(2026, 11, 2),
            None,
            None,
            "",
            "",
            "USD",
            (line,),
            (),
            12500,
            0,
            None,
            0,
            12500,
            datetime(2026, 11, 2, 14, tzinfo=UTC),
        )
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("total", "125.005"),
        ("total", "NaN"),
        ("total", "one hundred"),
        ("total", True),
        ("total", None),
        ("total", "1e30"),
        ("tax", []),
        ("issued_on", "2026-02-30"),
        ("issued_on", "11/02/2026"),
        ("updated_at", "2026-11-02T14:00:00"),
        ("terms_days", "30"),
        ("client_id", ""),
        ("lines", {}),
        ("lines[0]", "a line"),
        ("lines[0].amount", "12.345"),
        ("lines[0].quantity", "Infinity"),
        ("lines[0].quantity", "1e-999999"),
        ("lines[0].quantity", "sNaN"),
        ("lines[0].taxable", "yes"),
        ("lines[0].product_id", 5),
    ],
)
def test_a_field_of_another_form_is_refused_with_kind_id_and_place(path: str, value: Any) -> None:
    invoice = copy.deepcopy(an_invoice())
    if path.startswith("lines[0]."):
        invoice["lines"][0][path.removeprefix("lines[0].")] = value
    elif path == "lines[0]":
        invoice["lines"][0] = value
    else:
        invoice[path] = value
    with pytest.raises(ContractTrouble) as caught:
        parse_record(Kind.INVOICE, invoice)
    trouble = caught.value
    assert (trouble.kind, trouble.record_id, trouble.field) == ("invoice", "inv-9", path)
    assert path in trouble.what
    assert "inv-9" in trouble.what


def test_a_json_number_is_as_good_as_text_and_keeps_its_cents() -> None:
    text = jsonio.dumps(an_invoice()).replace('"total":"125.00"', '"total":4503599627370497.27')
    with pytest.raises(ContractTrouble):
        parse_record(Kind.INVOICE, jsonio.loads(text))
    text = text.replace("4503599627370497.27", "12345678901.27")
    read = parse_record(Kind.INVOICE, jsonio.loads(text))
    assert isinstance(read, Invoice)
    assert read.total == 1234567890127


def test_half_a_surrogate_is_replaced_because_nothing_can_store_it() -> None:
    read = parse_record(Kind.INVOICE, {**an_invoice(), "memo": "gate \ud83d code"})
    assert isinstance(read, Invoice)
    assert read.memo == "gate ? code"


def test_hostile_text_in_a_wrong_field_reaches_the_message_tamed() -> None:
    with pytest.raises(ContractTrouble) as caught:
        parse_record(Kind.INVOICE, {**an_invoice(), "total": "\x1b]52;c;AAAA\x07" * 50})
    assert "\x1b" not in caught.value.sentences()
    assert len(caught.value.what) < 300


@pytest.mark.parametrize("page", [[], {}, {"data": []}, {"data": {}, "deleted": []}, None, 3])
def test_a_page_of_another_form_is_refused(page: Any) -> None:
    with pytest.raises(ContractTrouble):
        parse_page(Kind.INVOICE, page)


def test_one_bad_record_refuses_the_whole_page() -> None:
    page = {
        "data": [an_invoice(), {**an_invoice(), "id": "inv-10", "total": "x"}],
        "deleted": [],
        "next_cursor": "c",
        "has_more": False,
    }
    with pytest.raises(ContractTrouble, match="inv-10"):
        parse_page(Kind.INVOICE, page)
