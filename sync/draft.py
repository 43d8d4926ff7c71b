"""Planned postings in the making: ids, markers, names made once, what waits for what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.ids import marker, request_id
from core.jsonio import JsonObject
from core.money import Cents
from core.records import InvoiceLine, RefundLine
from store.books import Document, InvoiceFile
from store.states import PostingState
from sync.bodies import applied_later_body, expected_body, payment_body, void_body
from sync.checks.ground import Ground
from sync.checks.money import Money, kind_of, money_label
from sync.shapes import NameMatch, Need, PlannedPosting
from sync.sites import party, party_id
from sync.standing import Standing, assess

Choice = tuple[str, str]
Body = Callable[[str], JsonObject]
"""Makes a body, given the marker of its posting."""


@dataclass(slots=True)
class Draft:
    """What is planned of one invoice so far."""

    postings: list[PlannedPosting] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    settled: Cents = 0
    """What will have been paid on it in QuickBooks."""


class Drafts:
    """Makes the postings of one plan, and knows what it has made."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._made: set[tuple[str, str]] = set()
        """(kind, Docket id) that a posting of this plan creates, changes or links."""

    def standing(self, file: InvoiceFile) -> Standing:
        """Return where an invoice stands."""
        return assess(self._ground, file)

    def posting(
        self,
        record: tuple[str, str],
        invoice_id: str,
        entity: str,
        *,
        label: str,
        amount: Cents,
        body: Body,
        operation: str = "create",
        needs: Iterable[Need] = (),
        adopts: str = "",
        uses_choice: Choice | None = None,
        beside: bool = False,
    ) -> PlannedPosting:
        """Return one planned posting of the Docket record (kind, id)."""
        kind, docket_id = record
        generation = self._generation(record, operation)
        realm = self._ground.books.company.realm_id
        request = request_id(realm, entity, kind, docket_id, operation, generation)
        self._made.add(record)
        return PlannedPosting(
            kind=kind,
            docket_id=docket_id,
            invoice_id=invoice_id,
            entity=entity,
            operation=operation,
            generation=generation,
            label=label,
            amount=amount,
            body=body(marker(request)),
            needs=tuple(dict.fromkeys(needs)),
            adopts=adopts,
            uses_choice=uses_choice,
            beside=beside,
            replaces=self._replaces(record) if operation == "create" and not adopts else "",
        )

    def _replaces(self, record: tuple[str, str]) -> str:
        """Return the document that is gone in QuickBooks and still holds the record's link."""
        link = self._ground.index.link(*record)
        return "" if link is None else link.qbo_id

    def _generation(self, record: tuple[str, str], operation: str) -> int:
        """Return how often this was asked and ended: refused, set aside, or undone in QBO.

        One that was withdrawn before it was sent keeps its number, and so its request id.
        """
        rows = self._ground.books.postings.get(record, ())
        ended = [
            row.generation
            for row in rows
            if row.operation == operation and row.state != PostingState.DRAFT
        ]
        return max(ended, default=-1) + 1

    # --- references

    def customer(self, standing: Standing) -> str:
        """Return the customer of an invoice and its money: an Id, or a placeholder."""
        if standing.document is not None and not standing.changed:
            return standing.document.customer_id
        match = self.client(standing)
        if match is not None and match.target is not None:
            return match.target.qbo_id
        if standing.document is not None:
            return standing.document.customer_id
        return self._client_need(standing).placeholder

    def client(self, standing: Standing) -> NameMatch | None:
        """Return what the invoice's client is in QuickBooks."""
        client = party(self._ground.books, standing.invoice)
        return None if client is None else self._ground.matcher.client(client)

    def _client_need(self, standing: Standing) -> Need:
        return Need("client", party_id(self._ground.books, standing.invoice))

    def made(self, kind: str, docket_id: str) -> bool:
        """Whether a posting of this plan makes, changes or links a Docket record."""
        return (kind, docket_id) in self._made

    def needs(
        self, standing: Standing, lines: Sequence[InvoiceLine | RefundLine]
    ) -> tuple[Need, ...]:
        """Return what must be confirmed before a document with these lines may go."""
        wanted = [Need("invoice", standing.invoice.id), self._client_need(standing)]
        keys = (self._ground.index.product_key(line) for line in lines)
        wanted += [Need("product", key) for key in keys]
        return tuple(need for need in wanted if self._waits(standing, need))

    def _waits(self, standing: Standing, need: Need) -> bool:
        if need.kind == "client":
            return self.customer(standing) == need.placeholder
        if need.kind == "product":
            match = self._ground.matcher.products.get(need.docket_id)
            return match is not None and match.target is None
        return (need.kind, need.docket_id) in self._made

    # --- money

    def payment(
        self,
        standing: Standing,
        payment: Money,
        *,
        label: str,
        applied: Sequence[tuple[str, Cents]],
        adopts: Document | None,
        after: Sequence[Need] = (),
    ) -> PlannedPosting:
        """Return the posting of a payment or prepayment; `after` are what makes room for it."""
        customer = self._payer(standing, payment)
        return self.posting(
            (kind_of(payment), payment.id),
            standing.invoice.id,
            "Payment",
            label=label,
            amount=payment.amount,
            body=lambda mark: (
                payment_body(self._ground, payment, customer, applied, mark)
                if adopts is None
                else expected_body(adopts)
            ),
            needs=() if adopts else [*self._payment_needs(standing, payment, customer), *after],
            adopts="" if adopts is None else adopts.qbo_id,
        )

    def _payer(self, standing: Standing, payment: Money) -> str:
        """Return whose payment it is: over several places of a client, the client's above them."""
        books = self._ground.books
        paid = [books.invoices.get(part.invoice_id) for part in payment.allocations]
        places = {party_id(books, file.invoice) for file in paid if file is not None}
        client = books.clients.get(standing.invoice.client_id)
        if len(places) < 2 or client is None:
            return self.customer(standing)
        match = self._ground.matcher.client(client)
        return match.target_id or Need("client", client.id).placeholder

    def _payment_needs(self, standing: Standing, payment: Money, customer: str) -> Iterable[Need]:
        for client in (
            self._client_need(standing),
            Need("client", standing.invoice.client_id),
        ):
            if customer == client.placeholder:
                yield client
        for part in payment.allocations:
            if ("invoice", part.invoice_id) in self._made:
                yield Need("invoice", part.invoice_id)

    def applied_later(
        self,
        standing: Standing,
        payment: Money,
        there: Document,
        more: Mapping[str, Cents],
    ) -> PlannedPosting:
        """Return the change that applies a payment, which QuickBooks holds unapplied."""
        return self.posting(
            (kind_of(payment), payment.id),
            standing.invoice.id,
            "Payment",
            operation=f"update@{there.sync_token}",
            label=f"use of {money_label(payment)}",
            amount=there.total,
            body=lambda _: applied_later_body(there, more),
            needs=[
                Need("invoice", part.invoice_id)
                for part in payment.allocations
                if Need("invoice", part.invoice_id).placeholder in more
            ],
        )

    def update(
        self,
        record: tuple[str, str],
        invoice_id: str,
        payment: Money,
        there: Document,
        body: JsonObject,
    ) -> PlannedPosting:
        """Return the change of money that QuickBooks has; `body` is what of it changed."""
        return self.posting(
            record,
            invoice_id,
            there.entity,
            operation=f"update@{there.sync_token}",
            label=f"change of {money_label(payment)}",
            amount=payment.amount,
            body=lambda _: {**void_body(there), **body},
        )

    def void(
        self, record: tuple[str, str], invoice_id: str, label: str, there: Document
    ) -> PlannedPosting:
        """Return the void of what the record (kind, id) is in QuickBooks."""
        return self.posting(
            record,
            invoice_id,
            there.entity,
            operation=f"void@{there.sync_token}",
            label=f"void of {label}",
            amount=0,
            body=lambda _: void_body(there),
        )
