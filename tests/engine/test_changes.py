"""Changes of what is in QuickBooks already: sent once, and never over somebody's edit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.jsonio import JsonObject
from core.money import to_decimal
from store.links import posted_body
from sync.shapes import Outcome, PlannedPosting
from tests.engine.bench import Bench, invoice, payment
from tests.engine.make import REALM, planned

LATE = 400
"""Seconds after which the settle time of what was sent is over."""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    made.go(made.approve([invoice("i1")]))
    made.qbo.sent.clear()
    made.qbo.writes.clear()
    yield made
    made.close()


def _held(bench: Bench) -> JsonObject:
    (one,) = bench.qbo.all("Invoice")
    return one


def _line(amount: int) -> JsonObject:
    return {"Amount": to_decimal(amount), "DetailType": "SalesItemLineDetail"}


def _change(bench: Bench, amount: int = 13_000, **fields: Any) -> PlannedPosting:
    """A change of the invoice's lines, made from its state as it is now."""
    held = _held(bench)
    body = {"Id": held["Id"], "SyncToken": held["SyncToken"], "sparse": True}
    return planned(
        "invoice",
        "i1",
        amount=amount,
        operation=f"update@{held['SyncToken']}",
        label="change of invoice i1",
        body={**body, "Line": [_line(amount)], **fields},
    )


def _by_hand(bench: Bench, **fields: Any) -> None:
    """Somebody edits the invoice in QuickBooks."""
    held = _held(bench)
    sent = {"Id": held["Id"], "SyncToken": held["SyncToken"], "sparse": True, **fields}
    bench.qbo._update("Invoice", sent)


def test_a_change_is_carried_out_once_and_what_it_does_not_name_stays(bench: Bench) -> None:
    _by_hand(bench, PrivateNote="filed", ClassRef={"value": "5"})
    before = _held(bench)["PrivateNote"]
    result = bench.go(bench.approve([_change(bench)]))
    held = _held(bench)
    assert held["TotalAmt"] == 130
    assert (held["PrivateNote"], held["ClassRef"]) == (before, {"value": "5"})
    assert result.agreed
    assert [entity for entity, _ in bench.qbo.writes] == ["Invoice"]
    with bench.cache.read() as session:
        body, _ = posted_body(session, REALM, "invoice", "i1")
    assert body is not None
    assert b"130.00" in body
    assert b"CustomerRef" in body  # as posted, with the change laid over it


@pytest.mark.parametrize("mishap", ["lost_answer", "lost_request", "500_after", "500_before"])
def test_an_unclear_change_is_settled_and_applied_once(bench: Bench, mishap: str) -> None:
    bench.qbo.script.append(mishap)
    bench.go(bench.approve([_change(bench)]))
    assert _held(bench)["TotalAmt"] == 130
    assert _held(bench)["SyncToken"] == "1"
    assert len(bench.qbo.writes) == 1
    assert set(bench.states().values()) == {"CONFIRMED"}


@pytest.mark.parametrize("forgetful", [False, True])
@pytest.mark.parametrize("mishap", ["lost_answer", "lost_request"])
def test_after_a_death_an_edit_by_hand_is_never_written_over(
    bench: Bench, mishap: str, forgetful: bool
) -> None:
    bench.qbo.forgetful = forgetful
    bench.qbo.script.append(mishap)
    run_id = bench.approve([_change(bench)])
    bench.die(run_id, 1)
    _by_hand(bench, Line=[_line(77_700)])
    bench.later(LATE)
    result = bench.go(run_id)
    assert _held(bench)["TotalAmt"] == 777
    assert len(bench.qbo.sent) == 1
    assert bench.states()["invoice:i1"] == "HOLD"
    assert result.totals[Outcome.NEEDS_YOU].count == 1


