"""Each way to differ has its class and its words; what is set apart is no difference."""

from __future__ import annotations

from datetime import date

import pytest

from store.tie_out import Facts
from sync.shapes import CountAndMoney
from sync.tie_out.receivables import paid_but_open, read_report, receivables
from sync.tie_out.shapes import Bucket, Class, Cut, Measure, Period
from sync.tie_out.tally import tie_out
from tests.tie_out.build import docket_fact, facts, pair, qbo_fact

OCTOBER = Period("2026-10-01", "2026-10-31")
LINK = {("invoice", "i1"): ("Invoice", "145")}


@pytest.mark.parametrize(
    ("both", "kind", "words"),
    [
        (facts([docket_fact(reason="not in QuickBooks yet")], []), Class.MISSING, "not in"),
        (facts([docket_fact()], [], LINK), Class.MISSING, "does not list it"),
        (facts([], [qbo_fact()]), Class.ORPHAN, "our mark"),
        (pair(removed="Voided"), Class.STATUS, "voided in QuickBooks"),
        (pair(removed="Deleted"), Class.STATUS, "deleted in QuickBooks"),
        (facts([docket_fact(stands=0)], [qbo_fact()], LINK), Class.STATUS, "in Docket"),
        (facts([docket_fact(open=0)], [qbo_fact()], LINK), Class.STATUS, "paid in Docket"),
        (pair(open=0), Class.STATUS, "paid in QuickBooks"),
        (pair(amount=41251, open=41251), Class.AMOUNT, "total 412.50 in Docket, 412.51"),
        (pair(tax=2471), Class.AMOUNT, "tax 24.70 in Docket, 24.71"),
        (pair(day="2026-10-16"), Class.MOVED, "date 2026-10-15 in Docket"),
        (pair(day="2026-11-01"), Class.MOVED, "date"),
        (pair(customer_id="60"), Class.MOVED, "customer is Somebody else"),
    ],
)
def test_a_difference_has_its_class_and_its_words(both: Facts, kind: Class, words: str) -> None:
    found = tie_out(both, OCTOBER)
    assert [one.kind for one in found.differences] == [kind]
    assert words in found.differences[0].words
    assert not found.ties


def test_what_is_the_same_or_not_ours_or_left_out_is_no_difference() -> None:
    left = docket_fact(docket_id="i2", status="excluded", reason_code="excluded")
    theirs = qbo_fact(qbo_id="900", ours=0, amount=999)
    found = tie_out(facts([docket_fact(), left], [qbo_fact(), theirs], LINK), OCTOBER)
    assert found.ties
    assert found.total.left_out[Measure.INVOICES] == CountAndMoney(1, 41250)
    assert found.total.others[Measure.INVOICES] == CountAndMoney(1, 999)
    parts = found.proofs[0].parts
    assert parts[Bucket.EXCLUDED] == parts[Bucket.POSTED] == CountAndMoney(1, 41250)


def test_a_sub_customer_and_a_client_without_a_link_are_no_moves() -> None:
    sub = pair(customer_id="61")._replace(parents={"61": "58"})
    unknown = pair(customer_id="60")._replace(customer_of={})
    assert tie_out(sub, OCTOBER).ties
    assert tie_out(unknown, OCTOBER).ties


def test_a_method_changed_in_quickbooks_shows_by_method() -> None:
    paid = docket_fact("payment", "p1", method="Check")
    held = qbo_fact("Payment", "7")
    link = {("payment", "p1"): ("Payment", "7")}
    same = facts([paid], [held], link, method_of={"7": "1"})
    other = same._replace(method_of={"7": "2"})
    chosen = other._replace(method_choices={"check": "2"})
    assert tie_out(same, OCTOBER, Cut.METHOD).ties
    assert tie_out(chosen, OCTOBER, Cut.METHOD).ties
    (found,) = tie_out(other, OCTOBER, Cut.METHOD).differences
    assert (found.kind, found.words) == (Class.MOVED, "Check in Docket, Cash in QuickBooks")


CREDIT = docket_fact("credit", "k1", method="Check")
AHEAD = qbo_fact("Payment", "7", tax=0)
MEMO = qbo_fact("CreditMemo", "8", tax=0)
AHEAD_LINK = {("credit", "k1"): ("Payment", "7")}
MEMO_LINK = {("credit", "k1"): ("CreditMemo", "8")}


