"""Settings that nobody has chosen yet, in the first plan that needs them. Pure.

Every question has a safe answer from the start (`sync.questions`); a person is asked
again when it first decides about a write.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from store.books import Books
from store.states import LinkOrigin
from sync.shapes import Plan

_DECIDES: Mapping[str, str] = MappingProxyType(
    {
        "deposit_account": "payment",
        "ask_new_customers": "client",
        "tax": "invoice",
        "numbering": "invoice",
        "refunds": "refund",
        "email_invoices": "invoice",
    }
)
"""Of what kind of record a setting decides; `products` is asked by what waits for it."""


def first_needed(books: Books, plan: Plan) -> frozenset[str]:
    """Return the settings that a plan is the first to need.

    Not those that a person chose, nor those by which something was posted before.
    """
    unchosen = {key: kind for key, kind in _DECIDES.items() if key not in books.settings}
    wanted = _created(plan) & set(unchosen.values()) if unchosen else set()
    if wanted:
        wanted -= {
            kind
            for (kind, _), link in books.links.items()
            if kind in wanted and link.origin == LinkOrigin.CREATED
        }
    return frozenset(key for key, kind in unchosen.items() if kind in wanted)


def _created(plan: Plan) -> set[str]:
    return {
        one.kind
        for invoice in plan.invoices
        for one in invoice.postings
        if one.operation == "create" and not one.adopts
    }
