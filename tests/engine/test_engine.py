from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.jsonio import JsonObject
from store import journal
from store.states import PostingState
from sync.shapes import Outcome, PlannedPosting, RunProgress
from tests.engine.bench import Bench, invoice, payment
from tests.engine.make import planned
from tests.engine.virtual import START


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def _pairs(count: int) -> list[PlannedPosting]:
    return [
        posting for n in range(count) for posting in (invoice(f"i{n}"), payment(f"p{n}", f"i{n}"))
    ]


def _once_each(bench: Bench, count: int) -> None:
    """Nothing twice, nothing lost, and every total right."""
    invoices, payments = bench.qbo.all("Invoice"), bench.qbo.all("Payment")
    assert sorted(one["DocNumber"] for one in invoices) == sorted(f"i{n}" for n in range(count))
    assert sorted(one["PaymentRefNum"] for one in payments) == sorted(f"p{n}" for n in range(count))
    assert all(one["Balance"] == 0 for one in invoices)
    assert set(bench.states().values()) == {"CONFIRMED"}
    assert bench.audit_holds()


def test_invoices_and_payments_go_once_each_and_the_result_adds_up(bench: Bench) -> None:
    result = bench.go(bench.approve(_pairs(20)))
    _once_each(bench, 20)
    assert result.finished
    assert result.agreed
    assert result.totals[Outcome.POSTED].count == 20
    assert result.proof.docket == result.proof.quickbooks == 200_000
    assert sum(sums.count for sums in result.totals.values()) == result.selected.count
    assert sum(sums.amount for sums in result.totals.values()) == result.selected.amount
    assert bench.qbo.most_in_flight == bench.settings.in_flight


def test_reads_stay_few(bench: Bench) -> None:
    result = bench.go(bench.approve(_pairs(100)))
    assert result.metered_reads <= 10


def test_a_customer_is_made_first_and_used_by_its_invoices(bench: Bench) -> None:
    postings = [planned("client", "c1"), invoice("i1", customer="c1"), invoice("i2", customer="c1")]
    bench.go(bench.approve(postings))
    [customer] = bench.qbo.all("Customer")
    assert {one["CustomerRef"]["value"] for one in bench.qbo.all("Invoice")} == {customer["Id"]}
    assert bench.linked("client", "c1") == customer["Id"]


def test_one_bad_record_never_stops_the_rest(bench: Bench) -> None:
    bench.qbo.on_write = lambda entity, body: (
        "refuse:6000" if body.get("DocNumber") == "i3" else None
    )
    shown: list[RunProgress] = []
    result = bench.go(bench.approve(_pairs(8)), shown.append)
    states = bench.states()
    assert states["invoice:i3"] == "REJECTED"
    assert [(one.phase, one.done, one.total) for one in shown[-1].steps] == [
        ("invoices", 8, 8),
        ("payments", 8, 8),
    ]
    assert [words.split(":")[0] for words in shown[-1].needs] == ["invoice i3"]
    assert states["payment:p3"] == "DRAFT"
    assert result.totals[Outcome.POSTED].count == 7
    assert result.totals[Outcome.NEEDS_YOU].count == 1


@pytest.mark.parametrize("mishap", ["lost_answer", "lost_request", "500_after", "500_before"])
def test_an_unclear_outcome_is_settled_looked_up_and_never_doubled(
    bench: Bench, mishap: str
) -> None:
    bench.qbo.script.extend([None, mishap, None, mishap, mishap])
    result = bench.go(bench.approve(_pairs(6)))
    _once_each(bench, 6)
    there_already = mishap in ("lost_answer", "500_after")
    assert result.unclear_found == (3 if there_already else 0)
    assert result.unclear_resent == (0 if there_already else 3)


def test_the_wait_begins_when_the_call_failed_because_the_bytes_may_have_left_late(
    bench: Bench,
) -> None:
    bench.qbo.latency = 250.0  # a look, then a send that stood in line behind a 429
    bench.qbo.script.append("lost_request")
    bench.die(bench.approve([invoice("i1")]), 510)
    row = bench.postings()["invoice:i1"]
    assert row.last_sent_at == START + timedelta(seconds=250)
    assert row.next_try_at == START + timedelta(seconds=500 + bench.settings.settle)


def test_while_one_is_unclear_all_others_go_on(bench: Bench) -> None:
    bench.qbo.script.extend([None, None, "lost_answer"])
    done_early: list[int] = []

    def watch(progress: RunProgress) -> None:
        if (bench.clock.now() - START).total_seconds() < 100:
            done_early.append(progress.writes_done)

    bench.go(bench.approve(_pairs(10)), watch)
    assert max(done_early) >= 18
    _once_each(bench, 10)


