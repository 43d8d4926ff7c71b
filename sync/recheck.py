"""The books, checked; and checked again where something small has changed; pure.

A choice or a changed invoice concerns few of 100,000 invoices. Which ones is said here
and nowhere else, rather too many than too few: `Checked.chosen` and `Checked.edited` give
what a check of everything would give, and a test holds them to it. Where what is
concerned cannot be told cheaply they return None, and everything is checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from core.records import InvoiceLine, Refund, RefundLine
from core.text import name_key, tidy_name
from store.books import Books, Choice, InvoiceFile
from store.heap import no_collection
from sync.bodies.extras import MAIL
from sync.checks.doubles import DOUBLE, invoice_of
from sync.checks.ground import Ground
from sync.checks.money import Money
from sync.index import alive, wanted_name
from sync.layer import Layer
from sync.policy import Policy
from sync.preflight import check_one, match_all
from sync.shapes import InvoiceCheck, Preflight

Mark = tuple[str, str]
"""What several invoices share: ("client", id) or ("product", key)."""


class Checked:
    """One state of the books with the check of all its invoices."""

    def __init__(
        self,
        ground: Ground,
        invoices: Mapping[str, InvoiceCheck],
        users: dict[Mark, list[str]] | None = None,
    ) -> None:
        self.books = ground.books
        self.found = Preflight(invoices, ground.matcher.clients, ground.matcher.products)
        self._ground = ground
        self._known_users = users

    @classmethod
    def of(cls, books: Books, policy: Policy) -> Checked:
        """Check every invoice in the books."""
        with no_collection():
            ground = Ground.of(books, policy)
            invoices = {key: check_one(ground, file) for key, file in books.invoices.items()}
            match_all(ground, books.invoices.values())
        return cls(ground, invoices)

    def chosen(self, kind: str, key: str, choice: Choice | None) -> tuple[Checked, set[str]] | None:
        """Return the next state after a choice, and the invoices that were checked again.

        Args:
            kind: the choice's kind.
            key: its key.
            choice: what holds now; None: no choice any more.
        """
        ids = self._concerned(kind, key)
        if ids is None:
            return None
        choices = {one: kept for one, kept in self.books.choices.items() if one != (kind, key)}
        if choice is not None:
            choices[kind, key] = choice
        books = replace(self.books, choices=choices)
        forgotten = self._alike(kind, key) if kind in ("client", "product") else set()
        return self._next(books, forgotten, ids), ids

    def edited(self, books: Books, file: InvoiceFile) -> tuple[Checked, set[str]] | None:
        """Return the next state after a change within one invoice, as `chosen` does.

        Args:
            books: as before, but for this invoice and its `past`.
            file: the invoice as it is now, with the same payments and refunds.
        """
        before = self.books.invoices.get(file.invoice.id)
        if before is None or _face(before) != _face(file):
            return None
        ids = {file.invoice.id, *self._sharing(file)}
        after = self._next(books, set(), ids)
        for one in ids:
            for mark in _marks(after._ground, books.invoices[one]):
                if one not in self._users.setdefault(mark, []):
                    self._users[mark].append(one)
        return after, ids

    # --- which invoices a change concerns

    def _concerned(self, kind: str, key: str) -> set[str] | None:
        books = self.books
        if kind in ("client", "product"):
            if kind == "client" and key not in books.clients:
                return None
            users = {one for mark in self._alike(kind, key) for one in self._users.get(mark, ())}
            # What was changed since it was posted is compared under today's choices.
            return users | {docket_id for of, docket_id in books.past if of == "invoice"}
        if kind == DOUBLE:
            key = invoice_of(key)
        if kind in ("invoice", DOUBLE, MAIL):
            file = books.invoices.get(key)
            return None if file is None else {key, *self._sharing(file)}
        record = (
            self._ground.index.payments.get(key)
            if kind == "payment"
            else books.credits.get(key)
            if kind == "credit"
            else None
        )
        if record is None:
            return None
        return {part.invoice_id for part in record.allocations} & books.invoices.keys()

    def _alike(self, kind: str, key: str) -> set[Mark]:
        """Return the clients, or products, whose matches hang on one another's choices."""
        index = self._ground.index
        if kind == "product":
            return {(kind, one) for one in (key, *index.same_products(key))}
        name = wanted_name(self.books.clients[key], self._ground.policy)
        return {(kind, one) for one in (key, *index.namesakes.get(name_key(tidy_name(name)), ()))}

    def _sharing(self, file: InvoiceFile) -> Iterator[str]:
        """Yield the invoices that one payment, prepayment or credit memo goes to as well."""
        records: list[Money] = [*file.payments]
        records += self._ground.index.credits.get(file.invoice.id, ())
        for record in records:
            for part in record.allocations:
                if part.invoice_id in self.books.invoices:
                    yield part.invoice_id

    @cached_property
    def _users(self) -> dict[Mark, list[str]]:
        """Invoices by the clients and products that they, or their money, name."""
        if self._known_users is not None:
            return self._known_users
        users: defaultdict[Mark, list[str]] = defaultdict(list)
        for docket_id, file in self.books.invoices.items():
            for mark in _marks(self._ground, file):
                users[mark].append(docket_id)
        return users

    def _next(self, books: Books, forgotten: Collection[Mark], ids: Iterable[str]) -> Checked:
        with no_collection():
            ground = self._ground.over(books, forgotten)
            files = [books.invoices[one] for one in ids]
            invoices = Layer(self.found.invoices)
            invoices.update((file.invoice.id, check_one(ground, file)) for file in files)
            match_all(ground, files)
        return Checked(ground, invoices, self._users)


def _face(file: InvoiceFile) -> tuple[object, ...]:
    """What of an invoice others are compared with; the rest concerns itself alone."""
    one = file.invoice
    own = (one.number, one.client_id, one.service_address_id, alive(one), file.excluded)
    return (*own, file.payments, file.refunds)


def _marks(ground: Ground, file: InvoiceFile) -> set[Mark]:
    money: list[Money | Refund] = [*file.payments, *file.refunds]
    money += ground.index.credits.get(file.invoice.id, ())
    clients = {file.invoice.client_id, *(one.client_id for one in money)}
    lines: list[InvoiceLine | RefundLine] = [*file.invoice.lines]
    lines += [line for refund in file.refunds for line in refund.lines]
    for credit in ground.index.credits.get(file.invoice.id, ()):
        # A credit memo is for what the first invoice it goes to was for.
        sold = [ground.books.invoices.get(part.invoice_id) for part in credit.allocations]
        lines += [line for other in sold if other is not None for line in other.invoice.lines]
    return {("client", one) for one in clients} | {
        ("product", ground.index.product_key(line)) for line in lines
    }