def test_a_prepayment_and_a_credit_memo_count_on_both_sides_and_its_use_on_neither() -> None:
    memo = docket_fact("credit", "k2", method="")
    use = qbo_fact("Payment", "9", amount=0)
    links = AHEAD_LINK | {
        ("credit", "k2"): ("CreditMemo", "8"),
        ("credit_application", "k2:i1"): ("Payment", "9"),
    }
    both = facts([CREDIT, memo], [AHEAD, MEMO, use], links, method_of={"7": "1", "9": "2"})
    for cut in Cut:
        found = tie_out(both, OCTOBER, cut)
        assert found.ties
        whole = CountAndMoney(2, 82500)
        assert found.total.docket[Measure.CREDITS] == whole
        assert found.total.quickbooks[Measure.CREDITS] == whole
        assert found.total.quickbooks[Measure.PAYMENTS] == CountAndMoney()
    assert found.proofs[-1].record == "credit"
    assert found.proofs[-1].parts[Bucket.POSTED] == CountAndMoney(2, 82500)


@pytest.mark.parametrize(
    ("both", "kind", "words"),
    [
        (facts([CREDIT], []), Class.MISSING, "not posted yet"),
        (facts([CREDIT], [MEMO._replace(removed="Deleted")], MEMO_LINK), Class.STATUS, "deleted"),
        (facts([CREDIT._replace(stands=0)], [MEMO], MEMO_LINK), Class.STATUS, "in Docket"),
        (facts([CREDIT], [AHEAD._replace(amount=41200)], AHEAD_LINK), Class.AMOUNT, "412.00"),
        (facts([CREDIT], [MEMO._replace(tax=100)], MEMO_LINK), Class.AMOUNT, "tax 0.00"),
        (facts([CREDIT], [AHEAD._replace(day="2026-10-16")], AHEAD_LINK), Class.MOVED, "date"),
        (facts([], [MEMO]), Class.ORPHAN, "our mark"),
    ],
)
def test_a_credit_differs_in_the_same_ways(both: Facts, kind: Class, words: str) -> None:
    (found,) = tie_out(both, OCTOBER).differences
    assert found.kind == kind
    assert words in found.words


def test_what_is_left_of_a_linked_credit_is_part_of_what_is_owed() -> None:
    both = facts([CREDIT], [AHEAD._replace(open=250)], AHEAD_LINK)
    assert receivables(both).unapplied == CountAndMoney(1, 250)


def test_a_negative_invoice_that_is_a_credit_memo_ties_out() -> None:
    below = docket_fact(amount=-5000, tax=-400, open=0)
    memo = qbo_fact("CreditMemo", "8", amount=5000, tax=400, open=5000)
    both = facts([below], [memo], {("invoice", "i1"): ("CreditMemo", "8")})
    assert tie_out(both, OCTOBER).ties


def report_of(total: str, *customers: tuple[str, str]) -> dict[str, object]:
    rows: list[dict[str, object]] = [
        {"ColData": [{"value": "x", "id": key}, {"value": ""}, {"value": amount}]}
        for key, amount in customers
    ]
    whole = {"ColData": [{"value": "TOTAL"}, {"value": ""}, {"value": total}]}
    rows.append({"group": "GrandTotal", "Summary": whole})
    titles = ("", "Current", "Total")
    return {"Columns": {"Column": [{"ColTitle": one} for one in titles]}, "Rows": {"Row": rows}}


def test_receivables_agree_three_ways_with_what_is_not_ours_set_apart() -> None:
    theirs = qbo_fact(qbo_id="900", ours=0, customer_id="60", open=1000)
    loose = qbo_fact("Payment", "7", open=250)
    both = facts([docket_fact()], [qbo_fact(), theirs, loose], LINK)
    report = read_report(report_of("420.00", ("58", "410.00"), ("60", "10.00")))
    found = receivables(both, report)
    assert (found.difference, found.balances, found.report) == (0, 42000, 42000)
    assert (found.unapplied.amount, found.others.amount) == (250, 1000)
    assert found.gaps == ()
    assert found.ties


def test_a_report_that_says_something_else_names_the_customer() -> None:
    report = read_report(report_of("400.00", ("58", "400.00")))
    found = receivables(pair(), report)
    assert not found.ties
    assert [(gap.name, gap.balances, gap.report) for gap in found.gaps] == [
        ("Acme Construction", 41250, 40000)
    ]


@pytest.mark.parametrize("raw", [{}, {"Columns": {"Column": []}}, {"Columns": None, "Rows": 3}])
def test_what_is_no_report_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a report"):
        read_report(raw | {"Rows": {"Row": [{"ColData": []}]}})


def test_paid_in_docket_and_open_in_quickbooks_is_listed_with_its_age() -> None:
    both = facts([docket_fact(open=0)], [qbo_fact()], LINK)
    (row,) = paid_but_open(both, {"i1": "2026-10-20"}, date(2026, 11, 3))
    assert (row.amount, row.days, row.client) == (41250, 14, "Acme Construction")
    assert paid_but_open(pair(), {}, date(2026, 11, 3)) == ()
