"""Which QuickBooks record a Docket name means; pure.

A person's choice wins, then the link by Id; only a name without either is compared,
once. The same name is used when it is the only one that can be; nothing like it
makes a new customer (never a new or "Service" item, unless the policy says so);
everything between is a person's decision, with the candidates ranked by likeness
and by what else speaks for them.
"""

from __future__ import annotations

from collections.abc import Collection, MutableMapping
from copy import copy

from core.records import Client
from store.books import Books
from sync.index import Index
from sync.layer import Layer
from sync.match_clients import ClientMatcher
from sync.match_products import ProductMatcher
from sync.patterns import PATTERN
from sync.policy import Policy
from sync.shapes import Candidate, NameMatch

_SHOWN = 50


def settled(match: NameMatch) -> bool:
    """Whether the match names a record to use, or a name to create, without a person."""
    return match.target is not None or bool(match.create_as)


class Matcher:
    """Matches clients and products against one state of the books; answers are kept."""

    def __init__(self, books: Books, policy: Policy, index: Index | None = None) -> None:
        self._books = books
        self.index = index or Index(books, policy)
        self._clients = ClientMatcher(self.index, policy)
        self._products = ProductMatcher(self.index, policy)
        self.clients: MutableMapping[str, NameMatch] = {}
        """Every client asked for, by Docket id."""
        self.products: MutableMapping[str, NameMatch] = {}
        """Every product asked for, by key."""

    def over(self, index: Index, forgotten: Collection[tuple[str, str]]) -> Matcher:
        """Return the matcher of books with other choices.

        Args:
            index: of those books.
            forgotten: what is matched anew, as ("client", id) or ("product", key).
        """
        twin = copy(self)
        twin._books, twin.index = index.books, index
        twin._clients, twin._products = self._clients.over(index), self._products.over(index)
        if forgotten:
            clients, products = Layer(self.clients), Layer(self.products)
            for kind, key in forgotten:
                del (clients if kind == "client" else products)[key]
            twin.clients, twin.products = clients, products
        return twin

    def client(self, client: Client) -> NameMatch:
        """Return what a client is in QuickBooks."""
        if client.id not in self.clients:
            self.clients[client.id] = self._clients.match(client)
        return self.clients[client.id]

    def product(self, key: str, name: str) -> NameMatch:
        """Return what a product is in QuickBooks.

        Args:
            key: `Index.product_key` of the line.
            name: the name on the line, for a product that Docket's price book lacks.
        """
        if key not in self.products:
            product = self._books.products.get(key)
            wanted = name if product is None else product.name
            self.products[key] = self._products.match(key, wanted)
        return self.products[key]

    def search(self, kind: str, text: str, key: str = "") -> tuple[Candidate, ...]:
        """Return records that a person may mean by `text`, likest first; for "another…".

        Args:
            kind: client, product, or pattern for the product/service of a rule.
            text: what the person typed; part of a name is enough.
            key: the client in question, so that evidence can be shown.
        """
        if kind in ("product", PATTERN):
            return self._products.search(text)[:_SHOWN]
        return self._clients.search(text, self._books.clients.get(key))[:_SHOWN]
