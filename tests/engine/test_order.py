from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from store.states import PostingState
from sync.jobs import Job
from sync.order import Order
from tests.engine.make import job, planned
from tests.engine.virtual import START

AT_ONCE = 4


def _take_all(order: Order) -> list[Job]:
    taken = []
    while (one := order.take(START, AT_ONCE)) is not None:
        taken.append(one)
    return taken


def _finish(order: Order, one: Job, state: PostingState = PostingState.CONFIRMED) -> None:
    one.state = state
    order.done(one)


def test_names_go_one_at_a_time_and_documents_beside_them() -> None:
    names = [job(planned("client", f"c{n}")) for n in range(3)]
    invoices = [job(planned("invoice", f"i{n}")) for n in range(5)]
    order = Order([*names, *invoices], prove_first=False)
    taken = _take_all(order)
    assert [one.planned.kind for one in taken] == ["client", "invoice", "invoice", "invoice"]


def test_a_child_waits_until_its_parent_is_confirmed() -> None:
    customer = job(planned("client", "c1"))
    invoice = job(planned("invoice", "i1"), parents=(customer.id,))
    payment = job(planned("payment", "p1"), parents=(invoice.id,))
    order = Order([customer, invoice, payment], prove_first=False)
    assert _take_all(order) == [customer]
    _finish(order, customer)
    assert _take_all(order) == [invoice]
    _finish(order, invoice)
    assert _take_all(order) == [payment]
    _finish(order, payment)
    assert order.open == 0


def test_a_payment_of_two_invoices_goes_once_when_both_are_answered_at_the_same_time() -> None:
    invoices = [job(planned("invoice", f"i{n}")) for n in range(2)]
    payment = job(planned("payment", "p1"), parents=tuple(one.id for one in invoices))
    order = Order([*invoices, payment], prove_first=False)
    assert _take_all(order) == invoices
    for one in invoices:
        one.state = PostingState.CONFIRMED
    for one in invoices:
        order.done(one)
    assert _take_all(order) == [payment]


def test_what_waits_for_a_refused_parent_is_taken_out_with_all_behind_it() -> None:
    customer = job(planned("client", "c1"))
    invoice = job(planned("invoice", "i1"), parents=(customer.id,))
    payment = job(planned("payment", "p1"), parents=(invoice.id,))
    other = job(planned("invoice", "i2"))
    order = Order([customer, invoice, payment, other], prove_first=False)
    taken = _take_all(order)
    _finish(order, customer, PostingState.REJECTED)
    assert taken == [customer, other]
    assert {one.id for one in order.newly_blocked()} == {invoice.id, payment.id}
    assert "customer" not in order.blocked[payment.id]
    _finish(order, other)
    assert order.open == 0


def test_the_first_invoice_goes_alone_until_one_agreed() -> None:
    invoices = [job(planned("invoice", f"i{n}")) for n in range(6)]
    order = Order(invoices, prove_first=True)
    assert _take_all(order) == invoices[:1]
    _finish(order, invoices[0], PostingState.REJECTED)
    assert _take_all(order) == invoices[1:2]
    invoices[1].adopted = True
    _finish(order, invoices[1])
    assert _take_all(order) == invoices[2:3]
    _finish(order, invoices[2])
    assert _take_all(order) == invoices[3:]


def test_a_run_without_invoices_need_not_prove_any() -> None:
    payments = [job(planned("payment", f"p{n}")) for n in range(3)]
    order = Order(payments, prove_first=True)
    assert _take_all(order) == payments


def test_while_the_first_is_unclear_another_one_goes_alone() -> None:
    invoices = [job(planned("invoice", f"i{n}")) for n in range(3)]
    order = Order(invoices, prove_first=True)
    [first] = _take_all(order)
    first.next_try_at = START + timedelta(seconds=200)
    _finish(order, first, PostingState.UNKNOWN)
    assert _take_all(order) == [invoices[1]]
    assert order.next_due() == first.next_try_at


def test_those_that_share_a_new_choice_follow_its_first() -> None:
    choice = ("product", "p9")
    sharing = [job(planned("invoice", f"i{n}", uses_choice=choice)) for n in range(3)]
    other = job(planned("invoice", "i9"))
    order = Order([*sharing, other], prove_first=False)
    assert _take_all(order) == [sharing[0], other]
    _finish(order, sharing[0])
    assert _take_all(order) == sharing[1:]


def test_a_choice_whose_first_came_back_different_stops_only_those_that_share_it() -> None:
    choice = ("product", "p9")
    sharing = [job(planned("invoice", f"i{n}", uses_choice=choice)) for n in range(3)]
    other = job(planned("invoice", "i9"))
    order = Order([*sharing, other], prove_first=False)
    _take_all(order)
    _finish(order, sharing[0], PostingState.HOLD)
    order.refuse_choice(choice, "came back different")
    assert _take_all(order) == []
    assert order.blocked == {one.id: "came back different" for one in sharing[1:]}
    _finish(order, other)
    assert order.open == 0


def test_an_unclear_posting_waits_and_the_others_go_on() -> None:
    unclear = job(planned("invoice", "i1"), state=PostingState.UNKNOWN, attempts=1)
    unclear.next_try_at = START + timedelta(seconds=200)
    other = job(planned("invoice", "i2"))
    order = Order([unclear, other], prove_first=False)
    assert _take_all(order) == [other]
    assert order.take(START + timedelta(seconds=200), AT_ONCE) is unclear


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_posting_ends_and_none_overtakes_its_parent(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    jobs: list[Job] = []
    for n in range(count):
        kind = data.draw(st.sampled_from(["client", "invoice", "payment"]))
        parents = (
            data.draw(st.sets(st.sampled_from([one.id for one in jobs]), max_size=2))
            if jobs
            else set()
        )
        choice = data.draw(st.sampled_from([None, ("client", "x"), ("product", "y")]))
        jobs.append(
            job(planned(kind, f"{kind}{n}", uses_choice=choice), parents=tuple(sorted(parents)))
        )
    order = Order(jobs, prove_first=data.draw(st.booleans()))
    now = START
    flying: list[Job] = []
    for _ in range(1000):
        while (one := order.take(now, AT_ONCE)) is not None:
            assert all(order.jobs[parent].state == "CONFIRMED" for parent in one.parents)
            flying.append(one)
        if not flying:
            due = order.next_due()
            if due is None:
                break
            now = due
            continue
        one = flying.pop(data.draw(st.integers(0, len(flying) - 1)))
        one.next_try_at = None
        state = data.draw(st.sampled_from(["CONFIRMED", "CONFIRMED", "HOLD", "UNKNOWN"]))
        if state == "UNKNOWN":
            one.next_try_at = now + timedelta(seconds=200)
        _finish(order, one, PostingState(state))
    assert order.open == 0
    assert all(not one.open or one.id in order.blocked for one in jobs)
