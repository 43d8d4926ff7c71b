from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.records import Allocation, Credit
from store.books import Applied, Choice
from store.states import WITHDRAWN, InvoiceStatus, PostingState
from sync.policy import Policy
from sync.preflight import preflight
from tests.sync_pure.build import (
    AT,
    DAY,
    books,
    check,
    client,
    company,
    document,
    invoice,
    kinds,
    line,
    link,
    name,
    paid,
    payment,
    posted,
    refund,
)


def status(*args: Any, **more: Any) -> tuple[str, str]:
    found = check(*args, **more)
    return str(found.status), found.reason_code


class TestOrder:
    def test_a_new_invoice_is_pending(self) -> None:
        assert status(books()) == ("pending", "new")

    def test_excluded_comes_before_everything(self) -> None:
        of = books(excluded=["i1"], names=[], items=[], postings=[posted(state=PostingState.HOLD)])
        assert status(of) == ("excluded", "excluded")

    def test_conflicted_comes_before_syncing(self) -> None:
        rows = [
            posted("payment", "y1", PostingState.REJECTED, reason="No."),
            posted(state=PostingState.SENDING),
        ]
        of = books(payments=[payment()], postings=rows)
        assert status(of) == ("conflicted", "refused")

    @pytest.mark.parametrize(
        ("state", "code"),
        [
            (PostingState.APPROVED, "approved"),
            (PostingState.SENDING, "sending"),
            (PostingState.UNKNOWN, "checking"),
        ],
    )
    def test_what_a_run_has_in_hand_is_syncing(self, state: PostingState, code: str) -> None:
        assert status(books(postings=[posted(state=state)])) == ("syncing", code)

    def test_an_unclear_payment_shows_as_checking(self) -> None:
        own = invoice()
        of = books(
            invoices=[own],
            payments=[payment()],
            documents=[document()],
            links=[link(own, "Invoice", "901")],
            postings=[posted("payment", "y1", PostingState.UNKNOWN)],
        )
        assert status(of) == ("syncing", "checking")

    def test_what_is_posted_in_full_is_synced(self) -> None:
        own, money = invoice(), payment()
        of = books(
            invoices=[own],
            payments=[money],
            documents=[document(balance=0), paid("902")],
            links=[link(own, "Invoice", "901"), link(money, "Payment", "902")],
        )
        found = check(of)
        assert found.status == InvoiceStatus.SYNCED
        assert (found.open_docket, found.open_qbo, found.qbo_number) == (0, 0, "1042")

    @pytest.mark.parametrize("money", [{"payments": [payment()]}, {"refunds": [refund()]}])
    def test_with_a_payment_or_refund_to_come_it_is_pending_never_synced(
        self, money: dict[str, Any]
    ) -> None:
        own = invoice()
        of = books(
            invoices=[own], documents=[document()], links=[link(own, "Invoice", "901")], **money
        )
        kind = next(iter(money)).removesuffix("s")
        assert status(of) == ("pending", f"{kind}_due")

    def test_a_payment_under_way_keeps_nothing_from_being_synced(self) -> None:
        own = invoice()
        of = books(
            invoices=[own],
            payments=[payment(status="pending")],
            documents=[document()],
            links=[link(own, "Invoice", "901")],
        )
        assert status(of) == ("synced", "synced")
        assert check(of).open_docket == 100_00

    def test_changed_since_posted_is_pending(self) -> None:
        then = invoice()
        now = invoice(lines=[line(), line("20.00")])
        of = books(
            invoices=[now],
            documents=[document()],
            links=[link(then, "Invoice", "901", total=100_00)],
        )
        assert status(of) == ("pending", "changed")

    def test_voided_or_deleted_before_posting_is_excluded_with_the_reason(self) -> None:
        assert status(books(invoices=[invoice(voided_at=AT)])) == ("excluded", "voided")
        assert status(books(invoices=[invoice(deleted_at=AT)])) == ("excluded", "deleted")

    def test_a_zero_total_is_excluded_with_the_reason(self) -> None:
        assert status(books(invoices=[invoice(lines=[line("0")])])) == ("excluded", "zero_total")

    def test_an_unposted_credit_is_due_until_quickbooks_shows_it(self) -> None:
        own = invoice()
        parts = (Allocation("i1", 40_00),)
        credit = Credit("k1", "K1", "c1", "prepayment", "Check", DAY, 40_00, parts, "", AT)
        common: dict[str, Any] = {
            "invoices": [own],
            "credits_": [credit],
            "links": [link(own, "Invoice", "901")],
        }
        assert status(books(documents=[document()], **common)) == ("pending", "credit_due")
        there = document("77", "Payment", "K1", 40_00, balance=0)
        there = replace(there, applied=(Applied("Invoice", "901", 40_00),))
        common["links"].append(link(credit, "Payment", "77"))
        settled = books(documents=[document(balance=60_00), there], **common)
        assert status(settled) == ("synced", "synced")


