"""The customers and items that a plan makes or links, each once; pure."""

from __future__ import annotations

from collections.abc import Sequence

from core.records import InvoiceLine, Refund, RefundLine
from core.text import display
from sync.bodies import customer_body, item_body, refund_lines
from sync.checks.ground import Ground
from sync.checks.money import Standing as MoneyStanding
from sync.checks.money import State
from sync.draft import Draft, Drafts
from sync.notes import name_notes
from sync.shapes import NameMatch, NameState, Need
from sync.sites import parent_of, party, party_id
from sync.standing import Standing

_BY_NAME = frozenset({NameState.SAME, NameState.SAME_BUT_CASE})


class NameDrafts:
    """Drafts what has to be in QuickBooks' lists before a document may refer to it."""

    def __init__(self, ground: Ground, drafts: Drafts) -> None:
        self._ground = ground
        self._drafts = drafts
        self._done: set[tuple[str, str]] = set()
        """Clients and products that have a posting, or need none."""
        self._targets: set[tuple[str, str]] = set()
        """(entity, QBO Id) of what a posting of this plan links."""

    def draft(
        self, standing: Standing, lines: Sequence[InvoiceLine | RefundLine], draft: Draft
    ) -> tuple[Need, ...]:
        """Draft the customer and items that an invoice needs, each once in a plan."""
        refunds = [
            line
            for one in standing.money
            if one.kind == "refund" and one.state == State.DUE
            for line in _refund_lines(standing, one)
        ]
        match = self._drafts.client(standing)
        if match is not None:
            draft.notes += name_notes(self._ground, match)
            self._draft_client(standing, match, draft)
        self.draft_products(standing, (*lines, *refunds), draft)
        return tuple(
            need
            for need in self._drafts.needs(standing, lines)
            if need.kind in ("client", "product")
        )

    def draft_products(
        self, standing: Standing, lines: Sequence[InvoiceLine | RefundLine], draft: Draft
    ) -> None:
        """Draft the items that these lines need."""
        for line in lines:
            key = self._ground.index.product_key(line)
            found = self._ground.matcher.product(key, line.name)
            draft.notes += [
                note for note in name_notes(self._ground, found) if note not in draft.notes
            ]
            self._draft_product(standing, found, draft)

    def _draft_client(self, standing: Standing, match: NameMatch, draft: Draft) -> None:
        client = party(self._ground.books, standing.invoice)
        if client is None:
            return
        above = parent_of(self._ground.books, client.id)
        if match.key == client.id and above is not None:
            self._draft_client(standing, self._ground.matcher.client(above), draft)
        elif above is not None:
            client = above
        if match.target is not None:
            if match.state in _BY_NAME:
                self.adopt_client(standing, match.target.qbo_id, draft)
            return
        if ("client", match.key) in self._done:
            return
        self._done.add(("client", match.key))
        name = match.create_as
        draft.postings.append(
            self._drafts.posting(
                ("client", match.key),
                standing.invoice.id,
                "Customer",
                label=f"customer {display(name, 60)}",
                amount=0,
                body=lambda mark: customer_body(self._ground, client, name, mark),
                needs=self._needs_above(match.key),
            )
        )

    def _needs_above(self, key: str) -> tuple[Need, ...]:
        """Return that a sub-customer waits for the customer above it, if that is made too."""
        above = parent_of(self._ground.books, key)
        if above is None or self._ground.matcher.client(above).target is not None:
            return ()
        return (Need("client", above.id),)

    def adopt_client(self, standing: Standing, customer_id: str, draft: Draft) -> None:
        """Draft the link of a client with the customer that it was found to be."""
        key = ("client", self._owner(standing, customer_id))
        customer = self._ground.index.customers.get(customer_id)
        if key in self._done or key in self._ground.books.links or customer is None:
            return
        known = standing.invoice.client_id in self._ground.books.clients
        if known and key not in self._ground.books.choices:
            self._adopt(key, standing, ("Customer", customer_id), customer.name, draft)

    def _owner(self, standing: Standing, customer_id: str) -> str:
        """Return whose customer it is: the client's place's, or the client's above it."""
        books = self._ground.books
        key = party_id(books, standing.invoice)
        above = parent_of(books, key)
        if above is not None and self._ground.matcher.client(above).target_id == customer_id:
            return above.id
        return key

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
            self._drafts.posting(
                key,
                standing.invoice.id,
                "Item",
                label=f"product/service {display(match.create_as, 60)}",
                amount=0,
                body=lambda _: item_body(self._ground, product, match.create_as, account),
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
            self._drafts.posting(
                record,
                standing.invoice.id,
                entity,
                label=f"{what} {display(name, 60)}",
                amount=0,
                body=lambda _: {field_name: name},
                adopts=qbo_id,
            )
        )


def _refund_lines(standing: Standing, one: MoneyStanding) -> Sequence[RefundLine]:
    if not isinstance(one.record, Refund):
        return ()
    return refund_lines(standing.invoice, one.record)
