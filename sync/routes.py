"""Which way each payment and refund goes: created, linked, or waiting for another invoice.

A payment over several invoices is one record in QuickBooks. It is made once, at the
last of its invoices, when all of them are there or will be; it is never made in part,
because QuickBooks would show the rest as credit that Docket knows nothing of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.jsonio import JsonObject
from core.money import Cents
from core.records import Refund
from core.text import display
from store.books import Document
from sync.checks.ground import Ground
from sync.checks.money import Money, State, money_label
from sync.checks.money import Standing as MoneyStanding
from sync.index import alive
from sync.shapes import Need
from sync.standing import Standing, assess


@dataclass(frozen=True, slots=True)
class Create:
    """It is posted at invoice `home`; `applied` holds Id or placeholder, and amount."""

    home: str
    applied: tuple[tuple[str, Cents], ...] = ()


@dataclass(frozen=True, slots=True)
class Adopt:
    """It is in QuickBooks already, and linked at invoice `home`."""

    home: str
    document: Document


@dataclass(frozen=True, slots=True)
class Wait:
    """It cannot go yet."""

    words: str


@dataclass(frozen=True, slots=True)
class Apply:
    """It is in QuickBooks, unapplied; invoices get `more` of it, by Id or placeholder."""

    home: str
    document: Document
    more: Mapping[str, Cents]


@dataclass(frozen=True, slots=True)
class Reverse:
    """It is in QuickBooks, and a person said to void it there."""

    home: str
    document: Document


@dataclass(frozen=True, slots=True)
class Update:
    """It is in QuickBooks, and Docket changed it since; `body` is what its change carries."""

    home: str
    document: Document
    body: JsonObject


Route: TypeAlias = Create | Adopt | Apply | Update | Reverse


class Routes:
    """Routes the money of a selection; `going` are its invoices that have work, in order."""

    def __init__(self, ground: Ground, going: Sequence[str]) -> None:
        self._ground = ground
        self._rank = {key: rank for rank, key in enumerate(going)}
        self._standings: dict[str, Standing] = {}
        self._left: dict[str, Cents] = {}
        self._routes: dict[tuple[str, str], Route | Wait] = {}

    def standing(self, invoice_id: str) -> Standing:
        """Return where an invoice stands; selected or not."""
        if invoice_id not in self._standings:
            file = self._ground.books.invoices[invoice_id]
            self._standings[invoice_id] = assess(self._ground, file)
        return self._standings[invoice_id]

    def of(self, standing: Standing, one: MoneyStanding) -> Route | Wait:
        """Return the way of one payment, prepayment or refund of an invoice that is going."""
        if isinstance(one.record, Refund):
            home = standing.invoice.id
            return Create(home) if one.document is None else Adopt(home, one.document)
        key = (one.kind, one.record.id)
        if key not in self._routes:
            self._routes[key] = self._payment(one.record) or _freed(standing, one)
        return self._routes[key]

    def value(self, invoice_id: str) -> str:
        """Return the Id of an invoice in QuickBooks, or the placeholder of one that is going."""
        return self._value(invoice_id)

    def _payment(self, payment: Money) -> Route | Wait | None:
        """Return the way of a payment; None if no invoice that it still pays is going."""
        involved = list(dict.fromkeys(part.invoice_id for part in payment.allocations))
        involved = [key for key in involved if self._concerns(key)]
        going = [key for key in involved if key in self._rank]
        if not going:
            return None
        home = max(going, key=lambda key: self._rank[key])
        views = [self._view(key, payment) for key in involved]
        label = money_label(payment)
        for view in views:
            if view is not None and view.state == State.ADOPT and view.document is not None:
                return Adopt(home, view.document)
            if view is not None and view.state == State.REVERSE and view.document is not None:
                return Reverse(home, view.document)
        if any(view is not None and view.state == State.STUCK for view in views):
            return Wait(f"{label} waits: another of its invoices needs you")
        for view in views:
            if view is not None and view.state == State.CHANGE and view.document is not None:
                assert view.change is not None
                return Update(home, view.document, view.change.body)
        held = next((one.document for one in views if one is not None and one.document), None)
        if held is not None and self._left_to_quickbooks(going):
            return Wait(
                f"{label} is applied with the next sync, unless QuickBooks does it by itself, as"
                " the company wants it"
            )
        if held is not None:
            return Apply(home, held, self._more(payment, going))
        missing = [key for key in involved if not self._will_be_there(key)]
        if missing:
            numbers = ", ".join(self._number(key) for key in missing)
            return Wait(f"{label} waits for invoice {numbers}, which it pays too")
        return Create(home, tuple(self._applied(payment, involved)))

    def _left_to_quickbooks(self, going: list[str]) -> bool:
        """Whether QuickBooks may apply unapplied money itself when a new invoice appears."""
        new = any(self.standing(key).link is None for key in going)
        return new and self._ground.books.company.auto_apply_credit

    def _more(self, payment: Money, going: list[str]) -> Mapping[str, Cents]:
        """Return what the invoices of this selection still get of an unapplied payment."""
        more = {}
        for key in going:
            view = self._view(key, payment)
            if view is not None and view.state == State.APPLY:
                more[self._value(key)] = view.amount
        return more

    def _concerns(self, invoice_id: str) -> bool:
        """Whether a part goes to an invoice that counts; what a void freed is credit."""
        file = self._ground.books.invoices.get(invoice_id)
        return file is None or alive(file.invoice)

    def _view(self, invoice_id: str, payment: Money) -> MoneyStanding | None:
        if invoice_id not in self._ground.books.invoices:
            return None
        money = self.standing(invoice_id).money
        return next((one for one in money if one.record == payment), None)

    def _will_be_there(self, invoice_id: str) -> bool:
        if invoice_id in self._rank:
            return True
        link = self._ground.index.link("invoice", invoice_id)
        if link is None:
            return False
        document = self._ground.index.document(link.entity, link.qbo_id)
        return document is None or not document.removed

    def _applied(self, payment: Money, involved: list[str]) -> list[tuple[str, Cents]]:
        applied = []
        for key in involved:
            wanted = sum(part.amount for part in payment.allocations if part.invoice_id == key)
            amount = min(wanted, self._open(key, wanted))
            if amount > 0:
                self._left[key] = self._open(key, wanted) - amount
                applied.append((self._value(key), amount))
        return applied

    def _open(self, invoice_id: str, wanted: Cents) -> Cents:
        """Return what QuickBooks will show open on an invoice before this payment."""
        if invoice_id in self._left:
            return self._left[invoice_id]
        if invoice_id not in self._ground.books.invoices:
            return wanted
        standing = self.standing(invoice_id)
        if standing.document is None:
            return standing.invoice.total if standing.link is None else wanted
        document = standing.document
        grows = standing.invoice.total - document.total if standing.changed else 0
        taken = sum(
            one.takes(document.qbo_id) for one in standing.money if one.state == State.CHANGE
        )
        return document.balance + grows - taken

    def _value(self, invoice_id: str) -> str:
        if invoice_id in self._rank and self.standing(invoice_id).link is None:
            return Need("invoice", invoice_id).placeholder
        link = self._ground.index.link("invoice", invoice_id)
        return "" if link is None else link.qbo_id

    def _number(self, invoice_id: str) -> str:
        file = self._ground.books.invoices.get(invoice_id)
        return invoice_id if file is None else display(file.invoice.number, 30)


def _freed(standing: Standing, one: MoneyStanding) -> Route | Wait:
    """Return the way of what a voided invoice let go: out of QuickBooks, if a person said so."""
    if one.state == State.REVERSE and one.document is not None:
        return Reverse(standing.invoice.id, one.document)
    assert not isinstance(one.record, Refund)
    return Wait(f"{money_label(one.record)} paid an invoice that was voided in Docket")