def test_too_many_requests_hold_everybody_back_and_lose_nothing(bench: Bench) -> None:
    bench.qbo.script.extend([None, "429", "429"])
    waits: list[str] = []
    bench.go(bench.approve(_pairs(5)), lambda progress: waits.append(progress.waiting))
    _once_each(bench, 5)
    assert any("QuickBooks asks us to wait" in words for words in waits)


def test_a_line_that_is_down_stops_the_run_and_loses_nothing(bench: Bench) -> None:
    bench.qbo.on_write = lambda entity, body: "unreachable"
    run_id = bench.approve(_pairs(4))
    result = bench.go(run_id)
    assert not result.finished
    assert "cannot be reached" in result.stopped_because
    assert bench.qbo.all("Invoice") == []
    assert result.totals[Outcome.NOT_SENT].count == 4
    assert "UNKNOWN" not in bench.states().values()


def test_a_line_that_comes_back_is_used_again(bench: Bench) -> None:
    bench.qbo.script.extend(["unreachable"] * 5)
    result = bench.go(bench.approve(_pairs(4)))
    assert result.finished
    _once_each(bench, 4)


def test_forbidden_stops_the_run_at_once(bench: Bench) -> None:
    bench.qbo.script.extend([None, "403"])
    result = bench.go(bench.approve(_pairs(30)))
    assert "does not let us in" in result.stopped_because
    assert len(bench.qbo.writes) < 10


def test_a_connection_that_needs_a_person_stops_the_run_and_changes_nothing(bench: Bench) -> None:
    bench.qbo.on_write = lambda entity, body: "no token"
    run_id = bench.approve(_pairs(4))
    result = bench.go(run_id)
    assert "taken back" in result.stopped_because
    assert "Connect" in result.stopped_because
    assert result.totals[Outcome.NOT_SENT].count == 4
    assert "UNKNOWN" not in bench.states().values()
    assert bench.qbo.all("Invoice") == []


def test_what_is_there_already_is_linked_and_not_posted(bench: Bench) -> None:
    one = invoice("i1")
    there = bench.qbo.add("Invoice", **one.body, TotalAmt="100.00", Balance="100.00")
    there["PrivateNote"] = "keyed by hand"
    there["TotalAmt"] = one.body["Line"][0]["Amount"]
    result = bench.go(bench.approve([one]))
    assert bench.qbo.writes == []
    assert result.totals[Outcome.LINKED].count == 1
    assert bench.linked("invoice", "i1") == there["Id"]


def test_a_number_that_belongs_to_something_else_waits_for_a_person(bench: Bench) -> None:
    bench.qbo.add("Invoice", DocNumber="i1", CustomerRef={"value": "8"}, TotalAmt=5, TxnDate="x")
    result = bench.go(bench.approve([invoice("i1")]))
    assert bench.qbo.writes == []
    assert result.totals[Outcome.NEEDS_YOU].count == 1
    assert "already used" in result.invoices[0].reason


def test_a_first_invoice_that_comes_back_different_stops_the_run(bench: Bench) -> None:
    def spoil(entity: str, made: JsonObject) -> None:
        if entity == "Invoice":
            made["TotalAmt"] += 1

    bench.qbo.spoil = spoil
    result = bench.go(bench.approve(_pairs(10)))
    assert len(bench.qbo.all("Invoice")) == 1
    assert not result.agreed
    assert "came back different" in result.stopped_because
    assert result.proof.difference == -100
    assert bench.states()["invoice:i0"] == "HOLD"
    assert bench.linked("invoice", "i0")


def test_stopping_finishes_what_is_in_flight_and_says_what_was_not_sent(bench: Bench) -> None:
    def watch(progress: RunProgress) -> None:
        if progress.writes_done >= 7:
            bench.control.stop()

    result = bench.go(bench.approve(_pairs(20)), watch)
    posted = len(bench.qbo.writes)
    states = list(bench.states().values())
    assert posted < 20
    assert states.count("CONFIRMED") == posted
    assert "SENDING" not in states
    assert result.stopped_because == "You stopped it."
    assert sum(sums.count for sums in result.totals.values()) == 20


