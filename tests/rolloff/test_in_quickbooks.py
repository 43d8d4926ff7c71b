"""The practice QuickBooks takes the sample company in, and then holds what Docket sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.clock import SandboxClock
from sandbox.qbo.company import Company
from sandbox.qbo.seed import Applier, open_books
from sandbox.rolloff import Rolloff, generate
from sandbox.rolloff.mix import IN_QBO


def opened(data: Rolloff) -> Company:
    company = Company("9130000000000001", SandboxClock())
    open_books(company, "birth", data.company_info, data.preferences)
    Applier(company).apply_all(data.qbo)
    return company


def rows(company: Company, entity: str) -> list[Mapping[str, Any]]:
    return list(company.tables[entity].records.values())


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 120))
def test_quickbooks_refuses_nothing_of_any_company(seed: int, invoices: int) -> None:
    data = generate(seed, invoices)
    company = opened(data)
    created = [entity for entity, verb, _ in data.qbo if (entity, verb) == ("Invoice", "create")]
    assert len(rows(company, "Invoice")) == len(created)


def test_what_docket_sent_stands_there_to_the_cent_and_paid_as_its_kind_says() -> None:
    data = generate()
    held = {row["DocNumber"]: row for row in rows(opened(data), "Invoice")}
    kind_of = {one: kind for kind in IN_QBO for one in data.kinds[f"invoice/{kind}"]}
    for invoice in data.docket["invoices"]:
        kind = kind_of.get(invoice["id"])
        if kind is None:
            continue
        row, total = held[invoice["number"]], Decimal(invoice["total"])
        if kind == "overage_after_sync":
            assert row["TotalAmt"] < total
        else:
            assert row["TotalAmt"] == total
        is_open = kind in ("in_qbo_open", "in_qbo_unpaid")
        assert row["Balance"] == (row["TotalAmt"] if is_open else 0)


def test_the_books_are_closed_and_the_inactive_customer_is_marked() -> None:
    data = generate()
    company = opened(data)
    (preferences,) = rows(company, "Preferences")
    assert preferences["AccountingInfoPrefs"]["BookCloseDate"] == "2026-08-31"
    inactive = [row["DisplayName"] for row in rows(company, "Customer") if not row["Active"]]
    assert inactive == ["Bluffview Estates HOA (deleted)"]
