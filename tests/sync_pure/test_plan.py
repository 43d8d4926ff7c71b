from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ids import marker, request_id
from core.jsonio import dumps
from core.money import Cents, to_cents
from store.books import Applied, Books, Choice
from store.states import PostingState
from sync.plan import make_plan, preview_json
from sync.policy import Policy
from sync.preflight import preflight
from sync.shapes import Need, Outcome
from tests.sync_pure.build import (
    AT,
    DAY,
    books,
    client,
    company,
    document,
    invoice,
    item,
    line,
    link,
    name,
    paid,
    payment,
    plan,
    plan_one,
    posted,
    postings_of,
    product,
    refund,
)


def written(of: Books, policy: Policy | None = None) -> list[tuple[str, str]]:
    return [(one.kind, one.docket_id) for one in postings_of(plan(of, policy)) if not one.adopts]


class TestOutcomes:
    def test_a_new_paid_invoice_is_posted_with_its_payment(self) -> None:
        found = plan_one(books(payments=[payment()]))
        assert (found.outcome, found.paid) == (Outcome.POSTED, True)
        assert written(books(payments=[payment()])) == [("invoice", "i1"), ("payment", "y1")]

    def test_an_unpaid_invoice_is_posted_open(self) -> None:
        found = plan(books())
        assert (found.paid.count, found.unpaid.count, found.unpaid.amount) == (0, 1, 100_00)

    def test_a_later_payment_posts_alone(self) -> None:
        own = invoice()
        of = books(
            invoices=[own],
            payments=[payment()],
            documents=[document()],
            links=[link(own, "Invoice", "901")],
        )
        assert plan_one(of).outcome == Outcome.PAYMENT_ONLY
        (posting,) = postings_of(plan(of))
        assert posting.body["Line"][0]["LinkedTxn"] == [{"TxnId": "901", "TxnType": "Invoice"}]
        assert posting.needs == ()

    def test_what_is_there_is_linked_and_its_missing_payment_posted(self) -> None:
        of = books(payments=[payment()], documents=[document()])
        assert plan_one(of).outcome == Outcome.LINKED
        assert written(of) == [("payment", "y1")]
        linked = {one.kind: one.adopts for one in postings_of(plan(of)) if one.adopts}
        assert linked == {"client": "51", "invoice": "901"}

    def test_what_is_there_with_its_payment_is_linked_without_a_write(self) -> None:
        of = books(payments=[payment()], documents=[document(balance=0), paid("902")])
        assert plan_one(of).outcome == Outcome.LINKED
        assert plan(of).writes == 0
        assert ("payment", "902") in {(one.kind, one.adopts) for one in postings_of(plan(of))}

    def test_a_change_is_sent_as_a_sparse_update_of_the_token_it_edits(self) -> None:
        now = invoice(lines=[line(), line("20.00")], memo="with overage")
        of = books(
            invoices=[now],
            documents=[document(sync_token="3")],
            links=[link(invoice(), "Invoice", "901", total=100_00)],
        )
        assert plan_one(of).outcome == Outcome.UPDATED
        (posting,) = (one for one in postings_of(plan(of)) if not one.adopts)
        assert posting.operation == "update@3"
        assert posting.body["Id"] == "901"
        assert posting.body["SyncToken"] == "3"
        assert posting.body["sparse"] is True
        assert "PrivateNote" not in posting.body

    def test_a_payment_waits_for_the_update_that_makes_room_for_it(self) -> None:
        now = invoice(lines=[line(), line("20.00")])
        of = books(
            invoices=[now],
            payments=[payment(amount=120_00)],
            documents=[document()],
            links=[link(invoice(), "Invoice", "901", total=100_00)],
        )
        posting = postings_of(plan(of))[-1]
        assert posting.needs == (Need("invoice", "i1"),)
        assert posting.body["Line"][0]["Amount"] == 120

    @pytest.mark.parametrize(
        ("change", "outcome"),
        [
            ({"names": [name(entity="Vendor")]}, Outcome.NEEDS_YOU),
            ({"excluded": ["i1"]}, Outcome.SKIPPED),
            ({"invoices": [invoice(lines=[line("0")])]}, Outcome.SKIPPED),
            ({"invoices": [invoice(voided_at=AT)]}, Outcome.SKIPPED),
            ({"postings": [posted(state=PostingState.UNKNOWN)]}, Outcome.CHECKING),
            ({"postings": [posted(state=PostingState.APPROVED)]}, Outcome.SKIPPED),
        ],
    )
    def test_what_is_not_sent_says_why(self, change: dict[str, Any], outcome: Outcome) -> None:
        found = plan_one(books(**change))
        assert (found.outcome, found.postings) == (outcome, ())
        assert found.reason


