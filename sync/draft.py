"""Planned postings in the making: ids, markers, names made once, what waits for what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from core.ids import marker, request_id
from core.jsonio import JsonObject
from core.money import Cents
from core.records import InvoiceLine, Payment, RefundLine
from core.text import display
from store.books import Document, InvoiceFile
from store.states import LinkOrigin, PostingState
from sync.bodies import customer_body, expected_body, item_body, payment_body, refund_lines
from sync.checks.ground import Ground
from sync.checks.money import Standing as MoneyStanding
from sync.checks.money import State
from sync.notes import name_notes
from sync.shapes import NameMatch, NameState, Need, PlannedPosting
from sync.standing import Standing, assess

Choice = tuple[str, str]
Body = Callable[[str], JsonObject]
"""Makes a body, given the marker of its posting."""

_BY_NAME = frozenset({NameState.SAME, NameState.SAME_BUT_CASE})


@dataclass(slots=True)
class Draft:
    """What is planned of one invoice so far."""

    postings: list[PlannedPosting] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    settled: Cents = 0
    """What will have been paid on it in QuickBooks."""


class Drafts:
    """Makes the postings of one plan; a customer or item is made or linked once."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._done: set[tuple[str, str]] = set()
        """Clients and products that have a posting, or need none."""
        self._targets: set[tuple[str, str]] = set()
        """(entity, QBO Id) of what a posting of this plan links."""
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
        )

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
        match = self._client(standing)
        if match is not None and match.target is not None:
            return match.target.qbo_id
        if standing.document is not None:
            return standing.document.customer_id
        return Need("client", standing.invoice.client_id).placeholder

    def _client(self, standing: Standing) -> NameMatch | None:
        client = self._ground.books.clients.get(standing.invoice.client_id)
        return None if client is None else self._ground.matcher.client(client)

    def needs(
        self, standing: Standing, lines: Sequence[InvoiceLine | RefundLine]
    ) -> tuple[Need, ...]:
        """Return what must be confirmed before a document with these lines may go."""
        wanted = [Need("invoice", standing.invoice.id), Need("client", standing.invoice.client_id)]
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

    # --- names

    def names(
        self, standing: Standing, lines: Sequence[InvoiceLine | RefundLine], draft: Draft
    ) -> tuple[Need, ...]:
        """Draft the customer and items that an invoice needs, each once in a plan."""
        refunds = [
            line
            for one in standing.money
            if one.kind == "refund" and one.state == State.DUE
            for line in _refund_lines(standing, one)
        ]
        match = self._client(standing)
        if match is not None:
            draft.notes += name_notes(self._ground, match)
            self._draft_client(standing, match, draft)
        for line in (*lines, *refunds):
            key = self._ground.index.product_key(line)
            found = self._ground.matcher.product(key, line.name)
            draft.notes += [
                note for note in name_notes(self._ground, found) if note not in draft.notes
            ]
            self._draft_product(standing, found, draft)
        return tuple(
            need for need in self.needs(standing, lines) if need.kind in ("client", "product")
        )

    def _draft_client(self, standing: Standing, match: NameMatch, draft: Draft) -> None:
        client = self._ground.books.clients[match.key]
        if match.target is not None:
            if match.state in _BY_NAME:
                self.adopt_client(standing, match.target.qbo_id, draft)
            return
        if ("client", match.key) in self._done:
            return
        self._done.add(("client", match.key))
        name = match.create_as
        draft.postings.append(
            self.posting(
                ("client", match.key),
                standing.invoice.id,
                "Customer",
                label=f"customer {display(name, 60)}",
                amount=0,
                body=lambda mark: customer_body(self._ground, client, name, mark),
            )
        )

    def adopt_client(self, standing: Standing, customer_id: str, draft: Draft) -> None:
        """Draft the link of a client with the customer that it was found to be."""
        key = ("client", standing.invoice.client_id)
        customer = self._ground.index.customers.get(customer_id)
        if key in self._done or key in self._ground.books.links or customer is None:
            return
        if key not in self._ground.books.choices and key[1] in self._ground.books.clients:
            self._adopt(key, standing, ("Customer", customer_id), customer.name, draft)

    def _draft_product(self, standing: Standing, match: NameMatch, draft: Draft) -> None:
        key = ("product", match.key)
        if match.target is not None:
            if match.state in _BY_NAME and key not in self._done:
                target = ("Item", match.target.qbo_id)
                self._adopt(key, standing, target, match.target.name, draft)
            return
        if key in self._done:
            return
        self._done.add(key)
        product = self._ground.books.products.get(match.key)
        account = self._income_account(match)
        draft.postings.append(
            self.posting(
                key,
                standing.invoice.id,
                "Item",
                label=f"product/service {display(match.create_as, 60)}",
                amount=0,
                body=lambda _: item_body(product, match.create_as, account),
            )
        )

    def _income_account(self, match: NameMatch) -> str:
        for key in (match.key, *self._ground.index.same_products(match.key)):
            choice = self._ground.books.choices.get(("product", key))
            if choice is not None and choice.entity == "Account":
                return choice.qbo_id
        return self._ground.policy.income_account

    def _adopt(
        self,
        record: tuple[str, str],
        standing: Standing,
        target: tuple[str, str],
        name: str,
        draft: Draft,
    ) -> None:
        """Draft a link without a write, unless another client has that customer."""
        self._done.add(record)
        entity, qbo_id = target
        if entity == "Customer" and (
            target in self._targets or target in self._ground.index.linked
        ):
            return
        self._targets.add(target)
        what = "customer" if entity == "Customer" else "product/service"
        field_name = "DisplayName" if entity == "Customer" else "Name"
        draft.postings.append(
            self.posting(
                record,
                standing.invoice.id,
                entity,
                label=f"{what} {display(name, 60)}",
                amount=0,
                body=lambda _: {field_name: name},
                adopts=qbo_id,
            )
        )

    # --- money

    def payment(
        self,
        standing: Standing,
        payment: Payment,
        *,
        label: str,
        applied: Sequence[tuple[str, Cents]],
        adopts: Document | None,
    ) -> PlannedPosting:
        """Return the posting of a payment."""
        customer = self.customer(standing)
        return self.posting(
            ("payment", payment.id),
            standing.invoice.id,
            "Payment",
            label=label,
            amount=payment.amount,
            body=lambda mark: (
                payment_body(self._ground, payment, customer, applied, mark)
                if adopts is None
                else expected_body(adopts)
            ),
            needs=() if adopts else self._payment_needs(standing, payment, customer),
            adopts="" if adopts is None else adopts.qbo_id,
        )

    def _payment_needs(self, standing: Standing, payment: Payment, customer: str) -> Iterable[Need]:
        client = Need("client", standing.invoice.client_id)
        if customer == client.placeholder:
            yield client
        for part in payment.allocations:
            if ("invoice", part.invoice_id) in self._made:
                yield Need("invoice", part.invoice_id)

    # --- choices

    def new_choice(self, standing: Standing) -> Choice | None:
        """Return a choice that this invoice uses and no posted invoice has used."""
        for choice in self._choices(standing.file):
            if choice not in self._used_choices:
                return choice
        return None

    def _choices(self, file: InvoiceFile) -> Iterable[Choice]:
        keys = [("client", file.invoice.client_id)]
        for line in file.invoice.lines:
            key = self._ground.index.product_key(line)
            keys += [("product", one) for one in (key, *self._ground.index.same_products(key))]
        return (key for key in dict.fromkeys(keys) if key in self._ground.books.choices)

    @cached_property
    def _used_choices(self) -> frozenset[Choice]:
        books = self._ground.books
        if not books.choices:
            return frozenset()
        return frozenset(
            choice
            for (kind, docket_id), link in books.links.items()
            if kind == "invoice"
            and link.origin == LinkOrigin.CREATED
            and docket_id in books.invoices
            for choice in self._choices(books.invoices[docket_id])
        )


def _refund_lines(standing: Standing, one: MoneyStanding) -> Sequence[RefundLine]:
    if isinstance(one.record, Payment):
        return ()
    return refund_lines(standing.invoice, one.record)
