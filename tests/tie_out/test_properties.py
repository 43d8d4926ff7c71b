"""What holds of every tie-out, whatever the two sides hold."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from store.tie_out import Facts
from sync.shapes import CountAndMoney
from sync.tie_out.pairs import docket_amounts, pairs, qbo_amounts
from sync.tie_out.shapes import Cut, Measure, Period, TieOut
from sync.tie_out.tally import figures_of, tie_out
from tests.tie_out.build import DAYS, companies

EVER = Period("0001-01-01", "9999-12-31")
OCTOBER = Period("2026-10-01", "2026-10-31")
PERIODS = st.sampled_from([EVER, OCTOBER])
CUTS = st.sampled_from(list(Cut))


def plus(one: CountAndMoney, other: CountAndMoney, sign: int = 1) -> CountAndMoney:
    return CountAndMoney(one.count + sign * other.count, one.amount + sign * other.amount)


@given(companies(), PERIODS, CUTS)
@settings(max_examples=60)
def test_the_lists_explain_the_difference_of_every_cell_exactly(
    both: Facts, period: Period, cut: Cut
) -> None:
    found = tie_out(both, period, cut)
    for cell in (*found.cells, found.total):
        for measure in Measure:
            explained = CountAndMoney()
            for one in found.differences:
                if one.docket_cell and cell.key in ("", one.docket_cell):
                    brings = figures_of(one.docket, one.record)[measure]
                    explained = plus(explained, brings)
                if one.qbo_cell and cell.key in ("", one.qbo_cell):
                    brings = figures_of(one.quickbooks, one.record)[measure]
                    explained = plus(explained, brings, -1)
            assert cell.difference(measure) == explained


@given(companies(), PERIODS, CUTS)
@settings(max_examples=40)
def test_cells_add_up_to_the_total_and_to_what_stands_on_each_side(
    both: Facts, period: Period, cut: Cut
) -> None:
    found = tie_out(both, period, cut)
    for measure in Measure:
        ours = theirs = CountAndMoney()
        for cell in found.cells:
            ours = plus(plus(ours, cell.docket[measure]), cell.left_out[measure])
            theirs = plus(plus(theirs, cell.quickbooks[measure]), cell.others[measure])
        here = there = CountAndMoney()
        for one in pairs(both):
            if cut is Cut.METHOD and one.record == "invoice":
                continue
            if one.docket is not None and period.holds(one.docket.day):
                here = plus(here, figures_of(docket_amounts(one), one.record)[measure])
            if one.quickbooks is not None and period.holds(one.quickbooks.day):
                there = plus(there, figures_of(qbo_amounts(one), one.record)[measure])
        assert (ours, theirs) == (here, there)


@given(companies(), PERIODS)
@settings(max_examples=40)
def test_every_docket_record_is_somewhere(both: Facts, period: Period) -> None:
    for proof in tie_out(both, period).proofs:
        assert proof.left == CountAndMoney()


@given(companies(), PERIODS, CUTS)
@settings(max_examples=40)
def test_a_record_has_at_most_one_difference_and_its_reason_in_words(
    both: Facts, period: Period, cut: Cut
) -> None:
    found = tie_out(both, period, cut)
    keys = Counter((one.record, one.docket_id, one.entity, one.qbo_id) for one in found.differences)
    assert set(keys.values()) <= {1}
    assert all(one.words for one in found.differences)
    assert sum(
        len(found.of_class(kind)) for kind in {one.kind for one in found.differences}
    ) == len(found.differences)


@given(companies())
@settings(max_examples=25)
def test_the_months_tell_the_same_as_the_customers(both: Facts) -> None:
    by_month, by_customer = (tie_out(both, EVER, cut) for cut in (Cut.MONTH, Cut.CUSTOMER))

    def totals(found: TieOut) -> list[CountAndMoney]:
        return [found.total.difference(measure) for measure in Measure]

    assert totals(by_month) == totals(by_customer)
    assert len(by_month.differences) == len(by_customer.differences)


@given(companies())
@settings(max_examples=25)
def test_a_book_against_itself_ties_out(both: Facts) -> None:
    agreed = [one for one in pairs(both) if one.docket and one.quickbooks and one.linked]
    same = {
        (one.quickbooks.entity, one.quickbooks.qbo_id): one.quickbooks._replace(
            day=one.docket.day,
            amount=one.docket.amount,
            tax=one.docket.tax,
            open=one.docket.open,
            customer_id=both.customer_of.get(one.docket.client_id, "60"),
            removed="" if one.docket.stands else "Voided",
        )
        for one in agreed
        if one.docket and one.quickbooks
    }
    books = both._replace(docket=[one.docket for one in agreed if one.docket], quickbooks=same)
    assert tie_out(books, EVER).ties
    assert {day[:7] for day in DAYS} >= {cell.key for cell in tie_out(books, EVER).cells}