class TestDocument:
    @pytest.mark.parametrize(
        ("own", "kind"),
        [
            (invoice(number=""), "number_unfit"),
            (invoice(number="x" * 22), "number_unfit"),
            (replace(invoice(), subtotal=99_00), "sums"),
            (replace(invoice(), total=99_00), "sums"),
            (replace(invoice(), lines=()), "sums"),
            (invoice(lines=[line("-5.00")]), "negative_total"),
            (invoice(currency="CAD"), "currency"),
            (invoice(lines=[line(name="", product_id=None)]), "product_missing"),
        ],
    )
    def test_what_is_wrong_with_the_invoice_itself(self, own: Any, kind: str) -> None:
        assert kinds(books(invoices=[own])) == [kind]

    def test_the_longest_number_fits(self) -> None:
        assert kinds(books(invoices=[invoice(number="x" * 21)])) == []

    def test_a_number_is_no_matter_where_quickbooks_numbers_by_itself(self) -> None:
        of = books(invoices=[invoice(number="x" * 30)], of=company(custom_numbers=False))
        assert kinds(of) == []

    def test_two_docket_invoices_of_one_number_both_wait(self) -> None:
        of = books(invoices=[invoice("i1", "7"), invoice("i2", "7", lines=[line("5")])])
        assert kinds(of) == kinds(of, invoice_id="i2") == ["number_twice"]

    def test_leaving_one_out_frees_the_other(self) -> None:
        of = books(invoices=[invoice("i1", "7"), invoice("i2", "7")], excluded=["i2"])
        assert kinds(of) == []

    def test_a_reason_begins_with_what_there_is_to_do(self) -> None:
        assert check(books(items=[])).reason == "needs a product: 20 Yard Dumpster"

    def test_closed_books_hold_what_is_dated_up_to_the_day(self) -> None:
        assert kinds(books(of=company(books_closed_on=DAY))) == ["closed_books"]
        assert kinds(books(of=company(books_closed_on=DAY - timedelta(1)))) == []

    def test_a_start_date_holds_what_is_dated_before_it(self) -> None:
        assert kinds(books(of=company(start_date=DAY + timedelta(1)))) == ["before_start"]
        assert kinds(books(of=company(start_date=DAY))) == []

    @pytest.mark.parametrize("state", ["EXPIRED", "RESTRICTED", "SUSPENDED", "CANCELED"])
    def test_a_lapsed_subscription_holds_what_would_be_written(self, state: str) -> None:
        assert kinds(books(of=company(subscription=state))) == ["subscription"]

    def test_before_the_start_date_no_name_has_to_be_chosen(self) -> None:
        of = books(names=[name(entity="Vendor")], of=company(start_date=DAY + timedelta(1)))
        assert kinds(of) == ["before_start"]

    def test_what_holds_invoice_and_payment_alike_is_told_once(self) -> None:
        of = books(payments=[payment()], of=company(books_closed_on=DAY))
        assert kinds(of) == ["closed_books"]

    def test_a_lapsed_subscription_does_not_touch_what_is_synced(self) -> None:
        own = invoice()
        of = books(
            invoices=[own],
            documents=[document()],
            links=[link(own, "Invoice", "901")],
            of=company(subscription="EXPIRED"),
        )
        assert kinds(of) == []

    def test_what_one_choice_solves_is_one_group(self) -> None:
        of = books(
            invoices=[invoice("i1", "1"), invoice("i2", "2")], of=company(books_closed_on=DAY)
        )
        groups = {check(of, invoice_id=key).findings[0].group for key in ("i1", "i2")}
        assert len(groups) == 1

    def test_a_customer_in_another_currency_is_told(self) -> None:
        several = company(multicurrency=True)
        of = books(names=[name(currency="CAD")], of=several)
        assert kinds(of) == ["currency"]
        assert kinds(books(names=[name(currency="USD")], of=several)) == []