def test_a_change_that_went_through_is_known_again_beside_another_edit(bench: Bench) -> None:
    bench.qbo.script.append("lost_answer")
    run_id = bench.approve([_change(bench)])
    bench.die(run_id, 1)
    _by_hand(bench, CustomerMemo={"value": "call first"})
    bench.later(LATE)
    bench.go(run_id)
    assert set(bench.states().values()) == {"CONFIRMED"}
    assert _held(bench)["CustomerMemo"] == {"value": "call first"}
    assert len(bench.qbo.sent) == 1


def test_a_change_of_a_field_that_cannot_be_compared_is_held_and_not_taken_for_done(
    bench: Bench,
) -> None:
    change = _change(bench)
    body = {key: part for key, part in change.body.items() if key != "Line"}
    change = planned(
        "invoice",
        "i1",
        operation=change.operation,
        body={**body, "ShipAddr": {"Line1": "1 Main St"}},
    )
    bench.qbo.script.append("lost_request")
    run_id = bench.approve([change])
    bench.die(run_id, 1)
    _by_hand(bench, Line=[_line(77_700)])
    bench.later(LATE)
    bench.go(run_id)
    assert bench.states()["invoice:i1"] == "HOLD"


def test_what_somebody_edited_before_the_first_send_is_left_as_it_is(bench: Bench) -> None:
    run_id = bench.approve([_change(bench)])
    _by_hand(bench, Line=[_line(77_700)])
    bench.go(run_id)
    assert _held(bench)["TotalAmt"] == 777
    row = bench.postings()["invoice:i1"]
    assert row.state == "HOLD"
    assert "somebody changed the record in QuickBooks" in row.reason


def test_a_payment_in_between_is_said_to_be_one(bench: Bench) -> None:
    run_id = bench.approve([_change(bench)])
    bench.qbo.add(
        "Payment",
        TotalAmt=Decimal(40),
        CustomerRef={"value": "7"},
        Line=[],
    )
    held = _held(bench)
    held.update(SyncToken="1", Balance=Decimal(60), LinkedTxn=[{"TxnId": "101"}])
    bench.go(run_id)
    row = bench.postings()["invoice:i1"]
    assert row.state == "HOLD"
    assert "a payment was applied" in row.reason
    assert _held(bench)["TotalAmt"] == 100


@pytest.mark.parametrize("mishap", [None, "lost_request"])
def test_what_was_deleted_meanwhile_is_not_made_again(bench: Bench, mishap: str | None) -> None:
    bench.qbo.script.append(mishap)
    run_id = bench.approve([_change(bench)])
    if mishap:
        bench.die(run_id, 1)
    bench.qbo.objects["Invoice"].clear()
    bench.later(LATE)
    bench.go(run_id)
    assert bench.qbo.all("Invoice") == []
    assert bench.states()["invoice:i1"] in ("HOLD", "REJECTED")


def test_a_void_is_carried_out_once_and_the_link_is_let_go(bench: Bench) -> None:
    held = _held(bench)
    bench.qbo.script.append("lost_answer")
    void = planned(
        "invoice",
        "i1",
        amount=0,
        operation="void@0",
        body={"Id": held["Id"], "SyncToken": "0", "sparse": True},
    )
    bench.go(bench.approve([void]))
    assert _held(bench)["TotalAmt"] == 0
    assert len(bench.qbo.writes) == 1
    assert set(bench.states().values()) == {"CONFIRMED"}
    with bench.cache.read() as session:
        assert posted_body(session, REALM, "invoice", "i1") == (None, None)


def test_what_is_gone_is_posted_again_under_a_new_generation_and_link(bench: Bench) -> None:
    old = _held(bench)["Id"]
    bench.qbo.objects["Invoice"].clear()
    again = invoice("i1")
    again = planned("invoice", "i1", generation=1, replaces=old, body=again.body)
    bench.go(bench.approve([again, payment("p1", "i1")]))
    (held,) = bench.qbo.all("Invoice")
    assert held["Id"] != old
    assert bench.linked("invoice", "i1") == held["Id"]
    assert held["Balance"] == 0
