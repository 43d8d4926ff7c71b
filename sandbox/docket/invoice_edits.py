"""What users do to invoices; every edit adds the invoice up anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.docket import amounts
from sandbox.docket.amounts import Record
from sandbox.docket.edit import Action, Edit
from sandbox.docket.forms import NotPossible, blank_line, new_id, new_number


def _retotal(edit: Edit, invoice: Record, rates: Sequence[Record] | None = None) -> None:
    """Save an invoice whose lines or discount changed; its tax rates stay unless given."""
    if rates is None:
        rates = invoice["tax_lines"]
    lines = [
        {**blank_line(), **line, "id": line.get("id") or f"{invoice['id']}-{place}"}
        for place, line in enumerate(invoice["lines"], 1)
    ]
    try:
        added = amounts.totals(lines, rates, invoice["discount"], invoice["discount_percent"])
    except (KeyError, TypeError, ArithmeticError, ValueError) as error:
        raise NotPossible(f"the lines, the discount or the tax do not add up: {error!r}") from error
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
    fields = edit.fields(but=("client", "lines", "tax_lines"))
    lines = [_line(edit, line) for line in edit.objects("lines")]
    rates = edit.objects("tax_lines") if "tax_lines" in edit.asked else last_rates
    _retotal(edit, {**blank, **fields, "lines": lines}, rates)


def _edit_invoice(edit: Edit) -> None:
    invoice = edit.find("invoices", "invoice")
    fields = edit.fields(but=("invoice", "lines"))
    if "discount" in fields:
        fields.setdefault("discount_percent", None)
    lines = invoice["lines"]
    if "lines" in edit.asked:
        lines = [_line(edit, line) for line in edit.objects("lines")]
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


ACTIONS: Mapping[str, Action] = {
    "add_invoice": _add_invoice,
    "edit_invoice": _edit_invoice,
    "add_line": _add_line,
    "edit_line": _edit_line,
    "remove_line": _remove_line,
    "void": _void,
    "unvoid": _unvoid,
    "unsync": _unsync,
    "delete": _delete_invoice,
}