class TestTax:
    own = invoice(lines=[line(taxable=True)], tax=8_00)

    def test_tax_fits_a_company_with_sales_tax(self) -> None:
        assert kinds(books(invoices=[self.own])) == []

    @pytest.mark.parametrize(
        "change",
        [
            {"of": company(uses_sales_tax=False)},
            {"names": [name(taxable=False)]},
            {"clients": [client(tax_exempt=True)]},
            {"invoices": [invoice(tax=8_00)]},
            {"of": company(country="CA")},
        ],
    )
    def test_tax_that_quickbooks_would_drop_is_told(self, change: dict[str, Any]) -> None:
        assert kinds(books(**{"invoices": [self.own], **change})) == ["tax"]


class TestAlreadyThere:
    def test_exactly_the_same_will_be_linked(self) -> None:
        assert status(books(documents=[document()])) == ("pending", "there")

    @pytest.mark.parametrize("removed", ["Voided", "Deleted"])
    def test_what_was_removed_does_not_count(self, removed: str) -> None:
        assert status(books(documents=[document(removed=removed)])) == ("pending", "new")

    @pytest.mark.parametrize(
        ("change", "kind"),
        [
            ({"total": 90_00}, "already_there"),
            ({"txn_date": date(2026, 9, 1)}, "already_there"),
            ({"customer_id": "77"}, "already_there"),
            ({"tax": 8_00}, "already_there"),
            ({"customer_id": "77", "tax": 8_00}, "already_there"),
            ({"customer_id": "77", "total": 90_00}, "number_taken"),
            ({"entity": "SalesReceipt"}, "already_there"),
            ({"entity": "CreditMemo", "total": 5_00, "customer_id": "77"}, "number_taken"),
        ],
    )
    def test_what_differs_is_a_persons_decision(self, change: dict[str, Any], kind: str) -> None:
        of = books(documents=[document(**change)])
        assert kinds(of) == [kind]
        offers_link = any(way.action == "link" for way in check(of).findings[0].ways_out)
        assert offers_link == ("entity" not in change)

    def test_two_under_the_number_are_a_persons_decision(self) -> None:
        of = books(documents=[document("1"), document("2")])
        assert kinds(of) == ["already_there"]

    def test_one_that_another_docket_invoice_has_is_taken(self) -> None:
        other = invoice("i2", "77")
        of = books(
            invoices=[invoice(), other],
            documents=[document()],
            links=[link(other, "Invoice", "901")],
        )
        assert kinds(of) == ["number_taken"]

    def test_the_same_customer_day_and_amount_under_another_number_may_be_a_double(self) -> None:
        of = books(documents=[document(number="H-3")])
        assert kinds(of) == ["already_there"]
        choice = Choice("invoice", "i1", "create")
        assert kinds(books(documents=[document(number="H-3")], choices=[choice])) == []

    def test_a_chosen_one_will_be_linked_whatever_differs(self) -> None:
        choice = Choice("invoice", "i1", "link", "Invoice", "901")
        of = books(documents=[document(total=90_00, number="9")], choices=[choice])
        assert status(of) == ("pending", "there")

    def test_it_is_linked_even_before_the_start_date_and_in_closed_books(self) -> None:
        closed = company(start_date=DAY + timedelta(9), books_closed_on=DAY)
        assert status(books(documents=[document()], of=closed)) == ("pending", "there")

    def test_without_own_numbers_it_is_known_by_our_note(self) -> None:
        note = "Docket invoice no. 1042\n[docket-qbo abc]"
        numberless = company(custom_numbers=False)
        of = books(documents=[document(number="1", note=note)], of=numberless)
        assert status(of) == ("pending", "there")
        assert kinds(books(documents=[document(number="1")], of=numberless)) == ["already_there"]


