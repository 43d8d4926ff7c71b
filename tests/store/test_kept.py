"""Counts and the index of words, kept beside the invoices by triggers, agree with them."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.records import Invoice, Kind, Page
from core.text import name_key
from store import docket, sqlite
from store.cache import Cache
from store.docket import put_back, save_page, take_out
from store.listing import Filter, Listing
from store.states import InvoiceStatus
from store.statuses import StatusRow, save_checks, set_status
from tests.store.worlds import NOW, client, invoice

NAMES = ("Acme", "Zed & Sons", "日本建設", 'O\'Brien "Bins"')
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["save", "rename", "check", "status", "remove"]),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    max_size=12,
)


def _change(cache: Cache, step: int, what: str, which: int, how: int) -> None:
    docket_id, at = f"i{which}", NOW + timedelta(seconds=step)
    with cache.write() as session:
        if what == "save":
            record = invoice(docket_id, number=str(1040 + how), total=100 * how, updated_at=at)
            save_page(session, Page(Kind.INVOICE, [record]))
        elif what == "rename":
            save_page(session, Page(Kind.CLIENT, [client(company_name=NAMES[how], updated_at=at)]))
        elif what == "check":
            status = list(InvoiceStatus)[how]
            row = StatusRow(docket_id, status, f"code{how}", "", how, None, "", "", how % 2 == 0)
            save_checks(session, [row])
        elif what == "status":
            set_status(session, docket_id, list(InvoiceStatus)[how], "other", "")
        else:
            take_out(session, Kind.INVOICE, [docket_id])


@pytest.mark.parametrize("many", [docket.MANY, 1], ids=["by triggers", "at once"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES)
def test_they_follow_every_change(
    cache: Cache,
    monkeypatch: pytest.MonkeyPatch,
    many: int,
    changes: list[tuple[str, int, int]],
) -> None:
    monkeypatch.setattr(docket, "MANY", many)
    with cache.write() as session:
        save_page(session, Page(Kind.CLIENT, [client(updated_at=NOW)]))
    for step, (what, which, how) in enumerate(changes):
        _change(cache, step, what, which, how)
    connection = cache.reader()
    kept = "SELECT status, paid, reason_code, count, total_cents FROM invoice_tally WHERE count"
    counted = "SELECT status, paid, reason_code, count(*), sum(total_cents) FROM invoice"
    assert set(connection.execute(kept)) == set(connection.execute(f"{counted} GROUP BY 1, 2, 3"))
    listing = Listing(connection)
    for words in ("104", "1042", "zed sons", "日本建設", 'o\'brien "bins"', "建", "z", "acme 1.00"):
        assert set(listing.ids(Filter(text=words))) == _found_by_hand(connection, words)


def _found_by_hand(connection: sqlite.Connection, words: str) -> set[str]:
    rows = connection.execute("SELECT docket_id, client_key, search_text FROM invoice").fetchall()
    return {
        row[0]
        for row in rows
        if all(_holds(f"{row[1]} {row[2]}".split(), word) for word in name_key(words).split())
    }


def _holds(texts: list[str], word: str) -> bool:
    if len(word) < 3:
        return any(text.startswith(word) for text in texts)
    return any(word in text for text in texts)


def test_they_are_filled_for_a_cache_of_an_earlier_release(tmp_path: Path) -> None:
    from tests.store.test_released import load, opened

    load("0001", tmp_path / "sync.db")
    cache = opened(tmp_path / "sync.db")
    try:
        listing = Listing(cache.reader())
        assert listing.count(Filter()).count == 14
        number = cache.reader().execute("SELECT number FROM invoice LIMIT 1").fetchone()[0]
        assert listing.count(Filter(text=number)).count >= 1
    finally:
        cache.close()


def test_an_import_taken_back_leaves_nothing_of_its_words(cache: Cache) -> None:
    record: Invoice = invoice("i1", number="777")
    with cache.write() as session:
        put_back(session, Kind.INVOICE, [record])
        take_out(session, Kind.INVOICE, ["i1"])
    assert Listing(cache.reader()).ids(Filter(text="777")) == []


def test_a_page_of_many_is_indexed_whole_or_not_at_all(cache: Cache) -> None:
    page = Page(Kind.INVOICE, [invoice(f"i{one}", number=f"5{one:04}") for one in range(300)])
    schema = "SELECT name, sql FROM sqlite_master ORDER BY name"
    before = cache.reader().execute(schema).fetchall()
    with suppress(ZeroDivisionError), cache.write() as session:
        save_page(session, page)
        _ = 1 / 0
    assert Listing(cache.reader()).ids(Filter(text="50299")) == []
    again = [*page.records[:2], invoice("i1", number="60001")]
    with cache.write() as session:
        save_page(session, page)
        save_page(session, Page(Kind.INVOICE, again))
    listing = Listing(cache.reader())
    assert listing.ids(Filter(text="50299")) == ["i299"]
    assert listing.ids(Filter(text="60001")) == ["i1"]
    assert listing.ids(Filter(text="50001")) == []
    assert cache.reader().execute(schema).fetchall() == before
