"""What is worth knowing about an invoice before it is posted: the notes of the preview."""

from __future__ import annotations

from collections.abc import Iterator

from core.money import format_cents
from core.records import Credit, Refund
from core.text import display, tidy_name
from sync.bodies.extras import mail_note
from sync.bodies.receipts import method_ref
from sync.bodies.sales import odd_amount
from sync.checks.days import day_note
from sync.checks.document import sends_number
from sync.checks.ground import Ground, shown_client
from sync.checks.money import Money, State, day_of, is_memo, money_label, refund_label
from sync.checks.money import Standing as MoneyStanding
from sync.document_notes import document_notes
from sync.fingerprint import changed
from sync.shapes import NameMatch, NameState
from sync.standing import Standing


def name_notes(ground: Ground, match: NameMatch) -> list[str]:
    """Return how a Docket name and its QuickBooks name differ, where they do."""
    what = "customer" if match.kind == "client" else "product/service"
    name = display(match.name, 60)
    notes = []
    if match.create_as:
        notes.append(f"creates {what} {display(match.create_as, 60)}")
        if match.create_as != match.name.strip() and match.create_as == tidy_name(match.name):
            notes.append(f"“{name}” is sent without colon, tab or doubled blanks")
    elif match.target is not None:
        there = display(match.target.name, 60)
        if match.state == NameState.SAME_BUT_CASE:
            notes.append(f"links {what} {there} (differs only in case or spaces)")
        elif match.state == NameState.MISSING:
            notes.append(f"“{name}” is posted as {there}, as the settings say")
        elif match.state == NameState.CHOSEN and there != name:
            notes.append(f"“{name}” is posted as {there}, as was chosen")
        notes += [said for said in match.target.evidence if said.startswith("sub-customer")]
    return notes


def invoice_notes(ground: Ground, standing: Standing) -> list[str]:
    """Return what differs between Docket's invoice and the one that is sent."""
    invoice = standing.invoice
    notes = [*_again(ground, standing), *_client_changed(ground, invoice.client_id)]
    notes += [
        f"line {place}: {format_cents(line.amount)} is sent without quantity and price, which"
        " make another amount"
        for place, line in enumerate(invoice.lines, 1)
        if odd_amount(line)
    ]
    if not sends_number(ground):
        notes.append(
            f"QuickBooks numbers by itself; Docket's no. {display(invoice.number, 30)} goes"
            " into the private note"
        )
    notes += day_note(ground, "the invoice", invoice.issued_on)
    notes += document_notes(ground, invoice)
    if standing.link is None:
        notes += mail_note(ground, invoice)
    if ground.books.company.auto_apply_credit and standing.link is None:
        notes.append("QuickBooks may apply the customer's open credits to it by itself")
    return notes


def _again(ground: Ground, standing: Standing) -> Iterator[str]:
    """Yield that a new invoice takes the place of one that is gone in QuickBooks."""
    if standing.link is not None:
        return
    if standing.was_voided:
        yield "a new invoice in QuickBooks: the old one stays there, voided"
    old = ground.index.link("invoice", standing.invoice.id)
    document = None if old is None else ground.index.document(old.entity, old.qbo_id)
    if document is not None:
        yield f"posted again: the first one was {document.removed.lower()} in QuickBooks"


def _client_changed(ground: Ground, client_id: str) -> Iterator[str]:
    """Yield that a client was changed in Docket: its customer is left as it is."""
    client, link = ground.books.clients.get(client_id), ground.index.link("client", client_id)
    if client is None or link is None or not changed(link.fingerprint, client):
        return
    customer = ground.customer_name(link.qbo_id)
    yield (
        f"{shown_client(client)} was changed in Docket since it was linked; the customer"
        f" {customer} in QuickBooks is left as it is"
    )


def money_notes(ground: Ground, one: MoneyStanding) -> list[str]:
    """Return what is special about a payment, refund or credit."""
    if isinstance(one.record, Refund):
        return _refund_notes(ground, one.record, one.state)
    if is_memo(one.record):
        return _memo_notes(one.record, one)
    return _payment_notes(ground, one.record, one)


def _refund_notes(ground: Ground, refund: Refund, state: State) -> list[str]:
    if state != State.DUE:
        return []
    label, amount = refund_label(refund), format_cents(refund.amount)
    moved = day_note(ground, label, refund.refunded_on)
    if ground.policy.refunds == "refund_receipt":
        return [
            *moved,
            f"{label}: a refund receipt of {amount}, money that leaves the account;"
            " the customer's balance stays",
        ]
    return [
        *moved,
        f"{label}: a credit memo of {amount}, which leaves the customer that much credit,"
        " although the money went back; refund receipts can be chosen in the settings",
    ]


def _memo_notes(credit: Credit, one: MoneyStanding) -> list[str]:
    label, amount = money_label(credit), format_cents(one.amount)
    if one.state == State.DUE:
        return [
            f"{label}: a credit memo of {format_cents(credit.amount)} without sales tax, and"
            f" a payment of 0.00 that applies {amount} of it to the invoice"
        ]
    if one.state == State.APPLY:
        return [f"{label}: a payment of 0.00 applies {amount} of it to the invoice"]
    if one.state == State.ADOPT:
        return [f"links {label}, which is in QuickBooks already"]
    return []


def _payment_notes(ground: Ground, payment: Money, one: MoneyStanding) -> list[str]:
    label, state = money_label(payment), one.state
    if state == State.NOT_YET:
        return [f"ACH under way: {label} posts when it has settled"]
    if state == State.ADOPT:
        return [f"links {label}, which is in QuickBooks already"]
    if state == State.APPLY:
        return [
            f"{label} is in QuickBooks, unapplied: {format_cents(one.amount)} of it goes to the"
            " invoice; no second payment is posted"
        ]
    if state == State.CHANGE and one.change is not None:
        fields = (
            f"{field.field} {field.quickbooks or 'nothing'} becomes {field.docket or 'nothing'}"
            for field in one.change.fields
        )
        return [f"changes {label} in QuickBooks: {', '.join(fields)}"]
    if state == State.REVERSE:
        return [f"voids {label} in QuickBooks; what it paid is open again"]
    notes = []
    if state == State.DUE:
        notes += day_note(ground, label, day_of(payment))
        rest = payment.amount - sum(part.amount for part in payment.allocations)
        if rest > 0:
            notes.append(f"{label}: {format_cents(rest)} of it stays unapplied, as credit")
        if not method_ref(ground, payment.method):
            method = display(payment.method, 30)
            notes.append(f"QuickBooks has no payment method {method}; {label} is sent without one")
    return notes