class TestShared:
    def test_a_new_customer_is_made_once_at_the_first_invoice_by_date(self) -> None:
        late = invoice("i1", "2", issued_on=DAY + timedelta(1))
        of = books(invoices=[late, invoice("i2", "1")], names=[])
        made = [one for one in postings_of(plan(of)) if one.kind == "client"]
        assert [(one.docket_id, one.invoice_id) for one in made] == [("c1", "i2")]
        assert plan(of).new_customers == ("Bright Homes",)
        for one in postings_of(plan(of)):
            if one.kind == "invoice":
                assert one.needs == (Need("client", "c1"),)
                assert one.body["CustomerRef"] == {"value": "@client:c1", "name": "Bright Homes"}

    def test_a_new_item_is_made_once_under_the_policy(self) -> None:
        of = books(invoices=[invoice("i1", "1"), invoice("i2", "2")], items=[])
        made = plan(of, Policy(products="create:79"))
        items = [one for one in postings_of(made) if one.kind == "product"]
        assert [one.docket_id for one in items] == ["p1"]
        assert items[0].body["IncomeAccountRef"] == {"value": "79"}
        assert made.new_items == ("20 Yard Dumpster",)

    def test_a_customer_found_by_name_is_linked_once_without_a_write(self) -> None:
        of = books(invoices=[invoice("i1", "1"), invoice("i2", "2")])
        found = [one for one in postings_of(plan(of)) if one.kind == "client"]
        assert [(one.adopts, one.needs) for one in found] == [("51", ())]

    def test_two_products_that_mean_one_item_link_it_once(self) -> None:
        products = [product("p1", "20 Yard Dumpster"), product("p2", "20 yard dumpster")]
        lines = [line(), line(name="20 yard dumpster", product_id="p2")]
        of = books(products=products, invoices=[invoice(lines=lines)])
        assert sum(one.kind == "product" for one in postings_of(plan(of))) == 1

    def test_a_payment_over_two_invoices_is_made_once_after_both(self) -> None:
        check = payment(amount=200_00, to={"i1": 100_00, "i2": 100_00})
        of = books(invoices=[invoice("i1", "1"), invoice("i2", "2")], payments=[check])
        assert written(of) == [("invoice", "i1"), ("invoice", "i2"), ("payment", "y1")]
        posting = postings_of(plan(of))[-1]
        assert set(posting.needs) == {Need("invoice", "i1"), Need("invoice", "i2")}
        targets = [part["LinkedTxn"][0]["TxnId"] for part in posting.body["Line"]]
        assert targets == ["@invoice:i1", "@invoice:i2"]

    def test_it_waits_where_one_of_them_needs_a_person(self) -> None:
        check = payment(amount=200_00, to={"i1": 100_00, "i2": 100_00})
        odd = invoice("i2", "2", lines=[line(name="Unknown", product_id=None)])
        of = books(invoices=[invoice("i1", "1"), odd], payments=[check])
        assert written(of) == [("invoice", "i1")]
        found = plan_one(of)
        assert (found.outcome, found.paid) == (Outcome.POSTED, False)
        assert any("waits for invoice 2" in note for note in found.notes)

    def test_it_waits_where_one_of_them_is_not_selected(self) -> None:
        check = payment(amount=200_00, to={"i1": 100_00, "i2": 100_00})
        of = books(invoices=[invoice("i1", "1"), invoice("i2", "2")], payments=[check])
        alone = plan(of, None, "i1")
        assert [one.kind for one in postings_of(alone) if not one.adopts] == ["invoice"]

    def test_it_goes_where_the_other_is_linked_already(self) -> None:
        check = payment(amount=200_00, to={"i1": 100_00, "i2": 100_00})
        other = invoice("i2", "2")
        of = books(
            invoices=[invoice("i1", "1"), other],
            payments=[check],
            documents=[document(number="2")],
            links=[link(other, "Invoice", "901")],
        )
        alone = plan(of, None, "i1")
        posting = postings_of(alone)[-1]
        targets = [part["LinkedTxn"][0]["TxnId"] for part in posting.body["Line"]]
        assert targets == ["@invoice:i1", "901"]

    def test_waiting_only_is_skipped_with_the_reason(self) -> None:
        check = payment(amount=200_00, to={"i1": 100_00, "i2": 100_00})
        own = invoice("i1", "1")
        odd = invoice("i2", "2", lines=[line(name="Unknown", product_id=None)])
        of = books(
            invoices=[own, odd],
            payments=[check],
            documents=[document(number="1")],
            links=[link(own, "Invoice", "901")],
        )
        found = plan_one(of)
        assert (found.outcome, found.postings) == (Outcome.SKIPPED, ())
        assert "waits for invoice 2" in found.reason

    def test_a_part_that_a_void_freed_stays_as_credit(self) -> None:
        check = payment(amount=200_00, to={"i1": 100_00, "i2": 100_00})
        of = books(
            invoices=[invoice("i1", "1"), invoice("i2", "2", voided_at=AT)], payments=[check]
        )
        posting = postings_of(plan(of))[-1]
        assert [part["Amount"] for part in posting.body["Line"]] == [100]
        assert posting.body["TotalAmt"] == 200

    def test_a_prepayment_leaves_the_rest_unapplied(self) -> None:
        of = books(payments=[payment(amount=150_00, to={"i1": 100_00})])
        posting = postings_of(plan(of))[-1]
        assert (posting.body["TotalAmt"], posting.body["Line"][0]["Amount"]) == (150, 100)


