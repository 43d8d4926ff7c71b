"""Which row of a short list in QuickBooks a payment method or a term of Docket's is; pure.

A person's choice decides; else a method goes by its name, and a term by its days. A row
that was made inactive is none.
"""

from __future__ import annotations

from core.text import name_key
from store.books import Entry
from sync.index import Index

METHOD, TERM, CLASS = "payment_method", "term", "class"
"""Kinds of choice; keys: the method in small letters, the days, the product's key."""


def method_id(index: Index, method: str) -> str:
    """Return the Id of the payment method that a method of Docket's is; empty: none."""
    chosen = chosen_id(index, METHOD, name_key(method), "PaymentMethod")
    found = None if chosen else index.entry("PaymentMethod", method)
    return chosen if found is None else found.qbo_id


def term_id(index: Index, days: int | None) -> str:
    """Return the Id of the term that gives a customer so many days; empty: none."""
    if days is None:
        return ""
    chosen = chosen_id(index, TERM, str(days), "Term")
    fitting = (term.qbo_id for term in index.entries("Term") if due_days(term) == days)
    return chosen or min(fitting, default="")


def chosen_id(index: Index, kind: str, key: str, entity: str) -> str:
    """Return the Id that a person chose, unless it is known to be inactive; else empty."""
    choice = index.books.choices.get((kind, key))
    if choice is None or choice.action != "use":
        return ""
    entry = index.entry_of(entity, choice.qbo_id)
    return "" if entry is not None and not entry.active else choice.qbo_id


def due_days(term: Entry) -> int | None:
    """Return the days of a term; numbers may come as text, date-driven terms have none."""
    days = term.body.get("DueDays")
    return int(days) if days is not None and str(days).isdigit() else None
