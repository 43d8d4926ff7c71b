"""A restored cache, orphans, and what a person may do about a posting that is stuck."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.clock import iso
from core.errors import Trouble
from core.ids import SeededIds
from core.jsonio import JsonObject
from store.cache import Cache
from store.docket import save_cursor
from store.journal import last_run
from sync.pull_qbo import SOURCE
from sync.reconcile import reconcile
from sync.shapes import RunProgress
from tests.engine.bench import Bench, invoice, payment
from tests.engine.virtual import START, run


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def _restore(bench: Bench, copy: Path) -> None:
    """Put a backup in the cache's place, as a person would; the file beside it stays."""
    bench.close()
    for leftover in bench.path.parent.glob(bench.path.name + "-*"):
        leftover.unlink()
    shutil.copy(copy, bench.path)
    bench.cache = Cache.open(bench.path, clock=bench.clock, ids=SeededIds(99))


@pytest.mark.parametrize(("blind", "forgetful"), [(False, False), (True, False), (False, True)])
def test_a_restored_cache_waits_looks_and_posts_nothing_again(
    bench: Bench, tmp_path: Path, blind: bool, forgetful: bool
) -> None:
    """With either of the two locks broken, the other one holds."""
    postings = [invoice("i1"), payment("p1", "i1")]
    first = bench.approve(postings)
    copy = tmp_path / "backup.db"
    bench.cache.backup(copy)
    bench.go(first)
    bench.go(bench.approve([invoice("i2")]))
    assert len(bench.qbo.all("Invoice")) == 2

    _restore(bench, copy)
    assert bench.cache.restored
    bench.qbo.blind, bench.qbo.forgetful = blind, forgetful
    bench.qbo.unique_numbers = False
    began = bench.clock.now()
    sent_early: list[int] = []
    before = len(bench.qbo.sent)

    def watch(progress: RunProgress) -> None:
        if bench.clock.now() - began < timedelta(seconds=bench.settings.settle - 1):
            sent_early.append(len(bench.qbo.sent) - before)

    result = bench.go(first, watch)
    assert max(sent_early) == 0
    assert result.finished
    bench.go(bench.approve([invoice("i2")]))
    assert sorted(one["DocNumber"] for one in bench.qbo.all("Invoice")) == ["i1", "i2"]
    assert len(bench.qbo.all("Payment")) == 1
    assert not bench.cache.restored


def test_a_forgotten_payment_is_linked_though_its_new_plan_found_nothing_to_pay(
    bench: Bench, tmp_path: Path
) -> None:
    """The invoice shows as paid at once, the payment some seconds later: planned in between."""
    bench.go(bench.approve([invoice("i1")]))
    copy = tmp_path / "backup.db"
    bench.cache.backup(copy)
    bench.go(bench.approve([payment("p1", "i1")]))
    _restore(bench, copy)
    anew = payment("p1", "i1")
    del anew.body["Line"]
    bench.go(bench.approve([anew]))
    (made,) = bench.qbo.all("Payment")
    assert bench.states()["payment:p1"] == "CONFIRMED"
    assert bench.linked("payment", "p1") == made["Id"]


