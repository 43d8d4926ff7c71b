"""Payments, and prepayments, which QuickBooks takes for payments too."""

from __future__ import annotations

from collections.abc import Sequence

from core.jsonio import JsonObject
from core.money import Cents, to_decimal
from core.text import wire_text
from sync.bodies.parts import currency, filled, private_note, ref_to
from sync.checks.days import posting_day
from sync.checks.document import NUMBER_LIMIT
from sync.checks.ground import Ground
from sync.checks.money import Money, day_of, kind_of, reference_of
from sync.index import number_key
from sync.short_lists import method_id


def payment_body(
    ground: Ground,
    payment: Money,
    customer: str,
    applied: Sequence[tuple[str, Cents]],
    marker: str,
) -> JsonObject:
    """Return a payment applied to invoices; what is not applied stays as credit.

    Args:
        ground: the books.
        payment: Docket's payment or prepayment.
        customer: Id of the customer, or a placeholder.
        applied: Id or placeholder of each invoice, with the amount it gets.
        marker: the mark that closes PrivateNote.
    """
    return filled(
        {
            "CustomerRef": ref_to(ground, "Customer", customer),
            "TotalAmt": to_decimal(payment.amount),
            "TxnDate": posting_day(ground, day_of(payment)).isoformat(),
            "PaymentRefNum": payment_reference(ground, payment),
            "PaymentMethodRef": method_ref(ground, payment.method),
            "DepositToAccountRef": filled(ref_to(ground, "Account", ground.policy.deposit_account)),
            "PrivateNote": private_note([_note(payment)], marker),
            "Line": [
                {
                    "Amount": to_decimal(amount),
                    "LinkedTxn": [{"TxnId": invoice, "TxnType": "Invoice"}],
                }
                for invoice, amount in applied
            ],
            **currency(ground, ""),
        }
    )


def payment_reference(ground: Ground, payment: Money) -> str:
    """Return PaymentRefNum, by which the payment is found again: never empty.

    Docket's reference if no other payment has it and it fits, else Docket's number.
    """
    wanted = reference_of(payment).strip()
    alone = ground.index.reference_uses.get(number_key(wanted), 0) < 2
    if wanted and alone and len(wanted) <= NUMBER_LIMIT:
        return wire_text(wanted, NUMBER_LIMIT)
    return wire_text(payment.number, NUMBER_LIMIT) or wire_text(payment.id, NUMBER_LIMIT)


def method_ref(ground: Ground, method: str) -> JsonObject:
    """Return the payment method by a person's choice or by name; nothing if there is none."""
    return filled(ref_to(ground, "PaymentMethod", method_id(ground.index, method)))


def _note(payment: Money) -> str:
    said = reference_of(payment).strip()
    reference = f", {said}" if said else ""
    what = "prepayment" if kind_of(payment) == "credit" else "payment"
    return f"Docket {what} {payment.number or payment.id} by {payment.method}{reference}"
