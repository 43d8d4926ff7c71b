"""The books, the list and the details, as the rest of the program reads them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import StoreTrouble
from core.ids import SeededIds
from core.records import Allocation, Kind, Page
from store import audit, journal, list_plan, listing, sqlite
from store.books import Choice
from store.cache import Cache
from store.choices import put_choice
from store.company import save_company
from store.details import Records
from store.docket import save_page
from store.links import add_link
from store.listing import Column, CountAndSum, Filter, InvoiceRow, Listing, Sort
from store.load import load_books
from store.mirror import save_objects
from store.posting_views import JournalFilter
from store.settings import put_setting
from store.states import InvoiceStatus, LinkOrigin, PostingState
from store.statuses import ConflictRow, StatusRow, exclude, save_checks, save_conflicts
from tests.store.test_journal import add, claim
from tests.store.worlds import (
    HOSTILE,
    NOW,
    REALM,
    StillClock,
    client,
    company,
    credit,
    invoice,
    payment,
    product,
    qbo_customer,
    qbo_invoice,
    qbo_payment,
    refund,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def books_file(cache: Cache) -> Path:
    """Two clients, three invoices, money for the first two, and QuickBooks' side of the first."""
    i2 = invoice("i2", number="999", client_id="c2", total=9022, issued_on=date(2026, 10, 1))
    i3 = invoice("i3", number="1043", client_id="c2", total=12430_00, issued_on=date(2026, 12, 1))
    with cache.write() as session:
        save_company(session, company())
        save_page(session, Page(Kind.CLIENT, [client(), client("c2", company_name=HOSTILE)]))
        save_page(session, Page(Kind.PRODUCT, [product()]))
        save_page(session, Page(Kind.INVOICE, [invoice(), i2, i3]))
        early = payment("y0", received_on=date(2026, 11, 1), allocations=(Allocation("i1", 1),))
        save_page(session, Page(Kind.PAYMENT, [payment(), early]))
        save_page(session, Page(Kind.REFUND, [refund()]))
        save_page(session, Page(Kind.CREDIT, [credit()]))
        for entity, raw in (
            ("Customer", qbo_customer()),
            ("Invoice", qbo_invoice()),
            ("Invoice", qbo_invoice("146", DocNumber="7", TotalAmt=7, LinkedTxn=[])),
            ("Payment", qbo_payment()),
        ):
            save_objects(session, REALM, entity, [raw], source="pull", seen_at=NOW)
        add_link(session, REALM, "invoice", "i1", "Invoice", "145", LinkOrigin.ADOPTED, "0")
        put_choice(session, Choice("product", "p1", "use", "Item", "11"), "ann")
        put_setting(session, "refunds", "credit_memo")
        exclude(session, ["i2"], "paid in cash")
    return cache.path


def test_the_books_hold_both_sides(cache: Cache, books_file: Path) -> None:
    with cache.write() as session:
        posting = add(session)
        journal.settle(
            session, posting, claim(session, posting), PostingState.REJECTED, reason="no"
        )
    books = load_books(cache)
    assert books.company == company()
    assert books.settings == {"refunds": "credit_memo"}
    assert books.clients == {"c1": client(), "c2": client("c2", company_name=HOSTILE)}
    assert books.products == {"p1": product()}
    assert books.credits == {"k1": credit()}
    first = books.invoices["i1"]
    assert first.invoice == invoice()
    assert [one.id for one in first.payments] == ["y0", "y1"], "oldest first"
    assert first.payments[1] == payment()
    assert first.refunds == (refund(),)
    assert [one.id for one in books.invoices["i2"].payments] == ["y1"]
    assert (books.invoices["i2"].excluded, books.invoices["i2"].excluded_reason) == (
        True,
        "paid in cash",
    )
    assert set(books.documents) == {("Invoice", "145"), ("Invoice", "146"), ("Payment", "201")}
    assert [one.qbo_id for one in books.names] == ["58"]
    assert books.links[("invoice", "i1")].origin is LinkOrigin.ADOPTED
    assert books.choices[("product", "p1")].qbo_id == "11"
    (posted,) = books.postings[("invoice", "i1")]
    assert (posted.state, posted.reason, posted.qbo_id) == (PostingState.REJECTED, "no", "")