class TestIds:
    def test_the_marker_is_of_the_id_under_which_it_is_sent(self) -> None:
        of = books(payments=[payment()], refunds=[refund()])
        for one in postings_of(plan(of)):
            if one.adopts:
                continue
            request = request_id(
                of.company.realm_id,
                one.entity,
                one.kind,
                one.docket_id,
                one.operation,
                one.generation,
            )
            assert one.body["PrivateNote"].endswith(marker(request))

    def test_the_generation_rises_after_a_refusal_that_was_set_aside(self) -> None:
        rows = [posted(state=PostingState.EXCLUDED, generation=0)]
        posting = next(
            one for one in postings_of(plan(books(postings=rows))) if one.kind == "invoice"
        )
        assert posting.generation == 1

    def test_a_deliberate_repost_after_a_delete_gets_a_new_generation(self) -> None:
        own = invoice()
        of = books(
            invoices=[own],
            documents=[document(removed="Deleted")],
            links=[link(own, "Invoice", "901")],
            choices=[Choice("invoice", "i1", "create", "Invoice", "901")],
            postings=[posted(qbo_id="901")],
        )
        posting = next(one for one in postings_of(plan(of)) if one.kind == "invoice")
        assert (posting.generation, posting.operation) == (1, "create")

    def test_after_an_unsync_it_is_linked_again_instead_of_doubled(self) -> None:
        of = books(
            payments=[payment()],
            documents=[document(balance=0), paid("902", txn_date=DAY + timedelta(1))],
            postings=[posted(qbo_id="901"), posted("payment", "y1", qbo_id="902")],
        )
        assert plan(of).writes == 0
        assert plan_one(of).outcome == Outcome.LINKED


class TestChoices:
    chosen = Choice("product", "p1", "use", "Item", "12")

    def test_the_first_use_of_a_choice_is_marked(self) -> None:
        of = books(choices=[self.chosen], items=[item("12", "Rental")])
        posting = next(one for one in postings_of(plan(of)) if one.kind == "invoice")
        assert posting.uses_choice == ("product", "p1")

    def test_a_choice_that_a_posted_invoice_used_is_not(self) -> None:
        done = invoice("i2", "2")
        of = books(
            invoices=[invoice(), done],
            choices=[self.chosen],
            items=[item("12", "Rental")],
            documents=[document(number="2")],
            links=[link(done, "Invoice", "901")],
        )
        posting = next(one for one in postings_of(plan(of)) if one.kind == "invoice")
        assert posting.uses_choice is None


class TestNotes:
    def notes(self, of: Books, policy: Policy | None = None) -> str:
        return "; ".join(plan_one(of, policy).notes)

    def test_what_differs_only_in_case_is_said(self) -> None:
        assert "differs only in case" in self.notes(books(names=[name(text="BRIGHT HOMES")]))

    def test_a_name_with_a_colon_is_said(self) -> None:
        notes = self.notes(books(clients=[client(name="Smith: Roofing")], names=[]))
        assert "creates customer Smith- Roofing" in notes
        assert "without colon" in notes

    def test_what_a_refund_does_to_the_balance_is_said(self) -> None:
        of = books(payments=[payment()], refunds=[refund()])
        assert "leaves the customer that much credit" in self.notes(of)
        receipt = Policy(refunds="refund_receipt", refund_account="35")
        assert "balance stays" in self.notes(of, receipt)

    def test_an_ach_payment_under_way_is_said(self) -> None:
        assert "under way" in self.notes(books(payments=[payment(status="pending")]))

    def test_a_line_sent_without_quantity_is_said(self) -> None:
        odd = line("128.35", "14.5", amount=1861_07)
        assert "line 1: 1,861.07 is sent without" in self.notes(
            books(invoices=[invoice(lines=[odd])])
        )

    def test_a_number_in_the_note_is_said(self) -> None:
        assert "private note" in self.notes(books(of=company(custom_numbers=False)))