class TestDrift:
    own = invoice()

    def linked(self, there: Any, own: Any = None, **more: Any) -> Any:
        now = self.own if own is None else own
        kept = [link(self.own, "Invoice", "901", total=100_00), link(client(), "Customer", "51")]
        return books(invoices=[now], documents=[there], links=kept, **more)

    def test_a_payment_that_quickbooks_applied_is_no_change(self) -> None:
        assert kinds(self.linked(document(sync_token="3", balance=20_00))) == []

    @pytest.mark.parametrize("change", [{"total": 90_00}, {"customer_id": "77"}])
    def test_a_change_in_quickbooks_is_told(self, change: dict[str, Any]) -> None:
        assert kinds(self.linked(document(**change))) == ["changed_in_qbo"]

    @pytest.mark.parametrize("removed", ["Voided", "Deleted"])
    def test_a_removal_in_quickbooks_is_told(self, removed: str) -> None:
        of = self.linked(document(removed=removed, total=0, balance=0))
        assert kinds(of) == ["removed_in_qbo"]
        assert check(of).open_qbo == 0

    def test_a_person_may_have_it_posted_again(self) -> None:
        again = Choice("invoice", "i1", "create", "Invoice", "901")
        of = self.linked(document(removed="Deleted"), choices=[again])
        assert status(of) == ("pending", "new")

    def test_what_a_person_linked_knowing_the_difference_is_no_change(self) -> None:
        choice = Choice("invoice", "i1", "link", "Invoice", "901")
        assert kinds(self.linked(document(total=90_00, customer_id="77"), choices=[choice])) == []

    def test_a_change_on_both_sides_is_told_as_such(self) -> None:
        changed = invoice(lines=[line("120.00")])
        assert kinds(self.linked(document(total=90_00), changed)) == ["changed_both"]

    @pytest.mark.parametrize(
        ("gone", "found"), [({"voided_at": AT}, "void_due"), ({"deleted_at": AT}, None)]
    )
    def test_a_removal_in_docket_is_told_until_quickbooks_agrees(
        self, gone: dict[str, Any], found: str | None
    ) -> None:
        dead = invoice(**gone)
        if found:
            assert status(self.linked(document(), dead)) == ("pending", found)
        else:
            assert kinds(self.linked(document(), dead)) == ["removed_in_docket"]
        assert status(self.linked(document(removed="Voided"), dead)) == ("excluded", "voided")

    def test_a_total_below_what_is_paid_cannot_be_sent(self) -> None:
        cheaper = invoice(lines=[line("50.00")])
        assert kinds(self.linked(document(balance=0), cheaper)) == ["changed_both"]

    def test_a_change_of_an_invoice_in_closed_books_cannot_be_sent(self) -> None:
        later = invoice(lines=[line("120.00")], issued_on=DAY + timedelta(40))
        of = self.linked(document(), later, of=company(books_closed_on=DAY))
        assert kinds(of) == ["closed_books"]

    def test_a_newer_tag_in_docket_is_no_change(self) -> None:
        assert kinds(self.linked(document(), replace(self.own, updated_at=AT + timedelta(9)))) == []


