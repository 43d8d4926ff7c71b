"""Payments and refunds that QuickBooks has already, paired with Docket's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.records import Payment, Refund
from store.books import Document, InvoiceFile
from store.states import PostingState
from sync.checks.ground import Ground
from sync.index import number_key

REFUND_ENTITIES = ("CreditMemo", "RefundReceipt")


def posts_anyway(ground: Ground, payment: Payment) -> bool:
    """Whether a person said that this payment is another one than what is there."""
    choice = ground.books.choices.get(("payment", payment.id))
    return choice is not None and choice.action == "create"


def pair_payments(
    ground: Ground, file: InvoiceFile, document: Document | None
) -> Mapping[str, Document]:
    """Pair the invoice's unlinked payments with those that QuickBooks has on it.

    By a person's choice, by what this program posted before an unsync, by reference
    and amount, then by day and amount; payments alike in both are interchangeable.

    Returns:
        QuickBooks' payment by Docket id.
    """
    pairs: dict[str, Document] = {}
    free = {} if document is None else _free(ground, document)
    open_ones = [one for one in file.payments if _pairable(ground, one)]
    for test in (_is_chosen, _is_ours, _same_reference, _same_day):
        for payment in open_ones:
            if payment.id in pairs:
                continue
            there = next((one for one in free.values() if test(ground, payment, one)), None)
            if there is not None:
                pairs[payment.id] = free.pop(there.qbo_id)
    return pairs


def _pairable(ground: Ground, payment: Payment) -> bool:
    stands = payment.voided_at is None and payment.deleted_at is None
    return (
        stands
        and payment.status not in ("pending", "returned")
        and ground.index.link("payment", payment.id) is None
    )


def _free(ground: Ground, document: Document) -> dict[str, Document]:
    there = ground.index.paying.get(document.qbo_id, ())
    ranked = sorted(there, key=lambda one: (one.txn_date, one.qbo_id))
    return {
        one.qbo_id: one for one in ranked if (one.entity, one.qbo_id) not in ground.index.linked
    }


def _is_chosen(ground: Ground, payment: Payment, there: Document) -> bool:
    choice = ground.books.choices.get(("payment", payment.id))
    return choice is not None and choice.action == "link" and choice.qbo_id == there.qbo_id


def _is_ours(ground: Ground, payment: Payment, there: Document) -> bool:
    return there.total == payment.amount and any(
        row.state == PostingState.CONFIRMED and row.qbo_id == there.qbo_id
        for row in ground.books.postings.get(("payment", payment.id), ())
    )


def _same_reference(ground: Ground, payment: Payment, there: Document) -> bool:
    wanted = {number_key(payment.reference), number_key(payment.number)} - {""}
    return there.total == payment.amount and number_key(there.number) in wanted


def _same_day(ground: Ground, payment: Payment, there: Document) -> bool:
    return (
        there.total == payment.amount
        and there.txn_date == payment.received_on
        and not posts_anyway(ground, payment)
    )


def pair_refund(
    ground: Ground, file: InvoiceFile, refund: Refund, document: Document | None
) -> Document | None:
    """Return the credit memo or refund receipt that is this refund already, if any."""
    customer = _customer(ground, file, document)
    fits = [
        one
        for one in _refund_candidates(ground, refund)
        if one.total == refund.amount
        and one.customer_id == customer
        and (one.entity, one.qbo_id) not in ground.index.linked
    ]
    return fits[0] if len(fits) == 1 else None


def _refund_candidates(ground: Ground, refund: Refund) -> Iterator[Document]:
    ours = {
        (row.entity, row.qbo_id)
        for row in ground.books.postings.get(("refund", refund.id), ())
        if row.state == PostingState.CONFIRMED
    }
    numbered = ground.index.by_number.get(number_key(refund.number), ())
    for one in numbered if refund.number.strip() else ():
        same = one.txn_date == refund.refunded_on or (one.entity, one.qbo_id) in ours
        if one.entity in REFUND_ENTITIES and same:
            yield one
    for entity, qbo_id in sorted(ours):
        found = ground.index.document(entity, qbo_id)
        if found is not None and not found.removed and found not in numbered:
            yield found


def _customer(ground: Ground, file: InvoiceFile, document: Document | None) -> str:
    if document is not None:
        return document.customer_id
    client = ground.books.clients.get(file.invoice.client_id)
    match = None if client is None else ground.matcher.client(client)
    return "" if match is None or match.target is None else match.target.qbo_id
