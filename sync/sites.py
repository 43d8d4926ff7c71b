"""Clients with several service addresses: one customer, or a sub-customer for each place; pure.

One customer with the place as shipping address is the default. Where a person chose
sub-customers for a client (a choice of kind `sites`), each of its places is a party of
its own: a client derived from Docket's, under the key `<client id>@<place id>`, whose
customer stands below the client's. What is posted already stays with whom it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.records import Client, Invoice, ServiceAddress
from store.books import Books, Choice

SITES = "sites"
"""The kind of the choice; its key is the client's id."""

_AT = "@"


def by_place(client_id: str) -> Choice:
    """Return the choice of a sub-customer for each service address."""
    return Choice(SITES, client_id, "create", "Customer")


def as_one(client_id: str) -> Choice:
    """Return the choice of one customer, with the place as shipping address."""
    return Choice(SITES, client_id, "use", "Customer")


def party(books: Books, invoice: Invoice) -> Client | None:
    """Return whose customer an invoice goes to: the client, or the client at that place."""
    client = books.clients.get(invoice.client_id)
    if client is None or not splits(books, client.id):
        return client
    for place in client.service_addresses:
        if place.id == invoice.service_address_id:
            return _at(client, place)
    return client


def party_id(books: Books, invoice: Invoice) -> str:
    """Return the key of the invoice's party."""
    found = party(books, invoice)
    return invoice.client_id if found is None else found.id


def splits(books: Books, client_id: str) -> bool:
    """Whether a person chose sub-customers for a client."""
    choice = books.choices.get((SITES, client_id))
    return choice is not None and choice.action == "create"


def place_ids(books: Books, client_id: str) -> Iterator[str]:
    """Yield the keys of the parties that a client's service addresses are, or would be."""
    client = books.clients.get(client_id)
    if client is not None:
        yield from (_at(client, place).id for place in client.service_addresses)


def parent_of(books: Books, key: str) -> Client | None:
    """Return the client of a place's party; None for a client itself."""
    client_id, at, _ = key.rpartition(_AT)
    if not at or key in books.clients:
        return None
    return books.clients.get(client_id)


def _at(client: Client, place: ServiceAddress) -> Client:
    """Return a client at one place; the name has the client's in it, so that it is unique."""
    label = place.name.strip() or place.address.line1.strip() or place.id
    return replace(
        client,
        id=f"{client.id}{_AT}{place.id}",
        company_name=f"{client.customer_name} - {label}",
        first_name="",
        last_name="",
        service_addresses=(place,),
    )