def test_a_power_cut_between_an_approval_and_its_epoch_hides_no_later_restore(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.go(bench.approve([invoice("i1")]))
    copy = tmp_path / "backup.db"
    bench.cache.backup(copy)

    def power_cut(path: Path, number: int) -> None:
        raise OSError

    with monkeypatch.context() as cut:
        cut.setattr("store.cache.write_sidecar", power_cut)
        with pytest.raises(Trouble):
            bench.approve([invoice("i2")])
    with bench.cache.read() as session:
        run = last_run(session)
    assert run is not None
    bench.go(run.id)
    assert len(bench.qbo.all("Invoice")) == 2
    _restore(bench, copy)
    assert bench.cache.restored


def test_a_copy_made_between_approval_and_send_is_known_for_a_copy(
    bench: Bench, tmp_path: Path
) -> None:
    """Nothing is approved after it, and yet it lacks what was sent."""
    run_id = bench.approve([invoice("i1")])
    copy = tmp_path / "backup.db"
    bench.cache.backup(copy)
    bench.go(run_id)
    _restore(bench, copy)
    assert bench.cache.restored
    bench.qbo.forgetful = True
    bench.qbo.unique_numbers = False
    bench.go(run_id)
    assert len(bench.qbo.all("Invoice")) == 1


def test_an_orphan_of_a_posting_that_was_given_up_is_linked(bench: Bench) -> None:
    bench.qbo.on_write = lambda entity, body: "lost_request"
    one = invoice("i1")
    bench.go(bench.approve([one]))
    assert bench.states() == {"invoice:i1": "HOLD"}
    late = bench.qbo._create("Invoice", one.body, False)
    with bench.cache.write() as session:
        save_cursor(session, SOURCE, "cdc", iso(START))
    run(reconcile(bench.cache, bench.qbo, bench.clock, "tester"), bench.clock.monotonic())
    assert bench.linked("invoice", "i1") == late["Id"]
    assert bench.states() == {"invoice:i1": "CONFIRMED"}
    assert bench.audit_holds()


def test_without_numbers_our_own_posting_is_found_by_its_day_and_marker(bench: Bench) -> None:
    postings = [invoice(f"i{n}") for n in range(6)]
    for one in postings:
        del one.body["DocNumber"]
    bench.qbo.unique_numbers = False
    bench.qbo.forgetful = True
    bench.qbo.script.extend([None, "lost_answer", None, "lost_answer"])
    result = bench.go(bench.approve(postings))
    assert result.finished
    assert result.unclear_found == 2
    assert len(bench.qbo.all("Invoice")) == 6
    assert set(bench.states().values()) == {"CONFIRMED"}


@pytest.mark.parametrize(
    ("field", "changed"),
    [("DocNumber", "OTHER-1"), ("TxnDate", "2026-10-30"), ("TotalAmt", Decimal("1.00"))],
)
@pytest.mark.parametrize("numbered", [True, False])
def test_what_somebody_changed_before_the_look_is_still_known_as_ours(
    bench: Bench, field: str, changed: object, numbered: bool
) -> None:
    """The answer is lost, and before the look somebody gives it another number, day or total."""
    one = invoice("i1")
    if not numbered:
        del one.body["DocNumber"]
    bench.qbo.unique_numbers = False
    bench.qbo.forgetful = True

    def interfere(entity: str, made: JsonObject) -> None:
        made[field] = changed

    bench.qbo.spoil = interfere
    bench.qbo.script.append("lost_answer")
    bench.go(bench.approve([one]))
    assert len(bench.qbo.all("Invoice")) == 1
    assert bench.linked("invoice", "i1") == bench.qbo.all("Invoice")[0]["Id"]


def test_a_payment_whose_reference_somebody_changed_is_still_known_as_ours(bench: Bench) -> None:
    bench.qbo.forgetful = True
    postings = [invoice("i1"), payment("p1", "i1")]

    def interfere(entity: str, made: JsonObject) -> None:
        if entity == "Payment":
            made["PaymentRefNum"] = "check 4711"

    bench.qbo.spoil = interfere
    bench.qbo.script.extend([None, "lost_answer"])
    bench.go(bench.approve(postings))
    assert len(bench.qbo.all("Payment")) == 1
    assert bench.linked("payment", "p1") == bench.qbo.all("Payment")[0]["Id"]


def test_equal_invoices_of_a_company_that_numbers_itself_each_get_their_own(bench: Bench) -> None:
    """Same customer, day and total, no request ids: nothing but the marker tells them apart."""
    postings = [invoice(f"i{n}") for n in range(8)]
    for one in postings:
        del one.body["DocNumber"]
    bench.qbo.unique_numbers = False
    bench.qbo.forgetful = True
    bench.qbo.script.extend([None, "lost_answer", "lost_request", "500_after", "lost_answer"])
    result = bench.go(bench.approve(postings))
    assert result.finished
    assert len(bench.qbo.all("Invoice")) == 8
    for one in postings:
        linked = bench.qbo.objects["Invoice"][bench.linked("invoice", one.docket_id)]
        assert linked["PrivateNote"] == one.body["PrivateNote"]


def test_without_numbers_reads_stay_few(bench: Bench) -> None:
    postings = [invoice(f"i{n}") for n in range(200)]
    for n, one in enumerate(postings):
        del one.body["DocNumber"]
        one.body["TxnDate"] = f"2026-{1 + n % 10:02}-{1 + n % 28:02}"
    bench.qbo.unique_numbers = False
    assert bench.go(bench.approve(postings)).metered_reads <= 10


def test_a_bill_that_waits_for_a_lost_link_is_held_not_sent(bench: Bench) -> None:
    one = invoice("i1", customer="c9")
    bench.go(bench.approve([one]))
    assert bench.qbo.sent == []
    assert bench.states() == {"invoice:i1": "HOLD"}


def test_two_windows_never_post_at_once(bench: Bench) -> None:
    run_id = bench.approve([invoice("i1")])
    with bench.cache.posting_lock(), pytest.raises(Trouble):
        bench.go(run_id)
    assert bench.qbo.sent == []
    bench.go(run_id)
    assert len(bench.qbo.all("Invoice")) == 1
