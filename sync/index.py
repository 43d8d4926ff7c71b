"""The books by whatever one looks for: number, name, customer and day, link.

Built once per check of the whole cache, each part when it is first asked for, so
that 10,000 invoices are compared with QuickBooks in one pass instead of 10,000.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias
from zoneinfo import ZoneInfo

from core.clock import parse_instant
from core.money import Cents
from core.records import Client, Credit, Invoice, InvoiceLine, Payment, RefundLine
from core.text import name_key, tidy_name
from store.books import Applied, Books, Document, Entry, Item, Link, Name, Posted
from store.states import OPEN_STATES, STOPPED_STATES, PostingState
from sync.policy import Policy

SALES_FORMS = ("Invoice", "CreditMemo", "SalesReceipt", "RefundReceipt")
"""The documents that share one sequence of numbers in QuickBooks."""


@dataclass(frozen=True, slots=True)
class Deposited:
    """A bank deposit in QuickBooks, as far as it is known."""

    qbo_id: str
    day: date | None = None
    total: Cents | None = None


Likewise: TypeAlias = tuple[str, date, Cents]
"""Customer, date and total: what two documents share that may be one."""


def number_key(number: str) -> str:
    """Return the form in which document numbers are compared; QuickBooks ignores case."""
    return number.strip().casefold()


def full_name_key(name: str) -> str:
    """Return the form in which `Parent:Child` names are compared: no blanks at the colon."""
    return ":".join(name_key(part) for part in name.split(":"))


def alive(invoice: Invoice) -> bool:
    """Whether Docket still counts the invoice."""
    return invoice.voided_at is None and invoice.deleted_at is None


def wanted_name(client: Client, policy: Policy) -> str:
    """Return the name that QuickBooks should have for a client, as Docket writes it."""
    if policy.display_id_as_name and client.display_id.strip():
        return client.display_id
    return client.customer_name


def _spend(left: dict[str, Cents], part: Applied, settled: Counter[tuple[str, str]]) -> None:
    """Take what an invoice got out of the credit memos of the same payment, in order."""
    wanted = part.amount
    for memo, rest in left.items():
        used = min(rest, wanted)
        if used:
            settled[memo, part.qbo_id] += used
            left[memo] = rest - used
            wanted -= used


class Index:
    """Ways into the books that preflight, plan and bodies share."""

    def __init__(self, books: Books, policy: Policy) -> None:
        self.books = books
        self.policy = policy
        self._product_keys: dict[tuple[str | None, str], str] = {}

    def over(self, books: Books) -> Index:
        """Return the same ways into books that differ only in what nothing is looked up by."""
        twin = copy(self)
        twin.books = books
        return twin

    @cached_property
    def customers(self) -> Mapping[str, Name]:
        """Customers by QBO Id."""
        return {name.qbo_id: name for name in self.books.names if name.entity == "Customer"}

    @cached_property
    def names(self) -> Mapping[str, Sequence[Name]]:
        """Customers, vendors and employees by the key of their name or full name."""
        found: defaultdict[str, list[Name]] = defaultdict(list)
        for name in self.books.names:
            found[name.key].append(name)
            if name.parent_id is not None:
                full = full_name_key(self.full_name(name))
                if full != name.key:
                    found[full].append(name)
        return found

    def full_name(self, name: Name) -> str:
        """Return `Parent:Child` for a sub-customer, else the name; five levels at most."""
        parts = [name.name]
        parent = name.parent_id
        while parent is not None and len(parts) <= 5 and parent in self.customers:
            parts.append(self.customers[parent].name)
            parent = self.customers[parent].parent_id
        return ":".join(reversed(parts))

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Products/services by QBO Id."""
        return {item.qbo_id: item for item in self.books.items}

    @cached_property
    def items_by_name(self) -> Mapping[str, Sequence[Item]]:
        """Products/services by the key of their name or full name."""
        found: defaultdict[str, list[Item]] = defaultdict(list)
        for item in self.books.items:
            for key in {item.key, name_key(item.full_name)} - {""}:
                found[key].append(item)
        return found

    @cached_property
    def _entries(self) -> Mapping[tuple[str, str], Entry]:
        return {(e.entity, e.key): e for e in reversed(self.books.entries) if e.active}

    def entry(self, entity: str, name: str) -> Entry | None:
        """Return the active row of a short list that has this name."""
        return self._entries.get((entity, name_key(name)))

    def entries(self, entity: str) -> Iterator[Entry]:
        """The active rows of a short list."""
        return (e for e in self.books.entries if e.entity == entity and e.active)

    @cached_property
    def _entries_by_id(self) -> Mapping[tuple[str, str], Entry]:
        return {(e.entity, e.qbo_id): e for e in self.books.entries}

    def entry_of(self, entity: str, qbo_id: str) -> Entry | None:
        """Return a row of a short list by its Id, active or not."""
        return self._entries_by_id.get((entity, qbo_id))

    def name_of(self, entity: str, qbo_id: str) -> str:
        """Return the name of a record in QuickBooks' lists, active or not; empty if unknown."""
        if entity == "Customer":
            customer = self.customers.get(qbo_id)
            return "" if customer is None else customer.name
        if entity == "Item":
            item = self.items.get(qbo_id)
            return "" if item is None else item.name
        entry = self.entry_of(entity, qbo_id)
        return "" if entry is None else entry.name

    @cached_property
    def linked(self) -> Mapping[tuple[str, str], Link]:
        """Links by (entity, QBO Id)."""
        return {(link.entity, link.qbo_id): link for link in self.books.links.values()}

    def link(self, kind: str, docket_id: str) -> Link | None:
        """Return the link of a Docket record."""
        return self.books.links.get((kind, docket_id))

    def document(self, entity: str, qbo_id: str) -> Document | None:
        """Return a document of QuickBooks, removed or not."""
        return self.books.documents.get((entity, qbo_id))

    def sale(self, link: Link) -> Document | None:
        """Return the document of an invoice's link, with Docket's signs.

        An invoice below zero is a credit memo in QuickBooks, whose amounts are above.
        """
        found = self.document(link.entity, link.qbo_id)
        if found is None or found.entity != "CreditMemo":
            return found
        return replace(found, total=-found.total, tax=-found.tax, balance=-found.balance)

    @cached_property
    def _standing(self) -> Sequence[Document]:
        return [document for document in self.books.documents.values() if not document.removed]

    @cached_property
    def by_number(self) -> Mapping[str, Sequence[Document]]:
        """Sales forms that still stand, by number."""
        found: defaultdict[str, list[Document]] = defaultdict(list)
        for document in self._standing:
            if document.entity in SALES_FORMS and document.number:
                found[number_key(document.number)].append(document)
        return found

    @cached_property
    def likewise(self) -> Mapping[Likewise, Sequence[Document]]:
        """Invoices in QuickBooks that still stand, by customer, date and total."""
        found: defaultdict[Likewise, list[Document]] = defaultdict(list)
        for document in self._standing:
            if document.entity == "Invoice":
                found[document.customer_id, document.txn_date, document.total].append(document)
        return found

    @cached_property
    def paying(self) -> Mapping[str, Sequence[Document]]:
        """Payments in QuickBooks that still stand, by the invoice they pay."""
        found: defaultdict[str, list[Document]] = defaultdict(list)
        for document in self._standing:
            if document.entity == "Payment":
                for invoice in {a.qbo_id for a in document.applied if a.entity == "Invoice"}:
                    found[invoice].append(document)
        return found

    @cached_property
    def unapplied(self) -> Mapping[str, Sequence[Document]]:
        """Payments in QuickBooks with a part that pays no invoice yet, by customer."""
        found: defaultdict[str, list[Document]] = defaultdict(list)
        for document in self._standing:
            if document.entity == "Payment" and document.balance > 0:
                found[document.customer_id].append(document)
        return found

    @cached_property
    def free_payments(self) -> Mapping[Likewise, Sequence[Document]]:
        """Payments in QuickBooks that are linked to nothing, by customer, date and total."""
        found: defaultdict[Likewise, list[Document]] = defaultdict(list)
        for one in self._standing:
            free = (one.entity, one.qbo_id) not in self.linked
            if one.entity == "Payment" and one.total and free:
                found[one.customer_id, one.txn_date, one.total].append(one)
        return found

    @cached_property
    def settled_by_credit(self) -> Mapping[tuple[str, str], Cents]:
        """What of a credit memo settles an invoice, by (CreditMemo's Id, Invoice's Id).

        QuickBooks links the two through a payment that names both, ours or its own.
        """
        settled: Counter[tuple[str, str]] = Counter()
        for document in self._standing:
            if document.entity != "Payment":
                continue
            memos = [one for one in document.applied if one.entity == "CreditMemo"]
            left = {one.qbo_id: one.amount for one in memos}
            for part in document.applied:
                if part.entity == "Invoice":
                    _spend(left, part, settled)
        return settled

    @cached_property
    def docket_numbers(self) -> Mapping[str, Sequence[str]]:
        """Docket invoices that count, by number; excluded ones do not count."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for file in self.books.invoices.values():
            if alive(file.invoice) and not file.excluded:
                found[number_key(file.invoice.number)].append(file.invoice.id)
        return found

    @cached_property
    def namesakes(self) -> Mapping[str, Sequence[str]]:
        """Docket clients that are invoiced, by the key of their name, oldest id first."""
        invoiced = {
            file.invoice.client_id
            for file in self.books.invoices.values()
            if alive(file.invoice) and not file.excluded
        }
        found: defaultdict[str, list[str]] = defaultdict(list)
        for client_id in sorted(invoiced):
            client = self.books.clients.get(client_id)
            if client is not None:
                found[name_key(tidy_name(wanted_name(client, self.policy)))].append(client_id)
        return found

    @cached_property
    def _products_by_name(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for product in sorted(self.books.products.values(), key=lambda product: product.id):
            found[name_key(product.name)].append(product.id)
        return found

    def product_key(self, line: InvoiceLine | RefundLine) -> str:
        """Return the key under which a line's product is matched and chosen.

        The name on the line decides, not what the price book called it later: it is
        the id of the product that bears this name (the first, where Docket lists a
        name twice), else the name itself.
        """
        known = (line.product_id, line.name)
        if known not in self._product_keys:
            self._product_keys[known] = self._product_key(line)
        return self._product_keys[known]

    def _product_key(self, line: InvoiceLine | RefundLine) -> str:
        product = self.books.products.get(line.product_id or "")
        named = product is not None and not name_key(line.name)
        key = name_key(product.name if product is not None and named else line.name)
        ids = self._products_by_name.get(key)
        return ids[0] if ids else f"name:{key}"

    def same_products(self, key: str) -> Sequence[str]:
        """Return the ids of Docket's products that bear the name of product `key`."""
        product = self.books.products.get(key)
        return () if product is None else self._products_by_name[name_key(product.name)]

    @cached_property
    def payments(self) -> Mapping[str, Payment]:
        """Docket's payments by id."""
        return {
            payment.id: payment
            for file in self.books.invoices.values()
            for payment in file.payments
        }

    @cached_property
    def credit_on(self) -> Mapping[str, Cents]:
        """What Docket's credits and credit memos settle, by invoice."""
        settled: Counter[str] = Counter()
        for credit in self.books.credits.values():
            if credit.voided_at is None and credit.deleted_at is None:
                for part in credit.allocations:
                    settled[part.invoice_id] += part.amount
        return settled

    @cached_property
    def credits(self) -> Mapping[str, Sequence[Credit]]:
        """Docket's credits and credit memos by the invoice they are applied to, oldest first."""
        found: defaultdict[str, list[Credit]] = defaultdict(list)
        for credit in sorted(self.books.credits.values(), key=lambda one: (one.issued_on, one.id)):
            for invoice_id in dict.fromkeys(part.invoice_id for part in credit.allocations):
                found[invoice_id].append(credit)
        return found

    @cached_property
    def deposits(self) -> Mapping[tuple[str, str], Deposited]:
        """The bank deposit that holds a document, by (entity, QBO Id)."""
        found: dict[tuple[str, str], Deposited] = {}
        for document in self._standing:
            for part in document.applied:
                if document.entity == "Deposit":
                    held = Deposited(document.qbo_id, document.txn_date, document.total)
                    found[part.entity, part.qbo_id] = held
                elif part.entity == "Deposit":
                    key = (document.entity, document.qbo_id)
                    found.setdefault(key, Deposited(part.qbo_id))
        return found

    @cached_property
    def refund_account(self) -> str:
        """Id of the account that refund receipts are paid from; empty if there is none."""
        chosen = self.policy.refund_account or self.policy.deposit_account
        if chosen:
            return chosen
        for account in self.entries("Account"):
            if account.body.get("AccountSubType") == "UndepositedFunds":
                return account.qbo_id
        return ""

    @cached_property
    def reference_uses(self) -> Mapping[str, int]:
        """How often a text is some payment's reference or number."""
        uses: Counter[str] = Counter()
        for payment in {**self.payments, **self.books.loose}.values():
            for text in {number_key(payment.reference), number_key(payment.number)}:
                uses[text] += 1
        for credit in self.books.credits.values():
            uses[number_key(credit.number)] += 1
        return uses

    @cached_property
    def voided_but_there(self) -> Mapping[str, Sequence[Invoice]]:
        """Invoices voided or deleted in Docket that QuickBooks still counts, by client."""
        found: defaultdict[str, list[Invoice]] = defaultdict(list)
        for file in self.books.invoices.values():
            link = None if alive(file.invoice) else self.link("invoice", file.invoice.id)
            document = None if link is None else self.document(link.entity, link.qbo_id)
            if document is not None and not document.removed:
                found[file.invoice.client_id].append(file.invoice)
        return found

    @cached_property
    def today(self) -> date | None:
        """The company's day of the last refresh; the books know no other "today"."""
        refreshed = self.books.settings.get("refreshed_at", "")
        if not refreshed:
            return None
        return parse_instant(refreshed).astimezone(ZoneInfo(self.books.company.time_zone)).date()

    def newest_posting(self, kind: str, docket_id: str) -> Posted | None:
        """Return the newest posting of a Docket record; a withdrawn one (DRAFT) is none."""
        return self._newest.get((kind, docket_id))

    @cached_property
    def _newest(self) -> Mapping[tuple[str, str], Posted]:
        return {
            key: row
            for key, rows in self.books.postings.items()
            for row in rows
            if row.state != PostingState.DRAFT
        }

    @cached_property
    def any_open(self) -> bool:
        """Whether a run has any posting in hand."""
        return any(row.state in OPEN_STATES for row in self._newest.values())

    @cached_property
    def any_stopped(self) -> bool:
        """Whether the newest posting of any record was refused, or waits for a person."""
        return any(row.state in STOPPED_STATES for row in self._newest.values())
