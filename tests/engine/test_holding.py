"""A person holds a posting back and lets it go: never sent early, never sent twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from core.errors import StoreTrouble, Trouble, UsageTrouble
from sync.commands.decisions import Decisions
from sync.shapes import RunProgress
from sync.view import View
from tests.engine.bench import Bench, invoice


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def _deciding(bench: Bench) -> Decisions:
    """Decisions over a cache that holds no books to check anew."""
    view = cast(View, SimpleNamespace(recheck=lambda: None))
    return Decisions(bench.cache, bench.clock, "ann", view)


def _unclear(bench: Bench, how: str) -> int:
    """Leave invoice i1 unclear, stopped before its settle time is over; return its id."""

    def stop(progress: RunProgress) -> None:
        if progress.phase == "checking":
            bench.control.stop()

    bench.qbo.script.append(how)
    bench.go(bench.approve([invoice("i1")]), stop)
    assert bench.states() == {"invoice:i1": "UNKNOWN"}
    return bench.postings()["invoice:i1"].id


@pytest.mark.parametrize("how", ["lost_answer", "lost_request"])
@pytest.mark.parametrize(("blind", "forgetful"), [(False, False), (True, False), (False, True)])
def test_an_unclear_one_that_is_held_waits_and_keeps_its_settle_time(
    bench: Bench, how: str, blind: bool, forgetful: bool
) -> None:
    bench.qbo.blind, bench.qbo.forgetful = blind, forgetful
    bench.qbo.unique_numbers = False
    number = _unclear(bench, how)
    due = bench.postings()["invoice:i1"].next_try_at
    assert due is not None
    deciding = _deciding(bench)
    deciding.hold(number, "I look\x1b[2J myself")
    held = bench.postings()["invoice:i1"]
    assert held.reason == "held back by a person: I look�[2J myself"
    bench.go(bench.approve([invoice("i2")]))
    assert bench.states() == {"invoice:i1": "HOLD", "invoice:i2": "CONFIRMED"}

    assert bench.clock.now() < due
    deciding.release(number)
    sent = len(bench.qbo.sent)

    def early(progress: RunProgress) -> None:
        assert bench.clock.now() >= due or len(bench.qbo.sent) <= sent + 1  # i3 alone

    bench.go(bench.approve([invoice("i3")]), early)
    assert set(bench.states().values()) == {"CONFIRMED"}
    assert len(bench.qbo.all("Invoice")) == 3
    assert bench.audit_holds()


def test_what_a_dead_process_had_not_sent_can_be_held(bench: Bench) -> None:
    run_id = bench.approve([invoice("i1"), invoice("i2")])
    deciding = _deciding(bench)
    deciding.hold(bench.postings()["invoice:i1"].id)
    bench.go(run_id)
    assert bench.states() == {"invoice:i1": "HOLD", "invoice:i2": "CONFIRMED"}
    deciding.release(bench.postings()["invoice:i1"].id)
    assert bench.states()["invoice:i1"] == "DRAFT"  # for the next plan
    assert len(bench.qbo.all("Invoice")) == 1


def test_what_is_not_safe_is_refused_with_its_reason(bench: Bench) -> None:
    deciding = _deciding(bench)
    number = _unclear(bench, "lost_answer")
    with pytest.raises(Trouble, match="sending now could make a second one"):
        deciding.retry(number)
    with pytest.raises(Trouble, match="not held back"):
        deciding.release(number)
    bench.go(bench.approve([invoice("i2")]))
    for call in (deciding.retry, deciding.hold):
        with pytest.raises(Trouble, match="QuickBooks has it already"):
            call(number)
    with pytest.raises(UsageTrouble, match="no line 99"):
        deciding.hold(99)


def test_nothing_is_held_while_a_window_posts(bench: Bench) -> None:
    bench.approve([invoice("i1")])
    with bench.cache.posting_lock(), pytest.raises(StoreTrouble):
        _deciding(bench).hold(bench.postings()["invoice:i1"].id)
    assert bench.states() == {"invoice:i1": "APPROVED"}