def test_what_was_withdrawn_goes_under_the_same_request_id_in_the_next_run(bench: Bench) -> None:
    bench.qbo.on_write = lambda entity, body: bench.control.stop()
    postings = _pairs(5)
    before = bench.go(bench.approve(postings))
    assert not before.finished
    ids = {key: row.request_id for key, row in bench.postings().items()}
    bench.qbo.on_write = None
    left = [one for one in postings if bench.states()[f"{one.kind}:{one.docket_id}"] != "CONFIRMED"]
    bench.go(bench.approve(left))
    _once_each(bench, 5)
    assert {key: row.request_id for key, row in bench.postings().items()} == ids


def test_pausing_starts_nothing_new_until_it_goes_on(bench: Bench) -> None:
    paused_at: list[float] = []

    def watch(progress: RunProgress) -> None:
        if progress.writes_done >= 4 and not paused_at:
            paused_at.append(bench.clock.monotonic())
            bench.control.pause()
        if progress.phase == "paused" and bench.clock.monotonic() > paused_at[0] + 30:
            bench.control.resume()

    result = bench.go(bench.approve(_pairs(15)), watch)
    assert result.finished
    assert bench.clock.monotonic() > 30
    _once_each(bench, 15)


def test_being_cancelled_leaves_what_is_in_flight_to_the_next_start(bench: Bench) -> None:
    run_id = bench.approve(_pairs(12))
    bench.cancel(run_id, 0.7)
    assert "SENDING" in bench.states().values()
    result = bench.go(run_id)
    assert result.finished
    _once_each(bench, 12)


@pytest.mark.parametrize("tenths", [1, 3, 4, 6, 7, 9, 11, 13, 15, 17])
def test_dying_at_any_moment_doubles_nothing_and_loses_nothing(bench: Bench, tenths: int) -> None:
    run_id = bench.approve(_pairs(12))
    bench.die(run_id, tenths / 10)
    result = bench.go(run_id)
    assert result.finished
    _once_each(bench, 12)
    assert len(bench.qbo.writes) == 24


def test_dying_again_and_again_still_ends_right(bench: Bench) -> None:
    run_id = bench.approve(_pairs(12))
    for _ in range(5):
        bench.die(run_id, 0.65)
        bench.later(200)
    result = bench.go(run_id)
    assert result.finished
    _once_each(bench, 12)


def test_a_body_is_frozen_and_sent_again_byte_for_byte(bench: Bench) -> None:
    bench.qbo.script.extend(["lost_request", "lost_request"])
    bench.go(bench.approve([invoice("i1")]))
    assert len(bench.qbo.sent) == 3
    assert len(set(bench.qbo.sent)) == 1


def test_a_duplicate_number_on_a_resend_is_our_own_success(bench: Bench) -> None:
    """The look is blind at first; QuickBooks' refusal names the twin, and it is ours."""
    bench.qbo.script.extend(["lost_answer"])
    bench.qbo.blind = bench.qbo.forgetful = True
    result = bench.go(bench.approve([invoice("i1")]))
    assert len(bench.qbo.all("Invoice")) == 1
    assert result.totals[Outcome.POSTED].count == 1
    assert result.unclear_found == 1


def test_five_rounds_without_a_clear_answer_wait_for_a_person(bench: Bench) -> None:
    bench.qbo.on_write = lambda entity, body: "lost_request"
    result = bench.go(bench.approve([invoice("i1")]))
    assert bench.states()["invoice:i1"] == "HOLD"
    assert "5 times" in result.invoices[0].reason


def test_what_a_person_sends_on_its_way_again_is_sent_again(bench: Bench) -> None:
    bench.qbo.on_write = lambda entity, body: "lost_request"
    bench.go(bench.approve([invoice("i1")]))
    bench.qbo.on_write = lambda entity, body: None
    with bench.cache.write() as session:
        held = bench.postings()["invoice:i1"]
        journal.move(session, held.id, PostingState.HOLD, PostingState.UNKNOWN)
    bench.go(bench.approve([invoice("i2")]))
    assert bench.states() == {"invoice:i1": "CONFIRMED", "invoice:i2": "CONFIRMED"}
    assert len(set(bench.qbo.sent)) == 2


def test_an_unclear_posting_of_an_earlier_run_is_settled_by_the_next(bench: Bench) -> None:
    def stop(progress: RunProgress) -> None:
        if progress.phase == "checking":
            bench.control.stop()

    bench.qbo.script.extend(["lost_answer"])
    first = bench.go(bench.approve([invoice("i1")]), stop)
    assert first.totals[Outcome.CHECKING].count == 1
    bench.go(bench.approve([invoice("i2")]))
    assert bench.states() == {"invoice:i1": "CONFIRMED", "invoice:i2": "CONFIRMED"}
    assert len(bench.qbo.all("Invoice")) == 2
