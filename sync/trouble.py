"""Turns a failed call to QuickBooks into words for a person."""

from __future__ import annotations

from connectors.qbo.faults import (
    QboError,
    QboForbidden,
    QboRefused,
    QboThrottled,
    QboUnauthorized,
    QboUnreachable,
)
from core.errors import ConnectionTrouble, Trouble
from core.text import display
from sync.words import fault_words

NO_LONGER_ALLOWED = "120"
"""The person who connected was taken out of the company; a new sign-in alone is no cure."""

_UNCHANGED = "Nothing was changed in QuickBooks; the cache keeps what it had."


def connection_trouble(error: QboError) -> Trouble:
    """Return what a person is told when reading from QuickBooks failed."""
    if isinstance(error, QboUnreachable):
        return ConnectionTrouble(
            "QuickBooks cannot be reached.",
            books=_UNCHANGED,
            fix="Check the internet connection, then refresh again.",
        )
    if isinstance(error, QboUnauthorized) and error.code == NO_LONGER_ALLOWED:
        words = fault_words(error.code, error.reason)
        return ConnectionTrouble(words.what, books=_UNCHANGED, fix=words.fix)
    if isinstance(error, QboUnauthorized):
        return ConnectionTrouble(
            "QuickBooks no longer accepts our connection.",
            books=_UNCHANGED,
            fix="Connect to QuickBooks again (docket-qbo connect, or A in the dashboard), then"
            " refresh.",
        )
    if isinstance(error, QboForbidden):
        return ConnectionTrouble(
            "QuickBooks does not let us into this company.",
            books=_UNCHANGED,
            fix="Connect again (docket-qbo connect, or A in the dashboard) and choose this company;"
            " it may have been disconnected there.",
        )
    if isinstance(error, QboThrottled):
        return ConnectionTrouble(
            "QuickBooks is asked too often at the moment.",
            books=_UNCHANGED,
            fix="Wait a minute, then refresh again; close other programs that use this company.",
        )
    if isinstance(error, QboRefused) and error.code:
        words = fault_words(error.code, error.reason)
        return ConnectionTrouble(words.what, books=_UNCHANGED, fix=words.fix)
    said = display(error.reason, 200)
    return ConnectionTrouble(
        f"QuickBooks did not answer as it should: {said}.",
        books=_UNCHANGED,
        fix="Try again in a minute; if it stays, report it with the transaction id"
        f" {display(error.intuit_tid or 'none', 60)}.",
    )
