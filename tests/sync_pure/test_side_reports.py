from datetime import timedelta

import pytest

from core.errors import UsageTrouble
from store.books import Choice
from store.states import PostingState
from sync.estimate import docket_button
from sync.fingerprint import changed, fingerprint
from sync.names import conflict_groups, name_check
from sync.policy import Policy, check_setting
from sync.preflight import preflight
from sync.propose import propose_test
from sync.words import fault_words
from tests.sync_pure.build import (
    AT,
    DAY,
    books,
    client,
    document,
    invoice,
    item,
    line,
    link,
    name,
    payment,
    posted,
    product,
)


class TestEstimate:
    def test_a_nearly_equal_name_would_be_a_duplicate_customer(self) -> None:
        of = books(
            invoices=[invoice("i1", "1"), invoice("i2", "2")],
            names=[name(text="Bright Homes, LLC")],
        )
        assert docket_button(of, preflight(of, Policy())).duplicate_customers == 1

    @pytest.mark.parametrize("there", ["Bright Homes", "BRIGHT HOMES", "Zenith"])
    def test_the_same_or_a_new_name_would_not(self, there: str) -> None:
        of = books(names=[name(text=there)])
        assert docket_button(of, preflight(of, Policy())).duplicate_customers == 0

    def test_a_person_who_chose_does_not_help_docket(self) -> None:
        of = books(
            names=[name(text="Bright Homes, LLC")],
            choices=[Choice("client", "c1", "use", "Customer", "51")],
        )
        assert docket_button(of, preflight(of, Policy())).duplicate_customers == 1

    def test_lines_without_an_exact_item_would_go_to_service(self) -> None:
        own = invoice(lines=[line(), line("38.70", name="Overweight", product_id=None)])
        of = books(invoices=[own], items=[item(text="20 yard dumpster")])
        found = docket_button(of, preflight(of, Policy()))
        assert (found.generic_lines, found.generic_amount) == (2, 138_70)

    def test_what_is_there_already_would_be_twice_unless_docket_remembers(self) -> None:
        of = books(documents=[document()])
        assert docket_button(of, preflight(of, Policy())).invoices_twice == 1
        known = books(documents=[document()], invoices=[invoice(qbo_synced_at=AT)])
        assert docket_button(known, preflight(known, Policy())).invoices_twice == 0

    def test_a_payment_after_the_sync_stays_open(self) -> None:
        own = invoice()
        of = books(
            invoices=[own],
            payments=[payment(amount=60_00, to={"i1": 60_00})],
            documents=[document()],
            links=[link(own, "Invoice", "901")],
        )
        assert docket_button(of, preflight(of, Policy())).paid_but_open == 60_00

    def test_nothing_waits_nothing_counts(self) -> None:
        own = invoice()
        of = books(
            invoices=[own], items=[], documents=[document()], links=[link(own, "Invoice", "901")]
        )
        found = docket_button(of, preflight(of, Policy()))
        assert (found.generic_lines, found.invoices_twice, found.paid_but_open) == (0, 0, 0)


class TestNames:
    def test_names_that_wait_come_first_with_their_money(self) -> None:
        of = books(
            clients=[client(), client("c2", "Zenith", email="z@z.example")],
            invoices=[invoice(), invoice("i2", "2", "c2"), invoice("i3", "3", "c2")],
            names=[name(), name("52", "Zenith Inc")],
        )
        rows = name_check(of, preflight(of, Policy()))
        assert (rows[0].match.key, rows[0].waiting) == ("c2", True)
        assert (rows[0].invoices, rows[0].amount) == (2, 200_00)
        assert rows[0].evidence == ("C2", "z@z.example")
        assert {row.match.key for row in rows} == {"c1", "c2", "p1"}
        assert not any(row.waiting for row in rows[1:])

    def test_names_of_synced_invoices_are_not_listed(self) -> None:
        own = invoice()
        of = books(invoices=[own], documents=[document()], links=[link(own, "Invoice", "901")])
        assert name_check(of, preflight(of, Policy())) == []

    def test_conflicts_that_one_choice_solves_are_one_group(self) -> None:
        of = books(
            invoices=[invoice("i1", "1"), invoice("i2", "2")],
            names=[name(text="Bright Homes, LLC")],
        )
        (group,) = conflict_groups(of, preflight(of, Policy()))
        assert group.invoices == ("i1", "i2")
        assert group.amount == 200_00
        assert [way.action for way in group.ways_out] == ["use", "create", "exclude"]
        assert (group.subject_kind, group.subject_key) == ("client", "c1")

    def test_every_way_out_of_a_product_can_be_chosen(self) -> None:
        of = books(items=[item(text="20 yd Dumpster")])
        (group,) = conflict_groups(of, preflight(of, Policy()))
        use = group.ways_out[0]
        chosen = books(
            items=[item(text="20 yd Dumpster")],
            choices=[Choice("product", group.subject_key, use.action, use.entity, use.qbo_id)],
        )
        assert conflict_groups(chosen, preflight(chosen, Policy())) == []


