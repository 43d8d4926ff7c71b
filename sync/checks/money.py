"""Where a payment or refund stands, and what Docket counts as paid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.money import Cents
from core.records import Payment, Refund
from core.text import display
from store.books import Document, InvoiceFile
from sync.checks.ground import Ground
from sync.shapes import Finding


class State(StrEnum):
    """How a payment or refund stands to QuickBooks."""

    POSTED = "posted"
    DUE = "due"
    ADOPT = "adopt"  # it is there; link it
    NOT_YET = "not_yet"  # an ACH payment under way
    GONE = "gone"  # voided, deleted or returned, and never posted
    STUCK = "stuck"  # a person decides


@dataclass(frozen=True, slots=True)
class Standing:
    """One payment or refund of an invoice."""

    record: Payment | Refund
    state: State
    document: Document | None
    amount: Cents
    """The part of it that concerns this invoice."""
    findings: tuple[Finding, ...] = ()

    @property
    def kind(self) -> str:
        """Payment or refund."""
        return "payment" if isinstance(self.record, Payment) else "refund"

    @property
    def to_send(self) -> bool:
        """Whether it still has to reach QuickBooks, or be linked there."""
        return self.state in (State.DUE, State.ADOPT)


def counts(payment: Payment) -> bool:
    """Whether the money of a payment is there: not voided, deleted, returned or under way."""
    return stands(payment) and payment.status not in ("pending", "returned")


def stands(record: Payment | Refund) -> bool:
    """Whether Docket has neither voided nor deleted it."""
    return record.voided_at is None and record.deleted_at is None


def allocated(payment: Payment, invoice_id: str) -> Cents:
    """Return what of a payment goes to one invoice."""
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
