"""The values that the deposits screen and command show; amounts are cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.money import Cents


@dataclass(frozen=True, slots=True)
class LooseRow:
    """Money of Docket that is on no invoice."""

    key: str
    """By which it is selected for a preview: `credit:c-7`."""
    label: str
    client: str
    day: date
    amount: Cents
    due: bool
    """Whether a sync would post it."""
    words: str
    """Where it stands, or what is in the way."""


@dataclass(frozen=True, slots=True)
class OpenCredit:
    """A payment or credit memo in QuickBooks, of which a part pays no invoice."""

    entity: str
    qbo_id: str
    number: str
    customer: str
    day: date
    open: Cents
    age: int
    """Days since it came."""
    ours: bool
    """Whether it is linked to a Docket record."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A synced payment, as the bank will see it."""

    qbo_id: str
    day: date
    method: str
    customer: str
    reference: str
    amount: Cents
    deposit_id: str
    """The bank deposit that holds it; empty if none does."""
    undeposited: bool
    """Whether it lies in Undeposited Funds."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """The synced payments of one day by one method."""

    day: date
    method: str
    count: int
    amount: Cents
    running: Cents
    """Sum from the first row to this one."""
    waiting: Cents
    """Of the amount: still in Undeposited Funds."""


@dataclass(frozen=True, slots=True)
class Makes:
    """Payments that make a bank's amount."""

    receipts: tuple[Receipt, ...]
    gross: Cents
    fee: Cents
    """Gross less the bank's amount; 0 where nothing was kept back."""
    words: str
    """Why this set is likely: "all card payments of 2026-10-05"."""


@dataclass(frozen=True, slots=True)
class Aged:
    """What lies in Undeposited Funds, by age."""

    words: str
    count: int
    amount: Cents


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A deposit line booked as income, of the amount of synced payments."""

    deposit_id: str
    day: date
    account: str
    amount: Cents
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class Deposits:
    """Everything that the deposits screen shows."""

    rows: Sequence[DayRow]
    receipts: Sequence[Receipt]
    ages: Sequence[Aged]
    doubtful: Sequence[Doubtful]
    warning: str
    """Words where payments go straight to a bank account; empty if they do not."""
    loose: Sequence[LooseRow]
    credits: Sequence[OpenCredit]
