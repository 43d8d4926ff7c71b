"""The words, glyphs and styles in which the screen speaks of states.

A state is always a word and a glyph; colour comes third and may be missing. The
words are those of docs/architecture.md, "Words".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from core.money import Cents
from store.states import POSTING_WORDS, InvoiceStatus, PostingState
from tui.manner import formats


class Look(NamedTuple):
    """How a state shows: its word, its glyph, and the style of a `LineList` cell."""

    word: str
    glyph: str
    style: str

    @property
    def text(self) -> str:
        """Glyph and word."""
        return f"{self.glyph} {self.word}"


STATUS: Mapping[InvoiceStatus, Look] = {
    InvoiceStatus.PENDING: Look("pending", "○", "plain"),
    InvoiceStatus.CONFLICTED: Look("conflicted", "▲", "warn"),
    InvoiceStatus.SYNCING: Look("syncing", "◐", "accent"),
    InvoiceStatus.SYNCED: Look("synced", "●", "good"),
    InvoiceStatus.EXCLUDED: Look("excluded", "–", "dim"),
}

_POSTING_LOOKS: Mapping[PostingState, tuple[str, str]] = {
    PostingState.DRAFT: ("○", "dim"),
    PostingState.APPROVED: ("○", "plain"),
    PostingState.SENDING: ("◐", "accent"),
    PostingState.UNKNOWN: ("?", "accent"),
    PostingState.HOLD: ("▲", "warn"),
    PostingState.REJECTED: ("✗", "bad"),
    PostingState.CONFIRMED: ("●", "good"),
    PostingState.EXCLUDED: ("–", "dim"),
}

POSTING: Mapping[PostingState, Look] = {
    state: Look(POSTING_WORDS[state], glyph, style)
    for state, (glyph, style) in _POSTING_LOOKS.items()
}


def counted(count: int, word: str, plural: str = "") -> str:
    """Return `1 invoice`, `1,204 invoices`."""
    return f"{count:,} {word if count == 1 else plural or word + 's'}"


def invoices(count: int) -> str:
    """Return `1 invoice`, `61 invoices`."""
    return counted(count, "invoice")


def invoices_worth(count: int, amount: Cents) -> str:
    """Return `37 invoices, $12,430.00`."""
    return f"{invoices(count)}, {worth(amount)}"


def worth(amount: Cents) -> str:
    """An amount that stands alone, with the company's sign; columns hold bare figures."""
    return formats().money(amount)


def writes(count: int) -> str:
    """Return `303 writes to QuickBooks`."""
    return f"{counted(count, 'write')} to QuickBooks"


def place(live: bool) -> str:
    """The word that tells a real company from the practice one."""
    return "LIVE" if live else "PRACTICE COMPANY"


def day(value: date | None) -> str:
    """A date as QuickBooks shows it to this company; empty if there is none."""
    return formats().day(value)


def moment(value: datetime | None) -> str:
    """An instant on the user's own clock, to the minute; empty if there is none."""
    return formats().moment(value)


def spoken(text: str) -> str:
    """A sentence, or a day kept as ISO text, with its days as they are shown here."""
    return formats().words(text)
