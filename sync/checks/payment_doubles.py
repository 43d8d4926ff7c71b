"""A payment that is linked, and stands in QuickBooks a second time.

As with invoices (`sync.checks.doubles`): Docket's own sync may be pressed after ours, or
somebody enters what was posted. Money counted twice is not seen on the invoice, where the
second payment lies unapplied, so it is looked for. Nothing is voided by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.records import Refund
from store.books import Document
from sync.checks.ground import Ground, finding, shown_document
from sync.checks.money import Money, Standing, kind_of, money_label, reference_of
from sync.index import number_key
from sync.shapes import ConflictKind, Finding, WayOut

PAYMENT_DOUBLE = "payment_double"
"""Kind of a choice about two payments: `keep` both."""


def check_payment_doubles(ground: Ground, one: Standing) -> Iterator[Finding]:
    """Yield each payment in QuickBooks that may be this linked one once more.

    The same customer, day and amount, a reference or number of Docket's, and linked to
    nothing: all four, because two equal payments on one day are nothing unusual.
    """
    record, linked = one.record, one.document
    if isinstance(record, Refund) or linked is None or linked.entity != "Payment":
        return
    if linked.removed or (linked.entity, linked.qbo_id) not in ground.index.linked:
        return
    alike = (linked.customer_id, linked.txn_date, linked.total)
    for other in ground.index.free_payments.get(alike, ()):
        if number_key(other.number) not in _numbers(record, linked):
            continue
        key = f"{kind_of(record)}:{record.id}|{other.qbo_id}"
        choice = ground.books.choices.get((PAYMENT_DOUBLE, key))
        if choice is None or choice.action != "keep":
            yield _double(ground, key, record, linked, other)


def _numbers(record: Money, linked: Document) -> set[str]:
    told = {number_key(text) for text in (reference_of(record), record.number, linked.number)}
    return told - {""}


def _double(ground: Ground, key: str, record: Money, linked: Document, other: Document) -> Finding:
    first, second = shown_document(ground, linked), shown_document(ground, other)
    return finding(
        ConflictKind.POSSIBLE_DOUBLE,
        (PAYMENT_DOUBLE, key, money_label(record)),
        f"Possible double: {money_label(record)} is linked with {first}, and QuickBooks also has"
        f" {second}, linked to nothing. If they are one, void the other there; nothing is voided"
        " by itself.",
        (
            WayOut("wait", "The linked one stays: void the other there"),
            WayOut("keep", "They are two different payments: leave both"),
            WayOut("open", "Look in QuickBooks", entity=other.entity, qbo_id=other.qbo_id),
        ),
    )
