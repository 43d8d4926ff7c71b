from typing import Any

import pytest

from store.books import Books, Choice
from sync.matching import Matcher
from sync.policy import Policy
from sync.shapes import NameMatch, NameState
from tests.sync_pure.build import (
    books,
    check,
    client,
    invoice,
    item,
    kinds,
    line,
    link,
    name,
    place,
    product,
)


def match(of: Books, client_id: str = "c1", policy: Policy | None = None) -> NameMatch:
    return Matcher(of, policy or Policy()).client(of.clients[client_id])


def match_product(of: Books, policy: Policy | None = None) -> NameMatch:
    matcher = Matcher(of, policy or Policy())
    one = of.invoices["i1"].invoice.lines[0]
    return matcher.product(matcher.index.product_key(one), one.name)


class TestClients:
    def test_the_same_name_is_used(self) -> None:
        found = match(books())
        assert (found.state, found.target_id, found.create_as) == (NameState.SAME, "51", "")

    @pytest.mark.parametrize(
        "there", ["BRIGHT HOMES", "bright homes", "Bright  Homes", "Bright Homes "]
    )
    def test_a_name_that_differs_in_case_or_spaces_is_used_and_marked(self, there: str) -> None:
        found = match(books(names=[name(text=there)]))
        assert (found.state, found.target_id) == (NameState.SAME_BUT_CASE, "51")

    def test_a_name_that_nothing_is_like_is_created_without_asking(self) -> None:
        of = books(names=[name(text="Zenith Hauling")])
        assert match(of).create_as == "Bright Homes"
        assert kinds(of) == []

    def test_a_setting_asks_before_creating(self) -> None:
        of = books(names=[])
        assert kinds(of, Policy(ask_new_customers=True)) == ["customer_new"]
        chosen = books(names=[], choices=[Choice("client", "c1", "create", name="Bright Homes")])
        assert kinds(chosen, Policy(ask_new_customers=True)) == []

    def test_a_nearly_equal_name_waits_for_a_person_and_is_never_doubled(self) -> None:
        of = books(names=[name(text="Bright Homes, LLC")])
        found = match(of)
        assert (found.state, found.target, found.create_as) == (NameState.NEARLY, None, "")
        assert [one.qbo_id for one in found.candidates] == ["51"]
        assert kinds(of) == ["customer_unclear"]

    def test_the_same_e_mail_makes_a_weaker_likeness_worth_asking(self) -> None:
        own = client(name="Bright Builders", email="Office@Bright.example")
        there = name(text="Bright Homes LLC", email="office@bright.example")
        found = match(books(clients=[own], names=[there]))
        assert found.state == NameState.NEARLY
        assert found.candidates[0].evidence == ("same e-mail",)

    def test_candidates_are_ranked_by_likeness_and_evidence(self) -> None:
        own = client(
            name="Jon Smith",
            phone="(918) 555-0101",
            service_addresses=(place("a", "12 Elm Street"),),
        )
        names = [
            name("1", "John Smith"),
            name("2", "Jon Smyth", phone="918.555.0101", address="12 Elm St, Tulsa"),
        ]
        found = match(books(clients=[own], names=names))
        assert [one.qbo_id for one in found.candidates] == ["2", "1"]
        assert found.candidates[0].evidence == ("same phone", "same street")

    @pytest.mark.parametrize("entity", ["Vendor", "Employee"])
    def test_a_name_of_a_vendor_or_employee_needs_a_person(self, entity: str) -> None:
        of = books(names=[name(entity=entity)])
        found = match(of)
        assert (found.state, found.target, found.create_as) == (NameState.TAKEN, None, "")
        assert not found.candidates[0].usable
        finding = check(of).findings[0]
        assert str(finding.kind) == "customer_taken"
        ways = [way for way in finding.ways_out if way.action == "create"]
        assert [way.name for way in ways] == ["Bright Homes (C1)", "Bright Homes (customer)"]

    def test_an_inactive_vendor_whose_name_is_free_again_is_no_obstacle(self) -> None:
        of = books(names=[name(text="Bright Homes (deleted)", entity="Vendor", active=False)])
        assert match(of).create_as == "Bright Homes"

    def test_an_inactive_customer_needs_a_person(self) -> None:
        of = books(names=[name(text="Bright Homes (deleted)", active=False)])
        assert match(of).state == NameState.UNUSABLE
        assert kinds(of) == ["customer_inactive"]

    def test_the_active_one_is_used_where_its_twin_is_inactive(self) -> None:
        old = name("50", "Bright Homes (deleted)", active=False)
        assert match(books(names=[old, name()])).target_id == "51"

    def test_several_customers_of_one_name_need_a_person(self) -> None:
        of = books(names=[name("51"), name("52", parent_id="51")])
        assert match(of).state == NameState.SEVERAL

    def test_a_sub_customer_is_found_by_its_full_name(self) -> None:
        own = client(name="Parent Co: Lot Nine")
        names = [name("1", "Parent Co"), name("2", "Lot Nine", parent_id="1")]
        found = match(books(clients=[own], names=names))
        assert found.target_id == "2"
        assert found.target is not None
        assert "sub-customer: Parent Co:Lot Nine" in found.target.evidence

    def test_a_colon_is_sent_as_a_dash(self) -> None:
        found = match(books(clients=[client(name="Smith: Roofing")], names=[]))
        assert found.create_as == "Smith- Roofing"

    def test_a_client_without_any_name_needs_one(self) -> None:
        of = books(clients=[client(name=" ")], names=[])
        assert match(of).create_as == ""
        assert kinds(of) == ["customer_nameless"]

    def test_company_name_wins_and_first_and_last_name_stand_in(self) -> None:
        own = client(name="", first_name="Ann", last_name="Lee")
        assert match(books(clients=[own], names=[])).create_as == "Ann Lee"
        both = client(name="Lee Ltd", first_name="Ann", last_name="Lee")
        assert match(books(clients=[both], names=[])).create_as == "Lee Ltd"

    def test_the_display_id_is_the_name_only_by_a_setting(self) -> None:
        of = books(names=[name(text="C1")])
        assert match(of).create_as == "Bright Homes"
        assert match(of, policy=Policy(display_id_as_name=True)).target_id == "51"

    def test_a_link_by_id_wins_over_the_name(self) -> None:
        own = client()
        of = books(
            clients=[own],
            names=[name("51"), name("60", "Renamed In QuickBooks")],
            links=[link(own, "Customer", "60")],
        )
        found = match(of)
        assert (found.state, found.target_id) == (NameState.LINKED, "60")

    def test_a_link_to_an_inactive_customer_needs_a_person(self) -> None:
        own = client()
        gone = name("60", "Bright Homes (deleted)", active=False)
        of = books(clients=[own], names=[gone], links=[link(own, "Customer", "60")])
        assert match(of).state == NameState.UNUSABLE

    def test_a_choice_wins_over_the_link(self) -> None:
        own = client()
        of = books(
            clients=[own],
            names=[name("51"), name("60", "Other")],
            links=[link(own, "Customer", "60")],
            choices=[Choice("client", "c1", "use", "Customer", "51")],
        )
        assert (match(of).state, match(of).target_id) == (NameState.CHOSEN, "51")

    def test_a_chosen_new_name_is_created_once_and_then_used(self) -> None:
        choice = Choice("client", "c1", "create", name="Bright Homes (Tulsa)")
        assert match(books(choices=[choice])).create_as == "Bright Homes (Tulsa)"
        made = books(choices=[choice], names=[name(), name("60", "Bright Homes (Tulsa)")])
        assert match(made).target_id == "60"


