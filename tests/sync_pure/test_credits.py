from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Cents, to_cents
from core.records import Allocation, Credit
from store.books import Applied, Books, Choice
from sync.bodies import applied_later_body, memo_body
from sync.checks.ground import Ground
from sync.checks.loose import loose_groups, loose_money
from sync.policy import Policy
from sync.preflight import preflight
from sync.shapes import Outcome
from sync.verify import agrees, compare
from tests.sync_pure.build import (
    AT,
    DAY,
    books,
    check,
    company,
    document,
    invoice,
    line,
    link,
    name,
    plan,
    plan_one,
)

cents = st.integers(1, 5_000_00)


def credit(amount: Cents = 40_00, kind: str = "memo", to: Cents | None = None) -> Credit:
    parts = () if to is None else (Allocation("i1", to),)
    return Credit("k1", "CM-1", "c1", kind, "Check", DAY, amount, parts, "late", AT)


def ground(of: Books, policy: Policy | None = None) -> Ground:
    chosen = policy or Policy()
    return Ground.of(of, chosen, preflight(of, chosen))


def payment_there(balance: Cents, *lines: tuple[str, Cents], **changes: Any) -> Any:
    body = {
        "Line": [
            {
                "Id": str(place),
                "Amount": Decimal(amount) / 100,
                "LinkedTxn": [{"TxnId": paid, "TxnType": "Invoice"}],
            }
            for place, (paid, amount) in enumerate(lines, 1)
        ]
    }
    total = balance + sum(amount for _, amount in lines)
    applied = tuple(Applied("Invoice", paid, amount) for paid, amount in lines)
    there = document("77", "Payment", "CM-1", total, balance=balance)
    return replace(there, applied=applied, body=body, **changes)


@given(
    st.dictionaries(st.sampled_from(["901", "902", "903"]), cents),
    st.dictionaries(st.sampled_from(["901", "902", "@invoice:i9"]), cents, min_size=1),
)
def test_money_applied_later_keeps_what_stands_and_adds_the_rest(
    before: dict[str, Cents], more: dict[str, Cents]
) -> None:
    there = payment_there(sum(more.values()), *before.items())
    body = applied_later_body(there, more)
    held: dict[str, Cents] = {}
    for part in body["Line"]:
        (linked,) = part["LinkedTxn"]
        held[linked["TxnId"]] = to_cents(part["Amount"])
    assert held == {key: before.get(key, 0) + more.get(key, 0) for key in {*before, *more}}
    assert [part.get("Id") for part in body["Line"]][: len(before)] == [
        str(place) for place in range(1, len(before) + 1)
    ]
    assert to_cents(body["TotalAmt"]) == there.total == sum(held.values())


@given(cents, st.lists(st.integers(1, 900), min_size=1, max_size=6))
def test_the_lines_of_a_credit_memo_make_its_amount(amount: Cents, prices: list[int]) -> None:
    sold = [line(f"{price}.00") for price in prices]
    of = books(invoices=[invoice(lines=sold)], credits_=[credit(amount, to=amount)])
    body = memo_body(ground(of), credit(amount, to=amount), "51", "[m]")
    assert sum(to_cents(part["Amount"]) for part in body["Line"]) == amount
    codes = {part["SalesItemLineDetail"]["TaxCodeRef"]["value"] for part in body["Line"]}
    assert codes == {"NON"}


@given(st.lists(cents, min_size=1, max_size=3), st.lists(cents, min_size=1, max_size=3))
def test_what_a_memo_settles_is_neither_more_than_it_nor_than_the_invoice_got(
    memos: list[Cents], paid: list[Cents]
) -> None:
    applied = [Applied("Invoice", f"90{n}", one) for n, one in enumerate(paid)]
    applied += [Applied("CreditMemo", f"8{n}", one) for n, one in enumerate(memos)]
    there = replace(document("77", "Payment", "", 0), applied=tuple(applied))
    settled = ground(books(documents=[there])).index.settled_by_credit
    for n, one in enumerate(memos):
        assert sum(v for (memo, _), v in settled.items() if memo == f"8{n}") <= one
    for n, one in enumerate(paid):
        assert sum(v for (_, own), v in settled.items() if own == f"90{n}") <= one
    assert sum(settled.values()) == min(sum(memos), sum(paid))


