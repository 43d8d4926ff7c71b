"""The values of a tie-out; amounts are cents, days ISO text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from core.money import Cents
from sync.shapes import CountAndMoney


class Measure(StrEnum):
    """What is counted and summed on both sides."""

    INVOICES = "invoices"
    PAYMENTS = "payments"
    REFUNDS = "refunds"
    CREDITS = "credits"  # prepayments and credit memos
    TAX = "tax"  # on invoices, less that on refunds and credits
    OPEN = "open"  # what is still owed on invoices


MEASURE_WORDS: Mapping[Measure, str] = {
    Measure.INVOICES: "invoices",
    Measure.PAYMENTS: "payments",
    Measure.REFUNDS: "refunds",
    Measure.CREDITS: "credits",
    Measure.TAX: "sales tax",
    Measure.OPEN: "open balance",
}


class Cut(StrEnum):
    """By what the sums are cut."""

    MONTH = "month"
    CUSTOMER = "customer"
    METHOD = "method"


class Class(StrEnum):
    """How a record differs; of several ways the first that holds."""

    MISSING = "missing"
    ORPHAN = "orphan"
    STATUS = "status"
    AMOUNT = "amount"
    MOVED = "moved"


CLASS_WORDS: Mapping[Class, str] = {
    Class.MISSING: "missing in QuickBooks",
    Class.ORPHAN: "in QuickBooks with our mark, not from Docket",
    Class.STATUS: "status differs",
    Class.AMOUNT: "amount differs",
    Class.MOVED: "date or customer differs",
}


class Amounts(NamedTuple):
    """What one record brings to its side; all zero where it does not stand there."""

    records: int
    amount: Cents
    tax: Cents
    open: Cents


NOTHING = Amounts(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; ISO text."""

    start: str
    end: str

    def holds(self, day: str) -> bool:
        """Whether a day lies in it."""
        return self.start <= day <= self.end

    @property
    def words(self) -> str:
        """For a person: "2026-10-01 to 2026-10-31"."""
        return f"{self.start} to {self.end}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that is not the same on both sides, and where it stands on each."""

    kind: Class
    record: str
    """invoice, payment, refund or credit."""
    docket_id: str
    """Empty for an orphan."""
    number: str
    name: str
    """The client's or customer's."""
    docket_day: str
    qbo_day: str
    docket: Amounts
    quickbooks: Amounts
    docket_cell: str
    """Key of the cell that holds its Docket amounts; empty outside the period."""
    qbo_cell: str
    entity: str
    qbo_id: str
    words: str
    invoice_id: str
    """Docket id of the invoice that a person opens to solve it; empty without one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One month, customer or method: both sides beside each other."""

    key: str
    label: str
    docket: Mapping[Measure, CountAndMoney]
    """What should be in QuickBooks: all that stands in Docket and was not left out."""
    quickbooks: Mapping[Measure, CountAndMoney]
    """Of that, what is there; with what bears our mark and is linked to nothing."""
    left_out: Mapping[Measure, CountAndMoney]
    """In Docket, left out of QuickBooks on purpose."""
    others: Mapping[Measure, CountAndMoney]
    """In QuickBooks, not by this tool."""
    differences: int
    """How many records differ that stand in this cell."""

    def difference(self, measure: Measure) -> CountAndMoney:
        """Docket less QuickBooks."""
        ours, theirs = self.docket[measure], self.quickbooks[measure]
        return CountAndMoney(ours.count - theirs.count, ours.amount - theirs.amount)

    @property
    def ties(self) -> bool:
        """Whether nothing in it differs."""
        nothing = CountAndMoney()
        return not self.differences and all(self.difference(one) == nothing for one in Measure)


class Bucket(StrEnum):
    """What became of a Docket record; the five add up to all that stand."""

    POSTED = "posted"
    HELD = "held"
    REFUSED = "refused"
    EXCLUDED = "excluded"
    PENDING = "pending"


BUCKET_WORDS: Mapping[Bucket, str] = {
    Bucket.POSTED: "in QuickBooks",
    Bucket.HELD: "needs you",
    Bucket.REFUSED: "QuickBooks refused",
    Bucket.EXCLUDED: "left out",
    Bucket.PENDING: "pending",
}


@dataclass(frozen=True, slots=True)
class ZeroProof:
    """Every Docket record of one kind is somewhere: the five buckets add up to all."""

    record: str
    docket: CountAndMoney
    parts: Mapping[Bucket, CountAndMoney]

    @property
    def left(self) -> CountAndMoney:
        """What is nowhere; zero, or the proof has failed."""
        count = sum(one.count for one in self.parts.values())
        amount = sum(one.amount for one in self.parts.values())
        return CountAndMoney(self.docket.count - count, self.docket.amount - amount)


@dataclass(frozen=True, slots=True)
class TieOut:
    """A period, tied out."""

    period: Period
    cut: Cut
    cells: tuple[Cell, ...]
    total: Cell
    differences: tuple[Difference, ...]
    proofs: tuple[ZeroProof, ...]
    """Of invoices, payments, refunds and credits."""

    @property
    def ties(self) -> bool:
        """Whether both sides agree in every count and cent."""
        return self.total.ties and all(one.left == CountAndMoney() for one in self.proofs)

    def of_class(self, kind: Class) -> tuple[Difference, ...]:
        """The differences of one class."""
        return tuple(one for one in self.differences if one.kind == kind)

    def in_cell(self, key: str) -> tuple[Difference, ...]:
        """The differences that stand in one cell, on either side."""
        return tuple(one for one in self.differences if key in (one.docket_cell, one.qbo_cell))