class TestNamesakes:
    two = (client("c1"), client("c2"))
    both = (invoice("i1", "1", "c1"), invoice("i2", "2", "c2"))

    def test_the_first_is_created_and_the_second_asks(self) -> None:
        of = books(clients=self.two, invoices=self.both, names=[])
        assert match(of, "c1").create_as == "Bright Homes"
        assert match(of, "c2").state == NameState.SEVERAL
        assert kinds(of, invoice_id="i2") == ["customer_unclear"]

    def test_none_takes_an_existing_customer_where_nothing_tells_them_apart(self) -> None:
        of = books(clients=self.two, invoices=self.both)
        assert {match(of, key).state for key in ("c1", "c2")} == {NameState.SEVERAL}

    def test_the_one_with_evidence_takes_the_existing_customer(self) -> None:
        clients = (client("c1"), client("c2", email="a@b.example"))
        of = books(clients=clients, invoices=self.both, names=[name(email="a@b.example")])
        assert match(of, "c2").target_id == "51"
        assert match(of, "c1").state == NameState.SEVERAL

    def test_a_customer_that_another_client_uses_is_never_shared_silently(self) -> None:
        of = books(
            clients=self.two, invoices=self.both, links=[link(self.two[0], "Customer", "51")]
        )
        assert match(of, "c1").target_id == "51"
        found = match(of, "c2")
        assert (found.state, found.target) == (NameState.SEVERAL, None)
        assert found.candidates[0].evidence == ("used by Docket client C1",)

    def test_a_choice_settles_it(self) -> None:
        choice = Choice("client", "c2", "create", name="Bright Homes (Tulsa)")
        of = books(clients=self.two, invoices=self.both, choices=[choice])
        assert match(of, "c1").target_id == "51"
        assert match(of, "c2").create_as == "Bright Homes (Tulsa)"

    def test_a_namesake_without_invoices_does_not_matter(self) -> None:
        of = books(clients=self.two, invoices=self.both[:1])
        assert match(of, "c1").target_id == "51"