class TestMoney:
    own = invoice()

    def linked(self, *there: Any, **more: Any) -> Any:
        links = [link(self.own, "Invoice", "901", total=100_00), *more.pop("links", ())]
        invoices = more.pop("invoices", [self.own])
        return books(invoices=invoices, documents=there, links=links, **more)

    @pytest.mark.parametrize(
        "now",
        [
            payment(voided_at=AT),
            payment(deleted_at=AT),
            payment(status="returned"),
            payment(amount=90_00),
        ],
    )
    def test_a_posted_payment_that_changed_in_docket_is_told(self, now: Any) -> None:
        there = (document(balance=0), paid("902"))
        of = self.linked(*there, payments=[now], links=[link(payment(), "Payment", "902")])
        assert kinds(of) == ["payment"]

    @pytest.mark.parametrize(
        "there", [paid("902", removed="Voided"), paid("902", total=90_00), paid("902", "555")]
    )
    def test_a_posted_payment_that_changed_in_quickbooks_is_told(self, there: Any) -> None:
        of = self.linked(
            document(balance=0),
            there,
            payments=[payment()],
            links=[link(payment(), "Payment", "902")],
        )
        assert kinds(of) == ["payment"]

    def test_a_payment_returned_before_posting_is_no_matter(self) -> None:
        of = self.linked(document(), payments=[payment(status="returned")])
        assert status(of) == ("synced", "synced")

    def test_a_returned_payment_that_was_taken_out_in_quickbooks_is_settled(self) -> None:
        of = self.linked(
            document(),
            paid("902", removed="Voided"),
            payments=[payment(status="returned")],
            links=[link(payment(), "Payment", "902")],
        )
        assert status(of) == ("synced", "synced")

    def test_more_allocated_than_the_payment_holds_is_told(self) -> None:
        assert kinds(books(payments=[payment(amount=50_00, to={"i1": 60_00})])) == ["payment"]

    def test_more_paid_than_the_total_is_told(self) -> None:
        both = [payment("y1"), payment("y2")]
        assert kinds(books(payments=both)) == ["payment", "payment"]

    def test_a_payment_for_invoices_of_several_clients_is_told(self) -> None:
        of = books(
            clients=[client(), client("c2", "Other")],
            invoices=[invoice(), invoice("i2", "2", "c2")],
            names=[name(), name("52", "Other")],
            payments=[payment(amount=200_00, to={"i1": 100_00, "i2": 100_00})],
        )
        assert kinds(of) == ["payment"]

    def test_a_payment_in_closed_books_is_told(self) -> None:
        late = payment(received_on=DAY - timedelta(40))
        of = books(payments=[late], of=company(books_closed_on=DAY - timedelta(30)))
        assert kinds(of) == ["closed_books"]

    def test_what_something_else_has_paid_is_not_paid_again(self) -> None:
        of = self.linked(document(balance=30_00), payments=[payment()])
        assert kinds(of) == ["payment"]
        anyway = self.linked(
            document(balance=30_00),
            payments=[payment()],
            choices=[Choice("payment", "y1", "create")],
        )
        assert status(anyway) == ("pending", "payment_due")

    def test_a_payment_of_another_day_may_be_the_same(self) -> None:
        other_day = paid("902", txn_date=DAY + timedelta(2))
        of = self.linked(document(balance=0), other_day, payments=[payment()])
        assert "payment" in kinds(of)
        same = self.linked(
            document(balance=0),
            other_day,
            payments=[payment()],
            choices=[Choice("payment", "y1", "link", "Payment", "902")],
        )
        assert status(same) == ("pending", "payment_due")

    @pytest.mark.parametrize(
        ("own", "policy"),
        [
            (refund(amount=30_00, tax=1_00), Policy()),
            (refund(), Policy(refunds="refund_receipt")),
            (refund(lines=(), refunded_on=date(2020, 1, 1)), Policy()),
        ],
    )
    def test_a_refund_that_cannot_be_posted_is_told(self, own: Any, policy: Policy) -> None:
        of = self.linked(document(), refunds=[own], of=company(books_closed_on=date(2020, 1, 2)))
        assert kinds(of, policy)[0] in ("refund", "closed_books")

    @pytest.mark.parametrize("now", [refund(voided_at=AT), refund(amount=20_00)])
    def test_a_posted_refund_that_changed_is_told(self, now: Any) -> None:
        memo = document("903", "CreditMemo", "R-r1", 30_00)
        of = self.linked(
            document(), memo, refunds=[now], links=[link(refund(), "CreditMemo", "903")]
        )
        assert kinds(of) == ["refund"]

    def test_pending_ach_is_no_conflict(self) -> None:
        assert status(books(payments=[payment(status="pending")])) == ("pending", "new")


class TestRefused:
    def test_a_refusal_is_shown_in_its_own_words_with_a_way_to_retry(self) -> None:
        row = posted(state=PostingState.REJECTED, reason="The books are closed.", id=7)
        found = check(books(postings=[row]))
        assert found.reason_code == "refused"
        assert found.reason == "QuickBooks refused: The books are closed."
        assert found.findings[0].ways_out[0].posting_id == 7

    def test_a_difference_is_told_as_one(self) -> None:
        row = posted(state=PostingState.HOLD, fault_code="differs", reason="Total differs.")
        assert kinds(books(postings=[row])) == ["differs"]

    def test_a_refused_customer_holds_every_invoice_that_needs_it(self) -> None:
        row = posted("client", "c1", PostingState.REJECTED, reason="Name taken.")
        of = books(invoices=[invoice("i1", "1"), invoice("i2", "2")], names=[], postings=[row])
        assert kinds(of) == kinds(of, invoice_id="i2") == ["refused"]
        assert check(of).findings[0].group == check(of, invoice_id="i2").findings[0].group

    def test_what_we_took_back_ourselves_is_no_refusal(self) -> None:
        row = posted(state=PostingState.REJECTED, fault_code=WITHDRAWN, reason="not sent yet")
        assert status(books(postings=[row])) == ("pending", "new")

    def test_what_was_set_aside_may_go_again(self) -> None:
        assert status(books(postings=[posted(state=PostingState.EXCLUDED)])) == ("pending", "new")


def test_every_name_that_an_invoice_uses_is_matched() -> None:
    found = preflight(books(), Policy())
    assert set(found.clients) == {"c1"}
    assert set(found.products) == {"p1"}


def test_quantity_times_price_may_differ_from_the_amount_without_a_conflict() -> None:
    odd = line("128.35", "14.5", amount=1861_07)
    assert odd.quantity == Decimal("14.5")
    assert kinds(books(invoices=[invoice(lines=[odd])])) == []
