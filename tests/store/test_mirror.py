"""What was seen of QuickBooks, in whatever order it came."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.jsonio import JsonObject
from store.books import Applied
from store.cache import Cache
from store.load_quickbooks import load_documents, load_lists
from store.mirror import mark_deleted, save_objects, unlisted
from store.mirror_rows import object_row
from tests.store.worlds import NOW, REALM, qbo_customer, qbo_invoice, qbo_payment


def save(cache: Cache, entity: str, *objects: JsonObject, source: str = "pull") -> int:
    with cache.write() as session:
        return save_objects(session, REALM, entity, objects, source=source, seen_at=NOW)


def observations(cache: Cache) -> int:
    found = cache.reader().execute("SELECT count(*) FROM observation").fetchone()
    return int(found[0])


def test_a_document_comes_back_with_its_columns_and_its_body(cache: Cache) -> None:
    assert save(cache, "Invoice", qbo_invoice()) == 1
    with cache.read() as session:
        found = load_documents(session, REALM)[("Invoice", "145")]
    assert (found.number, found.customer_id, found.txn_date) == ("1042", "58", date(2026, 11, 3))
    assert (found.total, found.tax, found.balance) == (59022, 3260, 9022)
    assert (found.removed, found.sync_token) == ("", "0")
    assert found.body == qbo_invoice()
    assert isinstance(found.body["TotalAmt"], Decimal)


def test_an_invoice_learns_from_the_payment_how_much_of_it_is_paid(cache: Cache) -> None:
    save(cache, "Invoice", qbo_invoice())
    save(cache, "Payment", qbo_payment())
    with cache.read() as session:
        found = load_documents(session, REALM)
    assert found[("Invoice", "145")].applied == (Applied("Payment", "201", 50000),)
    assert found[("Payment", "201")].applied == (Applied("Invoice", "145", 50000),)
    assert (found[("Payment", "201")].number, found[("Payment", "201")].balance) == ("5571", 0)


def test_lists_are_told_apart(cache: Cache) -> None:
    save(cache, "Customer", qbo_customer(Active=False, DisplayName="Acme Construction (deleted)"))
    save(cache, "Vendor", qbo_customer("59", DisplayName=" City  Landfill "))
    item = {"Id": "11", "Name": "Dumpster", "Type": "Service", "IncomeAccountRef": {"value": "79"}}
    save(cache, "Item", item | {"Taxable": True, "FullyQualifiedName": "Roll-off:Dumpster"})
    save(cache, "Term", {"Id": "3", "Name": "Net 30", "DueDays": 30})
    with cache.read() as session:
        lists = load_lists(session, REALM)
    customer, vendor = lists.names
    assert (customer.entity, customer.key, customer.active) == (
        "Customer",
        "acme construction",
        False,
    )
    assert (customer.email, customer.phone) == ("ann@acme.example", "(555) 555-0100")
    assert (customer.address, customer.taxable) == ("1 Main St, Austin, 78701", False)
    assert (vendor.entity, vendor.key) == ("Vendor", "city landfill")
    (found,) = lists.items
    assert (found.kind, found.full_name, found.income_account) == (
        "Service",
        "Roll-off:Dumpster",
        "79",
    )
    (term,) = lists.entries
    assert (term.entity, term.name, term.body["DueDays"]) == ("Term", "Net 30", 30)


def test_the_same_state_seen_again_is_not_news(cache: Cache) -> None:
    assert save(cache, "Invoice", qbo_invoice()) == 1
    assert save(cache, "Invoice", qbo_invoice(), source="cdc") == 0
    assert observations(cache) == 1


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ({"SyncToken": "2"}, {"SyncToken": "1"}),
        ({"SyncToken": "10"}, {"SyncToken": "9"}),
        (
            {"Balance": 0, "MetaData": {"LastUpdatedTime": "2026-11-05T00:00:00-08:00"}},
            {"Balance": 5, "MetaData": {"LastUpdatedTime": "2026-11-05T00:00:00-07:00"}},
        ),
    ],
)
def test_an_older_state_never_takes_the_place_of_a_newer(
    cache: Cache, newer: dict[str, Any], older: dict[str, Any]
) -> None:
    assert save(cache, "Invoice", qbo_invoice(**newer)) == 1
    assert save(cache, "Invoice", qbo_invoice(**older)) == 0
    with cache.read() as session:
        assert load_documents(session, REALM)[("Invoice", "145")].body == qbo_invoice(**newer)
    assert save(cache, "Invoice", qbo_invoice(SyncToken="11")) == 1
    assert observations(cache) == 2


def test_a_deleted_document_keeps_its_last_state(cache: Cache) -> None:
    save(cache, "Invoice", qbo_invoice(), qbo_invoice("146"))
    gone = [("145", NOW + timedelta(hours=1)), ("999", NOW)]
    for expected in (1, 0):
        with cache.write() as session:
            assert mark_deleted(session, REALM, "Invoice", gone) == expected
    with cache.read() as session:
        found = load_documents(session, REALM)
        assert unlisted(session, REALM, "Invoice", ["999"]) == ["146"]
    assert found[("Invoice", "145")].removed == "Deleted"
    assert found[("Invoice", "145")].body == qbo_invoice()
    assert found[("Invoice", "146")].removed == ""


def test_a_deleted_name_is_no_candidate_any_more(cache: Cache) -> None:
    save(cache, "Customer", qbo_customer())
    with cache.write() as session:
        mark_deleted(session, REALM, "Customer", [("58", NOW)])
    with cache.read() as session:
        assert load_lists(session, REALM).names == ()


@pytest.mark.parametrize(
    ("raw", "removed"),
    [
        ({"TotalAmt": 0, "PrivateNote": "Voided - wrong client"}, "Voided"),
        ({"TotalAmt": Decimal("5.00"), "PrivateNote": "Voided cheque replaced"}, ""),
        ({"TotalAmt": 0, "PrivateNote": "free of charge"}, ""),
        ({"status": "Deleted"}, "Deleted"),
    ],
)
def test_a_void_is_recognised_by_what_quickbooks_leaves_of_it(
    raw: dict[str, Any], removed: str
) -> None:
    assert object_row("Invoice", qbo_invoice(**raw))["removed"] == removed


@pytest.mark.parametrize("raw", [{}, {"Id": ""}, {"Id": "1", "TotalAmt": Decimal("0.005")}])
def test_what_quickbooks_never_sends_is_refused(raw: JsonObject) -> None:
    with pytest.raises(ValueError, match=r"Id|cents"):
        object_row("Invoice", raw)


def test_what_is_left_out_is_empty() -> None:
    row = object_row("Payment", {"Id": "7"})
    assert (row["number"], row["total_cents"], row["applied"], row["txn_date"]) == (
        "",
        None,
        [],
        None,
    )


@given(st.permutations([0, 1, 2, 3, 4]))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    from store.mirror import _replaces

    at = datetime(2026, 11, 3, tzinfo=UTC)
    kept: dict[str, Any] | None = None
    for version in order:
        row = {"sync_token": str(version), "changed_at": at, "body_sha256": str(version)}
        known = kept and (kept["sync_token"], kept["changed_at"], kept["body_sha256"])
        if _replaces(row, known or None):
            kept = row
    assert kept is not None
    assert kept["sync_token"] == "4"
