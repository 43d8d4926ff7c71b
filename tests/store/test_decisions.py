"""Links, choices, statuses, conflicts and the audit log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core.records import Kind, Page
from store import audit
from store.books import Choice
from store.cache import Cache
from store.choices import (
    all_choices,
    last_choice,
    put_choice,
    remove_choice,
    take_back_choice,
)
from store.company import (
    known_accounts,
    load_company,
    load_preferences,
    note_connection,
    save_company,
    set_start_date,
)
from store.docket import save_page
from store.links import LinkTaken, add_link, find_link, owners_of, posted_body, remove_links
from store.listing import Filter, Listing, Sort
from store.states import InvoiceStatus, LinkOrigin
from store.statuses import (
    ConflictRow,
    StatusRow,
    exclude,
    include,
    open_conflicts,
    save_checks,
    save_conflicts,
    set_status,
)
from tests.store.worlds import NOW, REALM, StillClock, company, invoice


def link(
    session: Session,
    docket_id: str = "i1",
    qbo_id: str = "145",
    kind: str = "invoice",
    entity: str = "Invoice",
    token: str = "0",
) -> None:
    origin = LinkOrigin.CREATED
    add_link(session, REALM, kind, docket_id, entity, qbo_id, origin, token, b"{}", {"a": 1}, "f1")


def test_a_link_is_found_from_both_sides(cache: Cache) -> None:
    with cache.write() as session:
        link(session)
        found = find_link(session, REALM, "invoice", "i1")
        assert found is not None
        assert (found.entity, found.qbo_id, found.linked_at) == ("Invoice", "145", NOW)
        assert owners_of(session, REALM, "Invoice", ["145", "146"]) == [found]
        assert posted_body(session, REALM, "invoice", "i1") == (b"{}", {"a": 1})
        assert posted_body(session, REALM, "invoice", "i9") == (None, None)


def test_a_document_is_in_one_link(cache: Cache) -> None:
    with cache.write() as session:
        link(session)
        with pytest.raises(LinkTaken):
            link(session, "i2")
        with pytest.raises(LinkTaken):
            link(session, "i1", "146")
        link(session, "i2", "146")  # the transaction is still whole
        found = find_link(session, REALM, "invoice", "i1")
        assert found is not None
        assert found.qbo_id == "145"


def test_two_clients_may_be_one_customer(cache: Cache) -> None:
    with cache.write() as session:
        link(session, "c1", "58", "client", "Customer")
        link(session, "c2", "58", "client", "Customer")
        owners = owners_of(session, REALM, "Customer", ["58"])
    assert [one.docket_id for one in owners] == ["c1", "c2"]


def test_an_update_renews_a_link_and_keeps_what_it_was(cache: Cache, clock: StillClock) -> None:
    with cache.write() as session:
        link(session)
        clock.pass_time(60)
        add_link(
            session,
            REALM,
            "invoice",
            "i1",
            "Invoice",
            "145",
            LinkOrigin.ADOPTED,
            "3",
            fingerprint="f2",
        )
        found = find_link(session, REALM, "invoice", "i1")
        body = posted_body(session, REALM, "invoice", "i1")
    assert found is not None
    assert (found.origin, found.sync_token) == (LinkOrigin.CREATED, "3")
    assert (found.fingerprint, found.linked_at, body) == ("f2", NOW, (b"{}", {"a": 1}))


def test_unsync_forgets_the_links_and_says_which(cache: Cache) -> None:
    with cache.write() as session:
        save_page(session, Page(Kind.INVOICE, [invoice()]))
        link(session)
        removed = remove_links(session, REALM, "invoice", ["i1", "i2"])
        assert [(one.docket_id, one.qbo_id) for one in removed] == [("i1", "145")]
        assert find_link(session, REALM, "invoice", "i1") is None
        link(session)


def test_a_link_shows_in_the_list_and_goes_with_it(cache: Cache) -> None:
    def last_synced() -> object:
        return Listing(cache.reader()).page(Filter(), Sort(), 0, 1)[0].last_synced

    with cache.write() as session:
        save_page(session, Page(Kind.INVOICE, [invoice()]))
        link(session)
    assert last_synced() == NOW


def choice(qbo_id: str = "11", key: str = "p1") -> Choice:
    return Choice("product", key, "use", "Item", qbo_id, "Dumpster")


def test_choices_are_replaced_taken_back_and_removed(cache: Cache) -> None:
    with cache.write() as session:
        assert take_back_choice(session) is None
        put_choice(session, choice("11"), "ann")
        put_choice(session, choice("12"), "ann")
        put_choice(session, choice("13", key="p2"), "bob")
        assert all_choices(session) == {
            ("product", "p1"): choice("12"),
            ("product", "p2"): choice("13", key="p2"),
        }
        assert last_choice(session) == choice("13", key="p2")
        assert take_back_choice(session) == (choice("13", key="p2"), None)
        assert take_back_choice(session) == (choice("12"), choice("11"))
        assert all_choices(session) == {("product", "p1"): choice("11")}
        assert remove_choice(session, "product", "p1") == choice("11")
        assert remove_choice(session, "product", "p1") is None
        assert last_choice(session) is None


def status(docket_id: str = "i1", **changes: object) -> StatusRow:
    values: dict[str, object] = {
        "docket_id": docket_id,
        "status": InvoiceStatus.SYNCED,
        "reason_code": "synced",
        "reason": "in QuickBooks",
        "open_docket": 9022,
        "open_qbo": 9022,
        "qbo_id": "145",
        "qbo_number": "1042",
        "paid": False,
    }
    return StatusRow(**(values | changes))  # type: ignore[arg-type]  # values as named above


def test_checks_are_shown_and_what_is_unchanged_is_not_written(cache: Cache) -> None:
    with cache.write() as session:
        save_page(session, Page(Kind.INVOICE, [invoice(), invoice("i2", number="1043")]))
        assert save_checks(session, [status(), status("gone")]) == 1
        assert save_checks(session, [status()]) == 0
        assert save_checks(session, [status(open_qbo=None)]) == 1
    (row,) = Listing(cache.reader()).page(Filter(ids=["i1"]), Sort(), 0, 5)
    assert (row.status, row.open_docket, row.open_qbo) == (InvoiceStatus.SYNCED, 9022, None)
    assert (row.qbo_number, row.reason, row.reason_code) == ("1042", "in QuickBooks", "synced")


def test_a_newer_invoice_keeps_its_status_until_it_is_checked(cache: Cache) -> None:
    with cache.write() as session:
        save_page(session, Page(Kind.INVOICE, [invoice()]))
        save_checks(session, [status()])
        set_status(session, "i1", InvoiceStatus.SYNCING, "approved", "waiting")
        later = NOW + timedelta(hours=1)
        save_page(session, Page(Kind.INVOICE, [invoice(total=1, updated_at=later)]))
    (row,) = Listing(cache.reader()).page(Filter(), Sort(), 0, 5)
    assert (row.total, row.open_docket, row.status) == (1, 9022, InvoiceStatus.SYNCING)


def conflict(invoice_id: str = "i1", key: str = "p1", words: str = "No item.") -> ConflictRow:
    return ConflictRow(invoice_id, "product_missing", "product", key, "Dumpster", words, {"n": [1]})


def test_conflicts_are_opened_kept_changed_and_closed(cache: Cache, clock: StillClock) -> None:
    listing = Listing(cache.reader())
    with cache.write() as session:
        save_conflicts(session, [conflict(), conflict("i2"), conflict("i2", key="p2")])
        assert listing.choices_waiting() == 0
    assert listing.choices_waiting() == 2
    clock.pass_time(60)
    with cache.write() as session:
        save_conflicts(session, [conflict(words="Still none.")], invoice_ids=["i1"])
        assert len(open_conflicts(session)) == 3
        assert open_conflicts(session, ["i1"]) == [conflict(words="Still none.")]
        save_conflicts(session, [conflict()])
        assert open_conflicts(session) == [conflict()]
        kept = session.connection().exec_driver_sql(
            "SELECT count(*), count(closed_at), min(found_at) = max(found_at) FROM conflict"
        )
        assert tuple(kept.one()) == (3, 2, 1)
        save_conflicts(session, [])
        save_conflicts(session, [conflict()])
        assert open_conflicts(session) == [conflict()]


def test_invoices_are_left_out_and_taken_back_in(cache: Cache) -> None:
    with cache.write() as session:
        save_page(session, Page(Kind.INVOICE, [invoice()]))
        assert exclude(session, ["i1", "i9"], "paid in cash") == 1
        assert exclude(session, ["i1"], "again") == 0
        assert include(session, ["i1"]) == 1
        assert include(session, ["i1"]) == 0


def test_the_company_comes_back_and_keeps_its_start_date(cache: Cache) -> None:
    with cache.write() as session:
        assert load_company(session) is None
        save_company(session, company(), preferences={"SalesFormsPrefs": {}})
        set_start_date(session, NOW.date())
        save_company(session, company(name="Acme Inc"), preferences={"a": 1})
        assert load_company(session) == company(name="Acme Inc", start_date=NOW.date())
        assert load_preferences(session) == {"a": 1}
        save_company(session, company(start_date=None, books_closed_on=None))
        assert load_company(session) == company(start_date=NOW.date(), books_closed_on=None)


def test_the_accounts_a_cache_was_filled_from_are_known(cache: Cache, clock: StillClock) -> None:
    with cache.write() as session:
        note_connection(session, "docket", "http://a", "acc-1", "Acme")
        clock.pass_time(1)
        note_connection(session, "docket", "http://b", "acc-2", "Zed")
        clock.pass_time(1)
        note_connection(session, "docket", "http://a", "acc-1", "Acme Inc")
        assert known_accounts(session, "docket") == [("acc-1", "Acme Inc"), ("acc-2", "Zed")]
        assert known_accounts(session, "qbo") == []


def log(session: Session, subject: str) -> str:
    return audit.append(session, NOW, "ann", "excluded", subject, {"a": 1}, None, "req")


def test_the_audit_log_is_one_chain_from_its_first_row(cache: Cache) -> None:
    with cache.write() as session:
        assert audit.head(session) == audit.GENESIS
        heads = [log(session, f"invoice:{number}") for number in range(5)]
        assert audit.head(session) == heads[-1]
        assert audit.verify(session)
    assert len(set(heads)) == 5


@pytest.mark.parametrize("verb", ["UPDATE audit SET actor = 'bob'", "DELETE FROM audit"])
def test_the_audit_log_cannot_be_changed(cache: Cache, verb: str) -> None:
    def change() -> None:
        with cache.write() as session:
            session.connection().exec_driver_sql(verb)

    with cache.write() as session:
        log(session, "invoice:1")
    with pytest.raises(IntegrityError, match="append-only"):
        change()


@pytest.mark.parametrize(
    ("harm", "first"),
    [
        ("UPDATE audit SET actor = 'bob' WHERE id = 3", 3),
        ("UPDATE audit SET hash = 'x' WHERE id = 5", 5),
        ("DELETE FROM audit WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 1", 1),
        ("UPDATE audit SET id = 9 WHERE id = 5", 5),
    ],
)
def test_a_change_by_other_means_shows(cache: Cache, harm: str, first: int) -> None:
    with cache.write() as session:
        for number in range(5):
            log(session, f"invoice:{number}")
        for verb in ("update", "delete"):
            session.connection().exec_driver_sql(f"DROP TRIGGER audit_no_{verb}")
        session.connection().exec_driver_sql(harm)
        assert audit.first_break(session) == first
        assert not audit.verify(session)
