from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from core.ids import marker, request_id
from core.jsonio import JsonObject
from store.states import PostingState
from sync.jobs import Job
from sync.judge import Absent, Adopt, Found, Hold, judge, own_markers
from sync.shapes import ConflictKind
from tests.engine.make import REALM, held, job, planned

INVOICE = job(planned("invoice", "1042"))


def _judge(
    one: Job,
    objects: Sequence[JsonObject],
    taken: Mapping[str, str] | None = None,
    entity: str = "Invoice",
) -> Found:
    return judge(one, one.planned.body, {entity: objects}, taken or {})


def test_nothing_there_means_it_may_be_sent() -> None:
    assert _judge(INVOICE, []) == Absent()


def test_our_marker_makes_it_ours_whatever_else_changed() -> None:
    there = held(INVOICE, TotalAmt=Decimal("1.00"))
    assert _judge(INVOICE, [there]) == Adopt(there, ours=True)


def test_the_same_number_customer_date_and_total_is_the_same_invoice() -> None:
    there = held(INVOICE, PrivateNote="keyed by hand")
    assert _judge(INVOICE, [there]) == Adopt(there, ours=False)


def test_another_amount_customer_or_day_under_our_number_is_a_persons_business() -> None:
    for change in (
        {"TotalAmt": Decimal("99.99")},
        {"CustomerRef": {"value": "8"}},
        {"TxnDate": "2026-11-03"},
    ):
        found = _judge(INVOICE, [held(INVOICE, PrivateNote="", **change)])
        assert isinstance(found, Hold)
        assert found.kind == ConflictKind.NUMBER_TAKEN


def test_another_sales_tax_under_our_number_is_a_persons_business_if_we_send_one() -> None:
    one = job(planned("invoice", "1042"))
    there = held(one, PrivateNote="", TxnTaxDetail={"TotalTax": Decimal("8.25")})
    assert _judge(one, [there]) == Adopt(there, ours=False)  # QuickBooks computes it
    one.planned.body["TxnTaxDetail"] = {"TotalTax": Decimal("6.00")}
    found = _judge(one, [there])
    assert isinstance(found, Hold)
    assert found.words.endswith(", with a sales tax of 8.25 instead of 6.00.")


def test_two_of_our_number_are_never_chosen_between() -> None:
    there = held(INVOICE, PrivateNote="")
    found = _judge(INVOICE, [there, dict(there, Id="501")])
    assert isinstance(found, Hold)


def test_two_with_our_marker_are_shown_as_posted_twice() -> None:
    found = _judge(INVOICE, [held(INVOICE), held(INVOICE, Id="501")])
    assert isinstance(found, Hold)
    assert "2 times" in found.words


def test_what_belongs_to_another_docket_record_is_not_taken() -> None:
    found = _judge(INVOICE, [held(INVOICE, PrivateNote="")], {"500": "Docket invoice i9"})
    assert isinstance(found, Hold)
    assert "Docket invoice i9" in found.words


def test_a_voided_twin_leaves_its_number_free_but_says_so() -> None:
    there = held(INVOICE, PrivateNote="Voided", TotalAmt=0)
    assert _judge(INVOICE, [there]) == Absent(number_of_voided=True)


def test_our_own_posting_voided_meanwhile_is_shown_not_posted_again() -> None:
    there = held(INVOICE, PrivateNote=f"Voided {INVOICE.marker}", TotalAmt=0)
    found = _judge(INVOICE, [there])
    assert isinstance(found, Hold)
    assert found.kind == ConflictKind.REMOVED_IN_QBO


def test_without_numbers_a_likeness_without_any_marker_is_asked_about() -> None:
    one = job(planned("invoice", "1042"))
    del one.planned.body["DocNumber"]
    there = held(one, PrivateNote="")
    assert isinstance(_judge(one, [there]), Hold)
    assert _judge(one, [dict(there, PrivateNote="[docket-qbo aaaaaaaaaaaaaaaa]")]) == Absent()
    assert _judge(one, [held(one)]) == Adopt(held(one), ours=True)


def test_a_person_may_say_that_a_likeness_is_another_one() -> None:
    one = job(planned("invoice", "1042", beside=True))
    del one.planned.body["DocNumber"]
    assert _judge(one, [held(one, PrivateNote="")]) == Absent()
    assert _judge(one, [held(one)]) == Adopt(held(one), ours=True)


@pytest.mark.parametrize("numbered", [True, False])
def test_what_a_forgotten_posting_of_the_same_record_made_is_never_made_again(
    numbered: bool,
) -> None:
    """A restored cache has lost a refusal, and with it the generation that was posted then."""
    one = job(planned("invoice", "1042"))
    if not numbered:
        del one.planned.body["DocNumber"]
    later = marker(request_id(REALM, "Invoice", "invoice", "1042", "create", 2))
    earlier = own_markers(REALM, one.planned)
    there = held(one, PrivateNote=f"Voided by mistake {later}", DocNumber="9")

    def found(row: JsonObject, taken: Mapping[str, str]) -> Found:
        return judge(one, one.planned.body, {"Invoice": [row]}, taken, earlier)

    assert found(there, {}) == Adopt(there, ours=False)
    assert isinstance(found(dict(there, TotalAmt=Decimal("99.00")), {}), Hold)
    assert isinstance(found(dict(there, TotalAmt=0), {}), Absent)
    assert isinstance(found(there, {"500": "Docket invoice i9"}), Absent)


def test_what_was_found_by_its_time_alone_is_not_taken_for_our_number() -> None:
    there = held(INVOICE, PrivateNote="", DocNumber="77")
    assert _judge(INVOICE, [there]) == Absent()


def test_a_payment_of_another_customer_with_the_same_reference_is_no_twin() -> None:
    one = job(planned("payment", "5571"))
    there = held(one, PrivateNote="", CustomerRef={"value": "8"})
    assert _judge(one, [there], entity="Payment") == Absent()


def test_a_keyed_payment_is_adopted_only_if_it_pays_our_invoice() -> None:
    one = job(planned("payment", "5571"))
    there = held(one, PrivateNote="")
    assert _judge(one, [there], entity="Payment") == Adopt(there, ours=False)
    found = _judge(one, [dict(there, Line=[])], entity="Payment")
    assert isinstance(found, Hold)


def test_a_vendors_name_is_not_made_a_customer() -> None:
    one = job(planned("client", "Acme"))
    found = judge(one, one.planned.body, {"Customer": (), "Vendor": ({"Id": "9"},)}, {})
    assert isinstance(found, Hold)
    assert found.kind == ConflictKind.CUSTOMER_TAKEN


def test_a_customer_that_appeared_meanwhile_is_used() -> None:
    one = job(planned("client", "Acme"))
    there = {"Id": "9", "DisplayName": "Acme", "Active": True}
    assert judge(one, one.planned.body, {"Customer": (there,)}, {}) == Adopt(there, ours=False)
    again = job(planned("client", "Acme"), state=PostingState.UNKNOWN, attempts=1)
    assert judge(again, one.planned.body, {"Customer": (there,)}, {}) == Adopt(there, ours=True)


def test_a_category_is_not_sold() -> None:
    one = job(planned("product", "Dumpster"))
    found = _judge(one, [{"Id": "3", "Name": "Dumpster", "Type": "Category"}], entity="Item")
    assert isinstance(found, Hold)
    assert found.kind == ConflictKind.PRODUCT_UNUSABLE
