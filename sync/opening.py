"""What each customer owed on the start date, in Docket and in QuickBooks; pure.

What is older than the start date is never posted, so a difference there stays for good
unless a person settles it: it is shown before the first invoice is posted. Both sides
are net: invoices less payments, prepayments and credits dated before that day, whether
they are applied yet or not, as QuickBooks' CustomerBalance report has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.money import Cents
from core.text import display
from store.books import Books
from sync.checks.ground import shown_client
from sync.checks.money import counts, stands
from sync.index import alive
from sync.shapes import Preflight
from sync.tie_out.receivables import Report


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One customer of QuickBooks, or one client that has none there."""

    client: str
    """Docket's names; several where they share the customer."""
    customer: str
    """Empty: the client has no customer in QuickBooks yet."""
    docket: Cents
    quickbooks: Cents

    @property
    def difference(self) -> Cents:
        """Docket less QuickBooks."""
        return self.docket - self.quickbooks


@dataclass(frozen=True, slots=True)
class Opening:
    """Both sides at the start date, by customer; the largest difference first."""

    day: date
    """The start date; what is compared is dated before it."""
    rows: tuple[OpeningRow, ...]

    @property
    def docket(self) -> Cents:
        """What Docket's clients owed."""
        return sum(row.docket for row in self.rows)

    @property
    def quickbooks(self) -> Cents:
        """What QuickBooks' customers owed."""
        return sum(row.quickbooks for row in self.rows)

    @property
    def apart(self) -> tuple[OpeningRow, ...]:
        """The customers for whom the two differ."""
        return tuple(row for row in self.rows if row.difference)


def opening(books: Books, checked: Preflight, report: Report, day: date) -> Opening:
    """Compare both sides at a start date.

    Args:
        books: what the cache knows.
        checked: its preflight, for which client is which customer.
        report: QuickBooks' CustomerBalance of the day before.
        day: the start date.
    """
    owed = _owed(books, day)
    clients: defaultdict[str, list[str]] = defaultdict(list)
    unknown = []
    for client_id in sorted(owed):
        match = checked.clients.get(client_id)
        if match is not None and match.target is not None:
            clients[match.target.qbo_id].append(client_id)
        else:
            unknown.append(OpeningRow(_client(books, client_id), "", owed[client_id], 0))
    names = {one.qbo_id: one.name for one in books.names if one.entity == "Customer"}
    rows = [
        OpeningRow(
            client=", ".join(_client(books, one) for one in clients.get(key, ())),
            customer=display(names.get(key, f"customer {key}"), 60),
            docket=sum(owed[one] for one in clients.get(key, ())),
            quickbooks=report.customers.get(key, 0),
        )
        for key in sorted({*clients, *report.customers})
    ]
    shown = [row for row in (*rows, *unknown) if row.docket or row.quickbooks]
    return Opening(day, tuple(sorted(shown, key=lambda row: (-abs(row.difference), row.customer))))


def _owed(books: Books, day: date) -> Mapping[str, Cents]:
    """Return what each client owed before a day, by Docket's books."""
    owed: Counter[str] = Counter()
    payments = dict(books.loose)
    for file in books.invoices.values():
        if alive(file.invoice) and file.invoice.issued_on < day:
            owed[file.invoice.client_id] += file.invoice.total
        payments |= {payment.id: payment for payment in file.payments}
    for payment in payments.values():
        if counts(payment) and payment.received_on < day:
            owed[payment.client_id] -= payment.amount
    for credit in books.credits.values():
        if stands(credit) and credit.issued_on < day:
            owed[credit.client_id] -= credit.amount
    return {client: amount for client, amount in owed.items() if amount}


def _client(books: Books, client_id: str) -> str:
    client = books.clients.get(client_id)
    return client_id if client is None else shown_client(client)
