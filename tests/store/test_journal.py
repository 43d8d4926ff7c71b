"""The journal keeps its rules whatever it is asked."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core.ids import marker, request_id
from store import journal
from store.cache import Cache
from store.journal import BodyFrozen, IllegalStep, JournalError, NewPosting, PostingRow
from store.journal_rows import WAYS
from store.states import FINAL_STATES, WITHDRAWN, PostingState, RunKind, RunState
from store.upsert import insert_all
from tests.store.worlds import NOW, REALM, StillClock

S = PostingState
BODY = b'{"DocNumber":"1042"}'
LEASE = NOW + timedelta(seconds=300)


def new(docket_id: str = "i1", **changes: Any) -> NewPosting:
    kind = changes.get("kind", "invoice")
    operation = changes.get("operation", "create")
    generation = changes.get("generation", 1)
    request = request_id(REALM, "Invoice", kind, docket_id, operation, generation)
    values: dict[str, Any] = {
        "realm": REALM,
        "kind": kind,
        "docket_id": docket_id,
        "invoice_id": docket_id,
        "entity": "Invoice",
        "operation": operation,
        "generation": generation,
        "label": f"invoice {docket_id}",
        "amount": 41250,
        "plan": {"body": {"DocNumber": "1042"}},
        "request_id": request,
        "marker": marker(request),
    }
    return NewPosting(**(values | changes))


def new_run(session: Session) -> int:
    return journal.create_run(session, RunKind.BULK, ["i1"], "d" * 64, {"invoices": []}, "ann")


def add(session: Session, docket_id: str = "i1", **changes: Any) -> int:
    return journal.add_posting(session, new_run(session), new(docket_id, **changes))


def claim(session: Session, posting_id: int, body: bytes = BODY, **changes: Any) -> int:
    values: dict[str, Any] = {"owner": "me", "lease_until": LEASE, "now": NOW} | changes
    return journal.claim(session, posting_id, body, **values)


def get(session: Session, posting_id: int) -> PostingRow:
    row = journal.get_posting(session, posting_id)
    assert row is not None
    return row


def bring_to(session: Session, state: PostingState, docket_id: str = "i1") -> tuple[int, int]:
    """A posting in a state, reached by legal steps; its id and fence."""
    posting_id = add(session, docket_id)
    match state:
        case S.APPROVED:
            return posting_id, 0
        case S.DRAFT:
            journal.withdraw(session, [posting_id], "")
            return posting_id, get(session, posting_id).fence
        case S.HOLD | S.EXCLUDED:
            journal.settle(session, posting_id, 0, S.HOLD)
            if state is S.EXCLUDED:
                journal.move(session, posting_id, S.HOLD, S.EXCLUDED)
            return posting_id, get(session, posting_id).fence
        case _:
            fence = claim(session, posting_id)
            if state is not S.SENDING:
                journal.settle(session, posting_id, fence, state, qbo_id="145")
            return posting_id, fence


def test_an_approved_posting_comes_back_as_it_was_approved(cache: Cache) -> None:
    with cache.write() as session:
        run_id = new_run(session)
        posting_id = journal.add_posting(session, run_id, new())
    with cache.read() as session:
        row = get(session, posting_id)
    assert (row.run_id, row.state, row.attempts, row.body) == (run_id, S.APPROVED, 0, None)
    assert (row.amount, row.plan, row.fence) == (41250, {"body": {"DocNumber": "1042"}}, 0)
    assert len(row.plan_sha256) == 64


@pytest.mark.parametrize(("before", "after"), list(itertools.product(S, S)))
def test_a_posting_goes_only_the_ways_it_may(
    cache: Cache, before: PostingState, after: PostingState
) -> None:
    waits = before is after and before in (S.APPROVED, S.UNKNOWN)
    with cache.write() as session:
        posting_id, fence = bring_to(session, before)
        if after in WAYS[before] or waits:
            assert journal.settle(session, posting_id, fence, after, qbo_id="145")
            assert get(session, posting_id).state is after
        else:
            with pytest.raises(IllegalStep):
                journal.settle(session, posting_id, fence, after, qbo_id="145")
            assert get(session, posting_id).state is before


def test_nothing_leaves_a_final_state() -> None:
    assert all(not WAYS[state] for state in FINAL_STATES)


def test_a_claim_counts_freezes_and_fences(cache: Cache, clock: StillClock) -> None:
    with cache.write() as session:
        posting_id = add(session)
        assert claim(session, posting_id) == 1
        row = get(session, posting_id)
    assert (row.state, row.attempts, row.body, row.lease_owner) == (S.SENDING, 1, BODY, "me")
    assert (row.first_sent_at, row.last_sent_at, row.lease_until) == (NOW, NOW, LEASE)


def test_a_second_claim_sends_the_same_bytes_or_nothing(cache: Cache) -> None:
    later = NOW + timedelta(seconds=250)
    with cache.write() as session:
        posting_id = add(session)
        fence = claim(session, posting_id)
        journal.settle(session, posting_id, fence, S.UNKNOWN, next_try_at=later)
        with pytest.raises(BodyFrozen):
            claim(session, posting_id, b"{}", now=later)
        assert claim(session, posting_id, now=later) == 2
        row = get(session, posting_id)
    assert (row.attempts, row.first_sent_at, row.last_sent_at) == (2, NOW, later)


def test_sqlite_itself_refuses_to_thaw_a_body(cache: Cache) -> None:
    def thaw() -> None:
        with cache.write() as session:
            posting_id = add(session)
            claim(session, posting_id)
            session.connection().exec_driver_sql("UPDATE posting SET body = x'00'")

    with pytest.raises(IntegrityError, match="frozen"):
        thaw()


def test_a_posting_is_not_claimed_before_it_is_due(cache: Cache) -> None:
    with cache.write() as session:
        posting_id, fence = bring_to(session, S.SENDING)
        due = NOW + timedelta(seconds=200)
        journal.settle(session, posting_id, fence, S.UNKNOWN, next_try_at=due)
        with pytest.raises(JournalError, match="not due"):
            claim(session, posting_id)


def test_a_posting_waits_until_what_it_needs_is_confirmed(cache: Cache) -> None:
    with cache.write() as session:
        run_id = new_run(session)
        customer = journal.add_posting(session, run_id, new("c1", kind="client"))
        invoice = journal.add_posting(session, run_id, new(depends_on=(customer,)))
        with pytest.raises(JournalError, match="waits"):
            claim(session, invoice)
        fence = claim(session, customer)
        journal.settle(session, customer, fence, S.CONFIRMED, qbo_id="58")
        claim(session, invoice)
        assert [row.id for row in journal.dependencies(session, invoice)] == [customer]
        assert journal.dependencies_of_run(session, run_id) == {invoice: (customer,)}


def test_who_was_overtaken_writes_no_result(cache: Cache) -> None:
    with cache.write() as session:
        posting_id = add(session)
        overtaken = claim(session, posting_id, owner="asleep")
        assert journal.recover(session, "me", 200, NOW) == 1
        fence = claim(session, posting_id, now=NOW + timedelta(seconds=200))
        for state in (S.CONFIRMED, S.REJECTED, S.UNKNOWN):
            assert not journal.settle(session, posting_id, overtaken, state, qbo_id="9")
        assert get(session, posting_id).state is S.SENDING
        assert journal.settle(session, posting_id, fence, S.CONFIRMED, qbo_id="145")
        assert get(session, posting_id).qbo_id == "145"


def test_nothing_is_confirmed_without_its_id(cache: Cache) -> None:
    with cache.write() as session:
        posting_id, fence = bring_to(session, S.SENDING)
        with pytest.raises(JournalError, match="without an Id"):
            journal.settle(session, posting_id, fence, S.CONFIRMED)


def test_one_record_has_one_posting_under_way(cache: Cache) -> None:
    with cache.write() as session:
        add(session)
        with pytest.raises(JournalError, match="under way"):
            add(session, operation="update@3")


def test_sqlite_itself_refuses_a_second_posting_under_way(cache: Cache) -> None:
    from store.tables.work import PostingTable

    def sneak_in() -> None:
        with cache.write() as session:
            row = journal._approved(session, new_run(session), new())
            row |= {"created_at": NOW}
            insert_all(session, PostingTable, [row])
            other = {"operation": "update@3", "request_id": "other"}
            insert_all(session, PostingTable, [row | other])

    with pytest.raises(IntegrityError):
        sneak_in()


@pytest.mark.parametrize("state", [S.REJECTED, S.CONFIRMED, S.EXCLUDED])
def test_a_generation_is_used_once_and_a_new_one_may_follow_a_final_one(
    cache: Cache, state: PostingState
) -> None:
    with cache.write() as session:
        bring_to(session, state)
        with pytest.raises(JournalError, match="already in the journal"):
            add(session)
        add(session, generation=2)
        newest = journal.newest_generation(session, REALM, "invoice", "i1", "create")
    assert newest is not None
    assert newest.generation == 2


def test_what_was_withdrawn_unsent_is_approved_again_under_its_request_id(cache: Cache) -> None:
    with cache.write() as session:
        first = add(session, depends_on=())
        assert journal.withdraw(session, [first], "stopped") == 1
        assert get(session, first).state is S.DRAFT
        assert journal.open_postings(session) == []
        run_id = new_run(session)
        again = journal.add_posting(session, run_id, new(plan={"body": {"changed": True}}))
        row = get(session, again)
    assert (again, row.run_id, row.state, row.reason) == (first, run_id, S.APPROVED, "")
    assert row.plan == {"body": {"changed": True}}


def test_what_was_withdrawn_after_it_was_sent_needs_a_new_generation(cache: Cache) -> None:
    with cache.write() as session:
        posting_id, fence = bring_to(session, S.SENDING)
        journal.settle(session, posting_id, fence, S.APPROVED)
        journal.withdraw(session, [posting_id], "stopped")
        row = get(session, posting_id)
        assert (row.state, row.fault_code) == (S.REJECTED, WITHDRAWN)
        with pytest.raises(JournalError, match="already in the journal"):
            add(session)


def test_a_person_moves_only_what_is_where_they_saw_it(cache: Cache) -> None:
    with cache.write() as session:
        posting_id, fence = bring_to(session, S.SENDING)
        assert not journal.move(session, posting_id, S.APPROVED, S.HOLD)
        with pytest.raises(IllegalStep):
            journal.move(session, posting_id, S.SENDING, S.EXCLUDED)
        assert journal.move(session, posting_id, S.SENDING, S.HOLD, reason="held by ann")
        assert not journal.settle(session, posting_id, fence, S.CONFIRMED, qbo_id="1")
        assert get(session, posting_id).reason == "held by ann"


def test_what_a_dead_owner_was_sending_is_unclear_until_it_has_settled(cache: Cache) -> None:
    with cache.write() as session:
        dead, _ = bring_to(session, S.SENDING)
        mine = add(session, "i2")
        claim(session, mine, owner="living")
        assert journal.recover(session, "living", 200, NOW + timedelta(seconds=5)) == 1
        row = get(session, dead)
        assert (row.state, row.next_try_at) == (S.UNKNOWN, NOW + timedelta(seconds=205))
        assert get(session, mine).state is S.SENDING


def test_a_restored_cache_holds_back_all_that_is_open(cache: Cache) -> None:
    with cache.write() as session:
        for number, state in enumerate(S):
            bring_to(session, state, f"i{number}")
        before = {row.id: row.state for row in journal.postings_of(session)}
        assert journal.quarantine(session, 200, NOW) == 3
        for row in journal.postings_of(session):
            if before[row.id] in (S.APPROVED, S.SENDING, S.UNKNOWN):
                assert (row.state, row.next_try_at) == (S.UNKNOWN, NOW + timedelta(seconds=200))
            else:
                assert row.state is before[row.id]


def test_a_quarantined_posting_that_was_never_claimed_can_still_be_frozen(cache: Cache) -> None:
    with cache.write() as session:
        posting_id = add(session)
        journal.quarantine(session, 200, NOW)
        claim(session, posting_id, now=NOW + timedelta(seconds=200))
        assert get(session, posting_id).body == BODY


@pytest.mark.parametrize("statement", ["DELETE FROM posting", "DELETE FROM attempt"])
def test_nothing_is_removed_from_the_journal(cache: Cache, statement: str) -> None:
    def remove() -> None:
        with cache.write() as session:
            session.connection().exec_driver_sql(statement)

    with cache.write() as session:
        posting_id = add(session)
        journal.add_attempt(session, posting_id, "send", NOW, NOW, 200, outcome="sent")
    with pytest.raises(IntegrityError):
        remove()


def test_postings_are_found_by_run_record_invoice_and_state(cache: Cache) -> None:
    with cache.write() as session:
        first = add(session, "i1")
        second = add(session, "y1", kind="payment", invoice_id="i1")
        third, _ = bring_to(session, S.CONFIRMED, "i2")
        run_id = get(session, second).run_id

        def found(**which: Any) -> list[int]:
            return [row.id for row in journal.postings_of(session, **which)]

        assert found() == [first, second, third]
        assert found(run_id=run_id) == [second]
        assert found(invoice_ids=["i1"]) == [first, second]
        assert found(invoice_ids=["i1"], kind="payment") == [second]
        assert found(docket_ids=["i2", "y1"]) == [second, third]
        assert found(docket_ids=["i2", "y1"], invoice_ids=["i1"]) == [second]
        assert found(states=[S.CONFIRMED]) == [third]
        assert [row.id for row in journal.open_postings(session)] == [first, second]
        assert [row.id for row in journal.open_postings(session, run_id)] == [second]


def test_a_run_is_unfinished_until_it_is_finished(cache: Cache, clock: StillClock) -> None:
    with cache.write() as session:
        assert journal.unfinished_run(session) is None
        run_id = new_run(session)
        for state in (RunState.RUNNING, RunState.STOPPED, RunState.RUNNING):
            journal.set_run_state(session, run_id, state)
            unfinished = journal.unfinished_run(session)
            assert unfinished is not None
            assert unfinished.state is state
        clock.pass_time(60)
        journal.finish_run(session, run_id, RunState.FINISHED, {"totals": {"posted": 1}})
        assert journal.unfinished_run(session) is None
        done = journal.get_run(session, run_id)
        assert done is not None
        assert (done.started_at, done.ended_at) == (NOW, NOW + timedelta(seconds=60))
        assert (done.result, done.selection) == ({"totals": {"posted": 1}}, ("i1",))
        with pytest.raises(JournalError):
            journal.set_run_state(session, run_id, RunState.STOPPED)
        assert journal.last_run(session, RunKind.TEST) is None
        assert [run.id for run in journal.all_runs(session)] == [run_id]


def test_what_does_not_exist_is_not_changed(cache: Cache) -> None:
    with cache.write() as session:
        assert journal.get_posting(session, 7) is None
        with pytest.raises(JournalError):
            journal.settle(session, 7, 0, S.HOLD)
        with pytest.raises(JournalError):
            journal.set_run_state(session, 7, RunState.RUNNING)
