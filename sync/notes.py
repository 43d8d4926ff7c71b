"""What is worth knowing about an invoice before it is posted: the notes of the preview."""

from __future__ import annotations

from core.money import format_cents
from core.records import Payment
from core.text import display, tidy_name
from sync.bodies.receipts import method_ref
from sync.bodies.sales import odd_amount
from sync.checks.document import sends_number
from sync.checks.ground import Ground
from sync.checks.money import Standing as MoneyStanding
from sync.checks.money import State, payment_label, refund_label
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
    notes = [
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
    if ground.books.company.auto_apply_credit and standing.link is None:
        notes.append("QuickBooks may apply the customer's open credits to it by itself")
    return notes


def money_notes(ground: Ground, one: MoneyStanding) -> list[str]:
    """Return what is special about a payment or refund."""
    if isinstance(one.record, Payment):
        return _payment_notes(ground, one.record, one.state)
    if one.state != State.DUE:
        return []
    label, amount = refund_label(one.record), format_cents(one.record.amount)
    if ground.policy.refunds == "refund_receipt":
        return [f"{label}: a refund receipt of {amount}; the customer's balance stays"]
    return [f"{label}: a credit memo of {amount}, which leaves the customer that much credit"]


def _payment_notes(ground: Ground, payment: Payment, state: State) -> list[str]:
    label = payment_label(payment)
    if state == State.NOT_YET:
        return [f"{label} is still under way and posts when it has settled"]
    if state == State.ADOPT:
        return [f"links {label}, which is in QuickBooks already"]
    if state == State.DUE and not method_ref(ground, payment.method):
        method = display(payment.method, 30)
        return [f"QuickBooks has no payment method {method}; {label} is sent without one"]
    return []
