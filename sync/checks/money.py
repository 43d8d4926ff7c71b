"""Where a payment, refund or credit stands, and what Docket counts as paid.

A prepayment is money received like a payment; where the two are alike, they are
`Money` here. A credit memo (kind `memo`) is no money and has rules of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypeGuard

from core.jsonio import JsonObject
from core.money import Cents
from core.records import Credit, Payment, Refund
from core.text import display
from store.books import Document, InvoiceFile
from sync.checks.ground import Ground
from sync.shapes import FieldChange, Finding

Money: TypeAlias = Payment | Credit
"""What becomes a Payment in QuickBooks: a payment, or a prepayment."""

MEMO = "memo"
"""The kind of a credit that was given, not paid."""


class State(StrEnum):
    """How a payment, refund or credit stands to QuickBooks."""

    POSTED = "posted"
    DUE = "due"
    ADOPT = "adopt"  # it is there; link it
    APPLY = "apply"  # it is there and linked; apply it to the invoice
    CHANGE = "change"  # it is there; Docket changed it since
    REVERSE = "reverse"  # a person said to void what Docket no longer counts
    NOT_YET = "not_yet"  # an ACH payment under way
    GONE = "gone"  # voided, deleted or returned, and never posted
    STUCK = "stuck"  # a person decides


@dataclass(frozen=True, slots=True)
class Change:
    """What Docket changed in money that QuickBooks has."""

    fields: tuple[FieldChange, ...]
    """All that differs between any two of as posted, Docket now and QuickBooks now."""
    body: JsonObject
    """What an update carries; without Id and SyncToken."""
    moves: Mapping[str, Cents]
    """How much more, or less, each invoice gets, by its Id in QuickBooks."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One payment, refund or credit of an invoice."""

    record: Payment | Refund | Credit
    state: State
    document: Document | None
    amount: Cents
    """The part of it that concerns this invoice."""
    findings: tuple[Finding, ...] = ()
    change: Change | None = None
    """What differs three ways; sent only in the state CHANGE."""

    @property
    def kind(self) -> str:
        """payment, refund or credit."""
        return kind_of(self.record)

    @property
    def to_send(self) -> bool:
        """Whether it, or its change, still has to reach QuickBooks, or be linked there."""
        return self.state in (
            State.DUE,
            State.ADOPT,
            State.APPLY,
            State.CHANGE,
            State.REVERSE,
        )

    def takes(self, qbo_id: str) -> Cents:
        """Return how much more of an invoice is paid once it was sent; below zero: less."""
        if self.state == State.CHANGE and self.change is not None:
            return self.change.moves.get(qbo_id, 0)
        return self.amount if self.state in (State.DUE, State.APPLY) else 0


def kind_of(record: Payment | Refund | Credit) -> str:
    """Return payment, refund or credit: the kind of its link and postings."""
    return type(record).__name__.lower()


def is_memo(record: Payment | Refund | Credit) -> TypeGuard[Credit]:
    """Whether it is a credit memo, not money that came."""
    return isinstance(record, Credit) and record.kind == MEMO


def day_of(record: Payment | Refund | Credit) -> date:
    """Return the day on which the money came, or went back."""
    if isinstance(record, Refund):
        return record.refunded_on
    return record.received_on if isinstance(record, Payment) else record.issued_on


def reference_of(record: Money) -> str:
    """Return the payer's reference; a credit has none."""
    return record.reference if isinstance(record, Payment) else ""


def status_of(record: Money) -> str:
    """Return settled, pending or returned; a prepayment is there."""
    return record.status if isinstance(record, Payment) else "settled"


def counts(payment: Payment) -> bool:
    """Whether the money of a payment is there: not voided, deleted, returned or under way."""
    return stands(payment) and payment.status not in ("pending", "returned")


def stands(record: Payment | Refund | Credit) -> bool:
    """Whether Docket has neither voided nor deleted it."""
    return record.voided_at is None and record.deleted_at is None


def allocated(payment: Money, invoice_id: str) -> Cents:
    """Return what of a payment or credit goes to one invoice."""
    return sum(part.amount for part in payment.allocations if part.invoice_id == invoice_id)


def received(file: InvoiceFile) -> Cents:
    """Return what Docket counts as paid on an invoice."""
    return sum(allocated(one, file.invoice.id) for one in file.payments if counts(one))


def open_in_docket(ground: Ground, file: InvoiceFile) -> Cents:
    """Return what is still owed by Docket's books.

    A refund opens nothing: it takes back money and the sale together.
    """
    credit = ground.index.credit_on.get(file.invoice.id, 0)
    return file.invoice.total - received(file) - credit


def payment_label(payment: Payment) -> str:
    """Return a payment for a person: "payment by check 5571 of 412.50"."""
    reference = display(payment.reference or payment.number, 30)
    return f"payment by {display(payment.method, 30)} {reference}".rstrip()


def refund_label(refund: Refund) -> str:
    """Return a refund for a person: "refund R-12"."""
    return f"refund {display(refund.number, 30)}".rstrip()


def label_of(record: Payment | Refund | Credit) -> str:
    """Return any of them for a person."""
    return refund_label(record) if isinstance(record, Refund) else money_label(record)


def money_label(record: Money) -> str:
    """Return a payment, prepayment or credit memo for a person."""
    if isinstance(record, Payment):
        return payment_label(record)
    number = display(record.number, 30)
    if record.kind == MEMO:
        return f"credit memo {number}".rstrip()
    return f"prepayment by {display(record.method, 30)} {number}".rstrip()
