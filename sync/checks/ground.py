"""What every check stands on, and the words that several of them use."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from datetime import date

from core.money import format_cents
from core.records import Client, Invoice
from core.text import display
from store.books import Books, Document
from sync.index import Index
from sync.layer import Layer
from sync.matching import Matcher
from sync.policy import Policy
from sync.shapes import Candidate, ConflictKind, Finding, Preflight, WayOut
from sync.sites import parent_of, party, place_ids

EXCLUDE = WayOut("exclude", "Leave the invoice out")
OPEN = WayOut("open", "Look in QuickBooks")
WAIT = WayOut("wait", "Wait: it clears when this is settled")

ENTITY_WORDS = {
    "Invoice": "an invoice",
    "Payment": "a payment",
    "CreditMemo": "a credit memo",
    "RefundReceipt": "a refund receipt",
    "SalesReceipt": "a sales receipt",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """The books with the ways into them."""

    books: Books
    policy: Policy
    index: Index
    matcher: Matcher
    kept: MutableMapping[tuple[str, str], Finding | None] = field(default_factory=dict)
    """What was found of a client or product, which many invoices share."""

    @classmethod
    def of(cls, books: Books, policy: Policy, checked: Preflight | None = None) -> Ground:
        """Build the indexes over one state of the books; matches already made are kept."""
        index = Index(books, policy)
        matcher = Matcher(books, policy, index)
        if checked is not None:
            matcher.clients.update(checked.clients)
            matcher.products.update(checked.products)
        return cls(books, policy, index, matcher)

    def over(self, books: Books, forgotten: Iterable[tuple[str, str]]) -> Ground:
        """Return the ground of books that differ in choices, or within invoices.

        Args:
            books: the books now.
            forgotten: the clients and products that are matched anew; a client's places with it.
        """
        gone = {
            (kind, one)
            for kind, key in forgotten
            for one in (key, *(place_ids(books, key) if kind == "client" else ()))
        }
        index = self.index.over(books)
        kept = Layer(self.kept) if gone else self.kept
        for one in gone:
            del kept[one]
        return Ground(books, self.policy, index, self.matcher.over(index, gone), kept)

    def customer_name(self, qbo_id: str) -> str:
        """Return a customer's name for a person."""
        found = self.index.customers.get(qbo_id)
        return "an unknown customer" if found is None else display(found.name, 60)

    def named(self, entity: str, value: str) -> str:
        """Return the name behind a reference, an Id or a placeholder; empty if unknown."""
        kind, _, docket_id = value.removeprefix("@").partition(":")
        if docket_id:
            made = self.matcher.clients if kind == "client" else self.matcher.products
            match = made.get(docket_id)
            return "" if match is None else match.create_as
        return self.index.name_of(entity, value)

    def own_customers(self, invoice: Invoice) -> frozenset[str]:
        """Return the customers an invoice may be with: its client's, and its client's place's."""
        client = party(self.books, invoice)
        if client is None:
            return frozenset()
        above = parent_of(self.books, client.id)
        found = [self.matcher.client(one) for one in (client, above) if one is not None]
        return frozenset(match.target_id for match in found if match.target is not None)

    def client_name(self, client_id: str) -> str:
        """Return a Docket client's name for a person."""
        client = self.books.clients.get(client_id)
        return "an unknown client" if client is None else shown_client(client)


def shown_client(client: Client) -> str:
    """Return how a client is called on screen."""
    return display(client.customer_name or client.display_id or f"client {client.id}", 60)


def shown_date(day: date) -> str:
    """Return a date for a person; the same everywhere, whatever the locale."""
    return day.isoformat()


def shown_document(ground: Ground, document: Document) -> str:
    """Return a document for a person: "invoice no. 1042, Acme, 412.50, 2026-10-01"."""
    kind = ENTITY_WORDS.get(document.entity, document.entity).split(" ", 1)[-1]
    number = f" no. {display(document.number, 30)}" if document.number else ""
    customer = ground.customer_name(document.customer_id)
    return (
        f"{kind}{number}, {customer}, {format_cents(document.total)},"
        f" {shown_date(document.txn_date)}"
    )


def finding(
    kind: ConflictKind,
    subject: tuple[str, str, str],
    words: str,
    ways_out: tuple[WayOut, ...],
    candidates: tuple[Candidate, ...] = (),
) -> Finding:
    """Return a finding; `subject` is (kind, key, name for a person)."""
    subject_kind, key, name = subject
    return Finding(kind, subject_kind, key, name, words, candidates, ways_out)