def test_books_without_a_company_say_that_a_refresh_is_due(cache: Cache) -> None:
    with pytest.raises(StoreTrouble, match="empty"):
        load_books(cache)


# the list


def ids(listing: Listing, sort: Sort, which: Filter | None = None) -> list[str]:
    return [row.docket_id for row in listing.page(which or Filter(), sort, 0, 100)]


def test_the_list_shows_an_invoice_with_its_clients_name(cache: Cache, books_file: Path) -> None:
    listing = Listing(cache.reader())
    assert listing.page(Filter(ids=["i1"]), Sort(), 0, 5) == [
        InvoiceRow(
            docket_id="i1",
            number="1042",
            issued_on=date(2026, 11, 3),
            client="Acme Construction",
            total=59022,
            open_docket=59022,
            open_qbo=None,
            qbo_number="",
            last_synced=NOW,
            status=InvoiceStatus.PENDING,
            reason="",
            reason_code="new",
            paid=False,
        )
    ]
    assert listing.company_name() == "Acme Roll-Off LLC"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort("number", descending=False), ["i2", "i1", "i3"]),
        (Sort("issued_on"), ["i3", "i1", "i2"]),
        (Sort("client", descending=False), ["i2", "i3", "i1"]),
        (Sort("total"), ["i3", "i1", "i2"]),
        (Sort("open_docket", descending=False), ["i2", "i1", "i3"]),
        (Sort("status", descending=False), ["i2", "i1", "i3"]),  # and by day
        (Sort("last_synced"), ["i1", "i3", "i2"]),
        (Sort("open_qbo"), ["i3", "i2", "i1"]),  # nothing there: as they came
        (Sort("qbo_number", descending=False), ["i1", "i2", "i3"]),
        (Sort("reason", descending=False), ["i1", "i2", "i3"]),
    ],
)
def test_the_list_is_sorted(
    cache: Cache, books_file: Path, sort: Sort, expected: list[str]
) -> None:
    assert ids(Listing(cache.reader()), sort) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1042", ["i1"]),
        ("  ACME  ", ["i1", "i3", "i2"]),  # in the client's hostile name too
        ("construction 1042", ["i1"]),
        ("construction 999", []),
        ("12,430.00", ["i3"]),
        ("12430", ["i3"]),
        ("overage", ["i3", "i1", "i2"]),
        ("po-7 999", ["i2"]),
        ("%_!", ["i3", "i2"]),
        ("%", ["i3", "i2"]),
        ("söhne", ["i3", "i2"]),
        ("'; DROP TABLE invoice; --", []),
    ],
)
def test_the_list_is_searched(
    cache: Cache, books_file: Path, text: str, expected: list[str]
) -> None:
    listing = Listing(cache.reader())
    assert sorted(ids(listing, Sort(), Filter(text=text))) == sorted(expected)
    assert listing.count(Filter(text=text)).count == len(expected)


def test_filters_combine_and_add_up(cache: Cache, books_file: Path) -> None:
    with cache.write() as session:
        row = StatusRow("i3", InvoiceStatus.SYNCED, "synced", "", 0, 0, "9", "1043", True)
        save_checks(session, [row])
    listing = Listing(cache.reader())
    assert listing.tabs()[InvoiceStatus.PENDING] == CountAndSum(2, 59022 + 9022)
    assert listing.tabs()[InvoiceStatus.SYNCED] == CountAndSum(1, 1243000)
    assert listing.tabs()[InvoiceStatus.EXCLUDED] == CountAndSum(0, 0)
    assert listing.ids(Filter(paid=True)) == ["i3"]
    assert listing.ids(Filter(status=InvoiceStatus.PENDING, paid=False)) == ["i1", "i2"]
    assert listing.ids(Filter(reason_code="synced", text="999")) == []
    assert listing.sums(["i1", "i3", "nobody"]) == CountAndSum(2, 59022 + 1243000)
    assert listing.count(Filter(ids=[])) == CountAndSum(0, 0)


