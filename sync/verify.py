"""What was sent beside what QuickBooks holds, in cents; pure.

Compared are customer, number, date, lines, discount, tax, total and balance; not
addresses, which QuickBooks reflows, nor anything it fills in by itself. A balance
that is lower than the total is right where a payment or credit explains it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.jsonio import JsonObject
from core.money import Cents, exact_cents, format_cents
from core.text import display, name_key
from sync.shapes import Compared

_SALES = frozenset({"Invoice", "CreditMemo", "RefundReceipt", "SalesReceipt"})
_SETTLING = frozenset({"Payment", "CreditMemo", "JournalEntry", "Deposit", "Check"})
"""What LinkedTxn may name that lowers a balance; estimates and time do not."""


def compare(
    sent: JsonObject,
    answer: JsonObject,
    entity: str,
    applied: Cents | None = None,
    *,
    docket: Cents | None = None,
    tolerance: Cents = 0,
) -> tuple[Compared, ...]:
    """Return the rows of the comparison.

    Args:
        sent: the frozen body; numbers are int or Decimal.
        answer: the object that QuickBooks answered or holds, without its envelope.
        entity: Invoice, Payment, Customer, …
        applied: what payments and credits have settled of an invoice, where it is
            known; None lets any amount stand that the answer's LinkedTxn can explain.
        docket: Docket's total, with which the tax that QuickBooks computed by itself is
            compared; None where that was settled before.
        tolerance: how many cents that tax may differ, because a person said so.
    """
    if entity == "Customer":
        return (_name("name", sent.get("DisplayName"), answer.get("DisplayName")),)
    if entity == "Item":
        return (_name("name", sent.get("Name"), answer.get("Name")),)
    if entity == "Payment":
        return tuple(_payment(sent, answer))
    if entity in _SALES:
        return tuple(_sale(sent, answer, entity, applied, docket, tolerance))
    raise ValueError(f"nothing is known of comparing {entity}")


def agrees(rows: Sequence[Compared]) -> bool:
    """Whether every row is equal."""
    return all(row.equal for row in rows)


def applied_to(
    invoice_id: str, answer: JsonObject, payments: Mapping[str, JsonObject]
) -> Cents | None:
    """Return what these payments settle of an invoice, if nothing else may have settled it.

    Args:
        invoice_id: the invoice's Id.
        answer: the invoice as QuickBooks holds it.
        payments: the bodies that were sent, by the Ids that they got.

    Returns:
        None where QuickBooks names a payment or credit that is not among `payments`.
    """
    settling = [one for one in answer.get("LinkedTxn", ()) if one.get("TxnType") in _SETTLING]
    if any(str(one.get("TxnId")) not in payments for one in settling):
        return None
    return sum(_applied(body).get(invoice_id, 0) for body in payments.values())


def _sale(
    sent: JsonObject,
    answer: JsonObject,
    entity: str,
    applied: Cents | None,
    docket: Cents | None,
    tolerance: Cents,
) -> list[Compared]:
    rows = _header(sent, answer)
    if "Line" not in sent and sent.get("sparse"):
        return [*rows, *_fields(sent, answer)]
    if "Line" not in sent:
        total = _cents(sent, "TotalAmt")
        return [*rows, _money("total", total, _cents(answer, "TotalAmt"))]
    ours, theirs = _amounts(sent, "SalesItemLineDetail"), _amounts(answer, "SalesItemLineDetail")
    rows.append(_text("lines", str(len(ours)), str(len(theirs))))
    rows += [
        _money(f"line {place}", ours[place - 1], theirs[place - 1])
        for place in range(1, min(len(ours), len(theirs)) + 1)
    ]
    discounts = _amounts(sent, "DiscountLineDetail"), _amounts(answer, "DiscountLineDetail")
    discount = sum(discounts[0])
    if any(discounts[0]) or any(discounts[1]):
        rows.append(_money("discount", discount, sum(discounts[1])))
    held_tax = _cents(answer.get("TxnTaxDetail", {}), "TotalTax")
    computes = "TxnTaxDetail" not in sent
    tax = held_tax if computes else _cents(sent["TxnTaxDetail"], "TotalTax")
    if computes and docket is not None:
        rows += _computed_tax(docket - sum(ours) + discount, held_tax, tolerance)
    elif tax or held_tax:
        rows.append(_tax(tax, held_tax, computes))
    total = sum(ours) - discount + tax
    rows.append(_money("total", total, _cents(answer, "TotalAmt")))
    if entity == "Invoice":
        rows.append(_balance(total, answer, applied))
    return rows


def _header(sent: JsonObject, answer: JsonObject) -> list[Compared]:
    rows = [_customer(sent, answer)] if "CustomerRef" in sent else []
    if sent.get("DocNumber"):
        rows.append(_text("invoice no.", str(sent["DocNumber"]), str(answer.get("DocNumber", ""))))
    if sent.get("TxnDate"):
        rows.append(_text("date", str(sent["TxnDate"]), str(answer.get("TxnDate", ""))[:10]))
    return rows


def _fields(sent: JsonObject, answer: JsonObject) -> list[Compared]:
    """Compare what a change without lines carries, and QuickBooks keeps as it is sent."""
    rows = []
    if "DueDate" in sent:
        rows.append(_text("due", str(sent["DueDate"]), str(answer.get("DueDate", ""))[:10]))
    for key, field in (("CustomerMemo", "memo"), ("SalesTermRef", "terms")):
        if key in sent:
            ours, theirs = (str((one.get(key) or {}).get("value", "")) for one in (sent, answer))
            rows.append(_text(field, ours, theirs))
    if "TxnTaxDetail" in sent:
        tax, held = (_cents(one.get("TxnTaxDetail") or {}, "TotalTax") for one in (sent, answer))
        rows.append(_money("tax", tax, held))
    return rows


def _customer(sent: JsonObject, answer: JsonObject) -> Compared:
    """Compare by Id, show names: the one sent may have changed since, and is no difference."""
    ours, theirs = sent.get("CustomerRef", {}), answer.get("CustomerRef", {})
    equal = str(ours.get("value", "")) == str(theirs.get("value", ""))
    named, held = (
        display(str(one.get("name", one.get("value", ""))), 60) for one in (ours, theirs)
    )
    return Compared("customer", held if equal else named, held, equal)


def _tax(tax: Cents, held: Cents, computes: bool) -> Compared:
    if computes:
        return Compared("tax", "computed by QuickBooks", format_cents(held), True)
    return _money("tax", tax, held)


def _computed_tax(docket: Cents, held: Cents, tolerance: Cents) -> list[Compared]:
    """Compare Docket's tax with the one that QuickBooks computed, which a setting allows."""
    if not docket and not held:
        return []
    within = abs(docket - held) <= tolerance
    return [Compared("tax", f"{format_cents(docket)} in Docket", format_cents(held), within)]


