"""What users do to payments, refunds and credits."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.docket import amounts
from sandbox.docket.amounts import Record, cents, money
from sandbox.docket.books import Books
from sandbox.docket.edit import Action, Edit, deleter, voider
from sandbox.docket.forms import NotPossible, new_id, new_number, sum_of


def open_balance(books: Books, invoice: Record) -> int:
    """What is left to pay of an invoice, in cents."""
    if invoice["voided_at"] is not None:
        return 0
    paid = sum(
        cents(part["amount"])
        for resource in ("payments", "credits")
        for record in books.all(resource)
        if record["voided_at"] is None and record.get("status") != "returned"
        for part in record["allocations"]
        if part["invoice_id"] == invoice["id"]
    )
    return cents(invoice["total"]) - paid


def _pay(edit: Edit) -> None:
    if "invoice" in edit.asked:
        invoice = edit.find("invoices", "invoice")
        client_id = invoice["client_id"]
        left = open_balance(edit.books, invoice)
        amount = edit.text("amount", money(left))
        part = money(max(min(cents(amount), left), 0))
        allocations = [{"invoice_id": invoice["id"], "amount": part}] if cents(part) else []
    else:
        client_id = edit.find("clients", "client")["id"]
        allocations = _allocations(edit)
        amount = edit.text("amount")
    payment_id = new_id(edit.books, "payments")
    edit.save(
        "payments",
        {
            "id": payment_id,
            "number": new_number(edit.books, "payments"),
            "client_id": client_id,
            "method": edit.text("method", "Check"),
            "reference": edit.text("reference", ""),
            "received_on": edit.text("received_on", edit.today),
            "amount": amount,
            "allocations": allocations,
            "status": edit.text("status", "settled"),
            "voided_at": None,
        },
    )


def _allocations(edit: Edit) -> list[Record]:
    return [
        {
            "invoice_id": edit.find("invoices", "invoice", part.get("invoice"))["id"],
            "amount": part.get("amount"),
        }
        for part in edit.objects("allocations")
    ]


def _edit_payment(edit: Edit) -> None:
    payment = edit.find("payments", "payment")
    fields = edit.fields(but=("payment", "allocations"))
    if "allocations" in edit.asked:
        fields["allocations"] = _allocations(edit)
    edit.save("payments", {**payment, **fields})


def _refund(edit: Edit) -> None:
    invoice = edit.find("invoices", "invoice")
    total = cents(invoice["total"])
    amount = cents(edit.text("amount", invoice["total"]))
    if not 0 < amount <= total:
        raise NotPossible(f"at most {invoice['total']} can be refunded")
    if amount == total and not cents(invoice["discount"]):
        tax = cents(invoice["tax"])
        lines = invoice["lines"]
    else:
        tax = amounts.share(amount, cents(invoice["tax"]), total)
        lines = [{**invoice["lines"][0], "amount": money(amount - tax), "taxable": tax > 0}]
    kept = ("product_id", "name", "amount", "taxable")
    payment = edit.find("payments", "payment") if "payment" in edit.asked else None
    edit.save(
        "refunds",
        {
            "id": new_id(edit.books, "refunds"),
            "number": new_number(edit.books, "refunds"),
            "client_id": invoice["client_id"],
            "invoice_id": invoice["id"],
            "payment_id": payment["id"] if payment else None,
            "refunded_on": edit.text("refunded_on", edit.today),
            "method": edit.text("method", "Check"),
            "reference": edit.text("reference", ""),
            "reason": edit.text("reason", "Customer refund"),
            "lines": [{name: line[name] for name in kept} for line in lines],
            "tax": money(tax),
            "amount": money(amount),
            "voided_at": None,
        },
    )


def _add_credit(edit: Edit) -> None:
    kind = edit.text("kind", "prepayment")
    edit.save(
        "credits",
        {
            "id": new_id(edit.books, "credits"),
            "number": new_number(edit.books, "credits"),
            "client_id": edit.find("clients", "client")["id"],
            "kind": kind,
            "method": edit.text("method", "Check" if kind == "prepayment" else ""),
            "issued_on": edit.text("issued_on", edit.today),
            "amount": edit.text("amount"),
            "allocations": [],
            "reason": edit.text("reason", ""),
            "voided_at": None,
        },
    )


def _apply_credit(edit: Edit) -> None:
    credit = edit.find("credits", "credit")
    invoice = edit.find("invoices", "invoice")
    left = cents(credit["amount"]) - cents(sum_of(credit["allocations"]))
    most = min(left, open_balance(edit.books, invoice))
    part = {"invoice_id": invoice["id"], "amount": edit.text("amount", money(most))}
    if not 0 < cents(part["amount"]) <= most:
        raise NotPossible(f"at most {money(max(most, 0))} of this credit can be applied there")
    edit.save("credits", {**credit, "allocations": [*credit["allocations"], part]})


ACTIONS: Mapping[str, Action] = {
    "pay": _pay,
    "edit_payment": _edit_payment,
    "void_payment": voider("payments", "payment"),
    "delete_payment": deleter("payments", "payment"),
    "refund": _refund,
    "void_refund": voider("refunds", "refund"),
    "delete_refund": deleter("refunds", "refund"),
    "add_credit": _add_credit,
    "apply_credit": _apply_credit,
    "void_credit": voider("credits", "credit"),
    "delete_credit": deleter("credits", "credit"),
}
