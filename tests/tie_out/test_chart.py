"""The chart's sums are the tie-out's: SQLite adds up what the tie-out names record by record."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.errors import StoreTrouble
from core.records import Kind, Page
from store.cache import Cache
from store.company import save_company
from store.docket import save_page
from store.mirror import save_objects
from store.money_sums import load_money_sums
from store.tables.work import LinkTable
from store.tie_out import load_facts
from store.upsert import insert_all
from sync.tie_out.chart import AGE_WORDS, Chart, chart
from sync.tie_out.receivables import receivables
from sync.tie_out.shapes import Measure, Period
from sync.tie_out.tally import tie_out
from tests.store.worlds import NOW, REALM, client, company, invoice

TODAY = date(2026, 11, 20)
START = date(2026, 3, 1)
STATUSES = (
    *[("synced", "synced")] * 4,
    ("pending", "new"),
    ("conflicted", "drift"),
    ("excluded", "excluded"),
    ("excluded", "voided"),
)


def _day(dice: random.Random) -> date:
    return date(2026, 1, 1) + timedelta(days=dice.randrange(360))


def _there(dice: random.Random, number: int) -> dict[str, object]:
    total = Decimal(dice.randrange(1, 90_000)) / 100
    return {
        "Id": str(number),
        "SyncToken": "0",
        "DocNumber": str(number),
        "TxnDate": _day(dice).isoformat(),
        "DueDate": _day(dice).isoformat(),
        "CustomerRef": {"value": "58"},
        "TotalAmt": total,
        "Balance": dice.choice([Decimal(0), total]),
        "PrivateNote": dice.choice(["", "Docket [docket-qbo 1]"]),
    }


def _fill(cache: Cache, dice: random.Random, *, from_txn: bool = False) -> None:
    """Both sides at random: mostly alike, each free to differ in every way."""
    docket = [
        invoice(
            f"i{number}",
            number=str(number),
            issued_on=_day(dice),
            due_on=dice.choice([None, _day(dice)]),
            total=dice.randrange(-5_000, 90_000),
        )
        for number in range(120)
    ]
    linked = dice.sample(docket, 80)
    entities = {one.id: "Invoice" if one.total >= 0 else "CreditMemo" for one in linked}
    preferences = {"ReportPrefs": {"CalcAgingReportFromTxnDate": from_txn}}
    with cache.write() as session:
        save_company(session, company(start_date=START), preferences=preferences)
        save_page(session, Page(Kind.CLIENT, [client()]))
        save_page(session, Page(Kind.INVOICE, docket))
        there: dict[str, list[dict[str, object]]] = {"Invoice": [], "CreditMemo": []}
        for number, one in enumerate(linked):
            there[entities[one.id]].append(_there(dice, number))
        there["Invoice"] += [_there(dice, number) for number in range(200, 230)]
        for entity, objects in there.items():
            save_objects(session, REALM, entity, objects, source="pull", seen_at=NOW)
        insert_all(session, LinkTable, [_link(n, one.id, entities) for n, one in enumerate(linked)])
        raw = session.connection().connection.driver_connection
        assert raw is not None
        for one in docket:
            status, code = dice.choice(STATUSES)
            gone = dice.choice([None, None, None, "2026-10-01T00:00:00.000000Z"])
            raw.execute(
                "UPDATE invoice SET status=?, reason_code=?, voided_at=?, open_docket_cents=?"
                " WHERE docket_id=?",
                (status, code, gone, dice.choice([0, one.total]), one.id),
            )
        removed = [(str(number),) for number in dice.sample(range(80), 8)]
        raw.executemany("UPDATE qbo_object SET removed='Voided' WHERE qbo_id=?", removed)


def _link(number: int, docket_id: str, entities: dict[str, str]) -> dict[str, object]:
    return {
        "realm": REALM,
        "kind": "invoice",
        "docket_id": docket_id,
        "entity": entities[docket_id],
        "qbo_id": str(number),
        "origin": "posted",
        "sync_token": "0",
        "fingerprint": "",
        "fingerprint_version": 1,
        "linked_at": NOW,
        "updated_at": NOW,
    }


@pytest.fixture
def books(cache: Cache) -> Cache:
    _fill(cache, random.Random(20261123))
    return cache


def test_months_are_those_of_the_tie_out(books: Cache) -> None:
    found = chart(load_money_sums(books, TODAY))
    whole = tie_out(load_facts(books), Period(START.isoformat(), "9999-12-31"))
    cells = {
        one.key: (one.docket[Measure.INVOICES], one.quickbooks[Measure.INVOICES])
        for one in whole.cells
        if one.docket[Measure.INVOICES].count or one.quickbooks[Measure.INVOICES].count
    }
    assert len(cells) > 6
    assert {one.key: (one.docket, one.quickbooks) for one in found.months} == cells
    assert found.total.difference == whole.total.difference(Measure.INVOICES)


def test_what_is_open_is_what_the_receivables_say(books: Cache) -> None:
    found = chart(load_money_sums(books, TODAY))
    owed = receivables(load_facts(books))
    assert [one.key for one in found.ages] == list(AGE_WORDS)
    assert all(one.docket.count for one in found.ages)
    assert sum(one.quickbooks.count > 0 for one in found.ages) >= 4
    assert found.open.docket == owed.docket
    assert found.not_there == owed.not_there
    assert found.open.quickbooks == owed.quickbooks
    assert found.unexplained == owed.difference
    assert found.others.count


@pytest.mark.parametrize("from_txn", [False, True])
def test_age_counts_from_the_day_that_the_companys_reports_count_from(
    cache: Cache, from_txn: bool
) -> None:
    _fill(cache, random.Random(7), from_txn=from_txn)
    found = chart(load_money_sums(cache, TODAY))
    assert found.by_due_date is not from_txn
    expected = dict.fromkeys(AGE_WORDS, 0)
    with cache.read() as session:
        raw = session.connection().connection.driver_connection
        assert raw is not None
        rows = raw.execute(
            "SELECT issued_on, coalesce(due_on, issued_on) FROM invoice"
            " WHERE voided_at IS NULL AND open_docket_cents > 0"
        ).fetchall()
    for issued, due in rows:
        late = (TODAY - date.fromisoformat(issued if from_txn else due)).days
        expected[str(sum(late > end for end in (0, 30, 60, 90)))] += 1
    assert {one.key: one.docket.count for one in found.ages} == expected


def test_without_books_there_is_nothing_to_add_up(cache: Cache) -> None:
    with pytest.raises(StoreTrouble):
        load_money_sums(cache, TODAY)


def test_a_company_without_invoices_has_no_months_and_nothing_open(cache: Cache) -> None:
    with cache.write() as session:
        save_company(session, company())
    empty: Chart = chart(load_money_sums(cache, TODAY))
    assert empty.months == ()
    assert empty.open.docket.count == empty.unexplained == 0
