"""What changed in a posted payment: field by field, three ways, and the smallest update; pure.

As with invoices (`sync.changes`), Docket's change is the difference of two bodies, of the
record then and now under the same choices; QuickBooks' is the difference to what was sent.
What is right there already, because somebody entered it by hand, is no longer to be sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.jsonio import JsonObject
from core.money import Cents, format_cents, to_decimal
from core.text import display
from store.books import Document, Link
from sync.bodies import payment_body, relined
from sync.bodies.parts import ref
from sync.checks.ground import Ground
from sync.checks.money import Change, Money, allocated, kind_of
from sync.fields import same, shown_field
from sync.past import as_then
from sync.shapes import FieldChange

_WORDS: Mapping[str, str] = {
    "TotalAmt": "amount",
    "TxnDate": "date",
    "PaymentRefNum": "ref. no.",
    "PaymentMethodRef": "method",
}


@dataclass(frozen=True, slots=True)
class PaymentChanges:
    """What changed since money was posted."""

    change: Change
    in_quickbooks: tuple[str, ...]
    """What somebody changed there that Docket does not say too: "date … when posted, … now"."""
    unfit: str
    """Why Docket's change cannot be sent, as the rest of a sentence; empty if it can."""

    @property
    def settled(self) -> bool:
        """Whether QuickBooks says already what Docket says now."""
        return not (self.change.fields or self.unfit)


@dataclass(frozen=True, slots=True)
class _Part:
    """What goes to one invoice that QuickBooks has."""

    number: str
    qbo_id: str
    then: Cents
    now: Cents
    held: Cents

    @property
    def due(self) -> bool:
        """Whether Docket changed it, and QuickBooks does not say so yet."""
        return self.then != self.now != self.held

    @property
    def field(self) -> FieldChange:
        """It three ways."""
        sums = (format_cents(one) if one else "" for one in (self.then, self.now, self.held))
        return FieldChange(f"paid on {self.number}", *sums)


def payment_changes(
    ground: Ground, record: Money, link: Link, there: Document
) -> PaymentChanges | None:
    """Return what changed on both sides; None where it is not kept how it was.

    Args:
        ground: the books.
        record: Docket's payment or prepayment.
        link: its link.
        there: the payment in QuickBooks.
    """
    past = ground.books.past.get((kind_of(record), record.id))
    was = None if past is None else as_then(past.snapshot, record)
    if past is None or was is None:
        return None
    then, now = (payment_body(ground, one, there.customer_id, (), "") for one in (was, record))
    posted, held = past.body or then, there.body
    moved = there.sync_token != link.sync_token
    differ = [key for key in _WORDS if not same(now, held, key)]
    due = [key for key in differ if not same(then, now, key)]
    # What was there before it was linked is held to nothing, but never written over either.
    watched = {"TotalAmt", *((posted if moved else ()) if past.body is not None else due)}
    theirs = [key for key in differ if key in watched and not same(posted, held, key)]
    parts = [one for one in _parts(ground, was, record, there) if one.due]
    fields = {
        key: FieldChange(
            f"payment {_WORDS[key]}",
            *(shown_field(ground, key, one) for one in (posted, now, held)),
        )
        for key in _WORDS
        if key in due or key in theirs
    }
    body = {
        "CustomerRef": ref(there.customer_id),
        "TotalAmt": to_decimal(record.amount),
        **{key: now[key] for key in due if key in now},
        **({"Line": relined(there, {one.qbo_id: one.now for one in parts})} if parts else {}),
    }
    moves = {one.qbo_id: one.now - one.held for one in parts}
    clashing = [one for one in parts if one.held != one.then]
    return PaymentChanges(
        Change((*fields.values(), *(one.field for one in parts)), body, moves),
        tuple(map(_told, [*(fields[key] for key in theirs), *(one.field for one in clashing)])),
        _unfit(ground, was, record, due, now, _applied_after(there, parts)),
    )


def _told(field: FieldChange) -> str:
    """Return "date 2026-10-05 when posted, 2026-10-06 now"."""
    words = field.field.removeprefix("payment ")
    return f"{words} {field.posted or 'nothing'} when posted, {field.quickbooks or 'nothing'} now"


def _parts(ground: Ground, was: Money, now: Money, there: Document) -> Iterator[_Part]:
    """Yield what each invoice got then and gets now, of those that stand in QuickBooks."""
    concerned = [part.invoice_id for one in (was, now) for part in one.allocations]
    for invoice_id in dict.fromkeys(concerned):
        link = ground.index.link("invoice", invoice_id)
        document = None if link is None else ground.index.document(link.entity, link.qbo_id)
        if document is None or document.removed or document.entity != "Invoice":
            continue
        file = ground.books.invoices.get(invoice_id)
        held = sum(
            part.amount
            for part in there.applied
            if (part.entity, part.qbo_id) == ("Invoice", document.qbo_id)
        )
        yield _Part(
            display(document.number if file is None else file.invoice.number, 30),
            document.qbo_id,
            allocated(was, invoice_id),
            allocated(now, invoice_id),
            held,
        )


def _applied_after(there: Document, parts: Sequence[_Part]) -> Cents:
    """Return what of its money the payment would give to invoices; credit memos give some too."""
    signs = {"Invoice": 1, "CreditMemo": -1}
    before = sum(signs.get(part.entity, 0) * part.amount for part in there.applied)
    return before + sum(one.now - one.held for one in parts)


def _unfit(
    ground: Ground, was: Money, now: Money, due: Sequence[str], body: JsonObject, applied: Cents
) -> str:
    """Return why the change cannot be sent, as the rest of a sentence."""
    if was.client_id != now.client_id:
        return f". It is {ground.client_name(now.client_id)}'s now: correct it in QuickBooks"
    if sum(part.amount for part in now.allocations) > now.amount:
        return ", and more than its amount is allocated in Docket. Correct it there, then refresh"
    if "PaymentMethodRef" in due and "PaymentMethodRef" not in body:
        method = display(now.method, 30)
        return (
            f". QuickBooks has no payment method {method}: add it there, then refresh, or correct"
            " the payment there"
        )
    if applied > now.amount:
        return (
            f". QuickBooks would apply {format_cents(applied)} of it, more than it is: take it off"
            " an invoice there first, then refresh"
        )
    return ""
