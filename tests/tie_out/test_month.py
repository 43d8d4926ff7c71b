"""A month is checked once, and what changes in it later is named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.errors import UsageTrouble
from store.cache import Cache
from store.month_checks import add_month_check, last_month_check
from sync.shapes import Banner
from sync.tie_out.desk import MonthEnd
from sync.tie_out.month import changes_since, checklist, figures, month_period, month_records
from sync.tie_out.page import accountant_page
from sync.tie_out.receivables import PaidButOpen, receivables
from sync.tie_out.tally import tie_out
from tests.store.worlds import HOSTILE
from tests.tie_out.build import docket_fact, facts, pair

OCTOBER = month_period("2026-10")


@pytest.mark.parametrize("word", ["2026-13", "2026-1", "October", "2026-10-01", ""])
def test_what_is_no_month_is_said_so(word: str) -> None:
    with pytest.raises(UsageTrouble, match="no month"):
        month_period(word)


def test_a_month_has_all_its_days() -> None:
    assert month_period("2028-02").end == "2028-02-29"
    assert month_period("2026-12").end == "2026-12-31"


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (pair(amount=40000), "QuickBooks: 412.50 with tax 24.70 of 2026-10-15, now 400.00"),
        (pair(removed="Voided"), "no longer in this month in QuickBooks"),
        (facts([docket_fact(stands=0)], []), "no longer in this month in Docket"),
        (facts([docket_fact(), docket_fact(docket_id="i2")], []), "new in Docket"),
    ],
)
def test_what_changes_after_a_check_is_named(later: object, words: str) -> None:
    then = month_records(pair(), OCTOBER)
    now = month_records(later, OCTOBER)  # type: ignore[arg-type]  # parametrize knows no types
    assert any(words in change.words for change in changes_since(then, now))


def test_a_payment_that_comes_later_changes_nothing_in_the_month() -> None:
    then = month_records(pair(), OCTOBER)
    assert changes_since(then, month_records(pair(open=0), OCTOBER)) == ()


def test_the_checklist_counts_what_is_left_in_the_month() -> None:
    both = facts(
        [
            docket_fact(status="pending"),
            docket_fact(docket_id="i2", status="conflicted"),
            docket_fact(docket_id="i3", status="syncing", reason_code="checking"),
            docket_fact(docket_id="i4", status="pending", day="2026-11-01"),
        ],
        [],
    )
    credits_ = [("2026-09-02", 500), ("2026-10-31", 100), ("2026-11-01", 900)]
    paid = [PaidButOpen("i1", "1042", "Acme", "2026-10-15", 41250, "2026-10-20", 3)]
    items = {
        one.key: (one.sums.count, one.sums.amount)
        for one in checklist(
            both, OCTOBER, paid, credits_, [("2026-10-02", 700), ("2026-11-02", 900)]
        )
    }
    assert items == {
        "pending": (1, 41250),
        "needs_you": (1, 41250),
        "checking": (1, 41250),
        "paid_but_open": (1, 41250),
        "open_credits": (2, 600),
        "undeposited": (1, 700),
    }


def ending() -> MonthEnd:
    named = pair(amount=40000)._replace(clients={"c1": HOSTILE + "<script>alert(1)</script>"})
    found = tie_out(named, OCTOBER)
    return MonthEnd("2026-10", found, checklist(named, OCTOBER, (), (), ()), None, ())


def test_a_check_is_kept_with_its_figures_and_cannot_be_changed(cache: Cache) -> None:
    sums = figures(ending().found, ending().items)
    with cache.write() as session:
        head = add_month_check(session, "2026-10", "Ann", "ann", sums, {"a": 1})
    with cache.read() as session:
        kept = last_month_check(session, "2026-10")
        assert last_month_check(session, "2026-11") is None
    assert kept is not None
    assert (kept.name, kept.figures, kept.audit_head) == ("Ann", sums, head)
    with pytest.raises(Exception, match="append-only"), cache.write() as session:
        session.connection().exec_driver_sql("DELETE FROM month_check")


def test_the_page_for_the_accountant_holds_no_markup_from_outside() -> None:
    at = datetime(2026, 11, 3, tzinfo=UTC)
    banner = Banner("Acme & <b>Co</b>", False, True, True, False, at, at.date())
    page = accountant_page(banner, ending(), receivables(pair()), "f" * 64)
    assert "<script" not in page
    assert "<b>Co" not in page
    assert "Acme &amp; &lt;b&gt;Co&lt;/b&gt;" in page
    assert "\x1b" not in page
    assert "f" * 64 in page
    assert "http" not in page
    assert "amount differs" in page