class TestProducts:
    def test_the_same_name_is_used(self) -> None:
        assert match_product(books()).target_id == "11"

    def test_an_item_under_a_category_is_found_by_name_and_by_full_name(self) -> None:
        under = item(full_name="Rentals:20 Yard Dumpster")
        assert match_product(books(items=[under])).target_id == "11"
        full = books(
            items=[under],
            invoices=[invoice(lines=[line(name="Rentals:20 Yard Dumpster", product_id=None)])],
        )
        assert match_product(full).target_id == "11"

    def test_a_product_without_an_item_blocks_and_never_becomes_service(self) -> None:
        of = books(items=[item(text="Service"), item("12", "Services")])
        found = match_product(of)
        assert (found.state, found.target, found.create_as) == (NameState.MISSING, None, "")
        assert kinds(of) == ["product_missing"]

    def test_the_policy_may_name_a_stand_in_or_create(self) -> None:
        of = books(items=[item("12", "Misc Income")])
        assert match_product(of, Policy(products="item:12")).target_id == "12"
        assert match_product(of, Policy(products="create:79")).create_as == "20 Yard Dumpster"
        assert kinds(of, Policy(products="create:79")) == []

    def test_a_nearly_equal_item_needs_a_person_even_where_the_policy_creates(self) -> None:
        of = books(items=[item(text="20 yd Dumpster")])
        assert match_product(of).state == NameState.NEARLY
        assert kinds(of, Policy(products="create:79")) == ["product_unclear"]

    def test_another_size_is_not_nearly_the_same(self) -> None:
        assert (
            match_product(books(items=[item(text="10 Yard Dumpster")])).state == NameState.MISSING
        )

    @pytest.mark.parametrize("change", [{"active": False}, {"kind": "Category"}, {"kind": "Group"}])
    def test_what_cannot_stand_on_an_invoice_needs_a_person(self, change: dict[str, Any]) -> None:
        of = books(items=[item(**change)])
        assert match_product(of).state == NameState.UNUSABLE
        assert kinds(of) == ["product_unusable"]

    def test_two_items_of_one_name_need_a_person(self) -> None:
        two = [item("1", full_name="A:20 Yard Dumpster"), item("2", full_name="B:20 Yard Dumpster")]
        assert match_product(books(items=two)).state == NameState.SEVERAL

    def test_a_line_named_unlike_its_product_is_matched_by_its_own_name(self) -> None:
        of = books(
            invoices=[invoice(lines=[line(name="Overweight")])],
            items=[item(), item("12", "Overweight")],
        )
        assert match_product(of).target_id == "12"

    def test_products_that_bear_one_name_share_one_choice(self) -> None:
        of = books(
            products=[product("p1"), product("p2")],
            invoices=[invoice(lines=[line(product_id="p2")])],
            items=[item("12", "Rental")],
            choices=[Choice("product", "p1", "use", "Item", "12")],
        )
        assert match_product(of).target_id == "12"


def test_searching_for_another_finds_by_part_of_the_name() -> None:
    of = books(names=[name("1", "Acme Roofing"), name("2", "Zenith")])
    assert [one.qbo_id for one in Matcher(of, Policy()).search("client", "roof")] == ["1"]
    assert [one.qbo_id for one in Matcher(of, Policy()).search("product", "yard")] == ["11"]
