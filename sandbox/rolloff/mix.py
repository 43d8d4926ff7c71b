"""How much of what the sample company holds: the proportions of a real one's trouble.

At 240 invoices the counts are those of the demo; they grow with the number of
invoices, and each kind keeps at least one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEMO_INVOICES = 240
DEMO_CLIENTS = 90

CLIENT_KINDS: Mapping[str, int] = MappingProxyType(
    {
        "near": 9,
        "case": 6,
        "vendor": 2,
        "employee": 1,
        "inactive": 1,
        "new": 8,
        "twin": 2,
        "foreign": 1,
    }
)
"""Clients whose name does not simply agree with QuickBooks, of 90."""

INVOICE_KINDS: Mapping[str, int] = MappingProxyType(
    {
        "closed": 3,
        "in_qbo_paid": 12,
        "in_qbo_open": 8,
        "in_qbo_unpaid": 2,
        "unsynced": 6,
        "overage_after_sync": 2,
        "number_taken": 2,
        "number_twice": 1,
        "zero": 1,
        "negative": 1,
        "foreign": 1,
        "voided": 2,
        "overpaid": 1,
        "product_near": 9,
        "product_missing": 2,
        "product_category": 3,
        "client_near": 13,
        "client_case": 8,
        "client_vendor": 3,
        "client_employee": 1,
        "client_inactive": 2,
        "client_new": 10,
        "client_twin": 3,
        "refunded_part": 3,
        "refunded": 1,
        "prepaid": 2,
        "goodwill": 2,
        "ach_pending": 4,
        "returned": 1,
        "payment_voided": 1,
        "overage_added": 5,
    }
)
"""Invoices that are more than clean and pending, of 240, the most telling first."""

IN_QBO = ("in_qbo_paid", "in_qbo_open", "in_qbo_unpaid", "unsynced", "overage_after_sync")
"""Kinds of invoice that Docket's own sync has already sent."""


@dataclass(frozen=True)
class Mix:
    """Counts for a company of a given size."""

    invoices: int
    clients: int
    client_kinds: Mapping[str, int]
    invoice_kinds: Mapping[str, int]


def mix(invoices: int) -> Mix:
    """The counts for `invoices` invoices.

    Clients grow with them up to a thousand invoices, then more slowly: a larger
    company bills the same contractor more often.
    """
    few = min(invoices, 1000)
    clients = max(round(few * 0.375 + (invoices - few) * 0.2), 30)
    return Mix(
        invoices,
        clients,
        {kind: max(round(n * clients / DEMO_CLIENTS), 1) for kind, n in CLIENT_KINDS.items()}
        | {"twin": 2 * max(round(clients / DEMO_CLIENTS), 1)},
        {kind: max(round(n * invoices / DEMO_INVOICES), 1) for kind, n in INVOICE_KINDS.items()},
    )