def test_a_credit_memo_goes_with_its_invoice_and_waits_for_both() -> None:
    found = plan_one(books(credits_=[credit(to=30_00)]))
    made, memo, use = [one for one in found.postings if one.entity != "Customer"][-3:]
    assert (made.entity, memo.entity, use.entity) == ("Invoice", "CreditMemo", "Payment")
    assert {need.kind for need in use.needs} >= {"invoice", "credit"}
    assert use.body["TotalAmt"] == 0
    targets = [part["LinkedTxn"][0]["TxnId"] for part in use.body["Line"]]
    assert targets == ["@invoice:i1", "@credit:k1"]


def test_a_payment_of_nothing_agrees_when_quickbooks_holds_it_so() -> None:
    lines = [
        {"Amount": Decimal(30), "LinkedTxn": [{"TxnId": "901", "TxnType": "Invoice"}]},
        {"Amount": Decimal(30), "LinkedTxn": [{"TxnId": "81", "TxnType": "CreditMemo"}]},
    ]
    sent = {"CustomerRef": {"value": "51"}, "TotalAmt": 0, "Line": lines}
    assert agrees(compare(sent, {**sent, "UnappliedAmt": 0}, "Payment"))
    assert not agrees(compare(sent, {**sent, "UnappliedAmt": 30}, "Payment"))


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ({"txn_date": DAY}, "the books are closed through"),
        ({"deposit": True}, "it is in the bank deposit of"),
    ],
)
def test_money_that_may_not_be_changed_is_left_to_quickbooks(
    there: dict[str, Any], words: str
) -> None:
    own, ahead = invoice(), credit(kind="prepayment", to=40_00)
    held = payment_there(40_00)
    documents = [document(), held]
    of = company(books_closed_on=DAY) if "txn_date" in there else company()
    if "deposit" in there:
        bank = replace(
            document("66", "Deposit", "", 40_00), applied=(Applied("Payment", "77", 40_00),)
        )
        documents.append(bank)
    then = replace(ahead, allocations=())
    found = check(
        books(
            of=of,
            credits_=[ahead],
            documents=documents,
            links=[link(own, "Invoice", "901"), link(then, "Payment", "77")],
        )
    )
    assert words in found.reason
    assert [way.action for way in found.findings[0].ways_out] == ["open", "exclude"]


def test_selected_by_its_key_money_on_no_invoice_is_planned_and_else_left_alone() -> None:
    of = books(credits_=[credit(kind="prepayment")], names=[name()])
    assert all(one.docket_id != "credit:k1" for one in plan(of).invoices)
    (found,) = plan(of, None, "credit:k1").invoices
    assert found.outcome == Outcome.PAYMENT_ONLY
    assert (found.postings[0].entity, found.postings[0].body.get("Line")) == ("Payment", None)


def test_a_void_is_planned_only_when_chosen_and_ticked() -> None:
    own, ahead = invoice(), credit(kind="prepayment", to=40_00)
    gone = replace(ahead, voided_at=AT)
    held = payment_there(0, ("901", 40_00))
    common: dict[str, Any] = {
        "credits_": [gone],
        "documents": [document(balance=60_00), held],
        "links": [link(own, "Invoice", "901"), link(ahead, "Payment", "77")],
    }
    assert check(books(**common)).reason_code == "payment"
    chosen = books(**common, choices=[Choice("credit", "k1", "void", "Payment", "77")])
    found = plan_one(chosen)
    assert (found.postings, found.apart) == ((), ("it voids a payment in QuickBooks",))
    assert [one.operation for one in found.held] == ["void@0"]


def test_money_from_before_the_start_date_is_planned_never_and_asked_about_never() -> None:
    of = books(of=company(start_date=DAY + timedelta(days=1)), credits_=[credit(kind="prepayment")])
    (found,) = loose_money(ground(of)).values()
    assert found.earlier
    assert not found.due
    assert list(loose_groups(ground(of))) == []
    assert plan(of, None, "credit:k1").writes == 0


def test_where_quickbooks_applies_credits_itself_it_is_not_raced() -> None:
    of = company(auto_apply_credit=True)
    found = plan_one(books(of=of, credits_=[credit(to=30_00)]))
    assert [one.entity for one in found.postings][-2:] == ["Invoice", "CreditMemo"]
    assert any("is applied with the next sync" in note for note in found.notes)

    ahead = credit(kind="prepayment", to=40_00)
    then = replace(ahead, allocations=())
    found = plan_one(
        books(
            of=of,
            credits_=[ahead],
            documents=[payment_there(40_00)],
            links=[link(then, "Payment", "77")],
        )
    )
    assert [one.entity for one in found.postings][-1] == "Invoice"
    assert any("is applied with the next sync" in note for note in found.notes)
