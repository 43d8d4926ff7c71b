"""Payments, refunds and credits that QuickBooks has already, paired with Docket's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.records import Credit, Refund
from store.books import Document, InvoiceFile
from store.states import PostingState
from sync.checks.ground import Ground
from sync.checks.money import MEMO, Money, day_of, kind_of, reference_of, stands, status_of
from sync.index import number_key

REFUND_ENTITIES = ("CreditMemo", "RefundReceipt")


def posts_anyway(ground: Ground, record: Money) -> bool:
    """Whether a person said that this payment is another one than what is there."""
    choice = ground.books.choices.get((kind_of(record), record.id))
    return choice is not None and choice.action == "create"


def pair_payments(
    ground: Ground, file: InvoiceFile, document: Document | None
) -> Mapping[tuple[str, str], Document]:
    """Pair the invoice's unlinked payments with those that QuickBooks has on it.

    By a person's choice, by what this program posted before an unsync, by reference
    and amount, then by day and amount; payments alike in both are interchangeable.

    Returns:
        QuickBooks' payment by (kind, Docket id).
    """
    ahead = [one for one in ground.index.credits.get(file.invoice.id, ()) if one.kind != MEMO]
    free = () if document is None else _free(ground, ground.index.paying.get(document.qbo_id, ()))
    return _paired(ground, [*file.payments, *ahead], free)


def pair_loose(ground: Ground, records: Sequence[Money]) -> Mapping[tuple[str, str], Document]:
    """Pair money on no invoice with unapplied payments of the same customer, in the same way."""
    pairs: dict[tuple[str, str], Document] = {}
    for record in records:
        there = ground.index.unapplied.get(_customer_of(ground, record.client_id), ())
        taken = {one.qbo_id for one in pairs.values()}
        free = [one for one in _free(ground, there) if one.qbo_id not in taken]
        pairs |= _paired(ground, [record], free)
    return pairs


def _paired(
    ground: Ground, records: Sequence[Money], there: Sequence[Document]
) -> dict[tuple[str, str], Document]:
    pairs: dict[tuple[str, str], Document] = {}
    free = {one.qbo_id: one for one in there}
    open_ones = [one for one in records if _pairable(ground, one)]
    for test in (_is_chosen, _is_ours, _same_reference, _same_day):
        for record in open_ones:
            key = (kind_of(record), record.id)
            if key in pairs:
                continue
            found = next((one for one in free.values() if test(ground, record, one)), None)
            if found is not None:
                pairs[key] = free.pop(found.qbo_id)
    return pairs


def _pairable(ground: Ground, record: Money) -> bool:
    return (
        stands(record)
        and status_of(record) not in ("pending", "returned")
        and ground.index.link(kind_of(record), record.id) is None
    )


def _free(ground: Ground, there: Sequence[Document]) -> Sequence[Document]:
    ranked = sorted(there, key=lambda one: (one.txn_date, one.qbo_id))
    return [one for one in ranked if (one.entity, one.qbo_id) not in ground.index.linked]


def _is_chosen(ground: Ground, record: Money, there: Document) -> bool:
    choice = ground.books.choices.get((kind_of(record), record.id))
    return choice is not None and choice.action == "link" and choice.qbo_id == there.qbo_id


def _is_ours(ground: Ground, record: Money, there: Document) -> bool:
    return there.total == record.amount and any(
        row.state == PostingState.CONFIRMED and row.qbo_id == there.qbo_id
        for row in ground.books.postings.get((kind_of(record), record.id), ())
    )


def _same_reference(ground: Ground, record: Money, there: Document) -> bool:
    wanted = {number_key(reference_of(record)), number_key(record.number)} - {""}
    return there.total == record.amount and number_key(there.number) in wanted


def _same_day(ground: Ground, record: Money, there: Document) -> bool:
    return (
        there.total == record.amount
        and there.txn_date == day_of(record)
        and not posts_anyway(ground, record)
    )


def pair_memo(ground: Ground, credit: Credit) -> Document | None:
    """Return the credit memo in QuickBooks that is Docket's already, if any: by number or ours."""
    customer = _customer_of(ground, credit.client_id)
    ours = {
        row.qbo_id
        for row in ground.books.postings.get(("credit", credit.id), ())
        if row.state == PostingState.CONFIRMED and row.entity == "CreditMemo"
    }
    numbered = ground.index.by_number.get(number_key(credit.number), ())
    made = [ground.index.document("CreditMemo", one) for one in sorted(ours)]
    fits = [
        one
        for one in (*(numbered if credit.number.strip() else ()), *made)
        if one is not None
        and one.entity == "CreditMemo"
        and not one.removed
        and one.total == credit.amount
        and one.customer_id == customer
        and (one.txn_date == credit.issued_on or one.qbo_id in ours)
        and (one.entity, one.qbo_id) not in ground.index.linked
    ]
    return fits[0] if len({one.qbo_id for one in fits}) == 1 else None


def pair_refund(ground: Ground, refund: Refund, document: Document | None) -> Document | None:
    """Return the credit memo or refund receipt that is this refund already, if any.

    Args:
        ground: the books.
        refund: Docket's refund, not linked.
        document: the QuickBooks invoice that was refunded, if there is one.
    """
    customer = _customer(ground, refund, document)
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


def _customer(ground: Ground, refund: Refund, document: Document | None) -> str:
    if document is not None:
        return document.customer_id
    return _customer_of(ground, refund.client_id)


def _customer_of(ground: Ground, client_id: str) -> str:
    client = ground.books.clients.get(client_id)
    match = None if client is None else ground.matcher.client(client)
    return "" if match is None or match.target is None else match.target.qbo_id
