"""Docket's records go into the cache and come back as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from core.records import Kind, Page, Record, Tombstone
from store import load
from store.cache import Cache
from store.docket import get_cursor, save_cursor, save_page
from store.rows import number_key
from tests.store import worlds
from tests.store.worlds import HOSTILE, NOW, client, credit, invoice, payment, product, refund

_LOADERS: dict[Kind, Callable[[Session], Mapping[str, Record]]] = {
    Kind.CLIENT: load.load_clients,
    Kind.PRODUCT: load.load_products,
    Kind.PAYMENT: load.load_payments,
    Kind.REFUND: load.load_refunds,
    Kind.CREDIT: load.load_credits,
}


def stored(session: Session, kind: Kind) -> dict[str, Record]:
    if kind is Kind.INVOICE:
        return {key: found for key, (found, _) in load.load_invoices(session).items()}
    return dict(_LOADERS[kind](session))


def save(cache: Cache, kind: Kind, *records: Record, tombstones: tuple[Tombstone, ...] = ()) -> int:
    with cache.write() as session:
        return save_page(session, Page(kind, records, tombstones))


def read(cache: Cache, kind: Kind) -> dict[str, Record]:
    with cache.read() as session:
        return stored(session, kind)


SAMPLES: dict[Kind, Record] = {
    Kind.CLIENT: client(company_name=HOSTILE),
    Kind.PRODUCT: product(),
    Kind.INVOICE: invoice(
        discount=100,
        discount_percent=Decimal("2.50"),
        voided_at=NOW,
        void_reason="twice",
        deleted_at=NOW + timedelta(days=1),
        qbo_synced_at=NOW - timedelta(days=1),
    ),
    Kind.PAYMENT: payment(voided_at=NOW),
    Kind.REFUND: refund(deleted_at=NOW),
    Kind.CREDIT: credit(),
}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_of_every_kind_comes_back(cache: Cache, kind: Kind) -> None:
    sample = SAMPLES[kind]
    assert save(cache, kind, sample) == 1
    assert read(cache, kind) == {sample.id: sample}


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_page_twice_changes_nothing(cache: Cache, kind: Kind) -> None:
    sample = SAMPLES[kind]
    save(cache, kind, sample)
    assert save(cache, kind, sample) == 0
    assert read(cache, kind) == {sample.id: sample}


@pytest.mark.parametrize("kind", list(Kind))
def test_an_older_record_never_takes_the_place_of_a_newer(cache: Cache, kind: Kind) -> None:
    newer = replace(SAMPLES[kind], updated_at=NOW + timedelta(hours=1))
    save(cache, kind, newer)
    assert save(cache, kind, SAMPLES[kind]) == 0
    assert read(cache, kind) == {newer.id: newer}


def test_a_newer_invoice_brings_its_lines_and_loses_the_old_ones(cache: Cache) -> None:
    save(cache, Kind.INVOICE, invoice(), invoice("i2", number="1043"))
    fewer = invoice(lines=invoice().lines[1:], tax_lines=(), updated_at=NOW + timedelta(hours=1))
    assert save(cache, Kind.INVOICE, fewer) == 1
    assert read(cache, Kind.INVOICE) == {"i1": fewer, "i2": invoice("i2", number="1043")}


def test_a_deleted_record_keeps_its_row(cache: Cache) -> None:
    save(cache, Kind.INVOICE, invoice())
    stone = Tombstone("i1", NOW + timedelta(days=2))
    assert save(cache, Kind.INVOICE, tombstones=(stone, Tombstone("never-seen", NOW))) == 1
    assert save(cache, Kind.INVOICE, tombstones=(stone,)) == 0
    assert read(cache, Kind.INVOICE) == {"i1": invoice(deleted_at=stone.deleted_at)}


def test_a_renamed_client_is_renamed_on_its_invoices(cache: Cache) -> None:
    save(cache, Kind.CLIENT, client())
    save(cache, Kind.INVOICE, invoice())
    save(cache, Kind.CLIENT, client(company_name="Zed LLC", updated_at=NOW + timedelta(hours=1)))
    with cache.read() as session:
        row = load.load_invoices(session)["i1"][1]
    assert (row.client_name, row.client_key) == ("Zed LLC", "zed llc")


def test_invoices_may_come_before_their_client(cache: Cache) -> None:
    save(cache, Kind.INVOICE, invoice())
    save(cache, Kind.CLIENT, client())
    with cache.read() as session:
        assert load.load_invoices(session)["i1"][1].client_name == "Acme Construction"


def test_a_page_and_its_cursor_are_kept_together_or_not_at_all(cache: Cache) -> None:
    def dies_half_way() -> None:
        with cache.write() as session:
            save_page(session, Page(Kind.CLIENT, [client()]))
            save_cursor(session, "docket", "client", "c-1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dies_half_way()
    with cache.read() as session:
        assert stored(session, Kind.CLIENT) == {}
        assert get_cursor(session, "docket", "client") is None


def test_a_cursor_is_replaced_and_dropped(cache: Cache) -> None:
    for value in ("a", "b"):
        with cache.write() as session:
            save_cursor(session, "docket", "client", value)
    with cache.write() as session:
        assert get_cursor(session, "docket", "client") == "b"
        save_cursor(session, "docket", "client", "")
        assert get_cursor(session, "docket", "client") is None


cents = st.integers(-(10**15), 10**15)
decimals = st.decimals(
    allow_nan=False, allow_infinity=False, places=7, min_value=-(10**9), max_value=10**9
)
texts = st.text(st.characters(codec="utf-8"), max_size=30)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    total=cents,
    quantity=decimals,
    price=decimals,
    name=texts,
    day=st.dates(min_value=date(1, 1, 1)),
)
def test_no_digit_and_no_letter_is_lost(
    cache: Cache, total: int, quantity: Decimal, price: Decimal, name: str, day: date
) -> None:
    line = replace(invoice().lines[0], quantity=quantity, unit_price=price, name=name)
    one = invoice(total=total, lines=(line,), issued_on=day, memo=name)
    save(cache, Kind.INVOICE, one)
    assert read(cache, Kind.INVOICE)["i1"] == one


def test_a_fraction_of_a_cent_is_refused(cache: Cache) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError) as refused:
        save(cache, Kind.CREDIT, credit(amount=12.5))
    assert "12.5" not in str(refused.value), "values never appear in errors"


@pytest.mark.parametrize(
    "numbers", [["999", "1000"], ["INV-9", "INV-10"], ["a-2-9", "A-2-10"], ["", "1"]]
)
def test_numbers_sort_as_a_person_counts(numbers: list[str]) -> None:
    first, second = (number_key(number) for number in numbers)
    assert first < second


def test_the_worlds_clock_is_the_sessions_clock(cache: Cache) -> None:
    from store.session import now

    with cache.read() as session:
        assert now(session) == worlds.NOW