# --- properties


@st.composite
def worlds(draw: st.DrawFn) -> Books:
    """Books with shared clients, payments over several invoices, and some of it posted."""
    count = draw(st.integers(1, 6))
    prices = draw(st.lists(st.integers(0, 50_000), min_size=count, max_size=count))
    invoices = [
        invoice(
            f"i{n}",
            str(draw(st.integers(1, 8))),
            draw(st.sampled_from(["c1", "c2", "c3"])),
            [line(f"{price // 100}.{price % 100:02d}")],
            issued_on=DAY + timedelta(draw(st.integers(0, 3))),
        )
        for n, price in enumerate(prices)
    ]
    payments = []
    for n in range(draw(st.integers(0, 5))):
        to = draw(st.lists(st.sampled_from(invoices), min_size=1, max_size=3, unique=True))
        parts = {one.id: draw(st.integers(0, one.total)) for one in to}
        rest = draw(st.integers(0, 1000))
        payments.append(payment(f"y{n}", sum(parts.values()) + rest, parts, reference=str(n % 3)))
    linked = draw(st.lists(st.sampled_from(invoices), unique_by=lambda one: one.id, max_size=3))
    there = [
        document(
            str(900 + n),
            number=one.number,
            total=one.total,
            txn_date=one.issued_on,
            customer_id=draw(st.sampled_from(["51", "52"])),
        )
        for n, one in enumerate(linked)
    ]
    known = draw(st.integers(0, len(linked)))
    return books(
        clients=[client(), client("c2", "Zenith"), client("c3", "New Client")],
        names=[name(), name("52", draw(st.sampled_from(["Zenith", "ZENITH", "Zenit"])))],
        invoices=invoices,
        payments=payments,
        refunds=[refund(invoice_id=invoices[0].id)] if draw(st.booleans()) else [],
        documents=there,
        links=[link(one, "Invoice", str(900 + n)) for n, one in enumerate(linked[:known])],
    )


