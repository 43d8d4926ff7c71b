"""Credits: a credit memo, the payment of 0.00 that applies it, and money applied later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from core.jsonio import JsonObject
from core.money import Cents, to_decimal
from core.records import Credit, Invoice, RefundLine
from core.text import wire_text
from store.books import Document
from sync.bodies.parts import currency, filled, free_number, private_note, ref, ref_to
from sync.bodies.sales import item_value
from sync.checks.days import posting_day
from sync.checks.document import NUMBER_LIMIT
from sync.checks.ground import Ground
from sync.checks.memos import applied_on, memo_lines


def memo_body(ground: Ground, credit: Credit, customer: str, marker: str) -> JsonObject:
    """Return a credit memo, without tax: Docket gives it none."""
    lines = [_line(ground, line) for line in memo_lines(ground, credit)]
    if not lines:
        chosen = ref_to(ground, "Item", ground.policy.credit_item)
        lines = [_sold(credit.amount, credit.reason, chosen)]
    untaxed = {"TxnTaxDetail": {"TotalTax": to_decimal(0)}}
    return filled(
        {
            "CustomerRef": ref_to(ground, "Customer", customer),
            "DocNumber": free_number(ground, credit.number),
            "TxnDate": posting_day(ground, credit.issued_on).isoformat(),
            "Line": lines,
            **(untaxed if ground.books.company.uses_sales_tax else {}),
            "CustomerMemo": filled({"value": wire_text(credit.reason, 1000)}),
            "PrivateNote": private_note(
                [f"Docket credit memo {credit.number or credit.id}"], marker
            ),
            **currency(ground, ""),
        }
    )


def application_body(
    ground: Ground,
    credit: Credit,
    customer: str,
    invoice: Invoice,
    parts: tuple[str, str, Cents],
    marker: str,
) -> JsonObject:
    """Return the payment of 0.00 that applies a credit memo to an invoice.

    Args:
        ground: the books.
        credit: Docket's credit memo.
        customer: Id of the customer, or a placeholder.
        invoice: Docket's invoice.
        parts: Id or placeholder of the credit memo and of the invoice, and the amount.
        marker: the mark that closes PrivateNote.
    """
    memo, paid, amount = parts
    name = credit.number or credit.id
    both = f"{name}/{invoice.number}"
    return filled(
        {
            "CustomerRef": ref_to(ground, "Customer", customer),
            "TotalAmt": to_decimal(0),
            "TxnDate": posting_day(ground, applied_on(credit, invoice)).isoformat(),
            "PaymentRefNum": wire_text(both if len(both) <= NUMBER_LIMIT else name, NUMBER_LIMIT),
            "PrivateNote": private_note(
                [f"Docket credit memo {name} applied to invoice no. {invoice.number}"], marker
            ),
            "Line": [_linked(paid, "Invoice", amount), _linked(memo, "CreditMemo", amount)],
            **currency(ground, ""),
        }
    )


def applied_later_body(there: Document, more: Mapping[str, Cents]) -> JsonObject:
    """Return the change that applies unapplied money to invoices; all else stays as it is.

    Args:
        there: the payment in QuickBooks.
        more: what each invoice gets now, by Id or placeholder.
    """
    got: Counter[str] = Counter()
    for part in there.applied:
        if part.entity == "Invoice":
            got[part.qbo_id] += part.amount
    return {
        **void_body(there),
        "CustomerRef": ref(there.customer_id),
        "TotalAmt": to_decimal(there.total),
        "Line": relined(there, {invoice: got[invoice] + part for invoice, part in more.items()}),
    }


def relined(there: Document, gets: Mapping[str, Cents]) -> list[JsonObject]:
    """Return the lines of a payment with what some invoices get now, by Id or placeholder.

    QuickBooks takes the lines of a payment all or none, so those that stand are sent too.
    """
    left = dict(gets)
    lines: list[JsonObject] = []
    for line in there.body.get("Line") or ():
        kept = {part: line[part] for part in ("Id", "Amount", "LinkedTxn") if part in line}
        linked = (line.get("LinkedTxn") or [{}])[0]
        invoice = str(linked.get("TxnId"))
        if linked.get("TxnType") == "Invoice" and invoice in gets:
            amount = left.pop(invoice, 0)
            if not amount:
                continue
            kept["Amount"] = to_decimal(amount)
        lines.append(kept)
    lines += [_linked(invoice, "Invoice", amount) for invoice, amount in left.items() if amount]
    return lines


def void_body(there: Document) -> JsonObject:
    """Return what voids a document."""
    return {"Id": there.qbo_id, "SyncToken": there.sync_token, "sparse": True}


def _linked(qbo_id: str, entity: str, amount: Cents) -> JsonObject:
    return {
        "Amount": to_decimal(amount),
        "LinkedTxn": [{"TxnId": qbo_id, "TxnType": entity}],
    }


def _line(ground: Ground, line: RefundLine) -> JsonObject:
    return _sold(line.amount, line.name, ref_to(ground, "Item", item_value(ground, line)))


def _sold(amount: Cents, words: str, item: JsonObject) -> JsonObject:
    return filled(
        {
            "Amount": to_decimal(amount),
            "DetailType": "SalesItemLineDetail",
            "Description": wire_text(words, 4000),
            "SalesItemLineDetail": {"ItemRef": item, "TaxCodeRef": ref("NON")},
        }
    )
