"""What Docket's users do to their records, as `POST /sandbox/docket` offers it.

A body is `{"action": NAME, ...}`. Records are named by their id; an invoice also by
its number, if only one has it. Amounts, quantities and prices are decimal text.
The actions, with what they take (a `?` marks what may be left out):

- `add_client`: any client fields; `edit_client`: client, fields; `delete_client`: client
- `add_product`: name, unit_price, taxable?; `rename_product`: product, name;
  `delete_product`: product
- `add_invoice`: client, lines, number?, issued_on?, fields?; tax follows the client's
  last invoice unless `tax_lines` (name, agency, rate) says otherwise
- `edit_invoice`: invoice, fields, such as po_number, memo, due_on, discount,
  discount_percent, lines, client_id
- `add_line`: invoice, product or name, quantity?, unit_price?, taxable?, service_date?
- `edit_line` and `remove_line`: invoice, line, fields
- `void`: invoice, reason; `unvoid`: invoice; `delete`: invoice (its payments stay and
  become unapplied); `unsync`: invoice (Docket forgets that it was sent to QuickBooks)
- `pay`: invoice, amount? (the open balance), method?, reference?, received_on?, status?;
  or client, amount, allocations? (invoice, amount)
- `edit_payment`: payment, fields; `void_payment` and `delete_payment`: payment
- `refund`: invoice, amount? (all), reason?, method?, payment?, reference?
- `void_refund` and `delete_refund`: refund
- `add_credit`: client, amount, kind? (`prepayment` or `memo`), method?, reason?;
  `apply_credit`: credit, invoice, amount?; `void_credit` and `delete_credit`: credit

Every edit recomputes the totals and is answered with the records that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.docket import amounts
from sandbox.docket.amounts import Record, cents, money
from sandbox.docket.books import Books
from sandbox.docket.forms import (
    NotPossible,
    blank_client,
    blank_line,
    check,
    new_id,
    new_number,
    sum_of,
)


@dataclass(frozen=True)
class Edit:
    """One edit at work: the books, what was asked, and when."""

    books: Books
    asked: Mapping[str, Any]
    now: datetime

    @property
    def stamp(self) -> str:
        """The instant as the wire writes it."""
        return self.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    @property
    def today(self) -> str:
        """The date, as the default for new records."""
        return self.now.date().isoformat()

    def text(self, name: str, default: str | None = None) -> str:
        """A piece of text that was asked, or the default."""
        value = self.asked.get(name, default)
        if not isinstance(value, str):
            raise NotPossible(f"'{name}' must be text")
        return value

    def fields(self, *, but: tuple[str, ...] = ()) -> Record:
        """What was asked, without the action and the names of records."""
        return {
            name: value for name, value in self.asked.items() if name not in ("action", "id", *but)
        }

    def find(self, resource: str, name: str) -> Record:
        """The record that `asked[name]` names."""
        wanted = self.text(name)
        record = self.books.get(resource, wanted)
        if record is None and resource == "invoices":
            same = [one for one in self.books.all(resource) if one["number"] == wanted]
            record = same[0] if len(same) == 1 else None
        if record is None:
            raise NotPossible(f"there is no one {name} '{wanted}'")
        return record

    def save(self, resource: str, record: Record) -> None:
        """Put a changed copy into the books, if it fits the contract."""
        record = {**record, "updated_at": self.stamp}
        check(resource, record)
        self.books.put(resource, record)


def perform(books: Books, asked: Mapping[str, Any], now: datetime) -> None:
    """Do one edit, whole or not at all.

    Raises:
        NotPossible: the action is unknown or does not fit the books.
    """
    action = ACTIONS.get(str(asked.get("action")))
    if action is None:
        raise NotPossible(f"the actions are {', '.join(sorted(ACTIONS))}")
    action(Edit(books, asked, now))


def _add_client(edit: Edit) -> None:
    record_id = new_id(edit.books, "clients")
    edit.save("clients", {**blank_client(record_id), **edit.fields()})


def _edit_client(edit: Edit) -> None:
    client = edit.find("clients", "client")
    edit.save("clients", {**client, **edit.fields(but=("client",))})


def _add_product(edit: Edit) -> None:
    blank = {
        "id": new_id(edit.books, "products"),
        "sku": "",
        "category": "",
        "description": "",
        "unit_price": "0.00",
        "taxable": True,
    }
    edit.save("products", {**blank, **edit.fields()})


def _rename_product(edit: Edit) -> None:
    product = edit.find("products", "product")
    edit.save("products", {**product, "name": edit.text("name")})


def _retotal(edit: Edit, invoice: Record, rates: list[Record] | None = None) -> None:
    """Save an invoice whose lines, discount or client changed."""
    if rates is None:
        rates = invoice["tax_lines"]
    lines = [
        {**blank_line(), **line, "id": line.get("id") or f"{invoice['id']}-{place}"}
        for place, line in enumerate(invoice["lines"], 1)
    ]
    added = amounts.totals(lines, rates, invoice["discount"], invoice["discount_percent"])
    edit.save("invoices", {**invoice, **added})


def _add_invoice(edit: Edit) -> None:
    client = edit.find("clients", "client")
    before = [one for one in edit.books.all("invoices") if one["client_id"] == client["id"]]
    last_rates = before[-1]["tax_lines"] if before and not client["tax_exempt"] else []
    blank = {
        "id": new_id(edit.books, "invoices"),
        "number": new_number(edit.books, "invoices"),
        "client_id": client["id"],
        "service_address_id": None,
        "issued_on": edit.today,
        "due_on": None,
        "terms_days": None,
        "po_number": "",
        "memo": "",
        "currency": "USD",
        "lines": [],
        "discount": "0.00",
        "discount_percent": None,
        "voided_at": None,
        "void_reason": "",
        "qbo_synced_at": None,
    }
    fields = edit.fields(but=("client", "tax_lines"))
    lines = [_line(edit, line) for line in fields.pop("lines", [])]
    rates = edit.asked.get("tax_lines", last_rates)
    _retotal(edit, {**blank, **fields, "lines": lines}, rates)


def _edit_invoice(edit: Edit) -> None:
    invoice = edit.find("invoices", "invoice")
    fields = edit.fields(but=("invoice", "lines"))
    if "discount" in fields:
        fields.setdefault("discount_percent", None)
    lines = invoice["lines"]
    if "lines" in edit.asked:
        lines = [_line(edit, line) for line in edit.asked["lines"]]
    _retotal(edit, {**invoice, **fields, "lines": lines})


def _line(edit: Edit, asked: Mapping[str, Any]) -> Record:
    """A line as asked; a product lends its name, price and whether it is taxed."""
    fields = {name: asked[name] for name in blank_line() if name in asked}
    wanted = asked.get("product") or asked.get("product_id")
    product = edit.books.get("products", wanted) if isinstance(wanted, str) else None
    if wanted and product is None:
        raise NotPossible(f"there is no product '{wanted}'")
    if product is not None:
        lent = {name: product[name] for name in ("name", "unit_price", "taxable")}
        fields = {**lent, **fields, "product_id": product["id"]}
    return {**blank_line(), **fields}


def _add_line(edit: Edit) -> None:
    invoice = edit.find("invoices", "invoice")
    line = _line(edit, edit.asked)
    line["id"] = f"{invoice['id']}-{edit.books.sequence + 1}"
    _retotal(edit, {**invoice, "lines": [*invoice["lines"], line]})


def _one_line(edit: Edit, invoice: Record) -> Record:
    wanted = edit.text("line")
    for line in invoice["lines"]:
        if line["id"] == wanted:
            return dict(line)
    raise NotPossible(f"invoice {invoice['number']} has no line '{wanted}'")


def _edit_line(edit: Edit) -> None:
    invoice = edit.find("invoices", "invoice")
    old = _one_line(edit, invoice)
    new = {**old, **edit.fields(but=("invoice", "line"))}
    lines = [new if line["id"] == old["id"] else line for line in invoice["lines"]]
    _retotal(edit, {**invoice, "lines": lines})


def _remove_line(edit: Edit) -> None:
    invoice = edit.find("invoices", "invoice")
    old = _one_line(edit, invoice)
    lines = [line for line in invoice["lines"] if line["id"] != old["id"]]
    _retotal(edit, {**invoice, "lines": lines})


def _void(edit: Edit) -> None:
    invoice = edit.find("invoices", "invoice")
    reason = edit.text("reason", "Entered in error")
    edit.save("invoices", {**invoice, "voided_at": edit.stamp, "void_reason": reason})


def _unvoid(edit: Edit) -> None:
    invoice = edit.find("invoices", "invoice")
    edit.save("invoices", {**invoice, "voided_at": None, "void_reason": ""})


def _unsync(edit: Edit) -> None:
    edit.save("invoices", {**edit.find("invoices", "invoice"), "qbo_synced_at": None})


def _delete_invoice(edit: Edit) -> None:
    gone = edit.find("invoices", "invoice")["id"]
    for resource in ("payments", "credits"):
        for record in edit.books.all(resource):
            kept = [part for part in record["allocations"] if part["invoice_id"] != gone]
            if len(kept) < len(record["allocations"]):
                edit.save(resource, {**record, "allocations": kept})
    edit.books.delete("invoices", gone, edit.stamp)


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
        amount = edit.text("amount", sum_of(allocations))
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
    parts = []
    for part in edit.asked.get("allocations", []):
        within = Edit(
            edit.books, {"invoice": part.get("invoice", part.get("invoice_id"))}, edit.now
        )
        invoice = within.find("invoices", "invoice")
        parts.append({"invoice_id": invoice["id"], "amount": part["amount"]})
    return parts


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


def _voider(resource: str, name: str) -> Callable[[Edit], None]:
    def void(edit: Edit) -> None:
        edit.save(resource, {**edit.find(resource, name), "voided_at": edit.stamp})

    return void


def _deleter(resource: str, name: str) -> Callable[[Edit], None]:
    def delete(edit: Edit) -> None:
        edit.books.delete(resource, edit.find(resource, name)["id"], edit.stamp)

    return delete


ACTIONS: Mapping[str, Callable[[Edit], None]] = {
    "add_client": _add_client,
    "edit_client": _edit_client,
    "delete_client": _deleter("clients", "client"),
    "add_product": _add_product,
    "rename_product": _rename_product,
    "delete_product": _deleter("products", "product"),
    "add_invoice": _add_invoice,
    "edit_invoice": _edit_invoice,
    "add_line": _add_line,
    "edit_line": _edit_line,
    "remove_line": _remove_line,
    "void": _void,
    "unvoid": _unvoid,
    "delete": _delete_invoice,
    "unsync": _unsync,
    "pay": _pay,
    "edit_payment": _edit_payment,
    "void_payment": _voider("payments", "payment"),
    "delete_payment": _deleter("payments", "payment"),
    "refund": _refund,
    "void_refund": _voider("refunds", "refund"),
    "delete_refund": _deleter("refunds", "refund"),
    "add_credit": _add_credit,
    "apply_credit": _apply_credit,
    "void_credit": _voider("credits", "credit"),
    "delete_credit": _deleter("credits", "credit"),
}