@settings(max_examples=120, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_selection_does_not_matter(of: Books, chance: Any) -> None:
    checked = preflight(of, Policy())
    ids = list(of.invoices)
    shuffled = [*ids, *ids[:1]]
    chance.shuffle(shuffled)
    one, other = (make_plan(of, Policy(), checked, order) for order in (ids, shuffled))
    assert one.digest == other.digest
    assert one == other


@settings(max_examples=120, deadline=None)
@given(worlds())
def test_nothing_is_created_twice(of: Books) -> None:
    keys = [(one.kind, one.docket_id, one.operation) for one in postings_of(plan(of))]
    assert len(keys) == len(set(keys))
    adopted = [(one.entity, one.adopts) for one in postings_of(plan(of)) if one.adopts]
    assert len(adopted) == len(set(adopted))


@settings(max_examples=120, deadline=None)
@given(worlds())
def test_the_words_add_up_to_what_was_selected(of: Books) -> None:
    found = plan(of)
    assert sum(part.count for part in found.totals.values()) == found.selected.count
    assert sum(part.amount for part in found.totals.values()) == found.selected.amount
    assert found.selected.count == len(of.invoices)
    going = found.totals[Outcome.POSTED]
    assert found.paid.count + found.unpaid.count == going.count
    assert found.paid.amount + found.unpaid.amount == going.amount


@settings(max_examples=120, deadline=None)
@given(worlds())
def test_money_is_neither_made_nor_lost(of: Books) -> None:
    applied: dict[str, Cents] = {}
    for one in postings_of(plan(of)):
        if one.kind == "payment" and not one.adopts:
            parts = one.body.get("Line", [])
            given_out = sum(to_cents(part["Amount"]) for part in parts)
            assert given_out <= one.amount == to_cents(one.body["TotalAmt"])
            for part in parts:
                target = part["LinkedTxn"][0]["TxnId"]
                applied[target] = applied.get(target, 0) + to_cents(part["Amount"])
        if one.kind == "invoice" and one.operation == "create" and not one.adopts:
            total = sum(to_cents(part["Amount"]) for part in one.body["Line"])
            assert total == one.amount == of.invoices[one.docket_id].invoice.total
    for target, amount in applied.items():
        if target.startswith("@invoice:"):
            own = of.invoices[target.removeprefix("@invoice:")].invoice
            assert amount <= own.total
        else:
            assert amount <= of.documents["Invoice", target].balance


@settings(max_examples=120, deadline=None)
@given(worlds())
def test_what_a_posting_needs_comes_before_it(of: Books) -> None:
    made: set[tuple[str, str]] = set()
    for one in postings_of(plan(of)):
        for need in one.needs:
            assert (need.kind, need.docket_id) in made
        text = dumps(one.body)
        for need in one.needs:
            assert need.placeholder in text or need.kind == "invoice"
        assert ("@client:" in text) == any(need.kind == "client" for need in one.needs)
        made.add((one.kind, one.docket_id))


def carried_out(of: Books) -> Books:
    """The books after everything in the plan was confirmed and read back."""
    found = plan(of)
    ids: dict[str, str] = {}
    documents, links, names = dict(of.documents), dict(of.links), list(of.names)
    records: dict[tuple[str, str], Any] = {("client", k): c for k, c in of.clients.items()}
    records |= {("product", k): p for k, p in of.products.items()}
    for file in of.invoices.values():
        records["invoice", file.invoice.id] = file.invoice
        records |= {("payment", one.id): one for one in file.payments}
        records |= {("refund", one.id): one for one in file.refunds}
    for place, one in enumerate(postings_of(found)):
        qbo_id = one.adopts or str(5000 + place)
        ids[Need(one.kind, one.docket_id).placeholder] = qbo_id
        links[one.kind, one.docket_id] = link(records[one.kind, one.docket_id], one.entity, qbo_id)
        if one.kind == "client" and not one.adopts:
            names.append(name(qbo_id, one.body["DisplayName"]))
        if one.adopts or one.kind in ("client", "product"):
            continue
        customer = one.body["CustomerRef"]["value"]
        parts = one.body.get("Line", []) if one.kind == "payment" else []
        given_out = sum(to_cents(part["Amount"]) for part in parts)
        for part in parts:
            paid = part["LinkedTxn"][0]["TxnId"]
            key = ("Invoice", ids.get(paid, paid))
            left = documents[key].balance - to_cents(part["Amount"])
            documents[key] = replace(documents[key], balance=left)
        documents[one.entity, qbo_id] = document(
            qbo_id,
            one.entity,
            str(one.body.get("DocNumber", one.body.get("PaymentRefNum", ""))),
            one.amount,
            customer_id=ids.get(customer, customer),
            balance=one.amount - given_out,
            applied=tuple(
                Applied(
                    "Invoice",
                    ids.get(part["LinkedTxn"][0]["TxnId"], part["LinkedTxn"][0]["TxnId"]),
                    to_cents(part["Amount"]),
                )
                for part in parts
            ),
        )
    return books(
        invoices=[file.invoice for file in of.invoices.values()],
        payments={p.id: p for f in of.invoices.values() for p in f.payments}.values(),
        refunds={r.id: r for f in of.invoices.values() for r in f.refunds}.values(),
        clients=of.clients.values(),
        names=names,
        documents=documents.values(),
        links=links.values(),
    )


@settings(max_examples=120, deadline=None)
@given(worlds())
def test_after_everything_is_confirmed_nothing_is_left_to_write(of: Books) -> None:
    again = plan(carried_out(of))
    settled = {one.docket_id for one in plan(of).invoices if one.outcome != Outcome.NEEDS_YOU}
    left = [one for one in postings_of(again) if one.invoice_id in settled]
    waiting = {
        one.docket_id for one in plan(of).invoices if any("waits" in note for note in one.notes)
    }
    assert [one for one in left if one.invoice_id not in waiting] == []


def test_the_preview_as_json_holds_the_contract() -> None:
    found = preview_json(plan(books(payments=[payment()])))
    (own,) = found["invoices"]
    assert {"docket_id", "number", "status", "reason", "total_cents", "postings"} <= set(own)
    assert (own["status"], own["total_cents"]) == ("pending", 100_00)
    assert found["totals"]["posted"] == {"count": 1, "cents": 100_00}
    assert found["totals"]["selected"] == {"count": 1, "cents": 100_00}
    assert dumps(found)


def test_look_ups_are_counted_by_fifty() -> None:
    many = [invoice(f"i{n}", str(n)) for n in range(1, 102)]
    choices = [Choice("client", "c1", "use", "Customer", "51")]
    choices += [Choice("product", "p1", "use", "Item", "11")]
    assert plan(books(invoices=many, choices=choices)).metered_reads == 3
