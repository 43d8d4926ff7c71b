from dataclasses import replace

from store.books import Books, Choice
from sync.sites import as_one, by_place, parent_of, party, party_id
from tests.sync_pure.build import (
    books,
    client,
    document,
    invoice,
    kinds,
    link,
    name,
    place,
    plan,
    postings_of,
)

SPLIT = by_place("c1")
CLIENT = client(service_addresses=(place("a1", "1 Elm St"), place("a2", "2 Oak St")))
AT_OAK = invoice(service_address_id="a2")


def split(**changes: object) -> Books:
    given: dict[str, object] = {
        "clients": [CLIENT],
        "invoices": [AT_OAK],
        "choices": [SPLIT],
        **changes,
    }
    return books(**given)  # type: ignore[arg-type]  # one dict of the factory's own arguments


def test_without_a_choice_or_without_a_place_the_client_itself_is_the_party() -> None:
    assert party_id(split(choices=[]), AT_OAK) == "c1"
    assert party_id(split(choices=[as_one("c1")]), AT_OAK) == "c1"
    assert party_id(split(), replace(AT_OAK, service_address_id=None)) == "c1"
    assert party_id(split(), replace(AT_OAK, service_address_id="gone")) == "c1"


def test_a_place_is_a_party_below_its_client() -> None:
    of = split()
    found = party(of, AT_OAK)
    assert found is not None
    assert (found.id, found.customer_name) == ("c1@a2", "Bright Homes - 2 Oak St")
    assert parent_of(of, "c1@a2") == CLIENT
    assert parent_of(of, "c1") is None


def test_an_id_with_an_at_sign_of_dockets_own_is_no_place() -> None:
    odd = client("c1@a2", "Odd Id Inc")
    assert parent_of(split(clients=[CLIENT, odd]), "c1@a2") is None


def test_a_new_place_is_a_sub_customer_and_waits_for_a_client_that_is_made_too() -> None:
    new = [one for one in postings_of(plan(split(names=[]))) if one.kind == "client"]
    above, below = new
    assert above.body["DisplayName"] == "Bright Homes"
    assert below.body["DisplayName"] == "Bright Homes - 2 Oak St"
    assert below.body["ParentRef"]["value"] == "@client:c1"
    assert below.body["BillWithParent"] is True
    assert below.body["ShipAddr"]["Line1"] == "2 Oak St"
    assert [need.placeholder for need in below.needs] == ["@client:c1"]


def test_a_sub_customer_that_is_there_is_used_under_either_name() -> None:
    for own in ("Bright Homes - 2 Oak St", "2 Oak St"):
        of = split(names=[name(), name("52", own, parent_id="51")])
        made = [one for one in postings_of(plan(of)) if not one.adopts]
        assert [one.entity for one in made] == ["Invoice"]
        assert made[0].body["CustomerRef"]["value"] == "52"


def test_several_sub_customers_that_could_be_it_are_a_persons_choice() -> None:
    rivals = [
        name("52", "Bright Homes - 2 Oak St", parent_id="51"),
        name("53", "2 Oak St", parent_id="51"),
    ]
    assert kinds(split(names=[name(), *rivals])) == ["customer_unclear"]
    chosen = Choice("client", "c1@a2", "use", "Customer", "53")
    of = split(names=[name(), *rivals], choices=[SPLIT, chosen])
    (posting,) = [one for one in postings_of(plan(of)) if one.kind == "invoice"]
    assert posting.body["CustomerRef"]["value"] == "53"


def test_a_client_that_needs_a_person_is_asked_about_before_its_places() -> None:
    assert kinds(split(names=[name("51", "Bright Homes", entity="Vendor")])) == ["customer_taken"]


def test_an_invoice_that_is_there_under_the_client_is_linked_though_places_are_split() -> None:
    of = split(documents=[document()], links=[link(CLIENT, "Customer", "51")])
    assert [one.adopts for one in postings_of(plan(of)) if one.kind == "invoice"] == ["901"]