def test_a_selection_of_any_size_may_be_asked_for(cache: Cache, books_file: Path) -> None:
    many = [f"x{number}" for number in range(50_000)] + ["i1"]
    assert Listing(cache.reader()).sums(many) == CountAndSum(1, 59022)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    column=st.sampled_from(["number", "issued_on", "client", "total", "open_docket", "status"]),
    descending=st.booleans(),
    size=st.integers(1, 7),
    text=st.sampled_from(["", "acme", "104", "nothing"]),
)
def test_pages_and_positions_agree(
    many: Cache, column: Column, descending: bool, size: int, text: str
) -> None:
    listing = Listing(many.reader())
    which = Filter(text=text)
    sort = replace(Sort(), column=column, descending=descending)
    whole = ids(listing, sort, which)
    pages = [
        row.docket_id
        for offset in range(0, len(whole) + size, size)
        for row in listing.page(which, sort, offset, size)
    ]
    assert pages == whole
    assert len(whole) == listing.count(which).count == len(set(whole))
    for place, docket_id in enumerate(whole):
        assert listing.position(docket_id, which, sort) == place
    assert listing.position("nobody", which, sort) is None


@pytest.fixture
def many(cache: Cache) -> Cache:
    with cache.write() as session:
        save_page(session, Page(Kind.CLIENT, [client(), client("c2", company_name="Zed")]))
        records = [
            invoice(
                f"i{number}",
                number=str(1040 + number % 5),
                client_id=f"c{1 + number % 2}",
                issued_on=date(2026, 1, 1) + timedelta(days=number % 3),
                total=number % 4,
            )
            for number in range(17)
        ]
        save_page(session, Page(Kind.INVOICE, records))
        synced = [
            StatusRow(
                one.id, InvoiceStatus.SYNCED, "synced", "", 0, 0, f"9{one.id}", one.number, True
            )
            for one in records[::3]
        ]
        save_checks(session, synced)
    return cache


def test_an_invoice_outside_the_filter_has_no_position(many: Cache) -> None:
    listing = Listing(many.reader())
    assert listing.position("i1", Filter(text="acme"), Sort()) is None
    assert listing.position("i1", Filter(ids=["i2"]), Sort()) is None
    assert listing.position("i1", Filter(ids=["i1"]), Sort()) == 0


@pytest.mark.parametrize("column", get_args(Column))
@pytest.mark.parametrize("descending", [False, True])
def test_no_page_of_the_whole_list_is_sorted_by_hand(
    many: Cache, column: Column, descending: bool
) -> None:
    asked: list[str] = []
    connection = many.reader()
    connection.set_trace_callback(asked.append)
    Listing(connection).page(Filter(), replace(Sort(), column=column, descending=descending), 5, 5)
    connection.set_trace_callback(None)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked[-1]}")]
    assert any("USING COVERING INDEX" in step for step in plan), plan
    assert sum("TEMP B-TREE" in step for step in plan) <= 1, "only the page itself is sorted"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    which=st.builds(
        Filter,
        status=st.sampled_from([None, InvoiceStatus.PENDING, InvoiceStatus.SYNCED]),
        paid=st.sampled_from([None, True, False]),
        reason_code=st.sampled_from(["", "new", "synced"]),
        text=st.sampled_from(["", "a", "104", "zed 104", "1042", "nothing"]),
        client=st.sampled_from(["", "zed", "acme c"]),
        first_day=st.sampled_from([None, date(2026, 1, 2)]),
        last_day=st.sampled_from([None, date(2026, 1, 2)]),
        least=st.sampled_from([None, 1]),
        most=st.sampled_from([None, 2]),
    ),
    sort=st.builds(Sort, st.sampled_from(get_args(Column)), st.booleans()),
    places=st.lists(st.integers(0, 17), min_size=1, max_size=4),
    counted_to=st.sampled_from([2, 20_000]),
)
def test_whichever_way_a_page_is_found_it_is_the_same(
    many: Cache, which: Filter, sort: Sort, places: list[int], counted_to: int
) -> None:
    with pytest.MonkeyPatch.context() as small:
        for module in (listing, list_plan):
            small.setattr(module, "COUNTED_TO", counted_to)
            small.setattr(module, "NEAR", 3 * counted_to)
        _compare_pages(many, which, sort, places)