class TestPropose:
    def test_it_takes_a_paid_invoice_of_known_names(self) -> None:
        of = books(
            clients=[client(), client("c2", "New One")],
            invoices=[
                invoice("i1", "1"),
                invoice("i2", "2"),
                invoice("i3", "3", "c2", issued_on=DAY + timedelta(3)),
            ],
            payments=[payment(to={"i2": 100_00})],
        )
        assert propose_test(of, preflight(of, Policy())) == "i2"

    def test_it_takes_none_that_cannot_be_posted(self) -> None:
        of = books(names=[name(entity="Vendor")])
        assert propose_test(of, preflight(of, Policy())) is None
        busy = books(postings=[posted(state=PostingState.UNKNOWN)])
        assert propose_test(busy, preflight(busy, Policy())) is None


class TestFingerprint:
    def test_what_is_sent_changes_it_and_nothing_else(self) -> None:
        own = invoice()
        then = fingerprint(own)
        assert not changed(then, invoice(updated_at=AT + timedelta(1), voided_at=AT))
        assert changed(then, invoice(memo="more"))
        assert changed(then, invoice(lines=[line("100.01")]))

    def test_how_a_number_is_written_does_not_change_it(self) -> None:
        assert fingerprint(invoice(lines=[line("100.0", "1.00")])) == fingerprint(invoice())

    def test_one_of_another_version_never_calls_a_record_changed(self) -> None:
        assert not changed("", invoice())
        assert not changed("0:abc", invoice())

    def test_every_kind_of_record_has_one(self) -> None:
        assert len({fingerprint(one) for one in (client(), product(), payment(), invoice())}) == 4


class TestPolicy:
    def test_the_settings_are_read(self) -> None:
        policy = Policy.from_settings(
            {"refunds": "refund_receipt", "products": "create:79", "unknown": "x"}
        )
        assert (policy.refunds, policy.income_account, policy.default_item) == (
            "refund_receipt",
            "79",
            "",
        )

    @pytest.mark.parametrize(
        ("key", "value"),
        [("refunds", "cash"), ("products", "item:"), ("tax", ""), ("nothing", "yes")],
    )
    def test_what_a_setting_cannot_be_is_refused_with_what_it_can(
        self, key: str, value: str
    ) -> None:
        with pytest.raises(UsageTrouble) as caught:
            check_setting(key, value)
        assert caught.value.fix

    def test_only_what_changes_what_is_sent_asks_for_a_new_test(self) -> None:
        plain = Policy().digest()
        assert Policy(ask_new_customers=True, display_id_as_name=True).digest() == plain
        for other in (
            Policy(refunds="refund_receipt"),
            Policy(products="item:1"),
            Policy(deposit_account="35"),
            Policy(tax="quickbooks"),
            Policy(numbering="quickbooks"),
        ):
            assert other.digest() != plain


class TestWords:
    CODES = (
        "100 110 120 130 140 150 500 600 610 620 630 700 800 900 1040 2000 2010 2020 2030 2040"
        " 2050 2060 2070 2080 2090 2100 2110 2120 2130 2140 2150 2160 2170 2200 2210 2220 2230"
        " 2240 2250 2290 2500 2600 3000 3001 003001 3100 003100 3200 003200 3201 3202 4000 4001"
        " 4002 5000 5010 5020 5030 6000 6010 6070 6080 6090 6100 6130 6140 6150 6160 6170 6180"
        " 6190 6200 6210 6220 6230 6240 6250 6270 6280 6310 6350 6390 6400 6420 6430 6440 6450"
        " 6460 6470 6480 6520 6530 6540 10000 10100 10200 503 504"
    )

    @pytest.mark.parametrize("code", CODES.split())
    def test_every_code_has_words_of_its_own(self, code: str) -> None:
        found = fault_words(code)
        assert found != fault_words("99999")
        assert found.what.endswith(".")
        assert found.fix.endswith(".")

    @pytest.mark.parametrize(
        ("code", "text", "part"),
        [
            ("6210", "Duplicate Document Number Error : You must specify", "invoice number"),
            ("6210", "The account period has closed", "closed"),
            ("610", "Another user has deleted this transaction.", "deleted"),
            ("610", "Something you're trying to use has been made inactive.", "inactive"),
            ("2500", "set up as a category instead of a product", "category"),
            ("6000", "You must specify a transaction amount that is 0 or greater.", "below zero"),
            ("6000", "You can only add or edit one name at a time.", "busy"),
            ("6000", "The currency of the transaction is invalid for customer", "currency"),
            ("6000", "You need to select a different type of account", "wrong type"),
            ("6000", "Amount applied is greater than payment", "More would be applied"),
            ("6000", "Unexpected Internal Error. (-30000)", "fault of its own"),
        ],
    )
    def test_the_text_decides_where_the_code_does_not(
        self, code: str, text: str, part: str
    ) -> None:
        assert part in fault_words(code, text).sentence
