"""What the update of a changed payment carries, whatever both sides changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.jsonio import JsonObject
from core.money import Cents, exact_cents
from core.records import Payment
from store.books import Applied, Past
from sync.bodies import payment_body
from sync.checks.ground import Ground
from sync.fields import same
from sync.fingerprint import snapshot
from sync.payment_changes import PaymentChanges, payment_changes
from sync.policy import Policy
from sync.verify import agrees, compare
from tests.sync_pure.build import books, document, entry, invoice, link, payment

WATCHED = ("TotalAmt", "TxnDate", "PaymentRefNum", "PaymentMethodRef")
METHODS = [entry("PaymentMethod", "1", "Check"), entry("PaymentMethod", "2", "Cash")]


@dataclass(frozen=True)
class Case:
    """A payment as it was posted, as Docket has it now, and as QuickBooks holds it now."""

    was: Payment
    now: Payment
    then_body: JsonObject
    now_body: JsonObject
    held: JsonObject
    found: PaymentChanges


@st.composite
def records(draw: st.DrawFn) -> Payment:
    amount = draw(st.sampled_from([90_00, 100_00]))
    return payment(
        amount=amount,
        to={"i1": draw(st.sampled_from([amount, amount - 10_00, 0]))},
        reference=draw(st.sampled_from(["5571", "5572"])),
        method=draw(st.sampled_from(["Check", "Cash"])),
        received_on=draw(st.sampled_from([date(2026, 10, 5), date(2026, 10, 6)])),
    )


EDITS: dict[str, Any] = {
    "TxnDate": "2026-10-09",
    "PaymentRefNum": "by hand",
    "PaymentMethodRef": {"value": "2", "name": "Cash"},
    "PrivateNote": "seen by Ann",
}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    was, now = draw(records()), draw(records())
    edits = {key: EDITS[key] for key in draw(st.sets(st.sampled_from(sorted(EDITS))))}
    plain = books(
        invoices=[invoice()],
        payments=[now],
        entries=METHODS,
        documents=[document()],
        links=[link(invoice(), "Invoice", "901"), link(was, "Payment", "77")],
    )
    ground = Ground.of(plain, Policy())
    given_to = sum(part.amount for part in was.allocations)
    lines = (("901", given_to),) if given_to else ()
    posted = payment_body(ground, was, "51", lines, "[docket-qbo a]")
    held = {**posted, **edits}
    there = document(
        "77",
        "Payment",
        str(held["PaymentRefNum"]),
        was.amount,
        sync_token="1" if edits else "0",
        txn_date=date.fromisoformat(held["TxnDate"]),
        balance=was.amount - given_to,
        applied=tuple(Applied("Invoice", key, amount) for key, amount in lines),
        body=held,
    )
    past = {("payment", was.id): Past(snapshot(was), posted)}
    known = {**plain.documents, ("Payment", "77"): there}
    whole = replace(plain, documents=known, past=past)
    ground = Ground.of(whole, Policy())
    found = payment_changes(ground, now, whole.links["payment", was.id], there)
    assert found is not None
    bodies = [payment_body(ground, one, "51", (), "") for one in (was, now)]
    return Case(was, now, bodies[0], bodies[1], held, found)


def applied(body: JsonObject) -> Cents:
    return sum(exact_cents(line["Amount"]) for line in body.get("Line", ()))


@given(cases())
@settings(max_examples=80)
def test_an_update_brings_what_docket_changed_and_nothing_else(case: Case) -> None:
    body = case.found.change.body
    laid = {**case.held, **body}
    for key in WATCHED:
        docket_changed = not same(case.then_body, case.now_body, key)
        assert same(laid, case.now_body if docket_changed else case.held, key)
        assert docket_changed or key not in body or key == "TotalAmt"
    assert laid.get("PrivateNote") == case.held.get("PrivateNote")
    assert applied(laid) == sum(part.amount for part in case.now.allocations)
    sent = {"Id": "77", "SyncToken": "0", "sparse": True, **body}
    told = {"UnappliedAmt": laid["TotalAmt"] - Decimal(applied(laid)) / 100}
    assert agrees(compare(sent, {**laid, **told}, "Payment"))


@given(cases())
@settings(max_examples=80)
def test_an_edit_in_quickbooks_is_named_unless_docket_says_the_same(case: Case) -> None:
    told = " ".join(case.found.in_quickbooks)
    words = {"TxnDate": "date", "PaymentRefNum": "ref. no.", "PaymentMethodRef": "method"}
    for key, word in words.items():
        edited = not same(case.then_body, case.held, key) and not same(
            case.now_body, case.held, key
        )
        assert (f"{word} " in told) == edited


@given(cases())
@settings(max_examples=80)
def test_nothing_is_left_exactly_where_quickbooks_says_what_docket_says(case: Case) -> None:
    agreed = all(same(case.now_body, case.held, key) for key in WATCHED)
    lines = applied(case.held) == sum(part.amount for part in case.now.allocations)
    assert case.found.settled == (agreed and lines)


def test_a_total_that_was_changed_in_a_linked_payment_is_not_written_over() -> None:
    was = payment(reference="5571")
    now = replace(was, reference="5572")
    held: JsonObject = {"TotalAmt": Decimal(95), "TxnDate": "2026-10-05", "PaymentRefNum": "5571"}
    there = document("77", "Payment", "5571", 95_00, sync_token="1", body=held)
    of = books(payments=[now], links=[link(was, "Payment", "77")], documents=[there])
    of = replace(of, past={("payment", was.id): Past(snapshot(was), None)})
    found = payment_changes(Ground.of(of, Policy()), now, of.links["payment", was.id], there)
    assert found is not None
    assert found.in_quickbooks == ("amount 100.00 when posted, 95.00 now",)


def test_a_method_that_is_not_as_it_was_sent_is_a_difference() -> None:
    customer = {"value": "51"}
    sent = {"sparse": True, "CustomerRef": customer, "TotalAmt": Decimal(5)}
    sent["PaymentMethodRef"] = {"value": "2", "name": "Cash"}
    held = {"CustomerRef": customer, "TotalAmt": Decimal(5), "Line": [], "UnappliedAmt": Decimal(5)}
    differ = [row.field for row in compare(sent, held, "Payment") if not row.equal]
    assert differ == ["method"]
