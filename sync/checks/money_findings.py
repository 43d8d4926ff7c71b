"""Conflicts about money received, in sentences that begin with it."""

from __future__ import annotations

from core.money import Cents
from store.books import Document
from sync.checks.ground import EXCLUDE, OPEN, finding
from sync.checks.money import Change, Money, Standing, State, kind_of, money_label
from sync.shapes import ConflictKind, Finding, WayOut

LEAVE = (OPEN, EXCLUDE)


def payment_finding(record: Money, words: str, ways: tuple[WayOut, ...] = LEAVE) -> Finding:
    """Return a conflict about money received; `words` go on where its label ends."""
    label = money_label(record)
    about = (kind_of(record), record.id, label)
    return finding(ConflictKind.PAYMENT, about, f"{label[:1].upper()}{label[1:]} {words}.", ways)


def stuck(
    record: Money,
    there: Document | None,
    amount: Cents,
    words: str,
    ways: tuple[WayOut, ...],
    change: Change | None = None,
) -> Standing:
    """Return money that waits for a person, with the reason."""
    held = payment_finding(record, words, ways)
    return Standing(record, State.STUCK, there, amount, (held,), change)
