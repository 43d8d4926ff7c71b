"""What is in QuickBooks already and only has to be linked: the review before anything is posted.

At the first connection most invoices may have been posted by Docket's own sync, or by
hand. Those that agree in number, customer, date and total are adopted together after one
look at the list. Linking writes nothing in QuickBooks, so it needs no test sync; what is
missing there (a later payment) stays pending and is posted by an ordinary sync. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.money import format_cents
from sync.shapes import InvoicePlan, Outcome, PlannedPosting, Preflight

THERE = "there"
"""Reason code of a pending invoice that QuickBooks has already."""


def adoptable(checked: Preflight) -> list[str]:
    """Return the Docket ids of the pending invoices that QuickBooks has already."""
    return [key for key, check in checked.invoices.items() if check.reason_code == THERE]


def only_links(plan: InvoicePlan) -> InvoicePlan:
    """Return an invoice's plan without whatever would write in QuickBooks."""
    if not any(one.kind == "invoice" and one.adopts for one in plan.postings):
        if plan.outcome in (Outcome.NEEDS_YOU, Outcome.CHECKING):
            return plan
        reason = plan.reason or "not in QuickBooks yet: nothing to link"
        return replace(plan, outcome=Outcome.SKIPPED, reason=reason, postings=())
    left = [one for one in plan.postings if not one.adopts]
    return replace(
        plan,
        outcome=Outcome.LINKED,
        notes=(*plan.notes, *_later(left)),
        postings=tuple(one for one in plan.postings if one.adopts),
    )


def _later(left: Sequence[PlannedPosting]) -> list[str]:
    return [
        f"{one.label} of {format_cents(one.amount)} is not in QuickBooks; it stays pending"
        for one in left
        if one.kind not in ("client", "product")
    ]
