"""Voided in Docket and billed again: the first invoice still stands in QuickBooks; pure.

Docket can give the charges of a voided invoice free for another one. Until the void has
reached QuickBooks too, posting the new one would bill the same work twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core.records import Invoice
from core.text import display
from sync.checks.ground import EXCLUDE, WAIT, Ground, finding
from sync.checks.twins import posts_anyway
from sync.shapes import ConflictKind, Finding, WayOut


def check_rebilled(ground: Ground, invoice: Invoice) -> Iterator[Finding]:
    """Yield the voided invoice that a new one bills again, while QuickBooks still counts it."""
    if posts_anyway(ground, invoice):
        return
    for old in ground.index.voided_but_there.get(invoice.client_id, ()):
        if old.issued_on > invoice.issued_on or not _same_work(old, invoice):
            continue
        number = display(old.number, 30)
        yield finding(
            ConflictKind.BILLED_AGAIN,
            ("invoice", invoice.id, f"invoice {display(invoice.number, 30)}"),
            f"It bills again what invoice {number} billed, which is voided in Docket but still"
            f" stands in QuickBooks. Void {number} there first: tick it in the preview.",
            (WAIT, WayOut("create", "It bills something else: post it too"), EXCLUDE),
        )
        return


def _same_work(old: Invoice, new: Invoice) -> bool:
    """Whether the new invoice has every line of the old one."""
    return bool(old.lines) and not _work(old) - _work(new)


def _work(invoice: Invoice) -> Counter[tuple[str, int]]:
    return Counter((line.name.strip().casefold(), line.amount) for line in invoice.lines)