def _balance(total: Cents, answer: JsonObject, applied: Cents | None) -> Compared:
    held = _cents(answer, "Balance")
    if applied is None and answer.get("LinkedTxn") and 0 <= held <= total:
        due = f"{format_cents(total)} less what paid it"
        return Compared("still open", due, format_cents(held), True)
    return _money("still open", total - (applied or 0), held)


def _payment(sent: JsonObject, answer: JsonObject) -> list[Compared]:
    rows = [_customer(sent, answer)]
    if sent.get("TxnDate"):
        rows.append(_text("date", str(sent["TxnDate"]), str(answer.get("TxnDate", ""))[:10]))
    if sent.get("PaymentRefNum"):
        reference = str(answer.get("PaymentRefNum", ""))
        rows.append(_text("reference", str(sent["PaymentRefNum"]), reference))
    total = _cents(sent, "TotalAmt")
    rows.append(_money("total", total, _cents(answer, "TotalAmt")))
    if sent.get("sparse"):
        rows += _method(sent, answer)
        if "Line" not in sent:
            return rows
    ours, theirs = _applied(sent), _applied(answer)
    for place, invoice in enumerate(dict.fromkeys([*ours, *theirs]), 1):
        name = "applied to the invoice" if len(ours) == 1 else f"applied to invoice {place}"
        rows.append(_money(name, ours.get(invoice, 0), theirs.get(invoice, 0)))
    if "UnappliedAmt" in answer:
        unapplied = total + _used_credit(sent) - sum(ours.values())
        rows.append(_money("not applied", unapplied, _cents(answer, "UnappliedAmt")))
    return rows


def _method(sent: JsonObject, answer: JsonObject) -> list[Compared]:
    """Compare by Id, show names."""
    if "PaymentMethodRef" not in sent:
        return []
    ours, theirs = (one.get("PaymentMethodRef") or {} for one in (sent, answer))
    equal = str(ours.get("value", "")) == str(theirs.get("value", ""))
    named, held = (
        display(str(one.get("name", one.get("value", ""))), 40) for one in (ours, theirs)
    )
    return [Compared("method", held if equal else named, held, equal)]


def _applied(payment: JsonObject) -> dict[str, Cents]:
    """Return what a payment gives each invoice, by Id."""
    applied: dict[str, Cents] = {}
    for line in payment.get("Line", ()):
        for linked in line.get("LinkedTxn", ()):
            if linked.get("TxnType") == "Invoice":
                key = str(linked.get("TxnId"))
                applied[key] = applied.get(key, 0) + _cents(line, "Amount")
    return applied


def _used_credit(payment: JsonObject) -> Cents:
    """Return what a payment takes out of credit memos, which counts as money there."""
    return sum(
        _cents(line, "Amount")
        for line in payment.get("Line", ())
        if any(linked.get("TxnType") == "CreditMemo" for linked in line.get("LinkedTxn", ()))
    )


def _amounts(document: JsonObject, detail: str) -> list[Cents]:
    return [
        _cents(line, "Amount")
        for line in document.get("Line", ())
        if line.get("DetailType") == detail
    ]


def _cents(part: JsonObject, field: str) -> Cents:
    return exact_cents(part.get(field, 0))


def _money(field: str, sent: Cents, held: Cents) -> Compared:
    return Compared(field, format_cents(sent), format_cents(held), sent == held)


def _text(field: str, sent: str, held: str) -> Compared:
    return Compared(field, display(sent, 60), display(held, 60), sent == held)


def _name(field: str, sent: object, held: object) -> Compared:
    """Compare names as QuickBooks does: without case and doubled blanks."""
    ours, theirs = str(sent or ""), str(held or "")
    equal = name_key(ours) == name_key(theirs)
    return Compared(field, display(ours, 60), display(theirs, 60), equal)