def _compare_pages(many: Cache, which: Filter, sort: Sort, places: list[int]) -> None:
    listing = Listing(many.reader())
    whole = ids(Listing(many.reader()), sort)
    fitting = [key for key in whole if listing.position(key, which, sort) is not None]
    assert sorted(fitting) == sorted(listing.ids(which))
    found = listing.count(which)
    assert found == listing.sums(fitting)
    assert listing.known(which) in (None, found)
    for place in places:
        page = [row.docket_id for row in listing.page(which, sort, place, 3)]
        assert page == fitting[place : place + 3]
    for place, docket_id in enumerate(fitting):
        assert listing.position(docket_id, which, sort) == place


def test_the_list_notices_what_others_commit(many: Cache) -> None:
    with Listing.open(many.path) as listing:
        before = listing.data_version()
        assert listing.data_version() == before
        other = Cache.open(many.path, clock=StillClock(), ids=SeededIds(2))
        with other.write() as session:
            put_setting(session, "a", "b")
        other.close()
        assert listing.data_version() != before


def test_a_file_that_is_no_cache_cannot_be_listed(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="cannot be opened"):
        Listing.open(tmp_path / "nothing.db")
    (tmp_path / "diary.db").write_bytes(b"dear diary\n" * 200)
    with pytest.raises(StoreTrouble, match="damaged"):
        Listing.open(tmp_path / "diary.db")
    sqlite.connect(tmp_path / "empty.db").close()
    with pytest.raises(StoreTrouble, match="tables"):
        Listing.open(tmp_path / "empty.db")


def test_the_list_loads_nothing_but_sqlite_and_core() -> None:
    code = "import sys, store.listing; print(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert "store" in loaded
    assert not loaded & {"sqlalchemy", "sqlmodel", "pydantic", "alembic", "filelock"}


# details


def test_an_invoice_is_shown_with_everything_around_it(cache: Cache, books_file: Path) -> None:
    with cache.write() as session:
        posting = add(session)
        fence = claim(session, posting)
        journal.add_attempt(
            session, posting, "send", NOW, NOW, 500, "10000", "oops", "tid-1", "unclear"
        )
        journal.settle(session, posting, fence, PostingState.UNKNOWN, next_try_at=NOW)
        audit.append(session, NOW, "ann", "posting UNKNOWN", "invoice:i1", {"state": "SENDING"})
        save_conflicts(session, [ConflictRow("i1", "tax", "invoice", "i1", "1042", "Tax.", {})])
    detail = Records(cache).invoice("i1")
    assert detail is not None
    assert (detail.invoice, detail.client) == (invoice(), client())
    assert [one.id for one in detail.payments] == ["y0", "y1"]
    assert detail.refunds == (refund(),)
    assert [one.qbo_id for one in detail.documents] == ["145"]
    assert [one.qbo_id for one in detail.links] == ["145"]
    (view,) = detail.postings
    assert (view.state, view.words) == (PostingState.UNKNOWN, "checking with QuickBooks")
    assert (view.intuit_tid, view.attempts, view.next_try_at) == ("tid-1", 1, NOW)
    assert view.calls[0].fault_text == "oops"
    assert [one.words for one in detail.conflicts] == ["Tax."]
    assert [(one.actor, one.before) for one in detail.history] == [("ann", {"state": "SENDING"})]
    assert Records(cache).invoice("nobody") is None


def test_the_sync_log_is_read_in_pages_newest_first(cache: Cache, books_file: Path) -> None:
    with cache.write() as session:
        postings = [add(session, f"i{number}") for number in range(1, 6)]
        fence = claim(session, postings[0])
        journal.settle(session, postings[0], fence, PostingState.CONFIRMED, qbo_id="145")
    records = Records(cache)
    assert [one.id for one in records.journal()] == postings[::-1]
    assert [one.id for one in records.journal(offset=1, limit=2)] == postings[3:1:-1]
    done = JournalFilter(states=[PostingState.CONFIRMED])
    (view,) = records.journal(done)
    assert view.words == "linked (was already there)"
    assert (records.journal_count(), records.journal_count(done)) == (5, 1)
    assert len(records.runs()) == 5
    assert [one.id for one in records.journal(JournalFilter(run_id=view.run_id))] == postings[:1]
